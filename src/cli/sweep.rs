//! `trede sweep`: removes files of evidence that no entry knows.

use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::StartError;
use crate::startup::runs::sweep_files;

/// Remove files of evidence that no entry knows, and say how many.
///
/// Such files are left when the service stops between storing a file and recording it, or after the removal of
/// evidence; nobody can see them. Files of the last 24 hours are left alone: they may still be recorded.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Sweeps, and says what was done.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    let swept = Config::from_env().map_err(StartError::from).and_then(|config| sweep_files(&config));
    match swept {
        Ok(swept) => {
            say!(
                "removed {}, unfinished uploads removed {}, kept {}, not ours {}",
                swept.removed,
                swept.unfinished,
                swept.kept,
                swept.foreign
            );
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
