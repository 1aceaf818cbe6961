//! `trede pso`: measures the social contribution of an organisation from a file.

use std::process::ExitCode;

use super::render::pso;
use super::score::{BAD_INPUT, Failure, Format, Lang, print_as, read};
use trede_wire::pso_file::parse_pso_file;
use trede_wire::pso_result::{PsoResultOptions, measure_file};

/// Measure the social contribution of an organisation as the PSO does: an indicative self-check.
///
/// The file holds the size of the organisation, its workers of the target group by pseudonym, and its
/// purchases from suppliers. The answer is the direct, indirect and total contribution, the level that this
/// reaches, and how far the next levels are. `trede schema pso` prints what the file may hold; it has no place
/// for a name, a date of birth or a BSN.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the organisation (JSON), or - for standard input
    file: String,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
    /// Show every step of the calculation, to redo with a pocket calculator
    #[arg(long)]
    explain: bool,
}

/// Measures the file and prints the result.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let options = PsoResultOptions { language: args.lang.into(), explain: args.explain };
    let outcome = read(&args.file).and_then(|bytes| {
        let file = parse_pso_file(&bytes).map_err(Failure::Pso)?;
        measure_file(&file, options)
            .map_err(|failure| Failure::Findings(failure.findings(options.language.into())))
    });
    match outcome {
        Ok(result) => print_as(&result, args.format, |style| pso::tables(&result, options.language, style)),
        Err(failure) => {
            failure.tell(&args.file);
            ExitCode::from(BAD_INPUT)
        }
    }
}
