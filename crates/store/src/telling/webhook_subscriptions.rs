//! Who wants to hear of events.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{webhook_deliveries as deliveries, webhook_subscriptions as table};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::telling::webhook::{
    EventKinds, FormerSecret, Subscription, SubscriptionFacts, SubscriptionId, SubscriptionState,
};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct SubscriptionRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Subscription>,
    url: String,
    description: String,
    event_types: Coded<EventKinds>,
    state: Coded<SubscriptionState>,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<At>,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Subscription> for SubscriptionRow {
    fn from(subscription: &Subscription) -> Self {
        let facts = subscription.facts.clone();
        let former = subscription.former.clone();
        Self {
            municipality_id: Coded(subscription.municipality),
            id: KeyOf(subscription.id),
            url: facts.url,
            description: facts.description,
            event_types: Coded(facts.kinds),
            state: Coded(subscription.state),
            secret: subscription.secret.clone(),
            previous_until: former.as_ref().map(|former| At(former.until)),
            previous_secret: former.map(|former| former.secret),
            version: subscription.record.version.0,
            created_at: At(subscription.record.created_at),
            updated_at: At(subscription.record.updated_at),
        }
    }
}

impl From<SubscriptionRow> for Subscription {
    fn from(row: SubscriptionRow) -> Self {
        let former = row.previous_secret.zip(row.previous_until);
        Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            facts: SubscriptionFacts { url: row.url, description: row.description, kinds: row.event_types.0 },
            state: row.state.0,
            secret: row.secret,
            former: former.map(|(secret, until)| FormerSecret { secret, until: until.0 }),
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

/// Stores a new subscription.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the municipality is not registered.
pub fn insert(c: &mut AnyConnection, subscription: &Subscription) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(SubscriptionRow::from(subscription)).execute(c)?;
    Ok(())
}

/// Writes a subscription that exists.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, subscription: &Subscription) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(subscription.municipality), KeyOf(subscription.id))))
        .set(SubscriptionRow::from(subscription))
        .execute(c)?;
    Ok(())
}

/// Removes a subscription with what was, or was to be, told to it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn delete(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: SubscriptionId,
) -> Result<(), StorageError> {
    let told = deliveries::table
        .filter(deliveries::municipality_id.eq(Coded(municipality)))
        .filter(deliveries::subscription_id.eq(KeyOf(id)));
    diesel::delete(told).execute(c)?;
    diesel::delete(table::table.find((Coded(municipality), KeyOf(id)))).execute(c)?;
    Ok(())
}

/// The subscription of that id in the municipality.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: SubscriptionId,
) -> Result<Option<Subscription>, StorageError> {
    let row: Option<SubscriptionRow> = table::table
        .find((Coded(municipality), KeyOf(id)))
        .select(SubscriptionRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Subscription::from))
}

/// One page of the municipality's subscriptions, in the order in which they were made.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    request: &PageRequest<SubscriptionId>,
) -> Result<Page<Subscription>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .select(SubscriptionRow::as_select());
    let rows: Vec<SubscriptionRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(Subscription::from))
}

/// All subscriptions of a municipality; of every municipality for what is national. Those that are paused or
/// gone too: what happens meanwhile waits for them.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_that_could_hear(
    c: &mut AnyConnection,
    municipality: Option<MunicipalityId>,
) -> Result<Vec<Subscription>, StorageError> {
    let mut query = table::table.select(SubscriptionRow::as_select()).into_boxed();
    if let Some(municipality) = municipality {
        query = query.filter(table::municipality_id.eq(Coded(municipality)));
    }
    let rows: Vec<SubscriptionRow> = query.load(c)?;
    Ok(rows.into_iter().map(Subscription::from).collect())
}
