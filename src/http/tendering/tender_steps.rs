//! Steps of a whole tender: publication and cancellation.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use crate::http::tendering::tenders::{TenderResponse, found};
use trede_service::tendering::tender_steps;

/// Why something is called off (motivering).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "De raming bleek onjuist; de opdracht wordt opnieuw aanbesteed."}))]
pub struct ReasonRequest {
    /// The reason, for the record and for the bidders.
    #[schema(min_length = 1, max_length = 20000)]
    pub(crate) reason: String,
}

/// Publishes a tender
///
/// Makes the tender public (publicatie) and freezes the award models of its lots: from now on bids
/// can be made until the deadline. Everything that is still lacking is told together.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/publications",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    responses(
        (status = 200, description = "The tender is public", body = TenderResponse),
        (status = 409, description = "The tender is not ready, or public already")
    )
)]
pub async fn publish_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let view = state
        .run(move |services| {
            tender_steps::publish(services, &tenant.actor, tenant.municipality, path.tender_id)
        })
        .await?;
    Ok(found(view))
}

/// Cancels a tender
///
/// Calls off (intrekking) every lot that has not ended yet, with a reason.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/cancellations",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = ReasonRequest,
    responses(
        (status = 200, description = "The tender is cancelled", body = TenderResponse),
        (status = 409, description = "There is nothing left to cancel, or the tender is a draft")
    )
)]
pub async fn cancel_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = body.0.reason;
    let view = state
        .run(move |services| {
            tender_steps::cancel(services, &tenant.actor, tenant.municipality, path.tender_id, reason)
        })
        .await?;
    Ok(found(view))
}
