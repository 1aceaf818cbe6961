//! Bids: received under seal, replaced and withdrawn, opened by two people or attested by a platform.
//!
//! Facts as they are kept of this room.

pub mod bid;
pub mod hand_over;
pub mod key_share;
pub mod opening;
pub mod sealed_bid;
