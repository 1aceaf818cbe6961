//! The claim index of a region: what entries of all its municipalities say is their own.
//!
//! The one place where a municipality's request looks at what others wrote. What comes out is the kind of
//! claim and its time; neither the municipality nor the entry leaves this floor.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::claims as table;
use trede_base::double_use::DoubleUse;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::following::claim::{Claim, ClaimKind, ClaimScope};
use trede_model::following::entry::{Entry, EntryId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct ClaimRow {
    scope: Coded<ClaimScope>,
    kind: Coded<ClaimKind>,
    subject: String,
    claimant: KeyOf<Entry>,
    municipality_id: Coded<MunicipalityId>,
    contractor_kvk: Coded<KvkNumber>,
    counts_from: NaiveDate,
    counts_until: NaiveDate,
    weekly_hundredths: Option<i64>,
}

/// A claim that stands in the way, without whose it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rival {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// The hours a week in hundredths, where they are known.
    pub weekly_hundredths: Option<i64>,
}

/// Adds a claim of the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    scope: &ClaimScope,
    claim: &Claim,
) -> Result<(), StorageError> {
    let row = ClaimRow {
        scope: Coded(scope.clone()),
        kind: Coded(claim.kind),
        subject: claim.subject.clone(),
        claimant: KeyOf(claim.claimant),
        municipality_id: Coded(municipality),
        contractor_kvk: Coded(claim.contractor),
        counts_from: claim.from,
        counts_until: claim.until,
        weekly_hundredths: claim.weekly_hundredths,
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// Gives up what an entry, or the PSO reduction of a contract, claimed.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    claimant: EntryId,
) -> Result<(), StorageError> {
    diesel::delete(
        table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::claimant.eq(KeyOf(claimant))),
    )
    .execute(c)?;
    Ok(())
}

/// The claims on the same subject that share a day with this one, by others than the claimant, within the
/// contracts that `among` names.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn rivals(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    scope: &ClaimScope,
    claim: &Claim,
    among: DoubleUse,
) -> Result<Vec<Rival>, StorageError> {
    let mut query = table::table
        .filter(table::scope.eq(Coded(scope.clone())))
        .filter(table::kind.eq(Coded(claim.kind)))
        .filter(table::subject.eq(&claim.subject))
        .filter(table::claimant.ne(KeyOf(claim.claimant)))
        .filter(table::counts_from.le(claim.until))
        .filter(table::counts_until.ge(claim.from))
        .select((table::counts_from, table::counts_until, table::weekly_hundredths))
        .into_boxed();
    match among {
        DoubleUse::Contractor => query = query.filter(table::contractor_kvk.eq(Coded(claim.contractor))),
        DoubleUse::Authority => query = query.filter(table::municipality_id.eq(Coded(municipality))),
        DoubleUse::Region => {}
    }
    let rows: Vec<(NaiveDate, NaiveDate, Option<i64>)> = query.load(c)?;
    Ok(rows
        .into_iter()
        .map(|(from, until, weekly_hundredths)| Rival { from, until, weekly_hundredths })
        .collect())
}

/// Moves all claims of a municipality to the region that it joined, or out of the one that it left.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn rescope(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    scope: &ClaimScope,
) -> Result<(), StorageError> {
    diesel::update(table::table.filter(table::municipality_id.eq(Coded(municipality))))
        .set(table::scope.eq(Coded(scope.clone())))
        .execute(c)?;
    Ok(())
}
