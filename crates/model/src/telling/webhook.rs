//! Who wants to hear of what happens, and how far the telling is.

use chrono::{DateTime, TimeDelta, Utc};

use super::event::{Event, EventId, EventKind};
use crate::trust::audit::AuditScope;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::record::Record;
use trede_base::words;

/// The id of a subscription.
pub type SubscriptionId = Id<Subscription>;

words! {
    /// Whether a subscriber is told of events (staat van het abonnement).
    pub enum SubscriptionState is "state of a subscription" {
        /// It is told as they happen (actief).
        Active = "active",
        /// Its owner paused it; what happens meanwhile waits (gepauzeerd).
        Paused = "paused",
        /// The subscriber answered 410 Gone; what happens meanwhile waits (vervallen).
        Gone = "gone",
    }
}

words! {
    /// How far the telling of one event to one subscriber is (staat van de aflevering).
    pub enum DeliveryState is "state of a delivery" {
        /// It waits for its first or its next attempt (wacht).
        Pending = "pending",
        /// The subscriber answered that it has it (afgeleverd).
        Delivered = "delivered",
        /// All attempts failed; it can be told again on request (dode brief).
        Dead = "dead",
    }
}

/// Which events a subscriber is told of (filter): a closed list of their kinds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventKinds(pub Vec<EventKind>);

impl std::fmt::Display for EventKinds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let codes: Vec<_> = self.0.iter().map(|kind| kind.code()).collect();
        f.write_str(&codes.join(","))
    }
}

impl std::str::FromStr for EventKinds {
    type Err = trede_base::words::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',').filter(|code| !code.is_empty()).map(str::parse).collect::<Result<_, _>>().map(Self)
    }
}

/// What the owner of a subscription chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionFacts {
    /// Where events are sent (bezorgadres).
    pub url: String,
    /// What it is for (omschrijving).
    pub description: String,
    /// What is told.
    pub kinds: EventKinds,
}

/// A former secret that still signs for a while, so that a subscriber can change over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerSecret {
    /// The secret.
    pub secret: String,
    /// Until when it signs along.
    pub until: DateTime<Utc>,
}

/// A subscription to events (abonnement op gebeurtenissen).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: SubscriptionId,
    /// What its owner chose.
    pub facts: SubscriptionFacts,
    /// Whether it is told of events.
    pub state: SubscriptionState,
    /// What signs each message: `whsec_` and base64.
    pub secret: String,
    /// The secret before, as long as it signs along.
    pub former: Option<FormerSecret>,
    /// When it was made, and changed.
    pub record: Record,
}

impl Subscription {
    /// The secrets that sign at a moment, the latest first.
    #[must_use]
    pub fn secrets_at(&self, now: DateTime<Utc>) -> Vec<&str> {
        let former = self.former.iter().filter(|former| now < former.until);
        std::iter::once(self.secret.as_str()).chain(former.map(|former| former.secret.as_str())).collect()
    }

    /// The subscription with another secret; the present one signs along until a moment.
    #[must_use]
    pub fn with_secret(mut self, secret: String, until: DateTime<Utc>, now: DateTime<Utc>) -> Self {
        let former = std::mem::replace(&mut self.secret, secret);
        self.former = Some(FormerSecret { secret: former, until });
        self.record = self.record.changed(now);
        self
    }
}

/// The telling of one event to one subscriber (aflevering).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// Whose the subscription is.
    pub municipality: MunicipalityId,
    /// To whom.
    pub subscription: SubscriptionId,
    /// Which event.
    pub event: EventId,
    /// Whose event it is.
    pub scope: AuditScope,
    /// The event's place in the order of its scope.
    pub position: i64,
    /// What the event happened to.
    pub subject: String,
    /// How far it is.
    pub state: DeliveryState,
    /// How many attempts there were since it was asked for.
    pub attempts: i32,
    /// When the next attempt is due.
    pub due_at: DateTime<Utc>,
    /// When the last attempt was.
    pub tried_at: Option<DateTime<Utc>>,
    /// The HTTP status of the last answer.
    pub answer: Option<u16>,
    /// What went wrong at the last attempt.
    pub failure: Option<String>,
}

impl Delivery {
    /// The delivery of an event that was given its place in the order.
    #[must_use]
    pub fn of(subscription: &Subscription, event: &Event, position: i64, now: DateTime<Utc>) -> Self {
        Self {
            municipality: subscription.municipality,
            subscription: subscription.id,
            event: event.id,
            scope: event.scope,
            position,
            subject: event.subject.clone(),
            state: DeliveryState::Pending,
            attempts: 0,
            due_at: now,
            tried_at: None,
            answer: None,
            failure: None,
        }
    }
}

/// Names one attempt at a delivery.
pub struct DeliveryAttempt;

/// The pauses after each failed attempt, in seconds: those that the specification of Standard Webhooks gives
/// as an example.
const PAUSES: &[i64] = &[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];

/// How long to wait after so many failed attempts; none when no further attempt is made.
#[must_use]
pub fn pause_after(attempts: i32) -> Option<TimeDelta> {
    let index = usize::try_from(attempts.checked_sub(1)?).ok()?;
    PAUSES.get(index).map(|seconds| TimeDelta::seconds(*seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_until_no_attempt_is_left() {
        let seconds = |attempts| pause_after(attempts).map(|pause| pause.num_seconds());
        assert_eq!(seconds(1), Some(5));
        assert_eq!(seconds(2), Some(300));
        assert_eq!(seconds(6), Some(36_000));
        assert_eq!(seconds(9), Some(86_400));
        assert_eq!(seconds(10), None);
        assert_eq!(seconds(0), None);
    }

    #[test]
    fn kinds_read_back_as_they_are_written() {
        let kinds = EventKinds(vec![EventKind::LotAwarded, EventKind::TenderRectified]);
        assert_eq!(kinds.to_string().parse::<EventKinds>().unwrap(), kinds);
        assert!("nl.trede.lot.sold".parse::<EventKinds>().is_err());
    }

    #[test]
    fn a_former_secret_signs_along_until_its_end() {
        let now: DateTime<Utc> = "2026-03-02T09:00:00Z".parse().unwrap();
        let subscription = Subscription {
            municipality: "gm0344".parse().unwrap(),
            id: Id::derived(&[b"one"]),
            facts: SubscriptionFacts {
                url: "https://platform.example.nl".to_owned(),
                description: String::new(),
                kinds: EventKinds(Vec::new()),
            },
            state: SubscriptionState::Active,
            secret: "first".to_owned(),
            former: None,
            record: Record::new(now),
        };
        let changed = subscription.with_secret("second".to_owned(), now + TimeDelta::hours(1), now);
        assert_eq!(changed.secrets_at(now), ["second", "first"]);
        assert_eq!(changed.secrets_at(now + TimeDelta::hours(1)), ["second"]);
    }
}
