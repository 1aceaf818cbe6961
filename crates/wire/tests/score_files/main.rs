//! Score files of published examples, entered as a buyer would enter them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod discounts;
mod life_cycles;
mod lot_limits;
mod low_bids;
mod model_errors;
mod numbers;
mod prices;
mod roundings;
mod support;
mod winners;
