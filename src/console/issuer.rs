//! Log-in with an issuer: there with a state, a nonce and a challenge, and back with a code.
//!
//! All three follow from one secret in a cookie of the browser that asked, so nobody is logged in by a link that
//! somebody else began, and no row waits for who never comes back.

use actix_web::http::StatusCode;
use actix_web::web::Query;
use actix_web::{HttpRequest, HttpResponse, ResponseError, web};
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Value, json};
use trede_service::clock::fresh_random;
use trede_service::trust::console_sessions;

use super::answer::{page_of, redirect};
use super::login::own_path;
use super::serve::with_cookie;
use super::{Console, Entrance, cookie, language};

/// An issuer that people log in with. What it answers comes over a connection that nobody else is on.
pub trait Provider: Send + Sync {
    /// Its name in tokens.
    fn issuer(&self) -> &str;
    /// The name of this service as its client.
    fn client_id(&self) -> &str;
    /// Where somebody goes to log in.
    ///
    /// # Errors
    /// Why there is no such place.
    fn way(&self, state: &str, nonce: &str, challenge: &str) -> Result<String, String>;
    /// The access token and the ID token for a code.
    ///
    /// # Errors
    /// Why there are none.
    fn exchange(&self, code: &str, verifier: &str) -> Result<(String, String), String>;
}

/// What an issuer sends somebody back with.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Back {
    state: Option<String>,
    code: Option<String>,
    iss: Option<String>,
}

/// What follows from the secret, for one purpose.
fn derived(secret: &str, purpose: &str) -> String {
    hashed(&format!("{purpose} {secret}"))
}

fn hashed(text: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, text.as_bytes()))
}

/// Sends somebody to the issuer, and keeps where they wanted to go.
pub(super) async fn begin(request: &HttpRequest, console: &Console, to: &str) -> HttpResponse {
    let Entrance::Issuer(provider) = &console.shared().entrance else { return redirect("/login") };
    let Ok(secret) = fresh_random() else { return failed(request, console) };
    let (state, nonce) = (derived(&secret, "state"), derived(&secret, "nonce"));
    let challenge = hashed(&derived(&secret, "verifier"));
    let provider = provider.clone();
    let way = web::block(move || provider.way(&state, &nonce, &challenge)).await;
    match way {
        Ok(Ok(way)) => {
            let kept = format!("{secret}.{}", BASE64_URL_SAFE_NO_PAD.encode(to));
            let cookie = cookie::set(&console.shared().state, cookie::LOGIN, &kept);
            with_cookie(redirect(&way), &format!("{cookie}; Max-Age=600"))
        }
        Ok(Err(error)) => {
            tracing::warn!(error, "nobody can log in");
            failed(request, console)
        }
        Err(_) => failed(request, console),
    }
}

/// Lets in who comes back with a code that the issuer gave to this very browser.
pub(super) async fn back(request: HttpRequest, back: Query<Back>) -> HttpResponse {
    let Some(console) = request.app_data::<Console>().cloned() else {
        return HttpResponse::NotFound().finish();
    };
    let state = console.shared().state.clone();
    match tokens(&request, &console, &back).await {
        Ok((token, to)) => {
            let begun = state.run(move |services| console_sessions::begin(services, &token)).await;
            match begun {
                Ok(secret) => {
                    let name = cookie::session_name(&state);
                    let answer = with_cookie(redirect(&to), &cookie::set(&state, name, &secret));
                    with_cookie(answer, &cookie::removal(&state, cookie::LOGIN))
                }
                Err(problem) => problem.error_response(),
            }
        }
        Err(why) => {
            tracing::warn!(why, "a log-in was refused");
            with_cookie(failed(&request, &console), &cookie::removal(&state, cookie::LOGIN))
        }
    }
}

async fn tokens(request: &HttpRequest, console: &Console, back: &Back) -> Result<(String, String), String> {
    let Entrance::Issuer(provider) = &console.shared().entrance else { return Err("no issuer".to_owned()) };
    let kept = cookie::value(request, cookie::LOGIN).ok_or("this browser began no log-in")?;
    let (secret, to) = kept.split_once('.').ok_or("the cookie is not ours")?;
    if back.state.as_deref() != Some(derived(secret, "state").as_str()) {
        return Err("another state".to_owned());
    }
    // RFC 9207: who answers is who was asked.
    if back.iss.as_deref().is_some_and(|iss| iss != provider.issuer()) {
        return Err("another issuer".to_owned());
    }
    let code = back.code.clone().ok_or("no code")?;
    let (verifier, asked) = (derived(secret, "verifier"), provider.clone());
    let (token, id_token) = web::block(move || asked.exchange(&code, &verifier))
        .await
        .map_err(|_| "the service is stopping".to_owned())??;
    let now = console.shared().state.services.now();
    expect_id(&id_token, provider.as_ref(), &derived(secret, "nonce"), now.timestamp())?;
    let verified = console.shared().state.verifier.verify(&token, now);
    verified.map_err(|error| format!("the access token: {error}"))?;
    let to = BASE64_URL_SAFE_NO_PAD.decode(to).ok().and_then(|to| String::from_utf8(to).ok());
    Ok((token, own_path(to.as_deref()).to_owned()))
}

/// Checks what the ID token says. It came straight from the issuer, over TLS, so its signature says nothing more
/// (OpenID Connect Core 3.1.3.7, 6).
fn expect_id(id_token: &str, provider: &dyn Provider, nonce: &str, now: i64) -> Result<(), String> {
    let payload = id_token.split('.').nth(1).and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok());
    let claims: Value =
        payload.and_then(|bytes| serde_json::from_slice(&bytes).ok()).ok_or("the ID token cannot be read")?;
    let client = provider.client_id();
    let is_for_us = match claims.get("aud") {
        Some(Value::String(audience)) => audience == client,
        Some(Value::Array(audiences)) => {
            audiences.iter().any(|audience| audience == client)
                && (audiences.len() == 1 || claims.get("azp").is_some_and(|azp| azp == client))
        }
        _ => false,
    };
    let expires = claims.get("exp").and_then(Value::as_i64).unwrap_or_default();
    match () {
        () if claims.get("iss").is_none_or(|iss| iss != provider.issuer()) => {
            Err("another issuer".to_owned())
        }
        () if !is_for_us => Err("the ID token is for another client".to_owned()),
        () if claims.get("nonce").is_none_or(|own| own != nonce) => Err("another nonce".to_owned()),
        () if expires <= now => Err("the ID token has expired".to_owned()),
        () => Ok(()),
    }
}

/// The page that says that the log-in did not succeed.
fn failed(request: &HttpRequest, console: &Console) -> HttpResponse {
    let language = language::of(request);
    let known = json!({
        "language": language.code(), "page": "login_failed", "here": "/login", "me": null, "crumbs": [], "query": {},
    });
    page_of(console, language, "login_failed", &known, StatusCode::UNAUTHORIZED)
}

#[cfg(test)]
mod tests {
    use super::*;

    struct One;

    impl Provider for One {
        fn issuer(&self) -> &str {
            "https://login.example.nl"
        }
        fn client_id(&self) -> &str {
            "trede-console"
        }
        fn way(&self, _: &str, _: &str, _: &str) -> Result<String, String> {
            Err(String::new())
        }
        fn exchange(&self, _: &str, _: &str) -> Result<(String, String), String> {
            Err(String::new())
        }
    }

    fn said(claims: &Value) -> Result<(), String> {
        let token = format!("e30.{}.", BASE64_URL_SAFE_NO_PAD.encode(claims.to_string()));
        expect_id(&token, &One, "n", 1_000)
    }

    #[test]
    fn an_id_token_counts_when_it_is_for_us_from_the_issuer_for_this_log_in_and_in_time() {
        let good =
            json!({"iss": "https://login.example.nl", "aud": "trede-console", "nonce": "n", "exp": 1_001});
        assert_eq!(said(&good), Ok(()));
        for (name, value) in [
            ("iss", json!("https://evil.example")),
            ("aud", json!("other")),
            ("aud", json!(["trede-console", "other"])),
            ("nonce", json!("m")),
            ("nonce", Value::Null),
            ("exp", json!(1_000)),
        ] {
            let mut bad = good.clone();
            bad[name] = value;
            assert!(said(&bad).is_err(), "{bad}");
        }
        assert!(expect_id("x", &One, "n", 1_000).is_err());
    }
}
