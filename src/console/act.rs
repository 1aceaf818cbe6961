//! What the form of a page does: one operation of the API.

use actix_web::web::Bytes;
use serde_json::Value;

use super::document::{OperationOf, document};
use super::form::{self, Pairs};
use super::inner::{Answered, Ask, Asker, Inner};
use super::language::Language;
use super::pages::Act;
use super::place::{at, filled, text_at};
use super::read::{Unread, with_parameters};
use super::shape::Shape;

/// Does it, for what the form says.
pub(super) async fn act(
    inner: &Inner,
    asker: &Asker,
    (act, pairs, known): (&Act, &Pairs, &Value),
    language: Language,
) -> Result<Answered, Unread> {
    let operation =
        document().operation(act.operation).ok_or_else(|| Unread::broken("an act names no operation"))?;
    let found = |name: &str| match act.with.iter().find(|(own, _)| *own == name) {
        Some((_, place)) => text_at(known, place),
        None => form::last(pairs, &format!("_{name}")).map(str::to_owned).or_else(|| text_at(known, name)),
    };
    let path = with_parameters(&operation.path, found)
        .zip(filled(act.query, known))
        .ok_or_else(|| Unread::broken("an act lacks a parameter"))?;
    let (path, query) = path;
    let path = if query.is_empty() { format!("/v1{path}") } else { format!("/v1{path}?{query}") };
    let body = match &operation.body {
        Some(schema) => Some(body(act, schema, pairs, known, language)?),
        None => None,
    };
    let ask = Ask { method: operation.method.clone(), path, body, seen: seen(operation, pairs) };
    inner.ask(asker, ask).await.map_err(|error| Unread::broken(&error))
}

fn body(
    act: &Act,
    schema: &Value,
    pairs: &Pairs,
    known: &Value,
    language: Language,
) -> Result<(&'static str, Bytes), Unread> {
    let mut body = form::json(pairs, Shape { document: document(), schema }, language);
    for (pointer, place) in act.graft {
        if let Some(value) = at(known, place) {
            graft(&mut body, pointer, value.clone());
        }
    }
    let bytes = serde_json::to_vec(&body).map_err(|error| Unread::broken(&error.to_string()))?;
    Ok(("application/json", Bytes::from(bytes)))
}

fn graft(body: &mut Value, pointer: &str, value: Value) {
    let Some((parent, name)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Object(fields)) = body.pointer_mut(parent) {
        fields.insert(name.to_owned(), value);
    }
}

fn seen(operation: &OperationOf, pairs: &Pairs) -> Option<String> {
    form::last(pairs, "_version").filter(|_| operation.by_version).map(str::to_owned)
}
