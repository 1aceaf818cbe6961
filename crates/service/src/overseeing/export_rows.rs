//! What stands in the columns of an export.

use chrono::SecondsFormat;
use rust_decimal::Decimal;

use crate::frame::error::ServiceError;
use crate::overseeing::exports::ExportTable;
use trede_formats::tables::write::Cell;
use trede_formats::tables::{Column, ImportTable, Layout, contracts, entries, ledger};
use trede_model::following::contract::Contract;
use trede_model::following::entry::Entry;
use trede_model::following::ledger::LedgerRow;
use trede_rules::explaining::Language;
use trede_wire::number::Number;
use trede_wire::social_return_case::EntryInput;

impl ExportTable {
    /// Its columns. Those of an import are the same there, so that every export can be imported again.
    #[must_use]
    pub fn columns(self) -> Vec<&'static Column> {
        let (layout, first): (&Layout, &[&str]) = match self {
            Self::Contracts => (&contracts::LAYOUT, &["contractId"]),
            Self::Entries => (&entries::LAYOUT, &["entryId", "contractId"]),
            Self::Ledger => return ledger::COLUMNS.iter().collect(),
        };
        let is_first = |column: &&Column| first.contains(&column.name);
        let (ids, computed): (Vec<_>, Vec<_>) = layout.exported.iter().partition(is_first);
        // The key of a person stays here.
        let taken = layout.columns.iter().filter(|column| column.name != "personKey");
        ids.into_iter().chain(taken).chain(computed).collect()
    }

    /// What its sheet is called.
    #[must_use]
    pub const fn sheet_name(self, language: Language) -> &'static str {
        match (self, language) {
            (Self::Contracts, language) => ImportTable::Contracts.sheet_name(language),
            (Self::Entries, language) => ImportTable::Entries.sheet_name(language),
            (Self::Ledger, Language::Dutch) => "Grootboek",
            (Self::Ledger, Language::English) => "Ledger",
        }
    }
}

pub(crate) fn contract_row(contract: &Contract, approved: i64, submitted: i64) -> Vec<Cell> {
    let terms = &contract.terms;
    vec![
        Cell::plain(Some(contract.id)),
        Cell::text(terms.external_reference.as_deref()),
        Cell::text(Some(terms.title.as_str())),
        Cell::plain(Some(terms.contractor)),
        Cell::plain(Some(&terms.consortium)),
        Cell::plain(Some(terms.kind)),
        Cell::plain(Some(&terms.cpv_codes)),
        euros(Some(terms.contract_sum_cents)),
        euros(terms.wage_sum_cents),
        Cell::number(terms.labour_percent),
        Cell::day(terms.published_on),
        Cell::day(terms.assigned_on),
        Cell::day(Some(terms.starts_on)),
        Cell::day(Some(terms.ends_on)),
        Cell::number(terms.offered_percent),
        Cell::plain(Some(&terms.of_contractor.group)),
        Cell::number(terms.of_contractor.employees.map(Decimal::from)),
        Cell::number(terms.of_contractor.target_group_percent),
        Cell::text(terms.coordinator.as_deref()),
        Cell::plain(Some(contract.state)),
        euros(contract.obligation_cents),
        euros(Some(approved)),
        euros(Some(submitted)),
    ]
}

/// A row of the ledger: what a step added, in euros, and less than zero where it took off.
pub(crate) fn ledger_row(row: &LedgerRow) -> Vec<Cell> {
    vec![
        Cell::plain(Some(row.entry)),
        Cell::plain(Some(row.version.0)),
        Cell::plain(Some(row.contract)),
        Cell::text(Some(row.block.as_str())),
        Cell::plain(Some(row.step)),
        euros(Some(row.submitted_cents)),
        euros(Some(row.approved_cents)),
        Cell::plain(Some(row.at.to_rfc3339_opts(SecondsFormat::Micros, true))),
        Cell::text(Some(row.actor.as_str())),
        Cell::text(row.reason.as_deref()),
    ]
}

pub(crate) fn entry_row(entry: &Entry, contract: Option<&str>) -> Result<Vec<Cell>, ServiceError> {
    let content = &entry.content;
    let facts: EntryInput =
        serde_json::from_str(&content.facts).map_err(|error| ServiceError::Internal(error.into()))?;
    let number = |number: Option<Number>| Cell::number(number.map(|number| number.0.normalize()));
    let amount = |amount: Option<Number>| Cell::euros(amount.map(|amount| amount.0.normalize()));
    Ok(vec![
        Cell::plain(Some(entry.id)),
        Cell::plain(Some(entry.contract)),
        Cell::text(contract),
        Cell::text(content.external_reference.as_deref()),
        Cell::plain(Some(content.kind)),
        Cell::text(Some(content.block.as_str())),
        Cell::text(Some(facts.bonuses.join(";")).filter(|codes| !codes.is_empty())),
        Cell::text(content.candidate.as_deref()),
        Cell::day(content.period_from),
        Cell::day(content.period_until),
        Cell::day(facts.placement_started_on),
        number(facts.hours_per_week),
        Cell::day(facts.wage_cost_subsidy_until),
        Cell::number(facts.benefit_months.map(Decimal::from)),
        number(facts.quantity),
        number(facts.full_time_year_hours),
        amount(facts.amount),
        Cell::text(facts.register.as_deref()),
        Cell::text(facts.unit.as_deref()),
        number(facts.hours),
        Cell::day(facts.benefit_ended_on),
        Cell::day(facts.agreed_on),
        number(facts.internship_months),
        amount(facts.invoice_total),
        Cell::text(facts.district.as_deref()),
        Cell::plain(facts.gender),
        Cell::number(facts.months_after.map(Decimal::from)),
        Cell::plain(facts.at_work),
        Cell::plain(content.supplier),
        Cell::text(content.invoice_number.as_deref()),
        Cell::plain(Some(content.contractor)),
        Cell::text(content.other_hours.as_deref()),
        Cell::text(Some(content.description.as_str()).filter(|text| !text.is_empty())),
        Cell::plain(Some(entry.state)),
        euros(Some(entry.value_cents)),
        euros(entry.state.counts().then_some(entry.value_cents)),
    ])
}

fn euros(cents: Option<i64>) -> Cell {
    Cell::euros(cents.map(|cents| Decimal::new(cents, 2)))
}
