//! A bid (inschrijving) as it is scored: one answer for each criterion, in the order of the model.

use chrono::{DateTime, Utc};
use rust_decimal::Decimal;

use super::life_cycle_cost::LifeCycleCosts;
use super::quality::AssessedScore;
use crate::pso::{LevelRank, Note, Standing};
use trede_base::money::Price;

/// A bid on a lot.
#[derive(Clone, Debug)]
pub struct Bid {
    /// Identifier; unique in the lot.
    pub id: String,
    /// Name of the bidder (inschrijver).
    pub bidder: Option<String>,
    /// The moment of receipt.
    pub received_at: Option<DateTime<Utc>>,
    /// One answer for each scored criterion of the model, in its order.
    pub answers: Vec<Answer>,
    /// One fact for each knock-out, in its order.
    pub facts: Vec<Fact>,
    /// The PSO level that counts.
    pub standing: Standing,
    /// What to note about that level.
    pub notes: Vec<Note>,
    /// The price as first offered.
    pub initial_price: Option<Price>,
    /// Why the bid dropped out, if it did.
    pub exclusion: Option<DroppedOut>,
}

impl Bid {
    /// The level that counts when it is one level.
    #[must_use]
    pub fn level(&self) -> Option<LevelRank> {
        match self.standing {
            Standing::Single(rank) => Some(rank),
            Standing::Weighted(_) => None,
        }
    }
}

/// The answer on one criterion.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A price.
    Price(Price),
    /// The unit prices of a price sheet, one for each line.
    Sheet(Vec<Price>),
    /// The costs over the life cycle.
    Costs(Box<LifeCycleCosts>),
    /// A score.
    Score(AssessedScore),
    /// The PSO level: see [`Bid::standing`].
    Level,
    /// A commitment in its measure, at least zero.
    Offer(Decimal),
    /// A free number.
    Number(Decimal),
    /// Nothing is answered on a fixed price.
    Fixed,
}

/// The fact for a knock-out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// A number.
    Number(Decimal),
    /// Whether it is met.
    Met(bool),
}

/// Why a bid dropped out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DroppedOut {
    /// When.
    pub stage: DropOutStage,
    /// The reason for the report.
    pub reason: String,
}

/// When a bid dropped out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DropOutStage {
    /// It was never admitted and counts in no formula.
    BeforeEvaluation,
    /// After the ranking; the drop-out rule says what it still counts for.
    AfterRanking,
}
