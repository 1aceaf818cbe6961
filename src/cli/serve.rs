//! `trede serve`: the service, configured by the environment.

use std::process::ExitCode;

use clap::ArgMatches;

use crate::cli::said::complain;
use crate::config::{self, Config};
use crate::startup::{self, StartError};

/// Serve the API until told to stop. What is secret is taken from the environment only; an empty variable counts as not
/// set.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    config: Config,
}

/// Serves; answers when the service has stopped or could not start.
#[must_use]
pub fn run(args: &Args, matches: &ArgMatches) -> ExitCode {
    let settings = config::settings(matches).map_err(StartError::from);
    match settings.and_then(|_| startup::serve(&args.config)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
