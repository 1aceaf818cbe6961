//! Tells subscribers what happened: at least once, in order for each subject, never lost.

use chrono::TimeDelta;

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::{Finding, ServiceError};
use crate::telling::webhook_subscriptions::{find, find_own};
use trede_base::ids::{Id, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_formats::cloud_event::CloudEvent;
use trede_integrations::webhooks::{Message, Outcome};
use trede_model::frame::trace::TraceContext;
use trede_model::telling::event::{Event, EventId};
use trede_model::telling::webhook::{
    Delivery, DeliveryAttempt, DeliveryState, Subscription, SubscriptionId, SubscriptionState, pause_after,
};
use trede_store as store;

/// How long an attempt holds its delivery: longer than a subscriber may take, and short enough that another
/// instance takes over within the minute.
const HOLD: TimeDelta = TimeDelta::seconds(30);
/// The most deliveries that are replayed by name in one request.
const MOST_REPLAYED: usize = 100;

/// What one attempt carries, and to whom.
struct Taken {
    subscription: Subscription,
    delivery: Delivery,
    /// None when it was removed meanwhile.
    event: Option<Event>,
    oin: Option<String>,
}

impl Services {
    /// The subscribers, of all municipalities, that can be told something now.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when the store does not answer.
    pub fn ready_subscriptions(&self) -> Result<Vec<(MunicipalityId, SubscriptionId)>, ServiceError> {
        let now = self.now();
        Ok(self.db.read(|c| store::telling::webhook_deliveries::ready_subscriptions(c, now))?)
    }

    /// Makes one attempt at what a subscriber is to be told next; answers whether there was anything.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when the store does not answer; the attempt is made again then.
    pub fn deliver_next(
        &self,
        municipality: MunicipalityId,
        subscription: SubscriptionId,
    ) -> Result<bool, ServiceError> {
        let holder = new_id();
        let Some(taken) = self.take(municipality, subscription, holder)? else { return Ok(false) };
        let outcome = self.carry(&taken, holder);
        self.record(taken, holder, outcome)?;
        Ok(true)
    }

    fn take(
        &self,
        municipality: MunicipalityId,
        id: SubscriptionId,
        holder: Id<DeliveryAttempt>,
    ) -> Result<Option<Taken>, ServiceError> {
        let now = self.now();
        self.db.write_progress(|c| {
            let subscription = store::telling::webhook_subscriptions::find(c, municipality, id)?;
            let Some(subscription) = subscription.filter(|found| found.state == SubscriptionState::Active)
            else {
                return Ok(None);
            };
            let period = (now, now + HOLD);
            let Some(delivery) =
                store::telling::webhook_deliveries::take(c, municipality, id, holder, period)?
            else {
                return Ok(None);
            };
            let event = store::telling::events::find(c, delivery.scope, delivery.event)?;
            let oin = store::frame::municipalities::find(c, municipality)?.and_then(|found| found.oin);
            Ok(Some(Taken { subscription, delivery, event, oin }))
        })
    }

    fn carry(&self, taken: &Taken, holder: Id<DeliveryAttempt>) -> Outcome {
        let Some(event) = &taken.event else {
            return Outcome::Unreachable(
                "the event was removed, its term of retention being over".to_owned(),
            );
        };
        let position = taken.delivery.position;
        let wire = CloudEvent::of(event, position, taken.oin.as_deref(), &self.herald.server);
        let body = match serde_json::to_string(&wire) {
            Ok(body) => body,
            Err(error) => return Outcome::Unreachable(error.to_string()),
        };
        let now = self.now();
        let secrets = match self.known_secrets(&taken.subscription) {
            Ok(secrets) => secrets,
            Err(error) => return Outcome::Unreachable(error.to_string()),
        };
        self.herald.courier.deliver(&Message {
            url: &taken.subscription.facts.url,
            id: event.id.to_string(),
            sent_at: now,
            body: &body,
            // What happened is told in the trace of the request in which it did.
            trace: TraceContext::attempt(event.request_id, holder.uuid()),
            secrets: secrets.iter().map(String::as_str).collect(),
        })
    }

    fn record(
        &self,
        taken: Taken,
        holder: Id<DeliveryAttempt>,
        outcome: Outcome,
    ) -> Result<(), ServiceError> {
        let Taken { subscription, mut delivery, .. } = taken;
        let now = self.now();
        let is_gone = outcome == Outcome::Gone;
        delivery.tried_at = Some(now);
        delivery.due_at = now;
        (delivery.answer, delivery.failure) = told(outcome);
        if delivery.failure.is_none() {
            delivery.attempts = delivery.attempts.saturating_add(1);
            delivery.state = DeliveryState::Delivered;
        } else if !is_gone {
            delivery.attempts = delivery.attempts.saturating_add(1);
            match pause_after(delivery.attempts) {
                Some(pause) => delivery.due_at = now + pause,
                None => delivery.state = DeliveryState::Dead,
            }
        }
        let held = self.db.write_progress(|c| {
            Ok::<_, ServiceError>(store::telling::webhook_deliveries::let_go(c, &delivery, holder)?)
        })?;
        if !held {
            tracing::warn!(subscription = %subscription.id, "another instance took the delivery over");
        } else if is_gone {
            self.end(&subscription)?;
        }
        Ok(())
    }

    /// Tells a subscriber no more that said to be gone; what it was not told waits for it.
    fn end(&self, subscription: &Subscription) -> Result<(), ServiceError> {
        let (municipality, id) = (subscription.municipality, subscription.id);
        let object = format!("webhook-subscriptions/{id}");
        let act = self.act_of_itself(municipality, "end_webhook_subscription", object);
        self.db.write(&act, |c| {
            let mut found = find(c, municipality, id)?;
            found.state = SubscriptionState::Gone;
            found.record = found.record.changed(act.at);
            Ok::<_, ServiceError>(store::telling::webhook_subscriptions::update(c, &found)?)
        })
    }
}

/// The status of an answer, and what is wrong with it.
fn told(outcome: Outcome) -> (Option<u16>, Option<String>) {
    match outcome {
        Outcome::Accepted { status } => (Some(status), None),
        Outcome::Gone => (Some(410), Some("the subscriber is gone".to_owned())),
        Outcome::Refused { status, excerpt } => (Some(status), Some(format!("answered {status}: {excerpt}"))),
        Outcome::Unreachable(why) => (None, Some(why)),
    }
}

/// One page of what was, or is to be, told to a subscriber.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such subscription.
pub fn list(
    services: &Services,
    actor: &Actor,
    (municipality, id): (MunicipalityId, SubscriptionId),
    state: Option<DeliveryState>,
    request: &PageRequest<EventId>,
) -> Result<Page<Delivery>, ServiceError> {
    authorise(actor, municipality, Operation::ListWebhookDeliveries)?;
    services.db.read(|c| {
        find(c, municipality, id)?;
        Ok(store::telling::webhook_deliveries::list(c, municipality, id, state, request)?)
    })
}

/// Tells a subscriber again what it was told already, or what failed for good: the named events, or all dead
/// letters. Answers how many.
///
/// # Errors
/// [`ServiceError::Invalid`] with every event that was never to be told to this subscriber.
pub fn replay(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: SubscriptionId,
    events: Option<&[EventId]>,
) -> Result<usize, ServiceError> {
    const OPERATION: Operation = Operation::CreateWebhookReplay;
    authorise(actor, municipality, OPERATION)?;
    if events.is_some_and(|events| events.is_empty() || events.len() > MOST_REPLAYED) {
        let detail = format!("from 1 to {MOST_REPLAYED} events; leave it out for all dead letters");
        return Err(ServiceError::invalid("/eventIds", "wrong-number", detail));
    }
    let act = services.act(actor, municipality, OPERATION, format!("webhook-subscriptions/{id}/replays"));
    services.db.write(&act, |c| {
        find_own(c, actor, municipality, id)?;
        let Some(events) = events else {
            return Ok(store::telling::webhook_deliveries::revive_dead(c, municipality, id, act.at)?);
        };
        let mut unknown = Vec::new();
        for (index, event) in events.iter().enumerate() {
            match store::telling::webhook_deliveries::find(c, municipality, id, *event)? {
                Some(delivery) => {
                    let again =
                        Delivery { state: DeliveryState::Pending, attempts: 0, due_at: act.at, ..delivery };
                    store::telling::webhook_deliveries::update(c, &again)?;
                }
                None => unknown.push(Finding::new(
                    format!("/eventIds/{index}"),
                    "unknown-event",
                    "an event that was, or was to be, told to this subscriber",
                )),
            }
        }
        if unknown.is_empty() { Ok(events.len()) } else { Err(ServiceError::Invalid(unknown)) }
    })
}
