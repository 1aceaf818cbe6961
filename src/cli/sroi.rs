//! `trede sroi`: values what social return yields, from a file.

use std::process::ExitCode;

use super::render;
use super::score::{BAD_INPUT, Failure, Format, Lang, print_as, read};
use trede_wire::json::parse;
use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::value_sroi;

/// Value what social return yields: the SROI ratio with payback and sensitivity.
///
/// The file holds the value map: inputs, outcomes with quantity, financial proxy and what is taken off, and the
/// discount rate with its convention. `trede schema sroi` prints what it may hold; the files
/// `examples/sroi-*.json` are worked cases.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the value map (JSON), or - for standard input
    file: String,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
    /// Show every step, to redo with a pocket calculator
    #[arg(long)]
    explain: bool,
}

/// Values the file and prints the result.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let language = LanguageCode::from(args.lang);
    let outcome = read(&args.file).and_then(|bytes| {
        let file: SroiFile = parse(&bytes).map_err(Failure::Json)?;
        value_sroi(&file, language, args.explain).map_err(Failure::Findings)
    });
    match outcome {
        Ok(result) => print_as(&result, args.format, |style| render::sroi_tables(&result, language, style)),
        Err(failure) => {
            failure.tell(&args.file);
            ExitCode::from(BAD_INPUT)
        }
    }
}
