//! PSO, the performance ladder: certificates and the level that follows from them, the register, norms, contributions, suppliers.
//!
//! Tables and queries of this room.

pub mod certificates;
pub mod claim_findings;
pub mod level_watches;
pub mod pso_self_checks;
pub mod pso_tables;
pub mod register_imports;
pub mod supplier_profiles;
