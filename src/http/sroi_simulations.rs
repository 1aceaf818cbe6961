//! SROI simulations: the method alone, nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::exchange::score_result::LanguageCode;
use crate::exchange::sroi_file::SroiFile;
use crate::exchange::sroi_result::SroiResult;
use crate::http::AppState;
use crate::http::auth::Caller;
use crate::http::body::Json;
use crate::http::problem::Problem;
use crate::http::schema;
use crate::service::simulations;

/// In which words the result is, and what it holds besides the figures.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExplanationQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    pub(super) language: LanguageCode,
    /// Whether it holds every step of the calculation.
    #[serde(default)]
    #[param(default = false)]
    pub(super) explain: bool,
}

/// Simulates what social return yields
///
/// Values a value map (waardenkaart) that is given whole: the same file that `trede sroi` takes. Nothing
/// is stored. The ratio is that of the SROI method under the named convention; it is never that of the
/// obligation, and bids are never ranked by it alone.
#[utoipa::path(
    post,
    path = "/sroi-simulations",
    tag = "social-value",
    params(ExplanationQuery),
    request_body = SroiFile,
    responses((status = 200, description = "The ratios and what they rest on", body = SroiResult))
)]
pub async fn simulate_sroi(
    state: Data<AppState>,
    caller: Caller,
    query: Query<ExplanationQuery>,
    body: Json<SroiFile>,
) -> Result<HttpResponse, Problem> {
    let ExplanationQuery { language, explain } = query.into_inner();
    let result =
        state.run(move |_| simulations::simulate_sroi(&caller.0, &body.0, language, explain)).await?;
    Ok(HttpResponse::Ok().json(result))
}
