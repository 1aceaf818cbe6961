//! Policies: what a municipality or a region laid down for social return, in versions; value maps.
//!
//! Facts as they are kept of this room.

pub mod policy;
pub mod region_proposal;
pub mod value_map;
