//! How a price earns its share of the weight. P is the price after a fictitious discount, if there is one;
//! Pmin and Pmax are the lowest and highest over the admitted bids.

use rust_decimal::Decimal;

use super::layout::Leaf;
use super::model::Method;
use super::straight_line::{Outside, Side, StraightLine};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// The price corridor of the weighted factor, fixed by the buyer beforehand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Corridor {
    /// From Psetmax, which earns nothing, to Psetmin, which earns everything.
    pub line: StraightLine,
    /// What a price below Psetmin does.
    pub below: Outside,
    /// What a price above Psetmax does.
    pub above: Outside,
    /// Where it is declared: a JSON pointer within the model.
    pub place: String,
}

impl Corridor {
    /// Whether a price excludes its bid. It is the price that was bid, never the one after a discount: a level
    /// that lowers the price in the comparison takes nobody out of it.
    #[must_use]
    pub fn rejects(&self, price: &Exact) -> bool {
        match self.line.side(price) {
            Side::Between => false,
            Side::BeyondFull => self.below == Outside::Reject,
            Side::BeyondZero => self.above == Outside::Reject,
        }
    }
}

/// Whether linear price points stop at zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Floor {
    /// They do.
    Zero,
    /// They become negative above twice the lowest price.
    None,
}

/// The lowest and highest price of the field, and their sum where the mean counts.
#[derive(Clone, Debug)]
pub struct PriceField {
    /// Pmin.
    pub lowest: Exact,
    /// Pmax.
    pub highest: Exact,
    /// The sum and the number of prices; none where no score is held against the mean.
    pub sum: Option<(Exact, usize)>,
}

impl PriceField {
    /// The mean; zero where no score is held against it.
    #[must_use]
    pub fn mean(&self) -> Exact {
        let mean = self.sum.as_ref().and_then(|(sum, count)| sum.over(&Exact::from(*count)));
        mean.unwrap_or_default().simplified()
    }
}

/// What a price earns by the formula of a method, of the full weight of its criterion; none for a method that
/// does not weigh the price by a formula.
#[must_use]
pub fn price_score(method: &Method, leaf: &Leaf, price: &Exact, field: &PriceField) -> Option<Step> {
    let weight = &leaf.full;
    Some(match method {
        Method::AbsoluteLinear => absolute_linear(leaf.content.corridor()?, price, weight),
        Method::RelativeLowest => relative_lowest(price, field, weight),
        Method::LinearOnLowest(floor) | Method::LevelPoints(floor) => {
            linear_on_lowest(*floor, price, field, weight)
        }
        Method::LowestToHighest => lowest_to_highest(price, field, weight),
        Method::Logarithmic(base) => logarithmic(*base, price, field, weight),
        Method::DiscountOnBase(formula) => formula.score(price, field, weight),
        Method::TwoSlopes(formula) => formula.score(price, field, weight),
        Method::RelativeToMean(formula) => formula.score(price, field, weight),
        Method::QualityOnly
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

/// `absolute-linear`, gewogen factor: W·(Psetmax − P) / (Psetmax − Psetmin).
///
/// Source: Negometrix, De gewogen factor methode. Behaviour outside the corridor is declared. A clipped
/// floor makes a lower price worthless, which is unlawful in Sweden (HFD 2022:41).
fn absolute_linear(corridor: &Corridor, price: &Exact, weight: &Exact) -> Step {
    match corridor.line.side(price) {
        Side::BeyondFull if corridor.below == Outside::Clip => everything(Rule::CorridorFullPoints, weight),
        Side::BeyondZero if corridor.above == Outside::Clip => nothing(Rule::CorridorNoPoints, weight),
        _ => {
            let (zero, full) = (corridor.line.zero(), corridor.line.full());
            let terms = Terms::of([weight.clone(), Exact::from(zero), price.clone(), Exact::from(full)]);
            Step { rule: Rule::AbsoluteLinear, terms, result: corridor.line.share(price).times(weight) }
        }
    }
}

/// `relative-lowest`: W·Pmin / P.
///
/// Source: the world's most used price formula, e.g. CCS Digital Marketplace guidance.
fn relative_lowest(price: &Exact, field: &PriceField, weight: &Exact) -> Step {
    if field.lowest.is_zero() {
        return zero_takes_all(price, weight);
    }
    let terms = Terms::of([weight.clone(), field.lowest.clone(), price.clone()]);
    let result = lowest_over(price, field, weight);
    Step { rule: Rule::RelativeLowest, terms, result }
}

/// W·Pmin / P.
#[inline]
fn lowest_over(price: &Exact, field: &PriceField, weight: &Exact) -> Exact {
    weight.times(&field.lowest).over(price).unwrap_or_default()
}

/// What a price earns, as [`price_score`] has it, where nobody reads how.
#[must_use]
pub fn price_points(method: &Method, leaf: &Leaf, price: &Exact, field: &PriceField) -> Option<Exact> {
    match method {
        Method::RelativeLowest if !field.lowest.is_zero() => Some(lowest_over(price, field, &leaf.full)),
        _ => price_score(method, leaf, price, field).map(|score| score.result),
    }
}

/// `linear-on-lowest`: W·(1 − (P − Pmin) / Pmin), with a floor of zero or none.
///
/// Source: South Africa's Preferential Procurement Regulations (80/20, 90/10); also used in NO and DE.
fn linear_on_lowest(floor: Floor, price: &Exact, field: &PriceField, weight: &Exact) -> Step {
    let left = Exact::from(2).times(&field.lowest).minus(price);
    let Some(result) = weight.times(&left).over(&field.lowest) else { return zero_takes_all(price, weight) };
    if floor == Floor::Zero && result.is_negative() {
        let terms = Terms::of([price.clone(), field.lowest.clone()]);
        return Step { rule: Rule::LinearFloor, terms, result: Exact::ZERO };
    }
    let terms = Terms::of([weight.clone(), price.clone(), field.lowest.clone()]);
    Step { rule: Rule::LinearOnLowest, terms, result }
}

/// `lowest-to-highest`: W·(Pmax − P) / (Pmax − Pmin). When all prices are equal each is the lowest, and each
/// earns the full weight.
///
/// Used in FR and DE; refused in Germany for few bids.
fn lowest_to_highest(price: &Exact, field: &PriceField, weight: &Exact) -> Step {
    let run = field.highest.minus(&field.lowest);
    let Some(result) = weight.times(&field.highest.minus(price)).over(&run) else {
        return everything(Rule::EqualPrices, weight);
    };
    let terms = Terms::of([weight.clone(), field.highest.clone(), price.clone(), field.lowest.clone()]);
    Step { rule: Rule::LowestToHighest, terms, result }
}

/// `logarithmic`: W·(1 − log(P / Pmin) / log A); negative beyond A·Pmin.
///
/// Source: Negometrix, De log-formule. The quotient of logarithms is rounded half even to 20 decimals.
fn logarithmic(base: Decimal, price: &Exact, field: &PriceField, weight: &Exact) -> Step {
    let exponent = price.over(&field.lowest).and_then(|ratio| ratio.logarithm(&Exact::from(base)));
    let Some(exponent) = exponent else { return zero_takes_all(price, weight) };
    let terms = Terms::of([weight.clone(), price.clone(), field.lowest.clone(), Exact::from(base)]);
    Step { rule: Rule::Logarithmic, terms, result: weight.times(&Exact::ONE.minus(&exponent)) }
}

/// The declared `zeroPrice: takes-all`: a price of zero takes all price points and leaves none (JAAN 2013/112).
fn zero_takes_all(price: &Exact, weight: &Exact) -> Step {
    if price.is_zero() {
        return everything(Rule::ZeroPriceTakesAll, weight);
    }
    nothing(Rule::ZeroPriceLeavesNothing, weight)
}

fn everything(rule: Rule, weight: &Exact) -> Step {
    Step { rule, terms: Terms::of([weight.clone()]), result: weight.clone() }
}

fn nothing(rule: Rule, weight: &Exact) -> Step {
    Step { rule, terms: Terms::of([weight.clone()]), result: Exact::ZERO }
}

/// The highest price that earns `share` beside these other prices; none where no price does.
///
/// This turns points into the price reduction they are worth.
#[must_use]
pub fn price_that_earns(
    method: &Method,
    leaf: &Leaf,
    share: &Exact,
    others: Option<&PriceField>,
) -> Option<Exact> {
    if *method == Method::AbsoluteLinear {
        let corridor = leaf.content.corridor()?;
        let beyond_full = *share > Exact::ONE && corridor.below != Outside::Extrapolate;
        let beyond_zero = share.is_negative() && corridor.above != Outside::Extrapolate;
        return (!beyond_full && !beyond_zero).then(|| corridor.line.value_at(share));
    }
    let others = others?;
    if let Method::RelativeToMean(formula) = method {
        return formula.price_that_earns(share, others);
    }
    if *share > Exact::ONE {
        return None;
    }
    match method {
        Method::RelativeLowest => share.is_positive().then(|| others.lowest.over(share))?,
        Method::LinearOnLowest(_) | Method::LevelPoints(_) => {
            Some(Exact::from(2).minus(share).times(&others.lowest))
        }
        // At or below the others' lowest a price earns everything, however little lies between the others.
        Method::LowestToHighest if *share == Exact::ONE => Some(others.lowest.clone()),
        Method::LowestToHighest => {
            let run = others.highest.minus(&others.lowest);
            let inside = run.is_positive() && !share.is_negative();
            inside.then(|| others.highest.minus(&share.times(&run)))
        }
        Method::Logarithmic(base) => {
            let factor = Exact::from(*base).to_the_power(&Exact::ONE.minus(share))?;
            Some(others.lowest.times(&factor))
        }
        Method::DiscountOnBase(formula) => formula.price_that_earns(share, others),
        Method::TwoSlopes(formula) => formula.price_that_earns(share, others),
        Method::AbsoluteLinear
        | Method::RelativeToMean(_)
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
        | Method::Features => None,
    }
    .map(|price| price.simplified())
}
