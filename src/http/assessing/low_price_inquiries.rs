//! Questions about abnormally low prices (abnormaal lage inschrijvingen), with answers and decisions.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::page::list_of;
use crate::http::frame::path::{InquiryParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::{LowPriceOutcome, LowPriceQuestion};
use trede_service::assessing::low_price_inquiries::{self, Inquiry};

/// The explanation of a low price (toelichting).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"answer": "Wij maaien met eigen machines, die zijn afgeschreven."}))]
pub struct LowPriceAnswerRequest {
    /// The explanation.
    #[schema(min_length = 1, max_length = 20000)]
    answer: String,
}

/// What is decided on a low price (oordeel over de toelichting).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"outcome": "accepted", "reason": "De opbouw van de prijs is gangbaar en volledig."}))]
pub struct LowPriceDecisionRequest {
    /// Whether the explanation is accepted.
    outcome: LowPriceOutcome,
    /// Why; of a rejection, as it will stand in the letter.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// A question about a low price (vraag om toelichting), with what followed.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000023",
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "question": "Hoe is de prijs van het maaiwerk opgebouwd?",
    "answerDueAt": "2026-04-20T10:00:00Z",
    "askedAt": "2026-04-13T09:00:00Z",
    "askedBy": "inkoper-1"
}))]
pub struct InquiryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// What was asked.
    question: String,
    /// Until when an answer is awaited.
    answer_due_at: DateTime<Utc>,
    /// When it was asked.
    asked_at: DateTime<Utc>,
    /// By whom.
    asked_by: String,
    /// The explanation (toelichting).
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
    /// When it was recorded.
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<DateTime<Utc>>,
    /// Whether it is accepted (oordeel).
    #[serde(skip_serializing_if = "Option::is_none")]
    outcome: Option<LowPriceOutcome>,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When it was decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<DateTime<Utc>>,
}

impl From<Inquiry> for InquiryResponse {
    fn from(inquiry: Inquiry) -> Self {
        let (answered, answer) = inquiry.answer.unzip();
        let (decided, decision) = inquiry.decision.unzip();
        let (outcome, reason) = decision.map(|decision| (decision.outcome, decision.reason)).unzip();
        Self {
            id: inquiry.entry.id.to_string(),
            bid_id: inquiry.question.bid_id.to_string(),
            question: inquiry.question.question,
            answer_due_at: inquiry.question.answer_due_at,
            asked_at: inquiry.entry.at,
            asked_by: inquiry.entry.actor,
            answer: answer.map(|answer| answer.answer),
            answered_at: answered.map(|entry| entry.at),
            outcome,
            reason,
            decided_at: decided.map(|entry| entry.at),
        }
    }
}

list_of! {
    /// Questions about low prices, the first first.
    InquiryList of InquiryResponse
}

/// Lists the questions about low prices
///
/// Every question about an abnormally low price (abnormaal lage inschrijving), with its answer and decision. A
/// bidder sees what it was asked itself.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/low-price-inquiries",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    responses((status = 200, description = "The questions", body = InquiryList))
)]
pub async fn list_low_price_inquiries(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let found = state.run(move |services| low_price_inquiries::list(services, &lot.actor, lot.at)).await?;
    Ok(HttpResponse::Ok().json(InquiryList::of(found)))
}

/// Asks a bidder to explain a low price
///
/// The question that an abnormally low bid calls for (vraag om toelichting): nothing is rejected without it.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/low-price-inquiries",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = LowPriceQuestion,
    responses(
        (status = 201, description = "The bidder is asked", body = DossierEntryResponse),
        (status = 409, description = "The lot is not evaluated, or the bidder was asked already")
    )
)]
pub async fn create_low_price_inquiry(
    state: Data<AppState>,
    lot: InLot,
    body: Json<LowPriceQuestion>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told =
        state.run(move |services| low_price_inquiries::create(services, &lot.actor, lot.at, body.0)).await?;
    Ok(added(&request, told))
}

/// Explains a low price
///
/// The explanation of the bidder (toelichting), by itself or entered in its name.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/low-price-inquiries/{inquiryId}/answers",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, InquiryParams),
    request_body = LowPriceAnswerRequest,
    responses(
        (status = 201, description = "The explanation is recorded", body = DossierEntryResponse),
        (status = 409, description = "It was answered or decided on already")
    )
)]
pub async fn answer_low_price_inquiry(
    state: Data<AppState>,
    lot: InLot,
    path: Path<InquiryParams>,
    body: Json<LowPriceAnswerRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told = state
        .run(move |services| {
            low_price_inquiries::answer(services, &lot.actor, lot.at, path.inquiry_id, &body.0.answer)
        })
        .await?;
    Ok(added(&request, told))
}

/// Decides on a low price
///
/// Whether the explanation is accepted, with reasons (oordeel over de toelichting). A rejected bid takes no part
/// any more; until this decision no award is proposed.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/low-price-inquiries/{inquiryId}/decisions",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, InquiryParams),
    request_body = LowPriceDecisionRequest,
    responses(
        (status = 201, description = "The decision is recorded", body = DossierEntryResponse),
        (status = 409, description = "It was decided on already, or the bidder still has time to answer")
    )
)]
pub async fn decide_low_price_inquiry(
    state: Data<AppState>,
    lot: InLot,
    path: Path<InquiryParams>,
    body: Json<LowPriceDecisionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let LowPriceDecisionRequest { outcome, reason } = body.0;
    let told = state
        .run(move |services| {
            let decided = (outcome, reason.as_str());
            low_price_inquiries::decide(services, &lot.actor, lot.at, path.inquiry_id, decided)
        })
        .await?;
    Ok(added(&request, told))
}
