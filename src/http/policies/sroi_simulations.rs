//! SROI simulations: the method alone, nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_service::policies::simulations;
use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::SroiResult;

/// In which words the result is, and what it holds besides the figures.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ExplanationQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    pub(crate) language: LanguageCode,
    /// Whether it holds every step of the calculation.
    #[serde(default)]
    #[param(default = false)]
    pub(crate) explain: bool,
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
