//! Imports of entries: each becomes a draft, which is handed in like any other. A row about an entry that is there
//! already changes it where the table says something else, as long as it was not handed in.

use std::collections::BTreeMap;
use std::io::{Read, Seek};
use std::rc::Rc;

use serde_json::json;

use crate::Services;
use crate::following::entry_import_rows::{Item, Sorted};
use crate::following::import_rollbacks::brought_now;
use crate::following::{contracts, entries, obligations};
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::imports::{ImportManner, ImportReport, Table, Taken, run, tell};
use trede_base::ids::MunicipalityId;
use trede_base::record::Record;
use trede_formats::entry_record::EntryRecord;
use trede_formats::tables::entries::{self as columns, EntryRow};
use trede_formats::tables::row::Cells;
use trede_formats::tables::{Fault, Layout};
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
    how: ImportManner,
) -> Result<ImportReport, ServiceError> {
    admit(actor, municipality)?;
    let (known, seen) = (BTreeMap::new(), BTreeMap::new());
    let import = brought_now(services, TableImportKind::Entries);
    run(EntryTable { services, actor, municipality, import, known, seen }, source, how)
}

/// Whether the caller may import entries, asked before any of the table is read.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn admit(actor: &Actor, municipality: MunicipalityId) -> Result<(), ServiceError> {
    authorise(actor, municipality, Operation::ImportEntries)
}

/// A contract with the policy that it keeps.
type Kept = Rc<(Contract, Policy)>;

pub(super) struct EntryTable<'a> {
    services: &'a Services,
    actor: &'a Actor,
    pub(super) municipality: MunicipalityId,
    import: TableImport,
    /// The contracts that were named before, by what they were called, with their policies.
    pub(super) known: BTreeMap<String, Option<Kept>>,
    /// In which row each entry stood first, in every batch: a dry run stores nothing to find it by.
    seen: BTreeMap<(ContractId, String), u32>,
}

impl EntryTable<'_> {
    /// The contract that a row names, when the caller may see it, once it has a policy.
    fn contract(&mut self, row: &EntryRow) -> Result<(String, Option<Kept>), ServiceError> {
        let reference = row.contract_reference.as_deref();
        let called =
            row.contract.map_or_else(|| reference.unwrap_or_default().to_owned(), |id| id.to_string());
        if !self.known.contains_key(&called) {
            let found = self.services.db.read(|c| {
                let id = match (row.contract, reference) {
                    (Some(id), _) => Some(id),
                    (None, Some(reference)) => {
                        store::following::contracts::find_by_reference(c, self.municipality, reference)?
                            .map(|contract| contract.id)
                    }
                    (None, None) => None,
                };
                let Some(id) = id else { return Ok(None) };
                let contract = match contracts::load(c, self.services, self.actor, self.municipality, id) {
                    Err(ServiceError::NotFound { .. }) => return Ok(None),
                    contract => contract?,
                };
                let policy = obligations::kept(c, &contract)?;
                Ok::<_, ServiceError>(Some(Rc::new((contract, policy))))
            })?;
            self.known.insert(called.clone(), found);
        }
        let found = self.known.get(&called).cloned().flatten();
        Ok((called, found))
    }

    /// The entry that a record makes under its contract.
    pub(super) fn valued(
        &self,
        (contract, policy): &(Contract, Policy),
        record: &EntryRecord,
        of: Option<&Entry>,
    ) -> Result<Entry, ServiceError> {
        let content = entries::content(self.actor, contract, record)?;
        let mut entry = match of {
            Some(known) => {
                Entry { content, record: known.record.changed(self.services.now()), ..known.clone() }
            }
            None => Entry {
                municipality: self.municipality,
                contract: contract.id,
                id: new_id(),
                content,
                state: EntryState::Draft,
                value_cents: 0,
                calculation: String::new(),
                created_by: self.actor.subject.clone(),
                record: Record::new(self.services.now()),
            },
        };
        entries::value_alone(policy, contract, &mut entry)?;
        Ok(entry)
    }

    /// Whether the caller may write an entry: a contractor its own only.
    pub(super) fn may_write(&self, entry: &Entry) -> bool {
        sees_all_contracts(self.actor) || self.actor.kvk == Some(entry.content.contractor)
    }
}

impl Table for EntryTable<'_> {
    type Item = Item;

    const LAYOUT: &'static Layout = &columns::LAYOUT;

    fn import(&self) -> TableImportId {
        self.import.id
    }

    fn read(&mut self, cells: &mut Cells<'_>) -> Result<Option<Item>, ServiceError> {
        let Some(row) = columns::read(cells) else { return Ok(None) };
        let (called, found) = match self.contract(&row) {
            Ok(found) => found,
            Err(error) => {
                tell(cells, &[], "", error)?;
                return Ok(None);
            }
        };
        let Some(found) = found else {
            let column = if row.contract.is_some() { "contractId" } else { "contractReference" };
            cells.tell_fault(column, Fault::ContractUnknown, &[called]);
            return Ok(None);
        };
        let reference = row.contract_reference.clone();
        if reference.is_some() && reference != found.0.terms.external_reference {
            let of = found.0.terms.external_reference.clone().unwrap_or(called);
            cells.tell_fault("contractId", Fault::IdOfAnother, &[of, reference.unwrap_or_default()]);
            return Ok(None);
        }
        let key = row.record.external_reference.clone().or_else(|| row.id.map(|id| id.to_string()));
        let number = cells.row_number();
        let first = *self.seen.entry((found.0.id, key.unwrap_or_default())).or_insert(number);
        if first != number {
            cells.tell_fault("externalReference", Fault::ReferenceTwice, &[first.to_string()]);
            return Ok(None);
        }
        match self.valued(&found, &row.record, None) {
            Ok(entry) => {
                let computed = cells.computed(columns::LAYOUT.exported);
                Ok(Some(Item { row, contract: called, entry, computed, teller: cells.teller() }))
            }
            Err(error) => {
                tell(cells, columns::LAYOUT.columns, "", error)?;
                Ok(None)
            }
        }
    }

    fn take(&mut self, batch: &[(u32, Item)], dry_run: bool) -> Result<Taken, ServiceError> {
        let services = self.services;
        if dry_run {
            return services.db.read(|c| Ok::<_, ServiceError>(self.sorted_out(c, batch)?.taken));
        }
        let object = format!("entry-imports/{}", self.import.id);
        let act = services.act(self.actor, self.municipality, Operation::ImportEntries, object.clone());
        services.db.write(&act, |c| {
            let Sorted { taken, new, changed } = self.sorted_out(c, batch)?;
            for entry in &changed {
                store::following::entries::update(c, entry)?;
            }
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
