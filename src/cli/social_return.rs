//! `trede social-return`: what is owed by a policy, and what entries count for.

use std::process::ExitCode;

use clap::Subcommand;
use serde::de::DeserializeOwned;

use super::render;
use super::score::{BAD_INPUT, Failure, Format, Lang, print_as, read};
use trede_wire::json::parse;
use trede_wire::score_result::{FindingResult, LanguageCode};
use trede_wire::social_return_case::SocialReturnCase;
use trede_wire::social_return_comparison::{ComparedCase, ComparisonInput};
use trede_wire::social_return_result::compute;

/// Compute social return by the policy of an authority.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Value(ValueArgs),
    Compare(CompareArgs),
}

/// Compute the obligation, the value of entries and the shortfall of a case, and say why.
///
/// The file holds a policy, such as a template of `examples/policies`, with a contract and entries.
/// `trede schema social-return` prints what it may hold.
#[derive(Debug, clap::Args)]
struct ValueArgs {
    /// The file with the case (JSON), or - for standard input
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

/// Compare two policies, or two versions of one: what differs, and what a case is worth under each.
///
/// The files hold policies, such as the templates of `examples/policies`. The case holds a contract and
/// entries; `trede schema social-return-comparison` prints what it may hold.
#[derive(Debug, clap::Args)]
struct CompareArgs {
    /// The file with the first policy (JSON)
    first: String,
    /// The file with the second policy (JSON)
    second: String,
    /// The file with the case (JSON)
    #[arg(long)]
    case: Option<String>,
    /// How the result is written
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
    /// Hold every step, in the format json
    #[arg(long)]
    explain: bool,
}

/// Does what the subcommand asks.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match &args.command {
        Command::Value(args) => value(args),
        Command::Compare(args) => compare(args),
    }
}

fn value(args: &ValueArgs) -> ExitCode {
    let language = LanguageCode::from(args.lang);
    let outcome = read(&args.file).and_then(|bytes| {
        let case: SocialReturnCase = parse(&bytes).map_err(Failure::Json)?;
        let result = compute(&case, language, args.explain).map_err(Failure::Findings)?;
        Ok((case, result))
    });
    match outcome {
        Ok((case, result)) => print_as(&result, args.format, |style| {
            render::social_return_tables(&case, &result, language, style)
        }),
        Err(failure) => refuse(&failure, &args.file),
    }
}

fn compare(args: &CompareArgs) -> ExitCode {
    let language = LanguageCode::from(args.lang);
    let (first, second, case) = match (document(&args.first), document(&args.second), case(args)) {
        (Ok(first), Ok(second), Ok(case)) => (first, second, case),
        (Err(failure), ..) => return refuse(&failure, &args.first),
        (_, Err(failure), _) => return refuse(&failure, &args.second),
        (.., Err(failure)) => return refuse(&failure, args.case.as_deref().unwrap_or_default()),
    };
    let input = ComparisonInput { first, second, case };
    match input.read() {
        Ok(read) => {
            let result = input.compare(&read, language, args.explain);
            print_as(&result, args.format, |style| render::comparison_tables(&result, language, style))
        }
        Err(found) => {
            let told = found.iter().map(|finding| FindingResult::new(finding, language.into())).collect();
            refuse(&Failure::Findings(told), &args.first)
        }
    }
}

fn case(args: &CompareArgs) -> Result<ComparedCase, Failure> {
    args.case.as_deref().map_or(Ok(ComparedCase::default()), document)
}

fn document<T: DeserializeOwned>(file: &str) -> Result<T, Failure> {
    parse(&read(file)?).map_err(Failure::Json)
}

fn refuse(failure: &Failure, file: &str) -> ExitCode {
    failure.tell(file);
    ExitCode::from(BAD_INPUT)
}
