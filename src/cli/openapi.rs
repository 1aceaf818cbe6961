//! `trede openapi`: the API's document.

use std::process::ExitCode;

use crate::startup;

/// Print the API's document (OpenAPI 3.1, JSON).
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the document.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    match startup::openapi_document() {
        Ok(document) => {
            print!("{document}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
