//! Withdrawals (intrekkingen) of bids, until the deadline.

use actix_web::HttpResponse;
use actix_web::web::Data;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::bidding::bids::BidReceiptResponse;
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Hashed;
use crate::http::frame::path::{LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_service::bidding::bid_withdrawals;

/// The withdrawal (intrekking) of a bid.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"bidderKvkNumber": "69599068"}))]
pub struct BidWithdrawalRequest {
    /// The KvK number of who bid. A bidder gives its own, a platform that of the bidder.
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    bidder_kvk_number: KvkNumber,
}

/// Withdraws a bid
///
/// Takes back (intrekking) what the bidder sent for this lot, until the deadline, where bids are kept here. A
/// later bid counts again. The answer is the same whether there was a bid: it tells nobody who has bid.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bid-withdrawals",
    tag = "bids",
    params(MunicipalityParams, LotParams),
    request_body = BidWithdrawalRequest,
    responses(
        (status = 201, description = "What was sent is taken back", body = BidReceiptResponse),
        (status = 409, description = "The lot takes no bids now")
    )
)]
pub async fn withdraw_bid(
    state: Data<AppState>,
    lot: InLot,
    body: Hashed<BidWithdrawalRequest>,
) -> Result<HttpResponse, Problem> {
    let arrived_at = state.services.now();
    let Hashed { value, sha256 } = body;
    let receipt = state
        .run(move |services| {
            let bidder = value.bidder_kvk_number;
            bid_withdrawals::create(services, &lot.actor, lot.at, bidder, sha256, arrived_at)
        })
        .await?;
    Ok(HttpResponse::Created().json(BidReceiptResponse::from(receipt)))
}
