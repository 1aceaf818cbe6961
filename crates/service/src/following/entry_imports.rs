//! Imports of entries: each becomes a draft, which is handed in like any other.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use serde_json::json;

use crate::Services;
use crate::following::import_rollbacks::brought_now;
use crate::following::{contracts, entries, entry_values, obligations};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::frame::imports::{ImportReport, Table, Taken, run, tell};
use trede_base::ids::MunicipalityId;
use trede_base::record::Record;
use trede_formats::tables::row::Cells;
use trede_formats::tables::{CellError, Column, TableFormat, entries as columns};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryState};
use trede_model::following::table_import::{TableImport, TableImportId, TableImportKind};
use trede_model::telling::event::{Event, EventKind};
use trede_rules::social_return::Policy;
use trede_store as store;

/// Imports a table of entries.
///
/// # Errors
/// [`ServiceError::Invalid`] when the file is no such table; what is wrong with single rows is told in the
/// report.
pub fn import(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    source: impl Read + Seek,
    format: TableFormat,
    dry_run: bool,
) -> Result<ImportReport, ServiceError> {
    admit(actor, municipality)?;
    let known = BTreeMap::new();
    let import = brought_now(services, TableImportKind::Entries);
    run(EntryTable { services, actor, municipality, import, known }, source, format, dry_run)
}

/// Whether the caller may import entries, asked before any of the table is read.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn admit(actor: &Actor, municipality: MunicipalityId) -> Result<(), ServiceError> {
    authorise(actor, municipality, Operation::ImportEntries)
}

struct EntryTable<'a> {
    services: &'a Services,
    actor: &'a Actor,
    municipality: MunicipalityId,
    import: TableImport,
    /// The contracts that were named before, with their policies.
    known: BTreeMap<String, Option<(Contract, Policy)>>,
}

impl EntryTable<'_> {
    /// The contract of that reference which the caller may see, once it has a policy.
    fn contract(&mut self, reference: &str) -> Result<Option<&(Contract, Policy)>, ServiceError> {
        if !self.known.contains_key(reference) {
            let found = self.services.db.read(|c| {
                let found = store::following::contracts::find_by_reference(c, self.municipality, reference)?;
                let Some(found) = found else { return Ok(None) };
                let contract =
                    match contracts::load(c, self.services, self.actor, self.municipality, found.id) {
                        Err(ServiceError::NotFound { .. }) => return Ok(None),
                        contract => contract?,
                    };
                let policy = obligations::kept(c, &contract)?;
                Ok::<_, ServiceError>(Some((contract, policy)))
            })?;
            self.known.insert(reference.to_owned(), found);
        }
        Ok(self.known.get(reference).and_then(Option::as_ref))
    }
}

impl Table for EntryTable<'_> {
    type Item = Entry;

    const COLUMNS: &'static [Column] = columns::COLUMNS;
    const NEEDED: &'static [&'static str] = columns::NEEDED;

    fn import(&self) -> TableImportId {
        self.import.id
    }

    fn read(&mut self, cells: &mut Cells<'_>) -> Result<Option<Entry>, ServiceError> {
        let Some(row) = columns::read(cells) else { return Ok(None) };
        let (services, actor, municipality) = (self.services, self.actor, self.municipality);
        let found = match self.contract(&row.contract_reference) {
            Ok(found) => found,
            Err(error) => {
                tell(cells, &[], "", error)?;
                return Ok(None);
            }
        };
        let Some((contract, policy)) = found else {
            let detail = "there is no contract with this reference that you may see";
            cells.tell("contractReference", "contract-unknown", detail);
            return Ok(None);
        };
        let valued = entries::content(actor, contract, &row.record).and_then(|content| {
            let mut entry = Entry {
                municipality,
                contract: contract.id,
                id: new_id(),
                content,
                state: EntryState::Draft,
                value_cents: 0,
                calculation: String::new(),
                created_by: actor.subject.clone(),
                record: Record::new(services.now()),
            };
            let mut findings = Findings::default();
            entry_values::check_kind(&mut findings, policy, &entry);
            findings.into_result()?;
            let valued = entry_values::value(policy, contract, &entry)?;
            entry.value_cents = valued.cents;
            entry.calculation = valued.calculation;
            Ok(entry)
        });
        match valued {
            Ok(entry) => Ok(Some(entry)),
            Err(error) => {
                tell(cells, Self::COLUMNS, "", error)?;
                Ok(None)
            }
        }
    }

    fn take(&mut self, batch: &[(u32, Entry)], dry_run: bool) -> Result<Taken, ServiceError> {
        let services = self.services;
        if dry_run {
            return services.db.read(|c| {
                let there = there(c, self.municipality, batch)?;
                Ok::<_, ServiceError>(sorted_out(batch, &there).0)
            });
        }
        let object = format!("entry-imports/{}", self.import.id);
        let act = services.act(self.actor, self.municipality, Operation::ImportEntries, object.clone());
        services.db.write(&act, |c| {
            let there = there(c, self.municipality, batch)?;
            let (taken, new) = sorted_out(batch, &there);
            if !new.is_empty() {
                store::following::entries::insert_all(c, &new)?;
                let brought: Vec<EntryId> = new.iter().map(|entry| entry.id).collect();
                store::following::table_imports::add(c, self.municipality, &self.import, &brought)?;
                let data = json!({"entries": new.len()}).to_string();
                let event = Event::of(&act, EventKind::EntriesImported, object.clone(), data);
                store::telling::events::append(c, &event)?;
            }
            Ok::<_, ServiceError>(taken)
        })
    }
}

/// Entries that are there already, by their contract and reference.
type There = BTreeMap<(ContractId, String), Entry>;

fn there(
    c: &mut store::frame::connection::AnyConnection,
    municipality: MunicipalityId,
    batch: &[(u32, Entry)],
) -> Result<There, ServiceError> {
    let mut asked: BTreeMap<ContractId, Vec<&str>> = BTreeMap::new();
    for (_, entry) in batch {
        let reference = entry.content.external_reference.as_deref();
        asked.entry(entry.contract).or_default().extend(reference);
    }
    let found = store::following::entries::with_references(c, municipality, &asked)?;
    Ok(found.into_iter().map(|entry| (key(&entry), entry)).collect())
}

fn key(entry: &Entry) -> (ContractId, String) {
    (entry.contract, entry.content.external_reference.clone().unwrap_or_default())
}

/// What became of each row of a batch, and the entries that are new.
fn sorted_out(batch: &[(u32, Entry)], there: &There) -> (Taken, Vec<Entry>) {
    let mut taken = Taken::default();
    let mut new: Vec<Entry> = Vec::with_capacity(batch.len());
    let mut seen = BTreeSet::new();
    for (row, entry) in batch {
        let mut refuse = |code, detail: &str| {
            let error = CellError {
                row: *row,
                column: "externalReference".to_owned(),
                code,
                detail: detail.to_owned(),
            };
            taken.refused.insert(*row, error);
        };
        match there.get(&key(entry)) {
            Some(known) if known.content == entry.content => taken.unchanged += 1,
            Some(_) => {
                refuse("entry-differs", "an entry of this reference is there, and it says something else")
            }
            None if !seen.insert(key(entry)) => {
                refuse("reference-twice", "another row of the table has this reference under this contract");
            }
            None => new.push(entry.clone()),
        }
    }
    (taken, new)
}
