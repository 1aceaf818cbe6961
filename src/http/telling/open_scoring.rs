//! Score it yourself (reken uw score): the published tenders of a municipality that opened its data, with their award
//! models, and bids that anybody tries on them.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{LotParams, MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::procedure::State;
use trede_service::telling::open_scoring::OpenTender;
use trede_service::telling::{open_data, open_scoring};
use trede_service::tendering::tenders::TenderView;
use trede_wire::score_file::{AwardModelInput, BidInput, ScoreFile};
use trede_wire::score_result::{LanguageCode, ScoreResult};

/// A published tender (gepubliceerde aanbesteding), as anybody may see it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "title": "Groenonderhoud 2026-2030",
    "buyer": "Gemeente Utrecht",
    "deadlineAt": "2026-04-01T10:00:00Z",
    "state": "published"
}))]
pub struct OpenTenderSummary {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Title (titel).
    title: String,
    /// The contracting authority (aanbestedende dienst).
    buyer: String,
    /// The moment from which no bid is received any more (sluitingsmoment).
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline_at: Option<DateTime<Utc>>,
    /// How far it is: as far as the lot that lags behind.
    #[schema(schema_with = schema::state)]
    state: State,
}

impl From<TenderView> for OpenTenderSummary {
    fn from(view: TenderView) -> Self {
        let TenderView { tender, state } = view;
        let (facts, id) = (tender.facts, tender.id.to_string());
        Self { id, title: facts.title, buyer: facts.buyer, deadline_at: facts.deadline_at, state }
    }
}

list_of! {
    /// Published tenders, in the order in which they were made.
    OpenTenderList of OpenTenderSummary
}

/// A published tender with the award models of its lots (gunningsmodellen).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "title": "Groenonderhoud 2026-2030",
    "description": "Onderhoud van het openbaar groen in drie wijken",
    "buyer": "Gemeente Utrecht",
    "deadlineAt": "2026-04-01T10:00:00Z",
    "state": "published",
    "lots": [{
        "id": "0190a5c8-0000-7000-8000-000000000002",
        "number": 1,
        "title": "Noord",
        "state": "published",
        "awardModel": {
            "method": {"code": "lowest-price"},
            "criteria": [{"id": "price", "kind": "price"}],
            "motivation": "Een gestandaardiseerd product."
        }
    }]
}))]
pub struct OpenTenderResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Title (titel).
    title: String,
    /// Description (omschrijving).
    description: String,
    /// The contracting authority (aanbestedende dienst).
    buyer: String,
    /// The moment from which no bid is received any more (sluitingsmoment).
    #[serde(skip_serializing_if = "Option::is_none")]
    deadline_at: Option<DateTime<Utc>>,
    /// How far it is: as far as the lot that lags behind.
    #[schema(schema_with = schema::state)]
    state: State,
    /// Its lots (percelen), by number.
    lots: Vec<OpenLot>,
}

/// A lot of a published tender with its award model.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct OpenLot {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Its number in the tender (perceelnummer).
    number: u16,
    /// Title (titel).
    title: String,
    /// How far it is (stand van de procedure).
    #[schema(schema_with = schema::state)]
    state: State,
    /// How it is awarded, frozen at publication (gunningsmodel).
    award_model: AwardModelInput,
}

impl From<(Lot, AwardModelInput)> for OpenLot {
    fn from((lot, award_model): (Lot, AwardModelInput)) -> Self {
        let Lot { id, facts, state, .. } = lot;
        Self { id: id.to_string(), number: facts.number, title: facts.title, state, award_model }
    }
}

impl From<OpenTender> for OpenTenderResponse {
    fn from(found: OpenTender) -> Self {
        let TenderView { tender, state } = found.view;
        let facts = tender.facts;
        Self {
            id: tender.id.to_string(),
            title: facts.title,
            description: facts.description,
            buyer: facts.buyer,
            deadline_at: facts.deadline_at,
            state,
            lots: found.lots.into_iter().map(OpenLot::from).collect(),
        }
    }
}

/// Bids to try (proefinschrijvingen).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"bids": [
    {"id": "own", "price": "398000.00", "scores": {"plan": "8"}},
    {"id": "other", "price": "410000.00", "scores": {"plan": "9"}}
]}))]
pub struct BidSimulationRequest {
    /// One's own bid first, then the field to hold it against.
    #[schema(min_items = 1, max_items = 20)]
    bids: Vec<BidInput>,
}

/// In which language is answered.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnswerLanguageQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    pub(super) language: LanguageCode,
}

/// Lists the published tenders of a municipality
///
/// The published tenders (gepubliceerde aanbestedingen) on which anybody can try a bid. 404 where the municipality did
/// not open its data.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/tenders",
    tag = "open-data",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of tenders", body = OpenTenderList))
)]
pub async fn list_open_tenders(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let municipality = path.municipality;
    let page = state
        .run(move |services| {
            let publisher = open_data::publisher(services, municipality)?;
            open_scoring::tenders(services, &publisher, &request)
        })
        .await?;
    Ok(query.answer(page, |view| view.tender.id, OpenTenderList::of))
}

/// Shows a published tender and how it is awarded
///
/// The tender with the award model (gunningsmodel) of each lot, as it was frozen at publication. 404 for a draft, and
/// where the municipality did not open its data.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/tenders/{tenderId}",
    tag = "open-data",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "The tender", body = OpenTenderResponse))
)]
pub async fn get_open_tender(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    tender: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let (municipality, id) = (path.municipality, tender.tender_id);
    let found = state
        .run(move |services| {
            let publisher = open_data::publisher(services, municipality)?;
            open_scoring::tender(services, &publisher, id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(OpenTenderResponse::from(found)))
}

/// Shows the score file of a published lot
///
/// The score file (rekenbestand) of the lot without bids: its award model (gunningsmodel) as it was frozen, and the facts
/// that count. Bids go into `lots/0/bids`; `trede score` and the engine in a browser score it without sending them
/// anywhere.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/tenders/{tenderId}/lots/{lotId}/score-file",
    tag = "open-data",
    params(MunicipalityParams, LotParams),
    responses((status = 200, description = "The score file", body = ScoreFile))
)]
pub async fn get_open_score_file(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    lot: Path<LotParams>,
) -> Result<HttpResponse, Problem> {
    let (municipality, at) = (path.municipality, (lot.tender_id, lot.lot_id));
    let file = state
        .run(move |services| {
            let publisher = open_data::publisher(services, municipality)?;
            open_scoring::score_file(services, &publisher, at)
        })
        .await?;
    Ok(HttpResponse::Ok().json(file))
}

/// Tries bids on a published lot
///
/// Scores bids that anybody imagines (proefinschrijvingen) by the award model that was frozen at publication: points,
/// award factor, fictitious price, and every step. What is sent is neither stored nor logged. At most 20 bids.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/open-data/tenders/{tenderId}/lots/{lotId}/bid-simulations",
    tag = "open-data",
    params(MunicipalityParams, LotParams, AnswerLanguageQuery),
    request_body = BidSimulationRequest,
    responses((status = 200, description = "The scores and the ranking", body = ScoreResult))
)]
pub async fn simulate_bid(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    lot: Path<LotParams>,
    query: Query<AnswerLanguageQuery>,
    body: Json<BidSimulationRequest>,
) -> Result<HttpResponse, Problem> {
    let (municipality, at, language) = (path.municipality, (lot.tender_id, lot.lot_id), query.language);
    let bids = body.0.bids;
    let result = state
        .run_large(move |services| {
            let publisher = open_data::publisher(services, municipality)?;
            open_scoring::try_bids(services, &publisher, at, bids, language)
        })
        .await?;
    Ok(HttpResponse::Ok().json(result))
}
