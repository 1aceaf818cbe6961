//! The API, in process, on both databases.

mod app;
mod bad_input;
mod manners;
mod procedure;
mod tokens;
mod world;

#[path = "../support/mod.rs"]
mod support;
