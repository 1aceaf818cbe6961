//! Tokens that are taken back before their time (intrekking van tokens).

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::Caller;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::TokenRevocationParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::record::Version;
use trede_model::trust::token_revocation::{RevokedKind, TokenRevocation};
use trede_service::trust::token_revocations::{self, NewTokenRevocation};
use trede_wire::moment::optional_moment;

/// Tokens that are to be taken back (intrekking van tokens).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kind": "client",
    "value": "koppeling-oud",
    "reason": "De sleutel van deze koppeling lag op straat.",
    "until": "2199-01-01T00:00:00Z"
}))]
pub struct TokenRevocationRequest {
    /// What is taken back.
    #[schema(schema_with = schema::revoked_kind)]
    kind: RevokedKind,
    /// Which one (wat precies): the token's `jti`, the bearer's name in the audit trail, or the client's name.
    #[schema(min_length = 1, max_length = 500)]
    value: String,
    /// Why (reden).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
    /// From when tokens are accepted again (tot wanneer); left out: not until the revocation is lifted.
    #[serde(default, deserialize_with = "optional_moment")]
    until: Option<DateTime<Utc>>,
}

/// Tokens that are not accepted (intrekking van tokens).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000001",
    "kind": "client",
    "value": "koppeling-oud",
    "reason": "De sleutel van deze koppeling lag op straat.",
    "until": "2199-01-01T00:00:00Z",
    "revokedAt": "2026-03-02T09:00:00Z",
    "revokedBy": "beheerder-1"
}))]
pub struct TokenRevocationResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// What is taken back.
    #[schema(schema_with = schema::revoked_kind)]
    kind: RevokedKind,
    /// Which one (wat precies).
    value: String,
    /// Why (reden).
    reason: String,
    /// From when tokens are accepted again (tot wanneer).
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<DateTime<Utc>>,
    /// When it was taken back.
    revoked_at: DateTime<Utc>,
    /// By whom.
    revoked_by: String,
}

impl From<TokenRevocation> for TokenRevocationResponse {
    fn from(revocation: TokenRevocation) -> Self {
        Self {
            id: revocation.id.to_string(),
            kind: revocation.kind,
            value: revocation.value,
            reason: revocation.reason,
            until: revocation.until,
            revoked_at: revocation.at,
            revoked_by: revocation.by,
        }
    }
}

list_of! {
    /// Revocations, in the order in which they were made.
    TokenRevocationList of TokenRevocationResponse
}

/// Lists the revocations of tokens
///
/// Tokens that are not accepted before they expire (ingetrokken tokens), with the reason.
#[utoipa::path(
    get,
    path = "/token-revocations",
    tag = "access",
    params(PageQuery),
    responses((status = 200, description = "A page of revocations", body = TokenRevocationList))
)]
pub async fn list_token_revocations(
    state: Data<AppState>,
    caller: Caller,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state.run(move |services| token_revocations::list(services, &caller.0, &request)).await?;
    Ok(query.answer(page, |item| item.id, TokenRevocationList::of))
}

/// Revokes tokens
///
/// One token, all tokens of a bearer, or all tokens of a client are accepted no longer (intrekking van tokens).
/// Other instances of the service hear of it within seconds.
#[utoipa::path(
    post,
    path = "/token-revocations",
    tag = "access",
    request_body = TokenRevocationRequest,
    responses((status = 201, description = "The tokens are revoked", body = TokenRevocationResponse))
)]
pub async fn create_token_revocation(
    state: Data<AppState>,
    caller: Caller,
    body: Json<TokenRevocationRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let TokenRevocationRequest { kind, value, reason, until } = body.0;
    let new = NewTokenRevocation { kind, value, reason, until };
    let revocation = state.run(move |services| token_revocations::create(services, &caller.0, new)).await?;
    let id = revocation.id;
    Ok(resource::created(&request, id, Version::FIRST, &TokenRevocationResponse::from(revocation)))
}

/// Shows a revocation of tokens
///
/// What is not accepted, since when and why (intrekking van tokens).
#[utoipa::path(
    get,
    path = "/token-revocations/{revocationId}",
    tag = "access",
    params(TokenRevocationParams),
    responses((status = 200, description = "The revocation", body = TokenRevocationResponse))
)]
pub async fn get_token_revocation(
    state: Data<AppState>,
    caller: Caller,
    path: Path<TokenRevocationParams>,
) -> Result<HttpResponse, Problem> {
    let id = path.revocation_id;
    let revocation = state.run(move |services| token_revocations::get(services, &caller.0, id)).await?;
    Ok(resource::found(Version::FIRST, &TokenRevocationResponse::from(revocation)))
}

/// Lifts a revocation of tokens
///
/// Tokens that it named are accepted again, as far as they are valid (opheffen van een intrekking).
#[utoipa::path(
    delete,
    path = "/token-revocations/{revocationId}",
    tag = "access",
    params(TokenRevocationParams, IfMatch),
    responses((status = 204, description = "The revocation is lifted"))
)]
pub async fn delete_token_revocation(
    state: Data<AppState>,
    caller: Caller,
    path: Path<TokenRevocationParams>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let id = path.revocation_id;
    state.run(move |services| token_revocations::delete(services, &caller.0, id, seen.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}
