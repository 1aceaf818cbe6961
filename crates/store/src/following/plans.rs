//! Plans of approach of contracts.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::plans as table;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::plan::{Plan, PlanId, PlanState};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct PlanRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Plan>,
    contract_id: KeyOf<Contract>,
    approach: String,
    milestones: String,
    state: Coded<PlanState>,
    submitted_at: At,
    submitted_by: String,
    decided_at: Option<At>,
    decided_by: Option<String>,
    reason: Option<String>,
}

fn row(municipality: MunicipalityId, plan: &Plan) -> PlanRow {
    PlanRow {
        municipality_id: Coded(municipality),
        id: KeyOf(plan.id),
        contract_id: KeyOf(plan.contract),
        approach: plan.approach.clone(),
        milestones: plan.milestones.clone(),
        state: Coded(plan.state),
        submitted_at: At(plan.submitted_at),
        submitted_by: plan.submitted_by.clone(),
        decided_at: plan.decided_at.map(At),
        decided_by: plan.decided_by.clone(),
        reason: plan.reason.clone(),
    }
}

impl From<PlanRow> for Plan {
    fn from(row: PlanRow) -> Self {
        Self {
            contract: row.contract_id.0,
            id: row.id.0,
            approach: row.approach,
            milestones: row.milestones,
            state: row.state.0,
            submitted_at: row.submitted_at.0,
            submitted_by: row.submitted_by,
            decided_at: row.decided_at.map(|at| at.0),
            decided_by: row.decided_by,
            reason: row.reason,
        }
    }
}

/// Stores a plan.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such contract.
pub fn insert(c: &mut AnyConnection, municipality: MunicipalityId, plan: &Plan) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(row(municipality, plan)).execute(c)?;
    Ok(())
}

/// Writes a plan that was decided upon.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, municipality: MunicipalityId, plan: &Plan) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(municipality), KeyOf(plan.id))))
        .set(row(municipality, plan))
        .execute(c)?;
    Ok(())
}

/// The plan of that id for the contract.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    id: PlanId,
) -> Result<Option<Plan>, StorageError> {
    let row: Option<PlanRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .select(PlanRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Plan::from))
}

/// Every plan for a contract, the first first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_contract(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<Plan>, StorageError> {
    let rows: Vec<PlanRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .order(table::id)
        .select(PlanRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Plan::from).collect())
}
