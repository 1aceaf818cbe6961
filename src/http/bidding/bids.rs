//! Bids (inschrijvingen) on a lot: received sealed, read after the opening only.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::body::Hashed;
use crate::http::frame::document::Document;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{BidParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_formats::offer::OfferInput;
use trede_model::bidding::bid::Bid;
use trede_service::bidding::bids::{self, BidReceipt, NewBid, PlatformReceipt};
use trede_wire::moment::moment;

/// A bid (inschrijving) on a lot.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "bidderKvkNumber": "69599068",
    "offer": {"bidderName": "Groen & Zo B.V.", "price": "398000.00"}
}))]
pub struct BidRequest {
    /// The KvK number of who bids; of a consortium that of the lead member (penvoerder). A bidder
    /// gives its own, a platform that of the bidder.
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    bidder_kvk_number: KvkNumber,
    /// The reference under which the platform knows the bid.
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    external_reference: Option<String>,
    /// What the platform's vault recorded at receipt; only where the platform kept the bids.
    #[serde(default)]
    receipt: Option<VaultReceiptRequest>,
    /// What is offered.
    offer: OfferInput,
}

/// What a platform's vault recorded when it received a bid (ontvangstbewijs).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "receivedAt": "2026-03-31T14:03:22Z",
    "hash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
}))]
pub struct VaultReceiptRequest {
    /// When the vault received the bid (tijdstip van ontvangst).
    #[serde(deserialize_with = "moment")]
    received_at: DateTime<Utc>,
    /// SHA-256 of what it received, in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    hash: String,
}

impl From<Hashed<BidRequest>> for NewBid {
    fn from(Hashed { value: request, sha256 }: Hashed<BidRequest>) -> Self {
        Self { content_hash: Some(sha256), ..Self::from(request) }
    }
}

/// One of many bids in a body, which has no hash of its own.
impl From<BidRequest> for NewBid {
    fn from(request: BidRequest) -> Self {
        Self {
            content_hash: None,
            bidder: request.bidder_kvk_number,
            external_reference: request.external_reference,
            receipt: request
                .receipt
                .map(|receipt| PlatformReceipt { received_at: receipt.received_at, hash: receipt.hash }),
            offer: request.offer,
        }
    }
}

/// The proof that a bid, or its withdrawal, was received (ontvangstbewijs); it tells nothing of its content.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000003",
    "receivedAt": "2026-03-31T14:03:22Z",
    "receiptHash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "signedReceipt": "eyJhbGciOiJFZERTQSJ9.eyJyZWNlaXZlZCI6ImJpZCJ9.c2lnbmF0dXJl"
}))]
pub struct BidReceiptResponse {
    /// The id of the bid.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// When it was received (tijdstip van ontvangst).
    received_at: DateTime<Utc>,
    /// SHA-256 in hexadecimal: of the sealed bid, where bids are kept here; of what the platform received, where
    /// it kept them.
    receipt_hash: String,
    /// Where bids are kept here: time, tender, lot, bid, the SHA-256 of the body as it was sent
    /// (`contentHash`) and that of the sealed bid (`sealedHash`), as a compact JWS (RFC 7515) with Ed25519. The
    /// keys of the tender (`receipt-keys`) check it.
    #[serde(skip_serializing_if = "Option::is_none")]
    signed_receipt: Option<String>,
}

impl From<BidReceipt> for BidReceiptResponse {
    fn from(receipt: BidReceipt) -> Self {
        Self {
            id: receipt.id.to_string(),
            received_at: receipt.received_at,
            receipt_hash: receipt.receipt_hash,
            signed_receipt: receipt.signed,
        }
    }
}

/// A bid (inschrijving) on a lot, after the opening.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000003",
    "lotId": "0190a5c8-0000-7000-8000-000000000002",
    "bidderKvkNumber": "69599068",
    "receivedAt": "2026-03-31T14:03:22Z",
    "registeredAt": "2026-03-31T14:03:22Z",
    "receiptHash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae",
    "offer": {"bidderName": "Groen & Zo B.V.", "price": "398000.00"}
}))]
pub struct BidResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The lot it is made on.
    #[schema(value_type = String, format = Uuid)]
    lot_id: String,
    /// The KvK number of who bids.
    bidder_kvk_number: String,
    /// The reference under which the platform knows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    /// When it was received (tijdstip van ontvangst): here, or in the platform's vault.
    received_at: DateTime<Utc>,
    /// When it was stored here.
    registered_at: DateTime<Utc>,
    /// SHA-256 in hexadecimal: of the sealed bid, or of what the platform received.
    receipt_hash: String,
    /// That its prices are in their envelope still (prijsenvelop ongeopend), so that `offer` has none.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    price_sealed: bool,
    /// What is offered.
    #[schema(value_type = OfferInput)]
    offer: Document,
}

impl From<Bid> for BidResponse {
    fn from(bid: Bid) -> Self {
        Self {
            id: bid.id.to_string(),
            lot_id: bid.lot.to_string(),
            bidder_kvk_number: bid.bidder.to_string(),
            external_reference: bid.external_reference,
            received_at: bid.received_at,
            registered_at: bid.registered_at,
            receipt_hash: bid.receipt_hash,
            price_sealed: bid.price_sealed,
            offer: Document(bid.content),
        }
    }
}

list_of! {
    /// Bids, in the order in which they were stored.
    BidList of BidResponse
}

/// Lists the bids on a lot
///
/// The bids (inschrijvingen) after the opening. Before it the answer is the same whether there are
/// none or many: 409, not opened.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids",
    tag = "bids",
    params(MunicipalityParams, LotParams, PageQuery),
    responses(
        (status = 200, description = "A page of bids", body = BidList),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn list_bids(
    state: Data<AppState>,
    lot: InLot,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| bids::list(services, &lot.actor, lot.at, &request)).await?;
    Ok(query.answer(page, |bid| bid.id, BidList::of))
}

/// Shows a bid
///
/// The bid (inschrijving) after the opening. Before it the answer is the same whether the bid
/// exists or not: 409, not opened.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids/{bidId}",
    tag = "bids",
    params(MunicipalityParams, LotParams, BidParams),
    responses(
        (status = 200, description = "The bid", body = BidResponse),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn get_bid(
    state: Data<AppState>,
    lot: InLot,
    path: Path<BidParams>,
) -> Result<HttpResponse, Problem> {
    let bid = state.run(move |services| bids::get(services, &lot.actor, lot.at, path.bid_id)).await?;
    Ok(HttpResponse::Ok().json(BidResponse::from(bid)))
}

/// Makes a bid
///
/// Hands in a bid (inschrijving): between publication and deadline where bids are kept here; after
/// its attested opening, with the time and hash of its vault, where a platform kept them. The
/// answer proves the receipt. Where bids are kept here, a later bid of the same bidder on the same lot takes the
/// place of the earlier one, with the same answer.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/bids",
    tag = "bids",
    params(MunicipalityParams, LotParams),
    request_body = BidRequest,
    responses(
        (status = 201, description = "The bid is received", body = BidReceiptResponse),
        (status = 409, description = "The lot takes no bids now, or no more of this bidder")
    )
)]
pub async fn create_bid(
    state: Data<AppState>,
    lot: InLot,
    body: Hashed<BidRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let arrived_at = state.services.now();
    let new = body.into();
    let receipt =
        state.run(move |services| bids::create(services, &lot.actor, lot.at, new, arrived_at)).await?;
    Ok(resource::recorded(&request, receipt.id, &BidReceiptResponse::from(receipt)))
}
