//! PSO certificates (PSO-certificaten) of organisations, each with its history: national reference data.

use std::collections::BTreeSet;

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{CertificateParams, OrganisationParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::certificate::{Certificate, CertificateFacts, CertificateSource, Verification};
use trede_base::ids::KvkNumber;
use trede_rules::pso::is_thirty_plus;
use trede_service::pso::certificates::{self, CertificateStatement};

/// What a certificate of the performance ladder for more social enterprise says (PSO-certificaat).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "number": "PSO-2026-0123",
    "ladder": "pso-2023",
    "level": "trede-3",
    "thirtyPlus": true,
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
    /// The level (trede) on that ladder.
    #[schema(min_length = 1, max_length = 500)]
    level: String,
    /// Whether it carries the mark PSO 30+ (Abw) on top of the level.
    #[serde(default)]
    #[schema(default = false)]
    thirty_plus: bool,
    /// Who audited (certificerende instelling).
    #[schema(min_length = 1, max_length = 500)]
    certifying_body: String,
    /// Its first day.
    valid_from: NaiveDate,
    /// Its last day, at most two years after the first.
    valid_until: NaiveDate,
    /// The first day on which it was not in force any more, if it ended before its last day.
    ended_on: Option<NaiveDate>,
    /// Where these facts come from. What was read in the register or its list counts as verified;
    /// `evidence` gives no level before it is.
    #[schema(schema_with = schema::certificate_source)]
    source: CertificateSource,
    /// Where the document or list can be found.
    #[schema(min_length = 1, max_length = 20000)]
    evidence: Option<String>,
    /// The KvK numbers it covers besides that in the path: the head applicant and the entities
    /// under it.
    #[serde(default)]
    #[schema(max_items = 500, schema_with = schema::kvk_numbers)]
    holders: BTreeSet<KvkNumber>,
}

impl From<CertificateRequest> for CertificateStatement {
    fn from(request: CertificateRequest) -> Self {
        Self {
            thirty_plus: request.thirty_plus,
            facts: CertificateFacts {
                number: request.number,
                ladder: request.ladder,
                level: request.level,
                certifying_body: request.certifying_body,
                valid_from: request.valid_from,
                valid_until: request.valid_until,
                ended_on: request.ended_on,
                source: request.source,
                evidence: request.evidence,
                holders: request.holders,
            },
        }
    }
}

/// What became known of a certificate (herziening van een certificaat).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "reason": "Withdrawn by the certifying body",
    "certificate": {
        "number": "PSO-2026-0123",
        "ladder": "pso-2023",
        "level": "trede-2",
        "certifyingBody": "Kiwa",
        "validFrom": "2026-01-15",
        "validUntil": "2028-01-14",
        "endedOn": "2026-09-01",
        "source": "register",
        "holders": ["69599068"]
    }
}))]
pub struct CertificateRevisionRequest {
    /// Why it is said anew.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
    /// All that it says now; number and first day stay.
    certificate: CertificateRequest,
}

/// How a certificate was checked (verificatie van een certificaat).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "Found on the site of PSO-Nederland on 2026-03-02"}))]
pub struct CertificateVerificationRequest {
    /// What it was checked against.
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// One revision of a certificate of the performance ladder for more social enterprise
/// (PSO-certificaat).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "number": "PSO-2026-0123",
    "ladder": "pso-2023",
    "level": "trede-3-30+",
    "thirtyPlus": true,
    "certifyingBody": "Kiwa",
    "validFrom": "2026-01-15",
    "validUntil": "2028-01-14",
    "source": "register",
    "holders": ["69599068"],
    "verification": {"by": "beheerder", "at": "2026-03-02T09:00:00Z"},
    "revision": 1,
    "createdAt": "2026-03-02T09:00:00Z"
}))]
pub struct CertificateResponse {
    /// The id of this revision.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The number that is printed on it.
    number: String,
    /// The version of the ladder that its level belongs to.
    ladder: String,
    /// The level (trede) on that ladder; with the mark PSO 30+ (Abw) it is a level of its own there.
    level: String,
    /// Whether it carries the mark PSO 30+ (Abw).
    thirty_plus: bool,
    /// Who audited (certificerende instelling).
    certifying_body: String,
    /// Its first day.
    valid_from: NaiveDate,
    /// Its last day.
    valid_until: NaiveDate,
    /// The first day on which it was not in force any more, if it ended before its last day.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended_on: Option<NaiveDate>,
    /// Where these facts come from.
    #[schema(schema_with = schema::certificate_source)]
    source: CertificateSource,
    /// Where the document or list can be found.
    #[serde(skip_serializing_if = "Option::is_none")]
    evidence: Option<String>,
    /// The KvK numbers it covers.
    #[schema(schema_with = schema::kvk_numbers)]
    holders: BTreeSet<KvkNumber>,
    /// Who checked it, and when. Without it the certificate gives no level.
    #[serde(skip_serializing_if = "Option::is_none")]
    verification: Option<CertificateVerification>,
    /// Which revision of the certificate this is, from 1.
    #[schema(minimum = 1)]
    revision: i32,
    /// Why this revision took the place of the one before it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// When it became known here.
    created_at: DateTime<Utc>,
    /// When another revision took its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    superseded_at: Option<DateTime<Utc>>,
}

/// Who checked a certificate, and when (verificatie).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CertificateVerification {
    /// Who: a person, or the register it was read from.
    by: String,
    /// When.
    at: DateTime<Utc>,
}

impl From<Verification> for CertificateVerification {
    fn from(verification: Verification) -> Self {
        Self { by: verification.by, at: verification.at }
    }
}

impl From<Certificate> for CertificateResponse {
    fn from(certificate: Certificate) -> Self {
        let facts = certificate.facts;
        Self {
            id: certificate.id.to_string(),
            thirty_plus: is_thirty_plus(&facts.level),
            number: facts.number,
            ladder: facts.ladder,
            level: facts.level,
            certifying_body: facts.certifying_body,
            valid_from: facts.valid_from,
            valid_until: facts.valid_until,
            ended_on: facts.ended_on,
            source: facts.source,
            evidence: facts.evidence,
            holders: facts.holders,
            verification: certificate.verification.map(CertificateVerification::from),
            revision: certificate.revision,
            reason: certificate.reason,
            created_at: certificate.created_at,
            superseded_at: certificate.superseded_at,
        }
    }
}

list_of! {
    /// Revisions of certificates, in the order in which they became known.
    CertificateList of CertificateResponse
}

/// Lists the certificates of an organisation
///
/// All PSO certificates (PSO-certificaten) that cover this KvK number, in all their revisions, those that have
/// ended too: an older evaluation rests on them. The organisation need not be registered here.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/certificates",
    tag = "organisations",
    params(OrganisationParams, PageQuery),
    responses((status = 200, description = "A page of revisions of certificates", body = CertificateList))
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
/// One revision of a PSO certificate (PSO-certificaat), as it became known.
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
/// Enters a PSO certificate (PSO-certificaat). A renewal is another certificate; what becomes known of this one
/// later is a revision of it.
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
    let statement = body.0.into();
    let certificate = state
        .run(move |services| certificates::create(services, &caller.0, path.kvk_number, statement))
        .await?;
    Ok(resource::recorded(&request, certificate.id, &CertificateResponse::from(certificate)))
}

/// Revises a certificate
///
/// Says anew what a PSO certificate (PSO-certificaat) says: it was upgraded, it ended, or it was entered
/// wrongly. The former revision stays, and with it what was known until now.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/certificates/{certificateId}/revisions",
    tag = "organisations",
    params(OrganisationParams, CertificateParams),
    request_body = CertificateRevisionRequest,
    responses(
        (status = 201, description = "The next revision", body = CertificateResponse),
        (status = 409, description = "This is not the latest revision")
    )
)]
pub async fn create_certificate_revision(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    certificate: Path<CertificateParams>,
    body: Json<CertificateRevisionRequest>,
) -> Result<HttpResponse, Problem> {
    let CertificateRevisionRequest { reason, certificate: statement } = body.0;
    let (kvk, former) = (path.kvk_number, certificate.certificate_id);
    let revision = state
        .run(move |services| certificates::revise(services, &caller.0, kvk, former, statement.into(), reason))
        .await?;
    Ok(HttpResponse::Created().json(CertificateResponse::from(revision)))
}

/// Verifies a certificate
///
/// Records that the operator checked a PSO certificate (PSO-certificaat) that came as evidence. The next
/// revision of it gives its holders a level.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/certificates/{certificateId}/verifications",
    tag = "organisations",
    params(OrganisationParams, CertificateParams),
    request_body = CertificateVerificationRequest,
    responses(
        (status = 201, description = "The verified revision", body = CertificateResponse),
        (status = 409, description = "This is not the latest revision, or it was verified already")
    )
)]
pub async fn verify_certificate(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    certificate: Path<CertificateParams>,
    body: Json<CertificateVerificationRequest>,
) -> Result<HttpResponse, Problem> {
    let (kvk, former) = (path.kvk_number, certificate.certificate_id);
    let revision = state
        .run(move |services| certificates::verify(services, &caller.0, kvk, former, body.0.reason))
        .await?;
    Ok(HttpResponse::Created().json(CertificateResponse::from(revision)))
}
