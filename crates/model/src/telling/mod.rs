//! Telling others: events, subscriptions and deliveries, open data.
//!
//! Facts as they are kept of this room.

pub mod event;
pub mod job;
pub mod open_data;
pub mod open_year;
pub mod webhook;
