//! `trede retention`: removes data of candidates whose term of retention has run out.

use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::StartError;
use crate::startup::runs::{Removed, remove_candidate_data};

/// Remove data of candidates whose term of retention has run out, and say what was removed.
///
/// The policy of a contract says how many months after its close the data of candidates are kept. References,
/// keys, periods, facts, claims in the region and files of evidence go; values, the ledger and the hashes of
/// evidence stay. To be run regularly, such as once a day.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Removes, and says what was done.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    match Config::from_env().map_err(StartError::from).and_then(|config| remove_candidate_data(&config)) {
        Ok(removed) => {
            if removed.is_empty() {
                say!("Nothing was due.");
            }
            for Removed { municipality, contracts, entries, claims, files } in removed {
                say!(
                    "{municipality}: contracts {contracts}, entries {entries}, claims {claims}, files {files}"
                );
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
