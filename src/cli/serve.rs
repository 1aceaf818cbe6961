//! `trede serve`: the service, configured by the environment.

use std::process::ExitCode;

use crate::config::Config;
use crate::startup::{self, StartError};

/// Serve the API until told to stop. Configured by the environment: DATABASE_URL, TREDE_BIND,
/// TREDE_JWT_ISSUERS and the others of the manual.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Serves; answers when the service has stopped or could not start.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    let outcome = Config::from_env().map_err(StartError::from).and_then(|config| startup::serve(&config));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
