//! Imports of contracts that were not tendered here.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Seek};

use serde_json::json;

use crate::Services;
use crate::following::contracts::{NewContract, Registration};
use crate::following::import_rollbacks::brought_now;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::imports::{ImportReport, Table, Taken, run, tell};
use trede_base::ids::MunicipalityId;
use trede_formats::tables::row::Cells;
use trede_formats::tables::{CellError, Column, TableFormat, contracts as columns};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::table_import::{TableImport, TableImportId, TableImportKind};
use trede_model::telling::event::{Event, EventKind};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

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
    format: TableFormat,
    dry_run: bool,
) -> Result<ImportReport, ServiceError> {
    admit(actor, municipality)?;
    services.db.read(|c| {
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })
    })?;
    let import = brought_now(services, TableImportKind::Contracts);
    run(ContractTable { services, actor, municipality, import }, source, format, dry_run)
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
}

impl Table for ContractTable<'_> {
    type Item = Registration;

    const COLUMNS: &'static [Column] = columns::COLUMNS;
    const NEEDED: &'static [&'static str] = columns::NEEDED;

    fn import(&self) -> TableImportId {
        self.import.id
    }

    fn read(&mut self, cells: &mut Cells<'_>) -> Result<Option<Registration>, ServiceError> {
        let Some(terms) = columns::read(cells) else { return Ok(None) };
        let new = NewContract { terms, award: None, policy: None };
        let id: ContractId = new_id();
        let object = format!("contracts/{id}");
        let act = self.services.act(self.actor, self.municipality, Operation::ImportContracts, object);
        let prepared = self
            .services
            .db
            .read(|c| Registration::prepare(c, self.municipality, (id, new_id()), &act, &new));
        match prepared {
            Ok(registration) => Ok(Some(registration)),
            Err(error) => {
                tell(cells, Self::COLUMNS, "", error)?;
                Ok(None)
            }
        }
    }

    fn take(&mut self, batch: &[(u32, Registration)], dry_run: bool) -> Result<Taken, ServiceError> {
        let (services, municipality) = (self.services, self.municipality);
        if dry_run {
            return services.db.read(|c| Ok::<_, ServiceError>(sorted_out(c, municipality, batch)?.0));
        }
        let object = format!("contract-imports/{}", self.import.id);
        let act = services.act(self.actor, municipality, Operation::ImportContracts, object.clone());
        services.db.write(&act, |c| {
            let (taken, new) = sorted_out(c, municipality, batch)?;
            for registration in &new {
                registration.store(c)?;
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

/// What became of each row of a batch, and the contracts that are new.
fn sorted_out<'a>(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    batch: &'a [(u32, Registration)],
) -> Result<(Taken, Vec<&'a Registration>), ServiceError> {
    let references: Vec<&str> = batch.iter().map(|(_, item)| reference(&item.contract)).collect();
    let there: BTreeMap<String, Contract> =
        store::following::contracts::with_references(c, municipality, &references)?
            .into_iter()
            .map(|contract| (reference(&contract).to_owned(), contract))
            .collect();
    let mut taken = Taken::default();
    let mut new = Vec::new();
    let mut seen = BTreeSet::new();
    for (row, item) in batch {
        let reference = reference(&item.contract);
        let mut refuse = |code, detail: &str| {
            let error = CellError {
                row: *row,
                column: "externalReference".to_owned(),
                code,
                detail: detail.to_owned(),
            };
            taken.refused.insert(*row, error);
        };
        match there.get(reference) {
            Some(known) if known.terms == item.contract.terms => taken.unchanged += 1,
            Some(_) => refuse(
                "contract-differs",
                "a contract of this reference is there, with other terms; record a change of it",
            ),
            None if !seen.insert(reference) => {
                refuse("reference-twice", "another row of the table has this reference");
            }
            None => new.push(item),
        }
    }
    Ok((taken, new))
}

fn reference(contract: &Contract) -> &str {
    contract.terms.external_reference.as_deref().unwrap_or_default()
}
