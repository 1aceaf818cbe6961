//! The API, in process, on both databases.

mod app;
mod manners;
mod tokens;

#[path = "../support/mod.rs"]
mod support;
