//! Takes a lot from one state to the next, inside the transaction that writes.

use serde_json::json;

use crate::domain::audit::Act;
use crate::domain::event::{Event, EventKind};
use crate::domain::lot::{Lot, LotStep, StepGrounds};
use crate::domain::procedure::{Step, StepRefused};
use crate::domain::tender::Tender;
use crate::service::claim_checks;
use crate::service::error::ServiceError;
use crate::storage;
use crate::storage::connection::AnyConnection;

impl From<StepRefused> for ServiceError {
    fn from(refused: StepRefused) -> Self {
        Self::refused("state-forbids", refused.to_string())
    }
}

/// A step that an act takes, and on what grounds.
pub(super) struct Taking {
    pub(super) step: Step,
    pub(super) act: Act,
    pub(super) grounds: StepGrounds,
}

/// Takes the step with one lot, records it, and tells it to who wants to hear of it.
pub(super) fn take(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: Lot,
    taking: &Taking,
) -> Result<Lot, ServiceError> {
    let Taking { step, act, grounds } = taking;
    let mut lot = lot.at(act.at, tender.facts.deadline_at);
    lot.take(*step, act.at)?;
    storage::lots::update(c, &lot)?;
    storage::lot_steps::insert(
        c,
        lot.municipality,
        &LotStep {
            lot: lot.id,
            version: lot.record.version,
            step: *step,
            at: act.at,
            actor: act.actor.clone(),
            grounds: grounds.clone(),
        },
    )?;
    storage::events::append(c, &event(act, *step, &lot))?;
    if *step == Step::Open {
        let at = lot.path();
        claim_checks::ask(c, act, at)?;
    }
    Ok(lot)
}

fn event(act: &Act, step: Step, lot: &Lot) -> Event {
    let subject = format!("tenders/{}/lots/{}", lot.tender, lot.id);
    let data = json!({"tenderId": lot.tender, "lotId": lot.id, "state": lot.state});
    Event::of(act, EventKind::of_step(step), subject, data.to_string())
}
