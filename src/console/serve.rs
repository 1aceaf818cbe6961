//! Shows a page, and does what its form says.

use actix_web::http::header::{HOST, ORIGIN, SET_COOKIE};
use actix_web::http::{Method, StatusCode};
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};
use serde_json::{Map, Value, json};

use super::act;
use super::answer::redirect;
use super::flat;
use super::form::{self, Pairs};
use super::inner::Answered;
use super::pages::{Act, Page};
use super::place::{filled, text_at};
use super::posted::{self, Posted};
use super::read::{self, Unread, put};
use super::visit::Visit;
use crate::http::frame::problem::Problem;

fn page(request: &HttpRequest) -> Option<&'static Page> {
    request.app_data::<&'static Page>().copied()
}

/// Shows the page.
pub(super) async fn show(request: HttpRequest) -> HttpResponse {
    let Some(page) = page(&request) else { return HttpResponse::NotFound().finish() };
    match visit(&request, page).await {
        Ok(visit) => {
            let known = visit.known(&request);
            visit.page(page, known, StatusCode::OK).await
        }
        Err(answer) => answer,
    }
}

async fn visit(request: &HttpRequest, page: &Page) -> Result<Visit, HttpResponse> {
    if page.is_open() { Visit::of_anybody(request) } else { Visit::of(request).await }
}

/// Does what the form of the page says, and goes on to where that leads; or shows the form again with what is
/// wrong with it.
pub(super) async fn act(request: HttpRequest, payload: Payload) -> HttpResponse {
    let Some(page) = page(&request) else { return HttpResponse::NotFound().finish() };
    let visit = match visit(&request, page).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let posted = match posted::read(&request, &mut payload.into_inner()).await {
        Ok(posted) => posted,
        Err(error) => return error.error_response(),
    };
    let pairs = posted.pairs.clone();
    let mut known = visit.known(&request);
    // A page for anybody changes nothing, and knows nobody in whose name another site could ask.
    let is_ours = visit
        .session
        .as_ref()
        .is_none_or(|session| form::last(&pairs, "_csrf") == Some(session.form_token.as_str()));
    if !is_ours || !comes_from_here(&request) {
        return visit.unread(&known, Unread { status: StatusCode::FORBIDDEN, problem: json!("cross-site") });
    }
    // The button of a form with a file stands after the file, which is not read here.
    let name =
        form::last(&pairs, "act").or_else(|| form::last(&pairs, "_act")).unwrap_or_default().to_owned();
    if let Some(changed) = flat::with_rows_changed(&pairs, &name) {
        put(&mut known, "failed", typed(&changed));
        return visit.page(page, known, StatusCode::OK).await;
    }
    let Some(doing) = page.acts.iter().find(|act| act.name == name) else {
        return visit.unread(&known, Unread { status: StatusCode::NOT_FOUND, problem: Value::Null });
    };
    if (!doing.graft.is_empty() || !doing.with.is_empty())
        && let Err(unread) = read::all(&visit.inner, &visit.asker, page.reads, &mut known).await
    {
        return visit.unread(&known, unread);
    }
    match act::act((&visit.inner, &visit.asker), doing, posted, &mut known, visit.language).await {
        Err(unread) => visit.unread(&known, unread),
        Ok(done) if !done.answered.status.is_success() => {
            let (status, failed) = failed(&pairs, doing, done.answered, visit.language.code());
            put(&mut known, "failed", failed);
            rehearse_again(&visit, page, doing, pairs, &mut known).await;
            visit.page(page, known, status).await
        }
        Ok(done) => {
            put(&mut known, "answer", done.answered.body);
            put(&mut known, "did", doing.name.into());
            if let Some((name, answer)) = done.also {
                put(&mut known, name, answer);
            }
            if doing.then.is_empty() {
                put(&mut known, "failed", typed(&pairs));
                return visit.page(page, known, StatusCode::OK).await;
            }
            match way_on(&visit, doing, known).await {
                Ok(to) => redirect(&to),
                Err((known, unread)) => visit.unread(&known, unread),
            }
        }
    }
}

/// Where one goes when it is done, with a mark of what was done.
async fn way_on(visit: &Visit, doing: &Act, mut known: Value) -> Result<String, (Value, Unread)> {
    let mut done = doing.name.to_owned();
    let mut then = filled(doing.then, &known);
    if let Some(next) = doing.next {
        if let Err(unread) = read::all(&visit.inner, &visit.asker, &[next], &mut known).await {
            return Err((known, unread));
        }
        then = filled(doing.then, &known);
        match &then {
            Some(_) => done.push_str("-next"),
            None => then = filled(doing.otherwise, &known),
        }
    }
    let to = then.unwrap_or_else(|| "/".to_owned());
    let mark = if to.contains('?') { '&' } else { '?' };
    Ok(format!("{to}{mark}done={done}"))
}

/// Tells once more what an act would do that was refused for what its form says.
async fn rehearse_again(visit: &Visit, page: &Page, refused: &Act, pairs: Pairs, known: &mut Value) {
    let rehearsal = page.acts.iter().find(|act| Some(act.name) == refused.rehearsal);
    let Some(rehearsal) = rehearsal else { return };
    let posted = Posted { pairs, file: None };
    let by = (visit.inner.as_ref(), &visit.asker);
    if let Ok(told) = act::act(by, rehearsal, posted, known, visit.language).await
        && told.answered.status.is_success()
    {
        put(known, "answer", told.answered.body);
        put(known, "did", rehearsal.name.into());
    }
}

/// What was typed, so that the form shows it again.
fn typed(pairs: &Pairs) -> Value {
    let mut typed = Map::new();
    let marked = pairs.iter().filter(|(name, _)| name.starts_with(['/', '+', '=']));
    for (name, value) in marked.cloned().chain(form::together(pairs)) {
        typed.insert(name, value.into());
    }
    json!({
        "act": form::last(pairs, "_act").or_else(|| form::last(pairs, "act")),
        "key": form::last(pairs, "_key").unwrap_or_default(),
        "typed": typed,
        "errors": [],
    })
}

/// What was wrong, with what was typed. What the service calls a bad request is here a form that needs another look.
fn failed(pairs: &Pairs, act: &Act, answered: Answered, language: &str) -> (StatusCode, Value) {
    let mut failed = typed(pairs);
    let of = |name: &str| answered.body.get(name).cloned().unwrap_or_default();
    let code = text_at(&answered.body, "type").and_then(|kind| kind.rsplit(':').next().map(str::to_owned));
    let mut errors = of("errors").as_array().cloned().unwrap_or_default();
    if let Some(field) = act.body.field() {
        errors = in_one_field(errors, field, code.as_deref().unwrap_or_default(), &of("detail"));
    }
    for error in errors.iter_mut().filter(|error| was_left_empty(error, pairs)) {
        put(error, "code", "field-missing".into());
    }
    let is_told_so = answered.language.as_deref() == Some(language);
    if is_told_so || act.is_in_language() {
        errors.iter_mut().for_each(|error| put(error, "language", language.into()));
    }
    put(&mut failed, "errors", errors.into());
    put(&mut failed, "detail", of("detail"));
    put(&mut failed, "language", is_told_so.then_some(language).into());
    put(&mut failed, "code", code.into());
    put(&mut failed, "status", answered.status.as_u16().into());
    let status = match answered.status {
        StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => StatusCode::UNPROCESSABLE_ENTITY,
        other => other,
    };
    (status, failed)
}

/// Whether nothing but its shape is wrong with a field in which nothing was typed.
fn was_left_empty(error: &Value, pairs: &Pairs) -> bool {
    let pointer = text_at(error, "pointer").unwrap_or_default();
    let is_empty = form::last(pairs, &pointer).is_some_and(|text| text.trim().is_empty());
    is_empty && text_at(error, "code").as_deref() == Some("wrong-shape")
}

/// What is wrong within a document or file stands with the field that it was given in.
fn in_one_field(errors: Vec<Value>, field: &str, code: &str, detail: &Value) -> Vec<Value> {
    if errors.is_empty() {
        return vec![json!({"pointer": field, "code": code, "detail": detail})];
    }
    let moved = errors.into_iter().map(|mut error| {
        let place = text_at(&error, "pointer").map(|place| format!("{place}: ")).unwrap_or_default();
        let detail = format!("{place}{}", text_at(&error, "detail").unwrap_or_default());
        put(&mut error, "detail", detail.into());
        put(&mut error, "pointer", field.into());
        error
    });
    moved.collect()
}

/// Whether the browser says that the form stood on one of our own pages. One that says nothing is let through to
/// the hidden token.
pub(super) fn comes_from_here(request: &HttpRequest) -> bool {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = header("sec-fetch-site") {
        return site == "same-origin";
    }
    match (header(ORIGIN.as_str()), header(HOST.as_str())) {
        (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, own)| own == host),
        (Some(_), None) => false,
        (None, _) => true,
    }
}

/// The answer where nothing is: a problem below the API, a page elsewhere.
pub(super) async fn nothing_here(request: HttpRequest) -> Result<HttpResponse, Problem> {
    let asks_api =
        ["/v1", "/docs", "/health", "/metrics"].iter().any(|path| request.path().starts_with(path));
    if asks_api || request.method() != Method::GET {
        return Err(Problem::of_status(StatusCode::NOT_FOUND));
    }
    Ok(match Visit::of(&request).await {
        Ok(visit) => {
            let known = visit.known(&request);
            visit.unread(&known, Unread { status: StatusCode::NOT_FOUND, problem: Value::Null })
        }
        Err(answer) => answer,
    })
}

/// The answer with a cookie.
pub(super) fn with_cookie(mut answer: HttpResponse, cookie: &str) -> HttpResponse {
    if let Ok(value) = cookie.parse() {
        answer.headers_mut().append(SET_COOKIE, value);
    }
    answer
}
