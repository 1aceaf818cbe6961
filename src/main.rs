//! The `trede` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    trede::startup::process::keep_files_private();
    trede::cli::run()
}
