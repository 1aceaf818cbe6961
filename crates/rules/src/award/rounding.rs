//! Rounding happens at the declared stage and nowhere else; ranks follow from the declared value.

use trede_base::exact::{Exact, Half};

/// The declared rounding (afronding).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Nowhere.
    None,
    /// The weighted score of each criterion, before the sum.
    Criterion {
        /// Decimals that stay.
        decimals: u32,
        /// How a half is rounded.
        half: Half,
    },
    /// The total, after the exact sum.
    Total {
        /// Decimals that stay.
        decimals: u32,
        /// How a half is rounded.
        half: Half,
    },
}

impl Rounding {
    /// The declared score of a criterion.
    #[inline]
    #[must_use]
    pub fn of_criterion(self, exact: &Exact) -> Exact {
        match self {
            Rounding::Criterion { decimals, half } => exact.rounded(decimals, half),
            _ => exact.clone(),
        }
    }

    /// The declared total.
    #[must_use]
    pub fn of_total(self, exact: &Exact) -> Exact {
        match self {
            Rounding::Total { decimals, half } => exact.rounded(decimals, half),
            _ => exact.clone(),
        }
    }
}
