//! Evidence (bewijsstukken): files with entries, passed through in parts both ways.

use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{Data, Path, Payload, Query};
use actix_web::{HttpMessage, HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{ContractParams, EntryParams, EvidenceParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::following::entry::EntryPath;
use trede_model::following::evidence::{Evidence, EvidenceKind, MediaType, ScanState};
use trede_service::following::evidence;

/// What a file shows.
#[derive(Clone, Copy, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct EvidenceQuery {
    /// What it shows.
    #[serde(default = "unspecified")]
    #[param(schema_with = schema::evidence_kind)]
    kind: EvidenceKind,
}

const fn unspecified() -> EvidenceKind {
    EvidenceKind::Other
}

/// The content of a file (inhoud), as it is.
#[derive(ToSchema)]
#[schema(value_type = String, format = Binary, example = "%PDF-1.7 …")]
#[expect(dead_code, reason = "read by the derive only")]
pub struct EvidenceContent(Vec<u8>);

/// A file of evidence (bewijsstuk): what is known of it. It has no name of its own, since names of files tend
/// to be names of people.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000041",
    "entryId": "0190a5c8-0000-7000-8000-000000000022",
    "kind": "hours",
    "mediaType": "application/pdf",
    "bytes": 48213,
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "scan": "clean",
    "addedAt": "2026-05-01T09:00:00Z",
    "addedBy": "opdrachtnemer-1"
}))]
pub struct EvidenceFileResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The entry that it belongs to.
    #[schema(value_type = String, format = Uuid)]
    entry_id: String,
    /// What it shows.
    #[schema(schema_with = schema::evidence_kind)]
    kind: EvidenceKind,
    /// What kind of file it is.
    #[schema(schema_with = schema::media_type)]
    media_type: MediaType,
    /// The length of its content.
    #[schema(minimum = 1)]
    bytes: i64,
    /// SHA-256 of its content, in hexadecimal; kept also after the content was removed.
    sha256: String,
    /// What the malware scanner said.
    #[schema(schema_with = schema::scan_state)]
    scan: ScanState,
    /// When it was added.
    added_at: DateTime<Utc>,
    /// By whom.
    added_by: String,
    /// When its content was removed, after the term of retention (bewaartermijn).
    #[serde(skip_serializing_if = "Option::is_none")]
    removed_at: Option<DateTime<Utc>>,
}

impl From<Evidence> for EvidenceFileResponse {
    fn from(evidence: Evidence) -> Self {
        Self {
            id: evidence.id.to_string(),
            entry_id: evidence.entry.to_string(),
            kind: evidence.kind,
            media_type: evidence.media_type,
            bytes: evidence.bytes,
            sha256: evidence.sha256,
            scan: evidence.scan,
            added_at: evidence.added_at,
            added_by: evidence.added_by,
            removed_at: evidence.removed_at,
        }
    }
}

list_of! {
    /// Files of evidence, in the order in which they were added.
    EvidenceFileList of EvidenceFileResponse
}

fn at(tenant: &Tenant, contract: &ContractParams, entry: &EntryParams) -> EntryPath {
    let municipality = tenant.municipality;
    EntryPath { municipality, contract: contract.contract_id, entry: entry.entry_id }
}

/// Lists the evidence with an entry
///
/// What is known of each file (bewijsstuk) with the entry, in the order in which they were added.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/evidence-files",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams, PageQuery),
    responses((status = 200, description = "A page of files", body = EvidenceFileList))
)]
pub async fn list_evidence_files(
    state: Data<AppState>,
    tenant: Tenant,
    contract: Path<ContractParams>,
    entry: Path<EntryParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let at = at(&tenant, &contract, &entry);
    let page = state.run(move |services| evidence::list(services, &tenant.actor, at, &request)).await?;
    Ok(query.answer(page, |item| item.id, EvidenceFileList::of))
}

/// Adds evidence to an entry
///
/// Takes a file (bewijsstuk) in as the body of the request, measured, hashed and scanned while it comes. Its
/// first bytes must be of the kind that `Content-Type` says. Only the parties of the contract and the
/// municipality can read it.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/evidence-files",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams, EvidenceQuery),
    request_body(
        description = "The file",
        content(
            (EvidenceContent = "application/pdf"),
            (EvidenceContent = "image/png"),
            (EvidenceContent = "image/jpeg"),
            (EvidenceContent = "image/webp"),
            (EvidenceContent = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (EvidenceContent = "application/vnd.oasis.opendocument.spreadsheet"),
            (EvidenceContent = "text/csv"),
        )
    ),
    responses(
        (status = 201, description = "The file is added", body = EvidenceFileResponse),
        (status = 409, description = "The entry was decided on, or has too many files")
    )
)]
pub async fn create_evidence_file(
    state: Data<AppState>,
    tenant: Tenant,
    contract: Path<ContractParams>,
    entry: Path<EntryParams>,
    query: Query<EvidenceQuery>,
    body: Payload,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let at = at(&tenant, &contract, &entry);
    let kind = query.kind;
    let said = request.content_type().parse::<MediaType>().ok();
    let Tenant { actor, .. } = tenant;
    let asking = actor.clone();
    // Who may not, or what is not there, is told before the kind of file.
    let media_type = said.unwrap_or(MediaType::Pdf);
    let admitted =
        state.run(move |services| evidence::admit(services, &asking, at, kind, media_type)).await?;
    if said.is_none() {
        return Err(not_taken());
    }
    let taken = evidence::receive(&state.services, admitted, body).await?;
    let added = state.run(move |services| evidence::add(services, &actor, admitted, taken)).await?;
    Ok(resource::recorded(&request, added.id, &EvidenceFileResponse::from(added)))
}

fn not_taken() -> Problem {
    let kinds: Vec<_> = MediaType::ALL.iter().map(|kind| kind.code()).collect();
    Problem::new(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "unsupported-media-type",
        "Unsupported media type",
        format!("send the file with its own Content-Type, one of: {}", kinds.join(", ")),
    )
}

/// Shows what is known of a file of evidence
///
/// Kind, length, hash and scan of the file (bewijsstuk), without its content.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/evidence-files/{evidenceFileId}",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams, EvidenceParams),
    responses((status = 200, description = "What is known of the file", body = EvidenceFileResponse))
)]
pub async fn get_evidence_file(
    state: Data<AppState>,
    tenant: Tenant,
    contract: Path<ContractParams>,
    entry: Path<EntryParams>,
    file: Path<EvidenceParams>,
) -> Result<HttpResponse, Problem> {
    let at = at(&tenant, &contract, &entry);
    let id = file.evidence_file_id;
    let found = state.run(move |services| evidence::get(services, &tenant.actor, at, id)).await?;
    Ok(HttpResponse::Ok().json(EvidenceFileResponse::from(found)))
}

/// Sends the content of a file of evidence
///
/// The content of the file (bewijsstuk) as it came in, to the parties of the contract and the municipality.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/evidence-files/{evidenceFileId}/content",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams, EvidenceParams),
    responses(
        (status = 200, description = "The content", body = EvidenceContent, content_type = "application/octet-stream"),
        (status = 409, description = "The content was removed, or was never scanned")
    )
)]
pub async fn get_evidence_content(
    state: Data<AppState>,
    tenant: Tenant,
    contract: Path<ContractParams>,
    entry: Path<EntryParams>,
    file: Path<EvidenceParams>,
) -> Result<HttpResponse, Problem> {
    let at = at(&tenant, &contract, &entry);
    let id = file.evidence_file_id;
    let found = state.run(move |services| evidence::readable(services, &tenant.actor, at, id)).await?;
    let content = evidence::content(&state.services, &found).await?;
    // A browser neither shows it in place nor runs anything in it.
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, found.media_type.code()))
        .insert_header((CONTENT_LENGTH, found.bytes.to_string()))
        .insert_header((CONTENT_DISPOSITION, "attachment"))
        .no_chunking(u64::try_from(found.bytes).unwrap_or_default())
        .streaming(content))
}
