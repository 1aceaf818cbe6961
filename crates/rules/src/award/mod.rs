//! The award of a lot (gunning): methods, scores, ranking, explanation and analyses.
//!
//! A model is declared and checked ([`DeclaredModel`]), bids answer it ([`Lot`]), and [`evaluate`] scores,
//! ranks and explains. Each award method stands in the file that bears the name of its family:
//! [`price_formula`] for points on the price, [`total`] for what price and quality become together.

pub mod abnormally_low;
pub mod admission;
pub mod award_factor;
pub mod base_price;
pub mod bid;
pub mod call_off;
pub mod check;
pub mod commitment;
mod counted_price;
pub mod criterion;
pub mod discount;
pub mod drawing;
pub mod evaluation;
pub mod field;
pub mod layout;
pub mod level_worth;
pub mod life_cycle_cost;
pub mod lot;
pub mod lot_limit;
pub mod low_bid_bound;
pub mod model;
mod noted;
mod notices;
pub mod numeric;
pub mod outcome;
pub mod present_value;
pub mod price_formula;
pub mod price_sheet;
pub mod pso_level;
pub mod purchasing_policy;
pub mod quality;
pub mod ranking;
pub mod relative_mean;
pub mod robustness;
pub mod rounding;
pub mod scoring;
pub mod straight_line;
pub mod together;
pub mod total;
mod whole_numbers;
pub mod winners;
mod worked;

pub use crate::explaining::finding::{Finding, FindingCode, Severity};
pub use check::DeclaredModel;
pub use evaluation::{Evaluation, evaluate};
pub use lot::Lot;
pub use outcome::Outcome;
pub use rounding::Rounding;

/// The version of the engine: another version that replays a result reports differences.
pub const ENGINE_VERSION: &str = "1";
