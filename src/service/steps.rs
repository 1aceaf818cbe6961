//! Takes a lot from one state to the next, inside the transaction that writes.

use chrono::{DateTime, Utc};

use crate::domain::lot::{Lot, LotStep, StepGrounds};
use crate::domain::procedure::{Step, StepRefused};
use crate::domain::tender::Tender;
use crate::service::error::ServiceError;
use crate::storage;
use crate::storage::connection::AnyConnection;

impl From<StepRefused> for ServiceError {
    fn from(refused: StepRefused) -> Self {
        Self::refused("state-forbids", refused.to_string())
    }
}

/// Who takes a step when, and on what grounds.
pub(super) struct Taking<'a> {
    pub(super) step: Step,
    pub(super) now: DateTime<Utc>,
    pub(super) actor: &'a str,
    pub(super) grounds: StepGrounds,
}

/// Takes the step with one lot, and records it.
pub(super) fn take(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: Lot,
    taking: &Taking<'_>,
) -> Result<Lot, ServiceError> {
    let mut lot = lot.at(taking.now, tender.facts.deadline_at);
    lot.take(taking.step, taking.now)?;
    storage::lots::update(c, &lot)?;
    storage::lot_steps::insert(
        c,
        lot.municipality,
        &LotStep {
            lot: lot.id,
            version: lot.record.version,
            step: taking.step,
            at: taking.now,
            actor: taking.actor.to_owned(),
            grounds: taking.grounds.clone(),
        },
    )?;
    Ok(lot)
}
