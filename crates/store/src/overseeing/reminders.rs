//! Reminders of deadlines: which were sent, and which deadlines they can be about.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{contracts, milestones, reminders as table};
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::plan::{Milestone, MilestoneId};
use trede_model::policies::policy::{PolicyId, StoredPolicy};

/// A deadline that is still to be met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDeadline {
    /// The contract.
    pub contract: ContractId,
    /// The policy that it keeps.
    pub policy: PolicyId,
    /// What must be done.
    pub milestone: MilestoneId,
    /// By which day.
    pub due_on: NaiveDate,
}

/// The deadlines between two days that are still to be met, of contracts that keep a policy.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn open_deadlines(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    from: NaiveDate,
    until: NaiveDate,
) -> Result<Vec<OpenDeadline>, StorageError> {
    let of_contract = contracts::municipality_id
        .eq(milestones::municipality_id)
        .and(contracts::id.eq(milestones::contract_id));
    type Row = (KeyOf<Contract>, KeyOf<StoredPolicy>, KeyOf<Milestone>, NaiveDate);
    let rows: Vec<Row> = milestones::table
        .inner_join(contracts::table.on(of_contract))
        .filter(milestones::municipality_id.eq(Coded(municipality)))
        .filter(milestones::due_on.between(from, until))
        .filter(milestones::done_on.is_null())
        .filter(contracts::policy_id.is_not_null())
        .select((
            milestones::contract_id,
            contracts::policy_id.assume_not_null(),
            milestones::id,
            milestones::due_on,
        ))
        .order((milestones::due_on, milestones::id))
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|(contract, policy, milestone, due_on)| OpenDeadline {
            contract: contract.0,
            policy: policy.0,
            milestone: milestone.0,
            due_on,
        })
        .collect())
}

/// The reminders that were sent of deadlines from a day on.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn sent(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    from: NaiveDate,
) -> Result<Vec<(MilestoneId, NaiveDate, u32)>, StorageError> {
    let rows: Vec<(KeyOf<Milestone>, NaiveDate, i32)> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::due_on.ge(from))
        .select((table::milestone_id, table::due_on, table::days_before))
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|(milestone, due_on, days)| (milestone.0, due_on, u32::try_from(days).unwrap_or_default()))
        .collect())
}

/// Records that a reminder is sent.
///
/// # Errors
/// [`StorageError::Database`] when it was sent already.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    deadline: &OpenDeadline,
    days_before: u32,
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values((
            table::municipality_id.eq(Coded(municipality)),
            table::milestone_id.eq(KeyOf(deadline.milestone)),
            table::due_on.eq(deadline.due_on),
            table::days_before.eq(i32::try_from(days_before).unwrap_or(i32::MAX)),
            table::sent_at.eq(At(at)),
        ))
        .execute(c)?;
    Ok(())
}
