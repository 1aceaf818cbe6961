//! Shares: written in percent, reckoned as a number from 0 to 1.

use rust_decimal::Decimal;

use crate::exact::Exact;

/// A share from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Share(Decimal);

impl Share {
    /// Nothing.
    pub const NOTHING: Share = Share(Decimal::ZERO);

    /// A share written in percent; none outside 0 to 100.
    #[must_use]
    pub fn of_percent(percent: Decimal) -> Option<Self> {
        if percent < Decimal::ZERO || percent > Decimal::ONE_HUNDRED {
            return None;
        }
        percent.checked_div(Decimal::ONE_HUNDRED).map(Share)
    }

    /// A share written as a fraction; none outside 0 to 1.
    #[must_use]
    pub fn of_fraction(fraction: Decimal) -> Option<Self> {
        (fraction >= Decimal::ZERO && fraction <= Decimal::ONE).then_some(Share(fraction))
    }

    /// The share as a number from 0 to 1.
    #[must_use]
    pub fn exact(self) -> Exact {
        Exact::from(self.0)
    }

    /// What remains when the share is taken off.
    #[must_use]
    pub fn rest(self) -> Exact {
        Exact::ONE.minus(&self.exact())
    }

    /// The share in percent.
    #[must_use]
    pub fn percent(self) -> Exact {
        self.exact().times(&Exact::HUNDRED)
    }
}
