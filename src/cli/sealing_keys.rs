//! `trede sealing-keys`: the keys under which the keys of tenders are kept.

use std::process::ExitCode;

use clap::Subcommand;

use crate::cli::said::{complain, say};
use crate::config::Config;
use crate::startup::sealing;
use trede_service::clock::{Clock, SystemClock};

/// Make, count and change the keys for sealed bids (see docs/sealing.md).
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print a fresh key: append it to the file of TREDE_SEALING_KEYS_FILE, where the last key is the one in use
    Generate {
        /// The name of the key; left out: the present moment
        #[arg(long)]
        name: Option<String>,
    },
    /// Print how many tenders and secrets of subscriptions in DATABASE_URL each key keeps: one with none can be taken away
    List,
    /// Keep everything in DATABASE_URL by the newest key; the service can go on meanwhile
    Rewrap,
}

type Outcome = Result<(), Box<dyn std::error::Error>>;

/// Does what is asked.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    let outcome = match &args.command {
        Command::Generate { name } => generate(name.as_deref()),
        Command::List => list(),
        Command::Rewrap => rewrap(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}

fn generate(name: Option<&str>) -> Outcome {
    let now = SystemClock.now().format("%Y%m%dT%H%M%SZ").to_string();
    say!("{}", sealing::fresh_key(name.unwrap_or(&now))?);
    Ok(())
}

fn list() -> Outcome {
    for (name, kept) in sealing::uses(&Config::from_env()?)? {
        say!("{name}: {kept} kept");
    }
    Ok(())
}

fn rewrap() -> Outcome {
    say!(
        "{} tender(s) and subscription(s) are kept by the newest key now.",
        sealing::rewrap(&Config::from_env()?)?
    );
    Ok(())
}
