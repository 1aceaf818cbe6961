//! Bids: received under seal, replaced and withdrawn, opened by two people or attested by a platform.
//!
//! Requests and answers of this room.

pub mod bid_delegations;
pub mod bid_imports;
pub mod bid_withdrawals;
pub mod bids;
pub mod hand_overs;
pub mod key_shares;
pub mod openings;
pub mod receipt_keys;
pub mod tender_packages;
