//! Bids: received under seal, replaced and withdrawn, opened by two people or attested by a platform.
//!
//! Use cases of this room.

pub mod bid_delegations;
pub mod bid_imports;
pub mod bid_withdrawals;
pub mod bids;
pub mod hand_overs;
pub(crate) mod handed_over;
pub mod key_splits;
pub mod opener_keys;
pub(crate) mod opening_rules;
pub mod openings;
pub(crate) mod originals;
pub(crate) mod package_drafts;
pub(crate) mod price_openings;
pub(crate) mod receiving;
pub mod sealing_keys;
pub(crate) mod share_openings;
pub mod tender_packages;
pub(crate) mod unsealing;
pub(crate) mod vault;
mod without_offer;
