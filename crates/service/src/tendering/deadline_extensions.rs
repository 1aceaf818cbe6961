//! Deadlines that are moved after publication, recorded with their reason.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::json;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load::{self, NO_TENDER};
use crate::tendering::intake::{intake_over, is_intake_over};
use crate::tendering::tenders::view;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{DeadlineExtension, DeadlineExtensionId, ExtensionRefused, TenderId};
use trede_store as store;

/// Moves the deadline of a published tender to a later moment.
///
/// # Errors
/// [`ServiceError::Refused`] when bids are not received now, [`ServiceError::Invalid`] when the
/// new deadline is no later than the present one, or later than the planned day of the award.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    deadline_at: DateTime<Utc>,
    reason: String,
) -> Result<DeadlineExtension, ServiceError> {
    authorise(actor, municipality, Operation::ExtendDeadline)?;
    let mut findings = Findings::default();
    findings.instant("/deadlineAt", Some(deadline_at));
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let now = services.now();
    let deadline_at = deadline_at.trunc_subsecs(6);
    let id = new_id();
    let act = services.act(
        actor,
        municipality,
        Operation::ExtendDeadline,
        format!("tenders/{tender}/deadline-extensions/{id}"),
    );
    services.db.write(&act, |c| {
        let found = store::tendering::tenders::find(c, municipality, tender)?.ok_or(NO_TENDER)?;
        let mut found = view(c, found, now)?;
        if found.state != State::Published {
            return Err(refused(ExtensionRefused::NotReceivingBids));
        }
        if is_intake_over(c, &found.tender)? {
            return Err(intake_over());
        }
        let previous_deadline_at = found.tender.extend_deadline(deadline_at, now).map_err(refused)?;
        if found.tender.facts.award_on.is_some_and(|award_on| award_on < dutch_day(deadline_at)) {
            let detail =
                "bids cannot be awarded before their deadline: it is no later than the day in `awardOn`";
            return Err(ServiceError::invalid("/deadlineAt", "award-before-deadline", detail));
        }
        found.tender.record = found.tender.record.changed(now);
        store::tendering::tenders::update(c, &found.tender)?;
        let extension = DeadlineExtension {
            id,
            previous_deadline_at,
            deadline_at,
            reason: reason.clone(),
            at: now,
            actor: actor.subject.clone(),
        };
        store::tendering::deadline_extensions::insert(c, municipality, tender, &extension)?;
        let data = json!({"tenderId": tender, "deadlineAt": deadline_at}).to_string();
        let event = Event::of(&act, EventKind::DeadlineExtended, format!("tenders/{tender}"), data);
        store::telling::events::append(c, &event)?;
        Ok(extension)
    })
}

fn refused(refused: ExtensionRefused) -> ServiceError {
    match refused {
        ExtensionRefused::NotReceivingBids => ServiceError::refused("state-forbids", refused.to_string()),
        ExtensionRefused::NotLater { .. } => {
            ServiceError::invalid("/deadlineAt", "deadline-not-later", refused.to_string())
        }
    }
}

/// One page of the moves of a tender's deadline, in order.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<DeadlineExtensionId>,
) -> Result<Page<DeadlineExtension>, ServiceError> {
    authorise(actor, municipality, Operation::ListExtensions)?;
    services.db.read(|c| {
        load::tender(c, actor, municipality, tender)?;
        Ok(store::tendering::deadline_extensions::list(c, municipality, tender, request)?)
    })
}
