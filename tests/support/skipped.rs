//! What a test does not do for want of a tool is said aloud, and is a failure in continuous integration.

use std::io::Write;

/// Says what is left out and why.
///
/// # Panics
/// Where `CI` is set: there nothing is skipped.
#[allow(clippy::disallowed_methods)]
pub fn skipped(what: &str, why: &str) {
    assert!(std::env::var_os("CI").is_none(), "{what} cannot be tested, and CI skips nothing: {why}");
    // Not eprintln!, which the test runner swallows when a test passes.
    let _ = writeln!(std::io::stderr(), "\n*** SKIPPED: {what}: {why} ***\n");
}
