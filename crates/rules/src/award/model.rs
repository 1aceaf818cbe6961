//! The declared award model (gunningsmodel): everything that is fixed before the opening.
//!
//! Criteria and weights may not change afterwards (dir. 2014/24 art. 67(5); C-6/15 Dimarso).

use rust_decimal::Decimal;

use super::abnormally_low::LowBidRule;
use super::base_price::{DiscountOnBase, TwoSlopes};
use super::criterion::Criterion;
use super::discount::DiscountOrder;
use super::price_formula::Floor;
use super::relative_mean::MeanFormula;
use super::rounding::{Decimals, Rounding};
use super::winners::Winners;
use crate::pso::PsoRules;

/// How a lot is awarded.
#[derive(Clone, Debug)]
pub struct AwardModel {
    /// The award method with its parameters.
    pub method: Method,
    /// The unit of the weights; none when the method has no weights.
    pub weight_unit: Option<WeightUnit>,
    /// The criteria as a tree.
    pub criteria: Vec<Criterion>,
    /// Requirements outside the criteria.
    pub knock_outs: Vec<KnockOut>,
    /// The least total that stays in the ranking.
    pub total_threshold: Option<Decimal>,
    /// Where and how scores are rounded.
    pub rounding: Rounding,
    /// From which price several discounts in percent are taken.
    pub discount_order: DiscountOrder,
    /// What happens when a ranked bidder drops out.
    pub drop_out: Option<DropOut>,
    /// How equal totals are decided, in this order.
    pub ties: Vec<TieStep>,
    /// How many win, where that is not one.
    pub winners: Option<Winners>,
    /// What a price of zero does in a formula that divides by a price.
    pub zero_price: ZeroPrice,
    /// Rules that flag an abnormally low bid.
    pub abnormally_low: Vec<LowBidRule>,
    /// How scores of assessors become one.
    pub assessment: Option<Assessment>,
    /// The rules around the PSO level.
    pub pso: Option<PsoRules>,
    /// Why the award is made on lowest price or cost (Aw 2012 art. 2.114).
    pub motivation: Option<String>,
    /// Whether the value is above the European threshold, where a PSO criterion is contested.
    pub above_threshold: Option<bool>,
}

impl AwardModel {
    /// How ties are decided: as declared, else by lot, which is what the law leaves (ARW 2016 art. 2.63.3).
    #[must_use]
    pub fn tie_steps(&self) -> &[TieStep] {
        if self.ties.is_empty() { &[TieStep::Lot] } else { &self.ties }
    }
}

/// An award method (gunningsmethodiek).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Method {
    /// Gewogen factor: price points on a straight line between two prices fixed beforehand, which stand with
    /// each price criterion.
    AbsoluteLinear,
    /// Price points Pmin/P.
    RelativeLowest,
    /// Price points 1 − (P − Pmin)/Pmin.
    LinearOnLowest(Floor),
    /// Price points (Pmax − P)/(Pmax − Pmin).
    LowestToHighest,
    /// Price points 1 − log(P/Pmin)/log A, with the base A.
    Logarithmic(Decimal),
    /// Price points by the discount on a base price, against the highest discount or a significant one.
    DiscountOnBase(DiscountOnBase),
    /// Price points by the discount on a base price, on one slope up to the mean discount and another from there.
    TwoSlopes(TwoSlopes),
    /// Price points against the mean of all prices.
    RelativeToMean(MeanFormula),
    /// Points by level beside a price that is linear on the lowest.
    LevelPoints(Floor),
    /// Quality alone, at a price that the buyer fixed or pays otherwise.
    QualityOnly,
    /// Quality alone, the best with full marks.
    RelativeQuality,
    /// Laagste prijs.
    LowestPrice,
    /// Laagste kosten over the life cycle.
    LowestCost,
    /// Fictieve korting on the price by level.
    FictitiousDiscount,
    /// Gunnen op waarde: the price less the value of quality in euros.
    AwardOnValue,
    /// A mark-up on the price for the points that are missing.
    QualityMarkUp,
    /// L/P, times a constant for reading (einfache Richtwertmethode).
    PriceQualityRatio(Decimal),
    /// L/P with a corridor in percent below the best, in which a second criterion decides.
    ExtendedRatio(Decimal, Decision),
    /// P/L.
    PricePerPoint,
    /// Utility index on the best quality and the best price.
    UtilityIndex,
    /// Features that raise a coefficient by which the price is divided (Prozorro).
    Features,
}

/// What decides inside the corridor of the extended ratio.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Most performance points.
    MostPoints,
    /// Lowest price.
    LowestPrice,
}

/// Which total is best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Best {
    /// The highest.
    Highest,
    /// The lowest.
    Lowest,
}

impl Method {
    /// The code under which the method is declared.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Method::AbsoluteLinear => "absolute-linear",
            Method::RelativeLowest => "relative-lowest",
            Method::LinearOnLowest(_) => "linear-on-lowest",
            Method::LowestToHighest => "lowest-to-highest",
            Method::Logarithmic(_) => "logarithmic",
            Method::DiscountOnBase(_) => "discount-on-base",
            Method::TwoSlopes(_) => "two-slopes",
            Method::RelativeToMean(_) => "relative-to-mean",
            Method::LevelPoints(_) => "level-points",
            Method::QualityOnly => "quality-only",
            Method::RelativeQuality => "relative-quality",
            Method::LowestPrice => "lowest-price",
            Method::LowestCost => "lowest-cost",
            Method::FictitiousDiscount => "fictitious-discount",
            Method::AwardOnValue => "award-on-value",
            Method::QualityMarkUp => "quality-mark-up",
            Method::PriceQualityRatio(_) => "price-quality-ratio",
            Method::ExtendedRatio(..) => "extended-ratio",
            Method::PricePerPoint => "price-per-point",
            Method::UtilityIndex => "utility-index",
            Method::Features => "features",
        }
    }

    /// Which total wins.
    #[must_use]
    pub fn best(&self) -> Best {
        self.traits().best
    }

    /// Whether a price or cost criterion belongs to the method.
    #[must_use]
    pub fn uses_price(&self) -> bool {
        self.traits().price != PriceUse::Unused
    }

    /// Whether the price earns points by a weight of its own.
    #[must_use]
    pub fn weighs_price(&self) -> bool {
        matches!(self.traits().price, PriceUse::Weighed | PriceUse::EachWeighed)
    }

    /// Whether several price criteria can each earn points; the other methods add them up, or know one price.
    #[must_use]
    pub fn allows_several_prices(&self) -> bool {
        self.traits().price == PriceUse::EachWeighed
    }

    /// Whether several prices are added up and count as one.
    #[must_use]
    pub fn sums_prices(&self) -> bool {
        self.traits().price == PriceUse::AsItIs
    }

    /// Whether quality is valued in euros instead of weighed.
    #[must_use]
    pub fn values_in_euros(&self) -> bool {
        self.traits().quality == QualityUse::InEuros
    }

    /// Whether quality criteria carry weights.
    #[must_use]
    pub fn weighs_quality(&self) -> bool {
        self.traits().quality == QualityUse::Weighed
    }

    /// Whether the score of one bid depends on the other bids, so that the ranking can reverse when one
    /// drops out.
    #[must_use]
    pub fn is_relative(&self) -> bool {
        self.traits().scores == Scores::AgainstOthers
    }

    /// Whether the order of two bids can reverse when a third drops out, and not only their scores change.
    #[must_use]
    pub fn can_reverse_ranks(&self) -> bool {
        self.is_relative() && self.traits().precision == Precision::Exact
    }

    /// Whether the formula divides by a bid's price or the lowest price.
    #[must_use]
    pub fn divides_by_price(&self) -> bool {
        self.traits().divisor == Divisor::Price
    }

    /// Whether a price below zero has no value in the formula.
    #[must_use]
    pub fn needs_positive_price(&self) -> bool {
        self.traits().divisor != Divisor::NoPrice
    }

    /// Whether the score goes through a logarithm, which is known to so many decimals only.
    #[must_use]
    pub fn is_approximate(&self) -> bool {
        self.traits().precision == Precision::Decimals
    }

    /// Whether a price is held against the mean of all prices, so that every bid moves the scores of the others.
    #[must_use]
    pub fn uses_mean(&self) -> bool {
        matches!(self, Method::TwoSlopes(_) | Method::RelativeToMean(_))
    }

    /// What the total is made of.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.traits().shape
    }

    /// The answers to all questions above, one row for each method: a new method does not compile until it
    /// has answered each of them.
    const fn traits(&self) -> MethodTraits {
        use Best::{Highest, Lowest};
        use Divisor::{NoPrice, Price, PriceRange};
        use PriceUse::{AsItIs, EachWeighed, Unused, Weighed};
        use QualityUse as Quality;
        use Scores::{AgainstOthers, Alone};
        use Shape::{CorridorOfRatios, Index, MarkUp, PlainPrice, PriceLessValue, Ratio, Sum};
        let points = (Highest, EachWeighed, Quality::Weighed);
        let ((best, price, quality), scores, divisor, shape) = match self {
            Method::AbsoluteLinear => (points, Alone, NoPrice, Sum),
            Method::RelativeLowest => (points, AgainstOthers, Price, Sum),
            Method::LinearOnLowest(_) => (points, AgainstOthers, Price, Sum),
            Method::LowestToHighest => (points, AgainstOthers, PriceRange, Sum),
            Method::Logarithmic(_) => (points, AgainstOthers, Price, Sum),
            Method::DiscountOnBase(_) => (points, AgainstOthers, PriceRange, Sum),
            Method::TwoSlopes(_) => (points, AgainstOthers, PriceRange, Sum),
            Method::RelativeToMean(_) => (points, AgainstOthers, Price, Sum),
            Method::LevelPoints(_) => (points, AgainstOthers, Price, Sum),
            Method::QualityOnly => ((Highest, Unused, Quality::Weighed), Alone, NoPrice, Sum),
            Method::RelativeQuality => ((Highest, Unused, Quality::Weighed), AgainstOthers, NoPrice, Sum),
            Method::LowestPrice => ((Lowest, AsItIs, Quality::Unused), Alone, NoPrice, PlainPrice),
            Method::LowestCost => ((Lowest, AsItIs, Quality::Unused), Alone, NoPrice, PlainPrice),
            Method::FictitiousDiscount => ((Lowest, AsItIs, Quality::Unused), Alone, NoPrice, PlainPrice),
            Method::AwardOnValue => ((Lowest, AsItIs, Quality::InEuros), Alone, NoPrice, PriceLessValue),
            Method::QualityMarkUp => ((Lowest, Weighed, Quality::Weighed), Alone, NoPrice, MarkUp),
            Method::PriceQualityRatio(_) => ((Highest, AsItIs, Quality::Weighed), Alone, Price, Ratio),
            Method::ExtendedRatio(..) => {
                ((Highest, AsItIs, Quality::Weighed), AgainstOthers, Price, CorridorOfRatios)
            }
            Method::PricePerPoint => ((Lowest, AsItIs, Quality::Weighed), Alone, NoPrice, Ratio),
            Method::UtilityIndex => ((Highest, Weighed, Quality::Weighed), AgainstOthers, Price, Index),
            Method::Features => ((Lowest, AsItIs, Quality::Weighed), Alone, NoPrice, Ratio),
        };
        let precision = match self {
            Method::Logarithmic(_) => Precision::Decimals,
            Method::AbsoluteLinear
            | Method::RelativeLowest
            | Method::LinearOnLowest(_)
            | Method::LowestToHighest
            | Method::DiscountOnBase(_)
            | Method::TwoSlopes(_)
            | Method::RelativeToMean(_)
            | Method::LevelPoints(_)
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
            | Method::Features => Precision::Exact,
        };
        MethodTraits { best, price, quality, scores, divisor, shape, precision }
    }
}

/// What a total is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The sum of weighted scores.
    Sum,
    /// The price as it counts.
    PlainPrice,
    /// The price less the value of quality in euros.
    PriceLessValue,
    /// The price times a mark-up for missing quality.
    MarkUp,
    /// Points and price divided by each other.
    Ratio,
    /// The same, with a corridor in which a second criterion decides.
    CorridorOfRatios,
    /// An index on the best quality and the best price.
    Index,
}

/// What the rules ask of a method.
struct MethodTraits {
    best: Best,
    price: PriceUse,
    quality: QualityUse,
    scores: Scores,
    divisor: Divisor,
    shape: Shape,
    precision: Precision,
}

/// What a method does with the price.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PriceUse {
    /// Nothing.
    Unused,
    /// It counts in euros, without a weight.
    AsItIs,
    /// One price has a weight.
    Weighed,
    /// Each of several prices can earn points by a weight of its own.
    EachWeighed,
}

/// What a method does with quality.
#[derive(Clone, Copy, PartialEq, Eq)]
enum QualityUse {
    /// Nothing.
    Unused,
    /// It has weights.
    Weighed,
    /// It has a value in euros.
    InEuros,
}

/// Whether a bid is scored alone or held against the others.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scores {
    Alone,
    AgainstOthers,
}

/// Whether the formula has a price below the line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Divisor {
    NoPrice,
    Price,
    /// The distance between two prices.
    PriceRange,
}

/// Whether a score is exact. A logarithm is not, but it keeps the order of two bids whatever the others do.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Precision {
    Exact,
    Decimals,
}

/// The unit of the weights.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightUnit {
    /// Percentages that sum to exactly 100.
    Percent,
    /// Points.
    Points,
}

/// What happens to the scores of the others when a ranked bidder drops out (HR 2014:1078).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropOut {
    /// They stay; the next in rank moves up.
    KeepRanking,
    /// They are computed again.
    Recompute,
}

/// What a price of zero does in a formula that divides by a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ZeroPrice {
    /// The evaluation stops with an error.
    Refuse,
    /// The bid of zero takes all price points.
    TakesAll,
}

/// One step in the decision of a tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TieStep {
    /// The better score on this criterion or group.
    Criterion(String),
    /// The lower real price.
    LowestPrice,
    /// The earlier receipt.
    EarliestBid,
    /// A drawing of lots in attendance (ARW 2016 art. 2.63.3).
    Lot,
}

/// A requirement that excludes a bid which does not meet it (knock-outeis).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnockOut {
    /// Identifier.
    pub id: String,
    /// In words.
    pub title: Option<String>,
    /// What is required.
    pub bound: Bound,
}

/// What a fact must be; equal passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// At least.
    Minimum(Decimal),
    /// At most.
    Maximum(Decimal),
    /// Met.
    Met,
}

/// How individual scores of assessors become one score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assessment {
    /// The consensus, or the mean.
    pub combine: Combination,
    /// Flags a spread (highest less lowest) above this.
    pub flag_spread_above: Option<Decimal>,
    /// A score that is calculated is rounded to so many decimals before it is weighed; none for no rounding.
    pub rounded_to: Option<Decimals>,
}

/// How individual scores become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combination {
    /// The score agreed on.
    Consensus,
    /// The mean.
    Mean,
    /// The median.
    Median,
    /// The mean without the highest and the lowest.
    TrimmedMean,
}
