//! A study: a market, the models that are tried on it, and how many tenders are imagined.

use rust_decimal::Decimal;

use crate::market::Market;
use trede_base::exact::Exact;
use trede_rules::award::commitment::Measure;
use trede_rules::award::{DeclaredModel, Lot};
use trede_rules::pso::Ladder;

/// The least and most tenders of a study: below, chance says more than the model does.
pub const TENDERS: (u32, u32) = (1_000, 100_000);
/// The most models that are compared.
pub const MAX_MODELS: usize = 10;
/// The most bidders of a market.
pub const MAX_BIDDERS: u32 = 50;
/// The most kinds of bidders.
pub const MAX_KINDS: usize = 20;
/// The most earlier bids of one kind, and values of one draw.
pub const MAX_PAST: usize = 1_000;
/// The highest price that is drawn, in euros: sums of squares of a hundred thousand of them stay exact.
pub const MAX_PRICE: i64 = 10_000_000_000;
/// The highest weight, for the same reason.
pub const MAX_WEIGHT: i64 = 1_000_000;
/// The most steps of a study: a bid on a criterion of a model in a tender is one.
pub const MAX_STEPS: u64 = 200_000_000;

/// A study that can be run.
#[derive(Clone, Debug)]
pub struct Study {
    /// Title.
    pub title: String,
    /// What the market rests on.
    pub assumptions: Vec<String>,
    /// SHA-256 of the canonical file.
    pub fingerprint: String,
    /// The seed of chance.
    pub seed: u32,
    /// How many tenders are imagined.
    pub tenders: u32,
    /// The models.
    pub models: Vec<Trial>,
    /// One lot for each model, with a bid of every bidder.
    pub lots: Vec<Lot>,
    /// The market.
    pub market: Market,
    /// The ladder that the models share; none where no model scores a level.
    pub ladder: Option<Ladder>,
    /// By how much one point of one assessor changes a score.
    pub assessor_point: Option<Exact>,
}

/// A model on trial.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Identifier.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// The model, checked.
    pub declared: DeclaredModel,
    /// What each criterion asks of a draw.
    pub asks: Vec<Ask>,
    /// What each knock-out asks.
    pub facts: Vec<AskedFact>,
    /// What of the winner's bid are commitments.
    pub offers: Vec<Offer>,
    /// The keys of the prices that the buyer pays.
    pub prices: Vec<usize>,
    /// The price that the buyer fixed, in cents.
    pub fixed_cents: i64,
}

/// What a criterion asks of a draw.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// A price.
    Price {
        /// The key.
        key: usize,
        /// Whether it has up to six decimals.
        per_unit: bool,
    },
    /// A score on a scale.
    Score {
        /// The key.
        key: usize,
        /// Where on the scale it may lie.
        grid: Grid,
    },
    /// An offer.
    Offer(usize),
    /// A number.
    Number(usize),
    /// The level.
    Level,
    /// Nothing.
    Nothing,
}

/// Where on a scale a score may lie: a draw counts as the nearest such score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Grid {
    /// Anywhere.
    Everywhere,
    /// On whole steps above the lowest.
    Steps {
        /// The lowest score.
        lowest: Decimal,
        /// The step.
        step: Decimal,
    },
    /// On these marks, lowest first.
    Marks(Vec<Decimal>),
}

impl Grid {
    /// The score that a draw counts as; of two that are as near the higher.
    #[must_use]
    pub fn nearest(&self, drawn: Decimal) -> Decimal {
        match self {
            Grid::Everywhere => drawn,
            Grid::Steps { lowest, step } => {
                let steps = drawn.checked_sub(*lowest).and_then(|above| above.checked_div(*step));
                let whole = steps.map(|steps| {
                    steps.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
                });
                let score = whole.and_then(|whole| whole.checked_mul(*step)?.checked_add(*lowest));
                score.unwrap_or(drawn)
            }
            Grid::Marks(marks) => {
                let from = |mark: &&Decimal| (**mark - drawn).abs();
                marks.iter().rev().min_by_key(from).copied().unwrap_or(drawn)
            }
        }
    }
}

/// What a knock-out asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedFact {
    /// The number under this key.
    Number(usize),
    /// Whether this requirement is met.
    Met(usize),
}

/// A commitment that binds the winner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Identifier of the criterion.
    pub id: String,
    /// Title.
    pub title: Option<String>,
    /// The key.
    pub key: usize,
    /// Its unit.
    pub measure: Measure,
}

impl Trial {
    /// Whether a criterion scores the level.
    #[must_use]
    pub fn scores_level(&self) -> bool {
        self.asks.contains(&Ask::Level)
    }
}
