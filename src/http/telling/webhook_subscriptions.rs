//! Subscriptions to events (abonnementen op gebeurtenissen), sent as webhooks.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, SubscriptionParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::telling::event::EventKind;
use trede_model::telling::webhook::{EventKinds, Subscription, SubscriptionFacts, SubscriptionState};
use trede_service::telling::webhook_subscriptions;

/// A subscription to events (abonnement op gebeurtenissen), as its owner chooses it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "url": "https://platform.example.nl/trede",
    "description": "Aanbestedingsplatform",
    "eventTypes": ["nl.trede.lot.published", "nl.trede.lot.opened", "nl.trede.lot.awarded"]
}))]
pub struct WebhookSubscriptionRequest {
    /// Where events are sent (bezorgadres): `https://` at a public address.
    #[schema(format = "uri", max_length = 2000)]
    url: String,
    /// What it is for (omschrijving).
    #[serde(default)]
    #[schema(max_length = 500)]
    description: String,
    /// What is told (soorten gebeurtenissen).
    #[schema(schema_with = schema::event_types)]
    event_types: Vec<EventKind>,
    /// `active`, or `paused`: then what happens meanwhile waits.
    #[serde(default = "active")]
    #[schema(schema_with = schema::subscription_state)]
    state: SubscriptionState,
}

const fn active() -> SubscriptionState {
    SubscriptionState::Active
}

impl WebhookSubscriptionRequest {
    fn into_parts(self) -> (SubscriptionFacts, SubscriptionState) {
        let kinds = EventKinds(self.event_types);
        (SubscriptionFacts { url: self.url, description: self.description, kinds }, self.state)
    }
}

/// A subscription to events (abonnement op gebeurtenissen).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "url": "https://platform.example.nl/trede",
    "description": "Aanbestedingsplatform",
    "eventTypes": ["nl.trede.lot.published", "nl.trede.lot.opened", "nl.trede.lot.awarded"],
    "state": "active",
    "createdAt": "2026-03-02T09:00:00Z",
    "updatedAt": "2026-03-02T09:00:00Z"
}))]
pub struct WebhookSubscriptionResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Where events are sent (bezorgadres).
    #[schema(format = "uri")]
    url: String,
    /// What it is for (omschrijving).
    description: String,
    /// What is told (soorten gebeurtenissen).
    #[schema(schema_with = schema::event_types)]
    event_types: Vec<EventKind>,
    /// Whether the subscriber is told of events; `gone` when it answered 410.
    #[schema(schema_with = schema::subscription_state)]
    state: SubscriptionState,
    /// Until when the secret before signs along (einde van het vorige geheim).
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_secret_until: Option<DateTime<Utc>>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Subscription> for WebhookSubscriptionResponse {
    fn from(subscription: Subscription) -> Self {
        let facts = subscription.facts;
        Self {
            id: subscription.id.to_string(),
            url: facts.url,
            description: facts.description,
            event_types: facts.kinds.0,
            state: subscription.state,
            previous_secret_until: subscription.former.map(|former| former.until),
            created_at: subscription.record.created_at,
            updated_at: subscription.record.updated_at,
        }
    }
}

/// A new secret of a subscription (geheim), shown this once.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "subscription": {
        "id": "0190a5c8-0000-7000-8000-000000000001",
        "url": "https://platform.example.nl/trede",
        "description": "Aanbestedingsplatform",
        "eventTypes": ["nl.trede.lot.awarded"],
        "state": "active",
        "createdAt": "2026-03-02T09:00:00Z",
        "updatedAt": "2026-03-02T09:00:00Z"
    }
}))]
pub struct WebhookSecretResponse {
    /// What signs each message, after Standard Webhooks; keep it, for it is not shown again.
    secret: String,
    /// The subscription.
    subscription: WebhookSubscriptionResponse,
}

impl From<Subscription> for WebhookSecretResponse {
    fn from(subscription: Subscription) -> Self {
        Self { secret: subscription.secret.clone(), subscription: subscription.into() }
    }
}

/// A change of secret (vervanging van het geheim).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"overlapHours": 24}))]
pub struct WebhookSecretRequest {
    /// How many hours the present secret signs along (overlap).
    #[serde(default = "a_day")]
    #[schema(minimum = 0, maximum = 168, default = 24)]
    overlap_hours: i64,
}

const fn a_day() -> i64 {
    24
}

list_of! {
    /// Subscriptions, in the order in which they were made.
    WebhookSubscriptionList of WebhookSubscriptionResponse
}

fn found(subscription: Subscription) -> HttpResponse {
    resource::found(subscription.record.version, &WebhookSubscriptionResponse::from(subscription))
}

/// Lists the subscriptions to events
///
/// The subscriptions (abonnementen) of a municipality, without their secrets.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/webhook-subscriptions",
    tag = "events",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of subscriptions", body = WebhookSubscriptionList))
)]
pub async fn list_webhook_subscriptions(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            webhook_subscriptions::list(services, &tenant.actor, tenant.municipality, &request)
        })
        .await?;
    Ok(query.answer(page, |item| item.id, WebhookSubscriptionList::of))
}

/// Subscribes to events
///
/// Makes a subscription (abonnement). What happens from now on is sent to the URL as CloudEvents, signed with the
/// secret that is in the answer and is not shown again. A platform hears of procedures; an administrator of
/// contracts too.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/webhook-subscriptions",
    tag = "events",
    params(MunicipalityParams),
    request_body = WebhookSubscriptionRequest,
    responses((status = 201, description = "The subscription is made", body = WebhookSecretResponse))
)]
pub async fn create_webhook_subscription(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<WebhookSubscriptionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (facts, wanted) = body.0.into_parts();
    let made = state
        .run(move |services| {
            webhook_subscriptions::create(services, &tenant.actor, tenant.municipality, facts, wanted)
        })
        .await?;
    Ok(resource::created(&request, made.id, made.record.version, &WebhookSecretResponse::from(made)))
}

/// Shows a subscription to events
///
/// The subscription (abonnement), without its secret.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/webhook-subscriptions/{subscriptionId}",
    tag = "events",
    params(MunicipalityParams, SubscriptionParams),
    responses((status = 200, description = "The subscription", body = WebhookSubscriptionResponse))
)]
pub async fn get_webhook_subscription(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<SubscriptionParams>,
) -> Result<HttpResponse, Problem> {
    let subscription = state
        .run(move |services| {
            webhook_subscriptions::get(services, &tenant.actor, tenant.municipality, path.subscription_id)
        })
        .await?;
    Ok(found(subscription))
}

/// Changes a subscription to events
///
/// Replaces what its owner chose of a subscription (abonnement): pauses it, or makes it active again after a pause
/// or after the subscriber was gone. What happened meanwhile is sent then.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/webhook-subscriptions/{subscriptionId}",
    tag = "events",
    params(MunicipalityParams, SubscriptionParams, IfMatch),
    request_body = WebhookSubscriptionRequest,
    responses((status = 200, description = "The subscription is changed", body = WebhookSubscriptionResponse))
)]
pub async fn update_webhook_subscription(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<SubscriptionParams>,
    seen: IfMatch,
    body: Json<WebhookSubscriptionRequest>,
) -> Result<HttpResponse, Problem> {
    let (facts, wanted) = body.0.into_parts();
    let subscription = state
        .run(move |services| {
            let at = (tenant.municipality, path.subscription_id);
            webhook_subscriptions::update(services, &tenant.actor, at, seen.0, facts, wanted)
        })
        .await?;
    Ok(found(subscription))
}

/// Ends a subscription to events
///
/// Removes a subscription (abonnement); what was not sent yet is not sent any more.
#[utoipa::path(
    delete,
    path = "/municipalities/{municipality}/webhook-subscriptions/{subscriptionId}",
    tag = "events",
    params(MunicipalityParams, SubscriptionParams, IfMatch),
    responses((status = 204, description = "The subscription is removed"))
)]
pub async fn delete_webhook_subscription(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<SubscriptionParams>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            webhook_subscriptions::delete(services, actor, *municipality, path.subscription_id, seen.0)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Gives a subscription another secret
///
/// Makes a new secret (geheim) and shows it this once. The present one signs along for `overlapHours`, so that the
/// subscriber can change over; with 0 it signs no more.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/webhook-subscriptions/{subscriptionId}/secrets",
    tag = "events",
    params(MunicipalityParams, SubscriptionParams),
    request_body = WebhookSecretRequest,
    responses((status = 200, description = "The secret is changed", body = WebhookSecretResponse))
)]
pub async fn create_webhook_secret(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<SubscriptionParams>,
    body: Json<WebhookSecretRequest>,
) -> Result<HttpResponse, Problem> {
    let hours = body.0.overlap_hours;
    let changed = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            webhook_subscriptions::create_secret(services, actor, *municipality, path.subscription_id, hours)
        })
        .await?;
    Ok(resource::found(changed.record.version, &WebhookSecretResponse::from(changed)))
}
