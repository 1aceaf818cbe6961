//! The annual report of a municipality: what was realised in a year against what was owed for it.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::{first_moment, months};
use crate::frame::error::ServiceError;
use crate::overseeing::monitoring::{MonthPoint, points};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::period::Period;
use trede_model::following::contract::ContractId;
use trede_model::following::progress::share_in;
use trede_store as store;
use trede_store::overseeing::monitoring::{ContractHead, Movement};

/// What was realised, and what was owed, in one part of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What was owed for the year, in cents.
    pub owed_cents: i64,
    /// What the ledger added to what counts in the year, in cents.
    pub realised_cents: i64,
}

/// What was realised in a year against what was owed for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnualReport {
    /// The year.
    pub year: i32,
    /// All of it.
    pub total: Tally,
    /// How many contracts ran in the year.
    pub contracts: usize,
    /// By building block of placements and internships, which names the group: realised, and how many people.
    pub groups: BTreeMap<String, (i64, i64)>,
    /// By building block, realised.
    pub blocks: BTreeMap<String, i64>,
    /// By sector: the division of the main CPV code; empty where none is known.
    pub sectors: BTreeMap<String, Tally>,
    /// By contractor.
    pub contractors: BTreeMap<KvkNumber, Tally>,
    /// By month, realised.
    pub months: Vec<MonthPoint>,
}

/// The annual report.
///
/// # Errors
/// [`ServiceError::NotFound`] for a year outside the calendar.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    year: i32,
) -> Result<AnnualReport, ServiceError> {
    authorise(actor, municipality, Operation::GetAnnualReport)?;
    let day =
        |month, day| NaiveDate::from_ymd_opt(year, month, day).filter(|_| (1900..=2200).contains(&year));
    let (Some(from), Some(until)) = (day(1, 1), day(12, 31)) else {
        return Err(ServiceError::NotFound { what: "year" });
    };
    let months = months(from, until);
    let bounds: Vec<_> = months.iter().copied().map(first_moment).collect();
    let (Some(first), Some(last)) = (bounds.first(), bounds.last()) else {
        return Err(ServiceError::NotFound { what: "year" });
    };
    let (heads, movements, people) = services.db.read(|c| {
        Ok::<_, ServiceError>((
            store::overseeing::monitoring::contract_heads(c, municipality)?,
            store::overseeing::monitoring::movements(c, municipality, None, &bounds)?,
            store::overseeing::monitoring::people(c, municipality, *first, *last)?,
        ))
    })?;
    let mut report = AnnualReport {
        year,
        total: Tally::default(),
        contracts: 0,
        groups: people.into_iter().map(|(block, people)| (block, (0, people))).collect(),
        blocks: BTreeMap::new(),
        sectors: BTreeMap::new(),
        contractors: BTreeMap::new(),
        months: points(&months, movements.iter().map(|movement| (movement.part, movement.approved_cents))),
    };
    let heads: BTreeMap<ContractId, ContractHead> = heads.into_iter().map(|head| (head.id, head)).collect();
    for head in heads.values() {
        report.owe(head, Period { from, until });
    }
    for movement in &movements {
        report.realise(heads.get(&movement.contract), movement);
    }
    Ok(report)
}

impl AnnualReport {
    fn owe(&mut self, head: &ContractHead, year: Period) {
        if head.term.until < year.from || year.until < head.term.from {
            return;
        }
        self.contracts += 1;
        let owed = share_in(head.owed_cents.unwrap_or_default(), head.term, year);
        self.each_tally(head, |tally| tally.owed_cents = tally.owed_cents.saturating_add(owed));
    }

    fn realise(&mut self, head: Option<&ContractHead>, movement: &Movement) {
        let cents = movement.approved_cents;
        if cents == 0 {
            return;
        }
        let block = self.blocks.entry(movement.block.clone()).or_default();
        *block = block.saturating_add(cents);
        if movement.kind.has_candidate() {
            let (realised, _) = self.groups.entry(movement.block.clone()).or_default();
            *realised = realised.saturating_add(cents);
        }
        if let Some(head) = head {
            self.each_tally(head, |tally| tally.realised_cents = tally.realised_cents.saturating_add(cents));
        }
    }

    fn each_tally(&mut self, head: &ContractHead, add: impl Fn(&mut Tally)) {
        add(&mut self.total);
        add(self.sectors.entry(sector(head)).or_default());
        add(self.contractors.entry(head.contractor).or_default());
    }
}

/// The division of the main CPV code: its first two digits.
fn sector(head: &ContractHead) -> String {
    head.cpv_codes.0.first().map(|code| code.to_string().chars().take(2).collect()).unwrap_or_default()
}
