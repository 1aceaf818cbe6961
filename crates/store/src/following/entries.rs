//! Entries under the contracts of a municipality.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text};

use crate::frame::columns::sql_type::Key;
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::entries as table;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryContent, EntryId, EntryKind, EntryState, PersonKey};

/// Who an entry is of, as SQL: a person is known by the key of the region, or else by the contractor's own
/// reference.
pub(crate) const PERSON: &str =
    "COALESCE(entries.person_key, entries.contractor_kvk || ' ' || entries.candidate)";

/// The most entries of one statement: a row has 23 values, and SQLite takes 32,766 in a statement.
pub const MOST_AT_ONCE: usize = 1000;

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
pub(super) struct EntryRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Entry>,
    contract_id: KeyOf<Contract>,
    external_reference: Option<String>,
    kind: Coded<EntryKind>,
    contractor_kvk: Coded<KvkNumber>,
    description: String,
    candidate: Option<String>,
    person_key: Option<Coded<PersonKey>>,
    other_hours: Option<String>,
    supplier_kvk: Option<Coded<KvkNumber>>,
    invoice_number: Option<String>,
    block: String,
    period_from: Option<NaiveDate>,
    period_until: Option<NaiveDate>,
    facts: String,
    state: Coded<EntryState>,
    value_cents: i64,
    calculation: String,
    created_by: String,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Entry> for EntryRow {
    fn from(entry: &Entry) -> Self {
        let content = entry.content.clone();
        Self {
            municipality_id: Coded(entry.municipality),
            id: KeyOf(entry.id),
            contract_id: KeyOf(entry.contract),
            external_reference: content.external_reference,
            kind: Coded(content.kind),
            contractor_kvk: Coded(content.contractor),
            description: content.description,
            candidate: content.candidate,
            person_key: content.person_key.map(Coded),
            other_hours: content.other_hours,
            supplier_kvk: content.supplier.map(Coded),
            invoice_number: content.invoice_number,
            block: content.block,
            period_from: content.period_from,
            period_until: content.period_until,
            facts: content.facts,
            state: Coded(entry.state),
            value_cents: entry.value_cents,
            calculation: entry.calculation.clone(),
            created_by: entry.created_by.clone(),
            version: entry.record.version.0,
            created_at: At(entry.record.created_at),
            updated_at: At(entry.record.updated_at),
        }
    }
}

impl From<EntryRow> for Entry {
    fn from(row: EntryRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            contract: row.contract_id.0,
            id: row.id.0,
            content: EntryContent {
                external_reference: row.external_reference,
                kind: row.kind.0,
                contractor: row.contractor_kvk.0,
                description: row.description,
                candidate: row.candidate,
                person_key: row.person_key.map(|key| key.0),
                other_hours: row.other_hours,
                supplier: row.supplier_kvk.map(|kvk| kvk.0),
                invoice_number: row.invoice_number,
                block: row.block,
                period_from: row.period_from,
                period_until: row.period_until,
                facts: row.facts,
            },
            state: row.state.0,
            value_cents: row.value_cents,
            calculation: row.calculation,
            created_by: row.created_by,
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// Stores a new entry.
///
/// # Errors
/// [`StorageError::Duplicate`] when its reference is taken,
/// [`StorageError::BrokenReference`] when there is no such contract.
pub fn insert(c: &mut AnyConnection, entry: &Entry) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(EntryRow::from(entry)).execute(c)?;
    Ok(())
}

/// Stores many new entries in one statement; at most [`MOST_AT_ONCE`].
///
/// # Errors
/// As [`insert`]; then none is stored.
pub fn insert_all(c: &mut AnyConnection, entries: &[Entry]) -> Result<(), StorageError> {
    let rows: Vec<EntryRow> = entries.iter().map(EntryRow::from).collect();
    // A statement of many rows is not the same on both databases.
    match c {
        AnyConnection::Postgres(c) => diesel::insert_into(table::table).values(&rows).execute(c)?,
        AnyConnection::Sqlite(c) => diesel::insert_into(table::table).values(&rows).execute(c)?,
    };
    Ok(())
}

/// The most contracts that one query tells apart: SQLite takes no expression deeper than 1000.
const MOST_CONTRACTS: usize = 200;

/// Those entries that bear one of the references that are asked for under their own contract.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn with_references(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    asked: &BTreeMap<ContractId, Vec<&str>>,
) -> Result<Vec<Entry>, StorageError> {
    // Each reference beside its own contract: all contracts beside all references would have PostgreSQL look for
    // every pair of them. Its planner takes long over many alternatives, and SQLite has no arrays.
    let rows = match c {
        AnyConnection::Postgres(c) => {
            let pairs = asked.iter().flat_map(|(contract, of)| of.iter().map(|it| (KeyOf(*contract), *it)));
            let (contracts, references): (Vec<KeyOf<Contract>>, Vec<&str>) = pairs.unzip();
            let is_asked = sql::<Bool>("(contract_id, external_reference) IN (SELECT * FROM unnest(")
                .bind::<Array<Key>, _>(contracts)
                .sql(", ")
                .bind::<Array<Text>, _>(references)
                .sql("))");
            let of_municipality = table::municipality_id.eq(Coded(municipality));
            table::table.filter(of_municipality).filter(is_asked).select(EntryRow::as_select()).load(c)?
        }
        AnyConnection::Sqlite(c) => {
            let mut rows: Vec<EntryRow> = Vec::new();
            let asked: Vec<(&ContractId, &Vec<&str>)> = asked.iter().collect();
            for some in asked.chunks(MOST_CONTRACTS) {
                let mut query = table::table.select(EntryRow::as_select()).into_boxed();
                for (contract, references) in some {
                    let of_contract = table::municipality_id
                        .eq(Coded(municipality))
                        .and(table::contract_id.eq(KeyOf(**contract)));
                    let is_asked = table::external_reference.eq_any(references.iter().copied());
                    query = query.or_filter(of_contract.and(is_asked));
                }
                rows.extend(query.load::<EntryRow>(c)?);
            }
            rows
        }
    };
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// Writes an entry that exists.
///
/// # Errors
/// [`StorageError::Duplicate`] when its reference is taken.
pub fn update(c: &mut AnyConnection, entry: &Entry) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(entry.municipality), KeyOf(entry.id))))
        .set(EntryRow::from(entry))
        .execute(c)?;
    Ok(())
}

/// The entry of that id under the contract.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    id: EntryId,
) -> Result<Option<Entry>, StorageError> {
    let row: Option<EntryRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .select(EntryRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Entry::from))
}

/// One page of the entries of a contract, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    request: &PageRequest<EntryId>,
) -> Result<Page<Entry>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .select(EntryRow::as_select());
    let rows: Vec<EntryRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows.into_iter().map(Entry::from).collect(), request))
}

/// Those of the entries that count or wait, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn active(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[EntryId],
) -> Result<Vec<Entry>, StorageError> {
    let rows: Vec<EntryRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)))
        .filter(table::state.eq_any([EntryState::Submitted, EntryState::Approved].map(Coded)))
        .order(table::id)
        .select(EntryRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// The entries of these contracts that count or wait, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn active_of_contracts(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: &[ContractId],
) -> Result<Vec<Entry>, StorageError> {
    let rows: Vec<EntryRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq_any(contracts.iter().copied().map(KeyOf)))
        .filter(table::state.eq_any([EntryState::Submitted, EntryState::Approved].map(Coded)))
        .order(table::id)
        .select(EntryRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Entry::from).collect())
}

/// How many people and entries there are among the approved entries of these contracts for a block. A person is
/// known by the key of the region, or else by the contractor's own reference.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn approved_counts(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: &[ContractId],
    block: &str,
) -> Result<(i64, i64), StorageError> {
    let counts = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq_any(contracts.iter().copied().map(KeyOf)))
        .filter(table::block.eq(block))
        .filter(table::state.eq(Coded(EntryState::Approved)))
        .select((sql::<BigInt>(&format!("COUNT(DISTINCT {PERSON})")), count_star()))
        .first(c)?;
    Ok(counts)
}

/// Takes entries away that were never handed in.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the ledger or a file refers to one.
pub fn remove(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[EntryId],
) -> Result<(), StorageError> {
    for ids in ids.chunks(MOST_AT_ONCE) {
        let those = table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)));
        diesel::delete(those).execute(c)?;
    }
    Ok(())
}
