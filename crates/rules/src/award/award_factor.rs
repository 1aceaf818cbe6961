//! The award factor (gunningsfactor) of a bid: what its PSO level and its commitments add to its total, and
//! what that is worth in euros of price difference.

use std::borrow::Cow;

use super::bid::{Answer, Bid};
use super::check::DeclaredModel;
use super::discount::{discounted, undiscounted};
use super::evaluation::Evaluation;
use super::field::Field;
use super::lot::Lot;
use super::model::{Best, Method};
use super::price_formula::price_that_earns;
use super::scoring::{CriterionScore, Parts, own_scores};
use super::together::counted;
use super::total::{feature_coefficient, mark_up_factor, quality_points};
use crate::explaining::{Language, Rule, Step, Terms};
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;

/// The award factor of one bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AwardFactor {
    /// What comes from its PSO level.
    pub level: Factor,
    /// What comes from its commitments.
    pub commitments: Factor,
    /// What comes from both together.
    pub together: Factor,
}

/// What an advantage adds, and what it is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factor {
    /// By how much the total is better than without it, in the unit of the total; none where there is no total
    /// without it.
    pub points: Option<Step>,
    /// The price reduction that gives the same total without it, the other bids fixed; none where no
    /// reduction does.
    pub euros: Option<Step>,
    /// The total without it, before rounding; none where there is none.
    pub without: Option<Exact>,
    /// Why a part of it is missing.
    pub missing: Option<Missing>,
}

/// Why an award factor has no points or no euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// Without it the bid has no points, so that its price per point has no value.
    NoOtherPoints,
    /// No price makes up for it.
    NoPrice,
}

impl Missing {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Missing::NoOtherPoints => "no-other-points",
            Missing::NoPrice => "no-price",
        }
    }

    /// The reason in words.
    #[must_use]
    pub fn reason(self, language: Language) -> &'static str {
        match (self, language) {
            (Missing::NoOtherPoints, Language::Dutch) => {
                "zonder deze punten heeft de inschrijving geen punten, en dus geen totaal om mee te vergelijken"
            }
            (Missing::NoOtherPoints, Language::English) => {
                "without these points the bid has none, and so no total to compare with"
            }
            (Missing::NoPrice, Language::Dutch) => "geen prijs maakt dit verschil goed",
            (Missing::NoPrice, Language::English) => "no price makes up for this difference",
        }
    }
}

/// The award factor of a ranked bid; none for a bid without a total, or where the model scores neither a
/// level nor a commitment.
#[must_use]
pub fn award_factor(lot: &Lot, evaluation: &Evaluation, bid: usize) -> Option<AwardFactor> {
    let declared = lot.declared();
    let outcome = evaluation.outcomes.get(bid)?;
    let with = outcome.exact_total.as_ref()?;
    if !declared.layout.leaves.iter().any(|leaf| is_social(&leaf.content)) {
        return None;
    }
    let others = others_of(lot, evaluation, bid);
    let input = lot.bid(bid)?;
    let factor = |without: Bid| {
        let own = own_scores(declared, &without);
        let parts = own.parts;
        let field = others.as_ref().map_or_else(
            || Field::of(declared, std::iter::once(&parts)).unwrap_or_default(),
            |others| others.with(declared, &parts),
        );
        let Some(base) = counted(declared, &parts, &field).map(|counted| counted.exact) else {
            let missing = Some(Missing::NoOtherPoints);
            return Factor { points: None, euros: None, without: None, missing };
        };
        let points = gain(&declared.model.method, with, &base);
        let price = outcome.real_price(declared);
        let euros = if points.result.is_zero() {
            price.clone().map(no_reduction)
        } else {
            let (standing, scores) = (without.standing, own.scores);
            let without = Without { parts, standing, scores, others: others.as_deref() };
            price.clone().and_then(|price| without.worth(declared, price, with))
        };
        let missing = (euros.is_none() && price.is_some()).then_some(Missing::NoPrice);
        Factor { points: Some(points), euros, without: Some(base), missing }
    };
    Some(AwardFactor {
        level: factor(without_level(input)),
        commitments: factor(without_commitments(input)),
        together: factor(without_commitments(&without_level(input))),
    })
}

/// The field without this bid; none when there is no other.
#[must_use]
pub fn others_of<'a>(lot: &Lot, evaluation: &'a Evaluation, bid: usize) -> Option<Cow<'a, Field>> {
    let declared = lot.declared();
    let in_field = || evaluation.in_field().filter(|(index, _)| *index != bid).map(|(_, parts)| parts);
    let parts = &evaluation.outcomes.get(bid)?.parts;
    // Only a bid on an end of the field can change it by its absence.
    if evaluation.field.is_inside(declared, parts) && in_field().next().is_some() {
        return Some(Cow::Borrowed(&evaluation.field));
    }
    Field::of(declared, in_field()).map(Cow::Owned)
}

fn is_social(content: &super::criterion::Content) -> bool {
    matches!(content, super::criterion::Content::PsoLevel(_) | super::criterion::Content::Commitment(_))
}

fn without_level(bid: &Bid) -> Bid {
    Bid { standing: Standing::Single(LevelRank::NONE), ..bid.clone() }
}

fn without_commitments(bid: &Bid) -> Bid {
    let mut bid = bid.clone();
    for answer in &mut bid.answers {
        if let Answer::Offer(offer) = answer {
            *offer = rust_decimal::Decimal::ZERO;
        }
    }
    bid
}

/// By how much the total with it is better than without it.
fn gain(method: &Method, with: &Exact, without: &Exact) -> Step {
    let (better, worse) = match method.best() {
        Best::Highest => (with, without),
        Best::Lowest => (without, with),
    };
    let terms = Terms::of([better.clone(), worse.clone()]);
    Step { rule: Rule::AwardFactorPoints, terms, result: better.minus(worse) }
}

fn no_reduction(price: Exact) -> Step {
    Step { rule: Rule::AwardFactorEuros, terms: Terms::of([price.clone(), price]), result: Exact::ZERO }
}

/// A bid without its advantage, beside the others.
struct Without<'a> {
    parts: Parts,
    standing: Standing,
    scores: Vec<CriterionScore>,
    others: Option<&'a Field>,
}

impl Without<'_> {
    /// What the advantage is worth: scored again at the lower price, the bid reaches `target`.
    fn worth(&self, declared: &DeclaredModel, price: Exact, target: &Exact) -> Option<Step> {
        let evaluated = price_for_total(declared, target, &self.parts, self.others)?;
        // Where a dearer price would do as well, as below the others' lowest, no reduction is needed.
        let same = undiscounted(declared, &evaluated, &self.standing, &self.scores)?;
        let same = same.at_most(&price).clone();
        if same.is_negative() || !self.reaches(declared, &same, target) {
            return None;
        }
        let reduction = price.minus(&same);
        Some(Step { rule: Rule::AwardFactorEuros, terms: Terms::of([price, same]), result: reduction })
    }

    /// Whether the bid comes to `target` at this price: a floor, a clip or a price of zero can stand in the way.
    fn reaches(&self, declared: &DeclaredModel, price: &Exact, target: &Exact) -> bool {
        let evaluated = discounted(declared, price, &self.standing, &self.scores);
        let layout = &declared.layout;
        let leaf = layout.prices.first().and_then(|leaf| layout.leaves.get(*leaf));
        let refused = leaf.and_then(|leaf| leaf.content.corridor()).is_some_and(|line| line.rejects(price));
        if refused || (declared.model.method.divides_by_price() && !evaluated.is_positive()) {
            return false;
        }
        let parts = Parts { prices: vec![evaluated], ..self.parts.clone() };
        let field = match self.others {
            Some(others) => others.with(declared, &parts),
            None => Field::of(declared, std::iter::once(&parts)).unwrap_or_default(),
        };
        counted(declared, &parts, &field)
            .is_some_and(|c| same_total(&declared.model.method, &c.exact, target))
    }
}

/// Whether two totals are the same; those of the logarithm to the decimals in which it is known.
pub(super) fn same_total(method: &Method, one: &Exact, other: &Exact) -> bool {
    if !method.is_approximate() {
        return one == other;
    }
    let difference = one.minus(other);
    let size = if difference.is_negative() { difference.negated() } else { difference };
    size < Exact::from(rust_decimal::Decimal::new(1, 12))
}

/// The price after discount at which a bid with these points reaches `target`, the other bids fixed; none
/// where no price does.
#[must_use]
pub fn price_for_total(
    declared: &DeclaredModel,
    target: &Exact,
    parts: &Parts,
    others: Option<&Field>,
) -> Option<Exact> {
    let layout = &declared.layout;
    let field = match others {
        Some(others) => others.with(declared, parts),
        None => Field::of(declared, std::iter::once(parts))?,
    };
    let quality = quality_points(declared, parts, &field);
    let price = match &declared.model.method {
        Method::QualityOnly | Method::RelativeQuality => None,
        Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount => Some(target.clone()),
        Method::AwardOnValue => Some(target.plus(&quality)),
        Method::QualityMarkUp => {
            target.over(&mark_up_factor(&layout.quality_weight, &layout.price_weight, &quality))
        }
        Method::PriceQualityRatio(constant) => Exact::from(*constant).times(&quality).over(target),
        Method::ExtendedRatio(..) => quality.over(target),
        Method::PricePerPoint => Some(target.times(&quality)),
        Method::Features => Some(target.times(&feature_coefficient(&quality, &layout.quality_weight))),
        Method::UtilityIndex => {
            let missing = field.best_quality.minus(&quality).over(&layout.price_weight)?;
            let bracket = Exact::ONE.minus(&missing);
            let lowest = &others?.prices.first()?.lowest;
            // Below the others' best price the index stays what the bracket is.
            (bracket >= *target).then(|| bracket.times(lowest).over(target)).flatten()
        }
        method @ (Method::AbsoluteLinear
        | Method::RelativeLowest
        | Method::LinearOnLowest(_)
        | Method::LowestToHighest
        | Method::Logarithmic(_)
        | Method::DiscountOnBase(_)
        | Method::TwoSlopes(_)
        | Method::RelativeToMean(_)
        | Method::LevelPoints(_)) => {
            let [leaf] = layout.prices.as_slice() else { return None };
            let leaf = layout.leaves.get(*leaf)?;
            let share = target.minus(&quality).over(&leaf.full)?;
            price_that_earns(method, leaf, &share, others.and_then(|others| others.prices.first()))
        }
    };
    price.map(|price| price.simplified())
}
