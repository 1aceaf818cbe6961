//! Trede scores tender bids on price, quality and social value, and follows what was promised.
//!
//! This is the outermost floor: the API over HTTP, the console on top of it, the command line, and the root where all is put together. The
//! rules, what is kept, its formats, the store and the use cases are crates of their own under `crates/`;
//! `docs/architecture.md` shows how they stand on each other.

pub mod cli;
pub mod config;
pub mod console;
pub mod http;
pub mod identity;
pub mod startup;

/// Requests are answered by many threads that hand memory to each other, for which the allocator of the C library is
/// slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
