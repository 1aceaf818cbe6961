//! Rounding happens at the declared stage and nowhere else; ranks follow from the declared value.

use crate::explaining::Rule;
use trede_base::exact::{Exact, Half};

/// To how many decimals, and how a half is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decimals {
    /// Decimals that stay.
    pub decimals: u32,
    /// How a half is rounded.
    pub half: Half,
}

impl Decimals {
    /// The number rounded.
    #[must_use]
    pub fn of(self, exact: &Exact) -> Exact {
        exact.rounded(self.decimals, self.half)
    }

    /// The rule that tells it: of the two, the one for its half.
    fn told(self, up: Rule, even: Rule) -> (Rule, u32) {
        (if self.half == Half::Up { up } else { even }, self.decimals)
    }
}

/// Rounding at several stages, each after the one before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stages {
    /// The price as it counts, after discounts or over the life cycle.
    pub price: Option<Decimals>,
    /// The share of its weight that a criterion earns, before it is multiplied with the weight.
    pub share: Option<Decimals>,
    /// The weighted score of each criterion.
    pub criterion: Option<Decimals>,
    /// The total.
    pub total: Option<Decimals>,
}

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
    /// At several stages.
    Several(Stages),
}

impl Rounding {
    /// The rule and the decimals of a rounded criterion, where criteria are rounded.
    #[must_use]
    pub fn criterion_rule(self) -> Option<(Rule, u32)> {
        self.criterion().map(|at| at.told(Rule::RoundedScore, Rule::RoundedScoreEven))
    }

    /// The rule and the decimals of a rounded total, where totals are rounded.
    #[must_use]
    pub fn total_rule(self) -> Option<(Rule, u32)> {
        match self {
            Rounding::Total { decimals, half: Half::Up } => Some((Rule::RoundedTotal, decimals)),
            Rounding::Total { decimals, half: Half::Even } => Some((Rule::RoundedTotalEven, decimals)),
            Rounding::Several(Stages { total, .. }) => {
                total.map(|at| at.told(Rule::RoundedTotal, Rule::RoundedTotalEven))
            }
            Rounding::None | Rounding::Criterion { .. } => None,
        }
    }

    /// The rule and the decimals of a rounded share, where shares are rounded.
    #[must_use]
    pub fn share_rule(self) -> Option<(Rule, u32)> {
        self.share().map(|at| at.told(Rule::RoundedShare, Rule::RoundedShareEven))
    }

    /// The rule and the decimals of a rounded price, where prices are rounded.
    #[must_use]
    pub fn price_rule(self) -> Option<(Rule, u32)> {
        self.price().map(|at| at.told(Rule::RoundedPrice, Rule::RoundedPriceEven))
    }

    /// Where the weighted score of a criterion is rounded: to what.
    pub(super) fn criterion(self) -> Option<Decimals> {
        match self {
            Rounding::Criterion { decimals, half } => Some(Decimals { decimals, half }),
            Rounding::Several(stages) => stages.criterion,
            Rounding::None | Rounding::Total { .. } => None,
        }
    }

    /// Where the share of a weight is rounded: to what.
    pub(super) fn share(self) -> Option<Decimals> {
        match self {
            Rounding::Several(stages) => stages.share,
            Rounding::None | Rounding::Criterion { .. } | Rounding::Total { .. } => None,
        }
    }

    fn price(self) -> Option<Decimals> {
        match self {
            Rounding::Several(stages) => stages.price,
            Rounding::None | Rounding::Criterion { .. } | Rounding::Total { .. } => None,
        }
    }

    /// The weighted score after its share of the full weight was rounded, where that is declared.
    #[must_use]
    pub fn of_share(self, exact: &Exact, full: &Exact) -> Exact {
        let rounded = self.share().and_then(|at| Some(at.of(&exact.over(full)?).times(full)));
        rounded.unwrap_or_else(|| exact.clone())
    }

    /// The declared score of a criterion with this full weight.
    #[inline]
    #[must_use]
    pub fn of_criterion(self, exact: &Exact, full: &Exact) -> Exact {
        match self {
            Rounding::Criterion { decimals, half } => exact.rounded(decimals, half),
            Rounding::Several(stages) => {
                let score = self.of_share(exact, full);
                stages.criterion.map_or(score.clone(), |at| at.of(&score))
            }
            Rounding::None | Rounding::Total { .. } => exact.clone(),
        }
    }

    /// The price as it counts.
    #[inline]
    #[must_use]
    pub fn of_price(self, exact: &Exact) -> Exact {
        self.price().map_or_else(|| exact.clone(), |at| at.of(exact))
    }

    /// The declared total.
    #[must_use]
    pub fn of_total(self, exact: &Exact) -> Exact {
        match self {
            Rounding::Total { decimals, half } => exact.rounded(decimals, half),
            Rounding::Several(stages) => stages.total.map_or_else(|| exact.clone(), |at| at.of(exact)),
            Rounding::None | Rounding::Criterion { .. } => exact.clone(),
        }
    }
}
