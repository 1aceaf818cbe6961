//! What was, or is to be, told to a subscriber (afleveringen).

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, SubscriptionParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::telling::event::EventId;
use trede_model::telling::webhook::{Delivery, DeliveryState};
use trede_service::telling::webhook_deliveries;

/// The telling of one event to one subscriber (aflevering).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "eventId": "0190a5c8-0000-8000-8000-000000000001",
    "subject": "tenders/0190a5c8-0000-7000-8000-000000000001/lots/0190a5c8-0000-7000-8000-000000000002",
    "state": "pending",
    "attempts": 2,
    "dueAt": "2026-04-01T10:10:00Z",
    "triedAt": "2026-04-01T10:05:05Z",
    "answer": 500,
    "failure": "answered 500: out of order"
}))]
pub struct WebhookDeliveryResponse {
    /// The event (gebeurtenis); `webhook-id` of the message.
    #[schema(value_type = String, format = Uuid)]
    event_id: String,
    /// What it happened to (onderwerp).
    subject: String,
    /// How far it is.
    #[schema(schema_with = schema::delivery_state)]
    state: DeliveryState,
    /// How many attempts there were (pogingen).
    #[schema(minimum = 0)]
    attempts: i32,
    /// When the next attempt is due, as long as it is pending (volgende poging).
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<DateTime<Utc>>,
    /// When the last attempt was (laatste poging).
    #[serde(skip_serializing_if = "Option::is_none")]
    tried_at: Option<DateTime<Utc>>,
    /// The HTTP status of the last answer (antwoord).
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<u16>,
    /// What went wrong at the last attempt (fout); of an answer's body no more than the beginning.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<String>,
}

impl From<Delivery> for WebhookDeliveryResponse {
    fn from(delivery: Delivery) -> Self {
        Self {
            event_id: delivery.event.to_string(),
            subject: delivery.subject,
            state: delivery.state,
            attempts: delivery.attempts,
            due_at: (delivery.state == DeliveryState::Pending).then_some(delivery.due_at),
            tried_at: delivery.tried_at,
            answer: delivery.answer,
            failure: delivery.failure,
        }
    }
}

list_of! {
    /// Deliveries, in a stable order.
    WebhookDeliveryList of WebhookDeliveryResponse
}

/// Which deliveries are wanted.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only deliveries in this state, such as `dead` for the dead letters (dode brieven)
    #[param(schema_with = schema::delivery_state)]
    state: Option<DeliveryState>,
    /// Where the page starts: as the `Link` header of the page beside it says. Leave it out for
    /// the first page.
    #[param(min_length = 1, max_length = 200)]
    cursor: Option<String>,
    /// How many items the page has at the most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u16>,
}

/// Lists the deliveries to a subscriber
///
/// What was, or is to be, told to a subscriber (afleveringen): how far each is, and why it failed.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/webhook-subscriptions/{subscriptionId}/deliveries",
    tag = "events",
    params(MunicipalityParams, SubscriptionParams, DeliveryQuery),
    responses((status = 200, description = "A page of deliveries", body = WebhookDeliveryList))
)]
pub async fn list_webhook_deliveries(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<SubscriptionParams>,
    query: Query<DeliveryQuery>,
    asked: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let DeliveryQuery { state: wanted, cursor, limit } = query.into_inner();
    let query = PageQuery::of(cursor, limit);
    let request = query.request()?;
    let page = state
        .run(move |services| {
            let at = (tenant.municipality, path.subscription_id);
            webhook_deliveries::list(services, &tenant.actor, at, wanted, &request)
        })
        .await?;
    Ok(query.answer_of(asked.query_string(), page, |item| item.event, WebhookDeliveryList::of))
}

/// What is to be told again (herhaling).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({}))]
pub struct WebhookReplayRequest {
    /// The events (gebeurtenissen); left out: all dead letters.
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>, min_items = 1, max_items = 100)]
    event_ids: Option<Vec<EventId>>,
}

/// How much is told again (herhaling).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"replayed": 3}))]
pub struct WebhookReplayResponse {
    /// How many deliveries wait for an attempt again (aantal).
    #[schema(minimum = 0)]
    replayed: usize,
}

/// Tells a subscriber again
///
/// Sends the named events once more (herhaling), whether they were delivered or failed for good, or all dead
/// letters. Later events of the same subject wait for them.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/webhook-subscriptions/{subscriptionId}/replays",
    tag = "events",
    params(MunicipalityParams, SubscriptionParams),
    request_body = WebhookReplayRequest,
    responses((status = 200, description = "They wait for an attempt", body = WebhookReplayResponse))
)]
pub async fn create_webhook_replay(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<SubscriptionParams>,
    body: Json<WebhookReplayRequest>,
) -> Result<HttpResponse, Problem> {
    let events = body.0.event_ids;
    let replayed = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            let events = events.as_deref();
            webhook_deliveries::replay(services, actor, *municipality, path.subscription_id, events)
        })
        .await?;
    Ok(HttpResponse::Ok().json(WebhookReplayResponse { replayed }))
}
