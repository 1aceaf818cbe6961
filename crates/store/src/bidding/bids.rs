//! Bids on lots. What is offered is a document that no query looks into.

use diesel::dsl::count_star;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Nullable, Text};

use crate::frame::columns::sql_type::{Instant, Key};
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{bids as table, lots, tenders};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::record::Version;
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::tendering::lot::{Lot, LotId};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct BidRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Bid>,
    tender_id: KeyOf<Tender>,
    lot_id: KeyOf<Lot>,
    bidder_kvk: Coded<KvkNumber>,
    content: String,
    price_sealed: bool,
    external_reference: Option<String>,
    receipt_hash: String,
    received_at: At,
    registered_at: At,
}

impl From<BidRow> for Bid {
    fn from(row: BidRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            bidder: row.bidder_kvk.0,
            content: row.content,
            price_sealed: row.price_sealed,
            external_reference: row.external_reference,
            receipt_hash: row.receipt_hash,
            received_at: row.received_at.0,
            registered_at: row.registered_at.0,
        }
    }
}

/// Stores a bid.
///
/// # Errors
/// [`StorageError::Duplicate`] when the bidder has a bid on the lot already,
/// [`StorageError::BrokenReference`] when there is no such lot in the tender.
pub fn insert(c: &mut AnyConnection, bid: &Bid) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(BidRow {
            municipality_id: Coded(bid.municipality),
            id: KeyOf(bid.id),
            tender_id: KeyOf(bid.tender),
            lot_id: KeyOf(bid.lot),
            bidder_kvk: Coded(bid.bidder),
            content: bid.content.clone(),
            price_sealed: bid.price_sealed,
            external_reference: bid.external_reference.clone(),
            receipt_hash: bid.receipt_hash.clone(),
            received_at: At(bid.received_at),
            registered_at: At(bid.registered_at),
        })
        .execute(c)?;
    Ok(())
}

/// The versions of a lot and its tender that somebody looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Of the tender.
    pub tender: Version,
    /// Of the lot.
    pub lot: Version,
}

/// Stores a bid if its lot and tender are still at the versions that were seen, in one statement; says
/// whether they were.
///
/// # Errors
/// [`StorageError::Duplicate`] when the bidder has a bid on the lot already.
pub fn insert_while(c: &mut AnyConnection, bid: &Bid, seen: Seen) -> Result<bool, StorageError> {
    let of_lot = tenders::municipality_id.eq(lots::municipality_id).and(tenders::id.eq(lots::tender_id));
    let as_seen = lots::table
        .inner_join(tenders::table.on(of_lot))
        .filter(lots::municipality_id.eq(Coded(bid.municipality)))
        .filter(lots::id.eq(KeyOf(bid.lot)))
        .filter(lots::tender_id.eq(KeyOf(bid.tender)))
        .filter(lots::version.eq(seen.lot.0))
        .filter(tenders::version.eq(seen.tender.0))
        .select((
            lots::municipality_id,
            KeyOf(bid.id).into_sql::<Key>(),
            lots::tender_id,
            lots::id,
            Coded(bid.bidder).into_sql::<Text>(),
            bid.content.as_str().into_sql::<Text>(),
            bid.price_sealed.into_sql::<Bool>(),
            bid.external_reference.as_deref().into_sql::<Nullable<Text>>(),
            bid.receipt_hash.as_str().into_sql::<Text>(),
            At(bid.received_at).into_sql::<Instant>(),
            At(bid.registered_at).into_sql::<Instant>(),
        ));
    let stored = diesel::insert_into(table::table)
        .values(as_seen)
        .into_columns((
            table::municipality_id,
            table::id,
            table::tender_id,
            table::lot_id,
            table::bidder_kvk,
            table::content,
            table::price_sealed,
            table::external_reference,
            table::receipt_hash,
            table::received_at,
            table::registered_at,
        ))
        .execute(c)?;
    Ok(stored > 0)
}

/// Writes who bids and what is offered as it came out of the envelopes, also where the bid is not there any more.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn put_back(c: &mut AnyConnection, bid: &Bid) -> Result<(), StorageError> {
    let there = diesel::update(table::table.find((Coded(bid.municipality), KeyOf(bid.id))))
        .set((
            table::bidder_kvk.eq(Coded(bid.bidder)),
            table::content.eq(&bid.content),
            table::price_sealed.eq(bid.price_sealed),
            table::external_reference.eq(&bid.external_reference),
        ))
        .execute(c)?;
    if there == 0 { insert(c, bid) } else { Ok(()) }
}

/// The bid of that id on the lot.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    id: BidId,
) -> Result<Option<Bid>, StorageError> {
    let row: Option<BidRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(BidRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Bid::from))
}

/// The bid of a bidder on a lot.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_bidder(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    bidder: KvkNumber,
) -> Result<Option<Bid>, StorageError> {
    let row: Option<BidRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .filter(table::bidder_kvk.eq(Coded(bidder)))
        .select(BidRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Bid::from))
}

/// One page of the bids on a lot, in the order in which they were stored.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    request: &PageRequest<BidId>,
) -> Result<Page<Bid>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(BidRow::as_select());
    let rows: Vec<BidRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(Bid::from))
}

/// All bids on a lot, to evaluate them.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_lot(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<Bid>, StorageError> {
    let rows: Vec<BidRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::id)
        .select(BidRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Bid::from).collect())
}

/// How many bids the tender has, on all lots together.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count_of_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<i64, StorageError> {
    Ok(table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(count_star())
        .first(c)?)
}

/// On how many lots of the tender the bidder has a bid, without lots that ended with no award: those
/// nobody can win any more.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count_of_bidder(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    bidder: KvkNumber,
) -> Result<i64, StorageError> {
    let of_lot = lots::municipality_id.eq(table::municipality_id).and(lots::id.eq(table::lot_id));
    Ok(table::table
        .inner_join(lots::table.on(of_lot))
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .filter(table::bidder_kvk.eq(Coded(bidder)))
        .filter(lots::state.ne(Coded(State::Cancelled)))
        .filter(lots::state.ne(Coded(State::Unsuccessful)))
        .select(count_star())
        .first(c)?)
}
