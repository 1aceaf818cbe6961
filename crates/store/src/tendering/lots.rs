//! Lots of a tender.

use diesel::prelude::*;

use super::tenders::TenderRow;
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{contract_awards, contracts, lots as table, tenders};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::tendering::lot::{Lot, LotFacts, LotId, LotPath};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct LotRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Lot>,
    tender_id: KeyOf<Tender>,
    number: i32,
    title: String,
    description: String,
    estimated_value_cents: Option<i64>,
    state: Coded<State>,
    opened_at: Option<At>,
    quality_fixed_at: Option<At>,
    prices_opened_at: Option<At>,
    award_model: Option<String>,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Lot> for LotRow {
    fn from(lot: &Lot) -> Self {
        let facts = lot.facts.clone();
        Self {
            municipality_id: Coded(lot.municipality),
            id: KeyOf(lot.id),
            tender_id: KeyOf(lot.tender),
            number: i32::from(facts.number),
            title: facts.title,
            description: facts.description,
            estimated_value_cents: facts.estimated_value_cents,
            state: Coded(lot.state),
            opened_at: lot.opened_at.map(At),
            quality_fixed_at: lot.quality_fixed_at.map(At),
            prices_opened_at: lot.prices_opened_at.map(At),
            award_model: lot.award_model.clone(),
            version: lot.record.version.0,
            created_at: At(lot.record.created_at),
            updated_at: At(lot.record.updated_at),
        }
    }
}

impl TryFrom<LotRow> for Lot {
    type Error = StorageError;

    fn try_from(row: LotRow) -> Result<Self, StorageError> {
        Ok(Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            id: row.id.0,
            facts: LotFacts {
                number: u16::try_from(row.number).map_err(|error| StorageError::Database(Box::new(error)))?,
                title: row.title,
                description: row.description,
                estimated_value_cents: row.estimated_value_cents,
            },
            state: row.state.0,
            opened_at: row.opened_at.map(|at| at.0),
            quality_fixed_at: row.quality_fixed_at.map(|at| at.0),
            prices_opened_at: row.prices_opened_at.map(|at| at.0),
            award_model: row.award_model,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        })
    }
}

/// Stores a new lot.
///
/// # Errors
/// [`StorageError::Duplicate`] when its number is taken in the tender,
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn insert(c: &mut AnyConnection, lot: &Lot) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(LotRow::from(lot)).execute(c)?;
    Ok(())
}

/// Writes a lot that exists.
///
/// # Errors
/// [`StorageError::Duplicate`] when its number is taken in the tender.
pub fn update(c: &mut AnyConnection, lot: &Lot) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(lot.municipality), KeyOf(lot.id))))
        .set(LotRow::from(lot))
        .execute(c)?;
    Ok(())
}

/// Removes a lot.
///
/// # Errors
/// [`StorageError::BrokenReference`] when something belongs to it.
pub fn delete(c: &mut AnyConnection, municipality: MunicipalityId, id: LotId) -> Result<(), StorageError> {
    diesel::delete(table::table.find((Coded(municipality), KeyOf(id)))).execute(c)?;
    Ok(())
}

/// The lot on that path.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(c: &mut AnyConnection, at: LotPath) -> Result<Option<Lot>, StorageError> {
    table::table
        .find((Coded(at.municipality), KeyOf(at.lot)))
        .filter(table::tender_id.eq(KeyOf(at.tender)))
        .select(LotRow::as_select())
        .first(c)
        .optional()?
        .map(Lot::try_from)
        .transpose()
}

/// The lot on that path with its tender, in one query: most of what happens to a lot asks for both.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find_with_tender(c: &mut AnyConnection, at: LotPath) -> Result<Option<(Tender, Lot)>, StorageError> {
    let of_lot = tenders::municipality_id.eq(table::municipality_id).and(tenders::id.eq(table::tender_id));
    let found: Option<(TenderRow, LotRow)> = table::table
        .inner_join(tenders::table.on(of_lot))
        .filter(table::municipality_id.eq(Coded(at.municipality)))
        .filter(table::id.eq(KeyOf(at.lot)))
        .filter(table::tender_id.eq(KeyOf(at.tender)))
        .select((TenderRow::as_select(), LotRow::as_select()))
        .first(c)
        .optional()?;
    let Some((tender, lot)) = found else { return Ok(None) };
    Ok(Some((Tender::try_from(tender)?, Lot::try_from(lot)?)))
}

/// All lots of a tender, by number, to take a step with all of them.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<Lot>, StorageError> {
    let rows: Vec<LotRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .order(table::number)
        .select(LotRow::as_select())
        .load(c)?;
    rows.into_iter().map(Lot::try_from).collect()
}

/// One page of a tender's lots, by number.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn page(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<u16>,
) -> Result<Page<Lot>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::tender_id.eq(KeyOf(tender)))
        .select(LotRow::as_select());
    let rows: Vec<LotRow> = keyset!(query, request, table::number, i32::from).load(c)?;
    let lots = rows.into_iter().map(Lot::try_from).collect::<Result<_, _>>()?;
    Ok(Page::of_found(lots, request))
}

/// The lots of a municipality that were awarded and have no contract.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn awarded_without_contract(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Vec<Lot>, StorageError> {
    let with_contract = contracts::table
        .filter(contracts::municipality_id.eq(Coded(municipality)))
        .filter(contracts::lot_id.eq(table::id.nullable()));
    let with_one_of_several = contract_awards::table
        .filter(contract_awards::municipality_id.eq(Coded(municipality)))
        .filter(contract_awards::lot_id.eq(table::id));
    let rows: Vec<LotRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::state.eq(Coded(State::Awarded)))
        .filter(diesel::dsl::not(diesel::dsl::exists(with_contract)))
        .filter(diesel::dsl::not(diesel::dsl::exists(with_one_of_several)))
        .order(table::id)
        .select(LotRow::as_select())
        .load(c)?;
    rows.into_iter().map(Lot::try_from).collect()
}
