//! Whether an act on many is only tried, and what becomes of each object.

use std::collections::BTreeMap;
use std::future::{Ready, ready};

use actix_web::dev::Payload;
use actix_web::web::Query;
use actix_web::{FromRequest, HttpRequest};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::http::frame::language::accepted;
use crate::http::frame::page::bad_query;
use crate::http::frame::problem::{Problem, ProblemBody};
use trede_base::ids::Id;
use trede_rules::explaining::Language;
use trede_service::overseeing::bulk::{About, Batch, Manner};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// Whether an act on many is only tried.
#[derive(Clone, Copy, Debug, Default, Deserialize, IntoParams)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ManyQuery {
    /// Whether it is only told what would become of each, and nothing is done (proef).
    #[serde(default)]
    #[param(default = false)]
    dry_run: bool,
}

/// How an act on many is done, and in which language refusals are told.
#[derive(Clone, Copy, Debug)]
pub struct BatchManner {
    pub(super) manner: Manner,
    language: Language,
}

impl FromRequest for BatchManner {
    type Error = Problem;
    type Future = Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let asked = Query::<ManyQuery>::from_query(request.query_string());
        ready(asked.map_err(|error| bad_query(error.to_string())).map(|query| Self {
            manner: if query.dry_run { Manner::Rehearse } else { Manner::CarryOut },
            language: accepted(request),
        }))
    }
}

/// What became of one object (uitkomst).
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000012",
    "contractId": "0190a5c8-0000-7000-8000-000000000011",
    "contractTitle": "Groenonderhoud 2026-2028",
    "title": "Gastlessen",
    "amount": "1000.00",
    "state": "approved"
}))]
pub struct ActOutcome {
    /// The id of the entry or the contract.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// The contract (opdracht), or that of the entry; left out, with its title, where the caller may see none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    contract_id: Option<String>,
    /// The title of that contract (titel).
    #[serde(skip_serializing_if = "Option::is_none")]
    contract_title: Option<String>,
    /// What the entry says of itself, or the reference by which the entry or the contract is known (kenmerk).
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// What the entry counts for, or what the contract owes, in euros (waarde, opgave).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    amount: Option<Euros>,
    /// How far it is now, or would be (stand); left out where the act is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    state: Option<&'static str>,
    /// Why the act is refused: what the act on this one alone answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<ProblemBody>,
}

/// What became of a batch (uitkomst per stuk). What was refused leaves the others as they are.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "dryRun": false,
    "done": 1,
    "refused": 0,
    "items": [{
        "id": "0190a5c8-0000-7000-8000-000000000012",
        "contractId": "0190a5c8-0000-7000-8000-000000000011",
        "contractTitle": "Groenonderhoud 2026-2028",
        "title": "Gastlessen",
        "amount": "1000.00",
        "state": "approved"
    }]
}))]
pub struct BatchResponse {
    /// Whether it was only tried: then nothing was done (proef).
    dry_run: bool,
    /// On how many the act was done; where it was only tried, on how many it would be.
    done: usize,
    /// On how many it was refused.
    refused: usize,
    /// Where more are found than one request may act on: give this as `after` of the next.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    next: Option<String>,
    /// Each with its own outcome, in the order of `ids`, or in which they were made.
    items: Vec<ActOutcome>,
}

impl BatchResponse {
    /// The outcomes of a batch, made for the wire.
    pub(super) fn of<T, O>(
        (batch, mut about): (Batch<T, O>, BTreeMap<Id<T>, About>),
        how: BatchManner,
        state: impl Fn(&O) -> &'static str,
    ) -> Self {
        let mut items = Vec::with_capacity(batch.outcomes.len());
        for outcome in batch.outcomes {
            let told = about.remove(&outcome.id);
            let mut item = ActOutcome {
                id: outcome.id.to_string(),
                contract_id: told.as_ref().map(|about| about.contract.to_string()),
                contract_title: told.as_ref().map(|about| about.contract_title.clone()),
                title: told.as_ref().and_then(|about| about.title.clone()),
                amount: told.and_then(|about| about.cents).map(|cents| Euros { cents }),
                state: None,
                problem: None,
            };
            match outcome.outcome {
                Ok(object) => item.state = Some(state(&object)),
                Err(error) => {
                    item.problem = Some(Problem::from(error).told_in(how.language).body().clone());
                }
            }
            items.push(item);
        }
        let refused = items.iter().filter(|item| item.problem.is_some()).count();
        Self {
            dry_run: how.manner == Manner::Rehearse,
            done: items.len().saturating_sub(refused),
            refused,
            next: batch.next.map(|id| id.to_string()),
            items,
        }
    }
}
