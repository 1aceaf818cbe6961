//! TenderNed, the Dutch platform for notices: fetches what was published there by its number.
//!
//! The XML of a notice stands at `publicaties/{number}/public-xml` below the configured address of its web
//! services, and wants an account.

use std::fmt;
use std::io::Read;
use std::str::FromStr;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

use crate::cause::deepest;
use crate::outgoing::{Patience, client_at, traced};
use trede_model::frame::trace::TraceContext;

/// The most time to connect.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);

/// Where TenderNed is, and how patient to be with it.
#[derive(Clone, Debug)]
pub struct TenderNedSettings {
    /// The address of its web services, up to and with the version: `https://…/papi/tenderned-rs-tns/v2`.
    pub url: String,
    /// The account, for the XML of notices.
    pub account: Option<(String, SecretString)>,
    /// The most time that one answer may take, from the question to its last byte.
    pub within: Duration,
    /// The most bytes that a notice may have.
    pub most_bytes: u64,
    /// How often it is tried before it counts as failed.
    pub attempts: u32,
    /// The pause before the second try; it doubles before each further one.
    pub pause: Duration,
}

impl TenderNedSettings {
    /// The settings for an address, with a patience that a waiting caller can bear.
    #[must_use]
    pub fn of(url: String, account: Option<(String, SecretString)>) -> Self {
        Self {
            url,
            account,
            within: Duration::from_secs(20),
            most_bytes: 32 * 1024 * 1024,
            attempts: 3,
            pause: Duration::from_millis(500),
        }
    }
}

/// The number of a publication on TenderNed (publicatienummer): digits alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicationNumber(String);

/// A text that is no number of a publication.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("a publication number is one to twelve digits, such as 368233")]
pub struct NotAPublicationNumber;

impl FromStr for PublicationNumber {
    type Err = NotAPublicationNumber;

    fn from_str(text: &str) -> Result<Self, NotAPublicationNumber> {
        let fits = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { Ok(Self(text.to_owned())) } else { Err(NotAPublicationNumber) }
    }
}

impl fmt::Display for PublicationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Why TenderNed gave no notice.
#[derive(Debug, Error)]
pub enum TenderNedError {
    /// The client cannot be made, or the address is none.
    #[error("TenderNed cannot be asked: {0}")]
    Unfit(String),
    /// It has no publication of that number.
    #[error("TenderNed has no such publication")]
    Unknown,
    /// It does not let the account in.
    #[error("TenderNed does not accept the account ({0})")]
    NotLetIn(u16),
    /// It answered with a failure.
    #[error("TenderNed answered {0}")]
    Refused(u16),
    /// No answer in time, or it broke off.
    #[error("TenderNed did not answer, or not to the end: {0}")]
    Unreachable(String),
    /// Its answer is too large.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
}

impl TenderNedError {
    /// Whether another try, later, can end better.
    #[must_use]
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused(status) => *status >= 500 || *status == 429 || *status == 408,
            Self::Unfit(_) | Self::Unknown | Self::NotLetIn(_) | Self::TooLarge(_) => false,
        }
    }
}

/// A client of TenderNed.
#[derive(Debug)]
pub struct TenderNed {
    http: Client,
    settings: TenderNedSettings,
}

impl TenderNed {
    /// A client with these settings. It follows no redirection: the account is for that address alone.
    ///
    /// # Errors
    /// [`TenderNedError::Unfit`] when the address is none that can be asked.
    pub fn new(mut settings: TenderNedSettings) -> Result<Self, TenderNedError> {
        let http =
            client_at(&mut settings.url, CONNECT_WITHIN, settings.within).map_err(TenderNedError::Unfit)?;
        Ok(Self { http, settings })
    }

    /// The XML of a notice, as it was published.
    ///
    /// # Errors
    /// [`TenderNedError`] of the last try.
    pub fn notice(&self, number: &PublicationNumber, trace: TraceContext) -> Result<Vec<u8>, TenderNedError> {
        self.get(&format!("publicaties/{number}/public-xml"), self.settings.most_bytes, trace)
    }

    fn get(&self, path: &str, most: u64, trace: TraceContext) -> Result<Vec<u8>, TenderNedError> {
        let patience = Patience { attempts: self.settings.attempts, pause: self.settings.pause };
        patience.tried("TenderNed will be asked again", TenderNedError::is_passing, || {
            self.try_once(path, most, trace)
        })
    }

    fn try_once(&self, path: &str, most: u64, trace: TraceContext) -> Result<Vec<u8>, TenderNedError> {
        let mut request = self.http.get(format!("{}/{path}", self.settings.url));
        if let Some((name, password)) = &self.settings.account {
            request = request.basic_auth(name, Some(password.expose_secret()));
        }
        let response = traced(request, trace).send().map_err(|error| unreachable(&error))?;
        match response.status() {
            StatusCode::OK => body(response, most),
            StatusCode::NOT_FOUND => Err(TenderNedError::Unknown),
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                Err(TenderNedError::NotLetIn(status.as_u16()))
            }
            other => Err(TenderNedError::Refused(other.as_u16())),
        }
    }
}

fn body(response: Response, most: u64) -> Result<Vec<u8>, TenderNedError> {
    let announced = response.content_length();
    if announced.is_some_and(|length| length > most) {
        return Err(TenderNedError::TooLarge(most));
    }
    let mut bytes = Vec::new();
    let read = response.take(most.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| unreachable(&error))?;
    let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if length > most {
        return Err(TenderNedError::TooLarge(most));
    }
    if announced.is_some_and(|announced| announced != length) {
        return Err(TenderNedError::Unreachable("the answer broke off".to_owned()));
    }
    Ok(bytes)
}

fn unreachable(error: &dyn std::error::Error) -> TenderNedError {
    TenderNedError::Unreachable(deepest(error))
}
