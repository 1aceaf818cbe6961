//! The award engine against published numbers, and against properties that hold for any input.

mod analyses;
mod bad_input;
mod examples;
mod properties;
mod published;
mod support;
mod what_if;
mod workings;
