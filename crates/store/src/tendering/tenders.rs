//! Tenders of a municipality.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{lots, tenders as table};
use trede_base::cpv::CpvCodes;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, Tender, TenderFacts, TenderId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
pub(crate) struct TenderRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Tender>,
    external_reference: Option<String>,
    title: String,
    description: String,
    buyer: String,
    cpv_codes: Coded<CpvCodes>,
    estimated_value_cents: Option<i64>,
    above_threshold: Option<bool>,
    bid_custody: Coded<BidCustody>,
    bid_envelopes: Coded<BidEnvelopes>,
    max_lots_per_bidder: Option<i32>,
    deadline_at: Option<At>,
    award_on: Option<NaiveDate>,
    published_at: Option<At>,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Tender> for TenderRow {
    fn from(tender: &Tender) -> Self {
        let facts = tender.facts.clone();
        Self {
            municipality_id: Coded(tender.municipality),
            id: KeyOf(tender.id),
            external_reference: facts.external_reference,
            title: facts.title,
            description: facts.description,
            buyer: facts.buyer,
            cpv_codes: Coded(facts.cpv_codes),
            estimated_value_cents: facts.estimated_value_cents,
            above_threshold: facts.above_threshold,
            bid_custody: Coded(facts.bid_custody),
            bid_envelopes: Coded(facts.bid_envelopes),
            max_lots_per_bidder: facts.max_lots_per_bidder.map(i32::from),
            deadline_at: facts.deadline_at.map(At),
            award_on: facts.award_on,
            published_at: tender.published_at.map(At),
            version: tender.record.version.0,
            created_at: At(tender.record.created_at),
            updated_at: At(tender.record.updated_at),
        }
    }
}

impl TryFrom<TenderRow> for Tender {
    type Error = StorageError;

    fn try_from(row: TenderRow) -> Result<Self, StorageError> {
        Ok(Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            facts: TenderFacts {
                external_reference: row.external_reference,
                title: row.title,
                description: row.description,
                buyer: row.buyer,
                cpv_codes: row.cpv_codes.0,
                estimated_value_cents: row.estimated_value_cents,
                above_threshold: row.above_threshold,
                bid_custody: row.bid_custody.0,
                bid_envelopes: row.bid_envelopes.0,
                max_lots_per_bidder: row
                    .max_lots_per_bidder
                    .map(u16::try_from)
                    .transpose()
                    .map_err(|error| StorageError::Database(Box::new(error)))?,
                deadline_at: row.deadline_at.map(|at| at.0),
                award_on: row.award_on,
            },
            published_at: row.published_at.map(|at| at.0),
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        })
    }
}

/// Stores a new tender.
///
/// # Errors
/// [`StorageError::Duplicate`] when its external reference is taken,
/// [`StorageError::BrokenReference`] when the municipality is not registered.
pub fn insert(c: &mut AnyConnection, tender: &Tender) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(TenderRow::from(tender)).execute(c)?;
    Ok(())
}

/// Writes a tender that exists.
///
/// # Errors
/// [`StorageError::Duplicate`] when its external reference is taken.
pub fn update(c: &mut AnyConnection, tender: &Tender) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(tender.municipality), KeyOf(tender.id))))
        .set(TenderRow::from(tender))
        .execute(c)?;
    Ok(())
}

/// Removes a tender that has no lots any more.
///
/// # Errors
/// [`StorageError::BrokenReference`] when something still belongs to it.
pub fn delete(c: &mut AnyConnection, municipality: MunicipalityId, id: TenderId) -> Result<(), StorageError> {
    diesel::delete(table::table.find((Coded(municipality), KeyOf(id)))).execute(c)?;
    Ok(())
}

/// The tender of that id in the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<Option<Tender>, StorageError> {
    table::table
        .find((Coded(municipality), KeyOf(id)))
        .select(TenderRow::as_select())
        .first(c)
        .optional()?
        .map(Tender::try_from)
        .transpose()
}

/// One page of the municipality's tenders, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    only_published: bool,
    request: &PageRequest<TenderId>,
) -> Result<Page<Tender>, StorageError> {
    let query =
        table::table.filter(table::municipality_id.eq(Coded(municipality))).select(TenderRow::as_select());
    let mut query = keyset!(query, request, table::id, KeyOf);
    if only_published {
        query = query.filter(table::published_at.is_not_null());
    }
    let rows: Vec<TenderRow> = query.load(c)?;
    let tenders = rows.into_iter().map(Tender::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of_found(tenders, request))
}

/// How far the lots of these tenders are, in one query.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn lot_states(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tenders: impl IntoIterator<Item = TenderId>,
) -> Result<Vec<(TenderId, State)>, StorageError> {
    let rows: Vec<(KeyOf<Tender>, Coded<State>)> = lots::table
        .filter(lots::municipality_id.eq(Coded(municipality)))
        .filter(lots::tender_id.eq_any(tenders.into_iter().map(KeyOf)))
        .select((lots::tender_id, lots::state))
        .load(c)?;
    Ok(rows.into_iter().map(|(tender, state)| (tender.0, state.0)).collect())
}
