//! What keeps the service standing: limits, addresses, heads of requests, the turnstile for what takes long, figures.
//!
//! Requests and answers of this room.

pub mod answer;
pub mod heads;
pub mod health;
pub mod intake;
pub mod metrics;
pub mod operations;
pub mod protection;
pub mod rate_limits;
pub mod refusals;
pub mod security_txt;
pub mod turnstile;
