//! Bids before the opening. Rows are added only, by one statement that is the same for a first bid, for one
//! that takes the place of another, and for a withdrawal: neither the answer nor the time it takes tells.

use diesel::prelude::*;
use diesel::sql_types::{Binary, Bool, Text};

use super::bids::Seen;
use crate::frame::columns::sql_type::{Instant, Key};
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{lots, sealed_bids as table, tenders};
use trede_base::ids::MunicipalityId;
use trede_model::bidding::bid::Bid;
use trede_model::bidding::sealed_bid::{Envelopes, SealedBid, SealedHead};
use trede_model::tendering::lot::{Lot, LotId};
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = table)]
struct SealedBidRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Bid>,
    tender_id: KeyOf<Tender>,
    lot_id: KeyOf<Lot>,
    bidder_index: Vec<u8>,
    is_withdrawal: bool,
    wrapped_key: Vec<u8>,
    quality_part: Vec<u8>,
    price_part: Vec<u8>,
    hash: String,
    received_at: At,
    registered_at: At,
}

impl From<SealedBidRow> for SealedBid {
    fn from(row: SealedBidRow) -> Self {
        Self {
            head: SealedHead {
                municipality: row.municipality_id.0,
                tender: row.tender_id.0,
                lot: row.lot_id.0,
                id: row.id.0,
                bidder_index: row.bidder_index,
                is_withdrawal: row.is_withdrawal,
                received_at: row.received_at.0,
                registered_at: row.registered_at.0,
            },
            envelopes: Envelopes {
                wrapped_key: row.wrapped_key,
                quality: row.quality_part,
                price: row.price_part,
            },
            hash: row.hash,
        }
    }
}

/// Stores a sealed bid if its lot and tender are still at the versions that were seen, in one statement; says
/// whether they were.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn insert_while(c: &mut AnyConnection, bid: &SealedBid, seen: Seen) -> Result<bool, StorageError> {
    let SealedBid { head, envelopes, hash } = bid;
    let of_lot = tenders::municipality_id.eq(lots::municipality_id).and(tenders::id.eq(lots::tender_id));
    let as_seen = lots::table
        .inner_join(tenders::table.on(of_lot))
        .filter(lots::municipality_id.eq(Coded(head.municipality)))
        .filter(lots::id.eq(KeyOf(head.lot)))
        .filter(lots::tender_id.eq(KeyOf(head.tender)))
        .filter(lots::version.eq(seen.lot.0))
        .filter(tenders::version.eq(seen.tender.0))
        .select((
            lots::municipality_id,
            KeyOf(head.id).into_sql::<Key>(),
            lots::tender_id,
            lots::id,
            head.bidder_index.as_slice().into_sql::<Binary>(),
            head.is_withdrawal.into_sql::<Bool>(),
            envelopes.wrapped_key.as_slice().into_sql::<Binary>(),
            envelopes.quality.as_slice().into_sql::<Binary>(),
            envelopes.price.as_slice().into_sql::<Binary>(),
            hash.as_str().into_sql::<Text>(),
            At(head.received_at).into_sql::<Instant>(),
            At(head.registered_at).into_sql::<Instant>(),
        ));
    let stored = diesel::insert_into(table::table)
        .values(as_seen)
        .into_columns((
            table::municipality_id,
            table::id,
            table::tender_id,
            table::lot_id,
            table::bidder_index,
            table::is_withdrawal,
            table::wrapped_key,
            table::quality_part,
            table::price_part,
            table::hash,
            table::received_at,
            table::registered_at,
        ))
        .execute(c)?;
    Ok(stored > 0)
}

/// Everything that was sent for a lot, to open what counts of it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_lot(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<SealedBid>, StorageError> {
    let rows: Vec<SealedBidRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::id)
        .select(SealedBidRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(SealedBid::from).collect())
}

/// Everything that one bidder sent, by its blind index on each lot.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_bidder(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    indexes: &[(LotId, Vec<u8>)],
) -> Result<Vec<SealedBid>, StorageError> {
    let rows: Vec<SealedBidRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq_any(indexes.iter().map(|(lot, _)| KeyOf(*lot))))
        .filter(table::bidder_index.eq_any(indexes.iter().map(|(_, index)| index.as_slice())))
        .select(SealedBidRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(SealedBid::from).collect())
}

/// The hashes of everything that was sent for a tender.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn hashes_of_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<String>, StorageError> {
    Ok(table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(table::hash)
        .load(c)?)
}
