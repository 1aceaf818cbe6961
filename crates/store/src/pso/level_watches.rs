//! What the passing of time does to certificates, and up to which day that was told.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{
    level_watches as table, pso_certificate_holders as holders, pso_certificates as certificates,
};
use trede_base::certificate::{Certificate, CertificateId};
use trede_base::ids::KvkNumber;

/// The last day that was told, if any was.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn watched_until(c: &mut AnyConnection) -> Result<Option<NaiveDate>, StorageError> {
    Ok(table::table.order(table::watched_until.desc()).select(table::watched_until).first(c).optional()?)
}

/// Notes that everything up to a day was told.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn watch(c: &mut AnyConnection, day: NaiveDate) -> Result<(), StorageError> {
    diesel::delete(table::table).execute(c)?;
    diesel::insert_into(table::table).values(table::watched_until.eq(day)).execute(c)?;
    Ok(())
}

/// The organisations that are covered by a certificate which begins after the one day and no later than the
/// other, or was in force on the one and not on the other.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn organisations_with_turns(
    c: &mut AnyConnection,
    (after, until): (NaiveDate, NaiveDate),
) -> Result<Vec<KvkNumber>, StorageError> {
    let begins = certificates::valid_from.gt(after).and(certificates::valid_from.le(until));
    let ends = certificates::valid_until.ge(after).and(certificates::valid_until.lt(until));
    let ended = certificates::ended_on.assume_not_null().gt(after);
    let ended = ended.and(certificates::ended_on.assume_not_null().le(until));
    let found: Vec<Coded<KvkNumber>> = holders::table
        .inner_join(certificates::table)
        .filter(certificates::superseded_at.is_null())
        .filter(begins.or(ends).or(certificates::ended_on.is_not_null().and(ended)))
        .select(holders::kvk)
        .distinct()
        .order(holders::kvk)
        .load(c)?;
    Ok(found.into_iter().map(|kvk| kvk.0).collect())
}

/// The certificates in force whose last day lies after the one day and no later than the other.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ending_between(
    c: &mut AnyConnection,
    (after, until): (NaiveDate, NaiveDate),
) -> Result<Vec<CertificateId>, StorageError> {
    let found: Vec<KeyOf<Certificate>> = certificates::table
        .filter(certificates::superseded_at.is_null())
        .filter(certificates::ended_on.is_null())
        .filter(certificates::verified_at.is_not_null())
        .filter(certificates::valid_until.gt(after))
        .filter(certificates::valid_until.le(until))
        .order(certificates::id)
        .select(certificates::id)
        .load(c)?;
    Ok(found.into_iter().map(|id| id.0).collect())
}
