//! The `trede` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    trede::cli::run()
}
