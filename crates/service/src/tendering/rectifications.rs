//! Corrections of what was published, recorded with their reason.

use serde_json::json;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load::{self, NO_TENDER};
use crate::tendering::tenders::view;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{Rectification, RectificationId, TenderId};
use trede_store as store;

/// Records a rectification of a published tender.
///
/// # Errors
/// [`ServiceError::Refused`] before publication (change the draft) and after the end.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    text: String,
    reason: String,
) -> Result<Rectification, ServiceError> {
    authorise(actor, municipality, Operation::CreateRectification)?;
    let mut findings = Findings::default();
    findings.needed_text("/text", &text, TEXT);
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let now = services.now();
    let rectification = Rectification { id: new_id(), text, reason, at: now, actor: actor.subject.clone() };
    let act = services.act(
        actor,
        municipality,
        Operation::CreateRectification,
        format!("tenders/{tender}/rectifications/{}", rectification.id),
    );
    services.db.write(&act, |c| {
        let found = store::tendering::tenders::find(c, municipality, tender)?.ok_or(NO_TENDER)?;
        let state = view(c, found, now)?.state;
        if state == State::Draft || state.is_final() {
            return Err(ServiceError::refused(
                "state-forbids",
                "a tender is rectified between its publication and its end",
            ));
        }
        store::tendering::rectifications::insert(c, municipality, tender, &rectification)?;
        let data = json!({"tenderId": tender, "rectificationId": rectification.id}).to_string();
        let event = Event::of(&act, EventKind::TenderRectified, format!("tenders/{tender}"), data);
        Ok(store::telling::events::append(c, &event)?)
    })?;
    Ok(rectification)
}

/// One page of a tender's rectifications, in order.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<RectificationId>,
) -> Result<Page<Rectification>, ServiceError> {
    authorise(actor, municipality, Operation::ListRectifications)?;
    services.db.read(|c| {
        load::tender(c, actor, municipality, tender)?;
        Ok(store::tendering::rectifications::list(c, municipality, tender, request)?)
    })
}
