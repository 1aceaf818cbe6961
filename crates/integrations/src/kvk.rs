//! The trade register of the Chamber of Commerce (Handelsregister van de KvK): its API Basisprofiel says under which
//! names a number is registered.
//!
//! `GET {address}/v1/basisprofielen/{number}` with the header `apikey`; 404 for a number that it does not have.

use std::collections::HashMap;
use std::io::Read;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use reqwest::StatusCode;
use reqwest::blocking::{Client, Response};
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;
use thiserror::Error;

use crate::cause::deepest;
use crate::outgoing::{client_at, traced};
use trede_base::ids::KvkNumber;
use trede_model::frame::trace::TraceContext;

/// The most time to connect.
const CONNECT_WITHIN: Duration = Duration::from_secs(5);
/// The most registrations that are remembered; then it starts anew.
const MOST_REMEMBERED: usize = 10_000;

/// Where the register is, and how patient to be with it.
#[derive(Clone, Debug)]
pub struct TradeRegisterSettings {
    /// The address of the APIs, up to and with `/api`.
    pub url: String,
    /// The key of the subscription.
    pub key: SecretString,
    /// The most time that one answer may take.
    pub within: Duration,
    /// The most bytes of an answer.
    pub most_bytes: u64,
    /// For how long an answer is remembered. Each question costs money.
    pub remembers_for: Duration,
}

impl TradeRegisterSettings {
    /// The settings for an address, with a patience that a waiting caller can bear.
    #[must_use]
    pub fn of(url: String, key: SecretString) -> Self {
        Self {
            url,
            key,
            within: Duration::from_secs(10),
            most_bytes: 1024 * 1024,
            remembers_for: Duration::from_secs(24 * 3600),
        }
    }
}

/// Why the register said nothing of a number.
#[derive(Debug, Error)]
pub enum TradeRegisterError {
    /// The client cannot be made, or the address is none.
    #[error("the trade register cannot be asked: {0}")]
    Unfit(String),
    /// It has no such number.
    #[error("the trade register has no organisation of this number")]
    Unknown,
    /// It does not accept the key.
    #[error("the trade register does not accept the key ({0})")]
    NotLetIn(u16),
    /// It answered with a failure.
    #[error("the trade register answered {0}")]
    Refused(u16),
    /// No answer in time, or one that cannot be read.
    #[error("the trade register did not answer, or not to the end: {0}")]
    Unreachable(String),
}

/// What the register says of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The names it is registered under (naam, statutaire naam, handelsnamen).
    pub names: Vec<String>,
    /// Whether the registration has ended (materiële registratie met datum einde).
    pub is_ended: bool,
}

impl Registration {
    /// Whether it is registered under the name, however that is spaced, capitalised and punctuated: people write
    /// «B.V.» and «BV».
    #[must_use]
    pub fn bears(&self, name: &str) -> bool {
        let wanted = letters(name);
        self.names.iter().any(|known| letters(known) == wanted)
    }
}

fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A basic profile (basisprofiel), as far as it is read here.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Profile {
    naam: String,
    statutaire_naam: Option<String>,
    #[serde(default)]
    handelsnamen: Vec<TradeName>,
    materiele_registratie: Option<Period>,
}

#[derive(Deserialize)]
struct TradeName {
    naam: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Period {
    datum_einde: Option<String>,
}

impl From<Profile> for Registration {
    fn from(profile: Profile) -> Self {
        let trade_names = profile.handelsnamen.into_iter().map(|name| name.naam);
        let mut names: Vec<_> =
            [profile.naam].into_iter().chain(profile.statutaire_naam).chain(trade_names).collect();
        names.dedup();
        let is_ended = profile.materiele_registratie.is_some_and(|period| period.datum_einde.is_some());
        Self { names, is_ended }
    }
}

/// A client of the register, which remembers what it heard.
#[derive(Debug)]
pub struct TradeRegister {
    http: Client,
    settings: TradeRegisterSettings,
    heard: Mutex<HashMap<KvkNumber, (Instant, Registration)>>,
}

impl TradeRegister {
    /// A client with these settings. It follows no redirection: the key is for that address alone.
    ///
    /// # Errors
    /// [`TradeRegisterError::Unfit`] when the address is none that can be asked.
    pub fn new(mut settings: TradeRegisterSettings) -> Result<Self, TradeRegisterError> {
        let http = client_at(&mut settings.url, CONNECT_WITHIN, settings.within)
            .map_err(TradeRegisterError::Unfit)?;
        Ok(Self { http, settings, heard: Mutex::default() })
    }

    /// What the register says of the number; what it said lately is not asked again.
    ///
    /// # Errors
    /// [`TradeRegisterError`]; that is not remembered.
    pub fn find(&self, kvk: KvkNumber, trace: TraceContext) -> Result<Registration, TradeRegisterError> {
        let known = self.heard().get(&kvk).cloned();
        if let Some((at, registration)) = known
            && at.elapsed() < self.settings.remembers_for
        {
            return Ok(registration);
        }
        let registration = self.ask(kvk, trace)?;
        let mut heard = self.heard();
        if heard.len() >= MOST_REMEMBERED {
            heard.clear();
        }
        heard.insert(kvk, (Instant::now(), registration.clone()));
        Ok(registration)
    }

    fn heard(&self) -> MutexGuard<'_, HashMap<KvkNumber, (Instant, Registration)>> {
        // Each change is one insertion, so what another thread left is whole.
        self.heard.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ask(&self, kvk: KvkNumber, trace: TraceContext) -> Result<Registration, TradeRegisterError> {
        let request = self
            .http
            .get(format!("{}/v1/basisprofielen/{kvk}", self.settings.url))
            .header("apikey", self.settings.key.expose_secret());
        let response = traced(request, trace)
            .send()
            .map_err(|error| TradeRegisterError::Unreachable(deepest(&error)))?;
        match response.status() {
            StatusCode::OK => self.read(response),
            StatusCode::NOT_FOUND => Err(TradeRegisterError::Unknown),
            status @ (StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) => {
                Err(TradeRegisterError::NotLetIn(status.as_u16()))
            }
            other => Err(TradeRegisterError::Refused(other.as_u16())),
        }
    }

    fn read(&self, response: Response) -> Result<Registration, TradeRegisterError> {
        let unreachable = |error: &dyn std::error::Error| TradeRegisterError::Unreachable(deepest(error));
        let mut bytes = Vec::new();
        response
            .take(self.settings.most_bytes)
            .read_to_end(&mut bytes)
            .map_err(|error| unreachable(&error))?;
        let profile: Profile = serde_json::from_slice(&bytes).map_err(|error| unreachable(&error))?;
        Ok(profile.into())
    }
}
