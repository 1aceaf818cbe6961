//! Who acts for a bidder (machtigingen): said until the deadline, and sealed as bids are.

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
use trede_service::bidding::bid_delegations::{self, NewDelegation};

/// Who acts for the bidder (machtiging), or does no more.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"delegate": "platform-1"}))]
pub struct BidDelegationRequest {
    /// A platform or another person (gemachtigde), as their identity provider names them: the subject of their token
    /// (`sub`), as it is recorded.
    #[schema(min_length = 1, max_length = 500)]
    delegate: String,
}

/// Delegates bidding
///
/// The bidder, whose token names its KvK number, says until the deadline that a platform or another person may submit,
/// replace and withdraw on this lot on its behalf (machtiging), where bids are kept here. It is sealed as bids are: the
/// answer tells nothing of what was sent or said before, and the opening lists who acted for whom.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bid-delegations",
    tag = "bids",
    params(MunicipalityParams, LotParams),
    request_body = BidDelegationRequest,
    responses(
        (status = 201, description = "The delegate may act for the bidder", body = BidReceiptResponse),
        (status = 409, description = "The lot takes no bids now")
    )
)]
pub async fn create_bid_delegation(
    state: Data<AppState>,
    lot: InLot,
    body: Hashed<BidDelegationRequest>,
) -> Result<HttpResponse, Problem> {
    receive(state, lot, body, true).await
}

/// Takes a delegation back
///
/// From now on nothing counts that this delegate sends on this lot in the name of the bidder (intrekking van de
/// machtiging); what it sent before stands until the bidder replaces or withdraws it. The answer is the same whether
/// there was a delegation.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bid-delegation-withdrawals",
    tag = "bids",
    params(MunicipalityParams, LotParams),
    request_body = BidDelegationRequest,
    responses(
        (status = 201, description = "The delegate acts for the bidder no more", body = BidReceiptResponse),
        (status = 409, description = "The lot takes no bids now")
    )
)]
pub async fn withdraw_bid_delegation(
    state: Data<AppState>,
    lot: InLot,
    body: Hashed<BidDelegationRequest>,
) -> Result<HttpResponse, Problem> {
    receive(state, lot, body, false).await
}

async fn receive(
    state: Data<AppState>,
    lot: InLot,
    body: Hashed<BidDelegationRequest>,
    is_given: bool,
) -> Result<HttpResponse, Problem> {
    let arrived_at = state.services.now();
    let Hashed { value, sha256 } = body;
    let receipt = state
        .run(move |services| {
            let new = NewDelegation { delegate: value.delegate, is_given };
            bid_delegations::create(services, &lot.actor, lot.at, new, sha256, arrived_at)
        })
        .await?;
    Ok(HttpResponse::Created().json(BidReceiptResponse::from(receipt)))
}
