//! Social return: what it yields by the SROI method, what is owed, and what an entry is worth.

// A helper that fails fails the test.
#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod command;
mod concepts;
mod entries;
mod ledger_properties;
mod obligations;
mod policies;
mod policy_properties;
mod published_tables;
mod sroi_bad_input;
mod sroi_properties;
mod sroi_published;
mod support;
mod together;
