//! Other systems that this service works with.

pub mod file_store;
pub mod jwks;
pub mod malware_scanner;
pub mod pso_register;
pub mod tenderned;
