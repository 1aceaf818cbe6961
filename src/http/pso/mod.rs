//! PSO, the performance ladder: certificates and the level that follows from them, the register, norms, contributions, suppliers.
//!
//! Requests and answers of this room.

pub mod certificates;
pub mod pso_contribution_grants;
pub mod pso_contribution_simulations;
pub mod pso_contributions;
pub mod pso_ladders;
pub mod pso_levels;
pub mod pso_norm_tables;
pub mod pso_register_imports;
pub mod pso_verdicts;
pub mod pso_weight_tables;
pub mod suppliers;
