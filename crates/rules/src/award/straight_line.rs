//! A straight line between the value that earns nothing and the value that earns everything.

use rust_decimal::Decimal;

use trede_base::exact::Exact;

/// Share = (x − zero) / (full − zero): falling when `full` lies below `zero`, as it does for prices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StraightLine {
    zero: Decimal,
    full: Decimal,
    per_share: Exact,
}

/// What a value outside the two ends does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// It scores as the nearer end.
    Clip,
    /// The line goes on.
    Extrapolate,
    /// It excludes the bid.
    Reject,
}

/// On which side of the line's ends a value lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Between the ends, or on one.
    Between,
    /// Worse than what earns nothing.
    BeyondZero,
    /// Better than what earns everything.
    BeyondFull,
}

impl StraightLine {
    /// The line that is 0 at `zero` and 1 at `full`; none when these are the same.
    #[must_use]
    pub fn new(zero: Decimal, full: Decimal) -> Option<Self> {
        let run = Exact::from(full).minus(&Exact::from(zero));
        let per_share = Exact::ONE.over(&run)?.simplified();
        Some(StraightLine { zero, full, per_share })
    }

    /// The value that earns nothing.
    #[must_use]
    pub fn zero(&self) -> Decimal {
        self.zero
    }

    /// The value that earns everything.
    #[must_use]
    pub fn full(&self) -> Decimal {
        self.full
    }

    /// The share that `x` earns, by the line without ends.
    #[must_use]
    pub fn share(&self, x: &Exact) -> Exact {
        if self.zero.is_zero() {
            return x.times(&self.per_share);
        }
        x.minus(&Exact::from(self.zero)).times(&self.per_share)
    }

    /// The value that earns `share`, by the line without ends.
    #[must_use]
    pub fn value_at(&self, share: &Exact) -> Exact {
        let run = Exact::from(self.full).minus(&Exact::from(self.zero));
        share.times(&run).plus(&Exact::from(self.zero))
    }

    /// Where `x` lies.
    #[must_use]
    pub fn side(&self, x: &Exact) -> Side {
        let share = self.share(x);
        if share.is_negative() {
            Side::BeyondZero
        } else if share > Exact::ONE {
            Side::BeyondFull
        } else {
            Side::Between
        }
    }
}
