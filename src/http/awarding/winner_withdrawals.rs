//! Winners that drop out after the award (uitval), and who takes their place.

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
use trede_formats::dossier::WinnerWithdrawalGround;
use trede_model::bidding::bid::BidId;
use trede_service::awarding::seats::{self, NewWithdrawal};

/// A winner, or a bid on the reserve list, that drops out after the award (uitval).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "ground": "declined",
    "reason": "De inschrijver ziet af van de raamovereenkomst."
}))]
pub struct WinnerWithdrawalRequest {
    /// Its bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: BidId,
    /// On what ground.
    ground: WinnerWithdrawalGround,
    /// Why.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// Records that a winner dropped out
///
/// A winner of a lot that several can win, or that has a reserve list, drops out after the award (uitval van een
/// winnaar). The first of the reserve list takes its place and gets a letter; without one there is a winner less.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/winner-withdrawals",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = WinnerWithdrawalRequest,
    responses(
        (status = 201, description = "It is recorded", body = DossierEntryResponse),
        (status = 409, description = "The lot is not awarded, or to one bid without a reserve list")
    )
)]
pub async fn withdraw_winner(
    state: Data<AppState>,
    lot: InLot,
    body: Json<WinnerWithdrawalRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let WinnerWithdrawalRequest { bid_id: bid, ground, reason } = body.0;
    let new = NewWithdrawal { bid, ground, reason };
    let told = state.run(move |services| seats::withdraw(services, &lot.actor, lot.at, new)).await?;
    Ok(added(&request, told))
}
