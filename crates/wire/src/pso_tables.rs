//! Versions of ladders, norms and weights as they cross the border, those that come with Trede included.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;
use crate::pso_file::{
    ContractInput, EmploymentInput, NormRowInput, NormsInput, PositionInput, WeightsInput,
};
use crate::score_file::{LadderInput, LadderLevelInput};
use trede_rules::pso::contribution::{Finding, FindingCode};
use trede_rules::pso::{
    ContractType, CountingPeriod, Employment, Ladder, LadderVersion, Level, NormTable, Position,
    ThirtyPlusStanding, WeightTable,
};

/// A version of the ladder (ladderversie) with its place in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct LadderVersionInput {
    /// Name of the version.
    #[schema(min_length = 1, max_length = 64, example = "pso-2023")]
    pub version: String,
    /// Where it was published, or who decided on it.
    #[schema(min_length = 1, max_length = 500)]
    pub source: String,
    /// The first day on which it is in force; left out for the first ladder there was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_force_from: Option<NaiveDate>,
    /// The levels, lowest first. A level with the mark PSO 30+ has the code of the level below it with
    /// `-30+`. No level at all comes before the first and needs no row.
    #[schema(min_items = 1, max_items = 50)]
    pub levels: Vec<LadderLevelInput>,
}

impl LadderVersionInput {
    /// The version as the domain has it.
    ///
    /// # Errors
    /// When two levels have one code, or there is none.
    pub fn to_version(&self) -> Result<LadderVersion, Finding> {
        let level = |level: &LadderLevelInput| Level {
            code: level.code.clone(),
            name: level.name.clone().unwrap_or_else(|| level.code.clone()),
        };
        let ladder = Ladder::new(&self.version, self.levels.iter().map(level).collect())
            .map_err(|error| Finding::new(FindingCode::InvalidLadder, "/levels", [error.to_string()]))?;
        Ok(LadderVersion { ladder, in_force_from: self.in_force_from, source: self.source.clone() })
    }

    /// The ladder without its place in time.
    #[must_use]
    pub fn ladder(&self) -> LadderInput {
        LadderInput { version: self.version.clone(), levels: self.levels.clone() }
    }
}

impl From<&LadderVersion> for LadderVersionInput {
    fn from(version: &LadderVersion) -> Self {
        Self {
            version: version.ladder.version().to_owned(),
            source: version.source.clone(),
            in_force_from: version.in_force_from,
            levels: levels(&version.ladder),
        }
    }
}

fn levels(ladder: &Ladder) -> Vec<LadderLevelInput> {
    let level = |level: &Level| LadderLevelInput { code: level.code.clone(), name: Some(level.name.clone()) };
    ladder.levels().iter().map(level).collect()
}

impl From<&NormTable> for NormsInput {
    fn from(table: &NormTable) -> Self {
        let codes = table.levels().iter().map(|rank| table.ladder().code_of(*rank).to_owned());
        let row = |fte: Decimal, percents: &[Decimal]| NormRowInput {
            fte: Number(fte),
            percents: percents.iter().copied().map(Number).collect(),
        };
        Self {
            version: table.version().to_owned(),
            source: Some(table.source().to_owned()),
            in_force_from: None,
            ladder_version: Some(table.ladder().version().to_owned()),
            ladder: None,
            levels: codes.collect(),
            rows: table.rows().iter().map(|kept| row(kept.fte, &kept.percents)).collect(),
        }
    }
}

impl From<&WeightTable> for WeightsInput {
    fn from(table: &WeightTable) -> Self {
        Self {
            version: table.version().to_owned(),
            source: Some(table.source().to_owned()),
            based_on: None,
            in_force_from: None,
            positions: table.positions().iter().map(PositionInput::from).collect(),
            contracts: table.contracts().iter().map(ContractInput::from).collect(),
        }
    }
}

impl From<&Position> for PositionInput {
    fn from(position: &Position) -> Self {
        let months = match position.period {
            CountingPeriod::Months(months) | CountingPeriod::MonthsAfterLoss(months) => Some(months),
            CountingPeriod::WhileItLasts | CountingPeriod::Unpublished => None,
        };
        Self {
            code: position.code.clone(),
            name: Some(position.name.clone()),
            weight: position.weight.map(Number),
            counts_for_months: months,
            counts_while_it_lasts: position.period == CountingPeriod::WhileItLasts,
            counts_for_thirty_plus: match position.thirty_plus {
                ThirtyPlusStanding::Counts => Some(true),
                ThirtyPlusStanding::Excluded => Some(false),
                ThirtyPlusStanding::Unknown => None,
            },
        }
    }
}

impl From<&ContractType> for ContractInput {
    fn from(contract: &ContractType) -> Self {
        Self {
            code: contract.code.clone(),
            name: Some(contract.name.clone()),
            weight: contract.weight.map(Number),
            employment: Some(match contract.employment {
                Employment::OwnPayroll => EmploymentInput::OwnPayroll,
                Employment::Secondment => EmploymentInput::Secondment,
                Employment::Other => EmploymentInput::Other,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trede_rules::pso::{PUBLISHED_NORMS, PUBLISHED_WEIGHTS};

    #[test]
    fn what_comes_with_trede_reads_back_as_it_was_written() {
        for version in LadderVersion::published() {
            assert_eq!(LadderVersionInput::from(&version).to_version(), Ok(version));
        }
        let norms = NormTable::published(PUBLISHED_NORMS).unwrap();
        assert_eq!(NormsInput::from(&norms).table(), Ok(norms));
    }

    #[test]
    fn a_weight_table_of_its_own_measures_as_the_one_it_copies() {
        for version in PUBLISHED_WEIGHTS {
            let published = WeightTable::published(version).unwrap();
            let own = WeightsInput { version: "own".to_owned(), ..WeightsInput::from(&published) };
            let own = own.table().unwrap();
            assert_eq!(own.version(), "own");
            for (copied, position) in own.positions().iter().zip(published.positions()) {
                assert_eq!((&copied.code, copied.weight), (&position.code, position.weight));
            }
            assert_eq!(own.contracts().len(), published.contracts().len());
        }
    }
}
