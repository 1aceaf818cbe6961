//! The people and tenders that the tests of the use cases have too.
#![allow(dead_code)]

#[path = "../../../../tests/app/usecases/assessors.rs"]
pub mod assessors;
#[path = "../../../../tests/app/usecases/contracts.rs"]
pub mod contracts;
#[path = "../../../../tests/app/usecases/world.rs"]
pub mod world;
