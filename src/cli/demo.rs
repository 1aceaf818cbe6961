//! `trede demo`: the main job on a built-in tender.

use std::process::ExitCode;

use super::score::{Format, Lang, print};
use crate::exchange::json::parse;
use crate::exchange::score_file::ScoreFile;
use crate::exchange::score_result::{ResultOptions, score};

/// A tender as a city could hold it: two lots, all PSO levels, commitments, a knock-out and a tie.
const TENDER: &str = include_str!("../../examples/groenonderhoud.json");

/// Show the main job on a built-in tender: two lots, five bids each, PSO levels and commitments.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the ranking and exit
    #[arg(long)]
    once: bool,
    /// The language of the texts
    #[arg(long, value_enum, default_value = "nl")]
    lang: Lang,
}

/// Scores the built-in tender and prints the ranking with the reasons.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let options = ResultOptions { language: args.lang.into(), explain: false, analyse: true };
    let result = parse::<ScoreFile>(TENDER.as_bytes())
        .map_err(|error| error.to_string())
        .and_then(|file| score(&file, options).map_err(|failure| failure.to_string()));
    match result {
        Ok(result) => print(&result, Format::Table, args.lang.into()),
        Err(error) => {
            eprintln!("trede: the built-in tender: {error}");
            ExitCode::FAILURE
        }
    }
}
