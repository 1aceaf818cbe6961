//! The register of PSO certificates at a configured address: conditional requests, a limit of size and of time,
//! and another try when the server fails or its answer breaks off.
//!
//! No public API of the register is known (PSO-Nederland shows a list on its site), so any address that serves
//! a list in one of our forms can stand here.

use std::io::{Read, Seek, SeekFrom, Write};
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use reqwest::header::{ETAG, HeaderMap, IF_MODIFIED_SINCE, IF_NONE_MATCH, LAST_MODIFIED};
use thiserror::Error;

use crate::cause::deepest;
use crate::outgoing::{Patience, bounded, expect_web_address, traced};
use trede_model::frame::trace::TraceContext;
use trede_model::pso::register_import::Validators;

/// The most time to connect.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);
/// Bytes that are copied at once.
const PIECE: usize = 64 * 1024;

/// Where the register is, and how patient to be with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisterSettings {
    /// The address of the list.
    pub url: String,
    /// The most time that one answer may take, from the question to its last byte.
    pub within: Duration,
    /// The most bytes that a list may have.
    pub most_bytes: u64,
    /// How often it is tried before it counts as failed.
    pub attempts: u32,
    /// The pause before the second try; it doubles before each further one.
    pub pause: Duration,
}

impl RegisterSettings {
    /// The settings for an address, with the patience that is usual.
    #[must_use]
    pub fn of(url: String) -> Self {
        Self {
            url,
            within: Duration::from_secs(60),
            most_bytes: 64 * 1024 * 1024,
            attempts: 4,
            pause: Duration::from_secs(2),
        }
    }
}

/// Why the register gave no list.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The client cannot be made, or the address is none.
    #[error("the register cannot be asked: {0}")]
    Unfit(String),
    /// No answer in time, or it broke off.
    #[error("the register did not answer, or not to the end: {0}")]
    Unreachable(String),
    /// It answered with a failure.
    #[error("the register answered {0}")]
    Refused(u16),
    /// Its list is too large.
    #[error("the list is larger than {0} bytes")]
    TooLarge(u64),
    /// The list cannot be kept while it is read.
    #[error("the list cannot be stored while it is read: {0}")]
    Disk(#[from] std::io::Error),
}

impl RegisterError {
    /// Whether another try can end better.
    fn is_passing(&self) -> bool {
        match self {
            Self::Unreachable(_) => true,
            Self::Refused(status) => *status >= 500 || *status == 429 || *status == 408,
            Self::Unfit(_) | Self::TooLarge(_) | Self::Disk(_) => false,
        }
    }
}

/// What the register answered.
#[derive(Debug)]
pub enum Fetched {
    /// Its list is the one that was read before.
    NotModified,
    /// Its list, whole, on disk until it is dropped, and what the register calls this state of it.
    List(tempfile::SpooledTempFile, Validators),
}

/// A client of the register.
#[derive(Debug)]
pub struct RegisterClient {
    http: Client,
    settings: RegisterSettings,
}

impl RegisterClient {
    /// A client with these settings.
    ///
    /// # Errors
    /// [`RegisterError::Unfit`] when the address is none that can be asked.
    pub fn new(settings: RegisterSettings) -> Result<Self, RegisterError> {
        expect_web_address(&settings.url).map_err(RegisterError::Unfit)?;
        let http = bounded(CONNECT_WITHIN, settings.within)
            .build()
            .map_err(|error| RegisterError::Unfit(error.to_string()))?;
        Ok(Self { http, settings })
    }

    /// The address of the list.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.settings.url
    }

    /// Asks for the list, unless it is still the one that `known` names. A list is answered whole or not at all.
    /// `trace` is where the question belongs.
    ///
    /// # Errors
    /// [`RegisterError`] of the last try.
    pub fn fetch(&self, known: &Validators, trace: TraceContext) -> Result<Fetched, RegisterError> {
        let patience = Patience { attempts: self.settings.attempts, pause: self.settings.pause };
        patience.tried("the register will be asked again", RegisterError::is_passing, || {
            self.try_once(known, trace)
        })
    }

    fn try_once(&self, known: &Validators, trace: TraceContext) -> Result<Fetched, RegisterError> {
        let mut request = self.http.get(&self.settings.url);
        if let Some(etag) = &known.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(last_modified) = &known.last_modified {
            request = request.header(IF_MODIFIED_SINCE, last_modified);
        }
        let response = traced(request, trace).send().map_err(unreachable)?;
        match response.status() {
            StatusCode::NOT_MODIFIED => Ok(Fetched::NotModified),
            StatusCode::OK => self.list(response),
            other => Err(RegisterError::Refused(other.as_u16())),
        }
    }

    fn list(&self, mut response: Response) -> Result<Fetched, RegisterError> {
        let most = self.settings.most_bytes;
        let announced = response.content_length();
        if announced.is_some_and(|length| length > most) {
            return Err(RegisterError::TooLarge(most));
        }
        let validators = validators(response.headers());
        let mut list = tempfile::spooled_tempfile(PIECE);
        let mut piece = vec![0; PIECE];
        let mut length: u64 = 0;
        loop {
            let count = response.read(&mut piece).map_err(unreachable)?;
            let Some(read) = piece.get(..count).filter(|read| !read.is_empty()) else { break };
            length = length.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
            if length > most {
                return Err(RegisterError::TooLarge(most));
            }
            list.write_all(read)?;
        }
        if announced.is_some_and(|announced| announced != length) {
            return Err(RegisterError::Unreachable("the list broke off".to_owned()));
        }
        list.seek(SeekFrom::Start(0))?;
        Ok(Fetched::List(list, validators))
    }
}

fn unreachable(error: impl std::error::Error) -> RegisterError {
    RegisterError::Unreachable(deepest(&error))
}

fn validators(headers: &HeaderMap) -> Validators {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    Validators { etag: text(ETAG), last_modified: text(LAST_MODIFIED) }
}
