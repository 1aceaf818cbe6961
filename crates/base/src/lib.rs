//! What every other crate of Trede stands on: exact numbers, money, shares, identifiers, closed lists of words, pages.
//!
//! Plain Rust: no clock, no randomness, no database, no network.

pub mod bsn;
pub mod certificate;
pub mod contract_kind;
pub mod cpv;
pub mod double_use;
pub mod exact;
pub mod gender;
pub mod hex;
pub mod ids;
pub mod money;
pub mod national_group;
pub mod page;
pub mod period;
pub mod person_name;
pub mod record;
pub mod share;
pub mod verdict;
pub mod words;
