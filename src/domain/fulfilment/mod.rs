//! Fulfilment (naleving): what a contractor owes by its contract, what it accounts for, and how that ends.
//!
//! What is owed and what an effort counts for is computed by [`super::social_return`]; here stands what is
//! kept of it: contracts with the history of their obligation, entries, and the ledger that nothing is ever
//! taken out of. Totals are derived from the ledger and stand nowhere.

pub mod change;
pub mod claim;
pub mod contract;
pub mod entry;
pub mod ledger;
pub mod obligation_state;
pub mod plan;
pub mod policy;
pub mod progress;
pub mod settlement;
