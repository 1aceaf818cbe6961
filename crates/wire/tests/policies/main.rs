//! Policies as files hold them: what authorities publish enters with its exact meaning, and whatever entries there
//! are, no maximum is passed.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod complete_model;
mod concepts;
mod regions;
mod support;
