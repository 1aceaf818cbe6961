//! The audit trail (controlespoor) of a municipality, for its auditors.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path, Query};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::auth::Tenant;
use crate::http::frame::page::{PageQuery, list_of};
use crate::http::frame::path::{MunicipalityParams, TenderParams};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_formats::audit_anchor::AuditAnchor;
use trede_model::trust::audit_chain::AuditRecord;
use trede_service::trust::{audit, object_states};

/// One act in the audit trail (controlespoor).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "chain": 0,
    "sequence": 17,
    "at": "2026-03-02T09:00:00Z",
    "actor": "inkoper-1",
    "action": "publish_tender",
    "object": "tenders/0190a5c8-0000-7000-8000-000000000001",
    "requestId": "0190a5c8-0000-7000-8000-00000000000a",
    "address": "192.0.2.7",
    "afterHash": "fcde2b2edba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9",
    "hash": "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"
}))]
pub struct AuditRecordResponse {
    /// Which of the municipality's chains it stands in, from 0.
    chain: u8,
    /// Its number in that chain, from 1.
    sequence: i64,
    /// When the act was asked for.
    at: DateTime<Utc>,
    /// Who did it, as the identity provider names them.
    actor: String,
    /// The program through which it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    client: Option<String>,
    /// What was done: the name of the operation.
    action: String,
    /// What it was done to, as a path below the municipality.
    object: String,
    /// The request that asked for it.
    #[schema(value_type = String, format = Uuid)]
    request_id: String,
    /// The address from which the request came.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
    /// SHA-256 over the states before the act of the rows that it changed, in hexadecimal (toestand vooraf); left out
    /// when there were none.
    #[serde(skip_serializing_if = "Option::is_none")]
    before_hash: Option<String>,
    /// SHA-256 over the states after the act of the rows that it changed, in hexadecimal (toestand achteraf); left out
    /// when there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_hash: Option<String>,
    /// The number of the canonical forms in which those rows were hashed; left out where there are no hashes.
    #[serde(skip_serializing_if = "Option::is_none")]
    state_forms: Option<i16>,
    /// SHA-256 over this record and the hash before it, in hexadecimal.
    hash: String,
}

impl From<AuditRecord> for AuditRecordResponse {
    fn from(AuditRecord { act, change, link, .. }: AuditRecord) -> Self {
        Self {
            chain: link.chain.number,
            sequence: link.sequence,
            at: act.at,
            actor: act.actor,
            client: act.client,
            action: act.action,
            object: act.object,
            request_id: act.request_id.to_string(),
            address: act.address,
            before_hash: change.before.map(|hash| hash.to_string()),
            after_hash: change.after.map(|hash| hash.to_string()),
            state_forms: change.forms,
            hash: link.hash.to_string(),
        }
    }
}

list_of! {
    /// Acts: chain after chain, each in its order.
    AuditRecordList of AuditRecordResponse
}

/// Lists the audit trail
///
/// Every change in the municipality (controlespoor): who did what to what, when, and by which request.
/// Each record holds a hash over itself and the record before it.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/audit-records",
    tag = "audit",
    params(MunicipalityParams, PageQuery),
    responses((status = 200, description = "A page of records", body = AuditRecordList))
)]
pub async fn list_audit_records(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| audit::list(services, &tenant.actor, tenant.municipality, &request))
        .await?;
    Ok(query.answer(page, |record| record.link.place(), AuditRecordList::of))
}

/// Lists the audit trail of a tender's vault
///
/// What came in before the opening (controlespoor van de kluis), with the hash of each sealed bid: after the
/// opening, for before it the number of records would tell the number of bids. Who sent a bid stands in the
/// record of the opening.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/tenders/{tenderId}/audit-records",
    tag = "audit",
    params(MunicipalityParams, TenderParams, PageQuery),
    responses(
        (status = 200, description = "A page of records", body = AuditRecordList),
        (status = 409, description = "The bids are not opened")
    )
)]
pub async fn list_tender_audit_records(
    state: Data<AppState>,
    tenant: Tenant,
    path: Path<TenderParams>,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| {
            let Tenant { actor, municipality } = &tenant;
            audit::list_of_vault(services, actor, *municipality, path.tender_id, &request)
        })
        .await?;
    Ok(query.answer(page, |record| record.link.place(), AuditRecordList::of))
}

list_of! {
    /// Anchors, one for each chain.
    AuditAnchorList of AuditAnchor
}

/// Lists the anchors of the audit trail
///
/// The heads of its chains as they are now (ankers). Kept, and time-stamped, where who keeps the database
/// cannot reach, they prove later that nothing before them was changed: `trede audit verify --anchor FILE`.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/audit-anchors",
    tag = "audit",
    params(MunicipalityParams),
    responses((status = 200, description = "The anchors", body = AuditAnchorList))
)]
pub async fn list_audit_anchors(state: Data<AppState>, tenant: Tenant) -> Result<HttpResponse, Problem> {
    let anchors =
        state.run(move |services| audit::list_anchors(services, &tenant.actor, tenant.municipality)).await?;
    Ok(HttpResponse::Ok().json(AuditAnchorList::of(anchors)))
}

/// Which object is asked about.
#[derive(Clone, Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ObjectQuery {
    /// Its path below the municipality, as the audit trail names it: `tenders/{id}/lots/{id}`.
    #[param(min_length = 1, max_length = 400, example = "tenders/0190a5c8-0000-7000-8000-000000000001")]
    object: String,
}

/// How an object stands to the audit trail (stand tegenover het controlespoor).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "object": "gm0344/lots/0190a5c8-0000-7000-8000-000000000001",
    "standing": "as-recorded"
}))]
pub struct AuditStateResponse {
    /// The object.
    object: String,
    /// `as-recorded` when it is what the last act on it left, `altered` when it is another, `deleted` when it is gone
    /// and no act removed it, `unrecorded` when it is there and no act made it, `unknown` when there is none.
    #[schema(pattern = "^(as-recorded|altered|deleted|unrecorded|unknown)$")]
    standing: &'static str,
    /// The record of the last act on it; left out when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<AuditRecordResponse>,
}

/// Compares an object with the audit trail
///
/// Whether the object as it is stored now is what the last act on it left (vergelijking met het controlespoor), by the
/// hash of its canonical form. `trede audit verify` compares everything.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/audit-state",
    tag = "audit",
    params(MunicipalityParams, ObjectQuery),
    responses((status = 200, description = "How it stands", body = AuditStateResponse))
)]
pub async fn get_audit_state(
    state: Data<AppState>,
    tenant: Tenant,
    query: Query<ObjectQuery>,
) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| {
            object_states::state_of(services, &tenant.actor, tenant.municipality, &query.object)
        })
        .await?;
    Ok(HttpResponse::Ok().json(AuditStateResponse {
        object: found.object.to_string(),
        standing: found.standing.code(),
        record: found.record.map(AuditRecordResponse::from),
    }))
}
