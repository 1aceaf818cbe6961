//! The dossier (dossier) of a lot: what happened around its evaluation, fact after fact.

use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::InLot;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{DossierEntryParams, LotParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::dossier::Fact;
use trede_service::assessing::dossier::{self, Told};

/// An entry in the dossier of a lot (dossierstuk). It never changes.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000021",
    "recordedAt": "2026-04-02T09:00:00Z",
    "recordedBy": "beoordelaar-1",
    "fact": {"kind": "interest-declared", "details": {"hasInterest": false}}
}))]
pub struct DossierEntryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    /// By whom.
    recorded_by: String,
    /// What it tells.
    fact: Fact,
}

impl From<Told> for DossierEntryResponse {
    fn from(told: Told) -> Self {
        Self {
            id: told.entry.id.to_string(),
            recorded_at: told.entry.at,
            recorded_by: told.entry.actor,
            fact: told.fact,
        }
    }
}

list_of! {
    /// Entries of a dossier, the first first.
    DossierEntryList of DossierEntryResponse
}

/// Answers with an entry that was added, and where it is in the dossier of the lot.
pub(crate) fn added(request: &HttpRequest, told: Told) -> HttpResponse {
    let below = format!("/lots/{}", told.entry.lot);
    let lot = request.path().split_inclusive(&below).next().unwrap_or_default();
    let location = format!("{lot}/dossier-entries/{}", told.entry.id);
    HttpResponse::Created().insert_header((LOCATION, location)).json(DossierEntryResponse::from(told))
}

/// Lists the dossier of a lot
///
/// What happened around the evaluation (dossier): declarations of interests, reopened scores, sessions and what
/// followed, in the order in which it was recorded.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/dossier-entries",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, PageQuery),
    responses((status = 200, description = "A page of entries", body = DossierEntryList))
)]
pub async fn list_dossier_entries(
    state: Data<AppState>,
    lot: InLot,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| dossier::list(services, &lot.actor, lot.at, &request)).await?;
    Ok(query.answer(page, |told| told.entry.id, DossierEntryList::of))
}

/// Shows an entry in the dossier of a lot
///
/// One fact of the procedure (dossierstuk), as it was recorded.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}/dossier-entries/{entryId}",
    tag = "evaluation",
    params(MunicipalityParams, LotParams, DossierEntryParams),
    responses((status = 200, description = "The entry", body = DossierEntryResponse))
)]
pub async fn get_dossier_entry(
    state: Data<AppState>,
    lot: InLot,
    path: Path<DossierEntryParams>,
) -> Result<HttpResponse, Problem> {
    let told = state.run(move |services| dossier::get(services, &lot.actor, lot.at, path.entry_id)).await?;
    Ok(HttpResponse::Ok().json(DossierEntryResponse::from(told)))
}
