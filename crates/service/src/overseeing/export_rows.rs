//! What stands in the columns of an export.

use chrono::SecondsFormat;
use rust_decimal::Decimal;

use crate::frame::error::ServiceError;
use crate::overseeing::exports::ExportTable;
use trede_formats::tables::write::Cell;
use trede_model::following::contract::Contract;
use trede_model::following::entry::Entry;
use trede_model::following::ledger::LedgerRow;
use trede_wire::number::Number;
use trede_wire::social_return_case::EntryInput;

impl ExportTable {
    /// The names of its columns. Those of an import bear the same names there.
    #[must_use]
    pub const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Contracts => &[
                "contractId",
                "externalReference",
                "title",
                "contractorKvkNumber",
                "consortiumKvkNumbers",
                "kind",
                "cpvCodes",
                "contractSum",
                "wageSum",
                "labourPercent",
                "publishedOn",
                "assignedOn",
                "startsOn",
                "endsOn",
                "offeredPercent",
                "coordinator",
                "state",
                "owed",
                "approved",
                "submitted",
            ],
            Self::Ledger => &[
                "entryId",
                "entryVersion",
                "contractId",
                "block",
                "step",
                "submitted",
                "approved",
                "recordedAt",
                "recordedBy",
                "reason",
            ],
            Self::Entries => &[
                "entryId",
                "contractId",
                "externalReference",
                "kind",
                "block",
                "bonuses",
                "candidateReference",
                "periodFrom",
                "periodUntil",
                "placementStartedOn",
                "hoursPerWeek",
                "wageCostSubsidyUntil",
                "benefitMonths",
                "quantity",
                "fullTimeYearHours",
                "amount",
                "register",
                "supplierKvkNumber",
                "invoiceNumber",
                "contractorKvkNumber",
                "otherHours",
                "description",
                "state",
                "value",
                "approved",
            ],
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
        Cell::plain(terms.published_on),
        Cell::plain(terms.assigned_on),
        Cell::plain(Some(terms.starts_on)),
        Cell::plain(Some(terms.ends_on)),
        Cell::number(terms.offered_percent),
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

pub(crate) fn entry_row(entry: &Entry) -> Result<Vec<Cell>, ServiceError> {
    let content = &entry.content;
    let facts: EntryInput =
        serde_json::from_str(&content.facts).map_err(|error| ServiceError::Internal(error.into()))?;
    let number = |number: Option<Number>| Cell::number(number.map(|number| number.0.normalize()));
    Ok(vec![
        Cell::plain(Some(entry.id)),
        Cell::plain(Some(entry.contract)),
        Cell::text(content.external_reference.as_deref()),
        Cell::plain(Some(content.kind)),
        Cell::text(Some(content.block.as_str())),
        Cell::text(Some(facts.bonuses.join(";")).filter(|codes| !codes.is_empty())),
        Cell::text(content.candidate.as_deref()),
        Cell::plain(content.period_from),
        Cell::plain(content.period_until),
        Cell::plain(facts.placement_started_on),
        number(facts.hours_per_week),
        Cell::plain(facts.wage_cost_subsidy_until),
        Cell::plain(facts.benefit_months),
        number(facts.quantity),
        number(facts.full_time_year_hours),
        number(facts.amount),
        Cell::text(facts.register.as_deref()),
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
    Cell::number(cents.map(|cents| Decimal::new(cents, 2)))
}
