//! Telling others: events, subscriptions and deliveries, open data.
//!
//! Requests and answers of this room.

pub mod changes;
pub mod open_data;
pub mod open_records;
pub mod open_scoring;
pub mod open_year_answers;
pub mod open_years;
pub mod webhook_deliveries;
pub mod webhook_subscriptions;
