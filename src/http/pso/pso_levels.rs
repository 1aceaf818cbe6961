//! PSO levels (treden) of organisations on a day, with their evidence: national reference data.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Caller;
use crate::http::frame::page::list_of;
use crate::http::frame::path::OrganisationParams;
use crate::http::frame::problem::Problem;
use crate::http::pso::certificates::CertificateResponse;
use crate::http::state::AppState;
use trede_rules::pso::is_thirty_plus;
use trede_service::pso::pso_levels::{self, KnownLevel};

/// The day and the moment that are asked about.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LevelQuery {
    /// The day (peildatum); left out: today.
    on: Option<NaiveDate>,
    /// As known at this moment; left out: now. The same day and moment always give the same answer.
    known_at: Option<DateTime<Utc>>,
}

/// The days and the moment that are asked about.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct LevelsQuery {
    /// The first day; left out: today.
    from: Option<NaiveDate>,
    /// The last day; left out: two years after the first, the longest that a certificate is valid.
    until: Option<NaiveDate>,
    /// As known at this moment; left out: now.
    known_at: Option<DateTime<Utc>>,
}

/// The PSO level (trede) of an organisation on a day, or over a run of days.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "from": "2026-05-01",
    "until": "2026-05-01",
    "knownAt": "2026-05-01T09:00:00Z",
    "ladder": "pso-2023",
    "level": "trede-2",
    "thirtyPlus": false,
    "certificate": {
        "id": "0190a5c8-0000-7000-8000-000000000001",
        "number": "PSO-2026-0123",
        "ladder": "pso-2023",
        "level": "trede-2",
        "thirtyPlus": false,
        "certifyingBody": "Kiwa",
        "validFrom": "2026-01-15",
        "validUntil": "2028-01-14",
        "source": "register",
        "holders": ["69599068"],
        "verification": {"by": "beheerder", "at": "2026-03-02T09:00:00Z"},
        "revision": 1,
        "createdAt": "2026-03-02T09:00:00Z"
    }
}))]
pub struct LevelResponse {
    /// The first day of which this holds.
    from: NaiveDate,
    /// The last day of which this holds.
    until: NaiveDate,
    /// When this was known.
    known_at: DateTime<Utc>,
    /// The version of the ladder that the level belongs to; left out when there is no level.
    #[serde(skip_serializing_if = "Option::is_none")]
    ladder: Option<String>,
    /// The code of the level; left out when there is no level.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    /// Whether the level carries the mark PSO 30+ (Abw).
    thirty_plus: bool,
    /// The certificate that gives the level: the evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate: Option<CertificateResponse>,
}

impl From<KnownLevel> for LevelResponse {
    fn from(known: KnownLevel) -> Self {
        let facts = known.certificate.as_ref().map(|certificate| &certificate.facts);
        Self {
            from: known.from,
            until: known.until,
            known_at: known.known_at,
            ladder: facts.map(|facts| facts.ladder.clone()),
            level: facts.map(|facts| facts.level.clone()),
            thirty_plus: facts.is_some_and(|facts| is_thirty_plus(&facts.level)),
            certificate: known.certificate.map(CertificateResponse::from),
        }
    }
}

list_of! {
    /// Levels over a run of days, in order and without a gap.
    LevelList of LevelResponse
}

/// Shows the level of an organisation on a day
///
/// The PSO level (trede) that the organisation had on a day, with the certificate that gives it. Of several
/// certificates in force the highest level counts; one that nobody verified gives none. With `knownAt` the
/// answer is the one that would have been given then, whatever became known since.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-level",
    tag = "organisations",
    params(OrganisationParams, LevelQuery),
    responses((status = 200, description = "The level, or that there is none", body = LevelResponse))
)]
pub async fn get_pso_level(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    query: Query<LevelQuery>,
) -> Result<HttpResponse, Problem> {
    let LevelQuery { on, known_at } = query.into_inner();
    let known = state
        .run(move |services| pso_levels::get(services, &caller.0, path.kvk_number, on, known_at))
        .await?;
    Ok(HttpResponse::Ok().json(LevelResponse::from(known)))
}

/// Lists the levels of an organisation over a run of days
///
/// The PSO levels (treden) of the organisation from one day to another, in order and without a gap; a period
/// without a level is told too. Nobody can know what is certified later: days to come rest on the certificates
/// of now.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-levels",
    tag = "organisations",
    params(OrganisationParams, LevelsQuery),
    responses((status = 200, description = "The levels", body = LevelList))
)]
pub async fn list_pso_levels(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    query: Query<LevelsQuery>,
) -> Result<HttpResponse, Problem> {
    let LevelsQuery { from, until, known_at } = query.into_inner();
    let known = state
        .run(move |services| pso_levels::list(services, &caller.0, path.kvk_number, (from, until), known_at))
        .await?;
    Ok(HttpResponse::Ok().json(LevelList::of(known)))
}
