//! Contributions of organisations as they were measured and kept (indicatieve zelftoetsen), and where they stand
//! between two audits.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Caller;
use crate::http::frame::body::{AboutPeople, LARGE};
use crate::http::frame::document::Document;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{ContributionParams, OrganisationParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_model::pso::self_check::{KeptContribution, KeptContributionId, StandingWarning};
use trede_service::pso::pso_self_checks::{self, ContributionInTime, OwnStanding};
use trede_wire::pso_file::PsoFile;
use trede_wire::pso_result::PsoResult;
use trede_wire::score_result::LanguageCode;

/// The language of what is kept.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KeepingQuery {
    /// The language of the texts.
    #[serde(default)]
    #[param(schema_with = schema::language)]
    language: LanguageCode,
}

/// A contribution in short (sociale bijdrage), beside the level that was certified when it was measured.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-00000000000b",
    "referenceYearFrom": "2025-01",
    "totalFte": "50",
    "direct": "2",
    "indirect": "1.185770750988142292490118577",
    "total": "3.185770750988142292490118577",
    "level": "trede-1",
    "complete": true,
    "certifiedLevel": "trede-1",
    "createdAt": "2026-03-02T09:00:00Z",
    "createdBy": "contractor-1"
}))]
pub struct ContributionSummaryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// First month of the reference year (peiljaar).
    #[serde(skip_serializing_if = "Option::is_none")]
    reference_year_from: Option<String>,
    /// All workers in fte.
    total_fte: String,
    /// Direct contribution, in percent of the fte; to 28 digits.
    direct: String,
    /// Indirect contribution as it counts, in percent.
    indirect: String,
    /// Total contribution, in percent.
    total: String,
    /// The level that it reaches; left out when it reaches none, or no norm tells.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    /// Whether nothing was missing.
    complete: bool,
    /// The level that was certified on the day on which it was measured; left out when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    certified_level: Option<String>,
    /// When it was measured.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
}

impl From<ContributionInTime> for ContributionSummaryResponse {
    fn from((kept, certified): ContributionInTime) -> Self {
        let certified_level = certified.certificate.map(|certificate| certificate.facts.level);
        Self { certified_level, ..summarised(&kept) }
    }
}

fn summarised(kept: &KeptContribution) -> ContributionSummaryResponse {
    let summary = &kept.summary;
    ContributionSummaryResponse {
        id: kept.id.to_string(),
        reference_year_from: summary.reference_year_from.clone(),
        total_fte: summary.total_fte.clone(),
        direct: summary.direct.clone(),
        indirect: summary.indirect.clone(),
        total: summary.total.clone(),
        level: summary.level.clone(),
        complete: summary.is_complete,
        certified_level: None,
        created_at: kept.created_at,
        created_by: kept.created_by.clone(),
    }
}

list_of! {
    /// Contributions over time, oldest first.
    PsoContributionList of ContributionSummaryResponse
}

/// A contribution with what was measured and every step (sociale bijdrage).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PsoContributionResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// When it was measured.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
    /// What was measured, with the tables that it named inside: `trede pso` gives the same result.
    #[schema(value_type = PsoFile)]
    input: Document,
    /// The result with every step.
    #[schema(value_type = PsoResult)]
    result: Document,
}

impl From<KeptContribution> for PsoContributionResponse {
    fn from(kept: KeptContribution) -> Self {
        Self {
            id: kept.id.to_string(),
            created_at: kept.created_at,
            created_by: kept.created_by,
            input: Document(kept.input),
            result: Document(kept.result),
        }
    }
}

/// Where an organisation stands between two audits (stand tussen twee audits).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "on": "2026-03-02",
    "level": "trede-1",
    "validUntil": "2026-07-31",
    "warnings": [{
        "code": "certificate-ending",
        "detail": "the last day of certificate PSO-2024-0077 is 2026-07-31, in 151 days"
    }]
}))]
pub struct PsoStandingResponse {
    /// Today.
    on: NaiveDate,
    /// The certified level (trede); left out when there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<String>,
    /// The last day of the certificate that gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    valid_until: Option<NaiveDate>,
    /// The contribution that was measured last.
    #[serde(skip_serializing_if = "Option::is_none")]
    contribution: Option<ContributionSummaryResponse>,
    /// What to look into.
    warnings: Vec<PsoStandingWarning>,
}

/// Something to look into (aandachtspunt).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PsoStandingWarning {
    /// What it is.
    #[schema(schema_with = schema::standing_warning)]
    code: StandingWarning,
    /// The same in a sentence, with the facts.
    detail: String,
}

impl From<OwnStanding> for PsoStandingResponse {
    fn from(standing: OwnStanding) -> Self {
        let certificate = standing.level.certificate;
        Self {
            on: standing.level.from,
            valid_until: certificate.as_ref().and_then(|certificate| certificate.facts.last_day()),
            level: certificate.map(|certificate| certificate.facts.level),
            contribution: standing.contribution.as_ref().map(summarised),
            warnings: standing
                .warnings
                .into_iter()
                .map(|(code, detail)| PsoStandingWarning { code, detail })
                .collect(),
        }
    }
}

/// Measures a contribution and keeps it
///
/// Measures the contribution of the caller's own organisation (sociale bijdrage) and keeps it with every step: an
/// indicative self-check. Workers are known by pseudonyms only; a name, a date of birth or a BSN is not taken.
/// Nobody reads it but the organisation itself, and municipalities that it gave access. Large calculations run a
/// few at a time; when there are more, the answer is 503 and the same request can be sent again.
#[utoipa::path(
    post,
    path = "/organisations/{kvkNumber}/pso-contributions",
    tag = "pso",
    params(OrganisationParams, KeepingQuery),
    request_body = PsoFile,
    responses((status = 201, description = "The contribution is kept", body = PsoContributionResponse))
)]
pub async fn create_pso_contribution(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    query: Query<KeepingQuery>,
    body: AboutPeople<PsoFile, LARGE>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (kvk, language): (KvkNumber, _) = (path.kvk_number, query.language);
    let kept = state
        .run_large(move |services| {
            pso_self_checks::create_contribution(services, &caller.0, kvk, body.0, language)
        })
        .await?;
    Ok(resource::recorded(&request, kept.id, &PsoContributionResponse::from(kept)))
}

/// Lists the contributions of an organisation over time
///
/// The contributions (sociale bijdragen) that were measured and kept, oldest first, each beside the level that was
/// certified then.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-contributions",
    tag = "pso",
    params(OrganisationParams, PageQuery),
    responses((status = 200, description = "A page of contributions", body = PsoContributionList))
)]
pub async fn list_pso_contributions(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request::<KeptContributionId>()?;
    let kvk = path.kvk_number;
    let page = state
        .run(move |services| pso_self_checks::list_contributions(services, &caller.0, kvk, &request))
        .await?;
    Ok(query.answer(page, |(kept, _)| kept.id, PsoContributionList::of))
}

/// Shows a contribution
///
/// A contribution (sociale bijdrage) with what was measured and every step.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-contributions/{contributionId}",
    tag = "pso",
    params(OrganisationParams, ContributionParams),
    responses((status = 200, description = "The contribution", body = PsoContributionResponse))
)]
pub async fn get_pso_contribution(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
    contribution: Path<ContributionParams>,
) -> Result<HttpResponse, Problem> {
    let (kvk, id) = (path.kvk_number, contribution.contribution_id);
    let kept =
        state.run(move |services| pso_self_checks::get_contribution(services, &caller.0, kvk, id)).await?;
    Ok(HttpResponse::Ok().json(PsoContributionResponse::from(kept)))
}

/// Shows where an organisation stands between two audits
///
/// The certified level of today, the last contribution, and what to look into (aandachtspunten): a certificate that
/// ends within 180 days, a level that was lost, a contribution below the certified level, a qualitative
/// requirement that is open.
#[utoipa::path(
    get,
    path = "/organisations/{kvkNumber}/pso-standing",
    tag = "pso",
    params(OrganisationParams),
    responses((status = 200, description = "Where it stands", body = PsoStandingResponse))
)]
pub async fn get_pso_standing(
    state: Data<AppState>,
    caller: Caller,
    path: Path<OrganisationParams>,
) -> Result<HttpResponse, Problem> {
    let kvk = path.kvk_number;
    let standing = state.run(move |services| pso_self_checks::standing(services, &caller.0, kvk)).await?;
    Ok(HttpResponse::Ok().json(PsoStandingResponse::from(standing)))
}
