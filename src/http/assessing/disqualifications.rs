//! Bids that take no part any more (uitsluitingen), and those that do again.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::{DisqualificationGround, DisqualificationRevocation};
use trede_model::bidding::bid::BidId;
use trede_service::assessing::disqualifications::{self, NewDisqualification};

/// A bid that is to take no part any more (uitsluiting of terugtrekking).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "ground": "irregular",
    "reason": "De inschrijving is niet rechtsgeldig ondertekend."
}))]
pub struct DisqualificationRequest {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: BidId,
    /// On what ground.
    ground: DisqualificationGround,
    /// The reason, as it will stand in the report and in the letter.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// Disqualifies a bid
///
/// Records that a bid takes no part any more, on which ground and why (uitsluiting of terugtrekking). An
/// evaluation in which it took part is outdated; the next one keeps the ranking or scores anew, as the award
/// model declares.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/disqualifications",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = DisqualificationRequest,
    responses(
        (status = 201, description = "The bid takes no part any more", body = DossierEntryResponse),
        (status = 409, description = "The bids are not opened, an award is proposed, or the bid dropped out already")
    )
)]
pub async fn disqualify_bid(
    state: Data<AppState>,
    lot: InLot,
    body: Json<DisqualificationRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let DisqualificationRequest { bid_id: bid, ground, reason } = body.0;
    let new = NewDisqualification { bid, ground, reason };
    let told =
        state.run(move |services| disqualifications::create(services, &lot.actor, lot.at, new)).await?;
    Ok(added(&request, told))
}

/// Lets a disqualified bid take part again
///
/// Revokes a disqualification, with the reason (herroeping van een uitsluiting). The lot is evaluated again.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/disqualification-revocations",
    tag = "evaluation",
    params(MunicipalityParams, LotParams),
    request_body = DisqualificationRevocation,
    responses(
        (status = 201, description = "The bid takes part again", body = DossierEntryResponse),
        (status = 409, description = "An award is proposed, or the quality was fixed without the bid")
    )
)]
pub async fn revoke_disqualification(
    state: Data<AppState>,
    lot: InLot,
    body: Json<DisqualificationRevocation>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let told =
        state.run(move |services| disqualifications::revoke(services, &lot.actor, lot.at, body.0)).await?;
    Ok(added(&request, told))
}
