//! Contracts and entries: `a_contract(100_000)`, `an_entry("participatiewet").hours(24)`.

use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_rules::social_return::{
    ContractFacts, EntryFacts, EntryValue, LevelHeld, SocialReturnFindingCode, obligation, value_of,
};

use super::policy::{Written, places};
use super::{Number, day, period, x};

/// The facts of a contract for services of this sum.
pub fn a_contract(sum: impl Number) -> ContractFacts {
    ContractFacts {
        kind: ContractKind::Services,
        contract_sum: x(sum),
        wage_sum: None,
        labour_share: None,
        term_months: None,
        offered: None,
        pso_levels: Vec::new(),
        labels: Vec::new(),
        authority: None,
        employees: None,
        target_group_share: None,
        term: None,
        exemption: None,
        deviation: None,
    }
}

/// A level that is held during a period, or the whole term.
pub fn held(level: &str, during: Option<Period>) -> LevelHeld {
    LevelHeld { level: level.to_owned(), during }
}

/// What is owed, in cents.
pub fn owed(policy: &Written, contract: &ContractFacts) -> i64 {
    obligation(&policy.0, contract).unwrap_or_else(|found| panic!("{found:?}")).cents
}

/// Why what is owed cannot be told.
pub fn not_owed(policy: &Written, contract: &ContractFacts) -> Vec<(SocialReturnFindingCode, String)> {
    places(obligation(&policy.0, contract).unwrap_err())
}

/// An entry that is being written.
#[derive(Clone)]
pub struct Entry(pub EntryFacts);

/// An entry on a block.
pub fn an_entry(block: &str) -> Entry {
    Entry(EntryFacts { block: block.to_owned(), ..EntryFacts::default() })
}

/// A full-time entry of 36 hours over a period.
pub fn full_time(block: &str, from: &str, until: &str) -> Entry {
    an_entry(block).hours(36).over(from, until)
}

impl Entry {
    pub fn hours(self, hours: impl Number) -> Self {
        self.with(|facts| facts.hours_per_week = Some(x(hours)))
    }

    pub fn over(self, from: &str, until: &str) -> Self {
        self.with(|facts| facts.period = Some(period(from, until)))
    }

    pub fn placed(self, on: &str) -> Self {
        self.with(|facts| facts.placement_started_on = Some(day(on)))
    }

    pub fn contract_from(self, on: &str) -> Self {
        self.with(|facts| facts.contract_started_on = Some(day(on)))
    }

    pub fn quantity(self, quantity: impl Number) -> Self {
        self.with(|facts| facts.quantity = Some(x(quantity)))
    }

    pub fn spent(self, euros: impl Number) -> Self {
        self.with(|facts| facts.euros = Some(x(euros)))
    }

    pub fn bonuses(self, codes: &[&str]) -> Self {
        self.with(|facts| facts.bonuses = codes.iter().map(|code| (*code).to_owned()).collect())
    }

    pub fn with(mut self, change: impl FnOnce(&mut EntryFacts)) -> Self {
        change(&mut self.0);
        self
    }

    pub fn valued(&self, policy: &Written) -> EntryValue {
        value_of(&policy.0, &self.0).unwrap_or_else(|found| panic!("{found:?}"))
    }

    /// What it counts for, in cents.
    pub fn cents(&self, policy: &Written) -> i64 {
        self.valued(policy).cents
    }

    /// What it counts for before rounding, in euros.
    pub fn exact(&self, policy: &Written) -> Exact {
        self.valued(policy).exact
    }

    /// What is told beside the value.
    pub fn notes(&self, policy: &Written) -> Vec<SocialReturnFindingCode> {
        self.valued(policy).notes.into_iter().map(|note| note.code).collect()
    }

    /// Why it cannot be valued.
    pub fn errors(&self, policy: &Written) -> Vec<(SocialReturnFindingCode, String)> {
        places(value_of(&policy.0, &self.0).unwrap_err())
    }
}
