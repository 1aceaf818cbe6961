//! `trede import`: reads what others publish, and says what a tender can be made of.

use std::fs::File;
use std::io::{self, BufReader, Write};
use std::process::ExitCode;

use serde_json::{Value, json};

use super::render::notice;
use super::score::{BAD_INPUT, Lang};
use crate::cli::said::complain;
use trede_formats::eforms::{self, EformsError, NoticeReport};

/// Read what others publish and say what a tender can be made of.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Eforms(EformsArgs),
}

/// Read notices of the European gazette (eForms, UBL in XML).
///
/// For each notice: what was understood of the buyer, the lots, the criteria and their weights; what a tender
/// still needs (te completeren); and everything that a draft tender has no place for (niet overgenomen).
/// Nothing is stored; `POST /v1/municipalities/{municipality}/notice-imports` makes the draft.
#[derive(Debug, clap::Args)]
pub struct EformsArgs {
    /// The notices, or - for standard input
    #[arg(required = true)]
    files: Vec<String>,
    /// Write all that was read as JSON: a list with one element a file
    #[arg(long)]
    json: bool,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
}

/// Reads the files and prints what they say; exits with 2 when one could not be read.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let What::Eforms(args) = &args.what;
    let outcomes: Vec<_> = args.files.iter().map(|file| (file.as_str(), read(file))).collect();
    let failed = outcomes.iter().any(|(_, outcome)| outcome.is_err());
    let text = if args.json { as_json(&outcomes) } else { as_text(&outcomes, args.lang) };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ if failed => ExitCode::from(BAD_INPUT),
        _ => ExitCode::SUCCESS,
    }
}

/// Why a file gives no notice.
enum Failure {
    Unreadable(io::Error),
    Refused(EformsError),
}

impl Failure {
    const fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "unreadable-file",
            Self::Refused(error) => error.code(),
        }
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unreadable(error) => error.fmt(f),
            Self::Refused(error) => error.fmt(f),
        }
    }
}

type Outcome<'a> = (&'a str, Result<NoticeReport, Failure>);

fn read(file: &str) -> Result<NoticeReport, Failure> {
    if file == "-" {
        return eforms::read(io::stdin().lock()).map_err(Failure::Refused);
    }
    let file = File::open(file).map_err(Failure::Unreadable)?;
    eforms::read(BufReader::new(file)).map_err(Failure::Refused)
}

fn as_json(outcomes: &[Outcome<'_>]) -> String {
    let list: Vec<Value> = outcomes
        .iter()
        .map(|(file, outcome)| match outcome {
            Ok(report) => json!({"file": file, "report": report}),
            Err(error) => {
                json!({"file": file, "error": {"code": error.code(), "detail": error.to_string()}})
            }
        })
        .collect();
    format!("{:#}\n", Value::from(list))
}

fn as_text(outcomes: &[Outcome<'_>], lang: Lang) -> String {
    let mut text = String::new();
    for (file, outcome) in outcomes {
        match outcome {
            Ok(report) => text.push_str(&notice::report(file, report, lang.into())),
            Err(error) => complain!("{file}: {error} [{}]", error.code()),
        }
    }
    text
}
