//! Objects that are made of parts, written as one: generators of clients do not put parts together that stand
//! inside each other, and leave out what they do not understand.

use utoipa::openapi::schema::Object;
use utoipa::openapi::{OpenApi, RefOr, Schema};

/// Replaces each schema that is all of several objects by one object.
pub(super) fn merge_parts(document: &mut OpenApi) {
    let Some(components) = &mut document.components else { return };
    for schema in components.schemas.values_mut() {
        if let RefOr::T(Schema::AllOf(_)) = schema
            && let Some(merged) = merged(schema)
        {
            *schema = RefOr::T(Schema::Object(merged));
        }
    }
}

/// The object that a schema describes; none when a part of it is something else than an object written here.
fn merged(schema: &RefOr<Schema>) -> Option<Object> {
    match schema {
        RefOr::T(Schema::Object(object)) => Some(object.clone()),
        RefOr::T(Schema::AllOf(all)) => {
            let parts: Vec<_> = all.items.iter().map(merged).collect::<Option<_>>()?;
            let mut whole = Object::with_type(utoipa::openapi::schema::Type::Object);
            for part in parts {
                whole.required.extend(part.required);
                whole.properties.extend(part.properties);
            }
            whole.description = all.description.clone();
            whole.example = all.example.clone();
            Some(whole)
        }
        _ => None,
    }
}
