//! Removal of entries that nobody decided on: what was never handed in is gone, of what was the steps stay.

use crate::Services;
use crate::following::entries;
use crate::following::entry_steps::take;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use trede_base::record::Version;
use trede_model::following::entry::{Entry, EntryPath, EntryStep};
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Removes an entry that is a draft or was given back.
///
/// # Errors
/// [`ServiceError::Refused`] when it waits for a decision or one was taken, [`ServiceError::VersionMismatch`] when it
/// changed since `seen`.
pub fn remove(services: &Services, actor: &Actor, at: EntryPath, seen: Version) -> Result<(), ServiceError> {
    authorise(actor, at.municipality, Operation::RemoveEntry)?;
    let act = services.act(actor, at.municipality, Operation::RemoveEntry, at.to_string());
    services.db.write(&act, |c| {
        let (_, entry) = entries::load_own(c, services, actor, at.municipality, at.contract, at.entry)?;
        expect_version(entry.record.version, seen)?;
        take_away(c, &act, entry)
    })
}

/// Takes an entry away in a transaction.
pub(crate) fn take_away(c: &mut AnyConnection, act: &Act, mut entry: Entry) -> Result<(), ServiceError> {
    entry.state.after(EntryStep::Remove)?;
    let steps = store::following::ledger::of_entry(c, entry.municipality, entry.id)?;
    if steps.is_empty() {
        store::following::evidence_files::remove_of(c, entry.municipality, &[entry.id])?;
        return Ok(store::following::entries::remove(c, entry.municipality, &[entry.id])?);
    }
    // The reference is free for another entry.
    entry.content.external_reference = None;
    take(c, act, &mut entry, EntryStep::Remove, None)
}
