//! Decisions to award lots.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::award_decisions as table;
use trede_base::ids::MunicipalityId;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::Bid;
use trede_model::tendering::lot::{Lot, LotId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct AwardDecisionRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<AwardDecision>,
    lot_id: KeyOf<Lot>,
    evaluation_id: KeyOf<Evaluation>,
    bid_id: KeyOf<Bid>,
    motivation: String,
    standstill_days: i32,
    standstill_until: Option<NaiveDate>,
    court: Option<String>,
    contact: Option<String>,
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
            standstill_days: i32::from(decision.standstill_days),
            standstill_until: decision.standstill_until,
            court: decision.court.clone(),
            contact: decision.contact.clone(),
            proposed_at: At(decision.proposed_at),
            withdrawn_at: decision.withdrawn_at.map(At),
            awarded_at: decision.awarded_at.map(At),
        }
    }
}

impl TryFrom<AwardDecisionRow> for AwardDecision {
    type Error = StorageError;

    fn try_from(row: AwardDecisionRow) -> Result<Self, StorageError> {
        let days = u16::try_from(row.standstill_days);
        Ok(Self {
            municipality: row.municipality_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            evaluation: row.evaluation_id.0,
            bid: row.bid_id.0,
            motivation: row.motivation,
            standstill_days: days.map_err(|error| StorageError::Database(Box::new(error)))?,
            standstill_until: row.standstill_until,
            court: row.court,
            contact: row.contact,
            proposed_at: row.proposed_at.0,
            withdrawn_at: row.withdrawn_at.map(|at| at.0),
            awarded_at: row.awarded_at.map(|at| at.0),
        })
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
    row.map(AwardDecision::try_from).transpose()
}

/// Withdraws the decision on the lot that is in force, if there is one.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn withdraw(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let Some(mut decision) = in_force(c, municipality, lot)? else { return Ok(()) };
    decision.withdrawn_at = Some(now);
    update(c, &decision)
}

/// Every decision on the lot, the first first; withdrawn ones too.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_lot(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<AwardDecision>, StorageError> {
    let rows: Vec<AwardDecisionRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::id)
        .select(AwardDecisionRow::as_select())
        .load(c)?;
    rows.into_iter().map(AwardDecision::try_from).collect()
}
