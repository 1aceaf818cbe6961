//! Shows a page, and does what its form says.

use std::rc::Rc;

use actix_web::http::header::{HOST, ORIGIN, SET_COOKIE};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Form, Query};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::{Map, Value, json};

use super::act;
use super::answer::{page_of, redirect};
use super::cookie;
use super::form::{self, Pairs};
use super::inner::{Answered, Asker, Inner};
use super::language::{self, Language};
use super::pages::{self, Page};
use super::place::{escaped, filled, text_at};
use super::read::{self, Unread, put};
use super::{Console, Shared};
use crate::http::frame::problem::Problem;
use crate::identity::verifier::Bearer;
use trede_service::trust::console_sessions::{self, Session};

/// Everything that one request for a page is answered with.
pub(super) struct Visit {
    pub(super) console: Console,
    pub(super) inner: Rc<Inner>,
    pub(super) asker: Asker,
    pub(super) session: Session,
    pub(super) language: Language,
    pub(super) bearer: Bearer,
}

impl Visit {
    /// Who asks for the page; an answer that sends them to the log-in, when nobody is logged in.
    async fn of(request: &HttpRequest) -> Result<Self, HttpResponse> {
        let missing = || HttpResponse::InternalServerError().finish();
        let console = request.app_data::<Console>().cloned().ok_or_else(missing)?;
        let inner = request.app_data::<Rc<Inner>>().cloned().ok_or_else(missing)?;
        let state = console.shared().state.clone();
        let secret = cookie::value(request, cookie::session_name(&state));
        let session = match secret {
            Some(secret) => {
                let found = state.run(move |services| console_sessions::resume(services, &secret)).await;
                found.map_err(|problem| problem.error_response())?
            }
            None => None,
        };
        let way = request.uri().path_and_query().map_or("/", |way| way.as_str());
        let login = || redirect(&format!("/login?to={}", escaped(way)));
        let session = session.ok_or_else(login)?;
        let bearer = state.verifier.verify(&session.token, state.services.now()).map_err(|_| login())?;
        let language = language::of(request);
        let asker =
            Asker { token: session.token.clone(), language: language.code(), address: request.peer_addr() };
        Ok(Self { console, inner, asker, session, language, bearer })
    }

    /// What every page knows.
    async fn known(&self, request: &HttpRequest) -> Value {
        let mut known = Value::Object(Map::new());
        for (name, value) in request.match_info().iter() {
            put(&mut known, name, value.into());
        }
        let query = Query::<std::collections::BTreeMap<String, String>>::from_query(request.query_string());
        put(&mut known, "query", query.map_or_else(|_| json!({}), |query| json!(query.0)));
        put(&mut known, "language", self.language.code().into());
        put(&mut known, "csrf", self.session.form_token.clone().into());
        put(&mut known, "here", request.path().into());
        let today = self.console.shared().state.services.now().date_naive().to_string();
        put(&mut known, "this_year", today.get(..4).into());
        put(&mut known, "today", today.into());
        put(&mut known, "now", self.console.shared().state.services.now().to_rfc3339().into());
        let Bearer { subject, roles, municipalities, kvk, .. } = &self.bearer;
        let me = json!({"subject": subject, "roles": roles, "municipalities": municipalities, "kvk": kvk});
        put(&mut known, "me", me);
        known
    }

    /// The page with what it reads.
    async fn page(&self, page: &Page, mut known: Value, status: StatusCode) -> HttpResponse {
        let reads = [super::pages::Read::may("authority", "get_municipality")];
        let reads = if known.get("municipality").is_some() { reads.as_slice() } else { &[] };
        for reads in [reads, page.reads] {
            if let Err(unread) = read::all(&self.inner, &self.asker, reads, &mut known).await {
                return self.unread(&known, unread);
            }
        }
        if let Some(prepare) = page.prepare {
            prepare(&mut known, self.language);
        }
        let trail = crumbs(page, &known);
        put(&mut known, "crumbs", trail);
        put(&mut known, "page", page.name.into());
        page_of(&self.console, self.language, page.name, &known, status)
    }

    /// The page that says why there is none.
    fn unread(&self, known: &Value, unread: Unread) -> HttpResponse {
        let mut known = known.clone();
        put(&mut known, "status", unread.status.as_u16().into());
        put(&mut known, "problem", unread.problem);
        put(&mut known, "page", "error".into());
        put(&mut known, "crumbs", json!([]));
        page_of(&self.console, self.language, "error", &known, unread.status)
    }
}

impl Console {
    pub(super) fn shared(&self) -> &Shared {
        &self.0
    }
}

fn crumbs(page: &Page, known: &Value) -> Value {
    let crumb = |path: &&str| {
        let above = pages::of_path(path)?;
        Some(json!({"href": filled(above.path, known)?, "name": above.name}))
    };
    page.trail.iter().filter_map(crumb).collect()
}

fn page(request: &HttpRequest) -> Option<&'static Page> {
    request.app_data::<&'static Page>().copied()
}

/// Shows the page.
pub(super) async fn show(request: HttpRequest) -> HttpResponse {
    let Some(page) = page(&request) else { return HttpResponse::NotFound().finish() };
    match Visit::of(&request).await {
        Ok(visit) => {
            let known = visit.known(&request).await;
            visit.page(page, known, StatusCode::OK).await
        }
        Err(answer) => answer,
    }
}

/// Does what the form of the page says, and goes on to where that leads; or shows the form again with what is
/// wrong with it.
pub(super) async fn act(request: HttpRequest, form: Form<Pairs>) -> HttpResponse {
    let Some(page) = page(&request) else { return HttpResponse::NotFound().finish() };
    let visit = match Visit::of(&request).await {
        Ok(visit) => visit,
        Err(answer) => return answer,
    };
    let pairs = form.into_inner();
    let mut known = visit.known(&request).await;
    let is_ours = form::last(&pairs, "_csrf") == Some(visit.session.form_token.as_str());
    if !is_ours || !comes_from_here(&request) {
        return visit.unread(&known, Unread { status: StatusCode::FORBIDDEN, problem: json!("cross-site") });
    }
    let name = form::last(&pairs, "act").unwrap_or_default().to_owned();
    if let Some(changed) = form::with_rows_changed(&pairs, &name) {
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
    match act::act(&visit.inner, &visit.asker, (doing, &pairs, &known), visit.language).await {
        Err(unread) => visit.unread(&known, unread),
        Ok(answered) if !answered.status.is_success() => {
            let (status, failed) = failed(&pairs, answered);
            put(&mut known, "failed", failed);
            visit.page(page, known, status).await
        }
        Ok(answered) => {
            put(&mut known, "answer", answered.body);
            put(&mut known, "did", doing.name.into());
            if doing.then.is_empty() {
                put(&mut known, "failed", typed(&pairs));
                return visit.page(page, known, StatusCode::OK).await;
            }
            let to = filled(doing.then, &known).unwrap_or_else(|| "/".to_owned());
            let mark = if to.contains('?') { '&' } else { '?' };
            redirect(&format!("{to}{mark}done={}", doing.name))
        }
    }
}

/// What was typed, so that the form shows it again.
fn typed(pairs: &Pairs) -> Value {
    let mut typed = Map::new();
    for (name, value) in pairs {
        if name.starts_with(['/', '+', '=']) {
            typed.insert(name.clone(), value.clone().into());
        }
    }
    json!({
        "act": form::last(pairs, "_act").or_else(|| form::last(pairs, "act")),
        "key": form::last(pairs, "_key").unwrap_or_default(),
        "typed": typed,
        "errors": [],
    })
}

/// What was wrong, with what was typed. What the service calls a bad request is here a form that needs another look.
fn failed(pairs: &Pairs, answered: Answered) -> (StatusCode, Value) {
    let mut failed = typed(pairs);
    let of = |name: &str| answered.body.get(name).cloned().unwrap_or_default();
    put(&mut failed, "errors", if of("errors").is_array() { of("errors") } else { json!([]) });
    put(&mut failed, "detail", of("detail"));
    let code = text_at(&answered.body, "type").and_then(|kind| kind.rsplit(':').next().map(str::to_owned));
    put(&mut failed, "code", code.into());
    put(&mut failed, "status", answered.status.as_u16().into());
    let status = match answered.status {
        StatusCode::BAD_REQUEST => StatusCode::UNPROCESSABLE_ENTITY,
        other => other,
    };
    (status, failed)
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
            let known = visit.known(&request).await;
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
