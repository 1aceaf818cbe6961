//! The claim index of a region: what entries of all its municipalities say is their own.
//!
//! The one place where a municipality's request looks at what others wrote. What comes out is the kind of
//! claim and its time; neither the municipality nor the entry leaves this floor.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::claims as table;
use trede_base::double_use::DoubleUse;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::following::claim::{Claim, ClaimKind, ClaimScope, Claimant};
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
    reach: Option<Coded<DoubleUse>>,
    part_cents: Option<i64>,
    whole_cents: Option<i64>,
    full_time_hundredths: Option<i64>,
    other_hours: bool,
}

impl ClaimRow {
    fn claimant(&self) -> Claimant {
        Claimant {
            municipality: self.municipality_id.0,
            contractor: self.contractor_kvk.0,
            reach: self.reach.as_ref().map(|reach| reach.0),
        }
    }
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
    /// What full time is by its policy, in hundredths of an hour a week, where that says so.
    pub full_time_hundredths: Option<i64>,
    /// Of an invoice: what is accounted for, in cents.
    pub part_cents: Option<i64>,
    /// Of an invoice: the whole of it, in cents.
    pub whole_cents: Option<i64>,
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
        reach: claim.reach.map(Coded),
        part_cents: claim.part_cents,
        whole_cents: claim.whole_cents,
        full_time_hundredths: claim.full_time_hundredths,
        other_hours: claim.other_hours,
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

/// The claims on the same subject that share a day with this one, by others than the claimant, where the policy of
/// either lets no other claim count.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn rivals(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    scope: &ClaimScope,
    claim: &Claim,
) -> Result<Vec<Rival>, StorageError> {
    let rows: Vec<ClaimRow> = table::table
        .filter(table::scope.eq(Coded(scope.clone())))
        .filter(table::kind.eq(Coded(claim.kind)))
        .filter(table::subject.eq(&claim.subject))
        .filter(table::claimant.ne(KeyOf(claim.claimant)))
        .filter(table::counts_from.le(claim.until))
        .filter(table::counts_until.ge(claim.from))
        .select(ClaimRow::as_select())
        .load(c)?;
    let own = Claimant { municipality, contractor: claim.contractor, reach: claim.reach };
    Ok(rows
        .iter()
        .filter(|row| own.excludes(&row.claimant()))
        .map(|row| Rival {
            from: row.counts_from,
            until: row.counts_until,
            weekly_hundredths: row.weekly_hundredths,
            full_time_hundredths: row.full_time_hundredths,
            part_cents: row.part_cents,
            whole_cents: row.whole_cents,
        })
        .collect())
}

/// The entries of the municipality that claim this subject.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn claimants(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    scope: &ClaimScope,
    kind: ClaimKind,
    subject: &str,
) -> Result<Vec<EntryId>, StorageError> {
    let rows: Vec<KeyOf<Entry>> = table::table
        .filter(table::scope.eq(Coded(scope.clone())))
        .filter(table::kind.eq(Coded(kind)))
        .filter(table::subject.eq(subject))
        .filter(table::municipality_id.eq(Coded(municipality)))
        .select(table::claimant)
        .load(c)?;
    Ok(rows.into_iter().map(|key| key.0).collect())
}

/// How many subjects more than one municipality of a region claims, by kind, though the policy of one of them lets
/// no other claim count; with the municipalities.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn doubles(
    c: &mut AnyConnection,
    scope: &ClaimScope,
) -> Result<Vec<(ClaimKind, MunicipalityId, MunicipalityId)>, StorageError> {
    let of_many: Vec<(Coded<ClaimKind>, String)> = table::table
        .filter(table::scope.eq(Coded(scope.clone())))
        .group_by((table::kind, table::subject))
        .having(diesel::dsl::sql::<Bool>("COUNT(DISTINCT municipality_id) > 1"))
        .select((table::kind, table::subject))
        .order((table::kind, table::subject))
        .load(c)?;
    let mut found = Vec::new();
    for (kind, subject) in of_many {
        let rows: Vec<ClaimRow> = table::table
            .filter(table::scope.eq(Coded(scope.clone())))
            .filter(table::kind.eq(Coded(kind.0)))
            .filter(table::subject.eq(&subject))
            .select(ClaimRow::as_select())
            .load(c)?;
        let pairs = rows
            .iter()
            .enumerate()
            .flat_map(|(at, one)| rows.iter().skip(at + 1).map(move |other| (one, other)));
        for (one, other) in pairs.filter(|(one, other)| is_double(one, other)) {
            found.push((kind.0, one.municipality_id.0, other.municipality_id.0));
        }
    }
    Ok(found)
}

/// Whether two claims of two municipalities on one subject cannot both count.
fn is_double(one: &ClaimRow, other: &ClaimRow) -> bool {
    let apart = one.counts_until < other.counts_from || other.counts_until < one.counts_from;
    if apart
        || one.municipality_id.0 == other.municipality_id.0
        || !one.claimant().excludes(&other.claimant())
    {
        return false;
    }
    let together = |a: Option<i64>, b: Option<i64>| a.zip(b).map(|(a, b)| a.saturating_add(b));
    let least = |a: Option<i64>, b: Option<i64>| [a, b].into_iter().flatten().min();
    match one.kind.0 {
        ClaimKind::Invoice => {
            let whole = one.whole_cents.filter(|whole| Some(*whole) == other.whole_cents);
            together(one.part_cents, other.part_cents).zip(whole).is_none_or(|(parts, whole)| parts > whole)
        }
        ClaimKind::Person | ClaimKind::Candidate if one.other_hours || other.other_hours => {
            let full = least(one.full_time_hundredths, other.full_time_hundredths);
            together(one.weekly_hundredths, other.weekly_hundredths)
                .zip(full)
                .is_none_or(|(hours, full)| hours > full)
        }
        ClaimKind::Person | ClaimKind::Candidate | ClaimKind::CarryOver => true,
        ClaimKind::Purchase | ClaimKind::PsoReduction => false,
    }
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
