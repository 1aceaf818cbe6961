//! `trede opener`: what an opener does on a machine of their own.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::cli::said::{complain, say};
use crate::startup::opener::{self, Given, OpenerError, Service};
use trede_base::ids::MunicipalityId;
use trede_model::bidding::opening::Envelope;
use trede_model::tendering::tender::TenderId;

/// Make a key pair as an opener (kluisopener), and open bids with your part of a key (see docs/sealing.md).
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a key pair: the secret half in a new file for you alone, the public half on the screen
    Keygen {
        /// The file that is made
        file: PathBuf,
    },
    /// Print the public half of a key
    Public {
        /// The file with your key
        file: PathBuf,
    },
    /// Register the public half of your key with the service
    Register {
        #[command(flatten)]
        asking: Asking,
    },
    /// Give your part of the key of a tender, and with the last part open its bids
    Open {
        #[command(flatten)]
        asking: Asking,
        /// The tender, by its id
        #[arg(long)]
        tender: TenderId,
        /// What is opened: whole, quality or price; left out: that which comes first
        #[arg(long)]
        envelope: Option<Envelope>,
    },
}

#[derive(Debug, clap::Args)]
struct Asking {
    /// The file with your key
    #[arg(long)]
    key: PathBuf,
    /// The address of the service: what comes before /v1
    #[arg(long)]
    api: String,
    /// The file with your access token
    #[arg(long)]
    token: PathBuf,
    /// The municipality, such as gm0344
    #[arg(long)]
    municipality: MunicipalityId,
}

impl Asking {
    fn service(&self) -> Service<'_> {
        Service { url: &self.api, token: &self.token, municipality: self.municipality }
    }
}

/// Does what is asked.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match done(&args.command) {
        Ok(told) => {
            say!("{told}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}

fn done(command: &Command) -> Result<String, OpenerError> {
    Ok(match command {
        Command::Keygen { file } => opener::keygen(file)?,
        Command::Public { file } => opener::public_half(file)?,
        Command::Register { asking } => {
            let id = opener::register(&asking.service(), &asking.key)?;
            format!("Registered as {id}: a buyer names you by it.")
        }
        Command::Open { asking, tender, envelope } => {
            match opener::open(&asking.service(), &asking.key, *tender, *envelope)? {
                Given::Opened => "The envelopes are open.".to_owned(),
                Given::Waiting { given, needed, until } => {
                    format!(
                        "Your part was taken: {given} of {needed}. The others give theirs before {until}."
                    )
                }
            }
        }
    })
}
