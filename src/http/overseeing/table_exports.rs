//! Exports of tables (uitvoer) and templates for imports, sent while they are read.

use std::fs::File;
use std::io::{Read, Seek};
use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use actix_web::web::{self, Bytes, Data, Path, Query};
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::following::table_imports::TableContent;
use crate::http::frame::auth::{Caller, Tenant};
use crate::http::frame::path::{MunicipalityParams, TableParams, TemplateParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::overseeing::export_queries::ExportQuery;
use crate::http::state::AppState;
use trede_formats::tables::workbook_writer::{Head, WorkbookWriter};
use trede_formats::tables::write::{BYTE_ORDER_MARK, Cell, csv_of, json_of};
use trede_formats::tables::{Column, Notation, TableFormat};
use trede_rules::explaining::Language;
use trede_service::frame::access::{Operation, authorise_national};
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::overseeing::exports::{self, ExportSearch, ExportTable, Place};
use trede_wire::score_result::LanguageCode;

/// How a table is written.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FormatQuery {
    /// How the table is written.
    #[serde(default = "usual")]
    #[param(schema_with = schema::table_format)]
    pub(super) format: TableFormat,
    /// CSV as a spreadsheet of that country opens it: `nl` with semicolons, decimal commas and days as
    /// `31-01-2026`, behind a byte order mark; left out or `en` as RFC 4180 has it.
    #[param(schema_with = schema::notation)]
    pub(super) locale: Option<Notation>,
    /// The language of the names of columns and sheets in CSV and workbooks; left out: the names of the API.
    #[param(schema_with = schema::language)]
    pub(super) language: Option<LanguageCode>,
}

impl FormatQuery {
    fn notation(self) -> Notation {
        self.locale.unwrap_or(Notation::English)
    }

    fn language(self) -> Language {
        self.language.map_or(Language::English, Language::from)
    }

    /// A name of a column: members of JSON bear those of the API in every language.
    fn name(self, column: &Column) -> &'static str {
        if self.format == TableFormat::Json { column.name } else { column.name_in(self.language()) }
    }

    /// Rows of CSV, with what stands before the first ones.
    fn csv(self, rows: &[Vec<String>], is_first: bool) -> std::io::Result<Vec<u8>> {
        let mut text = csv_of(rows, self.notation())?;
        if is_first && self.notation() == Notation::Dutch {
            text.splice(0..0, BYTE_ORDER_MARK.iter().copied());
        }
        Ok(text)
    }
}

pub(super) const fn usual() -> TableFormat {
    TableFormat::Csv
}

fn attachment(format: TableFormat, name: &str) -> actix_web::HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((CONTENT_TYPE, format.media_type()))
        .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.{format}\"")));
    answer
}

/// The rows of a table as JSON: an object for each, with a member for each column.
#[derive(Clone, Debug, ToSchema)]
#[schema(value_type = Vec<Object>, example = json!([{"externalReference": "V-0001", "kind": "placement"}]))]
pub struct TableRows(#[allow(dead_code)] Vec<serde_json::Map<String, serde_json::Value>>);

/// Sends the template of a table
///
/// The names of the columns with an example (sjabloon), to fill in and import.
#[utoipa::path(
    get,
    path = "/table-templates/{table}/content",
    tag = "tables",
    params(TemplateParams, FormatQuery),
    responses((
        status = 200,
        description = "The template",
        content(
            (TableContent = "text/csv"),
            (TableContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (TableRows = "application/json"),
        )
    ))
)]
pub async fn get_table_template(
    caller: Caller,
    path: Path<TemplateParams>,
    query: Query<FormatQuery>,
) -> Result<HttpResponse, Problem> {
    authorise_national(&caller.0, Operation::GetTableTemplate)?;
    let query = query.into_inner();
    let columns = path.table.layout().columns;
    let names: Vec<&str> = columns.iter().map(|column| query.name(column)).collect();
    let example: Vec<Cell> = columns.iter().map(Column::example_cell).collect();
    let content = match query.format {
        TableFormat::Csv => {
            let text = example.iter().map(|cell| cell.guarded(query.notation())).collect();
            let rows = [names.iter().map(|name| (*name).to_owned()).collect(), text];
            query.csv(&rows, true).map_err(unwritten)?
        }
        TableFormat::Xlsx => {
            let heads =
                columns.iter().map(|column| Head { name: query.name(column), width: column.kind.width() });
            let sheet = path.table.sheet_name(query.language());
            let mut workbook = WorkbookWriter::begin(sheet, &heads.collect::<Vec<_>>()).map_err(unwritten)?;
            workbook.add(&example).map_err(unwritten)?;
            let mut file = workbook.finish().map_err(unwritten)?;
            let mut content = Vec::new();
            file.rewind().map_err(unwritten)?;
            file.read_to_end(&mut content).map_err(unwritten)?;
            content
        }
        TableFormat::Json => {
            [b"[".as_slice(), &json_of(&names, &[example], true).map_err(unwritten)?, b"]"].concat()
        }
    };
    Ok(attachment(query.format, path.table.code()).body(content))
}

fn unwritten(error: impl std::error::Error + Send + Sync + 'static) -> ServiceError {
    ServiceError::Internal(Box::new(error))
}

/// Sends an export
///
/// Every contract, entry or row of the ledger that the caller may see and looks for (uitvoer), as CSV, as a workbook or
/// as JSON, sent while it is read. Texts that a spreadsheet would run as a formula begin with an apostrophe in CSV and workbooks.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/exports/{table}/content",
    tag = "tables",
    params(MunicipalityParams, TableParams, ExportQuery),
    responses((
        status = 200,
        description = "The table",
        content(
            (TableContent = "text/csv"),
            (TableContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (TableRows = "application/json"),
        )
    ))
)]
pub async fn get_export(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TableParams>,
    query: Query<ExportQuery>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let table = path.table;
    let (query, search) = query.into_inner().asked(table)?;
    let mut answer = attachment(query.format, table.code());
    if query.format == TableFormat::Xlsx {
        let language = query.language();
        let file = state
            .run_large(move |services| {
                exports::workbook(services, &actor, municipality, (table, &search), language)
            })
            .await?;
        return Ok(answer.streaming(parts_of(file)));
    }
    // The first rows are read before the answer begins, so that a refusal is one.
    let export = Export { state, actor, tenant: municipality, table, query, search: Arc::new(search) };
    let first = export.part(table.beginning(), true).await?;
    let begun = Next { export, ready: Some(first.0), place: first.1 };
    Ok(answer.streaming(unfold(Some(begun), Next::step)))
}

struct Export {
    state: Data<AppState>,
    actor: Actor,
    tenant: trede_base::ids::MunicipalityId,
    table: ExportTable,
    query: FormatQuery,
    search: Arc<ExportSearch>,
}

impl Export {
    /// The text of the rows from a place on, and where the next ones begin.
    async fn part(&self, place: Place, is_first: bool) -> Result<(Bytes, Option<Place>), Problem> {
        let (actor, tenant, search) = (self.actor.clone(), self.tenant, Arc::clone(&self.search));
        let rows = move |services: &_| exports::rows(services, &actor, tenant, &search, place);
        let found = self.state.run(rows).await?;
        let names: Vec<&str> =
            self.table.columns().into_iter().map(|column| self.query.name(column)).collect();
        let text = if self.query.format == TableFormat::Json {
            let mut text = if is_first { b"[".to_vec() } else { Vec::new() };
            text.extend(json_of(&names, &found.rows, is_first).map_err(unwritten)?);
            if found.next.is_none() {
                text.extend(b"]\n");
            }
            text
        } else {
            let head = is_first.then(|| names.iter().map(|name| (*name).to_owned()).collect());
            let notation = self.query.notation();
            let rows = found.rows.iter().map(|row| row.iter().map(|cell| cell.guarded(notation)).collect());
            self.query.csv(&head.into_iter().chain(rows).collect::<Vec<_>>(), is_first).map_err(unwritten)?
        };
        Ok((text.into(), found.next))
    }
}

/// What of an export is still to be sent.
struct Next {
    export: Export,
    ready: Option<Bytes>,
    place: Option<Place>,
}

impl Next {
    async fn step(next: Option<Self>) -> Option<(Result<Bytes, Problem>, Option<Self>)> {
        let mut next = next?;
        if let Some(ready) = next.ready.take() {
            return Some((Ok(ready), Some(next)));
        }
        match next.export.part(next.place?, false).await {
            Ok((text, place)) => {
                next.place = place;
                Some((Ok(text), Some(next)))
            }
            // The status is sent already: the connection breaks off, so that nobody takes a part for the whole.
            Err(problem) => Some((Err(problem), None)),
        }
    }
}

/// The content of a file, from its beginning, in parts.
fn parts_of(file: File) -> impl Stream<Item = Result<Bytes, Problem>> {
    unfold(Some((file, true)), |reading| async {
        let (mut file, is_first) = reading?;
        let read = web::block(move || {
            if is_first {
                file.rewind()?;
            }
            let mut part = vec![0; 64 * 1024];
            let length = file.read(&mut part)?;
            part.truncate(length);
            Ok::<_, std::io::Error>((file, part))
        })
        .await;
        match read {
            Ok(Ok((_, part))) if part.is_empty() => None,
            Ok(Ok((file, part))) => Some((Ok(Bytes::from(part)), Some((file, false)))),
            Ok(Err(error)) => Some((Err(unwritten(error).into()), None)),
            Err(error) => Some((Err(unwritten(error).into()), None)),
        }
    })
}
