//! Imports of notices (ingelezen aankondigingen): from the European gazette to a draft tender.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::http::header::LOCATION;
use actix_web::web::{Data, Path, Query};
use actix_web::{FromRequest, HttpMessage, HttpRequest, HttpResponse, HttpResponseBuilder};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::{self, JSON, LARGE};
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, NoticeImportParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_formats::eforms::NoticeReport;
use trede_model::tendering::notice_import::{ImportOutcome, NoticeImport, NoticeImportSummary, NoticeKind};
use trede_model::tendering::tender::BidCustody;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::notice_imports;
use trede_service::tendering::notice_source::NoticeDocument;

/// What a notice does not say.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ImportQuery {
    /// Who keeps the bids until the opening. Left out: the platform, and listed as to complete.
    #[serde(default)]
    #[param(schema_with = schema::bid_custody)]
    bid_custody: Option<BidCustody>,
}

/// Where a notice (aankondiging) is: here as text, or on TenderNed. One of the two.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "notice": "<ContractNotice xmlns=\"urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2\" \
               xmlns:cac=\"urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2\" \
               xmlns:cbc=\"urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\">\
               <cbc:ID schemeName=\"notice-id\">6c2f0d3c-0000-4000-8000-000000000001</cbc:ID>\
               <cbc:VersionID>01</cbc:VersionID><cac:ProcurementProjectLot>\
               <cbc:ID schemeName=\"Lot\">LOT-0001</cbc:ID></cac:ProcurementProjectLot></ContractNotice>"
}))]
pub struct NoticeImportRequest {
    /// The XML of the notice (aankondiging), as UBL and eForms prescribe it.
    #[serde(default)]
    #[schema(min_length = 1)]
    notice: Option<String>,
    /// The number under which TenderNed published it (publicatienummer); fetched from there, where that is
    /// configured.
    #[serde(default)]
    #[schema(pattern = "^[0-9]{1,12}$", example = "368233")]
    publication_number: Option<String>,
}

impl TryFrom<NoticeImportRequest> for NoticeDocument {
    type Error = Problem;

    fn try_from(request: NoticeImportRequest) -> Result<Self, Problem> {
        match (request.notice, request.publication_number) {
            (Some(notice), None) => Ok(Self::Text(notice)),
            (None, Some(number)) => Ok(Self::OnTenderNed(number)),
            _ => {
                let detail = "give either `notice` or `publicationNumber`";
                Err(ServiceError::invalid("", "one-of-two", detail).into())
            }
        }
    }
}

/// A notice (aankondiging): an XML document as UBL and eForms prescribe it, in the encoding that it
/// declares; at most 32 MB. It has no document type and no entities of its own.
#[derive(ToSchema)]
#[schema(value_type = String, example = "<ContractNotice>…</ContractNotice>")]
#[expect(dead_code, reason = "read by the derive only")]
struct NoticeXml(String);

/// The body of an import, in either form.
pub struct NoticeBody(NoticeDocument);

impl FromRequest for NoticeBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let is_json = request.content_type().eq_ignore_ascii_case(JSON);
        let body = body::read(request, payload, LARGE, &["application/xml", "text/xml", JSON]);
        Box::pin(async move {
            let bytes = body.await?;
            if is_json {
                let request: NoticeImportRequest = body::parse(&bytes)?;
                return request.try_into().map(Self);
            }
            Ok(Self(NoticeDocument::Bytes(bytes.into())))
        })
    }
}

/// An import of a notice (ingelezen aankondiging), without its report.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000007",
    "noticeId": "c4c415ee-ac08-4465-8fa6-57568cf69462",
    "noticeVersion": "01",
    "kind": "contract-notice",
    "procedureId": "31f258b6-5eb2-4875-8997-affa3cdce27c",
    "tenderId": "0190a5c8-0000-7000-8000-000000000001",
    "outcome": "created",
    "fingerprint": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "openPoints": 7,
    "leftOut": 120,
    "importedAt": "2026-03-02T09:00:00Z",
    "importedBy": "inkoper-1"
}))]
pub struct NoticeImportSummaryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The notice's own id (BT-701); of a notice without one, `sha256:` and the hash of its bytes.
    notice_id: String,
    /// The notice's version (BT-757, versie); empty where it has none.
    notice_version: String,
    /// What kind of notice it was.
    #[schema(schema_with = schema::notice_kind)]
    kind: NoticeKind,
    /// The procedure (procedure), the same in all its notices (BT-04).
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure_id: Option<String>,
    /// The tender that was made or found (aanbesteding); none for a result of a procedure that is not here, or
    /// when the draft was removed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    tender_id: Option<String>,
    /// What the import did.
    #[schema(schema_with = schema::import_outcome)]
    outcome: ImportOutcome,
    /// SHA-256 of the notice's bytes, in hexadecimal.
    fingerprint: String,
    /// How many points are to complete (te completeren).
    #[schema(minimum = 0)]
    open_points: i32,
    /// How many texts of the notice are not in the draft (niet overgenomen).
    #[schema(minimum = 0)]
    left_out: i32,
    /// When it was imported.
    imported_at: DateTime<Utc>,
    /// By whom.
    imported_by: String,
}

impl From<NoticeImportSummary> for NoticeImportSummaryResponse {
    fn from(summary: NoticeImportSummary) -> Self {
        Self {
            id: summary.id.to_string(),
            notice_id: summary.notice.id,
            notice_version: summary.notice.version,
            kind: summary.kind,
            procedure_id: summary.procedure_id,
            tender_id: summary.tender.map(|id| id.to_string()),
            outcome: summary.outcome,
            fingerprint: summary.fingerprint,
            open_points: summary.to_complete,
            left_out: summary.not_taken_over,
            imported_at: summary.imported_at,
            imported_by: summary.imported_by,
        }
    }
}

/// An import of a notice (ingelezen aankondiging) with its report.
///
/// A declaration for the document only: the report is sent as it is stored.
#[derive(ToSchema)]
#[schema(as = NoticeImportResponse)]
#[expect(dead_code, reason = "read by the derive only")]
struct NoticeImportDocument {
    /// What it is.
    #[schema(inline)]
    #[serde(flatten)]
    summary: NoticeImportSummaryResponse,
    /// What was understood, what is to complete, and what was not taken over (verslag).
    report: NoticeReport,
}

list_of! {
    /// Imports without their reports, in the order in which they were made.
    NoticeImportList of NoticeImportSummaryResponse
}

fn with_report(answer: HttpResponseBuilder, import: NoticeImport) -> Result<HttpResponse, Problem> {
    let NoticeImport { summary, report } = import;
    resource::with_documents(
        answer,
        &NoticeImportSummaryResponse::from(summary),
        &[("report", report.as_str())],
    )
}

/// Lists the imports of notices
///
/// Every notice that was imported (ingelezen aankondigingen), without its report, in the order in which they
/// came in.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/notice-imports",
    tag = "notices",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of imports", body = NoticeImportList))
)]
pub async fn list_notice_imports(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| notice_imports::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(query.answer(page, |item| item.id, NoticeImportList::of))
}

/// Shows the import of a notice
///
/// What was understood of the notice (aankondiging) in all its languages, what the tender still needs (te
/// completeren), and everything that is not in the draft (niet overgenomen).
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/notice-imports/{noticeImportId}",
    tag = "notices",
    params(MunicipalityParams, NoticeImportParams),
    responses((status = 200, description = "The import", body = NoticeImportDocument))
)]
pub async fn get_notice_import(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<NoticeImportParams>,
) -> Result<HttpResponse, Problem> {
    let import = state
        .run(move |services| {
            notice_imports::get(services, &tenant.actor, tenant.municipality, path.notice_import_id)
        })
        .await?;
    with_report(HttpResponse::Ok(), import)
}

/// Imports a notice
///
/// Reads a notice of eForms (aankondiging) and makes a draft tender with its lots, or brings the draft of the
/// same procedure up to date. What the notice leaves open is listed, never guessed. The same notice again
/// (id and version) gives the import that there is, with 200. A published tender does not change by a notice:
/// what it says is reported. A result notice is recorded with its award facts. A notice on TenderNed is fetched
/// by its publication number.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/notice-imports",
    tag = "notices",
    params(MunicipalityParams, ImportQuery),
    request_body(content((NoticeXml = "application/xml"), (NoticeImportRequest = "application/json"))),
    responses(
        (status = 200, description = "The notice was imported before", body = NoticeImportDocument),
        (status = 201, description = "The notice is imported", body = NoticeImportDocument),
        (status = 409, description = "Another notice has this id and version, another tender the procedure's id, or TenderNed is not configured")
    )
)]
pub async fn create_notice_import(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<ImportQuery>,
    body: NoticeBody,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let custody = query.bid_custody;
    let imported = state
        .run(move |services| {
            notice_imports::create(services, &tenant.actor, tenant.municipality, &body.0, custody)
        })
        .await?;
    if !imported.is_new {
        return with_report(HttpResponse::Ok(), imported.import);
    }
    let mut answer = HttpResponse::Created();
    answer.insert_header((LOCATION, resource::location(&request, imported.import.summary.id)));
    with_report(answer, imported.import)
}
