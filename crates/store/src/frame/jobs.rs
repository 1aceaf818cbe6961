//! Work that waits or is under way, and which attempt holds it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;

use super::columns::{At, Coded, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use crate::schema::jobs as table;
use trede_base::ids::Id;
use trede_model::telling::job::{Attempt, Job, JobId, JobKind, Lease};
use trede_model::trust::audit::AuditScope;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct JobRow {
    id: KeyOf<Job>,
    kind: Coded<JobKind>,
    scope: Coded<AuditScope>,
    subject: String,
    due_at: At,
    asked: i32,
    attempts: i32,
}

/// Asks for work from a moment on. When there is such a job already it is done once more after the moment, at
/// the latest.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ask(c: &mut AnyConnection, job: &Job, due_at: DateTime<Utc>) -> Result<(), StorageError> {
    let same = table::table
        .filter(table::kind.eq(Coded(job.kind)))
        .filter(table::scope.eq(Coded(job.scope)))
        .filter(table::subject.eq(&job.subject));
    let known: Option<(KeyOf<Job>, At, i32)> =
        same.select((table::id, table::due_at, table::asked)).first(c).optional()?;
    if let Some((id, known_due_at, asked)) = known {
        let due_at = known_due_at.0.min(due_at);
        diesel::update(table::table.find(id))
            .set((table::due_at.eq(At(due_at)), table::asked.eq(asked.wrapping_add(1))))
            .execute(c)?;
        return Ok(());
    }
    diesel::insert_into(table::table)
        .values(JobRow {
            id: KeyOf(job.id),
            kind: Coded(job.kind),
            scope: Coded(job.scope),
            subject: job.subject.clone(),
            due_at: At(due_at),
            asked: 1,
            attempts: 0,
        })
        .execute(c)?;
    Ok(())
}

/// Whether a job of the kind is due and held by nobody.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn is_due(c: &mut AnyConnection, kind: JobKind, now: DateTime<Utc>) -> Result<bool, StorageError> {
    Ok(first_due(c, kind, now)?.is_some())
}

fn first_due(
    c: &mut AnyConnection,
    kind: JobKind,
    now: DateTime<Utc>,
) -> Result<Option<JobRow>, StorageError> {
    Ok(table::table
        .filter(table::kind.eq(Coded(kind)))
        .filter(table::due_at.le(At(now)))
        .filter(table::held_until.is_null().or(table::held_until.le(At(now))))
        .order((table::due_at, table::id))
        .select(JobRow::as_select())
        .first(c)
        .optional()?)
}

/// Takes hold of the job of the kind that is due longest, for an attempt, until a moment.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn take(
    c: &mut AnyConnection,
    kind: JobKind,
    holder: Id<Attempt>,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Lease>, StorageError> {
    let Some(row) = first_due(c, kind, now)? else { return Ok(None) };
    let attempts = row.attempts.saturating_add(1);
    diesel::update(table::table.find(row.id))
        .set((table::holder.eq(KeyOf(holder)), table::held_until.eq(At(until)), table::attempts.eq(attempts)))
        .execute(c)?;
    let job = Job { id: row.id.0, kind, scope: row.scope.0, subject: row.subject };
    Ok(Some(Lease { job, holder, asked: row.asked, attempts }))
}

/// Holds a job longer; answers whether the attempt still held it. Done in the transaction of each piece of the
/// work, so that an attempt which lost its hold cannot add to what another does.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn hold(c: &mut AnyConnection, lease: &Lease, until: DateTime<Utc>) -> Result<bool, StorageError> {
    let held = table::table.find(KeyOf(lease.job.id)).filter(table::holder.eq(KeyOf(lease.holder)));
    Ok(diesel::update(held).set(table::held_until.eq(At(until))).execute(c)? == 1)
}

/// Ends a job that was done; when it was asked for in the meantime, it waits again.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn done(c: &mut AnyConnection, lease: &Lease) -> Result<(), StorageError> {
    let held = table::table.find(KeyOf(lease.job.id)).filter(table::holder.eq(KeyOf(lease.holder)));
    if diesel::delete(held.filter(table::asked.eq(lease.asked))).execute(c)? == 0 {
        diesel::update(held)
            .set((
                table::holder.eq(None::<KeyOf<Attempt>>),
                table::held_until.eq(None::<At>),
                table::attempts.eq(0),
            ))
            .execute(c)?;
    }
    Ok(())
}

/// Lets go of a job that was done and comes back at a moment.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn come_back(c: &mut AnyConnection, lease: &Lease, due_at: DateTime<Utc>) -> Result<(), StorageError> {
    let held = table::table.find(KeyOf(lease.job.id)).filter(table::holder.eq(KeyOf(lease.holder)));
    diesel::update(held)
        .set((
            table::holder.eq(None::<KeyOf<Attempt>>),
            table::held_until.eq(None::<At>),
            table::attempts.eq(0),
            table::due_at.eq(At(due_at)),
        ))
        .execute(c)?;
    Ok(())
}

/// Lets go of a job that was not done, to be tried again from a moment on.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn postpone(
    c: &mut AnyConnection,
    lease: &Lease,
    due_at: DateTime<Utc>,
    failure: &str,
) -> Result<(), StorageError> {
    let held = table::table.find(KeyOf(lease.job.id)).filter(table::holder.eq(KeyOf(lease.holder)));
    diesel::update(held)
        .set((
            table::holder.eq(None::<KeyOf<Attempt>>),
            table::held_until.eq(None::<At>),
            table::due_at.eq(At(due_at)),
            table::failure.eq(failure),
        ))
        .execute(c)?;
    Ok(())
}

/// How many jobs of a kind wait or are under way.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count(c: &mut AnyConnection, kind: JobKind) -> Result<i64, StorageError> {
    Ok(table::table.filter(table::kind.eq(Coded(kind))).count().first(c)?)
}

/// The jobs of a kind that wait or are under way.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(c: &mut AnyConnection, kind: JobKind) -> Result<Vec<JobId>, StorageError> {
    let ids: Vec<KeyOf<Job>> =
        table::table.filter(table::kind.eq(Coded(kind))).order(table::id).select(table::id).load(c)?;
    Ok(ids.into_iter().map(|id| id.0).collect())
}
