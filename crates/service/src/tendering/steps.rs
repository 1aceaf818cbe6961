//! Takes a lot from one state to the next, inside the transaction that writes.

use serde_json::json;

use crate::frame::asked_jobs;
use crate::frame::error::ServiceError;
use crate::tendering::duties::{duty_of, expect_apart};
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::lot::{Lot, LotStep, StepGrounds};
use trede_model::tendering::procedure::{Step, StepRefused};
use trede_model::tendering::tender::Tender;
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

impl From<StepRefused> for ServiceError {
    fn from(refused: StepRefused) -> Self {
        Self::refused("state-forbids", refused.to_string())
    }
}

/// A step that an act takes, and on what grounds.
pub(crate) struct Taking {
    pub(crate) step: Step,
    pub(crate) act: Act,
    pub(crate) grounds: StepGrounds,
}

/// Takes the step with one lot, records it, and tells it to who wants to hear of it.
pub(crate) fn take(
    c: &mut AnyConnection,
    tender: &Tender,
    lot: Lot,
    taking: &Taking,
) -> Result<Lot, ServiceError> {
    let Taking { step, act, grounds } = taking;
    expect_apart(c, lot.path(), (&act.actor, duty_of(*step)))?;
    let mut lot = lot.at(act.at, tender.facts.deadline_at);
    lot.take(*step, act.at)?;
    store::tendering::lots::update(c, &lot)?;
    store::tendering::lot_steps::insert(
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
    store::telling::events::append(c, &event(act, *step, &lot))?;
    if *step == Step::Open {
        let at = lot.path();
        asked_jobs::claim_check(c, act, at)?;
    }
    Ok(lot)
}

fn event(act: &Act, step: Step, lot: &Lot) -> Event {
    let subject = format!("tenders/{}/lots/{}", lot.tender, lot.id);
    let data = json!({"tenderId": lot.tender, "lotId": lot.id, "state": lot.state});
    Event::of(act, EventKind::of_step(step), subject, data.to_string())
}
