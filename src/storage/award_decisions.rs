//! Decisions to award lots.

use diesel::prelude::*;

use super::columns::{At, Coded, KeyOf};
use super::connection::AnyConnection;
use super::error::StorageError;
use super::schema::award_decisions as table;
use crate::domain::award_decision::AwardDecision;
use crate::domain::bid::Bid;
use crate::domain::evaluation::Evaluation;
use crate::domain::ids::MunicipalityId;
use crate::domain::lot::{Lot, LotId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct AwardDecisionRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<AwardDecision>,
    lot_id: KeyOf<Lot>,
    evaluation_id: KeyOf<Evaluation>,
    bid_id: KeyOf<Bid>,
    motivation: String,
    proposed_at: At,
    withdrawn_at: Option<At>,
    awarded_at: Option<At>,
}

impl From<&AwardDecision> for AwardDecisionRow {
    fn from(decision: &AwardDecision) -> Self {
        Self {
            municipality_id: Coded(decision.municipality),
            id: KeyOf(decision.id),
            lot_id: KeyOf(decision.lot),
            evaluation_id: KeyOf(decision.evaluation),
            bid_id: KeyOf(decision.bid),
            motivation: decision.motivation.clone(),
            proposed_at: At(decision.proposed_at),
            withdrawn_at: decision.withdrawn_at.map(At),
            awarded_at: decision.awarded_at.map(At),
        }
    }
}

impl From<AwardDecisionRow> for AwardDecision {
    fn from(row: AwardDecisionRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            evaluation: row.evaluation_id.0,
            bid: row.bid_id.0,
            motivation: row.motivation,
            proposed_at: row.proposed_at.0,
            withdrawn_at: row.withdrawn_at.map(|at| at.0),
            awarded_at: row.awarded_at.map(|at| at.0),
        }
    }
}

/// Stores a decision.
///
/// # Errors
/// [`StorageError::Duplicate`] when another decision on the lot is in force,
/// [`StorageError::BrokenReference`] when evaluation or bid are not the lot's.
pub fn insert(c: &mut AnyConnection, decision: &AwardDecision) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(AwardDecisionRow::from(decision)).execute(c)?;
    Ok(())
}

/// Writes a decision that exists.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, decision: &AwardDecision) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(decision.municipality), KeyOf(decision.id))))
        .set(AwardDecisionRow::from(decision))
        .execute(c)?;
    Ok(())
}

/// The decision on the lot that is in force: proposed or final, not withdrawn.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn in_force(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Option<AwardDecision>, StorageError> {
    let row: Option<AwardDecisionRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .filter(table::withdrawn_at.is_null())
        .select(AwardDecisionRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(AwardDecision::from))
}
