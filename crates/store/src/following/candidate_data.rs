//! Data of candidates, and their removal after the term of retention. Values and the ledger stay.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{candidate_removals as removals, claims, contracts, entries, settlements};
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryKind};
use trede_model::policies::policy::{PolicyId, StoredPolicy};

/// A contract, as far as the term of retention asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptContract {
    /// The contract.
    pub contract: ContractId,
    /// The policy that it keeps.
    pub policy: PolicyId,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// The last day on which the contractor may make up for what is short.
    pub cure_until: Option<NaiveDate>,
    /// When the last decision on it was taken; none for one that was never settled.
    pub settled_at: Option<DateTime<Utc>>,
}

/// The contracts of the municipality that keep a policy and whose last day has passed, settled or not.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ended_contracts(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    today: NaiveDate,
) -> Result<Vec<KeptContract>, StorageError> {
    type Row = (KeyOf<Contract>, KeyOf<StoredPolicy>, NaiveDate, Option<NaiveDate>);
    let rows: Vec<Row> = contracts::table
        .filter(contracts::municipality_id.eq(Coded(municipality)))
        .filter(contracts::ends_on.lt(today))
        .filter(contracts::policy_id.is_not_null())
        .select((
            contracts::id,
            contracts::policy_id.assume_not_null(),
            contracts::ends_on,
            contracts::cure_until,
        ))
        .order(contracts::id)
        .load(c)?;
    let decisions: Vec<(KeyOf<Contract>, At)> = settlements::table
        .filter(settlements::municipality_id.eq(Coded(municipality)))
        .select((settlements::contract_id, settlements::at))
        .order(settlements::at)
        .load(c)?;
    // Of several decisions the last one stays.
    let settled: BTreeMap<ContractId, DateTime<Utc>> =
        decisions.into_iter().map(|(contract, at)| (contract.0, at.0)).collect();
    Ok(rows
        .into_iter()
        .map(|(contract, policy, ends_on, cure_until)| KeptContract {
            contract: contract.0,
            policy: policy.0,
            ends_on,
            cure_until,
            settled_at: settled.get(&contract.0).copied(),
        })
        .collect())
}

/// Entries of a contract that still hold data of a candidate, at the most so many.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn held(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    most: u16,
) -> Result<Vec<EntryId>, StorageError> {
    let removed = removals::table
        .filter(removals::municipality_id.eq(entries::municipality_id))
        .filter(removals::entry_id.eq(entries::id));
    let rows: Vec<KeyOf<Entry>> = entries::table
        .filter(entries::municipality_id.eq(Coded(municipality)))
        .filter(entries::contract_id.eq(KeyOf(contract)))
        .filter(
            entries::kind
                .eq_any(EntryKind::ALL.iter().copied().filter(|kind| kind.has_candidate()).map(Coded)),
        )
        .filter(not(exists(removed)))
        .order(entries::id)
        .limit(i64::from(most))
        .select(entries::id)
        .load(c)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Removes the data of the candidate of an entry: reference, key, period, facts, description, and what it claims
/// in the region. `facts` is what remains of the facts. Answers how many claims went.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    entry: EntryId,
    facts: &str,
    at: DateTime<Utc>,
) -> Result<usize, StorageError> {
    diesel::update(entries::table.find((Coded(municipality), KeyOf(entry))))
        .set((
            entries::candidate.eq(None::<String>),
            entries::person_key.eq(None::<String>),
            entries::other_hours.eq(None::<String>),
            entries::description.eq(""),
            entries::period_from.eq(None::<NaiveDate>),
            entries::period_until.eq(None::<NaiveDate>),
            entries::facts.eq(facts),
        ))
        .execute(c)?;
    diesel::insert_into(removals::table)
        .values((
            removals::municipality_id.eq(Coded(municipality)),
            removals::entry_id.eq(KeyOf(entry)),
            removals::removed_at.eq(At(at)),
        ))
        .execute(c)?;
    Ok(diesel::delete(claims::table)
        .filter(claims::municipality_id.eq(Coded(municipality)))
        .filter(claims::claimant.eq(KeyOf(entry)))
        .execute(c)?)
}

/// The blocks of these entries.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn blocks(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    ids: &[EntryId],
) -> Result<Vec<(EntryId, String)>, StorageError> {
    let rows: Vec<(KeyOf<Entry>, String)> = entries::table
        .filter(entries::municipality_id.eq(Coded(municipality)))
        .filter(entries::id.eq_any(ids.iter().copied().map(KeyOf)))
        .select((entries::id, entries::block))
        .load(c)?;
    Ok(rows.into_iter().map(|(id, block)| (id.0, block)).collect())
}
