//! `trede reminders`: sends the reminders of deadlines that are due.

use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::StartError;
use crate::startup::runs::send_reminders;

/// Send the reminders of deadlines that are due, as events, and say how many. `trede serve` does so by itself.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Sends, and says how many.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    match Config::from_env().map_err(StartError::from).and_then(|config| send_reminders(&config)) {
        Ok(sent) => {
            say!("reminders sent: {sent}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
