//! The rules of the field, in plain Rust: no HTTP, no database, no clock.
