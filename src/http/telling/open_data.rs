//! Open data (open data): the published tenders in the Open Contracting Data Standard, for anybody.

use actix_web::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_TYPE};
use actix_web::web::{Bytes, Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use futures_util::stream;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::state::AppState;
use trede_formats::ocds::{
    EXTENSION, EXTENSION_SCHEMA, PackageKind, PackageMeta, Process, joined, record, releases,
};
use trede_model::telling::open_data::{OcidPrefix, OpenDataChoice, OpenDataSettings};
use trede_model::tendering::tender::TenderId;
use trede_service::frame::error::ServiceError;
use trede_service::telling::open_data::{self, Publisher};

/// How a municipality publishes its tenders (instellingen voor open data).
#[derive(Clone, Debug, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "open": true,
    "ocidPrefix": "ocds-213czf",
    "license": "https://creativecommons.org/publicdomain/zero/1.0/"
}))]
pub struct OpenDataSettingsDocument {
    /// Whether anybody may read the published tenders (openbaar).
    open: bool,
    /// The publisher's prefix of ids (OCID), as the Open Contracting Partnership gave it out; needed to be
    /// open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^ocds-[a-z0-9]{6}$")]
    ocid_prefix: Option<String>,
    /// The licence (licentie), as a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^https?://")]
    license: Option<String>,
    /// How it is published (publicatiebeleid), as a URL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, pattern = "^https?://")]
    publication_policy: Option<String>,
}

impl TryFrom<OpenDataSettingsDocument> for OpenDataChoice {
    type Error = ServiceError;

    fn try_from(document: OpenDataSettingsDocument) -> Result<Self, ServiceError> {
        let prefix = document.ocid_prefix.map(|text| text.parse::<OcidPrefix>()).transpose();
        Ok(Self {
            is_open: document.open,
            ocid_prefix: prefix.map_err(|error| {
                ServiceError::invalid("/ocidPrefix", "malformed-prefix", error.to_string())
            })?,
            license: document.license,
            publication_policy: document.publication_policy,
        })
    }
}

impl From<OpenDataChoice> for OpenDataSettingsDocument {
    fn from(choice: OpenDataChoice) -> Self {
        Self {
            open: choice.is_open,
            ocid_prefix: choice.ocid_prefix.map(|prefix| prefix.to_string()),
            license: choice.license,
            publication_policy: choice.publication_policy,
        }
    }
}

fn found(settings: OpenDataSettings) -> HttpResponse {
    resource::found(settings.record.version, &OpenDataSettingsDocument::from(settings.choice))
}

/// Shows how the municipality publishes its tenders
///
/// The settings for open data (instellingen); closed until somebody opens them.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data-settings",
    tag = "open-data",
    params(MunicipalityParams),
    responses((status = 200, description = "The settings", body = OpenDataSettingsDocument))
)]
pub async fn get_open_data_settings(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let settings = state
        .run(move |services| open_data::get_settings(services, &tenant.actor, tenant.municipality))
        .await?;
    Ok(found(settings))
}

/// Sets how the municipality publishes its tenders
///
/// Opens or closes the published tenders as open data (instellingen). `If-Match` is `"0"` the first time.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/open-data-settings",
    tag = "open-data",
    params(MunicipalityParams, IfMatch),
    request_body = OpenDataSettingsDocument,
    responses((status = 200, description = "It is set", body = OpenDataSettingsDocument))
)]
pub async fn update_open_data_settings(
    state: Data<AppState>,
    tenant: Tenant,
    seen: IfMatch,
    body: Json<OpenDataSettingsDocument>,
) -> Result<HttpResponse, Problem> {
    let choice = OpenDataChoice::try_from(body.0)?;
    let settings = state
        .run(move |services| {
            open_data::update_settings(services, &tenant.actor, tenant.municipality, seen.0, &choice)
        })
        .await?;
    Ok(found(settings))
}

/// Who publishes a package of OCDS (uitgever).
#[derive(ToSchema)]
#[schema(example = json!({"name": "Utrecht"}))]
#[expect(dead_code, reason = "read by the derive only")]
struct PackagePublisher {
    /// Its name (naam).
    name: String,
}

/// A release package of OCDS 1.1 (pakket van releases). Its full schema is that of the standard, with the
/// extensions that it names. `publishedDate` is described there only: it holds a moment and no date.
#[derive(ToSchema)]
#[schema(example = json!({
    "uri": "https://trede.example.nl/v1/municipalities/gm0344/open-data/releases",
    "version": "1.1",
    "extensions": ["https://trede.example.nl/v1/ocds-extension/extension.json"],
    "publisher": {"name": "Utrecht"},
    "releases": []
}))]
#[expect(dead_code, reason = "read by the derive only")]
struct ReleasePackage {
    /// Where the package is (adres).
    #[schema(format = "uri")]
    uri: String,
    /// The version of the standard (versie).
    version: String,
    /// Where the extensions are that it uses (uitbreidingen).
    extensions: Vec<String>,
    /// The municipality (uitgever).
    publisher: PackagePublisher,
    /// The releases (releases), by procedure and stage.
    releases: Vec<serde_json::Value>,
}

/// A record package of OCDS 1.1 (pakket van records). Its full schema is that of the standard, with the
/// extensions that it names. `publishedDate` is described there only: it holds a moment and no date.
#[derive(ToSchema)]
#[schema(example = json!({
    "uri": "https://trede.example.nl/v1/municipalities/gm0344/open-data/records",
    "version": "1.1",
    "extensions": ["https://trede.example.nl/v1/ocds-extension/extension.json"],
    "publisher": {"name": "Utrecht"},
    "records": []
}))]
#[expect(dead_code, reason = "read by the derive only")]
struct RecordPackage {
    /// Where the package is (adres).
    #[schema(format = "uri")]
    uri: String,
    /// The version of the standard (versie).
    version: String,
    /// Where the extensions are that it uses (uitbreidingen).
    extensions: Vec<String>,
    /// The municipality (uitgever).
    publisher: PackagePublisher,
    /// The records (records), one for each procedure.
    records: Vec<serde_json::Value>,
}

/// Shows the releases of a municipality
///
/// All published tenders (aanbestedingen) as one release package of OCDS 1.1, written while it is read. Bids
/// are told of after their opening, and scores after the award, without the names and prices of those that did
/// not win. 404 where the municipality did not open its data.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/releases",
    tag = "open-data",
    params(MunicipalityParams),
    responses((status = 200, description = "The package", body = ReleasePackage))
)]
pub async fn get_release_package(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    package(state, path.municipality, &request, PackageKind::Releases).await
}

/// Shows the records of a municipality
///
/// All published tenders (aanbestedingen) as one record package of OCDS 1.1: each with its releases and them
/// compiled. 404 where the municipality did not open its data.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/records",
    tag = "open-data",
    params(MunicipalityParams),
    responses((status = 200, description = "The package", body = RecordPackage))
)]
pub async fn get_record_package(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    package(state, path.municipality, &request, PackageKind::Records).await
}

/// Shows the record of a tender
///
/// One published tender (aanbesteding) as a record package of OCDS 1.1 with one record. 404 for a draft, and
/// where the municipality did not open its data.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/open-data/records/{tenderId}",
    tag = "open-data",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "The package", body = RecordPackage))
)]
pub async fn get_tender_record(
    state: Data<AppState>,
    path: Path<MunicipalityParams>,
    tender: Path<TenderParams>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let (municipality, id) = (path.municipality, tender.tender_id);
    let (publisher, process, now) = state
        .run(move |services| {
            let publisher = open_data::publisher(services, municipality)?;
            let process = open_data::one_process(services, &publisher, id)?;
            Ok((publisher, process, services.now()))
        })
        .await?;
    let meta = meta(&publisher, &request, now);
    let body = written(PackageKind::Records, &[process], &mut true)?;
    Ok(open(meta.opening(PackageKind::Records) + &body + PackageMeta::closing()))
}

/// Serves what our extension of OCDS is, to anybody.
pub async fn get_extension() -> HttpResponse {
    open(EXTENSION.to_owned())
}

/// Serves the schema of our extension of OCDS, to anybody.
pub async fn get_extension_schema() -> HttpResponse {
    open(EXTENSION_SCHEMA.to_owned())
}

fn open(body: String) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .body(body)
}

fn meta(publisher: &Publisher, request: &HttpRequest, now: chrono::DateTime<chrono::Utc>) -> PackageMeta {
    let connection = request.connection_info();
    let server = format!("{}://{}", connection.scheme(), connection.host());
    PackageMeta {
        uri: format!("{server}{}", request.path()),
        server,
        published_at: now,
        publisher: publisher.municipality.name.clone(),
        license: publisher.choice.license.clone(),
        publication_policy: publisher.choice.publication_policy.clone(),
    }
}

fn written(kind: PackageKind, processes: &[Process], is_first: &mut bool) -> Result<String, ServiceError> {
    let text = match kind {
        PackageKind::Releases => joined(&processes.iter().flat_map(releases).collect::<Vec<_>>(), is_first),
        PackageKind::Records => joined(&processes.iter().filter_map(record).collect::<Vec<_>>(), is_first),
    };
    text.map_err(|error| ServiceError::Internal(error.into()))
}

/// What is still to be written of a package.
enum Rest {
    From { after: Option<TenderId>, is_first: bool },
    Nothing,
}

/// Writes a package piece by piece, so that no municipality is too large for memory.
async fn package(
    state: Data<AppState>,
    municipality: trede_base::ids::MunicipalityId,
    request: &HttpRequest,
    kind: PackageKind,
) -> Result<HttpResponse, Problem> {
    let (publisher, now) = state
        .run(move |services| Ok((open_data::publisher(services, municipality)?, services.now())))
        .await?;
    let opening = meta(&publisher, request, now).opening(kind);
    let first = stream::iter([Ok::<_, Problem>(Bytes::from(opening))]);
    let start = Rest::From { after: None, is_first: true };
    let pieces = stream::try_unfold(start, move |rest| {
        let (state, publisher) = (state.clone(), publisher.clone());
        async move {
            let Rest::From { after, mut is_first } = rest else { return Ok(None) };
            let (text, next, is_first) = state
                .run(move |services| {
                    let (processes, next) = open_data::processes(services, &publisher, after)?;
                    Ok((written(kind, &processes, &mut is_first)?, next, is_first))
                })
                .await?;
            let rest = match next {
                Some(_) => Rest::From { after: next, is_first },
                None => Rest::Nothing,
            };
            let text = if next.is_some() { text } else { text + PackageMeta::closing() };
            Ok(Some((Bytes::from(text), rest)))
        }
    });
    let body = futures_util::StreamExt::chain(first, pieces);
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .streaming(body))
}
