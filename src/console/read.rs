//! What a page reads before it is shown.

use actix_web::http::{Method, StatusCode};
use serde_json::{Value, json};

use super::inner::{Answered, Ask, Asker, Inner};
use super::pages::Read;
use super::place::{at, filled};

/// A page asks for no more than this for the items of a list.
const MOST_OF_A_LIST: usize = 100;

/// Why a page is not shown.
#[derive(Debug)]
pub(super) struct Unread {
    /// The status.
    pub(super) status: StatusCode,
    /// The problem, as the service told it.
    pub(super) problem: Value,
}

impl Unread {
    /// Nothing that anybody did wrong.
    pub(super) fn broken(error: &str) -> Self {
        tracing::error!(error, "a page is not shown");
        Self { status: StatusCode::INTERNAL_SERVER_ERROR, problem: Value::Null }
    }
}

/// Reads everything into what the page knows. What may not be read, or is not there, is `null`.
pub(super) async fn all(
    inner: &Inner,
    asker: &Asker,
    reads: &[Read],
    known: &mut Value,
) -> Result<(), Unread> {
    for read in reads {
        if let Some(list) = read.each {
            let items = at(known, list).and_then(Value::as_array).cloned().unwrap_or_default();
            let mut found = Vec::with_capacity(items.len());
            for item in items.iter().take(MOST_OF_A_LIST) {
                let answer = one(inner, asker, read, known, item).await?;
                found.push(answer.map_or(Value::Null, |mut answer| {
                    put(&mut answer.body, "_version", answer.etag.into());
                    answer.body
                }));
            }
            put(known, read.name, found.into());
            continue;
        }
        let answer = one(inner, asker, read, known, &Value::Null).await?;
        if let Some(answer) = answer {
            put(known, &format!("{}_version", read.name), answer.etag.into());
            put(known, &format!("{}_next", read.name), cursor(answer.link.as_deref(), "next").into());
            put(known, &format!("{}_previous", read.name), cursor(answer.link.as_deref(), "prev").into());
            put(known, read.name, answer.body);
        } else {
            put(known, read.name, Value::Null);
            if read.is_search {
                put(known, "not_looked_for", true.into());
            }
        }
    }
    Ok(())
}

async fn one(
    inner: &Inner,
    asker: &Asker,
    read: &Read,
    known: &Value,
    item: &Value,
) -> Result<Option<Answered>, Unread> {
    let Some(path) = read.address(known, item) else {
        return if read.must {
            Err(Unread { status: StatusCode::NOT_FOUND, problem: Value::Null })
        } else {
            Ok(None)
        };
    };
    let ask = Ask { method: Method::GET, path, body: None, seen: None };
    let answer = inner.ask(asker, ask).await.map_err(|error| Unread::broken(&error))?;
    if answer.status.is_success() {
        return Ok(Some(answer));
    }
    let passable =
        matches!(answer.status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND | StatusCode::CONFLICT);
    if read.is_search && answer.status == StatusCode::BAD_REQUEST {
        return Ok(None);
    }
    if read.must || !passable {
        Err(Unread { status: answer.status, problem: answer.body })
    } else {
        Ok(None)
    }
}

/// The path with what is found for each of its parameters.
pub(super) fn with_parameters(path: &str, found: impl Fn(&str) -> Option<String>) -> Option<String> {
    let mut parameters = json!({});
    for part in path.split('{').skip(1) {
        let (name, _) = part.split_once('}')?;
        put(&mut parameters, name, found(name)?.into());
    }
    filled(path, &parameters)
}

/// Names something in what a page knows.
pub(super) fn put(known: &mut Value, name: &str, value: Value) {
    if let Some(fields) = known.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
}

/// The cursor of the page beside this one, from a `Link` header.
fn cursor(link: Option<&str>, relation: &str) -> Option<String> {
    let wanted = format!("rel=\"{relation}\"");
    let part = link?.split(", ").find(|part| part.ends_with(&wanted))?;
    let (_, rest) = part.split_once("cursor=")?;
    rest.split('&').next().map(str::to_owned)
}
