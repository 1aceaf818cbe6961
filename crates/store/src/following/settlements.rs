//! Settlements of contracts: rows are added and never changed.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::settlements as table;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::obligation_state::ObligationStep;
use trede_model::following::settlement::{SettlementId, SettlementRecord};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct SettlementRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<SettlementRecord>,
    contract_id: KeyOf<Contract>,
    step: Coded<ObligationStep>,
    owed_cents: i64,
    realised_cents: i64,
    shortfall_cents: i64,
    sanction_cents: i64,
    carried_over_cents: i64,
    cure_until: Option<NaiveDate>,
    reason: String,
    calculation: String,
    statement: String,
    at: At,
    actor: String,
}

/// Stores a settlement.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such contract.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    settlement: &SettlementRecord,
) -> Result<(), StorageError> {
    let row = SettlementRow {
        municipality_id: Coded(municipality),
        id: KeyOf(settlement.id),
        contract_id: KeyOf(settlement.contract),
        step: Coded(settlement.step),
        owed_cents: settlement.owed_cents,
        realised_cents: settlement.realised_cents,
        shortfall_cents: settlement.shortfall_cents,
        sanction_cents: settlement.sanction_cents,
        carried_over_cents: settlement.carried_over_cents,
        cure_until: settlement.cure_until,
        reason: settlement.reason.clone(),
        calculation: settlement.calculation.clone(),
        statement: settlement.statement.clone(),
        at: At(settlement.at),
        actor: settlement.actor.clone(),
    };
    diesel::insert_into(table::table).values(row).execute(c)?;
    Ok(())
}

/// Every settlement of a contract, the first first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_contract(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<SettlementRecord>, StorageError> {
    let rows: Vec<SettlementRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .order(table::id)
        .select(SettlementRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(SettlementRecord::from).collect())
}

/// The settlement of that id of the contract.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    id: SettlementId,
) -> Result<Option<SettlementRecord>, StorageError> {
    let row: Option<SettlementRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .select(SettlementRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(SettlementRecord::from))
}

impl From<SettlementRow> for SettlementRecord {
    fn from(row: SettlementRow) -> Self {
        Self {
            contract: row.contract_id.0,
            id: row.id.0,
            step: row.step.0,
            owed_cents: row.owed_cents,
            realised_cents: row.realised_cents,
            shortfall_cents: row.shortfall_cents,
            sanction_cents: row.sanction_cents,
            carried_over_cents: row.carried_over_cents,
            cure_until: row.cure_until,
            reason: row.reason,
            calculation: row.calculation,
            statement: row.statement,
            at: row.at.0,
            actor: row.actor,
        }
    }
}
