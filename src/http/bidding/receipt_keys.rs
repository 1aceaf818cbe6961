//! The key by which anybody checks the receipts (ontvangstbewijzen) of a tender.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::receipt_keys::ReceiptKeySet;
use trede_service::bidding::sealing_keys;

/// Shows the keys of a tender's receipts
///
/// The public key that checks the signed receipts (ontvangstbewijzen) of this tender, as a JWKS. It is made at
/// publication and never changes. Anybody can read it; 404 where bids are not kept here.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/receipt-keys",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "The keys", body = ReceiptKeySet))
)]
pub async fn get_receipt_keys(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    tender: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let (municipality, tender) = (path.municipality, tender.tender_id);
    let key = state.run(move |services| sealing_keys::receipt_key(services, municipality, tender)).await?;
    Ok(HttpResponse::Ok().json(ReceiptKeySet::of_tender(&tender.to_string(), &key)))
}
