//! Tenders (aanbestedingen): what is bought, by whom, until when.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::cpv::{CpvCode, CpvCodes};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, TenderFacts};
use trede_service::tendering::tenders::{self, TenderView};
use trede_wire::euros::Euros;
use trede_wire::moment::optional_moment;
use trede_wire::number::Number;

/// What is said about a tender (aanbesteding) by those who prepare it.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "externalReference": "2026-0042",
    "title": "Groenonderhoud 2026-2030",
    "description": "Onderhoud van het openbaar groen in drie wijken",
    "buyer": "Gemeente Utrecht",
    "cpvCodes": ["77310000-6"],
    "estimatedValue": "1250000.00",
    "aboveThreshold": true,
    "bidCustody": "trede",
    "bidEnvelopes": "two",
    "maxLotsPerBidder": 2,
    "deadlineAt": "2026-04-01T12:00:00+02:00",
    "awardOn": "2026-05-15"
}))]
pub struct TenderRequest {
    /// The reference under which a platform or the municipality's own files know it (kenmerk).
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    external_reference: Option<String>,
    /// Title (titel).
    #[schema(min_length = 1, max_length = 500)]
    title: String,
    /// Description (omschrijving).
    #[serde(default)]
    #[schema(max_length = 20000)]
    description: String,
    /// The contracting authority (aanbestedende dienst).
    #[schema(min_length = 1, max_length = 500)]
    buyer: String,
    /// What is bought, as CPV codes; the main code first.
    #[serde(default)]
    #[schema(schema_with = schema::cpv_codes)]
    cpv_codes: Vec<CpvCode>,
    /// The estimated value in euros, without VAT (geraamde waarde).
    #[serde(default)]
    #[schema(value_type = Option<Number>)]
    estimated_value: Option<Euros>,
    /// Whether that value is above the European threshold (boven de Europese drempel), where a PSO
    /// criterion is contested.
    #[serde(default)]
    above_threshold: Option<bool>,
    /// Who keeps the bids until the opening.
    #[schema(schema_with = schema::bid_custody)]
    bid_custody: BidCustody,
    /// Whether the prices come in an envelope of their own, opened after the quality; left out: they do not.
    #[serde(default)]
    #[schema(schema_with = schema::bid_envelopes)]
    bid_envelopes: BidEnvelopes,
    /// On how many lots one bidder may bid; left out: on all.
    #[serde(default)]
    #[schema(minimum = 1, maximum = 65535)]
    max_lots_per_bidder: Option<u16>,
    /// The moment from which no bid is received any more (sluitingsmoment).
    #[serde(default, deserialize_with = "optional_moment")]
    deadline_at: Option<DateTime<Utc>>,
    /// The day of the award decision, as planned (datum gunningsbeslissing).
    #[serde(default)]
    award_on: Option<NaiveDate>,
}

impl From<TenderRequest> for TenderFacts {
    fn from(request: TenderRequest) -> Self {
        Self {
            external_reference: request.external_reference,
            title: request.title,
            description: request.description,
            buyer: request.buyer,
            cpv_codes: CpvCodes(request.cpv_codes),
            estimated_value_cents: request.estimated_value.map(|amount| amount.cents),
            above_threshold: request.above_threshold,
            bid_custody: request.bid_custody,
            bid_envelopes: request.bid_envelopes,
            max_lots_per_bidder: request.max_lots_per_bidder,
            deadline_at: request.deadline_at,
            award_on: request.award_on,
        }
    }
}

/// A tender (aanbesteding).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "externalReference": "2026-0042",
    "title": "Groenonderhoud 2026-2030",
    "description": "Onderhoud van het openbaar groen in drie wijken",
    "buyer": "Gemeente Utrecht",
    "cpvCodes": ["77310000-6"],
    "estimatedValue": "1250000",
    "aboveThreshold": true,
    "bidCustody": "trede",
    "bidEnvelopes": "two",
    "maxLotsPerBidder": 2,
    "deadlineAt": "2026-04-01T10:00:00Z",
    "awardOn": "2026-05-15",
    "publishedAt": "2026-03-02T09:00:00Z",
    "state": "published",
    "createdAt": "2026-03-01T09:00:00Z",
    "updatedAt": "2026-03-02T09:00:00Z"
}))]
pub struct TenderResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The reference under which a platform or the municipality's own files know it (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    /// Title (titel).
    title: String,
    /// Description (omschrijving).
    description: String,
    /// The contracting authority (aanbestedende dienst).
    buyer: String,
    /// What is bought, as CPV codes; the main code first.
    #[schema(schema_with = schema::cpv_codes)]
    cpv_codes: Vec<CpvCode>,
    /// The estimated value in euros, without VAT (geraamde waarde).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    estimated_value: Option<Euros>,
    /// Whether that value is above the European threshold (boven de Europese drempel), where a PSO
    /// criterion is contested.
    #[serde(skip_serializing_if = "Option::is_none")]
    above_threshold: Option<bool>,
    /// Who keeps the bids until the opening.
    #[schema(schema_with = schema::bid_custody)]
    bid_custody: BidCustody,
    /// Whether the prices come in an envelope of their own, opened after the quality.
    #[schema(schema_with = schema::bid_envelopes)]
    bid_envelopes: BidEnvelopes,
    /// On how many lots one bidder may bid; left out: on all.
    #[serde(skip_serializing_if = "Option::is_none")]
    max_lots_per_bidder: Option<u16>,
    /// The moment from which no bid is received any more (sluitingsmoment).
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline_at: Option<DateTime<Utc>>,
    /// The day of the award decision, as planned (datum gunningsbeslissing).
    #[serde(skip_serializing_if = "Option::is_none")]
    award_on: Option<NaiveDate>,
    /// When it was made public (publicatie).
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<DateTime<Utc>>,
    /// How far it is: as far as the lot that lags behind.
    #[schema(schema_with = schema::state)]
    state: State,
    /// When it was made here.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<TenderView> for TenderResponse {
    fn from(view: TenderView) -> Self {
        let TenderView { tender, state } = view;
        let facts = tender.facts;
        Self {
            id: tender.id.to_string(),
            external_reference: facts.external_reference,
            title: facts.title,
            description: facts.description,
            buyer: facts.buyer,
            cpv_codes: facts.cpv_codes.0,
            estimated_value: facts.estimated_value_cents.map(|cents| Euros { cents }),
            above_threshold: facts.above_threshold,
            bid_custody: facts.bid_custody,
            bid_envelopes: facts.bid_envelopes,
            max_lots_per_bidder: facts.max_lots_per_bidder,
            deadline_at: facts.deadline_at,
            award_on: facts.award_on,
            published_at: tender.published_at,
            state,
            created_at: tender.record.created_at,
            updated_at: tender.record.updated_at,
        }
    }
}

list_of! {
    /// Tenders, in the order in which they were made.
    TenderList of TenderResponse
}

/// A tender as it is now, with its version.
pub(crate) fn found(view: TenderView) -> HttpResponse {
    resource::found(view.tender.record.version, &TenderResponse::from(view))
}

/// Lists the tenders of a municipality
///
/// The tenders (aanbestedingen) in the order in which they were made. Bidders and contractors see
/// those that are published.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders",
    tag = "tenders",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of tenders", body = TenderList))
)]
pub async fn list_tenders(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| tenders::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(query.answer(page, |view| view.tender.id, TenderList::of))
}

/// Shows a tender
///
/// The tender (aanbesteding) with the state that follows from its lots.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}",
    tag = "tenders",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "The tender", body = TenderResponse))
)]
pub async fn get_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let view = state
        .run(move |services| tenders::get(services, &tenant.actor, tenant.municipality, path.tender_id))
        .await?;
    Ok(found(view))
}

/// Makes a tender
///
/// Makes a tender (aanbesteding) in state `draft`: nobody outside the municipality sees it.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/tenders",
    tag = "tenders",
    params(MunicipalityParams),
    request_body = TenderRequest,
    responses(
        (status = 201, description = "The tender is made", body = TenderResponse),
        (status = 409, description = "Another tender has this external reference")
    )
)]
pub async fn create_tender(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<TenderRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let facts = body.0.into();
    let view = state
        .run(move |services| tenders::create(services, &tenant.actor, tenant.municipality, facts))
        .await?;
    Ok(resource::created(&request, view.tender.id, view.tender.record.version, &TenderResponse::from(view)))
}

/// Changes a tender
///
/// Replaces what is said about a tender (aanbesteding) while it is a draft. After publication it
/// is changed by rectifications and extensions of the deadline only.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/tenders/{tenderId}",
    tag = "tenders",
    params(MunicipalityParams, TenderParams, IfMatch),
    request_body = TenderRequest,
    responses(
        (status = 200, description = "The tender is changed", body = TenderResponse),
        (status = 409, description = "The tender is published")
    )
)]
pub async fn update_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    seen: IfMatch,
    body: Json<TenderRequest>,
) -> Result<HttpResponse, Problem> {
    let facts = body.0.into();
    let view = state
        .run(move |services| {
            tenders::update(services, &tenant.actor, tenant.municipality, path.tender_id, seen.0, facts)
        })
        .await?;
    Ok(found(view))
}

/// Removes a tender
///
/// Removes a draft (concept) with its lots. What was published stays: it is cancelled instead.
#[utoipa::path(
    delete,
    path = "/municipalities/{municipality}/tenders/{tenderId}",
    tag = "tenders",
    params(MunicipalityParams, TenderParams, IfMatch),
    responses(
        (status = 204, description = "The tender is removed"),
        (status = 409, description = "The tender is published")
    )
)]
pub async fn delete_tender(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    state
        .run(move |services| {
            tenders::delete(services, &tenant.actor, tenant.municipality, path.tender_id, seen.0)
        })
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
