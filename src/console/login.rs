//! In and out, and the choice of a language.

use actix_web::http::StatusCode;
use actix_web::web::{Form, Query};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde::Deserialize;
use serde_json::json;

use super::answer::{page_of, redirect};
use super::form::{self, Pairs};
use super::language::{self, Language};
use super::serve::{comes_from_here, with_cookie};
use super::{Console, DemoRole, Entrance, cookie, issuer};
use trede_service::trust::console_sessions;

/// Where to go after the log-in.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Wanted {
    to: Option<String>,
}

/// A path of ours and nothing else: no other host, however it is written.
pub(super) fn own_path(to: Option<&str>) -> &str {
    to.filter(|to| to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n', '\t']))
        .unwrap_or("/")
}

// What is refused is the answer itself, once a log-in.
#[allow(clippy::result_large_err)]
fn console(request: &HttpRequest) -> Result<Console, HttpResponse> {
    request.app_data::<Console>().cloned().ok_or_else(|| HttpResponse::NotFound().finish())
}

/// The page on which one logs in.
pub(super) async fn page(request: HttpRequest, wanted: Query<Wanted>) -> HttpResponse {
    let console = match console(&request) {
        Ok(console) => console,
        Err(answer) => return answer,
    };
    let language = language::of(&request);
    let to = own_path(wanted.to.as_deref());
    let Entrance::Demo(roles) = &console.shared().entrance else {
        return issuer::begin(&request, &console, to).await;
    };
    let role = |(index, it): (usize, &DemoRole)| {
        let before = roles.iter().take(index).filter(|other| other.role == it.role).count();
        json!({"index": index, "role": it.role, "number": before + 1})
    };
    let now = console.shared().state.services.now();
    let verify = |it: &DemoRole| console.shared().state.verifier.verify(&it.token, now).ok();
    let open = roles
        .first()
        .and_then(verify)
        .and_then(|bearer| bearer.municipalities.first().map(ToString::to_string));
    let roles: Vec<_> = roles.iter().enumerate().map(role).collect();
    let known = json!({
        "language": language.code(), "roles": roles, "to": to, "here": "/login",
        "page": "login", "me": null, "crumbs": [], "query": {}, "open": open,
    });
    page_of(&console, language, "login", &known, StatusCode::OK)
}

/// Lets a visitor in as the role whose button was pressed; a session that was there before ends.
pub(super) async fn enter(request: HttpRequest, form: Form<Pairs>) -> HttpResponse {
    let console = match console(&request) {
        Ok(console) => console,
        Err(answer) => return answer,
    };
    if !comes_from_here(&request) {
        return HttpResponse::Forbidden().finish();
    }
    let shared = console.shared();
    let Entrance::Demo(roles) = &shared.entrance else { return redirect("/login") };
    let chosen = form::last(&form, "role").and_then(|index| index.parse::<usize>().ok());
    let Some(chosen) = chosen.and_then(|index| roles.get(index)).cloned() else {
        return redirect("/login");
    };
    let before = cookie::value(&request, cookie::session_name(&shared.state));
    let begun = shared
        .state
        .run(move |services| {
            if let Some(before) = before {
                console_sessions::end(services, &before)?;
            }
            console_sessions::begin(services, &chosen.token)
        })
        .await;
    match begun {
        Ok(secret) => {
            let name = cookie::session_name(&shared.state);
            let answer = redirect(own_path(form::last(&form, "to")));
            with_cookie(answer, &cookie::set(&shared.state, name, &secret))
        }
        Err(problem) => problem.error_response(),
    }
}

/// Ends the session.
pub(super) async fn leave(request: HttpRequest) -> HttpResponse {
    let console = match console(&request) {
        Ok(console) => console,
        Err(answer) => return answer,
    };
    if !comes_from_here(&request) {
        return HttpResponse::Forbidden().finish();
    }
    let state = console.shared().state.clone();
    let name = cookie::session_name(&state);
    if let Some(secret) = cookie::value(&request, name) {
        let ended = state.run(move |services| console_sessions::end(services, &secret)).await;
        if let Err(problem) = ended {
            return problem.error_response();
        }
    }
    let to = if matches!(console.shared().entrance, Entrance::Demo(_)) { "/login" } else { "/logged-out" };
    with_cookie(redirect(to), &cookie::removal(&state, name))
}

/// Says that one is logged out: with an issuer the log-in page would let one in again at once.
pub(super) async fn logged_out(request: HttpRequest) -> HttpResponse {
    let console = match console(&request) {
        Ok(console) => console,
        Err(answer) => return answer,
    };
    let language = language::of(&request);
    let known = json!({
        "language": language.code(), "page": "logged_out", "here": "/logged-out", "me": null, "crumbs": [],
        "query": {},
    });
    page_of(&console, language, "logged_out", &known, StatusCode::OK)
}

/// Keeps the chosen language, and goes back to where one was.
pub(super) async fn choose_language(request: HttpRequest, form: Form<Pairs>) -> HttpResponse {
    let console = match console(&request) {
        Ok(console) => console,
        Err(answer) => return answer,
    };
    let answer = redirect(own_path(form::last(&form, "to")));
    match form::last(&form, "language").and_then(Language::of) {
        Some(language) => {
            with_cookie(answer, &cookie::set(&console.shared().state, cookie::LANGUAGE, language.code()))
        }
        None => answer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_sent_on_to_our_own_pages_only() {
        for ours in ["/", "/gm9901/tenders?x=1"] {
            assert_eq!(own_path(Some(ours)), ours);
        }
        for other in ["//evil.example", "https://evil.example", "/\\evil.example", "evil", ""] {
            assert_eq!(own_path(Some(other)), "/", "{other}");
        }
    }
}
