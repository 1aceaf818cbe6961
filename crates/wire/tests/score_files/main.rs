//! Score files of published examples, entered as a buyer would enter them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod discounts;
mod life_cycles;
mod low_bids;
mod numbers;
mod prices;
mod roundings;
mod support;
