//! PSO, the performance ladder: certificates and the level that follows from them, the register, norms, contributions, suppliers.
//!
//! Use cases of this room.

pub mod certificates;
pub(crate) mod level_changes;
pub(crate) mod level_watch;
pub mod pso_levels;
pub mod pso_self_checks;
pub mod pso_tables;
pub(crate) mod register_import_rows;
pub(crate) mod register_import_run;
pub mod register_imports;
pub mod simulations;
pub mod suppliers;
