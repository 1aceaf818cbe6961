//! Comparisons of social return policies (beleidsvergelijkingen): nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::body::Json;
use crate::http::frame::path::{MunicipalityParams, PolicyParams};
use crate::http::frame::problem::Problem;
use crate::http::policies::sroi_simulations::ExplanationQuery;
use crate::http::state::AppState;
use trede_model::policies::policy::PolicyId;
use trede_service::policies::policy_comparisons;
use trede_wire::social_return_comparison::{ComparedCase, ComparisonInput, ComparisonResult};

/// Compares two social return policies
///
/// Tells what differs between two policies or two versions of one (beleidsvergelijking), and what a case is
/// worth under each: the obligation of a contract, and each entry. What one of them cannot value is told
/// beside what the other makes of it. Nothing is stored.
#[utoipa::path(
    post,
    path = "/social-return-policy-comparisons",
    tag = "social-return-policies",
    params(ExplanationQuery),
    request_body = ComparisonInput,
    responses((status = 200, description = "What differs, and what the case is worth", body = ComparisonResult))
)]
pub async fn compare_social_return_policies(
    state: Data<AppState>,
    caller: Caller,
    query: Query<ExplanationQuery>,
    body: Json<ComparisonInput>,
) -> Result<HttpResponse, Problem> {
    let ExplanationQuery { language, explain } = query.into_inner();
    let result =
        state.run(move |_| policy_comparisons::compare(&caller.0, &body.0, language, explain)).await?;
    Ok(HttpResponse::Ok().json(result))
}

/// The policy that another is held against, with a case where one is to be valued under both.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = StoredPolicyComparison, example = json!({
    "secondPolicyId": "0190a5c8-0000-7000-8000-000000000022",
    "case": {"entries": [{"block": "participatiewet", "quantity": "1"}]}
}))]
pub struct StoredComparisonRequest {
    /// The second policy (tweede beleid), such as the version that is to follow.
    #[schema(value_type = String, format = Uuid)]
    second_policy_id: PolicyId,
    /// The case that is valued under both (casus).
    #[serde(default)]
    case: ComparedCase,
}

/// Compares two stored policies
///
/// Tells what differs between two policies of the municipality or of its region, or two versions of one
/// (beleidsvergelijking), and what a case is worth under each. Nothing is stored.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/social-return-policies/{policyId}/comparisons",
    tag = "social-return-policies",
    params(MunicipalityParams, PolicyParams, ExplanationQuery),
    request_body = StoredComparisonRequest,
    responses((status = 200, description = "What differs, and what the case is worth", body = ComparisonResult))
)]
pub async fn compare_stored_social_return_policies(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PolicyParams>,
    query: Query<ExplanationQuery>,
    body: Json<StoredComparisonRequest>,
) -> Result<HttpResponse, Problem> {
    let ExplanationQuery { language, explain } = query.into_inner();
    let StoredComparisonRequest { second_policy_id, case } = body.0;
    let result = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            let policies = (path.policy_id, second_policy_id);
            policy_comparisons::compare_stored(
                services,
                actor,
                *municipality,
                policies,
                case,
                language,
                explain,
            )
        })
        .await?;
    Ok(HttpResponse::Ok().json(result))
}
