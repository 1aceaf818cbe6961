//! Telling others: events, subscriptions and deliveries, open data.
//!
//! Tables and queries of this room.

pub mod events;
pub mod open_data_settings;
pub mod open_year_settings;
pub mod webhook_deliveries;
pub mod webhook_subscriptions;
