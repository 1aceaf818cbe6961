//! Tables as Dutch offices send them, and back.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod csv_files;
mod days_and_numbers;
mod header;
mod reading;
mod register;
mod round_trip;
mod saved;
mod workbooks;
