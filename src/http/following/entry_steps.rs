//! Steps of entries (indiening, goedkeuring, teruggave, afwijzing, terugdraaiing): rows of the ledger.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::following::entries::{EntryResponse, found};
use crate::http::frame::auth::InContract;
use crate::http::frame::body::Json;
use crate::http::frame::page::list_of;
use crate::http::frame::path::{ContractParams, EntryParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::following::entry::{EntryPath, EntryStep};
use trede_model::following::ledger::LedgerRow;
use trede_service::following::entries;
use trede_service::following::entry_steps::{EntryAct, act_on};
use trede_wire::number::Number;

/// Why an entry is given back, refused or reversed (reden).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"reason": "De urenlijst ontbreekt."}))]
pub struct EntryReason {
    /// Why, for the contractor to read (reden).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
}

/// A row of the ledger (grootboekregel): a step of an entry, and what it added.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "step": "approve",
    "takenAt": "2026-09-02T09:00:00Z",
    "takenBy": "coordinator-1",
    "block": "participatiewet",
    "submitted": "-17777.78",
    "approved": "17777.78"
}))]
pub struct EntryStepResponse {
    /// Which step.
    #[schema(schema_with = schema::entry_step)]
    step: EntryStep,
    /// When.
    taken_at: DateTime<Utc>,
    /// By whom.
    taken_by: String,
    /// Why, where a reason is asked (reden).
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// The building block (bouwblok).
    block: String,
    /// Added to what waits for a decision, in euros; negative where it is taken off.
    submitted: Number,
    /// Added to what counts, in euros; negative where it is taken off.
    approved: Number,
}

impl From<LedgerRow> for EntryStepResponse {
    fn from(row: LedgerRow) -> Self {
        let euros = |cents: i64| Number(rust_decimal::Decimal::new(cents, 2));
        Self {
            step: row.step,
            taken_at: row.at,
            taken_by: row.actor,
            reason: row.reason,
            block: row.block,
            submitted: euros(row.submitted_cents),
            approved: euros(row.approved_cents),
        }
    }
}

list_of! {
    /// Rows of the ledger (grootboekregels), in order.
    EntryStepList of EntryStepResponse
}

/// Answers with the entry after an act.
async fn step(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
    act: EntryAct,
) -> Result<HttpResponse, Problem> {
    let entry = EntryPath { municipality: at.municipality, contract: at.contract, entry: path.entry_id };
    found(state.run(move |services| act_on(services, &at.actor, entry, &act)).await?)
}

/// Lists the steps of an entry
///
/// The rows of the ledger (grootboek) that the entry left. None ever changes.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/steps",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    responses((status = 200, description = "The steps", body = EntryStepList))
)]
pub async fn list_entry_steps(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
) -> Result<HttpResponse, Problem> {
    let rows = state
        .run(move |services| {
            entries::list_steps(services, &at.actor, at.municipality, at.contract, path.entry_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(EntryStepList::of(rows)))
}

/// Hands an entry in
///
/// Hands the entry in (indiening): it is valued anew, and what it accounts for can be accounted for by no
/// other entry in the region.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/submissions",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    responses(
        (status = 200, description = "The entry is handed in", body = EntryResponse),
        (status = 409, description = "It is not open, the obligation is not, or it is counted already")
    )
)]
pub async fn submit_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
) -> Result<HttpResponse, Problem> {
    step(state, at, path, EntryAct::Submit).await
}

/// Takes a submission back
///
/// Takes the submission of an entry back before it is decided (intrekking van de indiening): it is a draft again, and
/// what it accounted for is free.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/withdrawals",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    responses(
        (status = 200, description = "The entry is a draft again", body = EntryResponse),
        (status = 409, description = "It is not submitted")
    )
)]
pub async fn withdraw_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
) -> Result<HttpResponse, Problem> {
    step(state, at, path, EntryAct::Withdraw).await
}

/// Agrees with an entry
///
/// Approves the entry (goedkeuring): from now on it counts. Where the policy asks for four eyes, the first
/// who agrees leaves it `submitted`, and another approves it.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/approvals",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    responses(
        (status = 200, description = "Agreed", body = EntryResponse),
        (status = 409, description = "It is not submitted, or another must agree")
    )
)]
pub async fn approve_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
) -> Result<HttpResponse, Problem> {
    step(state, at, path, EntryAct::Approve).await
}

/// Gives an entry back
///
/// Gives the entry back to the contractor (teruggave), who may change it and hand it in again.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/returns",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    request_body = EntryReason,
    responses(
        (status = 200, description = "The entry is given back", body = EntryResponse),
        (status = 409, description = "It is not submitted")
    )
)]
pub async fn return_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
    body: Json<EntryReason>,
) -> Result<HttpResponse, Problem> {
    step(state, at, path, EntryAct::Return { reason: body.0.reason }).await
}

/// Refuses an entry
///
/// Refuses the entry for good (afwijzing).
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/rejections",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    request_body = EntryReason,
    responses(
        (status = 200, description = "The entry is refused", body = EntryResponse),
        (status = 409, description = "It is not submitted")
    )
)]
pub async fn reject_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
    body: Json<EntryReason>,
) -> Result<HttpResponse, Problem> {
    step(state, at, path, EntryAct::Reject { reason: body.0.reason }).await
}

/// Reverses an entry
///
/// Takes back what was approved (terugdraaiing). A correction is a reversal and another entry.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/reversals",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    request_body = EntryReason,
    responses(
        (status = 200, description = "The entry counts no more", body = EntryResponse),
        (status = 409, description = "It is not approved")
    )
)]
pub async fn reverse_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
    body: Json<EntryReason>,
) -> Result<HttpResponse, Problem> {
    step(state, at, path, EntryAct::Reverse { reason: body.0.reason }).await
}
