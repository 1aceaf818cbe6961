//! The total of a bid, by each method.

use trede_rules::award::model::Method;

use super::formula::{Formula, Place, Sign, either};
use super::scores::{Scores, rounded};
use super::table::row;

impl Scores<'_> {
    /// The bids that have a total: a price per point needs points.
    pub fn with_total(&mut self, compared: Place, quality: Place) -> Place {
        if self.lot.declared().model.method != Method::PricePerPoint {
            return compared;
        }
        let has_points = |bid| {
            let points = Formula::from(row(quality, bid)).pair(Sign::Above, 0.0.into());
            let is_compared = Formula::from(row(compared, bid)).pair(Sign::Equal, 1.0.into());
            either(is_compared, either(points, 1.0.into(), 0.0.into()), 0.0.into())
        };
        let formulas = (0..self.bids()).map(has_points).collect();
        self.plain_column(self.words.of("Heeft punten (1 = ja)", "Has points (1 = yes)"), formulas)
    }

    pub fn total(&mut self, compared: Place, is_last: bool, quality: Place, prices: &[Place]) -> Place {
        let method = &self.lot.declared().model.method;
        let price = self.prices.first().copied();
        let mut best_quality = None;
        let mut best_price = None;
        if *method == Method::UtilityIndex {
            let head = self.words.of("L in de vergelijking", "L in the comparison");
            best_quality = Some(self.ends(head, compared, |_, bid| row(quality, bid).into()).highest);
            let head = self.words.of("P in de vergelijking", "P in the comparison");
            best_price = price.map(|price| self.ends(head, compared, |_, bid| row(price, bid).into()).lowest);
        }
        let formula = |scores: &Self, bid| {
            let points = Formula::from(row(quality, bid));
            let price = || price.map(|price| Formula::from(row(price, bid)));
            let weights = || {
                scores.model.weights.map(|(quality, price)| (Formula::from(quality), Formula::from(price)))
            };
            Some(match method {
                Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount => price()?,
                Method::AwardOnValue => price()? - points,
                Method::QualityMarkUp => {
                    let (whole, weight) = weights()?;
                    price()? * (Formula::Number(1.0) + (whole - points) / weight)
                }
                Method::PriceQualityRatio(_) => Formula::from(scores.model.parameter(0)?) * points / price()?,
                Method::ExtendedRatio(..) => points / price()?,
                Method::PricePerPoint => price()? / points,
                Method::UtilityIndex => {
                    let (whole, weight) = weights()?;
                    let share = (Formula::from(best_quality?) - points) / whole.clone();
                    let bracket = Formula::Number(1.0) - share * whole / weight;
                    let none = scores.settled(vec![bracket.clone()]).pop()?.pair(Sign::AtMost, 0.0.into());
                    either(none, 0.0.into(), bracket / price()? * best_price?.into())
                }
                Method::Features => {
                    let (whole, _) = weights()?;
                    price()? / (Formula::Number(1.0) + points / (Formula::Number(1.0) - whole))
                }
                Method::AbsoluteLinear
                | Method::RelativeLowest
                | Method::LinearOnLowest(_)
                | Method::LowestToHighest
                | Method::Logarithmic(_)
                | Method::DiscountOnBase(_)
                | Method::TwoSlopes(_)
                | Method::RelativeToMean(_)
                | Method::LevelPoints(_)
                | Method::QualityOnly
                | Method::RelativeQuality => {
                    prices.iter().fold(points, |sum, column| sum + row(*column, bid).into())
                }
            })
        };
        let head = self.words.of("Totaal", "Total");
        let total = self.relative(head, compared, is_last, formula, |outcome| outcome.exact_total.clone());
        let Some(at) = self.model.rounding.total else { return total };
        let head = self.words.of("Totaal, afgerond", "Total, rounded");
        let rounded = |_: &Self, bid| Some(rounded(row(total, bid).into(), at));
        self.relative(head, compared, is_last, rounded, |outcome| outcome.declared_total.clone())
    }
}
