//! What a PSO level earns: the higher the level, the higher the award factor (gunningsfactor).

use rust_decimal::Decimal;

use super::straight_line::StraightLine;
use crate::pso::{LevelRank, Standing};
use trede_base::exact::Exact;

/// The table of what each level earns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelTable {
    /// The unit of the values.
    pub measure: LevelMeasure,
    /// The value by rank on the ladder, from no level up; as long as the ladder plus one.
    pub values: Vec<Decimal>,
    /// A discount in percent takes off no more than so many euros.
    pub cap: Option<Decimal>,
}

/// The unit in which a level earns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LevelMeasure {
    /// Points as they are.
    Points,
    /// A score on a scale; the weight or value is multiplied by the share on this line.
    Score(StraightLine),
    /// A fictitious discount on the price in percent (fictieve korting).
    DiscountPercent,
    /// A fictitious discount on the price in euros.
    DiscountAmount,
}

impl LevelTable {
    /// A table over a ladder of `levels` levels; whoever reads one from a file refuses a level without a row. No
    /// level without a row earns nothing.
    #[must_use]
    pub fn new(measure: LevelMeasure, levels: usize, rows: &[(LevelRank, Decimal)]) -> Self {
        let row_of = |rank: usize| rows.iter().find(|(row, _)| row.0 == rank);
        let values =
            (0..=levels).map(|rank| row_of(rank).map_or(Decimal::ZERO, |(_, value)| *value)).collect();
        LevelTable { measure, values, cap: None }
    }

    /// Whether the level lowers the price instead of earning points.
    #[must_use]
    pub fn is_discount(&self) -> bool {
        matches!(self.measure, LevelMeasure::DiscountPercent | LevelMeasure::DiscountAmount)
    }

    /// What a standing earns in the table's measure; a consortium by the shares of its members.
    #[must_use]
    pub fn value_of(&self, standing: &Standing) -> Exact {
        match standing {
            Standing::Single(rank) => Exact::from(self.at(*rank)),
            Standing::Weighted(members) => {
                let parts: Vec<Exact> = members
                    .iter()
                    .map(|(rank, share)| Exact::from(self.at(*rank)).times(&Exact::from(*share)))
                    .collect();
                Exact::sum(&parts).over(&Exact::HUNDRED).unwrap_or_default().simplified()
            }
        }
    }

    /// What a single level earns.
    #[must_use]
    pub fn at(&self, rank: LevelRank) -> Decimal {
        self.values.get(rank.0).copied().unwrap_or_default()
    }
}
