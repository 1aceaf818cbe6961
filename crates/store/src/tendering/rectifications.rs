//! Rectifications of published tenders.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::rectifications as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::tendering::tender::{Rectification, RectificationId, Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct RectificationRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Rectification>,
    tender_id: KeyOf<Tender>,
    text: String,
    reason: String,
    at: At,
    actor: String,
}

/// Stores a rectification of a tender.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    rectification: &Rectification,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(RectificationRow {
            municipality_id: Coded(municipality),
            id: KeyOf(rectification.id),
            tender_id: KeyOf(tender),
            text: rectification.text.clone(),
            reason: rectification.reason.clone(),
            at: At(rectification.at),
            actor: rectification.actor.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// One page of a tender's rectifications, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<RectificationId>,
) -> Result<Page<Rectification>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(RectificationRow::as_select());
    let rows: Vec<RectificationRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(|row| Rectification {
        id: row.id.0,
        text: row.text,
        reason: row.reason,
        at: row.at.0,
        actor: row.actor,
    }))
}
