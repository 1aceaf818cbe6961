//! Changes of contracts (wijzigingen), each with the obligation that followed from it.

use actix_web::HttpResponse;
use actix_web::web::Data;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::http::frame::auth::InContract;
use crate::http::frame::body::Json;
use crate::http::frame::document_field::document_field;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::path::{ContractParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::ids::KvkNumber;
use trede_formats::contract_terms::{ContractDeviation, ContractTermsInput};
use trede_model::following::change::{ChangeKind, ContractChange};
use trede_model::policies::policy::PolicyId;
use trede_service::following::contract_changes::{self, NewChange};
use trede_wire::euros::Euros;
use trede_wire::number::Number;
use trede_wire::social_return_case::LevelPeriodInput;
use trede_wire::social_return_result::AmountResult;

/// A change of a contract (wijziging). What is left out stays as it is.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kind": "extension",
    "effectiveOn": "2028-03-01",
    "reason": "Eerste optiejaar",
    "endsOn": "2029-02-28",
    "contractSum": "1500000.00"
}))]
pub struct ContractChangeRequest {
    /// Why the contract changed.
    #[schema(schema_with = schema::change_kind)]
    kind: ChangeKind,
    /// From which day it holds (ingangsdatum).
    effective_on: NaiveDate,
    /// Why, in words (reden).
    #[schema(min_length = 1, max_length = 20000)]
    reason: String,
    /// `policy`, `correction`: the version to keep (beleid).
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Uuid)]
    policy_id: Option<PolicyId>,
    /// The new contract sum excluding VAT, in euros (opdrachtsom).
    #[serde(default)]
    #[schema(value_type = Option<Number>)]
    contract_sum: Option<Euros>,
    /// The new wage sum, in euros (loonsom).
    #[serde(default)]
    #[schema(value_type = Option<Number>)]
    wage_sum: Option<Euros>,
    /// The new last day (einddatum).
    #[serde(default)]
    ends_on: Option<NaiveDate>,
    /// `indexation`: the percentage by which sums go up, or down where it is negative (indexering).
    #[serde(default)]
    index_percent: Option<Number>,
    /// The new contractor (opdrachtnemer).
    #[serde(default)]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    contractor_kvk_number: Option<KvkNumber>,
    /// All other members of the consortium (combinatie).
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    consortium_kvk_numbers: Option<Vec<KvkNumber>>,
    /// All PSO levels during the term, those that ended too (PSO-treden); left out in a change of the kind
    /// `pso-level`: those that the register of certificates knows.
    #[serde(default)]
    pso_levels: Option<Vec<LevelPeriodInput>>,
    /// `relief`: why nothing is owed (ontheffing).
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20000)]
    exemption: Option<String>,
    /// `relief`: what is owed instead of what the policy says (maatwerk).
    #[serde(default)]
    deviation: Option<ContractDeviation>,
    /// The new coordinator (coördinator).
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    coordinator: Option<String>,
    /// The new reference (kenmerk).
    #[serde(default)]
    #[schema(min_length = 1, max_length = 500)]
    external_reference: Option<String>,
    /// All labels during the term, those that ended too (keurmerken).
    #[serde(default)]
    labels: Option<Vec<LevelPeriodInput>>,
    /// All other organisations of the contractor's group (concern).
    #[serde(default)]
    #[schema(value_type = Option<Vec<String>>)]
    group_kvk_numbers: Option<Vec<KvkNumber>>,
    /// How many people the contractor employs now (werknemers).
    #[serde(default)]
    #[schema(format = Int64)]
    employees: Option<u32>,
    /// Which percentage of its full-time jobs people of the target groups have now (5 %-norm).
    #[serde(default)]
    target_group_percent: Option<Number>,
}

impl From<ContractChangeRequest> for NewChange {
    fn from(request: ContractChangeRequest) -> Self {
        Self {
            kind: request.kind,
            effective_on: request.effective_on,
            reason: request.reason,
            policy: request.policy_id,
            contract_sum_cents: request.contract_sum.map(|sum| sum.cents),
            wage_sum_cents: request.wage_sum.map(|sum| sum.cents),
            ends_on: request.ends_on,
            index_percent: request.index_percent.map(|percent| percent.0),
            contractor: request.contractor_kvk_number,
            consortium: request.consortium_kvk_numbers,
            pso_levels: request.pso_levels,
            exemption: request.exemption,
            deviation: request.deviation,
            coordinator: request.coordinator,
            external_reference: request.external_reference,
            labels: request.labels,
            group: request.group_kvk_numbers,
            employees: request.employees,
            target_group_percent: request.target_group_percent.map(|percent| percent.0),
        }
    }
}

/// What a contract became (wijziging). It never changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "sequence": 1,
    "kind": "registration",
    "effectiveOn": "2026-03-01",
    "reason": "",
    "terms": {
        "title": "Groenonderhoud", "contractorKvkNumber": "69599068", "kind": "services",
        "contractSum": "1000000", "startsOn": "2026-03-01", "endsOn": "2028-02-29"
    },
    "obligation": "50000",
    "enteredAt": "2026-03-01T09:00:00Z",
    "enteredBy": "coordinator-1"
}))]
pub struct ContractChangeResponse {
    /// Its place among the changes of the contract, from 1.
    sequence: i32,
    /// Why the contract changed.
    #[schema(schema_with = schema::change_kind)]
    kind: ChangeKind,
    /// From which day it holds (ingangsdatum).
    effective_on: NaiveDate,
    /// Why, in words (reden).
    reason: String,
    /// The whole terms afterwards (voorwaarden).
    #[schema(value_type = ContractTermsInput)]
    terms: Box<RawValue>,
    /// The policy afterwards (beleid).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    policy_id: Option<String>,
    /// What is owed afterwards, in euros (opgave).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    obligation: Option<Euros>,
    /// How that was computed, step by step (berekening).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<AmountResult>)]
    calculation: Option<Box<RawValue>>,
    /// When it was entered.
    entered_at: DateTime<Utc>,
    /// By whom.
    entered_by: String,
}

fn response(change: ContractChange) -> Result<ContractChangeResponse, Problem> {
    let calculation = change.obligation_cents.map(|_| document_field(change.calculation)).transpose()?;
    Ok(ContractChangeResponse {
        sequence: change.sequence,
        kind: change.kind,
        effective_on: change.effective_on,
        reason: change.reason,
        terms: document_field(change.terms)?,
        policy_id: change.policy.map(|policy| policy.to_string()),
        obligation: change.obligation_cents.map(|cents| Euros { cents }),
        calculation,
        entered_at: change.at,
        entered_by: change.actor,
    })
}

/// The changes of a contract (wijzigingen), the registration first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ContractChangeList {
    /// All of them, in order.
    items: Vec<ContractChangeResponse>,
}

/// Lists the changes of a contract
///
/// Every change (wijziging) with the whole terms and the obligation that followed from them, explained.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/changes",
    tag = "contracts",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The changes", body = ContractChangeList))
)]
pub async fn list_contract_changes(state: Data<AppState>, at: InContract) -> Result<HttpResponse, Problem> {
    let changes = state
        .run(move |services| contract_changes::list(services, &at.actor, at.municipality, at.contract))
        .await?;
    let items = changes.into_iter().map(response).collect::<Result<_, _>>()?;
    Ok(HttpResponse::Ok().json(ContractChangeList { items }))
}

/// Changes a contract
///
/// Records a change (wijziging) and computes the obligation again. The answer's `ETag` is that of the
/// contract.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/changes",
    tag = "contracts",
    params(MunicipalityParams, ContractParams, IfMatch),
    request_body = ContractChangeRequest,
    responses(
        (status = 200, description = "The contract is changed", body = ContractChangeResponse),
        (status = 409, description = "The contract is settled, or purchases stand in the way of a PSO reduction")
    )
)]
pub async fn create_contract_change(
    state: Data<AppState>,
    at: InContract,
    seen: IfMatch,
    body: Json<ContractChangeRequest>,
) -> Result<HttpResponse, Problem> {
    let new = body.0.into();
    let (contract, change) = state
        .run(move |services| {
            contract_changes::create(services, &at.actor, at.municipality, at.contract, seen.0, &new)
        })
        .await?;
    Ok(resource::found(contract.record.version, &response(change)?))
}
