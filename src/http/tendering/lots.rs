//! Lots (percelen): the parts of a tender that are bid on, evaluated and awarded on their own.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::{InLot, Tenant};
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{LotParams, MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::tendering::lot::{Lot, LotFacts};
use trede_model::tendering::procedure::State;
use trede_service::tendering::lots;
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// What is said about a lot (perceel) by those who prepare it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "number": 1,
    "title": "Wijk Noord",
    "description": "Plantsoenen en bermen",
    "estimatedValue": "420000.00"
}))]
pub struct LotRequest {
    /// Its number in the tender (perceelnummer).
    #[schema(minimum = 1, maximum = 65535)]
    number: u16,
    /// Title (titel).
    #[schema(min_length = 1, max_length = 500)]
    title: String,
    /// Description (omschrijving).
    #[serde(default)]
    #[schema(max_length = 20000)]
    description: String,
    /// The estimated value in euros, without VAT (geraamde waarde).
    #[serde(default)]
    #[schema(value_type = Option<Number>)]
    estimated_value: Option<Euros>,
}

impl From<LotRequest> for LotFacts {
    fn from(request: LotRequest) -> Self {
        Self {
            number: request.number,
            title: request.title,
            description: request.description,
            estimated_value_cents: request.estimated_value.map(|amount| amount.cents),
        }
    }
}

/// A lot (perceel).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000002",
    "tenderId": "0190a5c8-0000-7000-8000-000000000001",
    "number": 1,
    "title": "Wijk Noord",
    "description": "Plantsoenen en bermen",
    "estimatedValue": "420000",
    "state": "draft",
    "hasAwardModel": true,
    "createdAt": "2026-03-01T09:00:00Z",
    "updatedAt": "2026-03-01T09:00:00Z"
}))]
pub struct LotResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The tender it is part of.
    #[schema(value_type = String, format = Uuid)]
    tender_id: String,
    /// Its number in the tender (perceelnummer).
    #[schema(minimum = 1, maximum = 65535)]
    number: u16,
    /// Title (titel).
    title: String,
    /// Description (omschrijving).
    description: String,
    /// The estimated value in euros, without VAT (geraamde waarde).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    estimated_value: Option<Euros>,
    /// How far it is.
    #[schema(schema_with = schema::state)]
    state: State,
    /// When the scores for quality were fixed (kwaliteit vastgesteld); none of them changes
    /// afterwards, unless the quality is reopened before the price envelopes are.
    #[serde(skip_serializing_if = "Option::is_none")]
    quality_fixed_at: Option<DateTime<Utc>>,
    /// When the price envelopes were opened (opening van de prijsenveloppen), where prices have one of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    prices_opened_at: Option<DateTime<Utc>>,
    /// Whether its award model (gunningsmodel) is there; without one it cannot be published.
    has_award_model: bool,
    /// When it was made here.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Lot> for LotResponse {
    fn from(lot: Lot) -> Self {
        Self {
            id: lot.id.to_string(),
            tender_id: lot.tender.to_string(),
            number: lot.facts.number,
            title: lot.facts.title,
            description: lot.facts.description,
            estimated_value: lot.facts.estimated_value_cents.map(|cents| Euros { cents }),
            state: lot.state,
            quality_fixed_at: lot.quality_fixed_at,
            prices_opened_at: lot.prices_opened_at,
            has_award_model: lot.award_model.is_some(),
            created_at: lot.record.created_at,
            updated_at: lot.record.updated_at,
        }
    }
}

list_of! {
    /// Lots, by number.
    LotList of LotResponse
}

/// A lot as it is now, with its version.
pub(crate) fn found(lot: Lot) -> HttpResponse {
    resource::found(lot.record.version, &LotResponse::from(lot))
}

/// Lists the lots of a tender
///
/// The lots (percelen) by number, each with its own state.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots",
    tag = "lots",
    params(MunicipalityParams, TenderParams, PageQuery),
    responses((status = 200, description = "A page of lots", body = LotList))
)]
pub async fn list_lots(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            lots::list(services, actor, *municipality, path.tender_id, &request)
        })
        .await?;
    Ok(query.answer(page, |lot| lot.facts.number, LotList::of))
}

/// Shows a lot
///
/// The lot (perceel) with its state.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}",
    tag = "lots",
    params(MunicipalityParams, LotParams),
    responses((status = 200, description = "The lot", body = LotResponse))
)]
pub async fn get_lot(state: Data<AppState>, lot: InLot) -> Result<HttpResponse, Problem> {
    let lot = state.run(move |services| lots::get(services, &lot.actor, lot.at)).await?;
    Ok(found(lot))
}

/// Adds a lot to a tender
///
/// Adds a lot (perceel) to a tender that is a draft.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots",
    tag = "lots",
    params(MunicipalityParams, TenderParams),
    request_body = LotRequest,
    responses(
        (status = 201, description = "The lot is added", body = LotResponse),
        (status = 409, description = "The tender is published, or has a lot with this number")
    )
)]
pub async fn create_lot(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    body: Json<LotRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let facts = body.0.into();
    let lot = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            lots::create(services, actor, *municipality, path.tender_id, facts)
        })
        .await?;
    Ok(resource::created(&request, lot.id, lot.record.version, &LotResponse::from(lot)))
}

/// Changes a lot
///
/// Replaces what is said about a lot (perceel) while it is a draft.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}",
    tag = "lots",
    params(MunicipalityParams, LotParams, IfMatch),
    request_body = LotRequest,
    responses(
        (status = 200, description = "The lot is changed", body = LotResponse),
        (status = 409, description = "The lot is published, or another has this number")
    )
)]
pub async fn update_lot(
    state: Data<AppState>,
    lot: InLot,
    seen: IfMatch,
    body: Json<LotRequest>,
) -> Result<HttpResponse, Problem> {
    let facts = body.0.into();
    let lot = state.run(move |services| lots::update(services, &lot.actor, lot.at, seen.0, facts)).await?;
    Ok(found(lot))
}

/// Removes a lot
///
/// Removes a lot (perceel) that is a draft. What was published stays.
#[utoipa::path(
    delete,
    path = "/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}",
    tag = "lots",
    params(MunicipalityParams, LotParams, IfMatch),
    responses(
        (status = 204, description = "The lot is removed"),
        (status = 409, description = "The lot is published")
    )
)]
pub async fn delete_lot(state: Data<AppState>, lot: InLot, seen: IfMatch) -> Result<HttpResponse, Problem> {
    state.run(move |services| lots::delete(services, &lot.actor, lot.at, seen.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}
