//! What is to be told to subscribers, and how far that is.

use chrono::{DateTime, Utc};
use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;

use crate::frame::columns::sql_type::{Instant, Key};
use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{
    event_counters as counters, events, webhook_deliveries as table, webhook_subscriptions as subscriptions,
};
use trede_base::ids::{Id, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_model::telling::event::{Event, EventId};
use trede_model::telling::webhook::{
    Delivery, DeliveryAttempt, DeliveryState, Subscription, SubscriptionId, SubscriptionState,
};
use trede_model::trust::audit::AuditScope;

/// Due, held by nobody, and behind no other event of the same subject that still waits.
const IS_READY: &str = "d.state = 'pending' AND d.due_at <= $1 AND (d.held_until IS NULL OR d.held_until <= $1) \
     AND NOT EXISTS (SELECT 1 FROM webhook_deliveries e \
     WHERE e.municipality_id = d.municipality_id AND e.subscription_id = d.subscription_id \
     AND e.scope = d.scope AND e.subject = d.subject AND e.position < d.position AND e.state = 'pending')";

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct DeliveryRow {
    municipality_id: Coded<MunicipalityId>,
    subscription_id: KeyOf<Subscription>,
    event_id: KeyOf<Event>,
    scope: Coded<AuditScope>,
    position: i64,
    subject: String,
    state: Coded<DeliveryState>,
    attempts: i32,
    due_at: At,
    tried_at: Option<At>,
    answer: Option<i32>,
    failure: Option<String>,
}

impl From<&Delivery> for DeliveryRow {
    fn from(delivery: &Delivery) -> Self {
        Self {
            municipality_id: Coded(delivery.municipality),
            subscription_id: KeyOf(delivery.subscription),
            event_id: KeyOf(delivery.event),
            scope: Coded(delivery.scope),
            position: delivery.position,
            subject: delivery.subject.clone(),
            state: Coded(delivery.state),
            attempts: delivery.attempts,
            due_at: At(delivery.due_at),
            tried_at: delivery.tried_at.map(At),
            answer: delivery.answer.map(i32::from),
            failure: delivery.failure.clone(),
        }
    }
}

impl From<DeliveryRow> for Delivery {
    fn from(row: DeliveryRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            subscription: row.subscription_id.0,
            event: row.event_id.0,
            scope: row.scope.0,
            position: row.position,
            subject: row.subject,
            state: row.state.0,
            attempts: row.attempts,
            due_at: row.due_at.0,
            tried_at: row.tried_at.map(|at| at.0),
            answer: row.answer.and_then(|status| u16::try_from(status).ok()),
            failure: row.failure,
        }
    }
}

/// Stores that an event is to be told to a subscriber.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such subscription.
pub fn insert(c: &mut AnyConnection, delivery: &Delivery) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(DeliveryRow::from(delivery)).execute(c)?;
    Ok(())
}

#[derive(QueryableByName)]
struct ReadySubscription {
    #[diesel(sql_type = Text)]
    municipality_id: Coded<MunicipalityId>,
    #[diesel(sql_type = Key)]
    subscription_id: KeyOf<Subscription>,
}

/// The active subscribers of every municipality that can be told something now.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn ready_subscriptions(
    c: &mut AnyConnection,
    now: DateTime<Utc>,
) -> Result<Vec<(MunicipalityId, SubscriptionId)>, StorageError> {
    let query = format!(
        "SELECT DISTINCT d.municipality_id, d.subscription_id FROM webhook_deliveries d \
         JOIN webhook_subscriptions s ON s.municipality_id = d.municipality_id AND s.id = d.subscription_id \
         WHERE s.state = 'active' AND {IS_READY}"
    );
    let rows: Vec<ReadySubscription> = sql_query(query).bind::<Instant, _>(At(now)).load(c)?;
    Ok(rows.into_iter().map(|row| (row.municipality_id.0, row.subscription_id.0)).collect())
}

#[derive(QueryableByName)]
struct ReadyEvent {
    #[diesel(sql_type = Key)]
    event_id: KeyOf<Event>,
}

/// Takes hold, until a moment, of what can be told to a subscriber next.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn take(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    subscription: SubscriptionId,
    holder: Id<DeliveryAttempt>,
    (now, until): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Option<Delivery>, StorageError> {
    let query = format!(
        "SELECT d.event_id FROM webhook_deliveries d WHERE {IS_READY} \
         AND d.municipality_id = $2 AND d.subscription_id = $3 ORDER BY d.due_at, d.position LIMIT 1"
    );
    let ready: Option<ReadyEvent> = sql_query(query)
        .bind::<Instant, _>(At(now))
        .bind::<Text, _>(Coded(municipality))
        .bind::<Key, _>(KeyOf(subscription))
        .load(c)?
        .into_iter()
        .next();
    let Some(ready) = ready else { return Ok(None) };
    let of_event = table::table.find((Coded(municipality), KeyOf(subscription), ready.event_id));
    diesel::update(of_event)
        .set((table::holder.eq(KeyOf(holder)), table::held_until.eq(At(until))))
        .execute(c)?;
    find(c, municipality, subscription, ready.event_id.0)
}

/// The telling of an event to a subscriber.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    subscription: SubscriptionId,
    event: EventId,
) -> Result<Option<Delivery>, StorageError> {
    let row: Option<DeliveryRow> = table::table
        .find((Coded(municipality), KeyOf(subscription), KeyOf(event)))
        .select(DeliveryRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Delivery::from))
}

/// Writes what became of an attempt and lets go; answers whether the attempt still held it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn let_go(
    c: &mut AnyConnection,
    delivery: &Delivery,
    holder: Id<DeliveryAttempt>,
) -> Result<bool, StorageError> {
    let held = table::table
        .find((Coded(delivery.municipality), KeyOf(delivery.subscription), KeyOf(delivery.event)))
        .filter(table::holder.eq(KeyOf(holder)));
    Ok(diesel::update(held).set(outcome(delivery)).execute(c)? == 1)
}

/// Writes a delivery anew, whoever holds it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, delivery: &Delivery) -> Result<(), StorageError> {
    let key = (Coded(delivery.municipality), KeyOf(delivery.subscription), KeyOf(delivery.event));
    diesel::update(table::table.find(key)).set(outcome(delivery)).execute(c)?;
    Ok(())
}

#[derive(AsChangeset)]
#[diesel(table_name = table, treat_none_as_null = true)]
struct OutcomeRow {
    state: Coded<DeliveryState>,
    attempts: i32,
    due_at: At,
    holder: Option<KeyOf<DeliveryAttempt>>,
    held_until: Option<At>,
    tried_at: Option<At>,
    answer: Option<i32>,
    failure: Option<String>,
}

fn outcome(delivery: &Delivery) -> OutcomeRow {
    OutcomeRow {
        state: Coded(delivery.state),
        attempts: delivery.attempts,
        due_at: At(delivery.due_at),
        holder: None,
        held_until: None,
        tried_at: delivery.tried_at.map(At),
        answer: delivery.answer.map(i32::from),
        failure: delivery.failure.clone(),
    }
}

/// One page of what was, or is to be, told to a subscriber, by the ids of the events.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    subscription: SubscriptionId,
    state: Option<DeliveryState>,
    request: &PageRequest<EventId>,
) -> Result<Page<Delivery>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::subscription_id.eq(KeyOf(subscription)))
        .select(DeliveryRow::as_select());
    let mut query = keyset!(query, request, table::event_id, KeyOf);
    if let Some(state) = state {
        query = query.filter(table::state.eq(Coded(state)));
    }
    let rows: Vec<DeliveryRow> = query.load(c)?;
    Ok(Page::of_found(rows, request).map(Delivery::from))
}

/// Lets every dead letter of a subscriber wait for an attempt again, from a moment on; answers how many.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn revive_dead(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    subscription: SubscriptionId,
    now: DateTime<Utc>,
) -> Result<usize, StorageError> {
    let dead = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::subscription_id.eq(KeyOf(subscription)))
        .filter(table::state.eq(Coded(DeliveryState::Dead)));
    Ok(diesel::update(dead)
        .set((
            table::state.eq(Coded(DeliveryState::Pending)),
            table::attempts.eq(0),
            table::due_at.eq(At(now)),
        ))
        .execute(c)?)
}

/// Removes the events of a scope that happened before a moment, and what is known of their telling, up to the
/// first that an active subscriber still waits for; answers how many.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn remove_told_before(
    c: &mut AnyConnection,
    scope: AuditScope,
    before: DateTime<Utc>,
) -> Result<usize, StorageError> {
    let scope = Coded(scope);
    let old: Option<i64> = events::table
        .filter(events::scope.eq(scope))
        .filter(events::at.lt(At(before)))
        .select(max(events::position))
        .first(c)?;
    let Some(old) = old else { return Ok(0) };
    let of_subscription = subscriptions::municipality_id
        .eq(table::municipality_id)
        .and(subscriptions::id.eq(table::subscription_id));
    let waited_for: Option<i64> = table::table
        .inner_join(subscriptions::table.on(of_subscription))
        .filter(table::scope.eq(scope))
        .filter(table::state.eq(Coded(DeliveryState::Pending)))
        .filter(subscriptions::state.eq(Coded(SubscriptionState::Active)))
        .select(min(table::position))
        .first(c)?;
    let last = waited_for.map_or(old, |first| old.min(first.saturating_sub(1)));
    let told = table::table.filter(table::scope.eq(scope)).filter(table::position.le(last));
    diesel::delete(told).execute(c)?;
    let removed =
        diesel::delete(events::table.filter(events::scope.eq(scope)).filter(events::position.le(last)))
            .execute(c)?;
    if removed > 0 {
        diesel::update(counters::table.find(scope)).set(counters::removed_to.eq(last)).execute(c)?;
    }
    Ok(removed)
}

/// How much is not told yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// Events without a place in the order.
    pub unplaced: i64,
    /// Deliveries to active subscribers that wait.
    pub pending: i64,
    /// Deliveries whose attempts all failed.
    pub dead: i64,
    /// Since when the oldest of what waits has been due.
    pub oldest_due_at: Option<DateTime<Utc>>,
}

/// How much is not told yet, over all municipalities: counts only.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn backlog(c: &mut AnyConnection) -> Result<Backlog, StorageError> {
    let of_subscription = subscriptions::municipality_id
        .eq(table::municipality_id)
        .and(subscriptions::id.eq(table::subscription_id));
    let waiting = table::table
        .inner_join(subscriptions::table.on(of_subscription))
        .filter(table::state.eq(Coded(DeliveryState::Pending)))
        .filter(subscriptions::state.eq(Coded(SubscriptionState::Active)));
    let oldest: Option<At> = waiting.order(table::due_at).select(table::due_at).first(c).optional()?;
    Ok(Backlog {
        unplaced: events::table.filter(events::position.is_null()).select(count_star()).first(c)?,
        pending: waiting.select(count_star()).first(c)?,
        dead: table::table
            .filter(table::state.eq(Coded(DeliveryState::Dead)))
            .select(count_star())
            .first(c)?,
        oldest_due_at: oldest.map(|at| at.0),
    })
}
