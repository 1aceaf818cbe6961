//! Telling others: events, subscriptions and deliveries, open data.
//!
//! Use cases of this room.

pub mod changes;
pub mod herald;
pub(crate) mod kept_secrets;
pub mod open_data;
pub mod open_records;
pub mod open_scoring;
pub mod open_years;
pub mod suppression;
pub mod webhook_deliveries;
pub mod webhook_subscriptions;
