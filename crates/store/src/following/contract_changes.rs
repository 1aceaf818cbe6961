//! What contracts became: rows are added and never changed.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::contract_changes as table;
use trede_base::ids::MunicipalityId;
use trede_model::following::change::{ChangeKind, ContractChange};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::policies::policy::StoredPolicy;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct ContractChangeRow {
    municipality_id: Coded<MunicipalityId>,
    contract_id: KeyOf<Contract>,
    sequence: i32,
    kind: Coded<ChangeKind>,
    effective_on: NaiveDate,
    reason: String,
    terms: String,
    policy_id: Option<KeyOf<StoredPolicy>>,
    obligation_cents: Option<i64>,
    calculation: String,
    at: At,
    actor: String,
}

/// Stores a change.
///
/// # Errors
/// [`StorageError::Duplicate`] when another change came in between.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    change: &ContractChange,
) -> Result<(), StorageError> {
    let row = ContractChangeRow {
        municipality_id: Coded(municipality),
        contract_id: KeyOf(change.contract),
        sequence: change.sequence,
        kind: Coded(change.kind),
        effective_on: change.effective_on,
        reason: change.reason.clone(),
        terms: change.terms.clone(),
        policy_id: change.policy.map(KeyOf),
        obligation_cents: change.obligation_cents,
        calculation: change.calculation.clone(),
        at: At(change.at),
        actor: change.actor.clone(),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// How many changes a contract has had.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest_sequence(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<i32, StorageError> {
    let latest: Option<i32> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .select(diesel::dsl::max(table::sequence))
        .first(c)?;
    Ok(latest.unwrap_or_default())
}

/// All changes of a contract, the registration first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_contract(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<ContractChange>, StorageError> {
    let rows: Vec<ContractChangeRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .order(table::sequence)
        .select(ContractChangeRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(ContractChange::from).collect())
}

impl From<ContractChangeRow> for ContractChange {
    fn from(row: ContractChangeRow) -> Self {
        Self {
            contract: row.contract_id.0,
            sequence: row.sequence,
            kind: row.kind.0,
            effective_on: row.effective_on,
            reason: row.reason,
            terms: row.terms,
            policy: row.policy_id.map(|policy| policy.0),
            obligation_cents: row.obligation_cents,
            calculation: row.calculation,
            at: row.at.0,
            actor: row.actor,
        }
    }
}
