//! The ledger: rows are added, and summed; there is no function that changes or removes one.

use std::collections::BTreeSet;

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::ledger as table;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryStep};
use trede_model::following::ledger::{BlockTotal, LedgerKey, LedgerRow};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct Row {
    municipality_id: Coded<MunicipalityId>,
    entry_id: KeyOf<Entry>,
    entry_version: i64,
    contract_id: KeyOf<Contract>,
    block: String,
    step: Coded<EntryStep>,
    submitted_cents: i64,
    approved_cents: i64,
    at: At,
    actor: String,
    reason: Option<String>,
}

/// Adds a row.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the entry is not one of the contract.
pub fn append(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    row: &LedgerRow,
) -> Result<(), StorageError> {
    let row = Row {
        municipality_id: Coded(municipality),
        entry_id: KeyOf(row.entry),
        entry_version: row.version.0,
        contract_id: KeyOf(row.contract),
        block: row.block.clone(),
        step: Coded(row.step),
        submitted_cents: row.submitted_cents,
        approved_cents: row.approved_cents,
        at: At(row.at),
        actor: row.actor.clone(),
        reason: row.reason.clone(),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// The rows of one entry, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_entry(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entry: EntryId,
) -> Result<Vec<LedgerRow>, StorageError> {
    let rows: Vec<Row> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::entry_id.eq(KeyOf(entry)))
        .order(table::entry_version)
        .select(Row::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(LedgerRow::from).collect())
}

/// Rows of the ledger after a row, by entry and version, of these contracts where some are named: so many, and one
/// more where there are more.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: Option<&[ContractId]>,
    after: Option<LedgerKey>,
    limit: u16,
) -> Result<Vec<LedgerRow>, StorageError> {
    let mut query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .order((table::entry_id, table::entry_version))
        .limit(i64::from(limit).saturating_add(1))
        .select(Row::as_select())
        .into_boxed();
    if let Some((entry, version)) = after {
        let of_same = table::entry_id.eq(KeyOf(entry)).and(table::entry_version.gt(version.0));
        query = query.filter(table::entry_id.gt(KeyOf(entry)).or(of_same));
    }
    if let Some(contracts) = contracts {
        query = query.filter(table::contract_id.eq_any(contracts.iter().copied().map(KeyOf)));
    }
    Ok(query.load::<Row>(c)?.into_iter().map(LedgerRow::from).collect())
}

/// The sums of the ledger for each of these contracts and each block, in one query.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn totals(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: impl IntoIterator<Item = ContractId>,
) -> Result<Vec<(ContractId, BlockTotal)>, StorageError> {
    // The sum of BIGINTs is a NUMERIC on PostgreSQL, hence the cast.
    let rows: Vec<(KeyOf<Contract>, String, i64, i64)> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq_any(contracts.into_iter().map(KeyOf)))
        .group_by((table::contract_id, table::block))
        .select((
            table::contract_id,
            table::block,
            sql::<BigInt>("CAST(SUM(submitted_cents) AS BIGINT)"),
            sql::<BigInt>("CAST(SUM(approved_cents) AS BIGINT)"),
        ))
        .order((table::contract_id, table::block))
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|(contract, block, submitted_cents, approved_cents)| {
            (contract.0, BlockTotal { block, submitted_cents, approved_cents })
        })
        .collect())
}

impl From<Row> for LedgerRow {
    fn from(row: Row) -> Self {
        Self {
            contract: row.contract_id.0,
            entry: row.entry_id.0,
            version: Version(row.entry_version),
            block: row.block,
            step: row.step.0,
            submitted_cents: row.submitted_cents,
            approved_cents: row.approved_cents,
            at: row.at.0,
            actor: row.actor,
            reason: row.reason,
        }
    }
}

/// Which of these entries have rows.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn entries_among(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entries: &[EntryId],
) -> Result<BTreeSet<EntryId>, StorageError> {
    let mut found = BTreeSet::new();
    for entries in entries.chunks(ENTRIES) {
        let rows: Vec<KeyOf<Entry>> = table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::entry_id.eq_any(entries.iter().copied().map(KeyOf)))
            .select(table::entry_id)
            .distinct()
            .load(c)?;
        found.extend(rows.into_iter().map(|row| row.0));
    }
    Ok(found)
}

/// As many entries go into one statement.
const ENTRIES: usize = 1000;
