//! Other systems that this service works with.

pub mod anchor_receiver;
mod cause;
pub mod file_store;
pub mod jwks;
pub mod kvk;
pub mod malware_scanner;
pub mod oidc;
mod outgoing;
pub mod own_api;
pub mod pso_register;
pub mod tenderned;
#[cfg(feature = "time-stamps")]
pub mod time_stamping;
pub mod webhooks;
