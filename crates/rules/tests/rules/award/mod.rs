//! The award of a lot.

mod abnormally_low;
mod admission;
mod every_method;
mod levels;
mod lots;
mod methods;
mod published;
mod quality;
mod ranking;
mod scoring;
