//! The cookies of the console; no path of the API looks at them.

use actix_web::HttpRequest;
use actix_web::http::header::COOKIE;

use crate::http::state::AppState;

/// Holds the chosen language.
pub(super) const LANGUAGE: &str = "trede-language";
/// Holds the secret of a log-in that is under way.
pub(super) const LOGIN: &str = "trede-login";
const SESSION: &str = "trede";
/// A cookie of that prefix comes from this very host and over TLS (RFC 6265bis).
const SESSION_OVER_TLS: &str = "__Host-trede";

/// What the cookie of that name says. Of two with one name neither is believed: somebody else may have set one.
pub(super) fn value(request: &HttpRequest, name: &str) -> Option<String> {
    let headers = request.headers().get_all(COOKIE).filter_map(|value| value.to_str().ok());
    let pairs = headers.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let mut named = pairs.filter(|(own, _)| *own == name).map(|(_, value)| value.to_owned());
    named.next().filter(|_| named.next().is_none())
}

/// The name of the cookie that holds the session.
pub(super) const fn session_name(state: &AppState) -> &'static str {
    if state.behind_tls { SESSION_OVER_TLS } else { SESSION }
}

/// A cookie (the value of `Set-Cookie`) that scripts do not read and other sites do not send along with forms.
/// The value is one of ours: letters and digits.
pub(super) fn set(state: &AppState, name: &str, value: &str) -> String {
    let secure = if state.behind_tls { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}")
}

/// The `Set-Cookie` that ends the one of that name.
pub(super) fn removal(state: &AppState, name: &str) -> String {
    format!("{}; Max-Age=0", set(state, name, ""))
}
