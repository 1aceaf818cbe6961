//! PSO certificates and the organisations they cover: national reference data.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::columns::{At, Coded, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::page::keyset;
use super::schema::{pso_certificate_holders as holders, pso_certificates as table};
use crate::domain::ids::KvkNumber;
use crate::domain::organisation::{Certificate, CertificateFacts, CertificateId};
use crate::domain::page::{Page, PageRequest};

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
    source: String,
    created_at: At,
}

impl CertificateRow {
    fn with(self, holders: Vec<KvkNumber>) -> Certificate {
        Certificate {
            id: self.id.0,
            facts: CertificateFacts {
                number: self.number,
                ladder: self.ladder,
                level: self.level,
                certifying_body: self.certifying_body,
                valid_from: self.valid_from,
                valid_until: self.valid_until,
                source: self.source,
                holders,
            },
            created_at: self.created_at.0,
        }
    }
}

/// Enters a certificate with the organisations it covers.
///
/// # Errors
/// [`StorageError::Duplicate`] when the number is known for that start date,
/// [`StorageError::BrokenReference`] when an organisation is not registered.
pub fn insert(c: &mut AnyConnection, certificate: &Certificate) -> Result<(), StorageError> {
    let facts = &certificate.facts;
    diesel::insert_into(table::table)
        .values(CertificateRow {
            id: KeyOf(certificate.id),
            number: facts.number.clone(),
            ladder: facts.ladder.clone(),
            level: facts.level.clone(),
            certifying_body: facts.certifying_body.clone(),
            valid_from: facts.valid_from,
            valid_until: facts.valid_until,
            source: facts.source.clone(),
            created_at: At(certificate.created_at),
        })
        .execute(c)?;
    for kvk in &facts.holders {
        diesel::insert_into(holders::table)
            .values((holders::certificate_id.eq(KeyOf(certificate.id)), holders::kvk.eq(Coded(*kvk))))
            .execute(c)?;
    }
    Ok(())
}

/// A certificate that covers the organisation.
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

/// One page of the certificates that cover the organisation, in the order in which they were
/// entered.
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

fn with_holders(c: &mut AnyConnection, rows: Vec<CertificateRow>) -> Result<Vec<Certificate>, StorageError> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let covered: Vec<(KeyOf<Certificate>, Coded<KvkNumber>)> = holders::table
        .filter(holders::certificate_id.eq_any(ids))
        .order(holders::kvk)
        .select((holders::certificate_id, holders::kvk))
        .load(c)?;
    let of = |id: CertificateId| {
        covered.iter().filter(|(certificate, _)| certificate.0 == id).map(|(_, kvk)| kvk.0).collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            let holders = of(row.id.0);
            row.with(holders)
        })
        .collect())
}
