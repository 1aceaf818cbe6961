//! Contracts that are looked for, in the order that is asked.

use chrono::NaiveDate;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};

use super::contracts::{ContractRow, has_member};
use super::entries::MOST_AT_ONCE;
use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::{AnyConnection, MultiBackend};
use crate::frame::error::StorageError;
use crate::frame::page::{keyset_by, keyset_turned, valued};
use crate::frame::patterns::{ESCAPE, containing};
use crate::schema::contracts as table;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::obligation_state::ObligationState;
use trede_model::following::search::{ContractFilter, ContractOrder, Place, SortValue, Sorted};

/// Narrows a query down to what is looked for.
macro_rules! looked_for {
    ($query:expr, $municipality:expr, $party:expr, $filter:expr, $today:expr) => {{
        let filter: &ContractFilter = $filter;
        let mut query = $query.filter(table::municipality_id.eq(Coded($municipality)));
        for party in [$party, filter.party].into_iter().flatten() {
            query = query.filter(table::contractor_kvk.eq(Coded(party)).or(has_member(party)));
        }
        if filter.states.is_empty() {
            query = query.filter(table::state.ne(Coded(ObligationState::Withdrawn)));
        } else {
            query = query.filter(in_state(&filter.states, $today));
        }
        if let Some(coordinator) = &filter.coordinator {
            query = query.filter(table::coordinator.eq(coordinator.clone()));
        }
        if filter.unassigned {
            query = query.filter(table::coordinator.is_null());
        }
        if let Some(from) = filter.ends_from {
            query = query.filter(table::ends_on.ge(from));
        }
        if let Some(until) = filter.ends_until {
            query = query.filter(table::ends_on.le(until));
        }
        if let Some(reference) = &filter.reference {
            query = query.filter(table::external_reference.eq(reference.clone()));
        }
        if let Some(text) = &filter.text {
            let pattern = containing(text);
            query = query.filter(
                sql::<Bool>("(lower(title) LIKE ")
                    .bind::<Text, _>(pattern.clone())
                    .sql(ESCAPE)
                    .sql(" OR lower(COALESCE(external_reference, '')) LIKE ")
                    .bind::<Text, _>(pattern)
                    .sql(ESCAPE)
                    .sql(")"),
            );
        }
        if let Some(ids) = &filter.ids {
            query = query.filter(table::id.eq_any(ids.iter().copied().map(KeyOf)));
        }
        query
    }};
}

/// What is fixed runs from the first day of the contract, whatever the row says.
type InState = diesel::dsl::Or<
    diesel::dsl::Or<
        diesel::dsl::EqAny<table::state, Vec<Coded<ObligationState>>>,
        diesel::dsl::And<StateIs, diesel::dsl::LtEq<table::starts_on, NaiveDate>>,
    >,
    diesel::dsl::And<StateIs, diesel::dsl::Gt<table::starts_on, NaiveDate>>,
>;
type StateIs = diesel::dsl::Eq<table::state, Coded<ObligationState>>;

/// Days on which nothing starts, for what is not asked: both databases write them with four digits.
const BEFORE_ALL: NaiveDate = day(1);
const AFTER_ALL: NaiveDate = day(9999);

const fn day(year: i32) -> NaiveDate {
    match NaiveDate::from_ymd_opt(year, 1, 1) {
        Some(day) => day,
        None => NaiveDate::MAX,
    }
}

fn in_state(states: &[ObligationState], today: NaiveDate) -> InState {
    let stored: Vec<_> =
        states.iter().copied().filter(|state| *state != ObligationState::Fixed).map(Coded).collect();
    let asked = |state, day| if states.contains(&state) { day } else { None };
    let runs = asked(ObligationState::Running, Some(today)).unwrap_or(BEFORE_ALL);
    let waits = asked(ObligationState::Fixed, Some(today)).unwrap_or(AFTER_ALL);
    let is_fixed = || table::state.eq(Coded(ObligationState::Fixed));
    table::state
        .eq_any(stored)
        .or(is_fixed().and(table::starts_on.le(runs)))
        .or(is_fixed().and(table::starts_on.gt(waits)))
}

/// Where a contract stands in an order.
#[must_use]
pub fn place(contract: &Contract, order: ContractOrder) -> Place<ContractId> {
    let value = match order {
        ContractOrder::Registered => SortValue::Id,
        ContractOrder::EndsOn => SortValue::Day(contract.terms.ends_on),
        ContractOrder::Title => SortValue::Text(contract.terms.title.clone()),
        ContractOrder::ContractSum => SortValue::Cents(contract.terms.contract_sum_cents),
    };
    Place { value, id: contract.id }
}

/// One page of the contracts that are looked for, as they are on a day; of one party, when a party is named.
///
/// # Errors
/// [`StorageError`] when the database does not answer, or the place is none of the order.
pub fn page(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    (party, filter, today): (Option<KvkNumber>, &ContractFilter, NaiveDate),
    order: Sorted<ContractOrder>,
    request: &PageRequest<Place<ContractId>>,
) -> Result<Page<Contract>, StorageError> {
    let query = table::table.select(ContractRow::as_select()).into_boxed::<MultiBackend>();
    let query = looked_for!(query, municipality, party, filter, today).limit(i64::from(request.limit) + 1);
    let start = request.start.clone();
    let turned = order.descending;
    let query = match order.by {
        ContractOrder::Registered => {
            let start = start.map(|place| KeyOf(place.id));
            keyset_turned!(query, start, turned, table::id)
        }
        ContractOrder::EndsOn => {
            let start = valued(start, |value| match value {
                SortValue::Day(day) => Some(day),
                _ => None,
            })?;
            keyset_by!(query, start, turned, table::ends_on, table::id)
        }
        ContractOrder::Title => {
            let start = valued(start, |value| match value {
                SortValue::Text(text) => Some(text),
                _ => None,
            })?;
            keyset_by!(query, start, turned, table::title, table::id)
        }
        ContractOrder::ContractSum => {
            let start = valued(start, |value| match value {
                SortValue::Cents(cents) => Some(cents),
                _ => None,
            })?;
            keyset_by!(query, start, turned, table::contract_sum_cents, table::id)
        }
    };
    let rows: Vec<ContractRow> = query.load(c)?;
    Ok(Page::of_found(rows.into_iter().map(Contract::from).collect(), request))
}

/// The ids of the contracts that are looked for, after one of them, in the order in which they were registered: so
/// many, and one more where there are more.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ids(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    (filter, today): (&ContractFilter, NaiveDate),
    after: Option<ContractId>,
    limit: u16,
) -> Result<Vec<ContractId>, StorageError> {
    let query = table::table.select(table::id).into_boxed::<MultiBackend>();
    let mut query = looked_for!(query, municipality, None::<KvkNumber>, filter, today)
        .order(table::id)
        .limit(i64::from(limit) + 1);
    if let Some(after) = after {
        query = query.filter(table::id.gt(KeyOf(after)));
    }
    let rows: Vec<KeyOf<Contract>> = query.load(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// These contracts, those that there are.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn those(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[ContractId],
) -> Result<Vec<Contract>, StorageError> {
    let mut found = Vec::new();
    for ids in ids.chunks(MOST_AT_ONCE) {
        let rows: Vec<ContractRow> = table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::id.eq_any(ids.iter().copied().map(KeyOf)))
            .select(ContractRow::as_select())
            .load(c)?;
        found.extend(rows.into_iter().map(Contract::from));
    }
    Ok(found)
}
