//! Entries over all contracts of a municipality that are looked for, in the order that is asked.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::contracts::has_member;
use super::entries::{EntryRow, MOST_AT_ONCE};
use crate::frame::columns::{At, Coded, KeyOf, sql_type::Instant};
use crate::frame::connection::{AnyConnection, MultiBackend};
use crate::frame::error::StorageError;
use crate::frame::page::{keyset_by, keyset_turned, valued};
use crate::frame::patterns::{ESCAPE, containing};
use crate::schema::{contracts, entries as table};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryState, EntryStep};
use trede_model::following::search::{EntryFilter, EntryOrder, Place, SortValue, Sorted};

/// Narrows a query down to what is looked for.
macro_rules! looked_for {
    ($query:expr, $municipality:expr, $party:expr, $filter:expr) => {{
        let filter: &EntryFilter = $filter;
        let municipality: MunicipalityId = $municipality;
        let mut query = $query.filter(table::municipality_id.eq(Coded(municipality)));
        if let Some(party) = $party {
            let of_party = contracts::table
                .filter(contracts::municipality_id.eq(Coded(municipality)))
                .filter(contracts::contractor_kvk.eq(Coded(party)).or(has_member(party)))
                .select(contracts::id);
            query = query.filter(table::contract_id.eq_any(of_party));
        }
        if let Some(coordinator) = &filter.coordinator {
            let followed = contracts::table
                .filter(contracts::municipality_id.eq(Coded(municipality)))
                .filter(contracts::coordinator.eq(coordinator.clone()))
                .select(contracts::id);
            query = query.filter(table::contract_id.eq_any(followed));
        }
        if filter.states.is_empty() {
            query = query.filter(table::state.ne(Coded(EntryState::Withdrawn)));
        } else {
            query = query.filter(table::state.eq_any(filter.states.iter().copied().map(Coded)));
        }
        if !filter.blocks.is_empty() {
            query = query.filter(table::block.eq_any(filter.blocks.clone()));
        }
        if !filter.kinds.is_empty() {
            query = query.filter(table::kind.eq_any(filter.kinds.iter().copied().map(Coded)));
        }
        if !filter.contracts.is_empty() {
            query = query.filter(table::contract_id.eq_any(filter.contracts.iter().copied().map(KeyOf)));
        }
        if let Some(contractor) = filter.contractor {
            query = query.filter(table::contractor_kvk.eq(Coded(contractor)));
        }
        if let Some(before) = filter.handed_in_before {
            // Of one entry the ledger holds a few rows, found by its key.
            query = query.filter(
                sql::<Bool>(
                    "(SELECT MAX(l.at) FROM ledger l WHERE l.municipality_id = entries.municipality_id \
                     AND l.entry_id = entries.id AND l.step = ",
                )
                .bind::<Text, _>(EntryStep::Submit.code())
                .sql(") < ")
                .bind::<Instant, _>(At(before)),
            );
        }
        if let Some(reference) = &filter.reference {
            query = query.filter(table::external_reference.eq(reference.clone()));
        }
        if let Some(text) = &filter.text {
            let pattern = containing(text);
            query = query.filter(
                sql::<Bool>("(lower(entries.description) LIKE ")
                    .bind::<Text, _>(pattern.clone())
                    .sql(ESCAPE)
                    .sql(" OR lower(COALESCE(entries.external_reference, '')) LIKE ")
                    .bind::<Text, _>(pattern)
                    .sql(ESCAPE)
                    .sql(")"),
            );
        }
        query
    }};
}

/// Where an entry stands in an order.
#[must_use]
pub fn place(entry: &Entry, order: EntryOrder) -> Place<EntryId> {
    let value = match order {
        EntryOrder::Made => SortValue::Id,
        EntryOrder::Changed => SortValue::Moment(entry.record.updated_at),
        EntryOrder::Value => SortValue::Cents(entry.value_cents),
    };
    Place { value, id: entry.id }
}

/// One page of the entries that are looked for; under the contracts of one party, when a party is named.
///
/// # Errors
/// [`StorageError`] when the database does not answer, or the place is none of the order.
pub fn page(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    (party, filter): (Option<KvkNumber>, &EntryFilter),
    order: Sorted<EntryOrder>,
    request: &PageRequest<Place<EntryId>>,
) -> Result<Page<Entry>, StorageError> {
    let query = table::table.select(EntryRow::as_select()).into_boxed::<MultiBackend>();
    let query = looked_for!(query, municipality, party, filter).limit(i64::from(request.limit) + 1);
    let start = request.start.clone();
    let turned = order.descending;
    let query = match order.by {
        EntryOrder::Made => {
            let start = start.map(|place| KeyOf(place.id));
            keyset_turned!(query, start, turned, table::id)
        }
        EntryOrder::Changed => {
            let start = valued(start, |value| match value {
                SortValue::Moment(at) => Some(At(at)),
                _ => None,
            })?;
            keyset_by!(query, start, turned, table::updated_at, table::id)
        }
        EntryOrder::Value => {
            let start = valued(start, |value| match value {
                SortValue::Cents(cents) => Some(cents),
                _ => None,
            })?;
            keyset_by!(query, start, turned, table::value_cents, table::id)
        }
    };
    let rows: Vec<EntryRow> = query.load(c)?;
    Ok(Page::of_found(rows.into_iter().map(Entry::from).collect(), request))
}

/// The entries that are looked for with their contracts, after one of them, in the order in which they were made: so
/// many, and one more where there are more.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ids(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    (party, filter): (Option<KvkNumber>, &EntryFilter),
    after: Option<EntryId>,
    limit: u16,
) -> Result<Vec<(EntryId, ContractId)>, StorageError> {
    let query = table::table.select((table::id, table::contract_id)).into_boxed::<MultiBackend>();
    let mut query =
        looked_for!(query, municipality, party, filter).order(table::id).limit(i64::from(limit) + 1);
    if let Some(after) = after {
        query = query.filter(table::id.gt(KeyOf(after)));
    }
    let rows: Vec<(KeyOf<Entry>, KeyOf<Contract>)> = query.load(c)?;
    Ok(rows.into_iter().map(|(entry, contract)| (entry.0, contract.0)).collect())
}

/// Which of these entries the municipality has, with their contracts.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn which(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[EntryId],
) -> Result<Vec<(EntryId, ContractId)>, StorageError> {
    let rows: Vec<(KeyOf<Entry>, KeyOf<Contract>)> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)))
        .select((table::id, table::contract_id))
        .load(c)?;
    Ok(rows.into_iter().map(|(entry, contract)| (entry.0, contract.0)).collect())
}

/// These entries, those that there are.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn those(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[EntryId],
) -> Result<Vec<Entry>, StorageError> {
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_AT_ONCE) {
        let rows: Vec<EntryRow> = table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)))
            .order(table::id)
            .select(EntryRow::as_select())
            .load(c)?;
        found.extend(rows.into_iter().map(Entry::from));
    }
    Ok(found)
}

/// How many entries there are under these contracts.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn count_under(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: &[ContractId],
) -> Result<i64, StorageError> {
    let mut found: i64 = 0;
    for contracts in contracts.chunks(MOST_AT_ONCE) {
        let counted: i64 = table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::contract_id.eq_any(contracts.iter().copied().map(KeyOf)))
            .count()
            .get_result(c)?;
        found = found.saturating_add(counted);
    }
    Ok(found)
}
