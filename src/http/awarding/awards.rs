//! How a lot ends: an award (gunning) that is proposed and becomes final, or no award.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use crate::http::tendering::lots::{LotResponse, found};
use crate::http::tendering::tender_steps::ReasonRequest;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::bidding::bid::BidId;
use trede_service::Services;
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::seats::{self, Seat, Seats};
use trede_service::frame::error::ServiceError;

/// A proposal to award (voornemen tot gunning).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "evaluationId": "0190a5c8-0000-7000-8000-000000000005",
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "motivation": "Deze inschrijving heeft de beste prijs-kwaliteitverhouding.",
    "standstillDays": 20,
    "court": "Rechtbank Midden-Nederland",
    "contact": "inkoop@utrecht.example"
}))]
pub struct AwardProposalRequest {
    /// The evaluation that it rests on: the lot's latest.
    #[schema(value_type = String, format = Uuid)]
    evaluation_id: EvaluationId,
    /// The bid that wins; of several winners the first.
    #[schema(value_type = String, format = Uuid)]
    bid_id: BidId,
    /// The other winners, where the award model lets several bids win (`winners`): all of them, in any order. Left out
    /// where one wins.
    #[serde(default)]
    #[schema(value_type = Vec<String>, max_items = 20000)]
    other_bid_ids: Vec<BidId>,
    /// Why (motivering).
    #[schema(min_length = 1, max_length = 20000)]
    motivation: String,
    /// How many calendar days the standstill has (opschortende termijn), from the day after sending. Above the
    /// European threshold at least 20, and 20 when left out; else the term that the procedure declared, or 0.
    #[serde(default)]
    #[schema(minimum = 0, maximum = 366)]
    standstill_days: Option<u16>,
    /// The court before which the decision can be brought (bevoegde rechter); needed with a standstill.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    court: Option<String>,
    /// Whom to turn to (contact); needed with a standstill.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    contact: Option<String>,
}

impl From<AwardProposalRequest> for NewAward {
    fn from(request: AwardProposalRequest) -> Self {
        Self {
            evaluation: request.evaluation_id,
            bid: request.bid_id,
            others: request.other_bid_ids,
            motivation: request.motivation,
            standstill_days: request.standstill_days,
            court: request.court,
            contact: request.contact,
        }
    }
}

/// A decision to award a lot (gunningsbeslissing).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000006",
    "lotId": "0190a5c8-0000-7000-8000-000000000002",
    "evaluationId": "0190a5c8-0000-7000-8000-000000000005",
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "motivation": "Deze inschrijving heeft de beste prijs-kwaliteitverhouding.",
    "standstillDays": 20,
    "standstillUntilOn": "2026-06-04",
    "court": "Rechtbank Midden-Nederland",
    "contact": "inkoop@utrecht.example",
    "proposedAt": "2026-05-15T09:00:00Z"
}))]
pub struct AwardDecisionResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The lot that is awarded.
    #[schema(value_type = String, format = Uuid)]
    lot_id: String,
    /// The evaluation that it rests on.
    #[schema(value_type = String, format = Uuid)]
    evaluation_id: String,
    /// The bid that wins; of several winners the first at the time of the proposal.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// The winners as they are now, where the award model lets several bids win; left out where one wins.
    #[serde(skip_serializing_if = "Option::is_none")]
    winners: Option<Vec<AwardPlace>>,
    /// The reserve list as it is now (reservelijst), the next first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reserves: Vec<AwardPlace>,
    /// Why (motivering).
    motivation: String,
    /// How many calendar days the standstill has (opschortende termijn); 0 when there is none.
    standstill_days: u16,
    /// The last day of the standstill, when there is one; the award becomes final after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    standstill_until_on: Option<NaiveDate>,
    /// The court before which the decision can be brought (bevoegde rechter).
    #[serde(skip_serializing_if = "Option::is_none")]
    court: Option<String>,
    /// Whom to turn to (contact).
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<String>,
    /// When it was proposed (voornemen tot gunning).
    proposed_at: DateTime<Utc>,
    /// When it was taken back (intrekking van het voornemen).
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<DateTime<Utc>>,
    /// When it became final (definitieve gunning).
    #[serde(skip_serializing_if = "Option::is_none")]
    awarded_at: Option<DateTime<Utc>>,
}

/// A place among several winners, or on the reserve list behind them.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"bidId": "0190a5c8-0000-7000-8000-000000000003", "place": 1}))]
pub struct AwardPlace {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// Its place in the order of the ranking, from 1, the reserve list behind the winners. It stays when others drop out.
    #[schema(minimum = 1)]
    place: usize,
    /// When it took the place of a winner that dropped out, for one that did.
    #[serde(skip_serializing_if = "Option::is_none")]
    promoted_at: Option<DateTime<Utc>>,
}

impl From<Seat> for AwardPlace {
    fn from(seat: Seat) -> Self {
        Self { bid_id: seat.bid.to_string(), place: seat.place, promoted_at: seat.promoted_at }
    }
}

/// Does what the lot is to become, and reads who then wins.
async fn decided(
    state: &AppState,
    lot: InLot,
    act: impl FnOnce(&Services, &InLot) -> Result<AwardDecision, ServiceError> + Send + 'static,
) -> Result<(AwardDecision, AwardDecisionResponse), Problem> {
    let (decision, seats) = state
        .run(move |services| {
            let decision = act(services, &lot)?;
            let seats = seats::of_decision(services, lot.at, &decision)?;
            Ok((decision, seats))
        })
        .await?;
    let response = AwardDecisionResponse::of(decision.clone(), seats);
    Ok((decision, response))
}

impl AwardDecisionResponse {
    fn of(decision: AwardDecision, seats: Option<Seats>) -> Self {
        let places =
            |seats: Vec<Seat>| -> Vec<AwardPlace> { seats.into_iter().map(AwardPlace::from).collect() };
        let (winners, reserves) = seats.map(|seats| (seats.winners, seats.reserves)).unzip();
        Self {
            winners: winners.map(places),
            reserves: reserves.map(places).unwrap_or_default(),
            id: decision.id.to_string(),
            lot_id: decision.lot.to_string(),
            evaluation_id: decision.evaluation.to_string(),
            bid_id: decision.bid.to_string(),
            motivation: decision.motivation,
            standstill_days: decision.standstill_days,
            standstill_until_on: decision.standstill_until,
            court: decision.court,
            contact: decision.contact,
            proposed_at: decision.proposed_at,
            withdrawn_at: decision.withdrawn_at,
            awarded_at: decision.awarded_at,
        }
    }
}

/// Shows the award decision on a lot
///
/// The decision (gunningsbeslissing) that is in force: proposed, or final.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-decision",
    tag = "award",
    params(MunicipalityParams, LotParams),
    responses((status = 200, description = "The decision in force", body = AwardDecisionResponse))
)]
pub async fn get_award_decision(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let (_, told) = decided(&state, lot, |services, lot| awards::get(services, &lot.actor, lot.at)).await?;
    Ok(HttpResponse::Ok().json(told))
}

/// Proposes to award a lot
///
/// Records who will win and why (voornemen tot gunning), on the ground of the latest evaluation. The letters to
/// all bidders are written at the same moment, and the standstill begins the day after.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-proposals",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = AwardProposalRequest,
    responses(
        (status = 201, description = "The award is proposed", body = AwardDecisionResponse),
        (status = 409, description = "The lot is not evaluated, a later evaluation exists, or a low price was not decided on")
    )
)]
pub async fn propose_award(
    state: Data<AppState>,
    lot: InLot,
    body: Json<AwardProposalRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = body.0.into();
    let (decision, told) =
        decided(&state, lot, |services, lot| awards::propose(services, &lot.actor, lot.at, new)).await?;
    Ok(resource::recorded(&request, decision.id, &told))
}

/// Takes back a proposal to award
///
/// Withdraws the proposal (intrekking van het voornemen tot gunning), with a reason; the lot can be
/// evaluated again.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-withdrawals",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = ReasonRequest,
    responses(
        (status = 200, description = "The proposal is taken back", body = AwardDecisionResponse),
        (status = 409, description = "No award is proposed")
    )
)]
pub async fn withdraw_award_proposal(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = body.0.reason;
    let (_, told) =
        decided(&state, lot, |services, lot| awards::withdraw(services, &lot.actor, lot.at, reason)).await?;
    Ok(HttpResponse::Ok().json(told))
}

/// Awards a lot
///
/// Makes the proposed award final (definitieve gunning), after the standstill and when no objection stands.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/awards",
    tag = "award",
    params(MunicipalityParams, LotParams),
    responses(
        (status = 200, description = "The lot is awarded", body = AwardDecisionResponse),
        (status = 409, description = "No award is proposed, the standstill goes on, or an objection stands")
    )
)]
pub async fn award_lot(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let (_, told) = decided(&state, lot, |services, lot| awards::award(services, &lot.actor, lot.at)).await?;
    Ok(HttpResponse::Ok().json(told))
}

/// Ends a lot without an award
///
/// Declares that no suitable bid was made (mislukte aanbesteding), with a reason.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/unsuccessful-declarations",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = ReasonRequest,
    responses(
        (status = 200, description = "The lot has ended without an award", body = LotResponse),
        (status = 409, description = "The lot cannot end so in this state")
    )
)]
pub async fn declare_lot_unsuccessful(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let ended = state
        .run(move |services| awards::declare_unsuccessful(services, &lot.actor, lot.at, body.0.reason))
        .await?;
    Ok(found(ended))
}

/// Cancels a lot
///
/// Calls off (intrekking) one lot, with a reason; the others go on.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/cancellations",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = ReasonRequest,
    responses(
        (status = 200, description = "The lot is cancelled", body = LotResponse),
        (status = 409, description = "The lot is a draft, or has ended already")
    )
)]
pub async fn cancel_lot(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let cancelled =
        state.run(move |services| awards::cancel(services, &lot.actor, lot.at, body.0.reason)).await?;
    Ok(found(cancelled))
}
