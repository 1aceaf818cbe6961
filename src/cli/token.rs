//! `trede token`: signs a token with a private key at hand.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::TimeDelta;

use crate::cli::said::{complain, say};
use crate::config::read_file;
use crate::identity::claims::{Audience, Claims};
use crate::identity::signer::TokenSigner;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::frame::role::Role;
use trede_service::clock::{Clock, SystemClock};

/// Print a token, signed with a private key (PEM: Ed25519, P-256 or RSA). For machine clients of
/// installations without an identity provider of their own, and for trying things out.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the private key
    #[arg(long)]
    key: PathBuf,
    /// The key id that the service knows the public key by
    #[arg(long)]
    kid: Option<String>,
    /// The issuer, as TREDE_JWT_ISSUERS names it
    #[arg(long)]
    issuer: String,
    /// The audience, as TREDE_JWT_AUDIENCE names it
    #[arg(long, default_value = "trede")]
    audience: String,
    /// Who the bearer is
    #[arg(long)]
    subject: String,
    /// A role of the bearer; repeat for several
    #[arg(long = "role", required = true)]
    roles: Vec<Role>,
    /// A municipality the bearer acts for, such as gm0344; repeat for several
    #[arg(long = "municipality")]
    municipalities: Vec<MunicipalityId>,
    /// The KvK number of a bidder or contractor
    #[arg(long)]
    kvk: Option<KvkNumber>,
    /// How long the token is valid, in minutes
    #[arg(long, default_value_t = 60)]
    minutes: u32,
}

/// Signs and prints.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match print(args) {
        Ok(text) => {
            say!("{text}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}

fn print(args: &Args) -> Result<String, Box<dyn std::error::Error>> {
    let needs_kvk = |role: &&Role| matches!(role, Role::Bidder | Role::Contractor);
    if let (Some(role), None) = (args.roles.iter().find(needs_kvk), args.kvk) {
        return Err(format!("the role {role} acts for one organisation: name it with --kvk").into());
    }
    crate::identity::install_crypto();
    let signer = TokenSigner::from_pem(&read_file(&args.key)?, args.kid.clone())?;
    let now = SystemClock.now();
    let claims = Claims {
        iss: args.issuer.clone(),
        sub: args.subject.clone(),
        aud: Audience::One(args.audience.clone()),
        exp: (now + TimeDelta::minutes(args.minutes.into())).timestamp(),
        nbf: Some(now.timestamp()),
        azp: None,
        client_id: None,
        roles: args.roles.iter().map(ToString::to_string).collect(),
        municipalities: args.municipalities.iter().map(ToString::to_string).collect(),
        kvk: args.kvk.map(|number| number.to_string()),
    };
    Ok(signer.sign(&claims)?)
}
