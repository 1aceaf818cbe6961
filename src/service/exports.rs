//! Exports of everything that a caller may see, a page at a time.

use std::fs::File;

use rust_decimal::Decimal;

use crate::domain::fulfilment::contract::{Contract, ContractId};
use crate::domain::fulfilment::entry::{Entry, EntryId};
use crate::domain::ids::MunicipalityId;
use crate::domain::page::{PageRequest, Start};
use crate::domain::words::words;
use crate::exchange::number::Number;
use crate::exchange::social_return_case::EntryInput;
use crate::exchange::tables::write::{Cell, WorkbookWriter};
use crate::service::Services;
use crate::service::access::{Operation, authorise, sees_all_contracts};
use crate::service::actor::Actor;
use crate::service::contracts;
use crate::service::error::ServiceError;
use crate::storage;
use crate::storage::connection::AnyConnection;

/// The rows that are read at once.
const AT_ONCE: u16 = 500;

words! {
    /// What is exported (tabel).
    pub enum ExportTable is "table" {
        /// Contracts with what is owed, realised and submitted (opdrachten).
        Contracts = "contracts",
        /// Entries with their state and value (verantwoordingen).
        Entries = "entries",
    }
}

/// Where the next rows of an export begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// After a contract; none for the first.
    Contracts(Option<ContractId>),
    /// After an entry; none for the first.
    Entries(Option<EntryId>),
}

impl ExportTable {
    /// The first rows.
    #[must_use]
    pub const fn beginning(self) -> Place {
        match self {
            Self::Contracts => Place::Contracts(None),
            Self::Entries => Place::Entries(None),
        }
    }

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

/// Some rows of an export.
pub struct Rows {
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
    /// Where the next ones begin; none after the last.
    pub next: Option<Place>,
}

/// The rows of an export from a place on.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn rows(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    place: Place,
) -> Result<Rows, ServiceError> {
    authorise(actor, municipality, Operation::GetExport)?;
    services.db.read(|c| match place {
        Place::Contracts(after) => contract_rows(c, actor, municipality, after),
        Place::Entries(after) => entry_rows(c, actor, municipality, after),
    })
}

/// A whole export as a workbook, in a file without a name.
///
/// # Errors
/// As [`rows`]; [`ServiceError::Refused`] when there are more rows than a sheet holds.
pub fn workbook(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    table: ExportTable,
) -> Result<File, ServiceError> {
    let mut workbook = WorkbookWriter::begin(table.names()).map_err(unwritten)?;
    let mut place = Some(table.beginning());
    while let Some(here) = place {
        let found = rows(services, actor, municipality, here)?;
        for row in &found.rows {
            workbook.add(row).map_err(unwritten)?;
        }
        place = found.next;
    }
    workbook.finish().map_err(unwritten)
}

fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> ServiceError {
    tracing::warn!(%error, "a workbook could not be written");
    ServiceError::refused("workbook-full", "this does not fit in a workbook; ask for it as CSV or JSON")
}

fn request<K>(after: Option<K>) -> PageRequest<K> {
    PageRequest { start: after.map_or(Start::First, Start::After), limit: AT_ONCE }
}

fn contract_rows(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    after: Option<ContractId>,
) -> Result<Rows, ServiceError> {
    let party = match (sees_all_contracts(actor), actor.kvk) {
        (true, _) => None,
        (false, None) => return Ok(Rows { rows: Vec::new(), next: None }),
        (false, kvk) => kvk,
    };
    let page = storage::contracts::list(c, municipality, party, &request(after))?;
    let ids = page.items.iter().map(|contract| contract.id);
    let totals = storage::ledger::totals(c, municipality, ids)?;
    let next = page.items.last().filter(|_| page.has_next).map(|last| Place::Contracts(Some(last.id)));
    let rows = page.items.iter().map(|contract| {
        let own = || totals.iter().filter(|(id, _)| *id == contract.id).map(|(_, total)| total);
        let approved = own().map(|total| total.approved_cents).fold(0, i64::saturating_add);
        let submitted = own().map(|total| total.submitted_cents).fold(0, i64::saturating_add);
        contract_row(contract, approved, submitted)
    });
    Ok(Rows { rows: rows.collect(), next })
}

fn contract_row(contract: &Contract, approved: i64, submitted: i64) -> Vec<Cell> {
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

fn entry_rows(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    after: Option<EntryId>,
) -> Result<Rows, ServiceError> {
    let own = contracts::of_party(c, actor, municipality)?;
    let page = storage::entries::all(c, municipality, own.as_deref(), &request(after))?;
    let next = page.items.last().filter(|_| page.has_next).map(|last| Place::Entries(Some(last.id)));
    let rows = page.items.iter().map(entry_row).collect::<Result<_, _>>()?;
    Ok(Rows { rows, next })
}

fn entry_row(entry: &Entry) -> Result<Vec<Cell>, ServiceError> {
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
