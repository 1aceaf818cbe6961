//! Rounding happens at the declared stage and nowhere else; ranks follow from the declared value.

use crate::explaining::Rule;
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
    /// The rule and the decimals of a rounded criterion, where criteria are rounded.
    #[must_use]
    pub fn criterion_rule(self) -> Option<(Rule, u32)> {
        match self {
            Rounding::Criterion { decimals, half: Half::Up } => Some((Rule::RoundedScore, decimals)),
            Rounding::Criterion { decimals, half: Half::Even } => Some((Rule::RoundedScoreEven, decimals)),
            _ => None,
        }
    }

    /// The decimals to which criteria are rounded and how, where they are.
    #[must_use]
    pub fn of_criteria(self) -> Option<(u32, Half)> {
        match self {
            Rounding::Criterion { decimals, half } => Some((decimals, half)),
            Rounding::None | Rounding::Total { .. } => None,
        }
    }

    /// The rule and the decimals of a rounded total, where totals are rounded.
    #[must_use]
    pub fn total_rule(self) -> Option<(Rule, u32)> {
        match self {
            Rounding::Total { decimals, half: Half::Up } => Some((Rule::RoundedTotal, decimals)),
            Rounding::Total { decimals, half: Half::Even } => Some((Rule::RoundedTotalEven, decimals)),
            _ => None,
        }
    }

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
