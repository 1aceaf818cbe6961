//! Contracts (opdrachten) with a social return obligation.

use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::{InContract, Tenant};
use crate::http::frame::body::Json;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::path::{ContractParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::MunicipalityId;
use trede_formats::contract_terms::ContractTermsInput;
use trede_model::following::contract::Contract;
use trede_model::following::ledger::BlockTotal;
use trede_model::following::obligation_state::ObligationState;
use trede_model::policies::policy::PolicyId;
use trede_model::tendering::lot::{LotId, LotPath};
use trede_model::tendering::tender::TenderId;
use trede_service::following::contracts::{self, NewContract};
use trede_service::following::entries::{self, Balance, Maximum};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// A contract (opdracht) to register, from an award or by hand.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "terms": {
        "externalReference": "2026-0042",
        "title": "Groenonderhoud 2026-2028",
        "contractorKvkNumber": "69599068",
        "kind": "services",
        "cpvCodes": ["77310000-6"],
        "contractSum": "1000000.00",
        "assignedOn": "2026-02-16",
        "startsOn": "2026-03-01",
        "endsOn": "2028-02-29",
        "coordinator": "coordinator-1"
    }
}))]
pub struct ContractRequest {
    /// The terms (voorwaarden).
    terms: ContractTermsInput,
    /// The lot that was awarded, where it was tendered here (gegund perceel).
    #[serde(default)]
    award: Option<AwardedLot>,
    /// The version of the policy that the contract keeps (beleid); left out: the one that holds by its
    /// validity, if there is one.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    policy_id: Option<PolicyId>,
}

/// A lot that was awarded (gegund perceel).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AwardedLot {
    /// The tender (aanbesteding).
    #[schema(value_type = String, format = Uuid)]
    tender_id: TenderId,
    /// The lot (perceel).
    #[schema(value_type = String, format = Uuid)]
    lot_id: LotId,
}

impl ContractRequest {
    fn into_new(self, municipality: MunicipalityId) -> NewContract {
        let award =
            self.award.map(|award| LotPath { municipality, tender: award.tender_id, lot: award.lot_id });
        NewContract { terms: self.terms, award, policy: self.policy_id }
    }
}

/// A contract (opdracht) with what is owed under it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000011",
    "terms": {
        "title": "Groenonderhoud 2026-2028",
        "contractorKvkNumber": "69599068",
        "kind": "services",
        "contractSum": "1000000",
        "startsOn": "2026-03-01",
        "endsOn": "2028-02-29"
    },
    "policyId": "0190a5c8-0000-7000-8000-000000000010",
    "obligation": "50000",
    "state": "running",
    "createdAt": "2026-03-01T09:00:00Z",
    "updatedAt": "2026-03-02T09:00:00Z"
}))]
pub struct ContractResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The lot that was awarded (perceel), where it was tendered here; left out for a lot that several can win.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    lot_id: Option<String>,
    /// The terms as they are now (voorwaarden).
    terms: ContractTermsInput,
    /// The version of the policy that it keeps (beleid).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    policy_id: Option<String>,
    /// What is owed, in euros (opgave); left out while there is no policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    obligation: Option<Euros>,
    /// How far the obligation is.
    #[schema(schema_with = schema::obligation_state)]
    state: ObligationState,
    /// Until when the contractor may make up for what is short (hersteltermijn).
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_until: Option<NaiveDate>,
    /// When it was registered here.
    created_at: DateTime<Utc>,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

impl From<Contract> for ContractResponse {
    fn from(contract: Contract) -> Self {
        Self {
            id: contract.id.to_string(),
            lot_id: contract.terms.lot.map(|lot| lot.to_string()),
            terms: ContractTermsInput::from(&contract.terms),
            policy_id: contract.policy.map(|policy| policy.to_string()),
            obligation: contract.obligation_cents.map(|cents| Euros { cents }),
            state: contract.state,
            cure_until: contract.cure_until,
            created_at: contract.record.created_at,
            updated_at: contract.record.updated_at,
        }
    }
}

/// What a contract owes and what counts for it (saldo), summed from the ledger.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "obligation": "50000", "submitted": "0", "approved": "17777.78", "realised": "17777.78", "beyondMaxima": "0",
    "blocks": [{"block": "participatiewet", "submitted": "0", "approved": "17777.78"}],
    "maxima": [{"blocks": ["activiteit"], "maximum": "12500.00", "approved": "0"}]
}))]
pub struct BalanceResponse {
    /// What is owed, in euros (opgave).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    obligation: Option<Euros>,
    /// What waits for a decision, in euros (ingediend).
    #[schema(value_type = Number)]
    submitted: Euros,
    /// What was approved, in euros (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
    /// What of it counts, after the maximum of each block, in euros (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// What maxima of the policy take off what was approved, in euros (buiten het maximum).
    #[schema(value_type = Number)]
    beyond_maxima: Euros,
    /// By building block (bouwblok).
    blocks: Vec<BlockTotalResponse>,
    /// What blocks count for at most by the policy, where that is a share of what is owed (maxima).
    maxima: Vec<MaximumResponse>,
}

/// What blocks count for at most (maximum), and how much of it is used.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MaximumResponse {
    /// Codes of the blocks that it bounds together.
    blocks: Vec<String>,
    /// What they count for at most, in euros.
    #[schema(value_type = Number)]
    maximum: Euros,
    /// What of them was approved, in euros (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
}

impl From<Maximum> for MaximumResponse {
    fn from(maximum: Maximum) -> Self {
        Self {
            blocks: maximum.blocks,
            maximum: Euros { cents: maximum.most_cents },
            approved: Euros { cents: maximum.approved_cents },
        }
    }
}

/// The sum of the ledger for one building block (bouwblok).
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BlockTotalResponse {
    /// Code of the block.
    block: String,
    /// What waits for a decision, in euros (ingediend).
    #[schema(value_type = Number)]
    submitted: Euros,
    /// What was approved, in euros (goedgekeurd).
    #[schema(value_type = Number)]
    approved: Euros,
}

impl From<Balance> for BalanceResponse {
    fn from(balance: Balance) -> Self {
        let block = |total: BlockTotal| BlockTotalResponse {
            block: total.block,
            submitted: Euros { cents: total.submitted_cents },
            approved: Euros { cents: total.approved_cents },
        };
        Self {
            obligation: balance.owed_cents.map(|cents| Euros { cents }),
            submitted: Euros { cents: balance.submitted_cents },
            approved: Euros { cents: balance.approved_cents },
            realised: Euros { cents: balance.realised_cents },
            beyond_maxima: Euros { cents: balance.approved_cents.saturating_sub(balance.realised_cents) },
            blocks: balance.blocks.into_iter().map(block).collect(),
            maxima: balance.maxima.into_iter().map(MaximumResponse::from).collect(),
        }
    }
}

/// A contract as it is now, with its version.
pub(crate) fn found(contract: Contract) -> HttpResponse {
    resource::found(contract.record.version, &ContractResponse::from(contract))
}

/// Registers a contract
///
/// A contract (opdracht) that follows from an award, or that was not tendered here. What is owed is computed
/// under its policy and explained in its first change.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts",
    tag = "contracts",
    params(MunicipalityParams),
    request_body = ContractRequest,
    responses(
        (status = 201, description = "The contract is registered", body = ContractResponse),
        (status = 409, description = "The lot is not awarded, or it or the reference has a contract already")
    )
)]
pub async fn create_contract(
    state: Data<AppState>,
    tenant: Tenant,
    body: Json<ContractRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let new = body.0.into_new(tenant.municipality);
    let contract = state
        .run(move |services| contracts::create(services, &tenant.actor, tenant.municipality, &new))
        .await?;
    let (id, version) = (contract.id, contract.record.version);
    Ok(resource::created(&request, id, version, &ContractResponse::from(contract)))
}

/// Shows a contract
///
/// The contract (opdracht) as it is now.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}",
    tag = "contracts",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The contract", body = ContractResponse))
)]
pub async fn get_contract(state: Data<AppState>, at: InContract) -> Result<HttpResponse, Problem> {
    let contract =
        state.run(move |services| contracts::get(services, &at.actor, at.municipality, at.contract)).await?;
    Ok(found(contract))
}

/// Fixes what is owed
///
/// Fixes the obligation as it was computed (vaststelling van de opgave), or that nothing is owed. From then
/// on efforts can be accounted for.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/determinations",
    tag = "contracts",
    params(MunicipalityParams, ContractParams, IfMatch),
    responses(
        (status = 200, description = "The obligation is fixed", body = ContractResponse),
        (status = 409, description = "It is fixed already, or nothing was computed yet")
    )
)]
pub async fn determine_obligation(
    state: Data<AppState>,
    at: InContract,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let contract = state
        .run(move |services| contracts::determine(services, &at.actor, at.municipality, at.contract, seen.0))
        .await?;
    Ok(found(contract))
}

/// Shows what is owed and what counts
///
/// The balance (saldo) of the contract, summed from the ledger at this moment.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/balance",
    tag = "contracts",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The balance", body = BalanceResponse))
)]
pub async fn get_contract_balance(state: Data<AppState>, at: InContract) -> Result<HttpResponse, Problem> {
    let balance = state
        .run(move |services| entries::balance(services, &at.actor, at.municipality, at.contract))
        .await?;
    Ok(HttpResponse::Ok().json(BalanceResponse::from(balance)))
}
