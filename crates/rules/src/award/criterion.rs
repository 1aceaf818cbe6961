//! Award criteria (gunningscriteria): the tree, and what each kind of criterion declares.

use rust_decimal::Decimal;

use super::commitment::CommitmentTerms;
use super::discount::DiscountTerms;
use super::life_cycle_cost::LifeCycleTerms;
use super::numeric::NumericScoring;
use super::price_formula::Corridor;
use super::price_sheet::PriceSheet;
use super::pso_level::LevelTable;
use super::quality::Scale;
use trede_base::money::Price;

/// A criterion, a sub-criterion, or a group of them.
#[derive(Clone, Debug)]
pub struct Criterion {
    /// Identifier under which bids answer; unique in the lot.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// What a full score earns, in the model's unit.
    pub weight: Option<Decimal>,
    /// What a full score is worth in euros.
    pub value: Option<Decimal>,
    /// The minimum that a bid must reach.
    pub threshold: Threshold,
    /// The best bid gets the full weight, the others in proportion.
    pub relative_to_best: bool,
    /// What is scored lowers the price instead of earning points; a PSO level says so in its table.
    pub discount: Option<DiscountTerms>,
    /// What is scored.
    pub content: Content,
}

impl Criterion {
    /// Whether it lowers the price instead of earning points.
    #[must_use]
    pub fn is_discount(&self) -> bool {
        self.discount.is_some() || matches!(&self.content, Content::PsoLevel(table) if table.is_discount())
    }

    /// What a full score earns: the weight, the value in euros, or what it takes off the price; none without them.
    #[must_use]
    pub fn full(&self) -> Option<Decimal> {
        self.weight.or(self.value).or(self.discount.map(|terms| terms.most))
    }
}

/// What a criterion scores.
#[derive(Clone, Debug)]
pub enum Content {
    /// Sub-criteria.
    Group(Vec<Criterion>),
    /// The price.
    Price {
        /// Up to six decimals instead of whole cents.
        per_unit: bool,
        /// A price above this excludes the bid (plafondprijs).
        ceiling: Option<Price>,
        /// The straight line of the weighted factor (bandbreedte).
        corridor: Option<Corridor>,
        /// Unit prices and quantities instead of one price.
        sheet: Option<PriceSheet>,
    },
    /// The cost over the life cycle.
    LifeCycleCost {
        /// Period and rate.
        terms: LifeCycleTerms,
        /// The purchase and the residual value may have six decimals instead of whole cents.
        per_unit: bool,
        /// A cost above this excludes the bid.
        ceiling: Option<Price>,
        /// The straight line of the weighted factor (bandbreedte).
        corridor: Option<Corridor>,
    },
    /// Quality on a scale.
    AssessedQuality(Scale),
    /// The PSO level.
    PsoLevel(LevelTable),
    /// The social return commitment.
    Commitment(CommitmentTerms),
    /// A free number.
    Numeric(NumericScoring),
    /// A price that the buyer fixed.
    FixedPrice(Price),
}

impl Content {
    /// The corridor in which a price scores, if it has one.
    #[must_use]
    pub fn corridor(&self) -> Option<&Corridor> {
        match self {
            Content::Price { corridor, .. } | Content::LifeCycleCost { corridor, .. } => corridor.as_ref(),
            _ => None,
        }
    }

    /// The price above which a bid is excluded, if there is one.
    #[must_use]
    pub fn ceiling(&self) -> Option<Price> {
        match self {
            Content::Price { ceiling, .. } | Content::LifeCycleCost { ceiling, .. } => *ceiling,
            _ => None,
        }
    }

    /// Whether this is a price or cost that the bidder offers.
    #[must_use]
    pub fn is_price(&self) -> bool {
        matches!(self, Content::Price { .. } | Content::LifeCycleCost { .. })
    }
}

/// A minimum (minimumeis) on a criterion or group; equal passes (C-546/16 Montte).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Threshold {
    /// The least raw score or number.
    pub minimum_score: Option<Decimal>,
    /// The highest raw number.
    pub maximum_score: Option<Decimal>,
    /// The least weighted points or euros.
    pub minimum_points: Option<Decimal>,
    /// The least share of the full weight or value, in percent.
    pub minimum_percent: Option<Decimal>,
}

impl Threshold {
    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Threshold::default()
    }
}
