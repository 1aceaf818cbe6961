//! Acts on many entries or contracts (handelingen in bulk): each object with its own outcome.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::NaiveDate;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::frame::auth::Tenant;
use crate::http::frame::body::Json;
use crate::http::frame::path::MunicipalityParams;
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::overseeing::bulk_outcomes::{BatchManner, BatchResponse, ManyQuery};
use crate::http::overseeing::bulk_selections::{ContractSelection, EntrySelection};
use crate::http::state::AppState;
use trede_model::following::obligation_state::ObligationStep;
use trede_service::following::entry_steps::EntryAct;
use trede_service::following::settlements::NewSettlement;
use trede_service::overseeing::bulk::{self, ContractsAct};

/// On which entries (verantwoordingen) to act.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"entries": {"filter": {"block": ["participatiewet"]}}}))]
pub struct EntriesRequest {
    /// Which.
    entries: EntrySelection,
}

/// On which entries (verantwoordingen) to act, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "entries": {"ids": ["0190a5c8-0000-7000-8000-000000000012"]}, "reason": "De urenlijst ontbreekt."
}))]
pub struct EntriesReasonRequest {
    /// Which.
    entries: EntrySelection,
    /// Why, for the contractor to read (reden).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// On which contracts (opdrachten) to act.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"contracts": {"filter": {"coordinator": "coordinator-1"}}}))]
pub struct ContractsRequest {
    /// Which.
    contracts: ContractSelection,
}

/// Who follows which contracts (toewijzing aan een coördinator).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({
    "contracts": {"filter": {"unassigned": true}}, "coordinator": "coordinator-1", "reason": "Verdeling 2026"
}))]
pub struct AssignmentRequest {
    /// Which.
    contracts: ContractSelection,
    /// Who follows them from now on (coördinator), as the identity provider names them.
    #[schema(min_length = 1, max_length = 500)]
    coordinator: String,
    /// Why (reden).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// A decision on what was realised under many contracts (besluit over de afrekening).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "contracts": {"filter": {"endsUntil": "2026-12-31"}}, "decision": "fulfil", "reason": "De opgave is gehaald."
}))]
pub struct ContractsSettlementRequest {
    /// Which.
    contracts: ContractSelection,
    /// Which decision.
    #[schema(schema_with = schema::settlement_decision)]
    decision: ObligationStep,
    /// Why (motivering).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
    /// `give-cure-period`: until when (hersteltermijn); left out: as long as the policy says, from today.
    #[serde(default)]
    cure_until: Option<NaiveDate>,
}

/// Answers with what became of each entry.
async fn on_entries(
    state: Data<AppState>,
    (tenant, how): (Tenant, BatchManner),
    selection: EntrySelection,
    act: EntryAct,
) -> Result<HttpResponse, Problem> {
    let selection = selection.selection()?;
    let Tenant { actor, municipality } = tenant;
    let (batch, about) = state
        .run(move |services| {
            let batch = bulk::on_entries(services, &actor, municipality, selection, (&act, how.manner))?;
            let ids: Vec<_> = batch.outcomes.iter().map(|outcome| outcome.id).collect();
            let about = bulk::of_entries(services, &actor, municipality, &ids)?;
            Ok((batch, about))
        })
        .await?;
    Ok(HttpResponse::Ok().json(BatchResponse::of((batch, about), how, |entry| entry.state.code())))
}

/// Answers with what became of each contract.
async fn on_contracts(
    state: Data<AppState>,
    (tenant, how): (Tenant, BatchManner),
    selection: ContractSelection,
    act: ContractsAct,
) -> Result<HttpResponse, Problem> {
    let selection = selection.selection()?;
    let Tenant { actor, municipality } = tenant;
    let (batch, about) = state
        .run(move |services| {
            let batch = bulk::on_contracts(services, &actor, municipality, selection, (&act, how.manner))?;
            let ids: Vec<_> = batch.outcomes.iter().map(|outcome| outcome.id).collect();
            let about = bulk::of_contracts(services, &actor, municipality, &ids)?;
            Ok((batch, about))
        })
        .await?;
    Ok(HttpResponse::Ok().json(BatchResponse::of((batch, about), how, |contract| contract.state.code())))
}

/// Hands many entries in
///
/// Hands each of the entries in (indiening in bulk), as `…/submissions` of one entry does.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-submissions",
    tag = "entries",
    params(MunicipalityParams, ManyQuery),
    request_body = EntriesRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn submit_entries(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<EntriesRequest>,
) -> Result<HttpResponse, Problem> {
    on_entries(state, (tenant, how), body.0.entries, EntryAct::Submit).await
}

/// Takes many submissions back
///
/// Takes the submission of each of the entries back (intrekking in bulk), as `…/withdrawals` of one entry does.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-withdrawals",
    tag = "entries",
    params(MunicipalityParams, ManyQuery),
    request_body = EntriesRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn withdraw_entries(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<EntriesRequest>,
) -> Result<HttpResponse, Problem> {
    on_entries(state, (tenant, how), body.0.entries, EntryAct::Withdraw).await
}

/// Agrees with many entries
///
/// Approves each of the entries (goedkeuring in bulk), as `…/approvals` of one entry does.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-approvals",
    tag = "entries",
    params(MunicipalityParams, ManyQuery),
    request_body = EntriesRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn approve_entries(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<EntriesRequest>,
) -> Result<HttpResponse, Problem> {
    on_entries(state, (tenant, how), body.0.entries, EntryAct::Approve).await
}

/// Gives many entries back
///
/// Gives each of the entries back (teruggave in bulk), as `…/returns` of one entry does, all for the same reason.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-returns",
    tag = "entries",
    params(MunicipalityParams, ManyQuery),
    request_body = EntriesReasonRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn return_entries(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<EntriesReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let EntriesReasonRequest { entries, reason } = body.0;
    on_entries(state, (tenant, how), entries, EntryAct::Return { reason }).await
}

/// Refuses many entries
///
/// Refuses each of the entries (afwijzing in bulk), as `…/rejections` of one entry does, all for the same reason.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/entry-rejections",
    tag = "entries",
    params(MunicipalityParams, ManyQuery),
    request_body = EntriesReasonRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn reject_entries(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<EntriesReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let EntriesReasonRequest { entries, reason } = body.0;
    on_entries(state, (tenant, how), entries, EntryAct::Reject { reason }).await
}

/// Fixes what is owed under many contracts
///
/// Fixes the obligation of each of the contracts as it was computed (vaststelling in bulk).
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contract-determinations",
    tag = "contracts",
    params(MunicipalityParams, ManyQuery),
    request_body = ContractsRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn determine_obligations(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<ContractsRequest>,
) -> Result<HttpResponse, Problem> {
    on_contracts(state, (tenant, how), body.0.contracts, ContractsAct::Determine).await
}

/// Assigns many contracts to a coordinator
///
/// Records who follows each of the contracts (toewijzing aan een coördinator), as a change of the kind `correction`.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contract-assignments",
    tag = "contracts",
    params(MunicipalityParams, ManyQuery),
    request_body = AssignmentRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn assign_contracts(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<AssignmentRequest>,
) -> Result<HttpResponse, Problem> {
    let AssignmentRequest { contracts, coordinator, reason } = body.0;
    on_contracts(state, (tenant, how), contracts, ContractsAct::Assign { coordinator, reason }).await
}

/// Settles many contracts
///
/// Takes one decision on what was realised under each of the contracts (afrekening in bulk), as `…/settlements` of one
/// contract does.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contract-settlements",
    tag = "settlements",
    params(MunicipalityParams, ManyQuery),
    request_body = ContractsSettlementRequest,
    responses((status = 200, description = "What became of each", body = BatchResponse))
)]
pub async fn settle_contracts(
    state: Data<AppState>,
    tenant: Tenant,
    how: BatchManner,
    body: Json<ContractsSettlementRequest>,
) -> Result<HttpResponse, Problem> {
    let ContractsSettlementRequest { contracts, decision, reason, cure_until } = body.0;
    let new = NewSettlement { step: decision, reason, cure_until };
    on_contracts(state, (tenant, how), contracts, ContractsAct::Settle(new)).await
}
