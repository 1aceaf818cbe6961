//! Deadlines that were moved.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::deadline_extensions as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::tendering::tender::{DeadlineExtension, DeadlineExtensionId, Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct DeadlineExtensionRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<DeadlineExtension>,
    tender_id: KeyOf<Tender>,
    previous_deadline_at: At,
    deadline_at: At,
    reason: String,
    at: At,
    actor: String,
}

/// Stores that a tender's deadline was moved.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    extension: &DeadlineExtension,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(DeadlineExtensionRow {
            municipality_id: Coded(municipality),
            id: KeyOf(extension.id),
            tender_id: KeyOf(tender),
            previous_deadline_at: At(extension.previous_deadline_at),
            deadline_at: At(extension.deadline_at),
            reason: extension.reason.clone(),
            at: At(extension.at),
            actor: extension.actor.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// One page of the moves of a tender's deadline, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<DeadlineExtensionId>,
) -> Result<Page<DeadlineExtension>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(DeadlineExtensionRow::as_select());
    let rows: Vec<DeadlineExtensionRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(|row| DeadlineExtension {
        id: row.id.0,
        previous_deadline_at: row.previous_deadline_at.0,
        deadline_at: row.deadline_at.0,
        reason: row.reason,
        at: row.at.0,
        actor: row.actor,
    }))
}
