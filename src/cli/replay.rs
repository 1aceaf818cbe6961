//! `trede replay FILE`: shows that the result of an exported evaluation follows from its record.

use std::io::{self, Write};
use std::process::ExitCode;

use crate::cli::score::{Failure, read};
use trede_formats::evaluation_record::{EvaluationRecord, Replay, replay};
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
}

/// Replays the file; the exit code is 1 when something differs, and 2 when the file is no record.
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
    let found = replay(&record);
    let text = told(&record, &found);
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ if found.differences.is_empty() => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
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
