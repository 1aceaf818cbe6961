//! Subscriptions to events: made, changed and ended by who may hear of them.

use chrono::TimeDelta;

use crate::Services;
use crate::frame::access::{Operation, authorise, hears};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_integrations::webhooks::fresh_secret;
use trede_model::telling::webhook::{Subscription, SubscriptionFacts, SubscriptionId, SubscriptionState};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_SUBSCRIPTION: ServiceError = ServiceError::NotFound { what: "subscription" };
/// The most hours that a former secret signs along.
const MOST_OVERLAP: i64 = 168;

/// Makes a subscription. Its secret is shown now and never again.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    facts: SubscriptionFacts,
    state: SubscriptionState,
) -> Result<Subscription, ServiceError> {
    const OPERATION: Operation = Operation::CreateWebhookSubscription;
    authorise(actor, municipality, OPERATION)?;
    let subscription = Subscription {
        municipality,
        id: new_id(),
        facts: checked(services, actor, facts, state)?,
        state,
        secret: new_secret()?,
        former: None,
        record: Record::new(services.now()),
    };
    let secret = services.kept_secret((municipality, subscription.id), &subscription.secret)?;
    let kept = Subscription { secret, ..subscription.clone() };
    let act = services.act(actor, municipality, OPERATION, object(subscription.id));
    services.db.write(&act, |c| {
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })?;
        Ok::<_, ServiceError>(store::telling::webhook_subscriptions::insert(c, &kept)?)
    })?;
    Ok(subscription)
}

fn checked(
    services: &Services,
    actor: &Actor,
    mut facts: SubscriptionFacts,
    state: SubscriptionState,
) -> Result<SubscriptionFacts, ServiceError> {
    let mut findings = Findings::default();
    if let Err(refused) = services.herald.courier.check(&facts.url) {
        findings.add("/url", "url-refused", refused.to_string());
    }
    findings.text("/description", &facts.description, TITLE);
    if facts.kinds.0.is_empty() {
        findings.add("/eventTypes", "too-few", "at least one type of event");
    }
    for (index, kind) in facts.kinds.0.iter().enumerate() {
        if !hears(actor, *kind) {
            let detail = format!("none of the caller's roles may hear of {kind}");
            findings.add(&format!("/eventTypes/{index}"), "not-for-this-role", detail);
        }
    }
    if state == SubscriptionState::Gone {
        findings.add("/state", "state-not-chosen", "only the subscriber itself says that it is gone");
    }
    findings.into_result()?;
    facts.kinds.0.sort_unstable();
    facts.kinds.0.dedup();
    Ok(facts)
}

fn new_secret() -> Result<String, ServiceError> {
    fresh_secret().map_err(|error| ServiceError::Internal(error.into()))
}

fn object(id: SubscriptionId) -> String {
    format!("webhook-subscriptions/{id}")
}

/// One subscription.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: SubscriptionId,
) -> Result<Subscription, ServiceError> {
    authorise(actor, municipality, Operation::GetWebhookSubscription)?;
    services.db.read(|c| find(c, municipality, id))
}

pub(crate) fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: SubscriptionId,
) -> Result<Subscription, ServiceError> {
    store::telling::webhook_subscriptions::find(c, municipality, id)?.ok_or(NO_SUBSCRIPTION)
}

/// A subscription that the caller may change: one that tells of nothing which the caller may not hear.
pub(crate) fn find_own(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
    id: SubscriptionId,
) -> Result<Subscription, ServiceError> {
    let found = find(c, municipality, id)?;
    if found.facts.kinds.0.iter().all(|kind| hears(actor, *kind)) {
        return Ok(found);
    }
    let detail = "the subscription tells of events that none of the caller's roles may hear of";
    Err(ServiceError::NotTheirs { code: "not-for-this-role", detail })
}

/// One page of the municipality's subscriptions.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<SubscriptionId>,
) -> Result<Page<Subscription>, ServiceError> {
    authorise(actor, municipality, Operation::ListWebhookSubscriptions)?;
    services.db.read(|c| Ok(store::telling::webhook_subscriptions::list(c, municipality, request)?))
}

/// Changes a subscription, pauses it or makes it active again.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Invalid`] with all findings.
pub fn update(
    services: &Services,
    actor: &Actor,
    (municipality, id): (MunicipalityId, SubscriptionId),
    seen: Version,
    facts: SubscriptionFacts,
    state: SubscriptionState,
) -> Result<Subscription, ServiceError> {
    const OPERATION: Operation = Operation::UpdateWebhookSubscription;
    authorise(actor, municipality, OPERATION)?;
    let facts = checked(services, actor, facts, state)?;
    let act = services.act(actor, municipality, OPERATION, object(id));
    services.db.write(&act, |c| {
        let mut subscription = find_own(c, actor, municipality, id)?;
        expect_version(subscription.record.version, seen)?;
        subscription.facts = facts.clone();
        subscription.state = state;
        subscription.record = subscription.record.changed(act.at);
        store::telling::webhook_subscriptions::update(c, &subscription)?;
        Ok(subscription)
    })
}

/// Ends a subscription; what was not told yet is told no more.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`.
pub fn delete(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: SubscriptionId,
    seen: Version,
) -> Result<(), ServiceError> {
    const OPERATION: Operation = Operation::DeleteWebhookSubscription;
    authorise(actor, municipality, OPERATION)?;
    let act = services.act(actor, municipality, OPERATION, object(id));
    services.db.write(&act, |c| {
        let subscription = find_own(c, actor, municipality, id)?;
        expect_version(subscription.record.version, seen)?;
        Ok(store::telling::webhook_subscriptions::delete(c, municipality, id)?)
    })
}

/// Gives a subscription another secret, shown now and never again. The present one signs along for some hours,
/// so that the subscriber can change over.
///
/// # Errors
/// [`ServiceError::Invalid`] when the hours are out of bounds.
pub fn create_secret(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: SubscriptionId,
    overlap_hours: i64,
) -> Result<Subscription, ServiceError> {
    const OPERATION: Operation = Operation::CreateWebhookSecret;
    authorise(actor, municipality, OPERATION)?;
    if !(0..=MOST_OVERLAP).contains(&overlap_hours) {
        let detail = format!("from 0 to {MOST_OVERLAP} hours");
        return Err(ServiceError::invalid("/overlapHours", "hours-out-of-range", detail));
    }
    let secret = new_secret()?;
    let kept = services.kept_secret((municipality, id), &secret)?;
    let act = services.act(actor, municipality, OPERATION, format!("{}/secrets", object(id)));
    let until = act.at + TimeDelta::hours(overlap_hours);
    services.db.write(&act, |c| {
        let subscription = find_own(c, actor, municipality, id)?;
        let subscription = subscription.with_secret(kept.clone(), until, act.at);
        store::telling::webhook_subscriptions::update(c, &subscription)?;
        // Shown this once.
        Ok(Subscription { secret: secret.clone(), ..subscription })
    })
}
