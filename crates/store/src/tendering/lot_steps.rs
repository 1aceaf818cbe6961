//! The steps that lots took: their history.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::lot_steps as table;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::tendering::lot::{Lot, LotId, LotStep, StepGrounds};
use trede_model::tendering::procedure::Step;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct LotStepRow {
    municipality_id: Coded<MunicipalityId>,
    lot_id: KeyOf<Lot>,
    lot_version: i64,
    step: Coded<Step>,
    at: At,
    actor: String,
    reason: Option<String>,
    attested_at: Option<At>,
    evidence: Option<String>,
}

/// Stores a step that a lot took.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such lot in the municipality.
pub fn insert(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    step: &LotStep,
) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(LotStepRow {
            municipality_id: Coded(municipality),
            lot_id: KeyOf(step.lot),
            lot_version: step.version.0,
            step: Coded(step.step),
            at: At(step.at),
            actor: step.actor.clone(),
            reason: step.grounds.reason.clone(),
            attested_at: step.grounds.attested_at.map(At),
            evidence: step.grounds.evidence.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// The steps that a lot took, in order.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<LotStep>, StorageError> {
    let rows: Vec<LotStepRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::lot_version)
        .select(LotStepRow::as_select())
        .load(c)?;
    Ok(rows
        .into_iter()
        .map(|row| LotStep {
            lot: row.lot_id.0,
            version: Version(row.lot_version),
            step: row.step.0,
            at: row.at.0,
            actor: row.actor,
            grounds: StepGrounds {
                reason: row.reason,
                attested_at: row.attested_at.map(|at| at.0),
                evidence: row.evidence,
            },
        })
        .collect())
}
