//! The `trede` command: one file for each subcommand.

pub mod demo;
pub mod pso;
mod render;
pub mod schema;
pub mod score;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Scores tender bids on price, quality and social value, and follows what was promised.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Score(score::Args),
    Pso(pso::Args),
    Schema(schema::Args),
    Demo(demo::Args),
}

/// Parses the arguments of the process and does what they ask.
#[must_use]
pub fn run() -> ExitCode {
    match Cli::parse().command {
        Command::Score(args) => score::run(&args),
        Command::Pso(args) => pso::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Demo(args) => demo::run(&args),
    }
}
