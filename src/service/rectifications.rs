//! Corrections of what was published, recorded with their reason.

use serde_json::json;

use crate::domain::event::{Event, EventKind};
use crate::domain::ids::MunicipalityId;
use crate::domain::page::{Page, PageRequest};
use crate::domain::procedure::State;
use crate::domain::tender::{Rectification, RectificationId, TenderId};
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::acts::new_id;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TEXT};
use crate::service::load::{self, NO_TENDER};
use crate::service::tenders::view;
use crate::storage;

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
        let found = storage::tenders::find(c, municipality, tender)?.ok_or(NO_TENDER)?;
        let state = view(c, found, now)?.state;
        if state == State::Draft || state.is_final() {
            return Err(ServiceError::refused(
                "state-forbids",
                "a tender is rectified between its publication and its end",
            ));
        }
        storage::rectifications::insert(c, municipality, tender, &rectification)?;
        let data = json!({"tenderId": tender, "rectificationId": rectification.id}).to_string();
        let event = Event::of(&act, EventKind::TenderRectified, format!("tenders/{tender}"), data);
        Ok(storage::events::append(c, &event)?)
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
        Ok(storage::rectifications::list(c, municipality, tender, request)?)
    })
}
