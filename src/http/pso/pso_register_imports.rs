//! Imports of the list of certified organisations (import van het PSO-register).

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Caller;
use crate::http::frame::body::{Json, RawList};
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::RegisterImportParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::certificate::CertificateSource;
use trede_model::pso::register_import::{ImportFault, ImportState, RegisterImport, RegisterImportId};
use trede_service::pso::register_imports::{self, ImportTerms};

/// The share of the certificates in force, in percent, that may end at once when nothing else is said: a list
/// that lacks more of them is more likely broken.
const USUAL_PERCENT: i32 = 10;

const fn usual_percent() -> i32 {
    USUAL_PERCENT
}

const fn yes() -> bool {
    true
}

/// What is asked of an import of the register (import van het register).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"maxEndedPercent": 10}))]
pub struct RegisterImportRequest {
    /// Whether the list names all certificates in force, so that what is missing has ended.
    #[serde(default = "yes")]
    #[schema(default = true)]
    complete: bool,
    /// The share of the certificates in force, in percent, that may end at once. When more are missing from
    /// the list, none ends.
    #[serde(default = "usual_percent")]
    #[schema(minimum = 0, maximum = 100, default = 10)]
    max_ended_percent: i32,
}

/// How a list that is handed over is taken.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListQuery {
    /// What the list is called, such as the name of its file.
    #[serde(default = "unnamed")]
    #[param(min_length = 1, max_length = 500, default = "list")]
    name: String,
    /// Whether the list names all certificates in force, so that what is missing has ended.
    #[serde(default = "yes")]
    #[param(default = true)]
    complete: bool,
    /// The share of the certificates in force, in percent, that may end at once. When more are missing from
    /// the list, none ends.
    #[serde(default = "usual_percent")]
    #[param(minimum = 0, maximum = 100, default = 10)]
    max_ended_percent: i32,
}

fn unnamed() -> String {
    "list".to_owned()
}

/// The list of certified organisations (lijst van gecertificeerde organisaties), as JSON. An item that is no
/// sound certificate, as in the example, does not stop the others: it is told with its place.
#[derive(Clone, Debug, ToSchema)]
#[schema(example = json!([{
    "number": "PSO-2026-0123",
    "organisation": "Groen & Zo B.V.",
    "kvkNumbers": ["69599068"],
    "level": "Trede 2",
    "certifyingBody": "Kiwa",
    "validFrom": "2026-01-15",
    "validUntil": "2028-01-14"
}]))]
pub struct RegisterList(#[allow(dead_code)] Vec<serde_json::Value>);

/// The list of certified organisations (lijst van gecertificeerde organisaties), as CSV: a head, then a row for
/// each certificate. A head can use the Dutch names too; `;`, `,` or a tab divides.
#[derive(Clone, Debug, ToSchema)]
#[schema(example = "number;organisation;kvkNumbers;level;thirtyPlus;certifyingBody;validFrom;validUntil\n\
                    PSO-2026-0123;Groen & Zo B.V.;69599068;Trede 2;nee;Kiwa;2026-01-15;2028-01-14\n")]
pub struct RegisterCsv(#[allow(dead_code)] String);

/// An import (import): what was asked, how far it is, and what came of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000009",
    "source": "upload",
    "origin": "register-2026-03.csv",
    "complete": true,
    "maxEndedPercent": 10,
    "state": "succeeded",
    "notModified": false,
    "rowsRead": 812,
    "added": 14,
    "changed": 3,
    "ended": 2,
    "unchanged": 794,
    "malformed": 1,
    "createdAt": "2026-03-02T09:00:00Z",
    "createdBy": "beheerder",
    "startedAt": "2026-03-02T09:00:01Z",
    "finishedAt": "2026-03-02T09:00:02Z"
}))]
pub struct RegisterImportResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Whether the register was asked, or its list was handed over.
    #[schema(schema_with = schema::certificate_source)]
    source: CertificateSource,
    /// The address of the register, or the name of the list.
    origin: String,
    /// Whether the list names all certificates in force.
    complete: bool,
    /// The share of the certificates in force, in percent, that may end at once.
    max_ended_percent: i32,
    /// How far it is.
    #[schema(schema_with = schema::import_state)]
    state: ImportState,
    /// Whether the register said that its list is the one that was read last.
    not_modified: bool,
    /// Rows that were read so far.
    rows_read: i64,
    /// Certificates that were not known.
    added: i64,
    /// Certificates of which the list says something else than was known: each got a revision.
    changed: i64,
    /// Certificates that are not on the list any more: they end on the day of the import.
    ended: i64,
    /// Certificates of which nothing else is said.
    unchanged: i64,
    /// Rows that could not be taken; the faults say why.
    malformed: i64,
    /// Why it failed, or what was left undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// When it was asked for.
    created_at: DateTime<Utc>,
    /// Who asked for it.
    created_by: String,
    /// When the reading began.
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<DateTime<Utc>>,
    /// When it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<DateTime<Utc>>,
}

impl From<RegisterImport> for RegisterImportResponse {
    fn from(import: RegisterImport) -> Self {
        let (request, counts) = (import.request, import.counts);
        Self {
            id: import.id.to_string(),
            source: request.source,
            origin: request.origin,
            complete: request.is_complete,
            max_ended_percent: request.max_ended_percent,
            state: import.state,
            not_modified: import.not_modified,
            rows_read: counts.rows_read,
            added: counts.added,
            changed: counts.changed,
            ended: counts.ended,
            unchanged: counts.unchanged,
            malformed: counts.malformed,
            note: import.note,
            created_at: import.created_at,
            created_by: import.created_by,
            started_at: import.started_at,
            finished_at: import.finished_at,
        }
    }
}

list_of! {
    /// Imports, oldest first.
    RegisterImportList of RegisterImportResponse
}

/// What is wrong with a row of a list (fout in een regel).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "row": 17,
    "number": "PSO-2026-0124",
    "field": "validFrom",
    "code": "date-malformed",
    "detail": "`31 januari` is no day; write 2026-01-31 or 31-01-2026"
}))]
pub struct RegisterImportFaultResponse {
    /// The row: in a CSV file its line, in a JSON list its place, from 1.
    row: i64,
    /// The number of the certificate, where the row has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<String>,
    /// The column or member; empty for the whole row.
    field: String,
    /// What is wrong, for programs.
    code: String,
    /// What is wrong, and what would be right, for people.
    detail: String,
}

impl From<(i64, ImportFault)> for RegisterImportFaultResponse {
    fn from((_, fault): (i64, ImportFault)) -> Self {
        Self {
            row: fault.row,
            number: fault.number,
            field: fault.field,
            code: fault.code,
            detail: fault.detail,
        }
    }
}

list_of! {
    /// What was wrong with the rows, in the order of the list.
    RegisterImportFaultList of RegisterImportFaultResponse
}

fn asked(location: String, import: RegisterImport) -> HttpResponse {
    HttpResponse::Accepted().insert_header(("Location", location)).json(RegisterImportResponse::from(import))
}

/// Asks for an import of the register
///
/// Has the configured register (PSO-register) read in the background, unless its list is still the one that was
/// read last. The import tells how far it is.
#[utoipa::path(
    post,
    path = "/pso-register-imports",
    tag = "pso",
    request_body = RegisterImportRequest,
    responses(
        (status = 202, description = "The import waits", body = RegisterImportResponse),
        (status = 409, description = "No register is configured")
    )
)]
pub async fn create_pso_register_import(
    state: Data<AppState>,
    caller: Caller,
    body: Json<RegisterImportRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let RegisterImportRequest { complete, max_ended_percent } = body.0;
    let terms = ImportTerms { is_complete: complete, max_ended_percent };
    let import = state.run(move |services| register_imports::request(services, &caller.0, &terms)).await?;
    Ok(asked(resource::location(&request, import.id), import))
}

/// Hands over the list of certified organisations
///
/// Takes the list of certified organisations (lijst van het PSO-register) as CSV or JSON, to be read in the
/// background; the import tells how far it is. Sound rows are taken and others told with their number. The same
/// list can be handed over again: nothing is done twice.
#[utoipa::path(
    post,
    path = "/pso-register-lists",
    tag = "pso",
    params(ListQuery),
    request_body(
        description = "A CSV file with a head, or a JSON array",
        content((RegisterList = "application/json"), (RegisterCsv = "text/csv"))
    ),
    responses((status = 202, description = "The import waits", body = RegisterImportResponse))
)]
pub async fn upload_pso_register_list(
    state: Data<AppState>,
    caller: Caller,
    query: Query<ListQuery>,
    list: RawList,
) -> Result<HttpResponse, Problem> {
    let ListQuery { name, complete, max_ended_percent } = query.into_inner();
    let terms = ImportTerms { is_complete: complete, max_ended_percent };
    let import = state
        .run(move |services| register_imports::upload(services, &caller.0, &name, &terms, list.0.as_ref()))
        .await?;
    Ok(asked(format!("/v1/pso-register-imports/{}", import.id), import))
}

/// Lists the imports of the register
///
/// All imports (imports), those that wait or are under way too.
#[utoipa::path(
    get,
    path = "/pso-register-imports",
    tag = "pso",
    params(PageQuery),
    responses((status = 200, description = "A page of imports", body = RegisterImportList))
)]
pub async fn list_pso_register_imports(
    state: Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request::<RegisterImportId>()?;
    let page = state.run(move |services| register_imports::list(services, &caller.0, &request)).await?;
    Ok(query.answer(page, |item| item.id, RegisterImportList::of))
}

/// Shows an import of the register
///
/// How far the import (import) is, and what came of it so far.
#[utoipa::path(
    get,
    path = "/pso-register-imports/{importId}",
    tag = "pso",
    params(RegisterImportParams),
    responses((status = 200, description = "The import", body = RegisterImportResponse))
)]
pub async fn get_pso_register_import(
    state: Data<AppState>,
    caller: Caller,
    path: Path<RegisterImportParams>,
) -> Result<HttpResponse, Problem> {
    let import =
        state.run(move |services| register_imports::get(services, &caller.0, path.import_id)).await?;
    Ok(HttpResponse::Ok().json(RegisterImportResponse::from(import)))
}

/// Lists what was wrong with the rows of an import
///
/// The rows (regels) that could not be taken, each with its number, the field and what would be right; of many,
/// the first thousand faults.
#[utoipa::path(
    get,
    path = "/pso-register-imports/{importId}/faults",
    tag = "pso",
    params(RegisterImportParams, PageQuery),
    responses((status = 200, description = "A page of faults", body = RegisterImportFaultList))
)]
pub async fn list_pso_register_import_faults(
    state: Data<AppState>,
    caller: Caller,
    path: Path<RegisterImportParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request::<i64>()?;
    let page = state
        .run(move |services| register_imports::list_faults(services, &caller.0, path.import_id, &request))
        .await?;
    Ok(query.answer(page, |(number, _)| *number, RegisterImportFaultList::of))
}
