//! Letters (brieven) that tell bidders of a proposed award.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{AwardLetterParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::awarding::award_letter::{AwardLetter, LetterKind, Text};
use trede_service::awarding::award_letters;

/// A letter to a bidder about a proposed award (mededeling van de gunningsbeslissing), as it was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-8000-8000-000000000031",
    "decisionId": "0190a5c8-0000-7000-8000-000000000006",
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "bidderKvkNumber": "69599068",
    "kind": "ranked",
    "dutch": {"text": "Gemeente Utrecht …", "templateVersion": 1},
    "english": {"text": "Gemeente Utrecht …", "templateVersion": 1},
    "sentAt": "2026-05-15T09:00:00Z"
}))]
pub struct AwardLetterResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The decision that it tells of.
    #[schema(value_type = String, format = Uuid)]
    decision_id: String,
    /// The reader's bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// The reader, by KvK number.
    #[schema(pattern = "^[0-9]{8}$")]
    bidder_kvk_number: String,
    /// What it tells.
    #[schema(schema_with = schema::letter_kind)]
    kind: LetterKind,
    /// The letter in Dutch.
    dutch: LetterText,
    /// The letter in English.
    english: LetterText,
    /// When it was sent: to all bidders at the same moment.
    sent_at: DateTime<Utc>,
}

/// A letter in one language (tekst van de brief).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"text": "Gemeente Utrecht …", "templateVersion": 1}))]
pub struct LetterText {
    /// The text, as Markdown.
    text: String,
    /// The version of the template by which it was written.
    #[schema(minimum = 1)]
    template_version: i64,
}

impl From<Text> for LetterText {
    fn from(text: Text) -> Self {
        Self { text: text.text, template_version: text.template.0 }
    }
}

impl From<AwardLetter> for AwardLetterResponse {
    fn from(letter: AwardLetter) -> Self {
        Self {
            id: letter.id.to_string(),
            decision_id: letter.decision.to_string(),
            bid_id: letter.bid.to_string(),
            bidder_kvk_number: letter.bidder.to_string(),
            kind: letter.kind,
            dutch: letter.dutch.into(),
            english: letter.english.into(),
            sent_at: letter.sent_at,
        }
    }
}

list_of! {
    /// Letters, in a stable order.
    AwardLetterList of AwardLetterResponse
}

/// Lists the letters on a lot
///
/// What the bidders are told of proposed awards (brieven over de gunningsbeslissing). A bidder sees the own
/// letters only.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-letters",
    tag = "award",
    params(MunicipalityParams, LotParams, PageQuery),
    responses((status = 200, description = "A page of letters", body = AwardLetterList))
)]
pub async fn list_award_letters(
    state: Data<AppState>,
    lot: InLot,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| award_letters::list(services, &lot.actor, lot.at, &request)).await?;
    Ok(query.answer(page, |letter| letter.id, AwardLetterList::of))
}

/// Shows a letter
///
/// The letter to one bidder (brief over de gunningsbeslissing), in Dutch and in English.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/award-letters/{letterId}",
    tag = "award",
    params(MunicipalityParams, LotParams, AwardLetterParams),
    responses((status = 200, description = "The letter", body = AwardLetterResponse))
)]
pub async fn get_award_letter(
    state: Data<AppState>,
    lot: InLot,
    path: Path<AwardLetterParams>,
) -> Result<HttpResponse, Problem> {
    let letter =
        state.run(move |services| award_letters::get(services, &lot.actor, lot.at, path.letter_id)).await?;
    Ok(HttpResponse::Ok().json(AwardLetterResponse::from(letter)))
}
