//! `trede openapi`: the API's document.

use std::process::ExitCode;

use crate::cli::said::{complain, say};
use crate::startup;

/// Print the API's document (OpenAPI 3.1, JSON).
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Prints the document.
#[must_use]
pub fn run(_: &Args) -> ExitCode {
    match startup::openapi_document() {
        Ok(document) => {
            say!("{}", document.trim_end());
            ExitCode::SUCCESS
        }
        Err(error) => {
            complain!("trede: {error}");
            ExitCode::FAILURE
        }
    }
}
