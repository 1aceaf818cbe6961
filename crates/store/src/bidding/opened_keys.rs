//! The keys of the parts of opened bids of tenders whose key is split. Rows are added only.

use diesel::prelude::*;

use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::opened_keys as table;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::bid::Bid;
use trede_model::bidding::key_share::OpenedKey;
use trede_model::bidding::opening::Envelope;
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table)]
struct OpenedRow {
    municipality_id: Coded<MunicipalityId>,
    bid_id: KeyOf<Bid>,
    part: Coded<Envelope>,
    tender_id: KeyOf<Tender>,
    sealed: Vec<u8>,
}

impl From<OpenedRow> for OpenedKey {
    fn from(row: OpenedRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            bid: row.bid_id.0,
            part: row.part.0,
            sealed: row.sealed,
        }
    }
}

/// Stores the key of a part that was opened, unless it is there.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the key of the tender is not split.
pub fn keep(c: &mut AnyConnection, key: &OpenedKey) -> Result<(), StorageError> {
    let row = OpenedRow {
        municipality_id: Coded(key.municipality),
        bid_id: KeyOf(key.bid),
        part: Coded(key.part),
        tender_id: KeyOf(key.tender),
        sealed: key.sealed.clone(),
    };
    let found = table::table.find((Coded(key.municipality), KeyOf(key.bid), Coded(key.part)));
    if diesel::select(diesel::dsl::exists(found)).get_result(c)? {
        return Ok(());
    }
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The keys of what was opened of a tender.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<OpenedKey>, StorageError> {
    let rows: Vec<OpenedRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(OpenedRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(OpenedKey::from).collect())
}
