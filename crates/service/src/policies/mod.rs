//! Policies: what a municipality or a region laid down for social return, in versions; value maps.
//!
//! Use cases of this room.

pub mod policy_comparisons;
pub mod region_policy_proposals;
pub mod simulations;
pub mod social_return_policies;
pub(crate) mod value_map_quantities;
pub mod value_maps;
