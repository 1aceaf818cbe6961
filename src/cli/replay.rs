//! `trede replay FILE`: shows that the result of an exported evaluation follows from its record.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::said::complain;
use crate::cli::score::{Failure, read};
use crate::config::read_file;
use crate::startup::sealing::verify_record;
use trede_formats::evaluation_record::{Difference, EvaluationRecord, Replay, replay};
use trede_wire::json::parse;

/// As with `trede score`: what was given cannot be read.
const BAD_INPUT: u8 = 2;
/// As many differences are named at the most.
const NAMED: usize = 100;

/// Replay an exported evaluation, and name every place where its result does not follow from its record.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The record, as the API exports it (`…/evaluations/{id}/record`); `-` reads standard input
    file: String,
    /// The keys of the installation that exported it (`GET …/record-keys`): who signed it is checked, and every place
    /// that was edited since is named
    #[arg(long, required_unless_present = "unsigned")]
    keys: Option<PathBuf>,
    /// Whoever made the record: only that the result follows from it is shown
    #[arg(long, conflicts_with = "keys")]
    unsigned: bool,
}

/// Replays the file; the exit code is 1 when something differs, and 2 when the file is no record, or is not signed by
/// one of the keys.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let record = read(&args.file).and_then(|bytes| parse::<EvaluationRecord>(&bytes).map_err(Failure::Json));
    let record = match record {
        Ok(record) => record,
        Err(failure) => {
            failure.tell(&args.file);
            return ExitCode::from(BAD_INPUT);
        }
    };
    let mut found = replay(&record);
    if let Some(keys) = &args.keys {
        match edited(keys, &record) {
            Ok(edited) => found.differences.splice(0..0, edited).for_each(drop),
            Err(error) => {
                complain!("trede: {}: {error}", args.file);
                return ExitCode::from(BAD_INPUT);
            }
        }
    }
    let text = told(&record, &found);
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ if found.differences.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

/// What was edited in a record since it was signed.
fn edited(keys: &Path, record: &EvaluationRecord) -> Result<Vec<Difference>, Box<dyn std::error::Error>> {
    let signature =
        record.signature.as_deref().ok_or("the record is not signed (`--unsigned` replays it still)")?;
    let signed = verify_record(&read_file(keys)?, signature)?;
    Ok(record.edited(&signed)?)
}

fn told(record: &EvaluationRecord, found: &Replay) -> String {
    let mut text = format!("Evaluation {} of {}\n", record.sequence, record.evaluation_id);
    if found.scored_by != found.replayed_by {
        text.push_str(&format!(
            "Scored by engine {}, replayed by engine {}.\n",
            found.scored_by, found.replayed_by
        ));
    }
    for difference in found.differences.iter().take(NAMED) {
        text.push_str(&format!(
            "{}: recorded {}, but {} follows\n",
            difference.pointer, difference.recorded, difference.follows
        ));
    }
    match found.differences.len() {
        0 => text.push_str("The result follows from the record.\n"),
        number => {
            if number > NAMED {
                text.push_str(&format!("and {} more\n", number - NAMED));
            }
            text.push_str(&format!("The record does not hold: {number} difference(s).\n"));
        }
    }
    text
}
