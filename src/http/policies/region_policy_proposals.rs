//! Proposals of policies of a region: one coordinator proposes, another agrees.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::document_field::document_field;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, PolicyParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::policies::social_return_policies::{PolicyResponse, whole};
use crate::http::state::AppState;
use trede_service::policies::region_policy_proposals::{self as proposals, Proposed};
use trede_wire::social_return_policy::PolicyInput;

/// A version of a policy that was proposed for a region (voorstel), without its content.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000011",
    "regionId": "midden-utrecht",
    "municipality": "gm0344",
    "code": "midden-utrecht",
    "version": "2027",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "createdAt": "2026-03-01T09:00:00Z",
    "createdBy": "coordinator-1",
    "agreedBy": "coordinator-2"
}))]
pub struct ProposalSummaryResponse {
    /// Its id, and that of the policy once somebody agreed.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The region whose policy it would be (regio).
    region_id: String,
    /// The municipality for which it was proposed (gemeente).
    municipality: String,
    /// The code of the policy, the same over its versions.
    code: String,
    /// The version (versie).
    version: String,
    /// SHA-256 of the policy, in hexadecimal: it never changes.
    fingerprint: String,
    /// When it was proposed.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
    /// Who agreed, and so made it a policy of the region (akkoord); left out while nobody did.
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed_by: Option<String>,
}

/// A version of a policy that was proposed for a region (voorstel).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000011",
    "regionId": "midden-utrecht",
    "municipality": "gm0344",
    "code": "midden-utrecht",
    "version": "2027",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "createdAt": "2026-03-01T09:00:00Z",
    "createdBy": "coordinator-1",
    "policy": {
        "code": "midden-utrecht", "name": "Bouwblokken Midden-Utrecht", "version": "2027",
        "source": {"publication": "utrecht.nl"}, "validity": {}, "blocks": []
    }
}))]
pub struct ProposalResponse {
    /// What it is.
    #[serde(flatten)]
    summary: ProposalSummaryResponse,
    /// The policy as it was proposed (beleid).
    #[schema(value_type = PolicyInput)]
    policy: Box<RawValue>,
}

impl From<Proposed> for ProposalSummaryResponse {
    fn from(Proposed { proposal, agreed_by }: Proposed) -> Self {
        Self {
            id: proposal.id.to_string(),
            region_id: proposal.region.to_string(),
            municipality: proposal.municipality.to_string(),
            code: proposal.code,
            version: proposal.version,
            fingerprint: proposal.fingerprint,
            created_at: proposal.created_at,
            created_by: proposal.created_by,
            agreed_by,
        }
    }
}

fn with_policy(mut proposed: Proposed) -> Result<ProposalResponse, Problem> {
    let policy = document_field(std::mem::take(&mut proposed.proposal.content))?;
    Ok(ProposalResponse { summary: proposed.into(), policy })
}

list_of! {
    /// Proposals, in the order in which they were made.
    ProposalList of ProposalSummaryResponse
}

/// Lists the proposals for the policy of a region
///
/// What coordinators of the region of the municipality proposed as its policy (voorstellen), and who agreed.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/region-policy-proposals",
    tag = "social-return-policies",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of proposals", body = ProposalList))
)]
pub async fn list_region_policy_proposals(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| proposals::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(query.answer(page, |proposed| proposed.proposal.id, ProposalList::of))
}

/// Proposes a policy of a region
///
/// One version of the policy (beleid social return) of the region of the municipality. Its municipalities can use it
/// once another coordinator agreed (vier ogen).
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/region-policy-proposals",
    tag = "social-return-policies",
    params(MunicipalityParams),
    request_body = PolicyInput,
    responses(
        (status = 201, description = "It is proposed", body = ProposalResponse),
        (status = 409, description = "The municipality takes part in no region")
    )
)]
pub async fn create_region_policy_proposal(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<PolicyInput>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let proposed = state
        .run(move |services| proposals::create(services, &tenant.actor, tenant.municipality, &body.0))
        .await?;
    let id = proposed.proposal.id;
    Ok(resource::recorded(&request, id, &with_policy(proposed)?))
}

/// Shows a proposal for the policy of a region
///
/// The version as it was proposed (voorstel), and who agreed.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/region-policy-proposals/{policyId}",
    tag = "social-return-policies",
    params(MunicipalityParams, PolicyParams),
    responses((status = 200, description = "The proposal", body = ProposalResponse))
)]
pub async fn get_region_policy_proposal(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PolicyParams>,
) -> Result<HttpResponse, Problem> {
    let proposed = state
        .run(move |services| proposals::get(services, &tenant.actor, tenant.municipality, path.policy_id))
        .await?;
    Ok(HttpResponse::Ok().json(with_policy(proposed)?))
}

/// Agrees with a proposal for the policy of a region
///
/// Makes it a policy of the region that its municipalities can use (akkoord): by another coordinator than who proposed
/// it, of any of its municipalities.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/region-policy-proposals/{policyId}/agreements",
    tag = "social-return-policies",
    params(MunicipalityParams, PolicyParams),
    responses(
        (status = 201, description = "It is a policy of the region", body = PolicyResponse),
        (status = 409, description = "The caller proposed it, somebody agreed, or the version is entered already")
    )
)]
pub async fn agree_region_policy_proposal(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PolicyParams>,
) -> Result<HttpResponse, Problem> {
    let policy = state
        .run(move |services| proposals::agree(services, &tenant.actor, tenant.municipality, path.policy_id))
        .await?;
    Ok(HttpResponse::Created().json(whole(policy)?))
}
