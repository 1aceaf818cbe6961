//! Writes that leave a record in the audit trail, with the states of the rows that they change.

use diesel::connection::SimpleConnection;

use crate::frame::connection::{AnyConnection, Db, StoreFailure, is_collision, is_lost};
use crate::frame::error::StorageError;
use crate::frame::forms::FORMS_NOW;
use crate::frame::heads::Added;
use crate::frame::watching;
use crate::trust::{audit_records, audit_states, sealed_states};
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_chain::Link;
use trede_model::trust::audit_hash::StateChange;
use trede_model::trust::person_seal::{PersonSeal, Salt};

impl Db {
    /// Writes: everything that `work` does and the record of the act, or nothing.
    ///
    /// The transaction holds the write lock from its start (SQLite) or behaves as if it were alone
    /// (PostgreSQL, serializable), so what `work` reads stays true until it commits. On a collision
    /// `work` **runs again**: it must not call other services, read the clock or make new ids.
    ///
    /// # Errors
    /// What `work` answers; [`StorageError::Collision`] when others kept getting in between;
    /// [`StorageError::Unavailable`] when no connection can be had in time, or it was lost on the
    /// way: then nobody knows whether the write was kept.
    pub fn write<T, E>(&self, act: &Act, work: impl FnMut(&mut AnyConnection) -> Result<T, E>) -> Result<T, E>
    where
        E: StoreFailure,
    {
        self.write_watched(act, Former::Kept, work)
    }

    /// Writes as [`Db::write`] does, where personal data are removed: the salts of what the changed rows were before go
    /// too, so that nobody can try names against their hashes, and so does what the files of SQLite still held of them.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_removal<T, E>(
        &self,
        act: &Act,
        work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        let made = self.write_watched(act, Former::Forgotten, work)?;
        // What was asked is kept whatever comes of this; a reader that is under way holds it up until the next time.
        let _: Result<(), StorageError> = self.read(empty_log);
        Ok(made)
    }

    fn write_watched<T, E>(
        &self,
        act: &Act,
        former: Former,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        self.write_recorded(act, |c| {
            watching::clear(c).map_err(StorageError::from)?;
            let made = work(c)?;
            let changes = watching::changes(c)?;
            let states = audit_states::keep(c, act, &changes, || Ok(Salt::of(random()?)))?;
            if former == Former::Forgotten {
                audit_states::forget_earlier(c, &states)?;
            }
            Ok((made, StateChange::over(&states, FORMS_NOW)))
        })
    }

    /// Writes a sealed bid into a vault, and nothing else, as [`Db::write`] does: the record itself binds it, and no
    /// other state is kept.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn write_sealed<T, E>(
        &self,
        act: &Act,
        bid: &SealedBid,
        mut work: impl FnMut(&mut AnyConnection) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        let change = sealed_states::change(bid)?;
        self.write_recorded(act, |c| Ok((work(c)?, change)))
    }

    /// Adds the record of an act that changes nothing: of somebody who reads.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub fn record_read<E: StoreFailure>(&self, act: &Act) -> Result<(), E> {
        self.write_recorded(act, |_| Ok(((), StateChange::default())))
    }

    fn write_recorded<T, E>(
        &self,
        act: &Act,
        mut work: impl FnMut(&mut AnyConnection) -> Result<(T, StateChange), E>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        let seal = PersonSeal::over(act, Salt::of(random()?));
        self.write_chained(
            act.scope,
            |c| {
                let done = work(c)?;
                self.under_way.note(c, act)?;
                Ok(done)
            },
            |c, before, (made, change)| {
                let link = before.next(act, &change, Some(&seal));
                audit_records::insert(c, act, change, link, &seal)?;
                Ok((made, link))
            },
        )
    }

    /// Does `work`, and adds the records of what it did to a chain of the scope; in one transaction, and again on a
    /// collision.
    pub(super) fn write_chained<W, T, E>(
        &self,
        scope: AuditScope,
        mut work: impl FnMut(&mut AnyConnection) -> Result<W, E>,
        add: impl Fn(&mut AnyConnection, Link, W) -> Result<(T, Link), StorageError>,
    ) -> Result<T, E>
    where
        E: StoreFailure,
    {
        let heads = self.heads.of(scope);
        let mut is_again = false;
        let outcome = self.write_progress(|c| {
            if std::mem::replace(&mut is_again, true) {
                // It collided: another process may have added to a chain.
                heads.forget();
            }
            let done = work(c)?;
            let head = heads.hold();
            let before = head.link.map_or_else(|| audit_records::head(c, head.chain), Ok)?;
            let (made, link) = add(c, before, done)?;
            Ok((made, Added::to(head, link, c)))
        });
        match outcome {
            Ok((made, added)) => {
                added.keep();
                Ok(made)
            }
            Err(failure) => {
                // Another process may have written, or this write may have been kept after all.
                if is_collision(&failure) || is_lost(&failure) {
                    heads.forget();
                }
                Err(failure)
            }
        }
    }
}

/// Empties the write-ahead log of SQLite, whose earlier pages still say what was removed; in the database itself
/// `secure_delete` wrote over it.
fn empty_log(c: &mut AnyConnection) -> Result<(), StorageError> {
    match c {
        AnyConnection::Postgres(_) => Ok(()),
        AnyConnection::Sqlite(c) => Ok(c.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?),
    }
}

/// As many random bytes as a salt has.
pub(super) fn random() -> Result<[u8; 32], StorageError> {
    let mut bytes = [0; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|error| StorageError::Database(Box::new(error)))?;
    Ok(bytes)
}

/// What becomes of the salts of what changed rows were before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Former {
    Kept,
    Forgotten,
}
