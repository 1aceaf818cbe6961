//! `trede receipt`: checks the signed receipt of a bid.

use std::path::PathBuf;
use std::process::ExitCode;

use super::score::BAD_INPUT;
use crate::cli::said::{complain, say};
use crate::config::{read_bytes, read_file};
use crate::startup::sealing::verify_receipt;
use trede_wire::canonical::sha256_hex;

/// Check the signed receipt of a bid (ontvangstbewijs), offline.
///
/// Prints what the receipt says as JSON. Exit code 2 when the keys of the tender did not sign it, or when it is
/// of another bid than the file.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The file with the receipt (`signedReceipt` of the answer)
    receipt: PathBuf,
    /// The file with the keys of the tender (`GET …/tenders/ID/receipt-keys`)
    #[arg(long)]
    keys: PathBuf,
    /// The file with the bid, byte for byte as it was sent
    #[arg(long)]
    bid: Option<PathBuf>,
}

/// Checks and prints.
#[must_use]
pub fn run(args: &Args) -> ExitCode {
    match check(args) {
        Ok(receipt) => {
            say!("{receipt}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::from(BAD_INPUT)
        }
    }
}

fn check(args: &Args) -> Result<String, Box<dyn std::error::Error>> {
    let receipt = verify_receipt(&read_file(&args.keys)?, &read_file(&args.receipt)?)?;
    if let Some(file) = &args.bid
        && sha256_hex(&read_bytes(file)?) != receipt.content_hash
    {
        return Err("the receipt is of another bid than this file".into());
    }
    Ok(serde_json::to_string_pretty(&receipt)?)
}
