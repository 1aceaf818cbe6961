//! Openings by two people, and the attempts of one.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::openings as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::bidding::opening::{Envelope, Opening, OpeningId};
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct OpeningRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Opening>,
    tender_id: KeyOf<Tender>,
    envelope: Coded<Envelope>,
    requested_by: String,
    requested_at: At,
    expires_at: At,
    confirmed_by: Option<String>,
    confirmed_at: Option<At>,
    report: Option<String>,
}

fn row(municipality: MunicipalityId, opening: &Opening) -> OpeningRow {
    let confirmed = opening.confirmed.as_ref();
    OpeningRow {
        municipality_id: Coded(municipality),
        id: KeyOf(opening.id),
        tender_id: KeyOf(opening.tender),
        envelope: Coded(opening.envelope),
        requested_by: opening.requested_by.clone(),
        requested_at: At(opening.requested_at),
        expires_at: At(opening.expires_at),
        confirmed_by: confirmed.map(|(person, _)| person.clone()),
        confirmed_at: confirmed.map(|(_, at)| At(*at)),
        report: opening.report.clone(),
    }
}

impl From<OpeningRow> for Opening {
    fn from(row: OpeningRow) -> Self {
        let confirmed = row.confirmed_by.zip(row.confirmed_at);
        Self {
            id: row.id.0,
            tender: row.tender_id.0,
            envelope: row.envelope.0,
            requested_by: row.requested_by,
            requested_at: row.requested_at.0,
            expires_at: row.expires_at.0,
            confirmed: confirmed.map(|(person, at)| (person, at.0)),
            report: row.report,
        }
    }
}

/// Stores a request to open.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    opening: &Opening,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(row(municipality, opening)).execute(c)?;
    Ok(())
}

/// Writes an opening that exists.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    opening: &Opening,
) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(municipality), KeyOf(opening.id))))
        .set(row(municipality, opening))
        .execute(c)?;
    Ok(())
}

/// All openings of a tender and attempts at one, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<Opening>, StorageError> {
    let rows: Vec<OpeningRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .order(table::id)
        .select(OpeningRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Opening::from).collect())
}

/// The opening of that id.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    id: OpeningId,
) -> Result<Option<Opening>, StorageError> {
    let row: Option<OpeningRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(OpeningRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Opening::from))
}

/// The latest opening of these envelopes of a tender, or attempt at one.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    (tender, envelope): (TenderId, Envelope),
) -> Result<Option<Opening>, StorageError> {
    let row: Option<OpeningRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .filter(table::envelope.eq(Coded(envelope)))
        .order((table::requested_at.desc(), table::id.desc()))
        .select(OpeningRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Opening::from))
}

/// Whether somebody ever asked to open the bids of the tender.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn was_asked(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<bool, StorageError> {
    let of_tender = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)));
    Ok(diesel::select(diesel::dsl::exists(of_tender)).get_result(c)?)
}

/// One page of the openings of a tender, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<OpeningId>,
) -> Result<Page<Opening>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(OpeningRow::as_select());
    let rows: Vec<OpeningRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(Opening::from))
}
