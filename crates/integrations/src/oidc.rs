//! Logs people in with an issuer: OpenID Connect, authorization code with PKCE (RFC 7636).

use std::io::Read;
use std::sync::OnceLock;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use thiserror::Error;

use crate::outgoing::{bounded, expect_web_address};

const CONNECT_WITHIN: Duration = Duration::from_secs(3);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
const MOST_BYTES: u64 = 256 * 1024;

/// Why nobody is logged in.
#[derive(Debug, Error)]
pub enum OidcError {
    /// The issuer or the client cannot be used as it is named.
    #[error("the issuer cannot be asked: {0}")]
    Unfit(String),
    /// No answer in time, or it broke off.
    #[error("the issuer did not answer, or not to the end: {0}")]
    Unreachable(String),
    /// It answered with another status, such as for a code that was used before.
    #[error("the issuer answered {0}")]
    Refused(u16),
    /// It answered with something that is not what the standard says.
    #[error("the issuer answered with something else: {0}")]
    Malformed(String),
}

/// What the issuer must know of this service.
#[derive(Clone, Debug)]
pub struct OidcSettings {
    /// What its tokens say in `iss`; its metadata stand below it.
    pub issuer: String,
    /// The name of this service as a client.
    pub client_id: String,
    /// The secret of the client, where it has one.
    pub client_secret: Option<SecretString>,
    /// What is asked for, with spaces between; `openid` must be among it.
    pub scopes: String,
    /// Where the issuer sends people back to.
    pub redirect_url: String,
}

/// The addresses of an issuer (OpenID Connect Discovery).
#[derive(Clone, Debug, Deserialize)]
struct Metadata {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
}

/// What a code is exchanged for.
#[derive(Clone, Debug, Deserialize)]
pub struct OidcTokens {
    /// For the API.
    pub access_token: String,
    /// About who logged in.
    pub id_token: String,
}

/// A client of one issuer.
#[derive(Debug)]
pub struct OidcClient {
    settings: OidcSettings,
    http: Client,
    metadata: OnceLock<Metadata>,
}

impl OidcClient {
    /// A client; the issuer is asked when somebody logs in.
    ///
    /// # Errors
    /// [`OidcError::Unfit`] when an address is none, or TLS cannot be set up.
    pub fn new(settings: OidcSettings) -> Result<Self, OidcError> {
        expect_web_address(&settings.issuer).map_err(OidcError::Unfit)?;
        expect_web_address(&settings.redirect_url).map_err(OidcError::Unfit)?;
        let http = bounded(CONNECT_WITHIN, ANSWER_WITHIN)
            .redirect(Policy::none())
            .build()
            .map_err(|error| OidcError::Unfit(error.to_string()))?;
        Ok(Self { settings, http, metadata: OnceLock::new() })
    }

    /// The issuer that people log in with.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// The name of this service as a client of the issuer.
    #[must_use]
    pub fn client_id(&self) -> &str {
        &self.settings.client_id
    }

    /// Where somebody goes to log in.
    ///
    /// # Errors
    /// [`OidcError`] when the issuer does not tell where that is.
    pub fn way(&self, state: &str, nonce: &str, challenge: &str) -> Result<String, OidcError> {
        let metadata = self.metadata()?;
        let pairs = [
            ("response_type", "code"),
            ("client_id", self.settings.client_id.as_str()),
            ("redirect_uri", self.settings.redirect_url.as_str()),
            ("scope", self.settings.scopes.as_str()),
            ("state", state),
            ("nonce", nonce),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ];
        let url = Url::parse_with_params(&metadata.authorization_endpoint, pairs);
        url.map(String::from).map_err(|error| OidcError::Malformed(error.to_string()))
    }

    /// Exchanges the code that somebody came back with.
    ///
    /// # Errors
    /// [`OidcError::Refused`] when the issuer does not know the code (any more).
    pub fn exchange(&self, code: &str, verifier: &str) -> Result<OidcTokens, OidcError> {
        let metadata = self.metadata()?;
        let mut pairs = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.settings.redirect_url.as_str()),
            ("client_id", self.settings.client_id.as_str()),
            ("code_verifier", verifier),
        ];
        if let Some(secret) = &self.settings.client_secret {
            pairs.push(("client_secret", secret.expose_secret()));
        }
        read(self.http.post(&metadata.token_endpoint).form(&pairs).send())
    }

    /// What the issuer says of itself, asked once.
    fn metadata(&self) -> Result<&Metadata, OidcError> {
        if let Some(known) = self.metadata.get() {
            return Ok(known);
        }
        let base = self.settings.issuer.trim_end_matches('/');
        let found: Metadata = read(self.http.get(format!("{base}/.well-known/openid-configuration")).send())?;
        // Another issuer's metadata would send people, and their codes, to another (mix-up).
        if found.issuer != self.settings.issuer {
            return Err(OidcError::Malformed(format!("its metadata are of {}", found.issuer)));
        }
        for address in [&found.authorization_endpoint, &found.token_endpoint] {
            expect_web_address(address).map_err(OidcError::Malformed)?;
        }
        Ok(self.metadata.get_or_init(|| found))
    }
}

fn read<T: DeserializeOwned>(answer: Result<Response, reqwest::Error>) -> Result<T, OidcError> {
    let answer = answer.map_err(|error| OidcError::Unreachable(error.without_url().to_string()))?;
    if answer.status() != StatusCode::OK {
        return Err(OidcError::Refused(answer.status().as_u16()));
    }
    let mut text = String::new();
    answer
        .take(MOST_BYTES)
        .read_to_string(&mut text)
        .map_err(|error| OidcError::Unreachable(error.to_string()))?;
    serde_json::from_str(&text).map_err(|error| OidcError::Malformed(error.to_string()))
}
