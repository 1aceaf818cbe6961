//! Entries (verantwoordingen) of contractors under a contract.

use actix_web::web::{Data, Path, Query};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

use crate::http::frame::auth::InContract;
use crate::http::frame::body::Json;
use crate::http::frame::document_field::document_field;
use crate::http::frame::etag::IfMatch;
use crate::http::frame::page::PageQuery;
use crate::http::frame::path::{ContractParams, EntryParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_base::page::Page;
use trede_formats::entry_record::{EntryKindInput, EntryRecord};
use trede_model::following::entry::{Entry, EntryPath, EntryState};
use trede_service::following::{entries, entry_removals};
use trede_wire::euros::Euros;
use trede_wire::number::Number;
use trede_wire::social_return_case::EntryInput;
use trede_wire::social_return_result::AmountResult;

/// An entry (verantwoording): what was done, how far it is and what it counts for.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000012",
    "contractId": "0190a5c8-0000-7000-8000-000000000011",
    "kind": "placement",
    "contractorKvkNumber": "69599068",
    "description": "Medewerker groenonderhoud",
    "candidateReference": "K-12",
    "facts": {
        "block": "participatiewet",
        "period": {"from": "2026-01-01", "until": "2026-08-31"},
        "hoursPerWeek": "24"
    },
    "state": "submitted",
    "value": "17777.78",
    "createdAt": "2026-09-01T09:00:00Z",
    "createdBy": "contractor-1",
    "updatedAt": "2026-09-01T09:05:00Z"
}))]
pub struct EntryResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The contract (opdracht).
    #[schema(value_type = String, format = Uuid)]
    contract_id: String,
    /// The contractor's own reference (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    /// What was done (soort invulling).
    kind: EntryKindInput,
    /// The party of the contract that did it (opdrachtnemer).
    contractor_kvk_number: String,
    /// In words (toelichting).
    description: String,
    /// The contractor's opaque reference of the candidate (kandidaat).
    #[serde(skip_serializing_if = "Option::is_none")]
    candidate_reference: Option<String>,
    /// By which the candidate is recognised in the whole region (persoonssleutel).
    #[serde(skip_serializing_if = "Option::is_none")]
    person_key: Option<String>,
    /// Why these hours are others than those that another entry accounts for (andere uren).
    #[serde(skip_serializing_if = "Option::is_none")]
    other_hours: Option<String>,
    /// The supplier (leverancier).
    #[serde(skip_serializing_if = "Option::is_none")]
    supplier_kvk_number: Option<String>,
    /// The number of the invoice (factuurnummer).
    #[serde(skip_serializing_if = "Option::is_none")]
    invoice_number: Option<String>,
    /// The facts that the policy asks for (feiten).
    #[schema(value_type = EntryInput)]
    facts: Box<RawValue>,
    /// How far it is.
    #[schema(schema_with = schema::entry_state)]
    state: EntryState,
    /// What it counts for once it is approved, in euros (waarde).
    #[schema(value_type = Number)]
    value: Euros,
    /// How that was computed, step by step (berekening); in lists left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<AmountResult>)]
    calculation: Option<Box<RawValue>>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// By whom.
    created_by: String,
    /// When it last changed.
    updated_at: DateTime<Utc>,
}

/// An entry as it is told; its calculation only where that is asked.
pub(crate) fn response(entry: Entry, explained: bool) -> Result<EntryResponse, Problem> {
    let content = entry.content;
    Ok(EntryResponse {
        id: entry.id.to_string(),
        contract_id: entry.contract.to_string(),
        external_reference: content.external_reference,
        kind: content.kind.into(),
        contractor_kvk_number: content.contractor.to_string(),
        description: content.description,
        candidate_reference: content.candidate,
        person_key: content.person_key.map(|key| key.to_string()),
        other_hours: content.other_hours,
        supplier_kvk_number: content.supplier.map(|kvk| kvk.to_string()),
        invoice_number: content.invoice_number,
        facts: document_field(content.facts)?,
        state: entry.state,
        value: Euros { cents: entry.value_cents },
        calculation: explained.then(|| document_field(entry.calculation)).transpose()?,
        created_at: entry.record.created_at,
        created_by: entry.created_by,
        updated_at: entry.record.updated_at,
    })
}

/// An entry as it is now, with its version.
pub(crate) fn found(entry: Entry) -> Result<HttpResponse, Problem> {
    Ok(resource::found(entry.record.version, &response(entry, true)?))
}

/// Entries (verantwoordingen), in the order in which they were made.
#[derive(Debug, Serialize, ToSchema)]
pub struct EntryList {
    /// The items of this page, in a stable order.
    items: Vec<EntryResponse>,
}

impl EntryList {
    /// A page of entries.
    pub(crate) const fn of(items: Vec<EntryResponse>) -> Self {
        Self { items }
    }
}

/// Lists the entries of a contract
///
/// Entries (verantwoordingen) in the order in which they were made, without their calculation.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries",
    tag = "entries",
    params(MunicipalityParams, ContractParams, PageQuery),
    responses((status = 200, description = "A page of entries", body = EntryList))
)]
pub async fn list_entries(
    state: Data<AppState>,
    at: InContract,
    query: Query<PageQuery>,
) -> Result<HttpResponse, Problem> {
    let request = query.request()?;
    let page = state
        .run(move |services| entries::list(services, &at.actor, at.municipality, at.contract, &request))
        .await?;
    let Page { items, has_previous, has_next } = page;
    let ids: Vec<_> = items.iter().map(|entry| entry.id).collect();
    let items: Vec<_> = items.into_iter().map(|entry| response(entry, false)).collect::<Result<_, _>>()?;
    let page = Page { items: ids.into_iter().zip(items).collect(), has_previous, has_next };
    Ok(query.answer(
        page,
        |(id, _)| *id,
        |items| EntryList { items: items.into_iter().map(|(_, item)| item).collect() },
    ))
}

/// Writes an entry
///
/// A draft (concept-verantwoording), valued at once under the policy of the contract. Nothing counts before
/// it is handed in and approved.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries",
    tag = "entries",
    params(MunicipalityParams, ContractParams),
    request_body = EntryRecord,
    responses(
        (status = 201, description = "The draft is written", body = EntryResponse),
        (status = 409, description = "The contract has no policy yet, or the reference is taken")
    )
)]
pub async fn create_entry(
    state: Data<AppState>,
    at: InContract,
    body: Json<EntryRecord>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let entry = state
        .run(move |services| entries::create(services, &at.actor, at.municipality, at.contract, &body.0))
        .await?;
    let (id, version) = (entry.id, entry.record.version);
    Ok(resource::created(&request, id, version, &response(entry, true)?))
}

/// Shows an entry
///
/// The entry (verantwoording) with every step of its calculation.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    responses((status = 200, description = "The entry", body = EntryResponse))
)]
pub async fn get_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
) -> Result<HttpResponse, Problem> {
    let entry = state
        .run(move |services| entries::get(services, &at.actor, at.municipality, at.contract, path.entry_id))
        .await?;
    found(entry)
}

/// Removes an entry
///
/// Takes an entry that is a draft or was given back away for good (verwijdering). One that was never handed in is gone;
/// of one that was, the steps stay, and it is `withdrawn`.
#[utoipa::path(
    delete,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams, IfMatch),
    responses(
        (status = 204, description = "The entry is removed"),
        (status = 409, description = "It waits for a decision, or one was taken")
    )
)]
pub async fn delete_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
    seen: IfMatch,
) -> Result<HttpResponse, Problem> {
    let entry = EntryPath { municipality: at.municipality, contract: at.contract, entry: path.entry_id };
    state.run(move |services| entry_removals::remove(services, &at.actor, entry, seen.0)).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Changes an entry
///
/// Changes an entry (verantwoording) that is a draft or was given back.
#[utoipa::path(
    put,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams, IfMatch),
    request_body = EntryRecord,
    responses(
        (status = 200, description = "The entry is changed", body = EntryResponse),
        (status = 409, description = "The entry was handed in, or the reference is taken")
    )
)]
pub async fn update_entry(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
    seen: IfMatch,
    body: Json<EntryRecord>,
) -> Result<HttpResponse, Problem> {
    let entry = state
        .run(move |services| {
            let id = (at.contract, path.entry_id);
            entries::update(services, &at.actor, at.municipality, id, seen.0, &body.0)
        })
        .await?;
    found(entry)
}
