//! The API, in process, on both databases.

mod app;
mod manners;

#[path = "../support/mod.rs"]
mod support;
