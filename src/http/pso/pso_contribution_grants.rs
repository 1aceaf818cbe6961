//! Which municipalities may read an organisation's contributions (inzage), and its checks of the qualitative
//! requirements (kwalitatieve eisen).

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::AboutPeople;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::OrganisationParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_model::pso::self_check::{
    ContributionGrant, Requirement, RequirementCheck, RequirementCheckId, RequirementFacts,
};
use trede_service::pso::pso_self_checks;

/// A municipality that may read, or may not any more (inzage).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"municipality": "gm0344"}))]
pub struct ContributionGrantRequest {
    /// The municipality (gemeente) by its CBS code.
    #[schema(value_type = String, pattern = "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$")]
    municipality: MunicipalityId,
}

/// What was granted to a municipality (inzage).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "municipality": "gm0344",
    "grantedAt": "2026-03-02T09:00:00Z",
    "grantedBy": "contractor-1"
}))]
pub struct ContributionGrantResponse {
    /// The municipality (gemeente) by its CBS code.
    #[schema(value_type = String, pattern = "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$")]
    municipality: MunicipalityId,
    /// When it was granted.
    granted_at: DateTime<Utc>,
    /// By whom.
    granted_by: String,
    /// When it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawn_at: Option<DateTime<Utc>>,
}

impl From<ContributionGrant> for ContributionGrantResponse {
    fn from(grant: ContributionGrant) -> Self {
        Self {
            municipality: grant.municipality,
            granted_at: grant.granted_at,
            granted_by: grant.granted_by,
            withdrawn_at: grant.withdrawn_at,
        }
    }
}

list_of! {
    /// All that was ever granted, oldest first.
    ContributionGrantList of ContributionGrantResponse
}

/// Lets a municipality read the own contributions
///
/// Gives a municipality access (inzage) to the contributions, standing and checks of the caller's own organisation,
/// worker data included: its administrators, coordinators and auditors can read them from now on.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/pso-contribution-grants",
    tag = "pso",
    params(OrganisationParams),
    request_body = ContributionGrantRequest,
    responses(
        (status = 201, description = "The municipality may read", body = ContributionGrantResponse),
        (status = 409, description = "It may already, or is not registered here")
    )
)]
pub async fn create_pso_contribution_grant(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    body: AboutPeople<ContributionGrantRequest>,
) -> Result<HttpResponse, Problem> {
    let (kvk, municipality) = (path.kvk_number, body.0.municipality);
    let grant =
        state.run(move |services| pso_self_checks::grant(services, &caller.0, kvk, municipality)).await?;
    Ok(HttpResponse::Created().json(ContributionGrantResponse::from(grant)))
}

/// Takes back the access of a municipality
///
/// Ends the access (inzage) of a municipality to the contributions of the caller's own organisation.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/pso-contribution-grant-withdrawals",
    tag = "pso",
    params(OrganisationParams),
    request_body = ContributionGrantRequest,
    responses(
        (status = 204, description = "The municipality may not read any more"),
        (status = 409, description = "Nothing stands granted to it")
    )
)]
pub async fn withdraw_pso_contribution_grant(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    body: AboutPeople<ContributionGrantRequest>,
) -> Result<HttpResponse, Problem> {
    let (kvk, municipality) = (path.kvk_number, body.0.municipality);
    state
        .run(move |services| pso_self_checks::withdraw_grant(services, &caller.0, kvk, municipality))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Lists who may read the own contributions
///
/// Every access (inzage) that the caller's own organisation gave, what was withdrawn too. There are few: the list
/// has one page.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-contribution-grants",
    tag = "pso",
    params(OrganisationParams),
    responses((status = 200, description = "What was granted", body = ContributionGrantList))
)]
pub async fn list_pso_contribution_grants(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
) -> Result<HttpResponse, Problem> {
    let kvk = path.kvk_number;
    let grants = state.run(move |services| pso_self_checks::list_grants(services, &caller.0, kvk)).await?;
    Ok(HttpResponse::Ok().json(ContributionGrantList::of(grants)))
}

/// A check of a qualitative requirement (toets van een kwalitatieve eis).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "requirement": "guidance",
    "met": true,
    "evidence": "Dossiermap begeleiding 2026, 18 van 20 gesprekken vastgelegd",
    "checkedOn": "2026-02-10"
}))]
pub struct RequirementCheckRequest {
    /// The requirement.
    #[schema(schema_with = schema::requirement)]
    requirement: Requirement,
    /// Whether it was met.
    met: bool,
    /// Where the evidence is; no names and no BSN.
    #[schema(min_length = 1, max_length = 500)]
    evidence: String,
    /// The day of the check.
    checked_on: NaiveDate,
}

/// A check of a qualitative requirement, as it was entered (toets van een kwalitatieve eis).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-00000000000c",
    "requirement": "guidance",
    "met": true,
    "evidence": "Dossiermap begeleiding 2026, 18 van 20 gesprekken vastgelegd",
    "checkedOn": "2026-02-10",
    "createdAt": "2026-02-10T09:00:00Z",
    "createdBy": "contractor-1"
}))]
pub struct RequirementCheckResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The requirement.
    #[schema(schema_with = schema::requirement)]
    requirement: Requirement,
    /// Whether it was met.
    met: bool,
    /// Where the evidence is.
    evidence: String,
    /// The day of the check.
    checked_on: NaiveDate,
    /// When it was entered.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
}

impl From<RequirementCheck> for RequirementCheckResponse {
    fn from(check: RequirementCheck) -> Self {
        Self {
            id: check.id.to_string(),
            requirement: check.facts.requirement,
            met: check.facts.is_met,
            evidence: check.facts.evidence,
            checked_on: check.facts.checked_on,
            created_at: check.created_at,
            created_by: check.created_by,
        }
    }
}

list_of! {
    /// Checks, oldest first; the last of a requirement counts.
    RequirementCheckList of RequirementCheckResponse
}

/// Adds a check of a qualitative requirement
///
/// Adds to the checklist of the caller's own organisation (kwalitatieve eisen) whether a requirement was met, with
/// its evidence. Earlier checks stay.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/pso-requirement-checks",
    tag = "pso",
    params(OrganisationParams),
    request_body = RequirementCheckRequest,
    responses((status = 201, description = "The check is added", body = RequirementCheckResponse))
)]
pub async fn create_pso_requirement_check(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    body: AboutPeople<RequirementCheckRequest>,
) -> Result<HttpResponse, Problem> {
    let RequirementCheckRequest { requirement, met, evidence, checked_on } = body.0;
    let (kvk, facts) = (path.kvk_number, RequirementFacts { requirement, is_met: met, evidence, checked_on });
    let check =
        state.run(move |services| pso_self_checks::create_check(services, &caller.0, kvk, facts)).await?;
    Ok(HttpResponse::Created().json(RequirementCheckResponse::from(check)))
}

/// Lists the checks of qualitative requirements
///
/// The checklist of an organisation (kwalitatieve eisen), oldest check first; the last of a requirement counts.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-requirement-checks",
    tag = "pso",
    params(OrganisationParams, PageQuery),
    responses((status = 200, description = "A page of checks", body = RequirementCheckList))
)]
pub async fn list_pso_requirement_checks(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request::<RequirementCheckId>()?;
    let kvk = path.kvk_number;
    let page =
        state.run(move |services| pso_self_checks::list_checks(services, &caller.0, kvk, &request)).await?;
    Ok(query.answer(page, |item| item.id, RequirementCheckList::of))
}
