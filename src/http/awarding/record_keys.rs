//! The keys by which anybody checks the signature of an exported record.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};

use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::receipt_keys::ReceiptKeySet;
use trede_service::awarding::evaluation_records;

/// Shows the keys of signed records
///
/// The public keys that check the signature of an exported evaluation (ondertekend evaluatiedossier), as a JWKS; the
/// same for every municipality of this installation. Anybody can read them; 404 where nothing is signed.
/// `trede replay --keys FILE RECORD` takes them.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/record-keys",
    tag = "evaluation",
    params(MunicipalityParams),
    responses((status = 200, description = "The keys", body = ReceiptKeySet))
)]
pub async fn get_record_keys(
    state: Data<AppState>,
    _path: Path<MunicipalityParams>,
) -> Result<HttpResponse, Problem> {
    let keys = state.run(evaluation_records::keys).await?;
    Ok(HttpResponse::Ok().json(ReceiptKeySet::of_installation(&keys)))
}
