//! Templates (sjablonen) of the letters about awards, which each municipality can write itself.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::list_of;
use crate::http::frame::path::{LanguageParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::awarding::award_letter::{LetterLanguage, LetterTemplate};
use trede_service::awarding::letter_templates;

/// A template of letters (sjabloon), as it is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "template": "Aan {{ bidder }}\n\n{{ motivation }}\n\n{% if standstill_until %}Tot en met {{ standstill_until }}.{% endif %}"
}))]
pub struct LetterTemplateRequest {
    /// The template: Markdown with Jinja. The names that it can use stand in `docs/award-decision.md`.
    #[schema(min_length = 1, max_length = 50000)]
    template: String,
}

/// A template of letters (sjabloon) in one language.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "language": "nl",
    "version": 2,
    "template": "Aan {{ bidder }}\n\n{{ motivation }}",
    "writtenAt": "2026-05-01T09:00:00Z",
    "writtenBy": "beheerder-1"
}))]
pub struct LetterTemplateResponse {
    /// The language.
    #[schema(schema_with = schema::letter_language)]
    language: LetterLanguage,
    /// Its version; 1 is the one that comes with the service.
    #[schema(minimum = 1)]
    version: i64,
    /// The template: Markdown with Jinja.
    template: String,
    /// When it was written; left out for the one that comes with the service.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_at: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    written_by: Option<String>,
}

impl From<LetterTemplate> for LetterTemplateResponse {
    fn from(template: LetterTemplate) -> Self {
        let (written_at, written_by) = template.written.unzip();
        Self {
            language: template.language,
            version: template.version.0,
            template: template.template,
            written_at,
            written_by,
        }
    }
}

list_of! {
    /// The templates that count, one for each language.
    LetterTemplateList of LetterTemplateResponse
}

/// What a template makes of a letter of each kind (voorbeeld), with invented facts.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({"winner": "Aan Groen & Zo B.V. …", "ranked": "Aan Plantsoen Partners B.V. …", "excluded": "Aan …"}))]
pub struct LetterPreview {
    /// The letter to the winner.
    winner: String,
    /// The letter to another bidder.
    ranked: String,
    /// The letter to a bidder that was excluded.
    excluded: String,
}

/// Lists the templates of letters
///
/// The templates (sjablonen) that count now, one for each language.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/letter-templates",
    tag = "award",
    params(MunicipalityParams),
    responses((status = 200, description = "The templates", body = LetterTemplateList))
)]
pub async fn list_letter_templates(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let templates = state.run(move |services| letter_templates::list(services, &actor, municipality)).await?;
    Ok(HttpResponse::Ok().json(LetterTemplateList::of(templates)))
}

/// Shows a template of letters
///
/// The template (sjabloon) of a language that counts now.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/letter-templates/{language}",
    tag = "award",
    params(MunicipalityParams, LanguageParams),
    responses((status = 200, description = "The template", body = LetterTemplateResponse))
)]
pub async fn get_letter_template(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<LanguageParams>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let template = state
        .run(move |services| letter_templates::get(services, &actor, municipality, path.language))
        .await?;
    Ok(resource::found(template.version, &LetterTemplateResponse::from(template)))
}

/// Replaces a template of letters
///
/// Writes another version of a template (sjabloon). One that makes no text of a letter is refused, with the line.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/letter-templates/{language}",
    tag = "award",
    params(MunicipalityParams, LanguageParams, IfMatch),
    request_body = LetterTemplateRequest,
    responses((status = 200, description = "The new version", body = LetterTemplateResponse))
)]
pub async fn replace_letter_template(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<LanguageParams>,
    seen: IfMatch,
    body: Json<LetterTemplateRequest>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let template = state
        .run(move |services| {
            let new = (seen.0, body.0.template.as_str());
            letter_templates::replace(services, &actor, municipality, path.language, new)
        })
        .await?;
    Ok(resource::found(template.version, &LetterTemplateResponse::from(template)))
}

/// Tries a template of letters
///
/// What a template would make of a letter of each kind (voorbeeld), with invented facts; nothing is stored.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/letter-templates/{language}/previews",
    tag = "award",
    params(MunicipalityParams, LanguageParams),
    request_body = LetterTemplateRequest,
    responses((status = 200, description = "The letters", body = LetterPreview))
)]
pub async fn preview_letter_template(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<LanguageParams>,
    body: Json<LetterTemplateRequest>,
) -> Result<HttpResponse, Problem> {
    let Tenant { actor, municipality } = tenant;
    let [winner, ranked, excluded] = state
        .run(move |_| letter_templates::preview(&actor, municipality, path.language, &body.0.template))
        .await?;
    Ok(HttpResponse::Ok().json(LetterPreview { winner, ranked, excluded }))
}
