//! Deadlines of contracts.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::milestones as table;
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::plan::{Milestone, MilestoneId, MilestoneKind};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct MilestoneRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Milestone>,
    contract_id: KeyOf<Contract>,
    kind: Coded<MilestoneKind>,
    title: String,
    due_on: NaiveDate,
    planned_cents: Option<i64>,
    done_on: Option<NaiveDate>,
}

fn row(municipality: MunicipalityId, milestone: &Milestone) -> MilestoneRow {
    MilestoneRow {
        municipality_id: Coded(municipality),
        id: KeyOf(milestone.id),
        contract_id: KeyOf(milestone.contract),
        kind: Coded(milestone.kind),
        title: milestone.title.clone(),
        due_on: milestone.due_on,
        planned_cents: milestone.planned_cents,
        done_on: milestone.done_on,
    }
}

impl From<MilestoneRow> for Milestone {
    fn from(row: MilestoneRow) -> Self {
        Self {
            contract: row.contract_id.0,
            id: row.id.0,
            kind: row.kind.0,
            title: row.title,
            due_on: row.due_on,
            planned_cents: row.planned_cents,
            done_on: row.done_on,
        }
    }
}

/// Stores a milestone.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such contract.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    milestone: &Milestone,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(row(municipality, milestone)).execute(c)?;
    Ok(())
}

/// Writes a milestone that exists.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    milestone: &Milestone,
) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(municipality), KeyOf(milestone.id))))
        .set(row(municipality, milestone))
        .execute(c)?;
    Ok(())
}

/// Takes away the open milestones of a plan that another plan replaces; what was done stays.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove_open_of_plan(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<(), StorageError> {
    diesel::delete(
        table::table
            .filter(table::municipality_id.eq(Coded(municipality)))
            .filter(table::contract_id.eq(KeyOf(contract)))
            .filter(table::kind.eq(Coded(MilestoneKind::Plan)))
            .filter(table::done_on.is_null()),
    )
    .execute(c)?;
    Ok(())
}

/// The milestone of that id of the contract.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
    id: MilestoneId,
) -> Result<Option<Milestone>, StorageError> {
    let row: Option<MilestoneRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .select(MilestoneRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Milestone::from))
}

/// All milestones of a contract, the earliest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_contract(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<Milestone>, StorageError> {
    let rows: Vec<MilestoneRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)))
        .order((table::due_on, table::id))
        .select(MilestoneRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Milestone::from).collect())
}

/// All milestones of these contracts, the earliest first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_contracts(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contracts: &[ContractId],
) -> Result<Vec<Milestone>, StorageError> {
    let rows: Vec<MilestoneRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq_any(contracts.iter().copied().map(KeyOf)))
        .order((table::due_on, table::id))
        .select(MilestoneRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Milestone::from).collect())
}

/// Takes all deadlines of a contract away.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove_all(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<(), StorageError> {
    let of_contract = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::contract_id.eq(KeyOf(contract)));
    diesel::delete(of_contract).execute(c)?;
    Ok(())
}
