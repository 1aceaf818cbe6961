//! `trede score`: scores a tender from a file and says why.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;
use serde::Serialize;

use super::render;
use crate::cli::said::complain;
use trede_formats::score_workbook::{WorkbookError, score_workbook};
use trede_wire::json::{JsonError, parse};
use trede_wire::pso_file::PsoFileError;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{FindingResult, LanguageCode, ResultOptions, ScoreResult, score};

/// The largest file that is read: twenty thousand bids on thirty criteria fit in it.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// What a bad file exits with, as bad arguments do.
pub(super) const BAD_INPUT: u8 = 2;

/// Score a tender from a file: rank the bids of each lot and say why.
///
/// The file holds the lots with their award model (method, criteria, weights, rounding, ties) and the bids
/// with prices, scores, PSO levels and social return commitments. `trede schema score` prints what it may
/// hold; the examples in the folder `examples` show each method.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the tender (JSON), or - for standard input
    file: String,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    format: ScoreFormat,
    /// The file that the workbook is written to
    #[arg(long, value_name = "FILE", required_if_eq("format", "xlsx"))]
    output: Option<PathBuf>,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
    /// Show every step of each score, to redo with a pocket calculator
    #[arg(long)]
    explain: bool,
    /// Show who would win if a bidder dropped out, how far weights can shift, and what each loser needed
    #[arg(long)]
    analyse: bool,
}

/// How a score is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScoreFormat {
    /// Tables for a terminal
    Table,
    /// All data, as the API gives them
    Json,
    /// Tables for a report
    Markdown,
    /// A workbook with live formulas, to be followed in a spreadsheet
    Xlsx,
}

/// How a result is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Tables for a terminal
    Table,
    /// All data, as the API gives them
    Json,
    /// Tables for a report
    Markdown,
}

/// The language of the texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Nederlands
    Nl,
    /// English
    En,
}

impl From<Lang> for LanguageCode {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Nl => LanguageCode::Nl,
            Lang::En => LanguageCode::En,
        }
    }
}

/// Scores the file and prints the result.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let file = read(&args.file).and_then(|bytes| parse::<ScoreFile>(&bytes).map_err(Failure::Json));
    let format = match args.format {
        ScoreFormat::Table => Format::Table,
        ScoreFormat::Json => Format::Json,
        ScoreFormat::Markdown => Format::Markdown,
        ScoreFormat::Xlsx => return told(args, file.and_then(|file| workbook(args, &file))),
    };
    if args.output.is_some() {
        complain!("--output goes with --format xlsx; the other formats go to standard output");
        return ExitCode::from(BAD_INPUT);
    }
    told(args, file.and_then(|file| tables(args, format, &file)))
}

/// How the command ends: with what a failure says, where there is one.
fn told(args: &Args, outcome: Result<ExitCode, Failure>) -> ExitCode {
    outcome.unwrap_or_else(|failure| {
        failure.tell(&args.file);
        ExitCode::from(BAD_INPUT)
    })
}

/// Scores the file and prints the result.
fn tables(args: &Args, format: Format, file: &ScoreFile) -> Result<ExitCode, Failure> {
    let options = ResultOptions { language: args.lang.into(), explain: args.explain, analyse: args.analyse };
    let result = score(file, options);
    let result = result.map_err(|failure| Failure::Findings(failure.findings(options.language.into())))?;
    Ok(print(&result, format, options.language))
}

/// Scores the file and writes the workbook.
fn workbook(args: &Args, file: &ScoreFile) -> Result<ExitCode, Failure> {
    let language = LanguageCode::from(args.lang);
    let content = score_workbook(file, language).map_err(|error| match error {
        WorkbookError::File(failure) => Failure::Findings(failure.findings(language.into())),
        WorkbookError::Workbook(error) => Failure::Unreadable(io::Error::other(error)),
    })?;
    // Clap asks for the file.
    let Some(output) = &args.output else { return Ok(ExitCode::from(BAD_INPUT)) };
    match std::fs::write(output, content) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) => {
            complain!("{}: {error}", output.display());
            Ok(ExitCode::FAILURE)
        }
    }
}

/// Why a file cannot be scored or measured.
pub(super) enum Failure {
    Unreadable(io::Error),
    TooLarge,
    Json(JsonError),
    Pso(PsoFileError),
    Findings(Vec<FindingResult>),
}

impl Failure {
    /// Says why on standard error.
    pub(super) fn tell(&self, file: &str) {
        match self {
            Failure::Unreadable(error) => complain!("{file}: {error}"),
            Failure::TooLarge => complain!("{file}: larger than {} MB", MAX_BYTES / 1024 / 1024),
            Failure::Json(error) => complain!("{file}: {error}"),
            Failure::Pso(error) => complain!("{file}: {error}"),
            Failure::Findings(findings) => {
                for finding in findings {
                    complain!("{file}: {}: {} [{}]", finding.pointer, finding.detail, finding.code);
                    complain!("    → {}", finding.remedy);
                }
            }
        }
    }
}

/// Reads a file, or standard input for `-`.
pub(super) fn read(file: &str) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if file == "-" {
        io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes)
    } else {
        File::open(file).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
    };
    let length = read.map_err(Failure::Unreadable)?;
    if u64::try_from(length).is_ok_and(|length| length > MAX_BYTES) {
        return Err(Failure::TooLarge);
    }
    Ok(bytes)
}

/// Writes a result to standard output.
pub(super) fn print(result: &ScoreResult, format: Format, language: LanguageCode) -> ExitCode {
    print_as(result, format, |style| render::tables(result, language, style))
}

/// Writes a result to standard output as data, or as tables. A reader that stops early (`| head`) is no error.
pub(super) fn print_as(
    result: &impl Serialize,
    format: Format,
    tables: impl Fn(render::Style) -> String,
) -> ExitCode {
    let text = match format {
        Format::Json => serde_json::to_string_pretty(result).map(|json| json + "\n").unwrap_or_default(),
        Format::Table => tables(render::Style::Terminal),
        Format::Markdown => tables(render::Style::Markdown),
    };
    match io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        _ => ExitCode::SUCCESS,
    }
}
