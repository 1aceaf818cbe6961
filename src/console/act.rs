//! What the form of a page does: one operation of the API.

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use serde_json::{Map, Value, json};

use super::document::{OperationOf, document};
use super::form::{self, Pairs};
use super::inner::{Answered, Ask, Asker, Inner, Sent};
use super::language::Language;
use super::pages::{Act, Body};
use super::place::{at, filled, text_at};
use super::posted::Posted;
use super::read::{Unread, put, with_parameters};
use super::shape::Shape;

/// What came of an act.
pub(super) struct Done {
    /// What its operation answered.
    pub(super) answered: Answered,
    /// What the operation beside it answered, with the name under which the page knows it.
    pub(super) also: Option<(&'static str, Value)>,
}

/// Does it, for what the form says.
pub(super) async fn act(
    (inner, asker): (&Inner, &Asker),
    act: &Act,
    posted: Posted,
    known: &mut Value,
    language: Language,
) -> Result<Done, Unread> {
    put(known, "sent", sent(&posted.pairs));
    if let Some(answered) = nothing_given(act.body, &posted) {
        return Ok(Done { answered, also: None });
    }
    let operation = operation_of(act.operation)?;
    let (path, seen) = (path(act, operation, &posted.pairs, known)?, seen(operation, &posted.pairs));
    let body = body((act, operation), posted, known, language)?;
    let again = match (act.also, &body) {
        (Some((name, operation)), Some(Sent::Json(bytes))) => Some((name, operation, bytes.clone())),
        _ => None,
    };
    let ask = Ask { method: operation.method.clone(), path, body, seen };
    let answered = inner.ask(asker, ask).await.map_err(|error| Unread::broken(&error))?;
    let also = match again.filter(|_| answered.status.is_success()) {
        Some((name, operation, bytes)) => {
            let operation = operation_of(operation)?;
            let (method, path) = (operation.method.clone(), format!("/v1{}", operation.path));
            let ask = Ask { method, path, body: Some(Sent::Json(bytes)), seen: None };
            let beside = inner.ask(asker, ask).await.map_err(|error| Unread::broken(&error))?;
            beside.status.is_success().then_some((name, beside.body))
        }
        None => None,
    };
    Ok(Done { answered, also })
}

/// What is answered where the document or file is lacking that the act is about.
fn nothing_given(body: Body, posted: &Posted) -> Option<Answered> {
    let field = body.field()?;
    let pasted = form::last(&posted.pairs, field).is_some_and(|text| !text.trim().is_empty());
    let is_given = posted.file.is_some() || (matches!(body, Body::Document(_)) && pasted);
    let lacking = json!({
        "detail": "a file is needed",
        "errors": [{"pointer": "", "code": "file-needed", "detail": "a file is needed"}],
    });
    let status = StatusCode::BAD_REQUEST;
    (!is_given).then_some(Answered { status, etag: None, link: None, language: None, body: lacking })
}

fn operation_of(id: &str) -> Result<&'static OperationOf, Unread> {
    document().operation(id).ok_or_else(|| Unread::broken("an act names no operation"))
}

fn path(act: &Act, operation: &OperationOf, pairs: &Pairs, known: &Value) -> Result<String, Unread> {
    let found = |name: &str| match act.with.iter().find(|(own, _)| *own == name) {
        Some((_, place)) => text_at(known, place),
        None => form::last(pairs, &format!("_{name}")).map(str::to_owned).or_else(|| text_at(known, name)),
    };
    let (path, query) = with_parameters(&operation.path, found)
        .zip(filled(act.query, known))
        .ok_or_else(|| Unread::broken("an act lacks a parameter"))?;
    Ok(if query.is_empty() { format!("/v1{path}") } else { format!("/v1{path}?{query}") })
}

/// The fields at the top of the form by their names, for a query.
fn sent(pairs: &Pairs) -> Value {
    let top = pairs.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix('/').filter(|name| !name.contains('/'))?;
        Some((name.to_owned(), Value::from(value.as_str())))
    });
    top.collect::<Map<_, _>>().into()
}

fn body(
    (act, operation): (&Act, &OperationOf),
    posted: Posted,
    known: &Value,
    language: Language,
) -> Result<Option<Sent>, Unread> {
    match act.body {
        Body::Form => match &operation.body {
            Some(schema) => {
                let mut body = form::json(&posted.pairs, Shape { document: document(), schema }, language);
                for (pointer, place) in act.graft {
                    if let Some(value) = at(known, place) {
                        graft(&mut body, pointer, value.clone());
                    }
                }
                let bytes = serde_json::to_vec(&body).map_err(|error| Unread::broken(&error.to_string()))?;
                Ok(Some(Sent::Json(Bytes::from(bytes))))
            }
            None => Ok(None),
        },
        Body::Document(field) => {
            let pasted = form::last(&posted.pairs, field).unwrap_or_default().trim().to_owned();
            Ok(Some(match posted.file {
                Some((_, content)) => Sent::File("application/json".to_owned(), content),
                None => Sent::Json(Bytes::from(pasted)),
            }))
        }
        Body::File(_) => Ok(Some(match posted.file {
            Some((media_type, content)) => Sent::File(media_type, content),
            None => Sent::File("application/pdf".to_owned(), Box::pin(futures_util::stream::empty())),
        })),
    }
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
