//! Policies: what a municipality or a region laid down for social return, in versions; value maps.
//!
//! Tables and queries of this room.

pub mod region_policy_proposals;
pub mod social_return_policies;
pub mod value_maps;
