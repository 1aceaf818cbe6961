//! Acts on many entries.

use std::collections::BTreeMap;

use super::{Batch, MOST, Manner, Outcome, Selection, check_ids, within};
use crate::Services;
use crate::following::entries::NO_ENTRY;
use crate::following::entry_steps::{EntryAct, carry_out};
use crate::following::pending_sets::PendingSets;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::overseeing::lists;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{Entry, EntryId, EntryPath};
use trede_model::following::search::EntryFilter;
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::StoreFailure;
use trede_store::trust::recording_many::Many;

impl EntryAct {
    /// The operation that does it to many; none for a reversal, which is about one thing that went wrong.
    const fn on_many(&self) -> Option<Operation> {
        match self {
            Self::Submit => Some(Operation::SubmitEntries),
            Self::Withdraw => Some(Operation::WithdrawEntries),
            Self::Approve => Some(Operation::ApproveEntries),
            Self::Return { .. } => Some(Operation::ReturnEntries),
            Self::Reject { .. } => Some(Operation::RejectEntries),
            Self::Reverse { .. } => None,
        }
    }
}

/// Does one act on many entries: each as the single act does it, or refused with what that would answer.
///
/// # Errors
/// [`ServiceError::Invalid`] with what is wrong with the act or the ids; [`ServiceError::Busy`] when the batch could
/// not be written: then nothing of it was done.
pub fn on_entries(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    selection: Selection<Entry, EntryFilter>,
    (what, manner): (&EntryAct, Manner),
) -> Result<Batch<Entry, Entry>, ServiceError> {
    let Some(operation) = what.on_many() else {
        return Err(ServiceError::refused("one-at-a-time", "what was approved is reversed one at a time"));
    };
    authorise(actor, municipality, operation)?;
    what.check()?;
    let (ids, known, next) = selected(services, actor, municipality, selection, what)?;
    let acts: Vec<(Act, EntryPath)> = known
        .iter()
        .map(|(entry, contract)| {
            let path = EntryPath { municipality, contract: *contract, entry: *entry };
            (services.act(actor, municipality, what.operation(), path.to_string()), path)
        })
        .collect();
    if manner == Manner::Rehearse {
        services.record_read(actor, municipality, operation, "entries".to_owned())?;
    }
    let done = if acts.is_empty() {
        Vec::new()
    } else {
        written(services, actor, municipality, acts, (what, manner))?
    };
    let mut done: BTreeMap<EntryId, _> = known.into_iter().map(|(id, _)| id).zip(done).collect();
    let outcome = |id: EntryId| Outcome { id, outcome: done.remove(&id).unwrap_or(Err(NO_ENTRY)) };
    Ok(Batch { outcomes: ids.into_iter().map(outcome).collect(), next })
}

/// Carries the acts out, and values what shares a maximum with their entries when all are done: an act of its own, which
/// leaves a record where an entry then counts for another amount.
fn written(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    acts: Vec<(Act, EntryPath)>,
    (what, manner): (&EntryAct, Manner),
) -> Result<Vec<Result<Entry, ServiceError>>, ServiceError> {
    let (mut acts, paths): (Vec<Act>, Vec<EntryPath>) = acts.into_iter().unzip();
    acts.push(services.act(actor, municipality, what.operation(), "entries".to_owned()));
    let mut pending = PendingSets::default();
    let mut done = manner.each(services, (Many::Entries, &acts), |c, place, act| {
        if place == 0 {
            // It runs again after a collision.
            pending = PendingSets::default();
        }
        match paths.get(place) {
            Some(path) => carry_out(c, (services, actor), act, *path, what, Some(&mut pending)).map(Some),
            // What is refused leaves no record.
            None if pending.revalue(c, act, municipality).map_err(of_the_whole)? == 0 => Err(NO_ENTRY),
            None => Ok(None),
        }
    })?;
    done.truncate(paths.len());
    Ok(done.into_iter().map(|outcome| outcome?.ok_or(NO_ENTRY)).collect())
}

/// What cannot be valued again is no refusal of one act: it ends the batch.
fn of_the_whole(failure: ServiceError) -> ServiceError {
    if failure.ends_a_batch() { failure } else { ServiceError::Internal(Box::new(failure)) }
}

/// An entry with its contract.
type Known = (EntryId, ContractId);

/// What a selection comes to.
type Selected = (Vec<EntryId>, Vec<Known>, Option<EntryId>);

/// The ids that are asked, those of them that there are, and where the next request goes on.
fn selected(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    selection: Selection<Entry, EntryFilter>,
    what: &EntryAct,
) -> Result<Selected, ServiceError> {
    match selection {
        Selection::Ids(ids) => {
            check_ids("/entries/ids", &ids)?;
            let found = services.db.read(|c| store::following::entry_lists::which(c, municipality, &ids))?;
            let mut known: BTreeMap<EntryId, ContractId> = found.into_iter().collect();
            let in_order = ids.iter().filter_map(|id| Some((*id, known.remove(id)?))).collect();
            Ok((ids, in_order, None))
        }
        Selection::Found { mut filter, after } => {
            if filter.states.is_empty() {
                filter.states = what.states();
            }
            let found =
                services.db.read(|c| lists::selected(c, actor, municipality, &filter, after, MOST))?;
            let (found, next) = within(found, |(id, _)| *id);
            Ok((found.iter().map(|(id, _)| *id).collect(), found, next))
        }
    }
}
