//! PSO, the performance ladder: certificates and the level that follows from them, the register, norms, contributions, suppliers.
//!
//! Facts as they are kept of this room.

pub mod claim_finding;
pub mod register_import;
pub mod self_check;
pub mod supplier;
pub mod table;
