//! Who looks at a page, and what every page knows.

use std::rc::Rc;

use actix_web::http::StatusCode;
use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde_json::{Map, Value, json};

use super::answer::{page_of, redirect};
use super::cookie;
use super::inner::{Asker, Inner};
use super::language::{self, Language};
use super::pages::{self, Page};
use super::place::{escaped, filled};
use super::read::{self, Unread, put};
use super::{Console, Shared};
use crate::identity::verifier::Bearer;
use trede_service::trust::console_sessions::{self, Session};

/// Everything that one request for a page is answered with.
pub(super) struct Visit {
    pub(super) console: Console,
    pub(super) inner: Rc<Inner>,
    pub(super) asker: Asker,
    /// None: the page is for anybody.
    pub(super) session: Option<Session>,
    pub(super) language: Language,
    bearer: Option<Bearer>,
}

impl Visit {
    /// Who asks for the page; an answer that sends them to the log-in, when nobody is logged in.
    pub(super) async fn of(request: &HttpRequest) -> Result<Self, HttpResponse> {
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
        let asker = Asker {
            token: Some(session.token.clone()),
            language: language.code(),
            address: request.peer_addr(),
        };
        Ok(Self { console, inner, asker, session: Some(session), language, bearer: Some(bearer) })
    }

    /// Somebody, whoever it is: a page for anybody looks at no session.
    #[allow(clippy::result_large_err)]
    pub(super) fn of_anybody(request: &HttpRequest) -> Result<Self, HttpResponse> {
        let missing = || HttpResponse::InternalServerError().finish();
        let console = request.app_data::<Console>().cloned().ok_or_else(missing)?;
        let inner = request.app_data::<Rc<Inner>>().cloned().ok_or_else(missing)?;
        let language = language::of(request);
        let asker = Asker { token: None, language: language.code(), address: request.peer_addr() };
        Ok(Self { console, inner, asker, session: None, language, bearer: None })
    }

    /// What every page knows.
    pub(super) fn known(&self, request: &HttpRequest) -> Value {
        let mut known = Value::Object(Map::new());
        for (name, value) in request.match_info().iter() {
            put(&mut known, name, value.into());
        }
        let query = Query::<std::collections::BTreeMap<String, String>>::from_query(request.query_string());
        put(&mut known, "query", query.map_or_else(|_| json!({}), |query| json!(query.0)));
        put(&mut known, "language", self.language.code().into());
        let form_token = self.session.as_ref().map(|session| session.form_token.clone()).unwrap_or_default();
        put(&mut known, "csrf", form_token.into());
        put(&mut known, "here", request.path().into());
        let today = self.console.shared().state.services.now().date_naive().to_string();
        put(&mut known, "this_year", today.get(..4).into());
        put(&mut known, "today", today.into());
        put(&mut known, "now", self.console.shared().state.services.now().to_rfc3339().into());
        let me = self.bearer.as_ref().map_or(Value::Null, |Bearer { subject, roles, municipalities, kvk, .. }| {
            json!({"subject": subject, "roles": roles, "municipalities": municipalities, "kvk": kvk})
        });
        put(&mut known, "me", me);
        put(&mut known, "is_open", self.session.is_none().into());
        known
    }

    /// The page with what it reads.
    pub(super) async fn page(&self, page: &Page, mut known: Value, status: StatusCode) -> HttpResponse {
        let reads = [pages::Read::may("authority", "get_municipality")];
        let has_authority = known.get("municipality").is_some() && self.session.is_some();
        let reads = if has_authority { reads.as_slice() } else { &[] };
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
    pub(super) fn unread(&self, known: &Value, unread: Unread) -> HttpResponse {
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
