//! `trede restore`: puts a copy of a SQLite database in its place again.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::StartError;
use crate::startup::copies::restore;

/// Put a copy that `trede backup` made in the place of the SQLite database in DATABASE_URL.
///
/// The service must be stopped. The copy is looked through first, and what stood in the place is kept beside it.
/// Follow with `trede audit verify`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The copy.
    file: PathBuf,
    /// Take the place of a database that is there, and keep that one beside it.
    #[arg(long)]
    replace: bool,
}

/// Restores, and says where what stood there is kept.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let outcome = Config::from_env()
        .map_err(StartError::from)
        .and_then(|config| restore(&config, &args.file, args.replace));
    match outcome {
        Ok(kept) => {
            say!("Restored from {}.", args.file.display());
            if let Some(kept) = kept {
                say!("What stood there is kept as {}.", kept.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
