//! Imports of the register from the command line, on the configured database.

use std::io::Read;
use std::sync::Arc;

use thiserror::Error;

use super::{StartError, existing_database};
use crate::config::Config;
use trede_integrations::pso_register::{RegisterClient, RegisterError, RegisterSettings};
use trede_model::frame::role::Role;
use trede_model::pso::register_import::{ImportFault, RegisterImport};
use trede_service::Services;
use trede_service::clock::{SystemClock, fresh_uuid};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::error::ServiceError;
use trede_service::pso::register_imports::{self, ImportTerms};

/// Who an import from the command line is recorded as.
const COMMAND_LINE: &str = "command line";

/// Why there was no import.
#[derive(Debug, Error)]
pub enum ImportError {
    /// The database cannot be opened.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The file with the list cannot be read.
    #[error("{file}: {source}")]
    List {
        /// The file.
        file: String,
        /// Why.
        source: std::io::Error,
    },
    /// The address is none.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The import was refused, or the database does not answer.
    #[error("{0}")]
    Service(#[from] ServiceError),
}

/// Where a list comes from.
pub enum ListSource<'a> {
    /// A list that is read here, and its name.
    List(&'a str, &'a mut dyn Read),
    /// The list at an address.
    Address(String),
}

/// Whether the list names all certificates in force, and the share of these in percent that may end at once.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Whether it names all.
    pub is_complete: bool,
    /// The share, in percent.
    pub max_ended_percent: i32,
}

/// Reads a list into the configured database; `progress` hears of each piece.
///
/// # Errors
/// [`ImportError`]. What is wrong with the list or its rows stands in the import and the faults, the first
/// hundred of them.
pub fn import(
    config: &Config,
    source: ListSource<'_>,
    terms: Terms,
    progress: &mut dyn FnMut(&RegisterImport),
) -> Result<(RegisterImport, Vec<ImportFault>), ImportError> {
    crate::identity::install_crypto();
    let services = Services::new(existing_database(config)?, Arc::new(SystemClock));
    let operator = Actor {
        subject: COMMAND_LINE.to_owned(),
        client: None,
        roles: [Role::Operator].into(),
        municipalities: [].into(),
        kvk: None,
        origin: RequestOrigin::own(fresh_uuid()),
    };
    let terms = ImportTerms { is_complete: terms.is_complete, max_ended_percent: terms.max_ended_percent };
    let (services, asked) = match source {
        ListSource::List(name, list) => {
            let asked = register_imports::upload(&services, &operator, name, &terms, list)?;
            (services, asked)
        }
        ListSource::Address(url) => {
            let services = services.with_register(RegisterClient::new(RegisterSettings::of(url))?);
            let asked = register_imports::request(&services, &operator, &terms)?;
            (services, asked)
        }
    };
    Ok(register_imports::await_end(&services, &operator, asked.id, progress)?)
}
