//! Deadlines that are moved after publication, recorded with their reason.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::json;

use crate::domain::event::{Event, EventKind};
use crate::domain::ids::MunicipalityId;
use crate::domain::page::{Page, PageRequest};
use crate::domain::procedure::State;
use crate::domain::tender::{DeadlineExtension, DeadlineExtensionId, ExtensionRefused, TenderId};
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::acts::new_id;
use crate::service::dutch_time::dutch_day;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TEXT};
use crate::service::load::{self, NO_TENDER};
use crate::service::tenders::view;
use crate::storage;

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
        let found = storage::tenders::find(c, municipality, tender)?.ok_or(NO_TENDER)?;
        let mut found = view(c, found, now)?;
        if found.state != State::Published {
            return Err(refused(ExtensionRefused::NotReceivingBids));
        }
        let previous_deadline_at = found.tender.extend_deadline(deadline_at, now).map_err(refused)?;
        if found.tender.facts.award_on.is_some_and(|award_on| award_on < dutch_day(deadline_at)) {
            let detail =
                "bids cannot be awarded before their deadline: it is no later than the day in `awardOn`";
            return Err(ServiceError::invalid("/deadlineAt", "award-before-deadline", detail));
        }
        found.tender.record = found.tender.record.changed(now);
        storage::tenders::update(c, &found.tender)?;
        let extension = DeadlineExtension {
            id,
            previous_deadline_at,
            deadline_at,
            reason: reason.clone(),
            at: now,
            actor: actor.subject.clone(),
        };
        storage::deadline_extensions::insert(c, municipality, tender, &extension)?;
        let data = json!({"tenderId": tender, "deadlineAt": deadline_at}).to_string();
        let event = Event::of(&act, EventKind::DeadlineExtended, format!("tenders/{tender}"), data);
        storage::events::append(c, &event)?;
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
        Ok(storage::deadline_extensions::list(c, municipality, tender, request)?)
    })
}
