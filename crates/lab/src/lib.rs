//! The laboratory: how award models behave on a market, before publication.
//!
//! A study names a market (who bids, and what is drawn for each bid), the award models that are tried on it, a seed and a
//! number of tenders ([`Study::read`]). Every tender is drawn, entered into each model and scored by the same engine
//! that scores real bids; floats stand in what is drawn and nowhere else ([`run`]). What is counted are whole
//! numbers, so the same study gives the same result on any number of threads ([`Report::result`]).

mod copula;
mod decisive;
mod draw;
mod figures;
mod finding;
mod market;
mod one_point;
mod past;
mod playing;
mod reading;
mod report;
mod running;
mod seat;
mod study;
mod tally;

pub use finding::{StudyCode, StudyError};
pub use past::past_bids;
pub use report::Report;
pub use running::{run, run_on};
pub use study::Study;
