//! PSO certificates, each in its revisions, and the organisations they cover: national reference data.
//!
//! A row is added and never taken away; all that changes is when another revision took its place.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{pso_certificate_holders as holders, pso_certificates as table};
use trede_base::certificate::{
    Certificate, CertificateFacts, CertificateId, CertificateSource, Verification,
};
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};

/// Values that one query binds at the most: SQLite has a limit.
const BOUND_AT_ONCE: usize = 500;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct CertificateRow {
    id: KeyOf<Certificate>,
    number: String,
    ladder: String,
    level: String,
    certifying_body: String,
    valid_from: NaiveDate,
    valid_until: NaiveDate,
    ended_on: Option<NaiveDate>,
    source: Coded<CertificateSource>,
    evidence: Option<String>,
    verified_by: Option<String>,
    verified_at: Option<At>,
    revision: i32,
    reason: Option<String>,
    created_at: At,
    superseded_at: Option<At>,
}

impl CertificateRow {
    fn with(self, holders: BTreeSet<KvkNumber>) -> Certificate {
        let verification = self.verified_by.zip(self.verified_at);
        Certificate {
            id: self.id.0,
            facts: CertificateFacts {
                number: self.number,
                ladder: self.ladder,
                level: self.level,
                certifying_body: self.certifying_body,
                valid_from: self.valid_from,
                valid_until: self.valid_until,
                ended_on: self.ended_on,
                source: self.source.0,
                evidence: self.evidence,
                holders,
            },
            verification: verification.map(|(by, at)| Verification { by, at: at.0 }),
            revision: self.revision,
            reason: self.reason,
            created_at: self.created_at.0,
            superseded_at: self.superseded_at.map(|at| at.0),
        }
    }
}

/// Enters a certificate, or a revision of one, with the organisations it covers.
///
/// # Errors
/// [`StorageError::Duplicate`] when the number is known for that first day, and no revision made way.
pub fn insert(c: &mut AnyConnection, certificate: &Certificate) -> Result<(), StorageError> {
    let facts = &certificate.facts;
    let verification = certificate.verification.as_ref();
    diesel::insert_into(table::table)
        .values(CertificateRow {
            id: KeyOf(certificate.id),
            number: facts.number.clone(),
            ladder: facts.ladder.clone(),
            level: facts.level.clone(),
            certifying_body: facts.certifying_body.clone(),
            valid_from: facts.valid_from,
            valid_until: facts.valid_until,
            ended_on: facts.ended_on,
            source: Coded(facts.source),
            evidence: facts.evidence.clone(),
            verified_by: verification.map(|verification| verification.by.clone()),
            verified_at: verification.map(|verification| At(verification.at)),
            revision: certificate.revision,
            reason: certificate.reason.clone(),
            created_at: At(certificate.created_at),
            superseded_at: certificate.superseded_at.map(At),
        })
        .execute(c)?;
    let holder =
        |kvk: &KvkNumber| (holders::certificate_id.eq(KeyOf(certificate.id)), holders::kvk.eq(Coded(*kvk)));
    let insert =
        diesel::insert_into(holders::table).values(facts.holders.iter().map(holder).collect::<Vec<_>>());
    match c {
        AnyConnection::Postgres(c) => insert.execute(c)?,
        AnyConnection::Sqlite(c) => insert.execute(c)?,
    };
    Ok(())
}

/// Puts a revision in the place of the one before it, which stays as it was known until then.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn revise(
    c: &mut AnyConnection,
    former: CertificateId,
    revision: &Certificate,
) -> Result<(), StorageError> {
    diesel::update(table::table.find(KeyOf(former)))
        .set(table::superseded_at.eq(At(revision.created_at)))
        .execute(c)?;
    insert(c, revision)
}

/// A revision of a certificate that covers the organisation.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    id: CertificateId,
) -> Result<Option<Certificate>, StorageError> {
    let row: Option<CertificateRow> = table::table
        .inner_join(holders::table)
        .filter(holders::kvk.eq(Coded(kvk)))
        .filter(table::id.eq(KeyOf(id)))
        .select(CertificateRow::as_select())
        .first(c)
        .optional()?;
    Ok(with_holders(c, row.into_iter().collect())?.pop())
}

/// One page of the revisions of certificates that cover the organisation, in the order in which they became
/// known.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    request: &PageRequest<CertificateId>,
) -> Result<Page<Certificate>, StorageError> {
    let query = table::table
        .inner_join(holders::table)
        .filter(holders::kvk.eq(Coded(kvk)))
        .select(CertificateRow::as_select());
    let rows: Vec<CertificateRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    let certificates = with_holders(c, rows)?;
    Ok(Page::of_found(certificates, request))
}

/// The certificates that cover the organisation, as they were known at the moment: what
/// [`level_on`] and [`levels_between`]
/// tell its level from.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn known_at(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    moment: DateTime<Utc>,
) -> Result<Vec<Certificate>, StorageError> {
    all_known_at(c, &[kvk], moment)
}

/// The certificates that cover any of the organisations, as they were known at the moment.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_known_at(
    c: &mut AnyConnection,
    organisations: &[KvkNumber],
    moment: DateTime<Utc>,
) -> Result<Vec<Certificate>, StorageError> {
    let moment = At(moment);
    let mut found: HashMap<CertificateId, CertificateRow> = HashMap::new();
    for some in organisations.chunks(BOUND_AT_ONCE) {
        let rows: Vec<CertificateRow> = table::table
            .inner_join(holders::table)
            .filter(holders::kvk.eq_any(some.iter().map(|kvk| Coded(*kvk)).collect::<Vec<_>>()))
            .filter(table::created_at.le(moment))
            .filter(table::superseded_at.is_null().or(table::superseded_at.gt(moment)))
            .select(CertificateRow::as_select())
            .load(c)?;
        found.extend(rows.into_iter().map(|row| (row.id.0, row)));
    }
    let mut rows: Vec<CertificateRow> = found.into_values().collect();
    rows.sort_by_key(|row| row.id.0);
    with_holders(c, rows)
}

/// The revisions of these ids.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of(c: &mut AnyConnection, ids: &[CertificateId]) -> Result<Vec<Certificate>, StorageError> {
    let mut rows: Vec<CertificateRow> = Vec::with_capacity(ids.len());
    for some in ids.chunks(BOUND_AT_ONCE) {
        let of_ids = table::id.eq_any(some.iter().map(|id| KeyOf(*id)).collect::<Vec<_>>());
        rows.extend(table::table.filter(of_ids).select(CertificateRow::as_select()).load(c)?);
    }
    with_holders(c, rows)
}

/// The latest revisions of the certificates with these numbers.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest_numbered(c: &mut AnyConnection, numbers: &[&str]) -> Result<Vec<Certificate>, StorageError> {
    let mut rows: Vec<CertificateRow> = Vec::with_capacity(numbers.len());
    for some in numbers.chunks(BOUND_AT_ONCE) {
        let found = table::table
            .filter(table::number.eq_any(some.to_vec()))
            .filter(table::superseded_at.is_null())
            .select(CertificateRow::as_select())
            .load(c)?;
        rows.extend(found);
    }
    with_holders(c, rows)
}

fn with_holders(c: &mut AnyConnection, rows: Vec<CertificateRow>) -> Result<Vec<Certificate>, StorageError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut by_certificate: HashMap<CertificateId, BTreeSet<KvkNumber>> = HashMap::new();
    for some in ids.chunks(BOUND_AT_ONCE) {
        let covered: Vec<(KeyOf<Certificate>, Coded<KvkNumber>)> = holders::table
            .filter(holders::certificate_id.eq_any(some.to_vec()))
            .select((holders::certificate_id, holders::kvk))
            .load(c)?;
        for (certificate, kvk) in covered {
            by_certificate.entry(certificate.0).or_default().insert(kvk.0);
        }
    }
    let with = |row: CertificateRow| {
        let holders = by_certificate.remove(&row.id.0).unwrap_or_default();
        row.with(holders)
    };
    Ok(rows.into_iter().map(with).collect())
}
