//! The API, in process, on both databases.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod app;
mod audit;
mod award_story;
mod bad_input;
mod certificates;
mod contracts;
mod double_counting;
mod events;
mod evidence;
mod follow_up;
mod fulfilment_story;
mod fulfilment_world;
mod idempotency;
mod issuers;
mod manners;
mod monitoring;
mod no_euro_twice;
mod notices;
mod open_data;
mod other_authorities;
mod personal_data;
mod platforms;
mod policy_comparisons;
mod procedure;
mod protection;
mod pso_self_checks;
mod pso_tables;
mod tables;
mod token_attacks;
mod token_revocations;
mod tokens;
mod two_envelopes;
mod value_maps;
mod world;

#[path = "../support/mod.rs"]
mod support;
