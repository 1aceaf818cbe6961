//! From norms and weights on the wire to the domain's.

use super::{ContractInput, EmploymentInput, NormsInput, PositionInput, WeightsInput};
use crate::score_file::LadderLevelInput;
use trede_rules::pso::contribution::{Finding, FindingCode, is_identifier};
use trede_rules::pso::{
    ContractChange, CountingPeriod, Employment, Ladder, Level, NormRow, NormTable, PUBLISHED_NORMS,
    PUBLISHED_WEIGHTS, PositionChange, WeightTable,
};

/// The longest counting period that is given, in months.
const MAX_PERIOD: u32 = 600;

/// What a list of norms or weights holds at most.
const MAX_ROWS: usize = 1_000;
const MAX_LEVELS: usize = 50;
const MAX_CODES: usize = 100;

/// The table of norms; none with what is wrong added to `found`.
pub(super) fn norms(input: Option<&NormsInput>, found: &mut Vec<Finding>) -> Option<NormTable> {
    let Some(input) = input else { return NormTable::published(PUBLISHED_NORMS) };
    if input.levels.is_empty() && input.rows.is_empty() {
        let table = NormTable::published(&input.version);
        if table.is_none() {
            let details = [shortened(&input.version), PUBLISHED_NORMS.to_owned()];
            found.push(Finding::new(FindingCode::UnknownNorms, "/norms/version", details));
        }
        return table;
    }
    let own_levels = input.ladder.as_ref().map_or(0, |ladder| ladder.levels.len());
    let short = within("/norms/rows", input.rows.len(), MAX_ROWS, found)
        & within("/norms/levels", input.levels.len(), MAX_LEVELS, found)
        & within("/norms/ladder/levels", own_levels, MAX_LEVELS, found);
    if !short {
        return None;
    }
    let ladder = ladder(input, found);
    let Some(source) = input.source.as_deref().filter(|source| !source.trim().is_empty()) else {
        found.push(Finding::new(FindingCode::NormsSourceMissing, "/norms/source", []));
        return None;
    };
    let rows = input.rows.iter().map(|row| NormRow {
        fte: row.fte.0,
        percents: row.percents.iter().map(|percent| percent.0).collect(),
    });
    match NormTable::new(&input.version, source, ladder?, &input.levels, rows.collect()) {
        Ok(table) => Some(table),
        Err(errors) => {
            let told = |error: trede_rules::pso::NormError| {
                Finding::new(FindingCode::InvalidNorms, "/norms", [error.to_string()])
            };
            found.extend(errors.into_iter().map(told));
            None
        }
    }
}

fn ladder(input: &NormsInput, found: &mut Vec<Finding>) -> Option<Ladder> {
    let Some(own) = &input.ladder else {
        let version = input.ladder_version.as_deref().unwrap_or_default();
        let ladder = Ladder::published(version);
        if ladder.is_none() {
            let details = [shortened(version)];
            found.push(Finding::new(FindingCode::UnknownLadder, "/norms/ladderVersion", details));
        }
        return ladder;
    };
    let level = |level: &LadderLevelInput| Level {
        code: level.code.clone(),
        name: level.name.clone().unwrap_or_else(|| level.code.clone()),
    };
    match Ladder::new(&own.version, own.levels.iter().map(level).collect()) {
        Ok(ladder) => Some(ladder),
        Err(error) => {
            found.push(Finding::new(FindingCode::InvalidLadder, "/norms/ladder", [error.to_string()]));
            None
        }
    }
}

/// The table of weights; none with what is wrong added to `found`.
pub(super) fn weights(input: Option<&WeightsInput>, found: &mut Vec<Finding>) -> Option<WeightTable> {
    let [.., newest] = PUBLISHED_WEIGHTS;
    let Some(input) = input else { return WeightTable::published(newest) };
    let table = base_of_weights(input, found)?;
    let short = within("/weights/positions", input.positions.len(), MAX_CODES, found)
        & within("/weights/contracts", input.contracts.len(), MAX_CODES, found);
    if !short {
        return None;
    }
    let before = found.len();
    let mut positions = Vec::with_capacity(input.positions.len());
    for (index, position) in input.positions.iter().enumerate() {
        check_position(&format!("/weights/positions/{index}"), position, found);
        positions.push(position_change(position));
    }
    for (index, contract) in input.contracts.iter().enumerate() {
        check_code(&format!("/weights/contracts/{index}"), &contract.code, found);
    }
    let contracts: Vec<ContractChange> = input.contracts.iter().map(contract_change).collect();
    match table.with(&positions, &contracts) {
        Ok(table) => (found.len() == before).then_some(table),
        Err(errors) => {
            let told = |error: trede_rules::pso::WeightError| {
                Finding::new(FindingCode::InvalidWeights, "/weights", [error.to_string()])
            };
            found.extend(errors.into_iter().map(told));
            None
        }
    }
}

/// What the weights that are given come on top of.
fn base_of_weights(input: &WeightsInput, found: &mut Vec<Finding>) -> Option<WeightTable> {
    let (name, place) = match (&input.source, &input.based_on) {
        (Some(source), None) => return Some(WeightTable::empty(&input.version, source)),
        (None, None) => (&input.version, "/weights/version"),
        (_, Some(base)) => (base, "/weights/basedOn"),
    };
    let Some(table) = WeightTable::published(name) else {
        let details = [shortened(name), PUBLISHED_WEIGHTS.join(", ")];
        found.push(Finding::new(FindingCode::UnknownWeights, place, details));
        return None;
    };
    match (&input.source, &input.based_on) {
        (Some(source), _) => Some(table.renamed(&input.version, source)),
        (None, Some(_)) => {
            found.push(Finding::new(FindingCode::WeightsSourceMissing, "/weights/source", []));
            None
        }
        (None, None) => Some(table),
    }
}

impl NormsInput {
    /// The table, checked: sizes rise, within a row the norms rise with the level, and from row to row they
    /// fall or stay.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place in the table.
    pub fn table(&self) -> Result<NormTable, Vec<Finding>> {
        alone("/norms", |found| norms(Some(self), found))
    }
}

impl WeightsInput {
    /// The table, checked: each code once, with a weight from 0 to 1.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with its place in the table.
    pub fn table(&self) -> Result<WeightTable, Vec<Finding>> {
        alone("/weights", |found| weights(Some(self), found))
    }
}

/// A table that stands by itself and not in a file.
fn alone<T>(part: &str, read: impl FnOnce(&mut Vec<Finding>) -> Option<T>) -> Result<T, Vec<Finding>> {
    let mut found = Vec::new();
    read(&mut found).ok_or_else(|| {
        for finding in &mut found {
            finding.place = finding.place.strip_prefix(part).unwrap_or(&finding.place).to_owned();
        }
        std::mem::take(&mut found)
    })
}

fn within(place: &str, length: usize, most: usize, found: &mut Vec<Finding>) -> bool {
    if length > most {
        let details = [length.to_string(), most.to_string()];
        found.push(Finding::new(FindingCode::TooMany, place, details));
    }
    length <= most
}

fn check_code(place: &str, code: &str, found: &mut Vec<Finding>) {
    if !is_identifier(code) {
        found.push(Finding::new(FindingCode::InvalidId, format!("{place}/code"), []));
    }
}

fn check_position(place: &str, input: &PositionInput, found: &mut Vec<Finding>) {
    check_code(place, &input.code, found);
    if input.counts_for_months.is_some_and(|months| months == 0 || months > MAX_PERIOD) {
        let details = ["1".to_owned(), MAX_PERIOD.to_string()];
        found.push(Finding::new(FindingCode::OutOfRange, format!("{place}/countsForMonths"), details));
    }
    if input.counts_for_months.is_some() && input.counts_while_it_lasts {
        found.push(Finding::new(FindingCode::TwoPeriods, place, []));
    }
}

fn position_change(input: &PositionInput) -> PositionChange {
    let lasting = input.counts_while_it_lasts.then_some(CountingPeriod::WhileItLasts);
    PositionChange {
        code: input.code.clone(),
        name: input.name.clone(),
        weight: input.weight.map(|number| number.0),
        period: input.counts_for_months.map(CountingPeriod::Months).or(lasting),
        thirty_plus: input.counts_for_thirty_plus,
    }
}

fn contract_change(input: &ContractInput) -> ContractChange {
    ContractChange {
        code: input.code.clone(),
        name: input.name.clone(),
        weight: input.weight.map(|number| number.0),
        employment: input.employment.map(|employment| match employment {
            EmploymentInput::OwnPayroll => Employment::OwnPayroll,
            EmploymentInput::Secondment => Employment::Secondment,
            EmploymentInput::Other => Employment::Other,
        }),
    }
}

fn shortened(text: &str) -> String {
    text.chars().take(64).collect()
}
