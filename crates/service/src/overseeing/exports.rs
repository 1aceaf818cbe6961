//! Exports of everything that a caller may see, a page at a time.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry::Vacant;
use std::fs::File;

use chrono::NaiveDate;

use crate::Services;
use crate::following::contracts;
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::overseeing::export_rows::{contract_row, entry_row, ledger_row};
use crate::overseeing::lists::{ContractSearch, with_risk};
use trede_base::ids::MunicipalityId;
use trede_base::page::{PageRequest, Start};
use trede_base::words;
use trede_formats::tables::Column;
use trede_formats::tables::workbook_writer::{Head, WorkbookWriter};
use trede_formats::tables::write::Cell;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{Entry, EntryId};
use trede_model::following::ledger::LedgerKey;
use trede_model::following::search::{self, ContractOrder, EntryFilter, EntryOrder, SortValue, Sorted};
use trede_rules::explaining::Language;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The rows that are read at once.
const AT_ONCE: u16 = 500;

words! {
    /// What is exported (tabel).
    pub enum ExportTable is "table" {
        /// Contracts with what is owed, realised and submitted (opdrachten).
        Contracts = "contracts",
        /// Entries with their state and value (verantwoordingen).
        Entries = "entries",
        /// Rows of the ledger: what each step added (grootboek).
        Ledger = "ledger",
    }
}

/// Where the next rows of an export begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// After a contract; none for the first.
    Contracts(Option<ContractId>),
    /// After an entry; none for the first.
    Entries(Option<EntryId>),
    /// After a row of the ledger; none for the first.
    Ledger(Option<LedgerKey>),
}

impl ExportTable {
    /// The first rows.
    #[must_use]
    pub const fn beginning(self) -> Place {
        match self {
            Self::Contracts => Place::Contracts(None),
            Self::Entries => Place::Entries(None),
            Self::Ledger => Place::Ledger(None),
        }
    }
}

/// Of which contracts or entries an export tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportSearch {
    /// The contracts that are looked for.
    pub contracts: ContractSearch,
    /// The entries that are looked for.
    pub entries: EntryFilter,
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
    search: &ExportSearch,
    place: Place,
) -> Result<Rows, ServiceError> {
    authorise(actor, municipality, Operation::GetExport)?;
    if place == Place::Entries(None) {
        // The other tables tell nothing of a candidate.
        services.record_read(actor, municipality, Operation::GetExport, "exports/entries".to_owned())?;
    }
    let today = dutch_day(services.now());
    services.db.read(|c| match place {
        Place::Contracts(after) => contract_rows(c, actor, municipality, (&search.contracts, today), after),
        Place::Entries(after) => entry_rows(c, actor, municipality, &search.entries, after),
        Place::Ledger(after) => ledger_rows(c, actor, municipality, after),
    })
}

/// A whole export as a workbook with names in a language, in a file without a name.
///
/// # Errors
/// As [`rows`]; [`ServiceError::Refused`] when there are more rows than a sheet holds.
pub fn workbook(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (table, search): (ExportTable, &ExportSearch),
    language: Language,
) -> Result<File, ServiceError> {
    let head = |column: &Column| Head { name: column.name_in(language), width: column.kind.width() };
    let heads: Vec<Head<'_>> = table.columns().into_iter().map(head).collect();
    let mut workbook = WorkbookWriter::begin(table.sheet_name(language), &heads).map_err(unwritten)?;
    let mut place = Some(table.beginning());
    while let Some(here) = place {
        let found = rows(services, actor, municipality, search, here)?;
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

/// The page after one of them, in the order in which they were made.
fn page_after<K>(after: Option<K>) -> PageRequest<search::Place<K>> {
    let place = |id| search::Place { value: SortValue::Id, id };
    PageRequest { start: after.map_or(Start::First, |id| Start::After(place(id))), limit: AT_ONCE }
}

fn contract_rows(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    (search, today): (&ContractSearch, NaiveDate),
    after: Option<ContractId>,
) -> Result<Rows, ServiceError> {
    let party = match (sees_all_contracts(actor), actor.kvk) {
        (true, _) => None,
        (false, None) => return Ok(Rows { rows: Vec::new(), next: None }),
        (false, kvk) => kvk,
    };
    let filter = with_risk(c, actor, municipality, (search, today))?;
    let asked = (party, &filter, today);
    let order = Sorted { by: ContractOrder::Registered, descending: false };
    let page = store::following::contract_lists::page(c, municipality, asked, order, &page_after(after))?;
    let ids = page.items.iter().map(|contract| contract.id);
    let totals = store::following::ledger::totals(c, municipality, ids)?;
    let next = page.items.last().filter(|_| page.has_next).map(|last| Place::Contracts(Some(last.id)));
    let rows = page.items.iter().map(|contract| {
        let own = || totals.iter().filter(|(id, _)| *id == contract.id).map(|(_, total)| total);
        let approved = own().map(|total| total.approved_cents).fold(0, i64::saturating_add);
        let submitted = own().map(|total| total.submitted_cents).fold(0, i64::saturating_add);
        contract_row(contract, approved, submitted)
    });
    Ok(Rows { rows: rows.collect(), next })
}

fn entry_rows(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    filter: &EntryFilter,
    after: Option<EntryId>,
) -> Result<Rows, ServiceError> {
    let party = match (sees_all_contracts(actor), actor.kvk) {
        (true, _) => None,
        (false, None) => return Ok(Rows { rows: Vec::new(), next: None }),
        (false, kvk) => kvk,
    };
    let order = Sorted { by: EntryOrder::Made, descending: false };
    let page =
        store::following::entry_lists::page(c, municipality, (party, filter), order, &page_after(after))?;
    let next = page.items.last().filter(|_| page.has_next).map(|last| Place::Entries(Some(last.id)));
    let mut references: BTreeMap<ContractId, Option<String>> = BTreeMap::new();
    for entry in &page.items {
        if let Vacant(unknown) = references.entry(entry.contract) {
            let contract = store::following::contracts::find(c, municipality, entry.contract)?;
            unknown.insert(contract.and_then(|found| found.terms.external_reference));
        }
    }
    let reference = |entry: &Entry| references.get(&entry.contract).and_then(Option::as_deref);
    let rows = page.items.iter().map(|entry| entry_row(entry, reference(entry))).collect::<Result<_, _>>()?;
    Ok(Rows { rows, next })
}

fn ledger_rows(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    after: Option<LedgerKey>,
) -> Result<Rows, ServiceError> {
    let own = contracts::of_party(c, actor, municipality)?;
    let mut found = store::following::ledger::all(c, municipality, own.as_deref(), after, AT_ONCE)?;
    let has_next = found.len() > usize::from(AT_ONCE);
    found.truncate(usize::from(AT_ONCE));
    let next = found.last().filter(|_| has_next).map(|last| Place::Ledger(Some((last.entry, last.version))));
    Ok(Rows { rows: found.iter().map(ledger_row).collect(), next })
}
