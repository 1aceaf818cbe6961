//! The SROI method: what social return yields, as the present value of its impact over its inputs.
//!
//! Sources: Social Value International, The Principles of Social Value; Cabinet Office, A guide to Social Return
//! on Investment (2009, 2012). Not to be mixed with the obligation of Dutch tenders that bears the same
//! name: a building block (bouwblok) there is an effort value and never a financial proxy here.

mod check;
mod finding;
mod payback;
mod plausibility;
mod rule;
mod sensitivity;
mod valuation;
mod value_map;

pub use finding::FindingCode as SroiFindingCode;
pub use payback::Payback;
pub use rule::Rule as SroiRule;
pub use sensitivity::{Sensitivity, Varied, VariedResult};
pub use valuation::{OutcomeValue, PlacedStep, Valuation, YearValue, value};
pub use value_map::{
    Convention, Discounting, DropOff, Input, MAX_OUTCOMES, MAX_YEARS, Outcome, Proxy, Reduction, Study,
    ValueMap,
};

use crate::explaining::finding::Finding;

/// A finding in a value map.
pub type SroiFinding = Finding<SroiFindingCode>;
