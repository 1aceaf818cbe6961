//! What `trede serve` would meet at its start, looked at without changing anything.

use std::path::Path;

use secrecy::ExposeSecret;
use tracing_subscriber::EnvFilter;

use super::{StartError, console, existing_database, files, protection, register_client, sealing, tenderned};
use super::{issuers, trade_register};
use crate::config::{Config, ConfigError, read_file};
use trede_sealing::keyring::SealingKeys;
use trede_store::frame::connection::Db;

/// How one thing stands.
#[derive(Debug)]
pub struct Found {
    /// What was looked at.
    pub what: &'static str,
    /// How it stands, or why the service does not start with it.
    pub outcome: Result<String, StartError>,
}

/// What is looked at, and how.
type Check = (&'static str, fn(&Config) -> Result<String, StartError>);

/// Looks at everything, also when something is wrong.
#[must_use]
pub fn check(config: &Config) -> Vec<Found> {
    let checks: [Check; 10] = [
        ("database", database),
        ("who is let in", |config| {
            issuers::Issuers::of(&config.tokens).map(|_| "issuers and keys fit".to_owned())
        }),
        ("keys for sealed bids", sealed),
        ("files of evidence", evidence),
        ("pages", pages),
        ("protection", protected),
        ("trade register", |config| {
            Ok(asked(trade_register(config)?.is_some(), "is asked", "only the form of a number is checked"))
        }),
        ("TenderNed", |config| {
            Ok(asked(tenderned(config)?.is_some(), "is asked", "notices are sent here only"))
        }),
        ("PSO register", |config| {
            Ok(asked(register_client(config)?.is_some(), "is read once a day", "lists are handed over"))
        }),
        ("log", |config| Ok(EnvFilter::try_new(&config.log).map(|_| "fits".to_owned())?)),
    ];
    checks.map(|(what, looked)| Found { what, outcome: looked(config) }).into()
}

fn asked(is_asked: bool, then: &str, otherwise: &str) -> String {
    if is_asked { then.to_owned() } else { format!("not configured, {otherwise}") }
}

fn database(config: &Config) -> Result<String, StartError> {
    if !Db::is_there(config.database_url.expose_secret()) {
        return Ok("there is none yet, it is made at the start".to_owned());
    }
    match existing_database(config) {
        Ok(_) => Ok("answers, and is up to date".to_owned()),
        Err(StartError::OldSchema) => Ok("answers, and is brought up to date at the start".to_owned()),
        Err(error) => Err(error),
    }
}

fn sealed(config: &Config) -> Result<String, StartError> {
    match sealing::keys(&config.sealing)? {
        SealingKeys::None => Ok("not configured, no tender is published whose bids are kept here".to_owned()),
        keys => Ok(format!("fit, the newest is {}", keys.ring()?.newest())),
    }
}

fn evidence(config: &Config) -> Result<String, StartError> {
    let place = &config.evidence.place;
    if !place.starts_with("s3://") && !Path::new(place).is_dir() {
        return Ok(format!("the folder {place} is made at the start"));
    }
    files::desk(&config.evidence)?;
    let scanned = config.evidence.scanner.is_some();
    Ok(asked(scanned, "are scanned", "files are taken without being scanned"))
}

fn pages(config: &Config) -> Result<String, StartError> {
    config.theme_file.as_deref().map(read_file).transpose()?;
    let entrance = config.console_file.as_deref().map(console::entrance).transpose()?;
    Ok(asked(entrance.is_some(), "people log in", "there is only the API"))
}

fn protected(config: &Config) -> Result<String, StartError> {
    let of_all: Result<_, ConfigError> = protection(&config.protection, config.public_url.clone());
    of_all?;
    let limited = config.protection.requests_per_caller.is_some();
    Ok(asked(limited, "requests are limited", "requests are not limited"))
}
