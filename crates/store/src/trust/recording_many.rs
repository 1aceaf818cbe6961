//! Acts on many objects in one transaction, each with a record of its own: one that is refused leaves nothing, and the
//! others stay.

use diesel::connection::{SimpleConnection, TransactionManager};

use crate::frame::connection::{AnyConnection, Db, StoreFailure};
use crate::frame::error::StorageError;
use crate::frame::forms::FORMS_NOW;
use crate::frame::watching;
use crate::trust::recording::random;
use crate::trust::{audit_records, audit_states};
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_hash::StateChange;
use trede_model::trust::person_seal::{PersonSeal, Salt};

/// Of which rows a batch changes many: on PostgreSQL other writers of these wait for it, where they would else collide
/// with it until it gave up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Many {
    /// Entries.
    Entries,
    /// Contracts, and the entries under them.
    Contracts,
}

impl Many {
    /// Takes the tables before anything is read: a lock begins no snapshot, so what is read then is what others left.
    const fn lock(self) -> &'static str {
        match self {
            Self::Entries => "SET LOCAL lock_timeout = '30s'; LOCK TABLE entries IN SHARE ROW EXCLUSIVE MODE",
            Self::Contracts => {
                "SET LOCAL lock_timeout = '30s'; LOCK TABLE contracts, entries IN SHARE ROW EXCLUSIVE MODE"
            }
        }
    }

    fn take(self, c: &mut AnyConnection) -> Result<(), StorageError> {
        if let AnyConnection::Postgres(c) = c {
            c.batch_execute(self.lock())?;
        }
        Ok(())
    }
}

impl Db {
    /// Writes each act of a batch, all of one scope: what `work` does for an act and its record, or nothing of it.
    /// Answers the outcome of each.
    ///
    /// It is one transaction: when it cannot be committed, none of the batch was done. `work` **runs again** on a
    /// collision, as that of [`Db::write`] does.
    ///
    /// # Errors
    /// What ends the batch, see [`StoreFailure::ends_a_batch`]; else as [`Db::write`].
    pub fn write_each<T, E>(
        &self,
        many: Many,
        acts: &[Act],
        mut work: impl FnMut(&mut AnyConnection, usize, &Act) -> Result<T, E>,
    ) -> Result<Vec<Result<T, E>>, E>
    where
        E: StoreFailure,
    {
        let Some(scope) = acts.first().map(|act| act.scope) else { return Ok(Vec::new()) };
        let seals = acts.iter().map(|act| Ok(PersonSeal::over(act, Salt::of(random()?))));
        let seals = seals.collect::<Result<Vec<PersonSeal>, StorageError>>()?;
        self.write_chained(
            scope,
            |c| {
                many.take(c)?;
                let each = acts.iter().enumerate();
                let done = each.map(|(place, act)| one(c, scope, act, |c| work(c, place, act)));
                let (outcomes, changes): (Vec<_>, Vec<_>) =
                    done.collect::<Result<Vec<_>, E>>()?.into_iter().unzip();
                let done = acts.iter().zip(&changes).find(|(_, change)| change.is_some());
                if let Some((act, _)) = done {
                    self.under_way.note(c, act)?;
                }
                Ok((outcomes, changes))
            },
            |c, mut link, (outcomes, changes)| {
                for ((act, change), seal) in acts.iter().zip(changes).zip(&seals) {
                    if let Some(change) = change {
                        link = link.next(act, &change, Some(seal));
                        audit_records::insert(c, act, change, link, seal)?;
                    }
                }
                Ok((outcomes, link))
            },
        )
    }
}

impl Db {
    /// What [`Db::write_each`] would answer now, of which nothing is kept.
    ///
    /// # Errors
    /// As [`Db::write_each`].
    pub fn rehearse_each<T, E>(
        &self,
        many: Many,
        acts: &[Act],
        mut work: impl FnMut(&mut AnyConnection, usize, &Act) -> Result<T, E>,
    ) -> Result<Vec<Result<T, E>>, E>
    where
        E: StoreFailure,
    {
        let Some(scope) = acts.first().map(|act| act.scope) else { return Ok(Vec::new()) };
        let mut rehearsed = None;
        let undone: Result<(), E> = self.write_progress(|c| {
            rehearsed = None;
            many.take(c)?;
            let each = acts.iter().enumerate();
            let done = each.map(|(place, act)| Ok(one(c, scope, act, |c| work(c, place, act))?.0));
            rehearsed = Some(done.collect::<Result<Vec<_>, E>>()?);
            Err(StorageError::Database("a rehearsal is rolled back".into()).into())
        });
        match (rehearsed, undone) {
            (Some(outcomes), _) => Ok(outcomes),
            (None, undone) => undone.map(|()| Vec::new()),
        }
    }
}

/// Carries one act out behind a savepoint; answers what it changed, when it was not refused.
///
/// # Errors
/// What ends the batch.
fn one<T, E: StoreFailure>(
    c: &mut AnyConnection,
    scope: AuditScope,
    act: &Act,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<(Result<T, E>, Option<StateChange>), E> {
    if act.scope != scope {
        return Err(StorageError::Database("the acts of a batch are of one scope".into()).into());
    }
    watching::forget(c).map_err(StorageError::from)?;
    AnyConnection::begin_transaction(c).map_err(StorageError::from)?;
    match kept(c, act, work) {
        Ok((made, change)) => {
            AnyConnection::commit_transaction(c).map_err(StorageError::from)?;
            Ok((Ok(made), Some(change)))
        }
        Err(failure) => {
            let undone = AnyConnection::rollback_transaction(c).map_err(StorageError::from);
            if failure.ends_a_batch() {
                return Err(failure);
            }
            undone?;
            Ok((Err(failure), None))
        }
    }
}

/// Does the work of one act and keeps the states of the rows that it changed.
fn kept<T, E: StoreFailure>(
    c: &mut AnyConnection,
    act: &Act,
    work: impl FnOnce(&mut AnyConnection) -> Result<T, E>,
) -> Result<(T, StateChange), E> {
    let made = work(c)?;
    let changes = watching::changes(c).map_err(whole)?;
    let states = audit_states::keep(c, act, &changes, || Ok(Salt::of(random()?))).map_err(whole)?;
    Ok((made, StateChange::over(&states, FORMS_NOW)))
}

/// Keeping the trail is no part of an act that could be refused: what goes wrong there ends the batch.
fn whole(error: StorageError) -> StorageError {
    match error {
        StorageError::Duplicate(_) | StorageError::BrokenReference | StorageError::Taken => {
            StorageError::Database(Box::new(error))
        }
        error => error,
    }
}
