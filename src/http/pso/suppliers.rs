//! Certified suppliers to buy from (gecertificeerde leveranciers; ketenstimulatie).

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::OrganisationParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::cpv::CpvCode;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_model::pso::supplier::{SupplierFacts, SupplierProfile, SupplierWish};
use trede_service::pso::suppliers::{self, CertifiedSupplier};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// What a supplier tells of itself (leveranciersprofiel).
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "cpvCodes": ["77310000-6"],
    "regions": ["gm0344"],
    "turnover": "1000000.00",
    "fte": "20",
    "directSharePercent": "30"
}))]
pub struct SupplierProfileBody {
    /// What it sells, as CPV codes.
    #[schema(min_items = 1, max_items = 100, schema_with = schema::sold_cpv_codes)]
    cpv_codes: Vec<CpvCode>,
    /// The municipalities (gemeenten) in which it works, by CBS code.
    #[schema(min_items = 1, max_items = 100, schema_with = schema::regions)]
    regions: Vec<MunicipalityId>,
    /// Turnover of the year in euros, excluding VAT (omzet).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    turnover: Option<Euros>,
    /// All its workers in fte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fte: Option<Number>,
    /// Its own direct contribution in percent of its fte (directe bijdrage). No certificate gives it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    direct_share_percent: Option<Number>,
}

impl From<SupplierProfileBody> for SupplierFacts {
    fn from(body: SupplierProfileBody) -> Self {
        Self {
            cpv_codes: body.cpv_codes,
            regions: body.regions,
            turnover_cents: body.turnover.map(|amount| amount.cents),
            fte: body.fte.map(|number| number.0),
            direct_share_percent: body.direct_share_percent.map(|number| number.0),
        }
    }
}

impl From<SupplierProfile> for SupplierProfileBody {
    fn from(profile: SupplierProfile) -> Self {
        let facts = profile.facts;
        Self {
            cpv_codes: facts.cpv_codes,
            regions: facts.regions,
            turnover: facts.turnover_cents.map(|cents| Euros { cents }),
            fte: facts.fte.map(Number),
            direct_share_percent: facts.direct_share_percent.map(Number),
        }
    }
}

/// A certified supplier (gecertificeerde leverancier).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "kvkNumber": "69599068",
    "name": "Groen & Zo B.V.",
    "ladder": "pso-2023",
    "level": "trede-2",
    "validUntil": "2028-01-14",
    "profile": {
        "cpvCodes": ["77310000-6"],
        "regions": ["gm0344"],
        "turnover": "1000000.00",
        "fte": "20",
        "directSharePercent": "30"
    }
}))]
pub struct CertifiedSupplierResponse {
    /// Its KvK number.
    #[schema(value_type = String, pattern = "^[0-9]{8}$")]
    kvk_number: KvkNumber,
    /// Its name, where it is registered here.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The version of the ladder that its level belongs to.
    ladder: String,
    /// Its level (trede) of today.
    level: String,
    /// The last day of the certificate that gives it.
    valid_until: NaiveDate,
    /// What it tells of itself.
    profile: SupplierProfileBody,
}

impl From<CertifiedSupplier> for CertifiedSupplierResponse {
    fn from(supplier: CertifiedSupplier) -> Self {
        let facts = supplier.certificate.facts;
        Self {
            kvk_number: supplier.profile.kvk,
            name: supplier.name,
            valid_until: facts.last_day().unwrap_or(facts.valid_until),
            ladder: facts.ladder,
            level: facts.level,
            profile: supplier.profile.into(),
        }
    }
}

list_of! {
    /// Certified suppliers, by KvK number.
    CertifiedSupplierList of CertifiedSupplierResponse
}

/// Which suppliers are looked for.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SupplierQuery {
    /// The first digits of a CPV code: two for a division, up to eight.
    #[param(pattern = "^[0-9]{2,8}$")]
    cpv: Option<String>,
    /// The municipality (gemeente) in which it works, by CBS code.
    #[param(value_type = Option<String>, pattern = "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$")]
    region: Option<MunicipalityId>,
    /// Where the page starts: as the `Link` header of the page beside it says.
    #[param(min_length = 1, max_length = 200)]
    cursor: Option<String>,
    /// How many items the page has at the most.
    #[param(minimum = 1, maximum = 100, default = 50)]
    limit: Option<u16>,
}

/// Lists certified suppliers
///
/// Organisations that hold a PSO certificate today and present themselves as suppliers (gecertificeerde
/// leveranciers), by what they sell and where they work. With the numbers of their profile,
/// `pso-contribution-simulations` tells what an order with one instead of another does (`alternatives`).
#[utoipa::path(
    get,
    path = "/certified-suppliers",
    tag = "pso",
    params(SupplierQuery),
    responses((status = 200, description = "A page of suppliers", body = CertifiedSupplierList))
)]
pub async fn list_certified_suppliers(
    state: Data<AppState>,
    caller: Caller,
    query: Query<SupplierQuery>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let asked = request.query_string();
    let SupplierQuery { cpv, region, cursor, limit } = query.into_inner();
    let page_query = PageQuery::of(cursor, limit);
    let request = page_query.request::<KvkNumber>()?;
    let wish = SupplierWish { cpv, region };
    let page =
        state.run(move |services| suppliers::list_certified(services, &caller.0, &wish, &request)).await?;
    Ok(page_query.answer_of(asked, page, |item| item.profile.kvk, CertifiedSupplierList::of))
}

/// Shows what a supplier tells of itself
///
/// The profile of an organisation as a supplier (leveranciersprofiel).
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/supplier-profile",
    tag = "pso",
    params(OrganisationParams),
    responses((status = 200, description = "The profile", body = SupplierProfileBody))
)]
pub async fn get_supplier_profile(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
) -> Result<HttpResponse, Problem> {
    let kvk = path.kvk_number;
    let profile = state.run(move |services| suppliers::get_profile(services, &caller.0, kvk)).await?;
    Ok(resource::found(profile.record.version, &SupplierProfileBody::from(profile)))
}

/// Tells what the own organisation sells
///
/// Writes the profile of the caller's own organisation as a supplier (leveranciersprofiel): what it sells, where it
/// works, and the numbers with which an order counts for a buyer. The first time without `If-Match`.
#[utoipa::path(
    put,
    path = "/organisations/{kvkNumber}/supplier-profile",
    tag = "pso",
    params(OrganisationParams, IfMatch),
    request_body = SupplierProfileBody,
    responses((status = 200, description = "The profile is written", body = SupplierProfileBody))
)]
pub async fn replace_supplier_profile(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    seen: Option<IfMatch>,
    body: Json<SupplierProfileBody>,
) -> Result<HttpResponse, Problem> {
    let (kvk, seen) = (path.kvk_number, seen.map(|seen| seen.0));
    let profile = state
        .run(move |services| suppliers::replace_profile(services, &caller.0, kvk, seen, body.0.into()))
        .await?;
    Ok(resource::found(profile.record.version, &SupplierProfileBody::from(profile)))
}
