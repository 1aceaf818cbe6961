//! What handing an entry in would do to others that share a maximum with it.

use actix_web::HttpResponse;
use actix_web::web::{Data, Path};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::frame::auth::InContract;
use crate::http::frame::path::{ContractParams, EntryParams, MunicipalityParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_model::following::entry::EntryState;
use trede_service::following::entries::{self, Effect};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// What an entry counts for, and which others then count for another amount (gevolgen).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "value": "20000",
    "changes": [{
        "entryId": "0190a5c8-0000-7000-8000-000000000013",
        "contractId": "0190a5c8-0000-7000-8000-000000000011",
        "state": "submitted",
        "value": "20000",
        "valueThen": "0"
    }]
}))]
pub struct EntryEffects {
    /// What the entry counts for once it is handed in, in euros (waarde).
    #[schema(value_type = Number)]
    value: Euros,
    /// The others that you may see and that then count for another amount (andere verantwoordingen).
    changes: Vec<EntryChange>,
}

/// Another entry that counts for another amount (herwaardering).
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = EntryValueChange)]
pub struct EntryChange {
    /// The other entry.
    #[schema(value_type = String, format = Uuid)]
    entry_id: String,
    /// Its contract (opdracht).
    #[schema(value_type = String, format = Uuid)]
    contract_id: String,
    /// The contractor's own reference (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    external_reference: Option<String>,
    /// How far it is.
    #[schema(schema_with = schema::entry_state)]
    state: EntryState,
    /// What it counts for now, in euros.
    #[schema(value_type = Number)]
    value: Euros,
    /// What it counts for then, in euros.
    #[schema(value_type = Number)]
    value_then: Euros,
}

impl From<Effect> for EntryChange {
    fn from(effect: Effect) -> Self {
        Self {
            entry_id: effect.entry.id.to_string(),
            contract_id: effect.entry.contract.to_string(),
            external_reference: effect.entry.content.external_reference,
            state: effect.entry.state,
            value: Euros { cents: effect.entry.value_cents },
            value_then: Euros { cents: effect.then_cents },
        }
    }
}

/// Tells what handing an entry in does
///
/// What the entry counts for among all that share a maximum with it, and which of those then count for another
/// amount (gevolgen van indiening). Nothing is changed.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/entries/{entryId}/effects",
    tag = "entries",
    params(MunicipalityParams, ContractParams, EntryParams),
    responses((status = 200, description = "What it does", body = EntryEffects))
)]
pub async fn get_entry_effects(
    state: Data<AppState>,
    at: InContract,
    path: Path<EntryParams>,
) -> Result<HttpResponse, Problem> {
    let (entry, effects) = state
        .run(move |services| {
            entries::effects(services, &at.actor, at.municipality, at.contract, path.entry_id)
        })
        .await?;
    Ok(HttpResponse::Ok().json(EntryEffects {
        value: Euros { cents: entry.value_cents },
        changes: effects.into_iter().map(EntryChange::from).collect(),
    }))
}
