//! `trede migrate`: brings the database's schema up to date, and does nothing else.

use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::{self, StartError};

/// Bring the schema of the database in DATABASE_URL up to date. `trede serve` does so by itself.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Migrates and prints each step that was taken.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    let outcome = Config::from_env().map_err(StartError::from).and_then(|config| startup::migrate(&config));
    match outcome {
        Ok(steps) if steps.is_empty() => say!("The schema was up to date."),
        Ok(steps) => steps.iter().for_each(|step| say!("Taken: {step}")),
        Err(error) => {
            complain!("trede: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
