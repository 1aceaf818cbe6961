//! The `trede` command.
fn main() {}
