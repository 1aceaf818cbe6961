//! What commands say. A reader that stops early (`| head`) ends the command quietly, as it does others.

use std::io::{self, ErrorKind};
use std::process::exit;

/// What a shell says of a command whose reader went away: 128 and the number of SIGPIPE.
const READER_GONE: i32 = 141;

/// Ends the command where what it says arrives nowhere.
pub(super) fn heard(outcome: io::Result<()>) {
    match outcome {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::BrokenPipe => exit(READER_GONE),
        Err(error) => {
            complain!("trede: standard output: {error}");
            exit(1)
        }
    }
}

/// A line on standard output.
macro_rules! say {
    ($($told:tt)*) => {{
        let mut out = std::io::stdout().lock();
        $crate::cli::said::heard(std::io::Write::write_fmt(&mut out, format_args!("{}\n", format_args!($($told)*))))
    }};
}

/// A line on standard error; who closed that wants to hear nothing.
macro_rules! complain {
    ($($told:tt)*) => {
        drop(std::io::Write::write_fmt(&mut std::io::stderr().lock(), format_args!("{}\n", format_args!($($told)*))))
    };
}

pub(super) use {complain, say};
