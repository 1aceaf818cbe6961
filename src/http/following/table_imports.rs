//! Imports of tables (inlezen): contracts and entries as CSV or as a workbook, in Dutch or in English.

use std::fs::File;
use std::io::{Seek, Write};

use actix_web::http::StatusCode;
use actix_web::web::{Data, Payload, Query};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::language::accepted;
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_formats::tables::{CellError, Manner, Notation, SourceFormat};
use trede_rules::explaining::Language;
use trede_service::Services;
use trede_service::following::{contract_imports, entry_imports};
use trede_service::frame::error::ServiceError;
use trede_service::frame::imports::{ImportManner, ImportReport};
use trede_wire::score_result::LanguageCode;

const MEGABYTE: u64 = 1024 * 1024;

/// How a table is read, and whether anything is stored.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Whether the table is only checked, and nothing stored.
    #[serde(default)]
    #[param(default = false)]
    dry_run: bool,
    /// How numbers are written in texts. Left out, the table has to say so itself: `250.000` is refused, with
    /// both its readings, unless another cell such as `1.234,56` can be read in Dutch only.
    #[param(schema_with = schema::notation)]
    locale: Option<Notation>,
    /// The language of what is told; left out, that of `Accept-Language`, or English.
    #[param(schema_with = schema::language)]
    language: Option<LanguageCode>,
}

/// A table (tabel): CSV with semicolons, commas or tabs, in UTF-8, UTF-16 or Windows-1252; or the first sheet of a
/// workbook that is shown.
#[derive(ToSchema)]
#[schema(
    value_type = String,
    format = Binary,
    example = "contractReference,externalReference,kind,block\nOPD-2026-001,V-0001,placement,participatiewet\n"
)]
#[expect(dead_code, reason = "read by the derive only")]
pub struct TableContent(Vec<u8>);

/// Something that is wrong in a table (fout), and where.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CellErrorResponse {
    /// The row; the names stand in row 1.
    row: u32,
    /// The column; empty where it is about the whole row.
    column: String,
    /// The cell, as a spreadsheet calls it, such as `E5`; empty where it is about the whole row.
    cell: String,
    /// What is wrong, for programs.
    code: &'static str,
    /// What is wrong and what would be right, for people.
    detail: String,
}

impl From<CellError> for CellErrorResponse {
    fn from(error: CellError) -> Self {
        let CellError { row, column, cell, code, detail } = error;
        Self { row, column, cell, code, detail }
    }
}

/// What an import came to (inleesverslag). Rows that are right were taken, also where others were refused: put
/// those right and send the whole table again.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "dryRun": false,
    "rows": 3,
    "added": 1,
    "changed": 0,
    "unchanged": 1,
    "refused": 1,
    "batches": 1,
    "errors": [{
        "row": 4,
        "column": "hoursPerWeek",
        "cell": "H4",
        "code": "cell-malformed",
        "detail": "«veel» is no number that can be read; write it like 1234.56"
    }],
    "remarks": [],
    "untold": 0
}))]
pub struct ImportReportResponse {
    /// Whether nothing was stored, since that was asked (proefdraai).
    dry_run: bool,
    /// How many rows the table has, besides the names.
    rows: u64,
    /// How many were taken; of a dry run, how many would be.
    added: u64,
    /// How many were there already with something else, and were changed; of a dry run, how many would be.
    changed: u64,
    /// How many were there already, and were passed over.
    unchanged: u64,
    /// How many were refused.
    refused: u64,
    /// In how many batches; each has one audit record and one event.
    batches: u64,
    /// By which what was taken can be rolled back as a whole (inlezing); left out where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    import_id: Option<String>,
    /// Everything that is wrong, in the order of the rows.
    errors: Vec<CellErrorResponse>,
    /// What hindered nothing: columns that are not read, which sheet of a workbook was read, and what the table
    /// says of something that is computed here.
    remarks: Vec<CellErrorResponse>,
    /// How many errors and remarks more there are than are told here.
    untold: u64,
}

impl From<ImportReport> for ImportReportResponse {
    fn from(report: ImportReport) -> Self {
        Self {
            dry_run: report.dry_run,
            rows: report.rows,
            added: report.added,
            changed: report.changed,
            unchanged: report.unchanged,
            refused: report.refused,
            batches: report.batches,
            import_id: report.import.map(|id| id.to_string()),
            errors: report.errors.into_iter().map(CellErrorResponse::from).collect(),
            remarks: report.remarks.into_iter().map(CellErrorResponse::from).collect(),
            untold: report.untold,
        }
    }
}

/// The format of a body and the most bytes of it.
fn format(request: &HttpRequest) -> Result<(SourceFormat, u64), Problem> {
    let media = request.content_type();
    match SourceFormat::ALL.iter().find(|format| format.media_type().eq_ignore_ascii_case(media)) {
        Some(SourceFormat::Csv) => Ok((SourceFormat::Csv, 64 * MEGABYTE)),
        Some(workbook) => Ok((*workbook, 16 * MEGABYTE)),
        None => {
            let known: Vec<&str> = SourceFormat::ALL.iter().map(|format| format.media_type()).collect();
            Err(Problem::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Unsupported media type",
                format!("send {}", known.join(", ")),
            ))
        }
    }
}

/// The language in which the caller is told.
fn language(asked: Option<LanguageCode>, request: &HttpRequest) -> Language {
    asked.map_or_else(|| accepted(request), Language::from)
}

/// The body in a file without a name: it is read twice, and never whole in memory.
async fn spooled(mut body: Payload, most_bytes: u64) -> Result<File, Problem> {
    let unwritten = |error: std::io::Error| Problem::from(ServiceError::Internal(error.into()));
    let mut file = tempfile::tempfile().map_err(unwritten)?;
    let mut bytes: u64 = 0;
    while let Some(part) = body.next().await {
        let part = part.map_err(|_| {
            Problem::from(ServiceError::invalid(
                "",
                "unreadable-body",
                "the body broke off or could not be read",
            ))
        })?;
        bytes = bytes.saturating_add(u64::try_from(part.len()).unwrap_or(u64::MAX));
        if bytes > most_bytes {
            return Err(ServiceError::TooLarge { most_bytes }.into());
        }
        file.write_all(&part).map_err(unwritten)?;
    }
    file.rewind().map_err(unwritten)?;
    Ok(file)
}

/// What an import makes of the table in the body. Its place among the large calculations is taken before the
/// body is read, and kept until all is done.
async fn imported(
    state: &AppState,
    (request, query): (&HttpRequest, ImportQuery),
    body: Payload,
    import: impl FnOnce(&Services, File, ImportManner) -> Result<ImportReport, ServiceError> + Send + 'static,
) -> Result<HttpResponse, Problem> {
    let (format, most) = format(request)?;
    let ImportQuery { dry_run, locale, language: asked } = query;
    let how = ImportManner { format, manner: Manner { language: language(asked, request), locale }, dry_run };
    let pass = state.enter()?;
    let file = spooled(body, most).await?;
    let report = state.run_inside(pass, move |services| import(services, file, how)).await?;
    Ok(HttpResponse::Ok().json(ImportReportResponse::from(report)))
}

/// Imports contracts
///
/// Registers the contracts of a table (inlezen van opdrachten), with what is owed under each. A row whose id or
/// reference is there already with the same terms is passed over, so that the table can be sent again, and an
/// export imported; where it says something else, that becomes a change of the kind `correction`.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contract-imports",
    tag = "tables",
    params(MunicipalityParams, ImportQuery),
    request_body(
        description = "The table",
        content(
            (TableContent = "text/csv"),
            (TableContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (TableContent = "application/vnd.oasis.opendocument.spreadsheet"),
        )
    ),
    responses((status = 200, description = "What the import came to", body = ImportReportResponse))
)]
pub async fn create_contract_import(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<ImportQuery>,
    body: Payload,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    contract_imports::admit(&actor, municipality)?;
    imported(&state, (&request, query.into_inner()), body, move |services, file, how| {
        contract_imports::import(services, &actor, municipality, file, how)
    })
    .await
}

/// Imports entries
///
/// Writes the entries of a table (inlezen van verantwoordingen) as drafts, each valued by the policy of its
/// contract. A row whose id or reference is there already with the same content is passed over, so that a table
/// can be sent again, also one that broke off, and an export imported; where it says something else, an entry that
/// was not handed in is changed. A contractor imports under its own contracts only.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-imports",
    tag = "tables",
    params(MunicipalityParams, ImportQuery),
    request_body(
        description = "The table",
        content(
            (TableContent = "text/csv"),
            (TableContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (TableContent = "application/vnd.oasis.opendocument.spreadsheet"),
        )
    ),
    responses((status = 200, description = "What the import came to", body = ImportReportResponse))
)]
pub async fn create_entry_import(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<ImportQuery>,
    body: Payload,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    entry_imports::admit(&actor, municipality)?;
    imported(&state, (&request, query.into_inner()), body, move |services, file, how| {
        entry_imports::import(services, &actor, municipality, file, how)
    })
    .await
}
