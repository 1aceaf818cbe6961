//! Bids: received under seal, replaced and withdrawn, opened by two people or attested by a platform.
//!
//! Tables and queries of this room.

pub mod bids;
pub mod hand_overs;
pub mod key_shares;
pub mod key_splits;
pub mod opened_keys;
pub mod opener_keys;
pub mod openings;
pub mod sealed_bids;
pub mod tender_keys;
pub mod tender_packages;
