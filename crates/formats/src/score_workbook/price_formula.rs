//! What a price earns against those of the other bids, by each method.

use trede_rules::award::base_price::DiscountOnBase;
use trede_rules::award::model::Method;
use trede_rules::award::price_formula::Floor;
use trede_rules::award::relative_mean::MeanFormula;

use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::model_sheet::ModelSheet;
use super::rounds::Ends;

/// What a price is held against.
#[derive(Clone, Copy, Debug)]
pub(super) struct PriceAgainst<'a> {
    /// The method.
    pub method: &'a Method,
    /// Its parameters.
    pub model: &'a ModelSheet,
    /// The weight.
    pub full: Place,
    /// The lowest and the highest price.
    pub ends: Ends,
    /// The mean of all prices, where the method uses it.
    pub mean: Option<Place>,
    /// The decimals to which two prices are compared.
    pub decimals: f64,
}

fn is_zero(formula: Formula) -> Formula {
    formula.pair(Sign::Equal, 0.0.into())
}

fn at_least_zero(score: Formula) -> Formula {
    call(Function::Max, [0.0.into(), score])
}

fn floored(floor: Floor, score: Formula) -> Formula {
    match floor {
        Floor::Zero => at_least_zero(score),
        Floor::None => score,
    }
}

impl PriceAgainst<'_> {
    /// What a price earns; none for a method whose price earns no points against others.
    pub fn score(&self, price: Place) -> Option<Formula> {
        let price = || Formula::from(price);
        let full = || Formula::from(self.full);
        let (lowest, highest) = (|| Formula::from(self.ends.lowest), || Formula::from(self.ends.highest));
        Some(match self.method {
            Method::RelativeLowest => self.zero_takes_all(price(), full() * lowest() / price()),
            Method::LinearOnLowest(floor) | Method::LevelPoints(floor) => {
                let score = full() * (Formula::Number(2.0) - price() / lowest());
                self.zero_takes_all(price(), floored(*floor, score))
            }
            Method::LowestToHighest => {
                let equal = highest().pair(Sign::Equal, lowest());
                either(equal, full(), full() * (highest() - price()) / (highest() - lowest()))
            }
            Method::Logarithmic(_) => {
                let ln = |of: Formula| call(Function::Ln, [of]);
                let exponent = ln(price() / lowest()) / ln(self.parameter(0)?);
                self.zero_takes_all(price(), full() * (Formula::Number(1.0) - exponent))
            }
            Method::DiscountOnBase(formula) => self.discount_on_base(formula, price())?,
            Method::TwoSlopes(_) => self.two_slopes(&price)?,
            Method::RelativeToMean(formula) => self.relative_to_mean(*formula, price())?,
            Method::AbsoluteLinear
            | Method::QualityOnly
            | Method::RelativeQuality
            | Method::LowestPrice
            | Method::LowestCost
            | Method::FictitiousDiscount
            | Method::AwardOnValue
            | Method::QualityMarkUp
            | Method::PriceQualityRatio(_)
            | Method::ExtendedRatio(..)
            | Method::PricePerPoint
            | Method::UtilityIndex
            | Method::Features => return None,
        })
    }

    fn parameter(&self, index: usize) -> Option<Formula> {
        self.model.parameter(index).map(Formula::from)
    }

    /// Beside a price of zero that takes all points another price earns none.
    fn zero_takes_all(&self, price: Formula, score: Formula) -> Formula {
        let of_zero = either(is_zero(price), self.full.into(), 0.0.into());
        either(is_zero(self.ends.lowest.into()), of_zero, score)
    }

    /// W × (B − P) / max(B − Pmin; Bs), and nothing where nobody offers a discount.
    fn discount_on_base(&self, formula: &DiscountOnBase, price: Formula) -> Option<Formula> {
        let (base, significant) = (|| self.parameter(0), self.parameter(1)?);
        let significant = base()? * significant / 100.0.into();
        let most = call(Function::Max, [base()? - self.ends.lowest.into(), significant]);
        let score = Formula::from(self.full) * (base()? - price) / most.clone();
        Some(either(is_zero(most), 0.0.into(), floored(formula.floor, score)))
    }

    /// X × W × (B − P) / (B − Pmean) up to the mean discount, and from there on a slope of its own.
    fn two_slopes(&self, price: &dyn Fn() -> Formula) -> Option<Formula> {
        let (base, mean) = (self.parameter(0)?, Formula::from(self.mean?));
        let share = self.parameter(1)? / 100.0.into();
        let full = || Formula::from(self.full);
        // The mean of a spreadsheet can lie in its last digit beside a price that is equal to it.
        let compared = |difference: Formula| call(Function::Round, [difference, self.decimals.into()]);
        let to_mean = full() * share.clone() * (base.clone() - price()) / (base.clone() - mean.clone());
        let to_mean = either(is_zero(compared(base - mean.clone())), 0.0.into(), to_mean);
        let above = (mean.clone() - price()) / (mean.clone() - self.ends.lowest.into());
        let from_mean = full() * (share.clone() + (Formula::Number(1.0) - share) * above);
        let is_dear = compared(price() - mean).pair(Sign::AtLeast, 0.0.into());
        Some(either(is_dear, to_mean, from_mean))
    }

    /// W × Pmean / P, or W × (2 − P / Pmean).
    fn relative_to_mean(&self, formula: MeanFormula, price: Formula) -> Option<Formula> {
        let (full, mean) = (|| Formula::from(self.full), || self.mean.map(Formula::from));
        let at_most = |score, capped| if capped { call(Function::Min, [full(), score]) } else { score };
        Some(match formula {
            MeanFormula::Ratio { capped } => {
                let score = full() * mean()? / price.clone();
                either(is_zero(price), full(), at_most(score, capped))
            }
            MeanFormula::Linear { floor, capped } => {
                let score = full() * (Formula::Number(2.0) - price / mean()?);
                either(is_zero(mean()?), full(), floored(floor, at_most(score, capped)))
            }
        })
    }
}
