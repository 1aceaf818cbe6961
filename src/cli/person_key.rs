//! `trede person-key`: by which the same person is recognised, computed offline.

use std::io::{self, BufRead};
use std::path::PathBuf;
use std::process::ExitCode;

use super::score::BAD_INPUT;
use crate::cli::said::{complain, say};
use crate::config::read_file;
use crate::identity::person_key::RegionKey;
use trede_base::bsn::holds_bsn;

/// Compute person keys (persoonssleutels), offline, at the office that holds the key of the region.
///
/// Reads client numbers of the coordinator's office from standard input, one a line, and prints the person
/// key of each on a line of its own: HMAC-SHA256 with the key of the region. Only that key goes to the
/// service; the client number stays at the office. A BSN is no client number.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the key of the region: 64 hexadecimal digits or more (`openssl rand -hex 32`)
    #[arg(long)]
    key: PathBuf,
    /// Says that numbers of nine digits are the office's own, and none is a BSN
    #[arg(long)]
    own_numbers: bool,
}

/// Computes and prints.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match print(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn print(args: &Args) -> Result<(), Box<dyn std::error::Error>> {
    let key = RegionKey::parse(&read_file(&args.key)?)?;
    for (index, line) in io::stdin().lock().lines().enumerate() {
        let number = line?;
        if number.trim().is_empty() {
            return Err(format!("line {}: a client number is needed here", index + 1).into());
        }
        if !args.own_numbers && holds_bsn(&number) {
            let place = index + 1;
            return Err(format!(
                "line {place}: this passes the test for a BSN, which may not be used; where it is a client \
                 number of the office itself, say so with --own-numbers"
            )
            .into());
        }
        say!("{}", key.person_key(&number));
    }
    Ok(())
}
