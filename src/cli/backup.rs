//! `trede backup`: a copy of a SQLite database, made while the service runs.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::StartError;
use crate::startup::copies::back_up;

/// Copy the SQLite database in DATABASE_URL to a new file, while the service goes on, and look the copy through.
///
/// The copy holds the secrets of webhook subscriptions: keep it as the database is kept. Files of evidence stand
/// beside the database, in TREDE_FILES, and are copied by other means.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new file.
    file: PathBuf,
}

/// Copies, and says so.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let outcome =
        Config::from_env().map_err(StartError::from).and_then(|config| back_up(&config, &args.file));
    match outcome {
        Ok(()) => {
            say!("Copied to {}, and the copy is sound.", args.file.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
