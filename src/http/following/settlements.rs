//! Settlements (afrekeningen) of contracts, with their statement.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::http::following::entries::{self, EntryResponse};
use crate::http::frame::auth::InContract;
use crate::http::frame::body::Json;
use crate::http::frame::document_field::document_field;
use crate::http::frame::path::{ContractParams, MunicipalityParams, SettlementParams};
use crate::http::frame::pdf::{PdfDocument, sent};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::following::contract::ContractId;
use trede_model::following::obligation_state::ObligationStep;
use trede_model::following::settlement::SettlementRecord;
use trede_service::following::carry_overs;
use trede_service::following::settlements::{self, NewSettlement};
use trede_service::following::statement;
use trede_service::following::statement_pdfs;
use trede_wire::euros::Euros;
use trede_wire::number::Number;
use trede_wire::social_return_result::SettlementResult;

/// A decision on what was realised (besluit over de afrekening).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"decision": "fulfil", "reason": "De opgave is gehaald."}))]
pub struct SettlementRequest {
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

/// A settlement (afrekening). It never changes.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000015",
    "decision": "sanction",
    "obligation": "20000", "realised": "14500", "shortfall": "5500", "sanction": "8250", "carriedOver": "0",
    "reason": "Na de hersteltermijn is er nog een tekort.",
    "calculation": {"shortfall": "5500.00", "sanction": "8250.00"},
    "statement": {"markdown": "# Afrekening social return", "html": "<h1>Afrekening social return</h1>"},
    "decidedAt": "2028-05-01T09:00:00Z",
    "decidedBy": "coordinator-1"
}))]
pub struct SettlementResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// Which decision.
    #[schema(schema_with = schema::settlement_decision)]
    decision: ObligationStep,
    /// What was owed, in euros (opgave).
    #[schema(value_type = Number)]
    obligation: Euros,
    /// What was realised by the ledger, in euros (gerealiseerd).
    #[schema(value_type = Number)]
    realised: Euros,
    /// What was short, in euros (tekort).
    #[schema(value_type = Number)]
    shortfall: Euros,
    /// What the contractor pays, in euros (sanctie).
    #[schema(value_type = Number)]
    sanction: Euros,
    /// What may count for another contract, in euros (overheveling).
    #[schema(value_type = Number)]
    carried_over: Euros,
    /// Until when the contractor may make up for what is short (hersteltermijn).
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_until: Option<NaiveDate>,
    /// Why (motivering).
    reason: String,
    /// How it was computed, step by step (berekening).
    #[schema(value_type = SettlementResult)]
    calculation: Box<RawValue>,
    /// The statement (eindafrekening), in two forms.
    statement: StatementResponse,
    /// When it was decided.
    decided_at: DateTime<Utc>,
    /// By whom.
    decided_by: String,
}

/// The statement of a settlement (eindafrekening) as a document.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct StatementResponse {
    /// As Markdown.
    markdown: String,
    /// As a page of HTML that needs nothing from elsewhere.
    html: String,
}

fn response(settlement: SettlementRecord) -> Result<SettlementResponse, Problem> {
    Ok(SettlementResponse {
        id: settlement.id.to_string(),
        decision: settlement.step,
        obligation: Euros { cents: settlement.owed_cents },
        realised: Euros { cents: settlement.realised_cents },
        shortfall: Euros { cents: settlement.shortfall_cents },
        sanction: Euros { cents: settlement.sanction_cents },
        carried_over: Euros { cents: settlement.carried_over_cents },
        cure_until: settlement.cure_until,
        reason: settlement.reason,
        calculation: document_field(settlement.calculation)?,
        statement: StatementResponse {
            html: statement::html(&settlement.statement),
            markdown: settlement.statement,
        },
        decided_at: settlement.at,
        decided_by: settlement.actor,
    })
}

/// Settlements of a contract (afrekeningen), the first first.
#[derive(Debug, Serialize, ToSchema)]
pub struct SettlementList {
    /// All of them, in order.
    items: Vec<SettlementResponse>,
}

/// Lists the settlements of a contract
///
/// Every decision (afrekening) on what was realised, the first first.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/settlements",
    tag = "settlements",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The settlements", body = SettlementList))
)]
pub async fn list_settlements(state: Data<AppState>, at: InContract) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| settlements::list(services, &at.actor, at.municipality, at.contract))
        .await?;
    let items = found.into_iter().map(response).collect::<Result<_, _>>()?;
    Ok(HttpResponse::Ok().json(SettlementList { items }))
}

/// Settles a contract
///
/// Decides on what was realised (afrekening): fulfilled, a cure period, short, a sanction, or excused. The
/// ledger and the policy say which of these can be.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/settlements",
    tag = "settlements",
    params(MunicipalityParams, ContractParams),
    request_body = SettlementRequest,
    responses(
        (status = 201, description = "The decision is taken", body = SettlementResponse),
        (status = 409, description = "The ledger, the policy or the state of the obligation forbids it")
    )
)]
pub async fn settle_contract(
    state: Data<AppState>,
    at: InContract,
    body: Json<SettlementRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let SettlementRequest { decision, reason, cure_until } = body.0;
    let new = NewSettlement { step: decision, reason, cure_until };
    let settled = state
        .run(move |services| settlements::create(services, &at.actor, at.municipality, at.contract, &new))
        .await?;
    Ok(resource::recorded(&request, settled.id, &response(settled)?))
}

/// From which contract something is carried over (overheveling).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"fromContractId": "0190a5c8-0000-7000-8000-000000000016"}))]
pub struct CarryOverRequest {
    /// A contract of the same contractor that was settled as fulfilled, and left something.
    #[schema(value_type = String, format = Uuid)]
    from_contract_id: ContractId,
}

/// Carries over what another contract left
///
/// Counts for this contract what was done beyond the obligation of another (overheveling), where the policy of
/// that other lets it. It becomes an approved entry.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/carry-overs",
    tag = "settlements",
    params(MunicipalityParams, ContractParams),
    request_body = CarryOverRequest,
    responses(
        (status = 200, description = "It counts for this contract", body = EntryResponse),
        (status = 409, description = "The other left nothing, or it was carried over already")
    )
)]
pub async fn create_carry_over(
    state: Data<AppState>,
    at: InContract,
    body: Json<CarryOverRequest>,
) -> Result<HttpResponse, Problem> {
    let from = body.0.from_contract_id;
    let entry = state
        .run(move |services| carry_overs::create(services, &at.actor, at.municipality, at.contract, from))
        .await?;
    entries::found(entry)
}

/// Shows a settlement
///
/// The decision (afrekening) with its calculation and its statement.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/settlements/{settlementId}",
    tag = "settlements",
    params(MunicipalityParams, ContractParams, SettlementParams),
    responses((status = 200, description = "The settlement", body = SettlementResponse))
)]
pub async fn get_settlement(
    state: Data<AppState>,
    at: InContract,
    path: Path<SettlementParams>,
) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| {
            let InContract { actor, municipality, contract } = &at;
            settlements::get(services, actor, *municipality, *contract, path.settlement_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(response(found)?))
}

/// Sends the statement of a settlement as PDF
///
/// The statement (eindafrekening) in Dutch, as it was written when it was decided: tagged PDF that can be archived and
/// read aloud (PDF/A-3a, PDF/UA-1). The same settlement gives the same bytes.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/settlements/{settlementId}/pdf",
    tag = "settlements",
    params(MunicipalityParams, ContractParams, SettlementParams),
    responses(
        (status = 200, description = "The statement", body = PdfDocument, content_type = "application/pdf"),
        (status = 409, description = "The font of documents lacks a sign that stands in it")
    )
)]
pub async fn get_settlement_pdf(
    state: Data<AppState>,
    at: InContract,
    path: Path<SettlementParams>,
) -> Result<HttpResponse, Problem> {
    let file = state
        .run(move |services| {
            let InContract { actor, municipality, contract } = &at;
            statement_pdfs::get(services, actor, *municipality, *contract, path.settlement_id)
        })
        .await?;
    Ok(sent("afrekening", file))
}
