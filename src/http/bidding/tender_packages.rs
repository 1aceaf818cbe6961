//! A whole tender in one request (aanbesteding in één bericht), from a platform.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::StatusCode;
use actix_web::http::header::ETAG;
use actix_web::web::{Data, Path};
use actix_web::{FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::bidding::bids::BidRequest;
use crate::http::bidding::hand_overs::HandOverRequest;
use crate::http::bidding::openings::AttestationRequest;
use crate::http::frame::auth::Tenant;
use crate::http::frame::body::{JSON, LARGE, parse, read};
use crate::http::frame::etag::{IfMatch, OptionalIfMatch, etag};
use crate::http::frame::path::{MunicipalityParams, PackageParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use crate::http::tendering::lots::LotRequest;
use crate::http::tendering::tenders::{TenderRequest, TenderResponse};
use trede_service::bidding::tender_packages::{self, NewPackage, NewPackageLot, PackageReceipt, PackageView};
use trede_wire::canonical::sha256_hex;
use trede_wire::moment::optional_moment;
use trede_wire::score_file::AwardModelInput;

/// A whole tender (aanbesteding) as a platform sends it: what is said of it, and how far it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "tender": {
        "title": "Groenonderhoud 2026-2030",
        "buyer": "Gemeente Utrecht",
        "cpvCodes": ["77310000-6"],
        "bidCustody": "platform",
        "deadlineAt": "2026-04-01T12:00:00+02:00"
    },
    "lots": [{
        "lot": {"number": 1, "title": "Wijk Noord"},
        "awardModel": {
            "method": {"code": "lowest-price"},
            "criteria": [{"id": "price", "kind": "price"}],
            "ties": [{"by": "lot"}],
            "motivation": "Standaardproduct"
        }
    }],
    "publication": {"publishedAt": "2026-03-02T09:00:00Z"}
}))]
pub struct TenderPackageRequest {
    /// What is said of the tender. Its `externalReference` is the one in the path.
    tender: TenderRequest,
    /// Its lots (percelen).
    #[schema(min_items = 1, max_items = 5000)]
    lots: Vec<PackageLotRequest>,
    /// That it is public (publicatie); left out: it stays a draft.
    #[serde(default)]
    publication: Option<PublicationRequest>,
    /// What the platform says of its opening (opening), where it kept the bids.
    #[serde(default)]
    opening: Option<AttestationRequest>,
    /// That all bids are in this request or came before (overdracht voltooid), where the platform kept them: from
    /// now on they can be read here, and none comes in any more. Left out: more may follow.
    #[serde(default)]
    hand_over: Option<HandOverRequest>,
}

/// A lot (perceel) of a whole tender.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "lot": {"number": 1, "title": "Wijk Noord"},
    "bids": [{
        "bidderKvkNumber": "69599068",
        "externalReference": "B-1",
        "receipt": {
            "receivedAt": "2026-03-31T14:03:22Z",
            "hash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
        },
        "offer": {"bidderName": "Groen & Zo B.V.", "price": "398000.00"}
    }]
}))]
pub struct PackageLotRequest {
    /// What is said of the lot.
    lot: LotRequest,
    /// How it is awarded (gunningsmodel).
    #[serde(default)]
    award_model: Option<AwardModelInput>,
    /// The bids on it (inschrijvingen): after the publication where they are kept here, after the opening where
    /// the platform kept them.
    #[serde(default)]
    #[schema(max_items = 5000)]
    bids: Vec<BidRequest>,
}

/// That a tender is public (publicatie).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"publishedAt": "2026-03-02T09:00:00Z"}))]
pub struct PublicationRequest {
    /// Since when, as the platform that keeps the bids attests; left out: from this request on.
    #[serde(default, deserialize_with = "optional_moment")]
    published_at: Option<DateTime<Utc>>,
}

impl TenderPackageRequest {
    fn into_new(self, body_hash: String) -> NewPackage {
        NewPackage {
            facts: self.tender.into(),
            lots: self.lots.into_iter().map(NewPackageLot::from).collect(),
            publication: self.publication.map(|publication| publication.published_at),
            opening: self.opening.map(Into::into),
            hand_over: self.hand_over.map(|hand_over| hand_over.number_of_bids),
            body_hash,
        }
    }
}

impl From<PackageLotRequest> for NewPackageLot {
    fn from(request: PackageLotRequest) -> Self {
        Self {
            facts: request.lot.into(),
            award_model: request.award_model,
            bids: request.bids.into_iter().map(Into::into).collect(),
        }
    }
}

/// A whole tender, with the hash of its bytes.
pub struct Package(NewPackage);

impl FromRequest for Package {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let bytes = read(request, payload, LARGE, &[JSON]);
        Box::pin(async move {
            let bytes = bytes.await?;
            let package: TenderPackageRequest = parse(&bytes)?;
            Ok(Self(package.into_new(sha256_hex(&bytes))))
        })
    }
}

/// What is known of a whole tender (aanbesteding).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "externalReference": "P-2026-0042",
    "complete": true,
    "tender": {
        "id": "0190a5c8-0000-7000-8000-000000000001",
        "externalReference": "P-2026-0042",
        "title": "Groenonderhoud 2026-2030",
        "description": "",
        "buyer": "Gemeente Utrecht",
        "cpvCodes": ["77310000-6"],
        "bidCustody": "platform",
        "bidEnvelopes": "one",
        "deadlineAt": "2026-04-01T10:00:00Z",
        "publishedAt": "2026-03-02T09:00:00Z",
        "state": "opened",
        "createdAt": "2026-04-01T10:10:00Z",
        "updatedAt": "2026-04-01T10:10:00Z"
    },
    "lots": [{"number": 1, "id": "0190a5c8-0000-7000-8000-000000000002"}],
    "receipts": [{
        "lotNumber": 1,
        "externalReference": "B-1",
        "bidId": "0190a5c8-0000-7000-8000-000000000003",
        "receivedAt": "2026-03-31T14:03:22Z",
        "receiptHash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    }]
}))]
pub struct TenderPackageResponse {
    /// The platform's reference (kenmerk).
    external_reference: String,
    /// Whether all of what was sent last was done (afgerond); when not, the same can be sent again to go on.
    complete: bool,
    /// The tender (aanbesteding) as it is now.
    tender: TenderResponse,
    /// Its lots (percelen).
    lots: Vec<PackageLotResponse>,
    /// Receipts of the bids that this request brought in (ontvangstbewijzen); not of those that were here.
    receipts: Vec<PackageReceiptResponse>,
}

/// A lot (perceel) of a whole tender, by its number.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"number": 1, "id": "0190a5c8-0000-7000-8000-000000000002"}))]
pub struct PackageLotResponse {
    /// Its number in the tender (perceelnummer).
    number: u16,
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
}

/// The proof that a bid was received with the tender (ontvangstbewijs).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "lotNumber": 1,
    "externalReference": "B-1",
    "bidId": "0190a5c8-0000-7000-8000-000000000003",
    "receivedAt": "2026-03-31T14:03:22Z",
    "receiptHash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
}))]
pub struct PackageReceiptResponse {
    /// The number of the lot (perceelnummer).
    lot_number: u16,
    /// The platform's reference of the bid (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    /// The id of the bid.
    #[schema(value_type = String, format = Uuid)]
    bid_id: String,
    /// When it was received (tijdstip van ontvangst).
    received_at: DateTime<Utc>,
    /// The hash of the receipt.
    receipt_hash: String,
}

impl From<PackageReceipt> for PackageReceiptResponse {
    fn from(receipt: PackageReceipt) -> Self {
        Self {
            lot_number: receipt.lot,
            external_reference: receipt.external_reference,
            bid_id: receipt.bid.to_string(),
            received_at: receipt.received_at,
            receipt_hash: receipt.receipt_hash,
        }
    }
}

impl From<PackageView> for TenderPackageResponse {
    fn from(view: PackageView) -> Self {
        let lots = view.lots.into_iter();
        Self {
            external_reference: view.package.reference.to_string(),
            complete: view.package.is_complete,
            tender: view.tender.into(),
            lots: lots.map(|(number, id)| PackageLotResponse { number, id: id.to_string() }).collect(),
            receipts: view.receipts.into_iter().map(Into::into).collect(),
        }
    }
}

fn answer(view: PackageView) -> HttpResponse {
    let status = if view.is_new { StatusCode::CREATED } else { StatusCode::OK };
    HttpResponseBuilder::new(status)
        .insert_header((ETAG, etag(view.package.record.version)))
        .json(TenderPackageResponse::from(view))
}

/// Shows a whole tender
///
/// What is known of the tender (aanbesteding) that a platform sent under its reference, and how far it is.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tender-packages/{externalReference}",
    tag = "tenders",
    params(MunicipalityParams, PackageParams),
    responses((status = 200, description = "The whole tender", body = TenderPackageResponse))
)]
pub async fn get_tender_package(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PackageParams>,
) -> Result<HttpResponse, Problem> {
    let reference = path.into_inner().external_reference;
    let view = state
        .run(move |services| tender_packages::get(services, &tenant.actor, tenant.municipality, &reference))
        .await?;
    Ok(answer(view))
}

/// Sends a whole tender
///
/// Makes a tender (aanbesteding) with its lots, award models and bids, or brings it as far as the body says, in the
/// order of `bidCustody`: draft, publication, and then bids until the deadline where they are kept here, or the
/// attested opening and the bids after it where the platform kept them. The same body again changes nothing, and
/// goes on where a request broke off. Another body needs `If-Match`; what was published does not change.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/tender-packages/{externalReference}",
    tag = "tenders",
    params(MunicipalityParams, PackageParams, IfMatch),
    request_body = TenderPackageRequest,
    responses(
        (status = 200, description = "The tender was here, and is as far as the body says", body = TenderPackageResponse),
        (status = 201, description = "The tender is made", body = TenderPackageResponse),
        (status = 409, description = "The procedure does not allow it in its present state")
    )
)]
pub async fn replace_tender_package(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PackageParams>,
    seen: OptionalIfMatch,
    body: Package,
) -> Result<HttpResponse, Problem> {
    let arrived_at = state.services.now();
    let reference = path.into_inner().external_reference;
    let view = state
        .run_large(move |services| {
            let at = (tenant.municipality, &reference);
            tender_packages::replace(services, &tenant.actor, at, seen.0, &body.0, arrived_at)
        })
        .await?;
    Ok(answer(view))
}
