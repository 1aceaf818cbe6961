//! Imports that are rolled back as a whole, while nothing of them was decided.

use serde_json::json;

use crate::Services;
use crate::following::contracts::NO_CONTRACT;
use crate::following::pending_sets::PendingSets;
use crate::following::{claims, entry_removals, entry_steps};
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::ids::{Id, MunicipalityId};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryPath, EntryState};
use trede_model::following::obligation_state::ObligationState;
use trede_model::following::table_import::{TableImport, TableImportId, TableImportKind};
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_IMPORT: ServiceError = ServiceError::NotFound { what: "import" };

/// An import that begins.
pub(crate) fn brought_now(services: &Services, kind: TableImportKind) -> TableImport {
    TableImport { id: new_id(), kind, created_at: services.now(), rolled_back_at: None }
}

/// Takes every entry that an import brought away again; answers how many there were.
///
/// # Errors
/// [`ServiceError::Refused`] when one of them was decided on, or the import was rolled back before;
/// [`ServiceError::NotFound`] for an import of another contractor.
pub fn of_entries(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TableImportId,
) -> Result<usize, ServiceError> {
    authorise(actor, municipality, Operation::RollBackEntryImport)?;
    let object = format!("entry-imports/{id}");
    let act = services.act(actor, municipality, Operation::RollBackEntryImport, object);
    services.db.write(&act, |c| {
        let brought: Vec<EntryId> = standing(c, municipality, id, TableImportKind::Entries)?;
        let found = store::following::entry_lists::those(c, municipality, &brought)?;
        let all = sees_all_contracts(actor);
        if !all && found.iter().any(|entry| actor.kvk != Some(entry.content.contractor)) {
            return Err(NO_IMPORT);
        }
        let decided = found.iter().filter(|entry| entry.state.is_decided()).count();
        if decided > 0 {
            let detail = format!("{decided} of its entries were decided on; reverse what was approved first");
            return Err(ServiceError::refused("decided-already", detail));
        }
        let stepped = store::following::ledger::entries_among(c, municipality, &brought)?;
        let (stepped, drafts): (Vec<Entry>, Vec<Entry>) =
            found.into_iter().partition(|entry| stepped.contains(&entry.id));
        let drafts: Vec<EntryId> = drafts.into_iter().map(|entry| entry.id).collect();
        store::following::evidence_files::remove_of(c, municipality, &drafts)?;
        store::following::entries::remove(c, municipality, &drafts)?;
        let mut removed = drafts.len();
        let mut pending = PendingSets::default();
        for entry in stepped.into_iter().filter(|entry| entry.state != EntryState::Withdrawn) {
            let at = EntryPath { municipality, contract: entry.contract, entry: entry.id };
            let open = if entry.state == EntryState::Submitted {
                entry_steps::withdraw(c, (services, actor), &act, at, Some(&mut pending))?
            } else {
                entry
            };
            entry_removals::take_away(c, &act, open)?;
            removed += 1;
        }
        pending.revalue(c, &act, municipality)?;
        done(c, &act, municipality, id)?;
        Ok(removed)
    })
}

/// Takes every contract that an import brought back; answers how many there were. Its reference is free for another,
/// and it stands in no list, export or report any more.
///
/// # Errors
/// [`ServiceError::Refused`] when what is owed under one of them was fixed, or something was accounted for under it.
pub fn of_contracts(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TableImportId,
) -> Result<usize, ServiceError> {
    authorise(actor, municipality, Operation::RollBackContractImport)?;
    let object = format!("contract-imports/{id}");
    let act = services.act(actor, municipality, Operation::RollBackContractImport, object);
    services.db.write(&act, |c| {
        let brought: Vec<ContractId> = standing(c, municipality, id, TableImportKind::Contracts)?;
        if store::following::entry_lists::count_under(c, municipality, &brought)? > 0 {
            let detail = "entries were written under its contracts; roll those back first";
            return Err(ServiceError::refused("decided-already", detail));
        }
        for contract in &brought {
            let contract =
                store::following::contracts::find(c, municipality, *contract)?.ok_or(NO_CONTRACT)?;
            take_back(c, &act, contract)?;
        }
        done(c, &act, municipality, id)?;
        Ok(brought.len())
    })
}

/// What an import brought that was not rolled back yet.
fn standing<T: 'static>(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: TableImportId,
    kind: TableImportKind,
) -> Result<Vec<Id<T>>, ServiceError> {
    let found = store::following::table_imports::find(c, municipality, id)?;
    let import = found.filter(|import| import.kind == kind).ok_or(NO_IMPORT)?;
    if import.rolled_back_at.is_some() {
        return Err(ServiceError::refused("rolled-back-already", "the import was rolled back already"));
    }
    Ok(store::following::table_imports::brought(c, municipality, id)?)
}

fn take_back(c: &mut AnyConnection, act: &Act, mut contract: Contract) -> Result<(), ServiceError> {
    if contract.state != ObligationState::Concept {
        let detail = format!("the obligation of `{}` is «{}»", contract.terms.title, contract.state);
        return Err(ServiceError::refused("decided-already", detail));
    }
    claims::give_up_reduction(c, &contract)?;
    store::following::milestones::remove_all(c, contract.municipality, contract.id)?;
    contract.terms.external_reference = None;
    contract.state = ObligationState::Withdrawn;
    contract.record = contract.record.changed(act.at);
    Ok(store::following::contracts::update(c, &contract)?)
}

fn done(
    c: &mut AnyConnection,
    act: &Act,
    municipality: MunicipalityId,
    id: TableImportId,
) -> Result<(), ServiceError> {
    store::following::table_imports::roll_back(c, municipality, id, act.at)?;
    let data = json!({"importId": id}).to_string();
    let event = Event::of(act, EventKind::ImportRolledBack, act.object.clone(), data);
    Ok(store::telling::events::append(c, &event)?)
}
