//! The `trede` command.

use std::process::ExitCode;

/// Requests are answered by many threads that hand memory to each other, for which the allocator of the C library is
/// slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    trede::startup::process::keep_files_private();
    trede::cli::run()
}
