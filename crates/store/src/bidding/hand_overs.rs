//! Hand-overs of bids that a platform kept: one of a tender, added and never changed.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::hand_overs as table;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::hand_over::HandOver;
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct HandOverRow {
    municipality_id: Coded<MunicipalityId>,
    tender_id: KeyOf<Tender>,
    number_of_bids: i64,
    at: At,
    actor: String,
}

impl From<HandOverRow> for HandOver {
    fn from(row: HandOverRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            number_of_bids: row.number_of_bids,
            at: row.at.0,
            actor: row.actor,
        }
    }
}

/// Stores that the hand-over is complete.
///
/// # Errors
/// [`StorageError::Duplicate`] when it was said already.
pub fn insert(c: &mut AnyConnection, hand_over: &HandOver) -> Result<(), StorageError> {
    let row = HandOverRow {
        municipality_id: Coded(hand_over.municipality),
        tender_id: KeyOf(hand_over.tender),
        number_of_bids: hand_over.number_of_bids,
        at: At(hand_over.at),
        actor: hand_over.actor.clone(),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The hand-over of a tender, when it was said to be complete.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Option<HandOver>, StorageError> {
    let row: Option<HandOverRow> = table::table
        .find((Coded(municipality), KeyOf(tender)))
        .select(HandOverRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(HandOver::from))
}
