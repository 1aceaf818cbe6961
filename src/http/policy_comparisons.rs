//! Comparisons of social return policies (beleidsvergelijkingen): nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};

use crate::exchange::social_return_comparison::{ComparisonInput, ComparisonResult};
use crate::http::AppState;
use crate::http::auth::Caller;
use crate::http::body::Json;
use crate::http::problem::Problem;
use crate::http::sroi_simulations::ExplanationQuery;
use crate::service::policy_comparisons;

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
