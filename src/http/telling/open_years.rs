//! What social return came to (opbrengst), year by year, for anybody: totals, where the municipality opened them.

use actix_web::HttpResponse;
use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{Data, Path, Query};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::following::table_imports::TableContent;
use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::path::{MunicipalityParams, YearParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use crate::http::telling::open_year_answers::OpenYearResponse;
use trede_formats::tables::write::{BYTE_ORDER_MARK, csv_of};
use trede_formats::tables::{Notation, TableFormat};
use trede_model::telling::open_year::OpenYearSettings;
use trede_service::frame::error::ServiceError;
use trede_service::telling::open_years;

/// Whether anybody may read what social return came to (instelling).
#[derive(Clone, Copy, Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"open": true}))]
pub struct OpenYearSettingsDocument {
    /// Whether anybody may read it (openbaar).
    open: bool,
}

/// How the table of a year is written.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OpenYearTableQuery {
    /// CSV as a spreadsheet of that country opens it: `nl` with semicolons and decimal commas, behind a byte order
    /// mark; left out or `en` as RFC 4180 has it.
    #[param(schema_with = schema::notation)]
    locale: Option<Notation>,
}

/// The years of which a municipality tells (jaren).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(example = json!({"name": "Utrecht", "years": [2027, 2026]}))]
pub struct OpenYearList {
    /// The name of the municipality (gemeente).
    name: String,
    /// The years, the latest first.
    years: Vec<i32>,
}

fn found(settings: &OpenYearSettings) -> HttpResponse {
    resource::found(settings.record.version, &OpenYearSettingsDocument { open: settings.is_open })
}

/// Shows whether anybody may read what social return came to
///
/// The setting for open years (instelling); closed until somebody opens them.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-year-settings",
    tag = "open-data",
    params(MunicipalityParams),
    responses((status = 200, description = "The setting", body = OpenYearSettingsDocument))
)]
pub async fn get_open_year_settings(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let settings = state
        .run(move |services| open_years::get_settings(services, &tenant.actor, tenant.municipality))
        .await?;
    Ok(found(&settings))
}

/// Sets whether anybody may read what social return came to
///
/// Opens or closes the years (instelling). `If-Match` is `"0"` the first time.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/open-year-settings",
    tag = "open-data",
    params(MunicipalityParams, IfMatch),
    request_body = OpenYearSettingsDocument,
    responses((status = 200, description = "It is set", body = OpenYearSettingsDocument))
)]
pub async fn update_open_year_settings(
    state: Data<AppState>,
    tenant: Tenant,
    seen: IfMatch,
    body: Json<OpenYearSettingsDocument>,
) -> Result<HttpResponse, Problem> {
    let is_open = body.0.open;
    let settings = state
        .run(move |services| {
            open_years::update_settings(services, &tenant.actor, tenant.municipality, seen.0, is_open)
        })
        .await?;
    Ok(found(&settings))
}

/// Lists the years of which a municipality tells
///
/// The years in which contracts run, up to this one (jaren). 404 where the municipality did not open them.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/years",
    tag = "open-data",
    params(MunicipalityParams),
    responses((status = 200, description = "The years", body = OpenYearList))
)]
pub async fn list_open_years(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
) -> Result<HttpResponse, Problem> {
    let municipality = path.municipality;
    let (publisher, years) = state.run(move |services| open_years::list(services, municipality)).await?;
    Ok(for_all().json(OpenYearList { name: publisher.name, years }))
}

/// Shows what a year came to
///
/// What was owed, realised and done in a year (jaarcijfers), by target group, district, sector and month, and who was
/// still at work afterwards: totals only. Of fewer than five people or contractors nothing is told, nor as much of
/// others that it follows from a total; what is kept back is left out, with `suppressed`. 404 where the municipality
/// did not open its years, and for a year that has not begun.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/years/{year}",
    tag = "open-data",
    params(MunicipalityParams, YearParams),
    responses((status = 200, description = "The year", body = OpenYearResponse))
)]
pub async fn get_open_year(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    year: Path<YearParams>,
) -> Result<HttpResponse, Problem> {
    Ok(for_all().json(opened(&state, &path, &year).await?))
}

/// Sends what a year came to as a table
///
/// The same numbers (jaarcijfers) as CSV: a row for each number, with an empty cell where it is kept back.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/years/{year}/content",
    tag = "open-data",
    params(MunicipalityParams, YearParams, OpenYearTableQuery),
    responses((status = 200, description = "The table", content((TableContent = "text/csv"))))
)]
pub async fn get_open_year_table(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    year: Path<YearParams>,
    query: Query<OpenYearTableQuery>,
) -> Result<HttpResponse, Problem> {
    let notation = query.locale.unwrap_or(Notation::English);
    let rows = opened(&state, &path, &year).await?.rows(notation);
    let mut text = csv_of(&rows, notation).map_err(|error| ServiceError::Internal(Box::new(error)))?;
    if notation == Notation::Dutch {
        text.splice(0..0, BYTE_ORDER_MARK.iter().copied());
    }
    let name = format!("attachment; filename=\"{}-{}.csv\"", path.municipality, year.year);
    Ok(for_all()
        .insert_header((CONTENT_TYPE, TableFormat::Csv.media_type()))
        .insert_header((CONTENT_DISPOSITION, name))
        .body(text))
}

async fn opened(
    state: &Data<AppState>,
    path: &MunicipalityParams,
    year: &YearParams,
) -> Result<OpenYearResponse, Problem> {
    let (municipality, year) = (path.municipality, year.year);
    let found = state.run_large(move |services| open_years::get(services, municipality, year)).await?;
    Ok(OpenYearResponse::from(found))
}

fn for_all() -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    answer
}
