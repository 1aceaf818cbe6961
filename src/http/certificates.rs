//! PSO certificates (PSO-certificaten) of organisations: national reference data.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::domain::ids::KvkNumber;
use crate::domain::organisation::{Certificate, CertificateFacts};
use crate::http::AppState;
use crate::http::auth::Caller;
use crate::http::body::Json;
use crate::http::page::{PageQuery, list_of};
use crate::http::path::{CertificateParams, OrganisationParams};
use crate::http::problem::Problem;
use crate::http::resource;
use crate::http::schema;
use crate::service::certificates;

/// What a certificate of the performance ladder for more social enterprise says (PSO-certificaat).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "number": "PSO-2026-0123",
    "ladder": "pso-2023",
    "level": "trede-2",
    "certifyingBody": "Kiwa",
    "validFrom": "2026-01-15",
    "validUntil": "2028-01-14",
    "source": "register",
    "holders": ["69599068"]
}))]
pub struct CertificateRequest {
    /// The number that is printed on it.
    #[schema(min_length = 1, max_length = 500)]
    number: String,
    /// The version of the ladder that its level belongs to.
    #[schema(min_length = 1, max_length = 500)]
    ladder: String,
    /// The level (trede) on that ladder; the mark PSO 30+ (Abw) is a level of its own there.
    #[schema(min_length = 1, max_length = 500)]
    level: String,
    /// Who audited (certificerende instelling).
    #[schema(min_length = 1, max_length = 500)]
    certifying_body: String,
    /// Its first day.
    valid_from: NaiveDate,
    /// Its last day, at most two years after the first.
    valid_until: NaiveDate,
    /// Where these facts come from: the register, an upload, a bidder's evidence.
    #[schema(min_length = 1, max_length = 500)]
    source: String,
    /// The KvK numbers it covers besides that in the path: the head applicant and the entities
    /// under it.
    #[serde(default)]
    #[schema(max_items = 500, schema_with = schema::kvk_numbers)]
    holders: Vec<KvkNumber>,
}

impl From<CertificateRequest> for CertificateFacts {
    fn from(request: CertificateRequest) -> Self {
        Self {
            number: request.number,
            ladder: request.ladder,
            level: request.level,
            certifying_body: request.certifying_body,
            valid_from: request.valid_from,
            valid_until: request.valid_until,
            source: request.source,
            holders: request.holders,
        }
    }
}

/// A certificate of the performance ladder for more social enterprise (PSO-certificaat).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "number": "PSO-2026-0123",
    "ladder": "pso-2023",
    "level": "trede-2",
    "certifyingBody": "Kiwa",
    "validFrom": "2026-01-15",
    "validUntil": "2028-01-14",
    "source": "register",
    "holders": ["69599068"],
    "createdAt": "2026-03-02T09:00:00Z"
}))]
pub struct CertificateResponse {
    /// Its id here.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The number that is printed on it.
    number: String,
    /// The version of the ladder that its level belongs to.
    ladder: String,
    /// The level (trede) on that ladder; the mark PSO 30+ (Abw) is a level of its own there.
    level: String,
    /// Who audited (certificerende instelling).
    certifying_body: String,
    /// Its first day.
    valid_from: NaiveDate,
    /// Its last day.
    valid_until: NaiveDate,
    /// Where these facts come from.
    source: String,
    /// The KvK numbers it covers.
    #[schema(schema_with = schema::kvk_numbers)]
    holders: Vec<KvkNumber>,
    /// When it was entered here.
    created_at: DateTime<Utc>,
}

impl From<Certificate> for CertificateResponse {
    fn from(certificate: Certificate) -> Self {
        let facts = certificate.facts;
        Self {
            id: certificate.id.to_string(),
            number: facts.number,
            ladder: facts.ladder,
            level: facts.level,
            certifying_body: facts.certifying_body,
            valid_from: facts.valid_from,
            valid_until: facts.valid_until,
            source: facts.source,
            holders: facts.holders,
            created_at: certificate.created_at,
        }
    }
}

list_of! {
    /// Certificates, in the order in which they were entered.
    CertificateList of CertificateResponse
}

/// Lists the certificates of an organisation
///
/// All PSO certificates (PSO-certificaten) that cover this KvK number, those that have ended too:
/// an older evaluation rests on them.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/certificates",
    tag = "organisations",
    params(OrganisationParams, PageQuery),
    responses((status = 200, description = "A page of certificates", body = CertificateList))
)]
pub async fn list_certificates(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page =
        state.run(move |services| certificates::list(services, &caller.0, path.kvk_number, &request)).await?;
    Ok(query.answer(page, |item| item.id, CertificateList::of))
}

/// Shows a certificate
///
/// The PSO certificate (PSO-certificaat) as it was entered.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/certificates/{certificateId}",
    tag = "organisations",
    params(OrganisationParams, CertificateParams),
    responses((status = 200, description = "The certificate", body = CertificateResponse))
)]
pub async fn get_certificate(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    certificate: Path<CertificateParams>,
) -> Result<HttpResponse, Problem> {
    let certificate = state
        .run(move |services| {
            certificates::get(services, &caller.0, path.kvk_number, certificate.certificate_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(CertificateResponse::from(certificate)))
}

/// Enters a certificate
///
/// Enters a PSO certificate (PSO-certificaat). It is history: a renewal or an upgrade is another
/// certificate, and none is ever changed.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/certificates",
    tag = "organisations",
    params(OrganisationParams),
    request_body = CertificateRequest,
    responses(
        (status = 201, description = "The certificate is entered", body = CertificateResponse),
        (status = 409, description = "A certificate with this number and first day is there already")
    )
)]
pub async fn create_certificate(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    body: Json<CertificateRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let facts = body.0.into();
    let certificate =
        state.run(move |services| certificates::create(services, &caller.0, path.kvk_number, facts)).await?;
    Ok(resource::recorded(&request, certificate.id, &CertificateResponse::from(certificate)))
}
