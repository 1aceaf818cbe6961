//! JSON Schema (2020-12) of the wire types, from the same derivation as the OpenAPI document.

use serde_json::{Map, Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::lab_file::LabFile;
use crate::lab_result::LabResult;
use crate::pso_file::PsoFile;
use crate::pso_result::PsoResult;
use crate::score_file::ScoreFile;
use crate::score_result::ScoreResult;
use crate::social_return_case::SocialReturnCase;
use crate::social_return_comparison::ComparedCase;
use crate::social_return_policy::PolicyInput;
use crate::social_return_result::SocialReturnResult;
use crate::sroi_file::SroiFile;
use crate::sroi_result::SroiResult;

/// The JSON Schema of the file that `trede score` takes.
#[must_use]
pub fn score_file_schema() -> Value {
    schema_of::<ScoreFile>("Trede score file")
}

/// The JSON Schema of the result that `trede score --format json` gives.
#[must_use]
pub fn score_result_schema() -> Value {
    schema_of::<ScoreResult>("Trede score result")
}

/// The JSON Schema of the file that `trede lab` takes.
#[must_use]
pub fn lab_file_schema() -> Value {
    schema_of::<LabFile>("Trede laboratory file")
}

/// The JSON Schema of the result that `trede lab --format json` gives.
#[must_use]
pub fn lab_result_schema() -> Value {
    schema_of::<LabResult>("Trede laboratory result")
}

/// The JSON Schema of the file that `trede pso` takes.
#[must_use]
pub fn pso_file_schema() -> Value {
    schema_of::<PsoFile>("Trede PSO file")
}

/// The JSON Schema of the result that `trede pso --format json` gives.
#[must_use]
pub fn pso_result_schema() -> Value {
    schema_of::<PsoResult>("Trede PSO result")
}

/// The JSON Schema of the file that `trede sroi` takes.
#[must_use]
pub fn sroi_file_schema() -> Value {
    schema_of::<SroiFile>("Trede SROI file")
}

/// The JSON Schema of the result that `trede sroi --format json` gives.
#[must_use]
pub fn sroi_result_schema() -> Value {
    schema_of::<SroiResult>("Trede SROI result")
}

/// The JSON Schema of a social return policy.
#[must_use]
pub fn social_return_policy_schema() -> Value {
    schema_of::<PolicyInput>("Trede social return policy")
}

/// The JSON Schema of the case that `trede social-return compare` takes.
#[must_use]
pub fn social_return_comparison_schema() -> Value {
    schema_of::<ComparedCase>("Trede social return comparison case")
}

/// The JSON Schema of the file that `trede social-return value` takes.
#[must_use]
pub fn social_return_case_schema() -> Value {
    schema_of::<SocialReturnCase>("Trede social return case")
}

/// The JSON Schema of the result that `trede social-return value --format json` gives.
#[must_use]
pub fn social_return_result_schema() -> Value {
    schema_of::<SocialReturnResult>("Trede social return result")
}

fn schema_of<T: ToSchema + PartialSchema>(title: &str) -> Value {
    let mut parts: Vec<(String, RefOr<Schema>)> = Vec::new();
    T::schemas(&mut parts);
    let definitions: Map<String, Value> =
        parts.iter().map(|(name, schema)| (name.clone(), value(schema))).collect();
    let mut root = match value(&T::schema()) {
        Value::Object(root) => root,
        _ => Map::new(),
    };
    root.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    root.insert("title".into(), json!(title));
    root.insert("$defs".into(), Value::Object(definitions));
    Value::Object(root)
}

fn value(schema: &RefOr<Schema>) -> Value {
    let mut value = serde_json::to_value(schema).unwrap_or_default();
    point_to_definitions(&mut value);
    value
}

/// OpenAPI keeps schemas under `components`, JSON Schema under `$defs`.
fn point_to_definitions(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match member {
                    Value::String(target) if key == "$ref" => {
                        *target = target.replace("#/components/schemas/", "#/$defs/");
                    }
                    _ => point_to_definitions(member),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(point_to_definitions),
        _ => {}
    }
}
