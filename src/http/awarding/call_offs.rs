//! Orders under a framework agreement (nadere opdrachten onder een raamovereenkomst).

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::{CallOffDecline, CallOffOrder, CallOffWay};
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::LotId;
use trede_model::tendering::tender::TenderId;
use trede_service::awarding::call_offs::{self, NewCallOff, Placed};

/// An order under a framework agreement (nadere opdracht).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "reference": "NO-2026-014",
    "title": "Snoeien van de bomen langs de Vecht",
    "valueCents": 1_850_000,
    "placedOn": "2026-06-10",
    "declined": [{
        "bidId": "0190a5c8-0000-7000-8000-000000000003",
        "reason": "Heeft in juni geen ploeg beschikbaar."
    }]
}))]
pub struct CallOffRequest {
    /// The buyer's reference of the order (kenmerk); no other order on the lot has it.
    #[schema(min_length = 1, max_length = 500)]
    reference: String,
    /// What is ordered.
    #[schema(min_length = 1, max_length = 500)]
    title: String,
    /// Its value in whole cents, without VAT.
    #[schema(minimum = 0, maximum = 9_007_199_254_740_991_i64)]
    value_cents: i64,
    /// The day on which it was placed (dag van plaatsing): not before the day of the award, and not in the future.
    placed_on: NaiveDate,
    /// How it goes to its operator: only where `callOff` of the award model is `mixed`, and needed there.
    #[serde(default)]
    by: Option<CallOffWay>,
    /// The bid of the operator that gets it. Left out, by ranking and by rotation whose turn it is, and after a
    /// mini-competition who won that.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    bid_id: Option<BidId>,
    /// Who declined it before (weigeringen), in the order of their turns. Not after a mini-competition.
    #[serde(default)]
    #[schema(max_items = 20000)]
    declined: Vec<CallOffDecline>,
    /// The tender in which it was competed for (minicompetitie), in the same municipality.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    tender_id: Option<TenderId>,
    /// The awarded lot of that tender.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    lot_id: Option<LotId>,
    /// Why it goes to another than whose turn it is (afwijking); then `bidId` says to whom.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20000)]
    deviation: Option<String>,
}

impl From<CallOffRequest> for NewCallOff {
    fn from(request: CallOffRequest) -> Self {
        Self {
            reference: request.reference,
            title: request.title,
            value_cents: request.value_cents,
            placed_on: request.placed_on,
            by: request.by,
            bid: request.bid_id,
            declined: request.declined,
            tender: request.tender_id,
            lot: request.lot_id,
            deviation: request.deviation,
        }
    }
}

/// An order under a framework agreement that was recorded (nadere opdracht). It never changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000031",
    "recordedAt": "2026-06-10T09:00:00Z",
    "recordedBy": "inkoper-1",
    "order": {
        "decisionId": "0190a5c8-0000-7000-8000-000000000006",
        "number": 2,
        "reference": "NO-2026-014",
        "title": "Snoeien van de bomen langs de Vecht",
        "valueCents": 1_850_000,
        "placedOn": "2026-06-10",
        "by": "rotation",
        "bidId": "0190a5c8-0000-7000-8000-000000000004",
        "declined": [{
            "bidId": "0190a5c8-0000-7000-8000-000000000003",
            "reason": "Heeft in juni geen ploeg beschikbaar."
        }]
    }
}))]
pub struct CallOffResponse {
    /// The id of its entry in the dossier of the lot.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    /// By whom.
    recorded_by: String,
    /// The order (nadere opdracht).
    order: CallOffOrder,
}

impl From<Placed> for CallOffResponse {
    fn from(placed: Placed) -> Self {
        Self {
            id: placed.id.to_string(),
            recorded_at: placed.at,
            recorded_by: placed.actor,
            order: placed.order,
        }
    }
}

list_of! {
    /// Orders under a framework agreement (nadere opdrachten), the first recorded first.
    CallOffList of CallOffResponse
}

/// Records an order under a framework agreement
///
/// An order (nadere opdracht) goes to an operator as the award model declares (`winners.frameworkAgreement.callOff`): by
/// ranking or by rotation to whose turn it is by the record, after a mini-competition to the winner of that lot. It goes
/// to another who holds a place only with a reason (`deviation`), which is kept. It is added to the dossier of the lot
/// and never changes.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/call-offs",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = CallOffRequest,
    responses(
        (status = 201, description = "It is recorded", body = CallOffResponse),
        (
            status = 409,
            description = "The lot is not awarded or declares no framework agreement with several operators, it is another \
                           operator's turn, who won the competition holds no place, or the reference is taken"
        )
    )
)]
pub async fn create_call_off(
    state: Data<AppState>,
    lot: InLot,
    body: Json<CallOffRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = NewCallOff::from(body.0);
    let placed = state.run(move |services| call_offs::create(services, &lot.actor, lot.at, new)).await?;
    let entries = request.path().trim_end_matches('/').trim_end_matches("call-offs");
    let location = format!("{entries}dossier-entries/{}", placed.id);
    Ok(HttpResponse::Created().insert_header((LOCATION, location)).json(CallOffResponse::from(placed)))
}

/// Lists the orders under a framework agreement
///
/// The orders (nadere opdrachten) on the lot, with who declined and why one went elsewhere where it did. Their numbers
/// are the order in which the turns went.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/call-offs",
    tag = "award",
    params(MunicipalityParams, LotParams, PageQuery),
    responses((status = 200, description = "A page of orders", body = CallOffList))
)]
pub async fn list_call_offs(
    state: Data<AppState>,
    lot: InLot,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| call_offs::list(services, &lot.actor, lot.at, &request)).await?;
    Ok(query.answer(page, |placed| placed.id, CallOffList::of))
}
