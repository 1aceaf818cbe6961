//! Fetches the public keys of an issuer (JWKS), within a limit of size and of time.

use std::io::Read;
use std::time::Duration;

use reqwest::blocking::Client;
use reqwest::redirect::Policy;
use thiserror::Error;

use crate::outgoing::bounded;

/// The most time to connect.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// The most time of one answer, from the question to its last byte.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);
/// The most bytes of a key set.
const MOST_BYTES: u64 = 1024 * 1024;

/// Why an issuer gave no keys.
#[derive(Debug, Error)]
pub enum JwksError {
    /// The client cannot be made.
    #[error("the keys cannot be asked for: {0}")]
    Unfit(String),
    /// No answer in time, or it broke off.
    #[error("the issuer did not answer, or not to the end: {0}")]
    Unreachable(String),
    /// It answered with something else than a key set.
    #[error("the issuer answered {0}")]
    Refused(u16),
    /// More than a key set can be.
    #[error("the key set is larger than {MOST_BYTES} bytes")]
    TooLarge,
}

/// The key set at an address.
#[derive(Debug)]
pub struct JwksClient {
    http: Client,
    url: String,
}

impl JwksClient {
    /// A client for the key set at this address. A redirect is not followed: the address is the trust.
    ///
    /// # Errors
    /// [`JwksError::Unfit`] when TLS cannot be set up.
    pub fn new(url: String) -> Result<Self, JwksError> {
        let http = bounded(CONNECT_WITHIN, ANSWER_WITHIN)
            .redirect(Policy::none())
            .build()
            .map_err(|error| JwksError::Unfit(error.to_string()))?;
        Ok(Self { http, url })
    }

    /// The text of the key set.
    ///
    /// # Errors
    /// [`JwksError`].
    pub fn fetch(&self) -> Result<String, JwksError> {
        let unreachable = |error: &dyn std::error::Error| JwksError::Unreachable(error.to_string());
        let response = self.http.get(&self.url).send().map_err(|error| unreachable(&error.without_url()))?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(JwksError::Refused(response.status().as_u16()));
        }
        let mut text = String::new();
        response.take(MOST_BYTES + 1).read_to_string(&mut text).map_err(|error| unreachable(&error))?;
        if u64::try_from(text.len()).is_ok_and(|length| length <= MOST_BYTES) {
            Ok(text)
        } else {
            Err(JwksError::TooLarge)
        }
    }
}
