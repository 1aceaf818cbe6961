//! Social return simulations: obligation, entries and settlement of a case; nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::body::{Json, LARGE};
use crate::http::frame::path::{MunicipalityParams, PolicyParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_service::policies::social_return_policies::{self as policies, CaseUnderPolicy};
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_case::{ContractInput, EntryInput, SocialReturnCase};
use trede_wire::social_return_result::SocialReturnResult;

/// What the result holds besides the amounts.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CaseQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    language: LanguageCode,
    /// Whether it holds every step of the calculation.
    #[serde(default)]
    #[param(default = false)]
    explain: bool,
}

/// What is computed under a stored policy.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnCaseUnderPolicy, example = json!({
    "entries": [{"block": "participatiewet", "period": {"from": "2026-01-01", "until": "2026-08-31"}, "hoursPerWeek": "24"}]
}))]
pub struct CaseRequest {
    /// The contract of which the obligation is computed (opdracht).
    #[serde(default)]
    contract: Option<ContractInput>,
    /// The entries that are valued (verantwoordingen).
    #[serde(default)]
    #[schema(max_items = 10000)]
    entries: Vec<EntryInput>,
    /// Why a shortfall costs nothing (verontschuldiging).
    #[serde(default)]
    excuse: Option<String>,
}

/// Simulates a case of social return
///
/// Computes what a contract owes and what entries count for under a policy that is given whole
/// (rekenvoorbeeld social return): the same file that `trede social-return value` takes. Nothing is stored.
#[utoipa::path(
    post,
    path = "/social-return-simulations",
    tag = "social-return-policies",
    params(CaseQuery),
    request_body = SocialReturnCase,
    responses((status = 200, description = "What the case comes to", body = SocialReturnResult))
)]
pub async fn simulate_social_return(
    state: Data<AppState>,
    caller: Caller,
    query: Query<CaseQuery>,
    body: Json<SocialReturnCase, LARGE>,
) -> Result<HttpResponse, Problem> {
    let CaseQuery { language, explain } = query.into_inner();
    let result = state.run(move |_| policies::simulate(&caller.0, &body.0, language, explain)).await?;
    Ok(HttpResponse::Ok().json(result))
}

/// Simulates a case under a stored policy
///
/// Computes a case (rekenvoorbeeld) under a policy of the municipality or of its region. Nothing is stored.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/social-return-policies/{policyId}/simulations",
    tag = "social-return-policies",
    params(MunicipalityParams, PolicyParams, CaseQuery),
    request_body = CaseRequest,
    responses((status = 200, description = "What the case comes to", body = SocialReturnResult))
)]
pub async fn simulate_social_return_under_policy(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<PolicyParams>,
    query: Query<CaseQuery>,
    body: Json<CaseRequest, LARGE>,
) -> Result<HttpResponse, Problem> {
    let CaseQuery { language, explain } = query.into_inner();
    let CaseRequest { contract, entries, excuse } = body.0;
    let case = CaseUnderPolicy { contract, entries, excuse };
    let result = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            policies::simulate_under(services, actor, *municipality, path.policy_id, case, language, explain)
        })
        .await?;
    Ok(HttpResponse::Ok().json(result))
}
