//! Weights of the direct contribution by position at inflow and contract type, and how long each counts.

use rust_decimal::Decimal;

/// How long somebody counts from a position (meetelduur).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CountingPeriod {
    /// This many months from the month of inflow.
    Months(u32),
    /// This many months from the month in which the status was lost; the time before it counts too.
    MonthsAfterLoss(u32),
    /// As long as the indication, the wage-cost subsidy or the placement lasts.
    WhileItLasts,
    /// There is a period or none: it was not published.
    Unpublished,
}

/// Whether somebody in a position counts for PSO 30+.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThirtyPlusStanding {
    /// Counts.
    Counts,
    /// Does not: BBL/BOL 1 and 2, VSO and PrO on a placement.
    Excluded,
    /// Not published.
    Unknown,
}

/// Who employs somebody, which decides for PSO 30+.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Employment {
    /// The organisation itself (eigen loonlijst).
    OwnPayroll,
    /// Another, that seconds to the organisation: since April 2019 long-lasting secondment may count.
    Secondment,
    /// Neither.
    Other,
}

/// A position at inflow (positie bij instroom).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Position {
    /// Code, such as `participatiewet`.
    pub code: String,
    /// Dutch name.
    pub name: String,
    /// Weight from 0 to 1; none when it was not published.
    pub weight: Option<Decimal>,
    /// How long it counts.
    pub period: CountingPeriod,
    /// Whether it counts for PSO 30+.
    pub thirty_plus: ThirtyPlusStanding,
    /// Whether somebody gave it, instead of PSO-Nederland publishing it.
    pub given: bool,
}

/// A contract type (contractvorm).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractType {
    /// Code, such as `secondment`.
    pub code: String,
    /// Dutch name.
    pub name: String,
    /// Weight from 0 to 1; none when it was not published.
    pub weight: Option<Decimal>,
    /// Who employs.
    pub employment: Employment,
    /// Whether somebody gave it, instead of PSO-Nederland publishing it.
    pub given: bool,
}

/// What a table gives for a position besides, or instead of, what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PositionChange {
    /// Code: of a position of the table, or a new one.
    pub code: String,
    /// Dutch name.
    pub name: Option<String>,
    /// Weight from 0 to 1.
    pub weight: Option<Decimal>,
    /// How long it counts.
    pub period: Option<CountingPeriod>,
    /// Whether it counts for PSO 30+.
    pub thirty_plus: Option<bool>,
}

/// What a table gives for a contract type besides, or instead of, what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContractChange {
    /// Code: of a contract type of the table, or a new one.
    pub code: String,
    /// Dutch name.
    pub name: Option<String>,
    /// Weight from 0 to 1.
    pub weight: Option<Decimal>,
    /// Who employs.
    pub employment: Option<Employment>,
}

/// A version of the weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeightTable {
    version: String,
    source: String,
    positions: Vec<Position>,
    contracts: Vec<ContractType>,
}

/// What is wrong in what is given for a table of weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeightError {
    /// A code that is given twice.
    #[error("`{0}` is given twice")]
    Twice(String),
    /// A weight below 0 or above 1.
    #[error("the weight of `{0}` must lie from 0 to 1")]
    NoWeight(String),
}

impl WeightTable {
    pub(super) fn of(
        version: impl Into<String>,
        source: impl Into<String>,
        positions: Vec<Position>,
        contracts: Vec<ContractType>,
    ) -> Self {
        WeightTable { version: version.into(), source: source.into(), positions, contracts }
    }

    /// A table of one's own without a base.
    #[must_use]
    pub fn empty(version: &str, source: &str) -> Self {
        Self::of(version, source, Vec::new(), Vec::new())
    }

    /// The same table as the base of one of one's own.
    #[must_use]
    pub fn renamed(self, version: &str, source: &str) -> Self {
        Self { version: version.to_owned(), source: source.to_owned(), ..self }
    }

    /// The name of the version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Where the weights were published.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The positions at inflow.
    #[must_use]
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// The contract types.
    #[must_use]
    pub fn contracts(&self) -> &[ContractType] {
        &self.contracts
    }

    /// The position with this code.
    #[must_use]
    pub fn position(&self, code: &str) -> Option<&Position> {
        self.positions.iter().find(|position| position.code == code)
    }

    /// The contract type with this code.
    #[must_use]
    pub fn contract(&self, code: &str) -> Option<&ContractType> {
        self.contracts.iter().find(|contract| contract.code == code)
    }

    /// The table with what somebody gives besides, or instead of, what was published.
    ///
    /// # Errors
    /// Everything that is wrong in what is given.
    pub fn with(
        mut self,
        positions: &[PositionChange],
        contracts: &[ContractChange],
    ) -> Result<Self, Vec<WeightError>> {
        let mut errors = check(positions.iter().map(|change| (change.code.as_str(), change.weight)));
        errors.extend(check(contracts.iter().map(|change| (change.code.as_str(), change.weight))));
        if !errors.is_empty() {
            return Err(errors);
        }
        for change in positions {
            match self.positions.iter_mut().find(|position| position.code == change.code) {
                Some(position) => change.apply(position),
                None => self.positions.push(change.position()),
            }
        }
        for change in contracts {
            match self.contracts.iter_mut().find(|contract| contract.code == change.code) {
                Some(contract) => change.apply(contract),
                None => self.contracts.push(change.contract()),
            }
        }
        Ok(self)
    }
}

fn check<'a>(given: impl Iterator<Item = (&'a str, Option<Decimal>)> + Clone) -> Vec<WeightError> {
    let mut errors = Vec::new();
    for (index, (code, weight)) in given.clone().enumerate() {
        if given.clone().take(index).any(|(earlier, _)| earlier == code) {
            errors.push(WeightError::Twice(code.to_owned()));
        }
        if weight.is_some_and(|weight| weight < Decimal::ZERO || weight > Decimal::ONE) {
            errors.push(WeightError::NoWeight(code.to_owned()));
        }
    }
    errors
}

impl PositionChange {
    fn apply(&self, position: &mut Position) {
        position.name = self.name.clone().unwrap_or_else(|| position.name.clone());
        position.weight = self.weight.or(position.weight);
        position.period = match (position.period, self.period) {
            (CountingPeriod::MonthsAfterLoss(_), Some(CountingPeriod::Months(months))) => {
                CountingPeriod::MonthsAfterLoss(months)
            }
            (published, given) => given.unwrap_or(published),
        };
        position.thirty_plus = self.thirty_plus.map_or(position.thirty_plus, standing);
        position.given = true;
    }

    fn position(&self) -> Position {
        Position {
            code: self.code.clone(),
            name: self.name.clone().unwrap_or_else(|| self.code.clone()),
            weight: self.weight,
            period: self.period.unwrap_or(CountingPeriod::Unpublished),
            thirty_plus: self.thirty_plus.map_or(ThirtyPlusStanding::Unknown, standing),
            given: true,
        }
    }
}

fn standing(counts: bool) -> ThirtyPlusStanding {
    if counts { ThirtyPlusStanding::Counts } else { ThirtyPlusStanding::Excluded }
}

impl ContractChange {
    fn apply(&self, contract: &mut ContractType) {
        contract.name = self.name.clone().unwrap_or_else(|| contract.name.clone());
        contract.weight = self.weight.or(contract.weight);
        contract.employment = self.employment.unwrap_or(contract.employment);
        contract.given = true;
    }

    fn contract(&self) -> ContractType {
        ContractType {
            code: self.code.clone(),
            name: self.name.clone().unwrap_or_else(|| self.code.clone()),
            weight: self.weight,
            employment: self.employment.unwrap_or(Employment::Other),
            given: true,
        }
    }
}
