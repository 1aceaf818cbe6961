//! Policies: what a municipality or a region laid down for social return, in versions; value maps.
//!
//! Requests and answers of this room.

pub mod policy_comparisons;
pub mod region_policy_proposals;
pub mod social_return_policies;
pub mod social_return_simulations;
pub mod sroi_simulations;
pub mod value_maps;
