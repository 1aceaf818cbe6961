//! Simulations of a social contribution (indicatieve zelftoets): the calculation alone, nothing is stored.

use actix_web::HttpResponse;
use actix_web::web::{Data, Query};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::{AboutPeople, LARGE};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_service::pso::simulations;
use trede_wire::pso_file::PsoFile;
use trede_wire::pso_result::{PsoResult, PsoResultOptions};
use trede_wire::score_result::LanguageCode;

/// Whose tables are used, and what the result holds besides the contribution.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ContributionQuery {
    /// The municipality (gemeente) whose own norms and weights a file can name; left out: national ones only.
    #[param(value_type = Option<String>, pattern = "^(gm[0-9]{4}|pv[0-9]{2}|ws[0-9]{4}|oin[0-9]{20})$")]
    municipality: Option<MunicipalityId>,
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    language: LanguageCode,
    /// Whether it holds every step of the calculation.
    #[serde(default)]
    #[param(default = false)]
    explain: bool,
}

/// Simulates a social contribution
///
/// Measures the direct, indirect and total contribution of an organisation (sociale bijdrage) that is given
/// whole: the same file that `trede pso` takes. Nothing is stored, and no name, date of birth or BSN is taken.
/// An indicative self-check, never a certificate. Large calculations run a few at a time; when there are more,
/// the answer is 503 and the same request can be sent again.
#[utoipa::path(
    post,
    path = "/pso-contribution-simulations",
    tag = "pso",
    params(ContributionQuery),
    request_body = PsoFile,
    responses((status = 200, description = "The contribution", body = PsoResult))
)]
pub async fn simulate_pso_contribution(
    state: Data<AppState>,
    caller: Caller,
    query: Query<ContributionQuery>,
    body: AboutPeople<PsoFile, LARGE>,
) -> Result<HttpResponse, Problem> {
    let ContributionQuery { municipality, language, explain } = query.into_inner();
    let options = PsoResultOptions { language, explain };
    let result = state
        .run_large(move |services| simulations::measure(services, &caller.0, municipality, body.0, options))
        .await?;
    Ok(HttpResponse::Ok().json(result))
}
