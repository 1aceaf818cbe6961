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
        self.stages().criterion.map(|at| at.told(Rule::RoundedScore, Rule::RoundedScoreEven))
    }

    /// The rule and the decimals of a rounded total, where totals are rounded.
    #[must_use]
    pub fn total_rule(self) -> Option<(Rule, u32)> {
        self.stages().total.map(|at| at.told(Rule::RoundedTotal, Rule::RoundedTotalEven))
    }

    /// The rule and the decimals of a rounded share, where shares are rounded.
    #[must_use]
    pub fn share_rule(self) -> Option<(Rule, u32)> {
        self.stages().share.map(|at| at.told(Rule::RoundedShare, Rule::RoundedShareEven))
    }

    /// The rule and the decimals of a rounded price, where prices are rounded.
    #[must_use]
    pub fn price_rule(self) -> Option<(Rule, u32)> {
        self.stages().price.map(|at| at.told(Rule::RoundedPrice, Rule::RoundedPriceEven))
    }

    /// To what is rounded, stage by stage.
    #[inline]
    #[must_use]
    pub fn stages(self) -> Stages {
        let nowhere = Stages::default();
        match self {
            Rounding::None => nowhere,
            Rounding::Criterion { decimals, half } => {
                Stages { criterion: Some(Decimals { decimals, half }), ..nowhere }
            }
            Rounding::Total { decimals, half } => {
                Stages { total: Some(Decimals { decimals, half }), ..nowhere }
            }
            Rounding::Several(stages) => stages,
        }
    }

    /// The weighted score after its share of the full weight was rounded, where that is declared.
    #[must_use]
    pub fn of_share(self, exact: &Exact, full: &Exact) -> Exact {
        let rounded = self.stages().share.and_then(|at| Some(at.of(&exact.over(full)?).times(full)));
        rounded.unwrap_or_else(|| exact.clone())
    }

    /// The declared score of a criterion with this full weight.
    #[inline]
    #[must_use]
    pub fn of_criterion(self, exact: &Exact, full: &Exact) -> Exact {
        let score = self.of_share(exact, full);
        match self.stages().criterion {
            Some(at) => at.of(&score),
            None => score,
        }
    }

    /// The price as it counts.
    #[inline]
    #[must_use]
    pub fn of_price(self, exact: &Exact) -> Exact {
        self.stages().price.map_or_else(|| exact.clone(), |at| at.of(exact))
    }

    /// The declared total.
    #[must_use]
    pub fn of_total(self, exact: &Exact) -> Exact {
        self.stages().total.map_or_else(|| exact.clone(), |at| at.of(exact))
    }
}
