//! The REST API: what comes in over HTTP, and what goes out.

pub mod app;
pub mod assessing;
pub mod awarding;
pub mod bidding;
pub mod following;
pub mod frame;
pub mod guarding;
pub mod openapi;
pub mod overseeing;
pub mod policies;
pub mod pso;
pub mod routes;
pub mod state;
pub mod telling;
pub mod tendering;
pub mod trust;
