//! Between proposal and award: a longer standstill (opschortende termijn), and objections (bezwaren).

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::assessing::dossier_entries::{DossierEntryResponse, added};
use crate::http::frame::auth::InLot;
use crate::http::frame::body::Json;
use crate::http::frame::path::{LotParams, MunicipalityParams, ObjectionParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::{ObjectionOutcome, ObjectionResolution};
use trede_service::awarding::standstill::{self, NewObjection};

/// A standstill that ends later (verlenging van de opschortende termijn).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"untilOn": "2026-06-08", "reason": "De laatste dag valt in een weekend."}))]
pub struct StandstillExtensionRequest {
    /// The last day; later than the present one.
    until_on: NaiveDate,
    /// Why.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// An objection to a proposed award (bezwaar of kort geding).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "party": "Plantsoen Partners B.V.",
    "lodgedOn": "2026-05-28",
    "grounds": "De score op het plan van aanpak is onvoldoende gemotiveerd.",
    "courtReference": "C/16/612345 / KG ZA 26-211"
}))]
pub struct ObjectionRequest {
    /// Who objects.
    #[schema(min_length = 1, max_length = 500)]
    party: String,
    /// On which day; not ahead.
    lodged_on: NaiveDate,
    /// What is objected.
    #[schema(min_length = 1, max_length = 20000)]
    grounds: String,
    /// The number of the case, when it was brought before a court (zaaknummer).
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    court_reference: Option<String>,
}

/// How an objection ended (afloop).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "outcome": "dismissed",
    "resolvedOn": "2026-06-30",
    "explanation": "De voorzieningenrechter wijst de vorderingen af."
}))]
pub struct ObjectionResolutionRequest {
    /// How it ended.
    outcome: ObjectionOutcome,
    /// On which day; not ahead.
    resolved_on: NaiveDate,
    /// In words: the ruling, or what was agreed.
    #[schema(min_length = 1, max_length = 20000)]
    explanation: String,
}

/// Extends the standstill
///
/// Lets the standstill end on a later day (verlenging van de opschortende termijn), such as after a weekend. It
/// never ends earlier.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/standstill-extensions",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = StandstillExtensionRequest,
    responses(
        (status = 201, description = "The standstill ends later", body = DossierEntryResponse),
        (status = 409, description = "No award is proposed")
    )
)]
pub async fn extend_standstill(
    state: Data<AppState>,
    lot: InLot,
    body: Json<StandstillExtensionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let StandstillExtensionRequest { until_on, reason } = body.0;
    let told = state
        .run(move |services| standstill::extend(services, &lot.actor, lot.at, (until_on, &reason)))
        .await?;
    Ok(added(&request, told))
}

/// Records an objection
///
/// Who objects to the proposed award and on what grounds (bezwaar of kort geding). The award is not made final
/// until it is resolved.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/objections",
    tag = "award",
    params(MunicipalityParams, LotParams),
    request_body = ObjectionRequest,
    responses(
        (status = 201, description = "The objection is recorded", body = DossierEntryResponse),
        (status = 409, description = "No award is proposed")
    )
)]
pub async fn lodge_objection(
    state: Data<AppState>,
    lot: InLot,
    body: Json<ObjectionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let ObjectionRequest { party, lodged_on, grounds, court_reference } = body.0;
    let new = NewObjection { party, lodged_on, grounds, court_reference };
    let told = state.run(move |services| standstill::object(services, &lot.actor, lot.at, new)).await?;
    Ok(added(&request, told))
}

/// Records how an objection ended
///
/// The ruling, or what was agreed (afloop). After one that was upheld the proposal is taken back.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/objections/{objectionId}/resolutions",
    tag = "award",
    params(MunicipalityParams, LotParams, ObjectionParams),
    request_body = ObjectionResolutionRequest,
    responses(
        (status = 201, description = "It is recorded", body = DossierEntryResponse),
        (status = 409, description = "The objection has ended already")
    )
)]
pub async fn resolve_objection(
    state: Data<AppState>,
    lot: InLot,
    path: Path<ObjectionParams>,
    body: Json<ObjectionResolutionRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let ObjectionResolutionRequest { outcome, resolved_on, explanation } = body.0;
    let resolution =
        ObjectionResolution { objection_id: path.objection_id, outcome, resolved_on, explanation };
    let told =
        state.run(move |services| standstill::resolve(services, &lot.actor, lot.at, resolution)).await?;
    Ok(added(&request, told))
}
