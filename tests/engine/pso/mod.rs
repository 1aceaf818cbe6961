//! The social contribution against published numbers, and against properties that hold for any organisation.

mod bad_input;
mod counting;
mod distances;
mod norms;
mod privacy;
mod properties;
mod purchasing;
mod support;
mod thirty_plus;
mod worked_example;
