//! Social return policies (beleid social return): versions that never change.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::body::Json;
use crate::http::frame::document_field::document_field;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, PolicyParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::regions::RegionParams;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_base::record::Version;
use trede_model::policies::policy::{PolicyOwner, StoredPolicy};
use trede_service::policies::social_return_policies as policies;
use trede_wire::social_return_policy::PolicyInput;

/// A version of a social return policy (beleid social return) without its content.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000010",
    "code": "utrecht",
    "version": "2026",
    "regionId": "midden-utrecht",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "createdAt": "2026-03-01T09:00:00Z",
    "createdBy": "coordinator-1"
}))]
pub struct PolicySummaryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The code of the policy, the same over its versions.
    code: String,
    /// The version (versie).
    version: String,
    /// The region that shares it (regio); left out for a municipality's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    region_id: Option<String>,
    /// SHA-256 of the policy, in hexadecimal: it never changes.
    fingerprint: String,
    /// When it was entered.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
}

/// A version of a social return policy (beleid social return).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000010",
    "code": "utrecht",
    "version": "2026",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "createdAt": "2026-03-01T09:00:00Z",
    "createdBy": "coordinator-1",
    "policy": {
        "code": "utrecht", "name": "Bouwblokken Utrecht", "version": "2026",
        "source": {"publication": "utrecht.nl"}, "validity": {}, "blocks": []
    }
}))]
pub struct PolicyResponse {
    /// What it is.
    #[serde(flatten)]
    summary: PolicySummaryResponse,
    /// The policy as it was entered (beleid).
    #[schema(value_type = PolicyInput)]
    policy: Box<RawValue>,
}

impl From<StoredPolicy> for PolicySummaryResponse {
    fn from(policy: StoredPolicy) -> Self {
        Self {
            id: policy.id.to_string(),
            code: policy.code,
            version: policy.version,
            region_id: match policy.owner {
                PolicyOwner::Region(region) => Some(region.to_string()),
                PolicyOwner::Municipality(_) => None,
            },
            fingerprint: policy.fingerprint,
            created_at: policy.created_at,
            created_by: policy.created_by,
        }
    }
}

/// A policy with its content.
pub(crate) fn whole(mut policy: StoredPolicy) -> Result<PolicyResponse, Problem> {
    let content = document_field(std::mem::take(&mut policy.content))?;
    Ok(PolicyResponse { summary: policy.into(), policy: content })
}

list_of! {
    /// Versions of policies, in the order in which they were entered.
    PolicyList of PolicySummaryResponse
}

/// Lists the social return policies of a municipality
///
/// The versions that it can use: its own policies (beleid social return) and those that its region shares.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/social-return-policies",
    tag = "social-return-policies",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of policies", body = PolicyList))
)]
pub async fn list_social_return_policies(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| policies::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(query.answer(page, |policy| policy.id, PolicyList::of))
}

/// Enters a social return policy
///
/// One version of the municipality's own policy (beleid social return), such as a template of
/// `examples/policies`. It never changes: a change is another version, and a contract keeps the one it has.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/social-return-policies",
    tag = "social-return-policies",
    params(MunicipalityParams),
    request_body = PolicyInput,
    responses(
        (status = 201, description = "The version is entered", body = PolicyResponse),
        (status = 409, description = "This version of this policy is entered already")
    )
)]
pub async fn create_social_return_policy(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<PolicyInput>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let policy = state
        .run(move |services| policies::create(services, &tenant.actor, tenant.municipality, &body.0))
        .await?;
    Ok(resource::recorded(&request, policy.id, &whole(policy)?))
}

/// Enters a social return policy of a region
///
/// One version of a policy (beleid social return) that all municipalities of the region can use.
#[utoipa::path(
    post,
    path = "/regions/{regionId}/social-return-policies",
    tag = "social-return-policies",
    params(RegionParams),
    request_body = PolicyInput,
    responses(
        (status = 201, description = "The version is entered", body = PolicyResponse),
        (status = 409, description = "This version of this policy is entered already")
    )
)]
pub async fn create_region_social_return_policy(
    state: Data<AppState>,
    caller: Caller,
    path: Path<RegionParams>,
    body: Json<PolicyInput>,
) -> Result<HttpResponse, Problem> {
    let policy = state
        .run(move |services| policies::create_for_region(services, &caller.0, &path.region_id, &body.0))
        .await?;
    Ok(HttpResponse::Created().json(whole(policy)?))
}

/// Shows a social return policy
///
/// The version of the policy (beleid social return) as it was entered, byte for byte the same ever since.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/social-return-policies/{policyId}",
    tag = "social-return-policies",
    params(MunicipalityParams, PolicyParams),
    responses((status = 200, description = "The policy", body = PolicyResponse))
)]
pub async fn get_social_return_policy(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PolicyParams>,
) -> Result<HttpResponse, Problem> {
    let policy = state
        .run(move |services| policies::get(services, &tenant.actor, tenant.municipality, path.policy_id))
        .await?;
    Ok(resource::found(Version::FIRST, &whole(policy)?))
}

/// Removes a social return policy
///
/// Removes a version of the municipality's own policy (beleid social return) that was entered by mistake: one that no
/// contract keeps, or ever kept.
#[utoipa::path(
    delete,
    path = "/municipalities/{municipality}/social-return-policies/{policyId}",
    tag = "social-return-policies",
    params(MunicipalityParams, PolicyParams, IfMatch),
    responses(
        (status = 204, description = "The version is removed"),
        (status = 409, description = "A contract keeps it, or kept it once")
    )
)]
pub async fn delete_social_return_policy(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PolicyParams>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    state
        .run(move |services| policies::remove(services, &actor, municipality, path.policy_id, seen.0))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}
