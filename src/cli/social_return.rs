//! `trede social-return`: what is owed by a policy, and what entries count for.

use std::process::ExitCode;

use clap::Subcommand;

use super::render;
use super::score::{BAD_INPUT, Failure, Format, Lang, print_as, read};
use crate::exchange::json::parse;
use crate::exchange::score_result::LanguageCode;
use crate::exchange::social_return_case::SocialReturnCase;
use crate::exchange::social_return_result::compute;

/// Compute social return by the policy of an authority.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Value(ValueArgs),
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

/// Does what the subcommand asks.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let Command::Value(args) = &args.command;
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
        Err(failure) => {
            failure.tell(&args.file);
            ExitCode::from(BAD_INPUT)
        }
    }
}
