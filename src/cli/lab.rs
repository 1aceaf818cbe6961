//! `trede lab`: tries award models on a market before publication.

use std::process::ExitCode;

use indicatif::{ProgressBar, ProgressStyle};

use super::render;
use super::score::{BAD_INPUT, Failure, Format, Lang, print_as, read};
use trede_lab::{Study, run as run_study};
use trede_rules::explaining::Language;
use trede_wire::json::parse;
use trede_wire::lab_file::LabFile;
use trede_wire::lab_result::LabResult;
use trede_wire::score_result::LanguageCode;

/// Try award models on a market: who wins how often, what a level costs and brings, which criterion decides in fact.
///
/// The file holds the award models, a market (who bids, and what is drawn for each bid), the assumptions behind it, a
/// seed and a number of tenders. The same file gives the same result. `trede schema lab` prints what it may hold;
/// the files `examples/laboratorium-*.json` are worked cases.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the study (JSON), or - for standard input
    file: String,
    /// How many tenders are imagined, in the place of what the file says
    #[arg(long)]
    tenders: Option<u32>,
    /// The seed of chance, in the place of what the file says
    #[arg(long)]
    seed: Option<u32>,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
}

/// Runs the study and prints the result.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let code = LanguageCode::from(args.lang);
    let language = Language::from(code);
    let outcome = read(&args.file).and_then(|bytes| {
        let mut file: LabFile = parse(&bytes).map_err(Failure::Json)?;
        file.tenders = args.tenders.unwrap_or(file.tenders);
        file.seed = args.seed.unwrap_or(file.seed);
        studied(&file, language)
    });
    match outcome {
        Ok(result) => print_as(&result, args.format, |style| render::lab_tables(&result, code, style)),
        Err(failure) => {
            failure.tell(&args.file);
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn studied(file: &LabFile, language: Language) -> Result<LabResult, Failure> {
    let study = Study::read(file)
        .map_err(|errors| Failure::Findings(errors.iter().map(|error| error.result(language)).collect()))?;
    // On standard error, and only where that is a terminal.
    let bar = ProgressBar::new(study.tenders.into()).with_style(style(language));
    let report = run_study(&study, |done| bar.inc(done));
    bar.finish_and_clear();
    Ok(report.result(language))
}

fn style(language: Language) -> ProgressStyle {
    let template = match language {
        Language::Dutch => "{wide_bar} {human_pos} van {human_len} aanbestedingen, nog {eta}",
        Language::English => "{wide_bar} {human_pos} of {human_len} tenders, {eta} left",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
