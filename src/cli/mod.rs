//! The `trede` command: one file for each subcommand.

pub mod audit;
pub mod backup;
pub mod check_config;
pub mod demo;
pub mod import;
pub mod lab;
pub mod migrate;
pub mod openapi;
pub mod opener;
pub mod person_key;
pub mod pso;
pub mod receipt;
pub mod register;
pub mod reminders;
mod render;
pub mod replay;
pub mod restore;
pub mod retention;
mod said;
pub mod schema;
pub mod score;
pub mod sealing_keys;
pub mod serve;
pub mod social_return;
pub mod sroi;
pub mod sweep;
pub mod token;

use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::cli::said::complain;
use crate::config::{told, with_environment};

/// Scores tender bids on price, quality and social value, and follows what was promised.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    CheckConfig(check_config::Args),
    Migrate(migrate::Args),
    Audit(audit::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Openapi(openapi::Args),
    Token(token::Args),
    Import(import::Args),
    PersonKey(person_key::Args),
    SealingKeys(sealing_keys::Args),
    Opener(opener::Args),
    Receipt(receipt::Args),
    Sweep(sweep::Args),
    Reminders(reminders::Args),
    Retention(retention::Args),
    Score(score::Args),
    Lab(lab::Args),
    Replay(replay::Args),
    Pso(pso::Args),
    Register(register::Args),
    Schema(schema::Args),
    Sroi(sroi::Args),
    SocialReturn(social_return::Args),
    Demo(demo::Args),
}

/// Parses the arguments of the process and does what they ask.
#[must_use]
pub fn run() -> ExitCode {
    let mut command = with_environment(Cli::command());
    let matches = match command.try_get_matches_from_mut(std::env::args_os()) {
        Ok(matches) => matches,
        Err(error) => return refused(&error, &command),
    };
    match (Cli::from_arg_matches(&matches), matches.subcommand()) {
        (Ok(cli), Some((_, own))) => carried_out(&cli.command, own),
        (Err(error), _) => refused(&error, &command),
        (Ok(_), None) => ExitCode::FAILURE,
    }
}

/// Says what is wrong with the arguments or the environment; help and version are no error.
fn refused(error: &clap::Error, command: &clap::Command) -> ExitCode {
    match told(error, command) {
        Some(unfit) => {
            complain!("trede: {unfit}");
            ExitCode::FAILURE
        }
        None => error.exit(),
    }
}

fn carried_out(asked: &Command, matches: &ArgMatches) -> ExitCode {
    match asked {
        Command::Serve(args) => serve::run(args, matches),
        Command::CheckConfig(args) => check_config::run(args, matches),
        Command::Migrate(args) => migrate::run(args),
        Command::Audit(args) => audit::run(args),
        Command::Backup(args) => backup::run(args),
        Command::Restore(args) => restore::run(args),
        Command::Openapi(args) => openapi::run(args),
        Command::Token(args) => token::run(args),
        Command::Import(args) => import::run(args),
        Command::PersonKey(args) => person_key::run(args),
        Command::SealingKeys(args) => sealing_keys::run(args),
        Command::Opener(args) => opener::run(args),
        Command::Receipt(args) => receipt::run(args),
        Command::Sweep(args) => sweep::run(args),
        Command::Reminders(args) => reminders::run(args),
        Command::Retention(args) => retention::run(args),
        Command::Score(args) => score::run(args),
        Command::Lab(args) => lab::run(args),
        Command::Replay(args) => replay::run(args),
        Command::Pso(args) => pso::run(args),
        Command::Register(args) => register::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Sroi(args) => sroi::run(args),
        Command::SocialReturn(args) => social_return::run(args),
        Command::Demo(args) => demo::run(args),
    }
}
