//! The API of this service, as a command on somebody's own machine asks it.

use std::io::Read;
use std::time::Duration;

use reqwest::blocking::{Client, RequestBuilder};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use crate::cause::deepest;
use crate::outgoing::client_at;

const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// An opening decrypts every bid before it answers.
const ANSWER_WITHIN: Duration = Duration::from_secs(120);
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Why the service did not do what was asked.
#[derive(Debug, Error)]
pub enum OwnApiError {
    /// The address is none that can be asked.
    #[error("the service cannot be asked: {0}")]
    Unfit(String),
    /// No answer in time, or one that cannot be read.
    #[error("the service did not answer, or not to the end: {0}")]
    Unreachable(String),
    /// It said why not (RFC 9457).
    #[error("the service refused ({status}): {detail}")]
    Refused {
        /// The status.
        status: u16,
        /// Why, in its words.
        detail: String,
    },
}

/// The service at an address, asked by the bearer of a token.
#[derive(Debug)]
pub struct OwnApi {
    http: Client,
    url: String,
    token: SecretString,
}

impl OwnApi {
    /// The service at this address: what comes before `/v1`. No redirection is followed: the token is for that address
    /// alone.
    ///
    /// # Errors
    /// [`OwnApiError::Unfit`].
    pub fn new(mut url: String, token: SecretString) -> Result<Self, OwnApiError> {
        let http = client_at(&mut url, CONNECT_WITHIN, ANSWER_WITHIN).map_err(OwnApiError::Unfit)?;
        Ok(Self { http, url, token })
    }

    /// What stands at a path below `/v1`.
    ///
    /// # Errors
    /// [`OwnApiError`].
    pub fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, OwnApiError> {
        self.ask(self.http.get(self.at(path))).map(|(_, answer)| answer)
    }

    /// Sends a document to a path below `/v1`; answers the status too.
    ///
    /// # Errors
    /// [`OwnApiError`].
    pub fn post<T: DeserializeOwned>(&self, path: &str, document: &Value) -> Result<(u16, T), OwnApiError> {
        let question = self.http.post(self.at(path)).header("content-type", "application/json");
        self.ask(question.body(document.to_string()))
    }

    fn at(&self, path: &str) -> String {
        format!("{}/v1/{path}", self.url)
    }

    fn ask<T: DeserializeOwned>(&self, question: RequestBuilder) -> Result<(u16, T), OwnApiError> {
        let unreachable = |error: &dyn std::error::Error| OwnApiError::Unreachable(deepest(error));
        let question = question.bearer_auth(self.token.expose_secret());
        let response = question.send().map_err(|error| unreachable(&error.without_url()))?;
        let status = response.status();
        let mut bytes = Vec::new();
        response.take(MOST_BYTES).read_to_end(&mut bytes).map_err(|error| unreachable(&error))?;
        if !status.is_success() {
            return Err(OwnApiError::Refused { status: status.as_u16(), detail: detail(&bytes) });
        }
        let answer = serde_json::from_slice(&bytes).map_err(|error| unreachable(&error))?;
        Ok((status.as_u16(), answer))
    }
}

/// What a problem says, with what was found of each field.
fn detail(bytes: &[u8]) -> String {
    let problem: Value = serde_json::from_slice(bytes).unwrap_or_default();
    let text =
        |value: &Value, name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let found = problem.get("errors").and_then(Value::as_array).into_iter().flatten();
    let found: Vec<_> = found.map(|finding| text(finding, "detail")).collect();
    [vec![text(&problem, "title"), text(&problem, "detail")], found].concat().join("; ")
}
