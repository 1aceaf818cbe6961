//! Keys of openers (kluisopeners), and the key of a tender in parts (sleuteldelen).

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use base64::prelude::{BASE64_STANDARD, Engine};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::bidding::key_share::{OpenerKey, OpenerKeyId};
use trede_model::bidding::opening::Envelope;
use trede_service::bidding::key_splits::{self, HandedShare, SplitView};
use trede_service::bidding::opener_keys;

/// The public half of the key pair of an opener (sleutelpaar van een kluisopener).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"publicKey": "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08="}))]
pub struct OpenerKeyRequest {
    /// 32 bytes of X25519 (RFC 7748) in base64, as `trede opener keygen` says them.
    #[schema(min_length = 44, max_length = 44)]
    public_key: String,
}

/// The public half of the key pair of an opener (sleutelpaar van een kluisopener).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000012",
    "opener": "kluisopener-1",
    "publicKey": "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
    "registeredAt": "2026-03-01T09:00:00Z"
}))]
pub struct OpenerKeyResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Whose it is, as the identity provider names them.
    opener: String,
    /// 32 bytes of X25519 (RFC 7748) in base64.
    public_key: String,
    /// When it was registered.
    registered_at: DateTime<Utc>,
}

impl From<OpenerKey> for OpenerKeyResponse {
    fn from(key: OpenerKey) -> Self {
        Self {
            id: key.id.to_string(),
            opener: key.person,
            public_key: BASE64_STANDARD.encode(key.public_key),
            registered_at: key.registered_at,
        }
    }
}

list_of! {
    /// Public keys of openers, in the order in which they were registered.
    OpenerKeyList of OpenerKeyResponse
}

/// Among whom the key of a tender is split (sleuteldeling).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "threshold": 2,
    "openerKeyIds": [
        "0190a5c8-0000-7000-8000-000000000012",
        "0190a5c8-0000-7000-8000-000000000013",
        "0190a5c8-0000-7000-8000-000000000014"
    ]
}))]
pub struct KeySplitRequest {
    /// How many of the openers must give their part.
    #[schema(minimum = 2, maximum = 255)]
    threshold: u8,
    /// The keys of the openers among whom it is split; empty: it is not split, and any two openers open.
    #[schema(value_type = Vec<String>, max_items = 255)]
    opener_key_ids: Vec<OpenerKeyId>,
}

/// Among whom the key of a tender is split (sleuteldeling).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "threshold": 2,
    "openers": [{
        "id": "0190a5c8-0000-7000-8000-000000000012",
        "opener": "kluisopener-1",
        "publicKey": "3p7bfXt9wbTTW2HC7OQ1Nz+DQ8hbeGdNrfx+FG+IK08=",
        "registeredAt": "2026-03-01T09:00:00Z"
    }],
    "setBy": "inkoper-1",
    "setAt": "2026-03-02T09:00:00Z",
    "isSplit": false
}))]
pub struct KeySplitResponse {
    /// How many of the openers must give their part; left out where the key is not split.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 2, maximum = 255)]
    threshold: Option<u8>,
    /// The openers among whom it is split, each with the key that was named.
    openers: Vec<OpenerKeyResponse>,
    /// Who said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    set_by: Option<String>,
    /// When.
    #[serde(skip_serializing_if = "Option::is_none")]
    set_at: Option<DateTime<Utc>>,
    /// Whether it was done: at the publication the key is made, and its parts.
    is_split: bool,
}

impl From<SplitView> for KeySplitResponse {
    fn from(SplitView { split, openers, .. }: SplitView) -> Self {
        Self {
            threshold: split.as_ref().map(|split| split.threshold),
            openers: openers.into_iter().map(OpenerKeyResponse::from).collect(),
            set_by: split.as_ref().map(|split| split.set_by.clone()),
            set_at: split.as_ref().map(|split| split.set_at),
            is_split: split.is_some_and(|split| split.public_keys.is_some()),
        }
    }
}

/// Of what the caller's part is asked.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct KeyShareQuery {
    /// What it helps to open; left out: that which comes first.
    #[param(schema_with = schema::envelope)]
    envelope: Option<Envelope>,
}

/// A part of a key as it is handed to its opener (sleuteldeel).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "openerKeyId": "0190a5c8-0000-7000-8000-000000000012",
    "envelope": "whole",
    "encrypted": "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo="
}))]
pub struct KeyShareResponse {
    /// To which key of the opener it is encrypted.
    #[schema(value_type = String, format = Uuid)]
    opener_key_id: String,
    /// What it helps to open.
    #[schema(schema_with = schema::envelope)]
    envelope: Envelope,
    /// The part, encrypted to that key (HPKE, RFC 9180), in base64.
    encrypted: String,
}

impl From<HandedShare> for KeyShareResponse {
    fn from(handed: HandedShare) -> Self {
        Self {
            opener_key_id: handed.opener_key.to_string(),
            envelope: handed.envelope,
            encrypted: BASE64_STANDARD.encode(handed.encrypted),
        }
    }
}

/// Lists the public keys of openers
///
/// The keys (sleutels van openers) among whose owners the key of a tender can be split. Of each opener the last one counts.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/opener-keys",
    tag = "procedure",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of keys", body = OpenerKeyList))
)]
pub async fn list_opener_keys(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| opener_keys::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(query.answer(page, |key| key.id, OpenerKeyList::of))
}

/// Registers the caller's own public key
///
/// An opener makes a key pair with `trede opener keygen`, keeps the secret half, and registers the public half (openbare sleutel) here. It
/// is the one by which the opener is named from now on; what was split before stays with the key it was split by.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/opener-keys",
    tag = "procedure",
    params(MunicipalityParams),
    request_body = OpenerKeyRequest,
    responses((status = 201, description = "The key is registered", body = OpenerKeyResponse))
)]
pub async fn register_opener_key(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<OpenerKeyRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    // What is no base64 is no key either, and the use case says so.
    let public_key = BASE64_STANDARD.decode(&body.0.public_key).unwrap_or_default();
    let key = state
        .run(move |services| opener_keys::register(services, &tenant.actor, tenant.municipality, public_key))
        .await?;
    Ok(resource::recorded(&request, key.id, &OpenerKeyResponse::from(key)))
}

/// Shows among whom the key of a tender is split
///
/// Who gives a part (sleuteldeel) and how many of them open. The version is that of the tender.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/key-split",
    tag = "procedure",
    params(MunicipalityParams, TenderParams),
    responses((status = 200, description = "Among whom it is split", body = KeySplitResponse))
)]
pub async fn get_key_split(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
) -> Result<HttpResponse, Problem> {
    let view = state
        .run(move |services| key_splits::get(services, &tenant.actor, tenant.municipality, path.tender_id))
        .await?;
    Ok(resource::found(view.version, &KeySplitResponse::from(view)))
}

/// Says among whom the key of a tender is split
///
/// While the tender is a draft. At the publication its key is made in parts (sleuteldelen), one for each opener: from
/// then on nothing opens before as many of them as the threshold says gave their part, whoever has the database and the
/// keys of the operator. Who loses their key is done without, as long as enough others are left.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/tenders/{tenderId}/key-split",
    tag = "procedure",
    params(MunicipalityParams, TenderParams, IfMatch),
    request_body = KeySplitRequest,
    responses(
        (status = 200, description = "Among whom it is split", body = KeySplitResponse),
        (status = 409, description = "The tender is published, or has no key here that can be split")
    )
)]
pub async fn replace_key_split(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    seen: IfMatch,
    body: Json<KeySplitRequest>,
) -> Result<HttpResponse, Problem> {
    let KeySplitRequest { threshold, opener_key_ids } = body.0;
    let view = state
        .run(move |services| {
            let said = (seen.0, threshold, opener_key_ids.as_slice());
            key_splits::replace(services, &tenant.actor, tenant.municipality, path.tender_id, said)
        })
        .await?;
    Ok(resource::found(view.version, &KeySplitResponse::from(view)))
}

/// Hands the caller its part of the key
///
/// The part (sleuteldeel) of the opener who asks, where the key is split over that opener too, once the envelopes can be opened: encrypted to the opener's own key.
/// `trede opener open` asks for it, decrypts it and gives it.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/key-share",
    tag = "procedure",
    params(MunicipalityParams, TenderParams, KeyShareQuery),
    responses(
        (status = 200, description = "The part", body = KeyShareResponse),
        (status = 409, description = "The envelopes cannot be opened yet, or the key is not split")
    )
)]
pub async fn hand_out_key_share(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    query: Query<KeyShareQuery>,
) -> Result<HttpResponse, Problem> {
    let handed = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            key_splits::hand_out(services, actor, *municipality, path.tender_id, query.envelope)
        })
        .await?;
    Ok(HttpResponse::Ok().json(KeyShareResponse::from(handed)))
}
