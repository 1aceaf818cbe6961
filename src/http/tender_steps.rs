//! Steps of a whole tender: publication, opening, cancellation.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::AppState;
use crate::http::auth::Tenant;
use crate::http::body::Json;
use crate::http::path::{MunicipalityParams, TenderParams};
use crate::http::problem::Problem;
use crate::http::tenders::{TenderResponse, found};
use crate::service::tender_steps::{self, Attestation};

/// The opening of the bids (opening van de inschrijvingen).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "attestation": {
        "openedAt": "2026-04-01T10:05:00Z",
        "evidence": "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
    }
}))]
pub struct OpeningRequest {
    /// What the platform says of its own opening; needed where it kept the bids, and only there.
    #[serde(default)]
    attestation: Option<AttestationRequest>,
}

/// What a platform says of the opening of its own vault (proces-verbaal van opening).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "openedAt": "2026-04-01T10:05:00Z",
    "evidence": "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
}))]
pub struct AttestationRequest {
    /// When it opened its vault.
    opened_at: DateTime<Utc>,
    /// What proves it: a reference or a hash.
    #[schema(min_length = 1, max_length = 500)]
    evidence: String,
}

impl From<AttestationRequest> for Attestation {
    fn from(request: AttestationRequest) -> Self {
        Self { opened_at: request.opened_at, evidence: request.evidence }
    }
}

/// Why something is called off (motivering).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "De raming bleek onjuist; de opdracht wordt opnieuw aanbesteed."}))]
pub struct ReasonRequest {
    /// The reason, for the record and for the bidders.
    #[schema(min_length = 1, max_length = 20000)]
    pub(super) reason: String,
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

/// Opens the bids of a tender
///
/// Opens the bids (opening van de inschrijvingen) after the deadline: from now on those who
/// evaluate can read them. Where a platform kept them, it attests its own opening here, and hands
/// the bids over afterwards.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/openings",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    request_body = OpeningRequest,
    responses(
        (status = 200, description = "The bids are open", body = TenderResponse),
        (status = 409, description = "The deadline has not passed, or the bids are open already")
    )
)]
pub async fn open_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<OpeningRequest>,
) -> Result<HttpResponse, Problem> {
    let attestation = body.0.attestation.map(Attestation::from);
    let view = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            tender_steps::open(services, actor, *municipality, path.tender_id, attestation)
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
