//! Imports of contracts that were not tendered here.
//!
//! A row about a contract that is there already changes it where the table says something else, as a change of the
//! kind `correction` does; what such a change cannot change is told.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use chrono::NaiveDate;
use serde_json::json;

use crate::Services;
use crate::following::contract_changes::{NewChange, make};
use crate::following::contracts::{NewContract, Registration};
use crate::following::import_rollbacks::brought_now;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::imports::{ImportManner, ImportReport, Table, Taken, run, tell};
use trede_base::ids::MunicipalityId;
use trede_formats::contract_terms::ContractTermsInput;
use trede_formats::tables::contracts::{self as columns, ContractRow};
use trede_formats::tables::row::Cells;
use trede_formats::tables::telling::{Now, RowTeller, Said};
use trede_formats::tables::{CellError, Fault, Layout};
use trede_model::following::change::ChangeKind;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::table_import::{TableImport, TableImportId, TableImportKind};
use trede_model::telling::event::{Event, EventKind};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Why a contract changed that a table says something else of.
const REASON: &str = "Ingelezen tabel";

/// Imports a table of contracts.
///
/// # Errors
/// [`ServiceError::Invalid`] when the file is no such table; what is wrong with single rows is told in the
/// report.
pub fn import(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    source: impl Read + Seek,
    how: ImportManner,
) -> Result<ImportReport, ServiceError> {
    admit(actor, municipality)?;
    services.db.read(|c| {
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })
    })?;
    let may_change = authorise(actor, municipality, Operation::ChangeContract).is_ok();
    let import = brought_now(services, TableImportKind::Contracts);
    let table = ContractTable { services, actor, municipality, import, may_change, seen: BTreeMap::new() };
    run(table, source, how)
}

/// Whether the caller may import contracts, asked before any of the table is read.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn admit(actor: &Actor, municipality: MunicipalityId) -> Result<(), ServiceError> {
    authorise(actor, municipality, Operation::ImportContracts)
}

struct ContractTable<'a> {
    services: &'a Services,
    actor: &'a Actor,
    municipality: MunicipalityId,
    import: TableImport,
    may_change: bool,
    /// In which row each contract stood first, in every batch: a dry run stores nothing to find it by.
    seen: BTreeMap<String, u32>,
}

/// A row that is right by itself: what it says, and the contract that would be registered.
struct Item {
    row: ContractRow,
    registration: Registration,
    /// What the table says of what is computed here.
    computed: Vec<Said>,
    teller: RowTeller,
}

impl Table for ContractTable<'_> {
    type Item = Item;

    const LAYOUT: &'static Layout = &columns::LAYOUT;

    fn import(&self) -> TableImportId {
        self.import.id
    }

    fn read(&mut self, cells: &mut Cells<'_>) -> Result<Option<Item>, ServiceError> {
        let Some(row) = columns::read(cells) else { return Ok(None) };
        let key = row.terms.external_reference.clone().or_else(|| row.id.map(|id| id.to_string()));
        let number = cells.row_number();
        let first = *self.seen.entry(key.unwrap_or_default()).or_insert(number);
        if first != number {
            cells.tell_fault("externalReference", Fault::ReferenceTwice, &[first.to_string()]);
            return Ok(None);
        }
        let new = NewContract { terms: row.terms.clone(), award: None, policy: None };
        let id: ContractId = new_id();
        let object = format!("contracts/{id}");
        let act = self.services.act(self.actor, self.municipality, Operation::ImportContracts, object);
        let prepared = self
            .services
            .db
            .read(|c| Registration::prepare(c, self.municipality, (id, new_id()), &act, &new));
        match prepared {
            Ok(registration) => {
                let computed = cells.computed(columns::LAYOUT.exported);
                Ok(Some(Item { row, registration, computed, teller: cells.teller() }))
            }
            Err(error) => {
                tell(cells, columns::LAYOUT.columns, "/terms", error)?;
                Ok(None)
            }
        }
    }

    fn take(&mut self, batch: &[(u32, Item)], dry_run: bool) -> Result<Taken, ServiceError> {
        let (services, municipality) = (self.services, self.municipality);
        let today = dutch_day(services.now());
        let sorted =
            |c: &mut AnyConnection| sorted_out(c, municipality, batch, self.may_change.then_some(today));
        if dry_run {
            return services.db.read(|c| Ok::<_, ServiceError>(sorted(c)?.taken));
        }
        let object = format!("contract-imports/{}", self.import.id);
        let act = services.act(self.actor, municipality, Operation::ImportContracts, object.clone());
        services.db.write(&act, |c| {
            let Sorted { taken, new, changed } = sorted(c)?;
            for registration in &new {
                registration.store(c)?;
            }
            for (known, change) in changed {
                make(c, &act, known, new_id(), &change)?;
            }
            if !new.is_empty() {
                let brought: Vec<ContractId> = new.iter().map(|item| item.contract.id).collect();
                store::following::table_imports::add(c, municipality, &self.import, &brought)?;
                let data = json!({"contracts": new.len()}).to_string();
                let event = Event::of(&act, EventKind::ContractsImported, object.clone(), data);
                store::telling::events::append(c, &event)?;
            }
            Ok::<_, ServiceError>(taken)
        })
    }
}

/// What became of each row of a batch.
#[derive(Default)]
struct Sorted<'a> {
    taken: Taken,
    /// The contracts that are new.
    new: Vec<&'a Registration>,
    /// Those that are there and change.
    changed: Vec<(Contract, NewChange)>,
}

impl Sorted<'_> {
    fn refuse(&mut self, row: u32, item: &Item, column: &str, (fault, details): (Fault, &[String])) {
        self.taken.refused.insert(row, item.teller.error(column, fault, details));
    }
}

/// Sorts the rows of a batch out; `today` is none where the caller may change no contract.
fn sorted_out<'a>(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    batch: &'a [(u32, Item)],
    today: Option<NaiveDate>,
) -> Result<Sorted<'a>, ServiceError> {
    let references: Vec<&str> = batch.iter().filter_map(|(_, item)| item.reference()).collect();
    let there: BTreeMap<String, Contract> =
        store::following::contracts::with_references(c, municipality, &references)?
            .into_iter()
            .map(|contract| (contract.terms.external_reference.clone().unwrap_or_default(), contract))
            .collect();
    let mut sorted = Sorted::default();
    for (number, item) in batch {
        let by_reference = item.reference().and_then(|reference| there.get(reference));
        let known = match (by_reference, item.row.id) {
            (Some(known), Some(id)) if known.id != id => {
                let details = [id.to_string(), item.reference().unwrap_or_default().to_owned()];
                sorted.refuse(*number, item, "contractId", (Fault::IdOfAnother, &details));
                continue;
            }
            (Some(known), _) => Some(known.clone()),
            (None, Some(id)) => {
                let found = store::following::contracts::find(c, municipality, id)?;
                if found.is_none() {
                    sorted.refuse(*number, item, "contractId", (Fault::ContractUnknown, &[id.to_string()]));
                    continue;
                }
                found
            }
            (None, None) => None,
        };
        let Some(known) = known else {
            sorted.new.push(&item.registration);
            continue;
        };
        sorted.taken.remarks.extend(item.remarks(&known));
        let differing = item.row.differences(&ContractTermsInput::from(&known.terms));
        if differing.is_empty() {
            sorted.taken.unchanged += 1;
            continue;
        }
        match correction(&item.row, &differing, today.unwrap_or(known.terms.starts_on)) {
            Ok(change) if today.is_some() && known.state.takes_changes() => {
                sorted.taken.changed += 1;
                sorted.changed.push((known, change));
            }
            fixed => {
                let names = fixed.err().unwrap_or(differing);
                let first = names.first().copied().unwrap_or_default();
                sorted.refuse(*number, item, first, (Fault::ContractDiffers, &[names.join(", ")]));
            }
        }
    }
    Ok(sorted)
}

impl Item {
    fn reference(&self) -> Option<&str> {
        self.row.terms.external_reference.as_deref()
    }

    fn remarks(&self, known: &Contract) -> Vec<CellError> {
        let now = |said: &Said| match said.column {
            "state" => self.teller.remark(said, Now::Word(known.state.code())),
            "owed" => self.teller.remark(said, Now::Euros(known.obligation_cents)),
            _ => None,
        };
        self.computed.iter().filter_map(now).collect()
    }
}

/// What a row changes of a contract that is there.
///
/// # Errors
/// The columns that no change of a contract takes, where there are some.
fn correction(
    row: &ContractRow,
    differing: &[&'static str],
    today: NaiveDate,
) -> Result<NewChange, Vec<&'static str>> {
    let terms = &row.terms;
    let mut change = NewChange::of(ChangeKind::Correction, today, REASON);
    let mut fixed = Vec::new();
    for column in differing {
        let is_taken = match *column {
            "contractSum" => change.contract_sum_cents.replace(terms.contract_sum.cents).is_none(),
            "endsOn" => change.ends_on.replace(terms.ends_on).is_none(),
            "consortiumKvkNumbers" => {
                change.consortium.replace(terms.consortium_kvk_numbers.clone()).is_none()
            }
            "groupKvkNumbers" => change.group.replace(terms.group_kvk_numbers.clone()).is_none(),
            "contractorKvkNumber" => set(&mut change.contractor, terms.contractor_kvk_number),
            "wageSum" => set(&mut change.wage_sum_cents, terms.wage_sum.map(|sum| sum.cents)),
            "coordinator" => set(&mut change.coordinator, terms.coordinator.clone()),
            "externalReference" => set(&mut change.external_reference, terms.external_reference.clone()),
            "employees" => set(&mut change.employees, terms.employees),
            "targetGroupPercent" => {
                set(&mut change.target_group_percent, terms.target_group_percent.map(|percent| percent.0))
            }
            _ => false,
        };
        if !is_taken {
            fixed.push(*column);
        }
    }
    if fixed.is_empty() { Ok(change) } else { Err(fixed) }
}

/// Answers whether there is something to set: a change takes nothing away.
fn set<T>(field: &mut Option<T>, said: Option<T>) -> bool {
    *field = said;
    field.is_some()
}
