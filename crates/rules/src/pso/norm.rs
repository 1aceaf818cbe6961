//! Norms: the total weighted social contribution that a level asks, in percent of the fte, by size.

use rust_decimal::Decimal;

use super::contribution::{Rule, Step};
use super::{Ladder, LevelRank};
use crate::explaining::Terms;
use trede_base::exact::Exact;

/// The norms of the levels at one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormRow {
    /// The size of the organisation, in fte.
    pub fte: Decimal,
    /// The norm of each level of the table, lowest level first, in percent of the fte.
    pub percents: Vec<Decimal>,
}

/// A version of the norms (normen): rows by size for a run of levels of one ladder version.
///
/// Between two rows the norm lies on a straight line; the last row holds for every larger size, and below
/// the first row there is no norm. A municipality's own norms are another table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NormTable {
    version: String,
    source: String,
    ladder: Ladder,
    levels: Vec<LevelRank>,
    rows: Vec<NormRow>,
}

/// What is wrong in a table of norms.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NormError {
    /// No level or no row.
    #[error("a table of norms has at least one level and one row")]
    Empty,
    /// A level that is not on the ladder.
    #[error("`{0}` is no level of the ladder")]
    UnknownLevel(String),
    /// Levels that are no run of the ladder from low to high.
    #[error(
        "the levels must follow each other on the ladder, lowest first: `{0}` does not follow the one before it"
    )]
    LevelsNotInOrder(String),
    /// A row with another number of norms than there are levels.
    #[error("the row of {fte} fte has {given} norms for {levels} levels")]
    NormCount {
        /// Size of the row.
        fte: Decimal,
        /// How many norms it has.
        given: usize,
        /// How many levels the table has.
        levels: usize,
    },
    /// Sizes that do not rise.
    #[error("the sizes must rise: {0} fte does not lie above the row before it")]
    SizesFall(Decimal),
    /// A norm that is no percentage above zero.
    #[error("{percent} at {fte} fte is no norm: give a percentage above 0, up to 100")]
    NotAPercentage {
        /// Size of the row.
        fte: Decimal,
        /// The norm.
        percent: Decimal,
    },
    /// A higher level that asks no more than a lower one.
    #[error("at {0} fte a higher level must ask more than the level below it")]
    LevelsFall(Decimal),
    /// A larger organisation that must contribute a larger share.
    #[error("at {0} fte a level asks more than at the size before it; a norm falls, or stays, with the size")]
    NormRises(Decimal),
}

/// Where a norm comes from (normSource).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormSource {
    /// A row of the table.
    Table,
    /// The straight line between two rows.
    Interpolated,
}

/// The norm of a level for one size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Norm {
    /// The level.
    pub level: LevelRank,
    /// Where the norm comes from.
    pub source: NormSource,
    /// The norm in percent of the fte, and how it came about.
    pub percent: Step,
}

impl NormTable {
    /// A table of norms for `levels` (codes, lowest first) of a ladder.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn new(
        version: impl Into<String>,
        source: impl Into<String>,
        ladder: Ladder,
        levels: &[String],
        rows: Vec<NormRow>,
    ) -> Result<Self, Vec<NormError>> {
        let mut errors = Vec::new();
        let levels = ranks(&ladder, levels, &mut errors);
        if levels.is_empty() || rows.is_empty() {
            errors.push(NormError::Empty);
        }
        check_rows(&rows, levels.len(), &mut errors);
        if !errors.is_empty() {
            return Err(errors);
        }
        Ok(NormTable { version: version.into(), source: source.into(), ladder, levels, rows })
    }

    /// The name of the version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where the norms were published or who set them.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The ladder whose levels have norms.
    #[must_use]
    pub fn ladder(&self) -> &Ladder {
        &self.ladder
    }

    /// The levels that have norms, lowest first.
    #[must_use]
    pub fn levels(&self) -> &[LevelRank] {
        &self.levels
    }

    /// The rows, smallest size first.
    #[must_use]
    pub fn rows(&self) -> &[NormRow] {
        &self.rows
    }

    /// The codes of the levels below the first one with a norm: whether one of them holds, no norm tells.
    #[must_use]
    pub fn levels_without_norm(&self) -> Vec<&str> {
        let first = self.levels.first().map_or(0, |level| level.0);
        self.ladder.levels().iter().take(first.saturating_sub(1)).map(|level| level.code.as_str()).collect()
    }

    /// The smallest size that has norms, in fte.
    #[must_use]
    pub fn smallest_size(&self) -> Decimal {
        self.rows.first().map_or(Decimal::ZERO, |row| row.fte)
    }

    /// The norms for an organisation of `fte`, lowest level first; none below the smallest size.
    #[must_use]
    pub fn norms_at(&self, fte: Decimal) -> Option<Vec<Norm>> {
        if fte < self.smallest_size() {
            return None;
        }
        let index = self.rows.iter().position(|row| row.fte >= fte);
        let row = index.map_or(self.rows.last(), |index| self.rows.get(index))?;
        let below = index.and_then(|index| index.checked_sub(1)).and_then(|below| self.rows.get(below));
        match below {
            Some(below) if row.fte != fte => Some(self.interpolated(below, row, fte)),
            _ => Some(self.as_listed(row)),
        }
    }

    fn as_listed(&self, row: &NormRow) -> Vec<Norm> {
        let norm = |(level, percent): (&LevelRank, &Decimal)| Norm {
            level: *level,
            source: NormSource::Table,
            percent: Step {
                rule: Rule::ListedNorm,
                terms: Terms::of([Exact::from(*percent)]),
                result: Exact::from(*percent),
            },
        };
        self.levels.iter().zip(&row.percents).map(norm).collect()
    }

    fn interpolated(&self, below: &NormRow, above: &NormRow, fte: Decimal) -> Vec<Norm> {
        let [low, high, size] = [below.fte, above.fte, fte].map(Exact::from);
        let norm = |(level, (from, to)): (&LevelRank, (&Decimal, &Decimal))| {
            let (from, to) = (Exact::from(*from), Exact::from(*to));
            let rise = to.minus(&from).times(&size.minus(&low)).over(&high.minus(&low)).unwrap_or_default();
            Norm {
                level: *level,
                source: NormSource::Interpolated,
                percent: Step {
                    rule: Rule::InterpolatedNorm,
                    result: from.plus(&rise).simplified(),
                    terms: Terms::of([from, to, size.clone(), low.clone(), high.clone()]),
                },
            }
        };
        self.levels.iter().zip(below.percents.iter().zip(&above.percents)).map(norm).collect()
    }
}

fn ranks(ladder: &Ladder, codes: &[String], errors: &mut Vec<NormError>) -> Vec<LevelRank> {
    let mut ranks: Vec<LevelRank> = Vec::with_capacity(codes.len());
    for code in codes {
        match ladder.rank_of(code).filter(|rank| *rank != LevelRank::NONE) {
            None => errors.push(NormError::UnknownLevel(code.clone())),
            Some(rank) => {
                if ranks.last().is_some_and(|before| before.0 + 1 != rank.0) {
                    errors.push(NormError::LevelsNotInOrder(code.clone()));
                }
                ranks.push(rank);
            }
        }
    }
    ranks
}

fn check_rows(rows: &[NormRow], levels: usize, errors: &mut Vec<NormError>) {
    let mut before: Option<&NormRow> = None;
    for row in rows {
        let fte = row.fte;
        if row.percents.len() != levels {
            errors.push(NormError::NormCount { fte, given: row.percents.len(), levels });
        }
        let outside = |percent: &&Decimal| **percent <= Decimal::ZERO || **percent > Decimal::ONE_HUNDRED;
        errors.extend(
            row.percents
                .iter()
                .filter(outside)
                .map(|percent| NormError::NotAPercentage { fte, percent: *percent }),
        );
        if row.percents.iter().zip(row.percents.iter().skip(1)).any(|(lower, higher)| higher <= lower) {
            errors.push(NormError::LevelsFall(fte));
        }
        if fte <= before.map_or(Decimal::ZERO, |before| before.fte) {
            errors.push(NormError::SizesFall(fte));
        }
        if before.is_some_and(|before| before.percents.iter().zip(&row.percents).any(|(was, is)| is > was)) {
            errors.push(NormError::NormRises(fte));
        }
        before = Some(row);
    }
}
