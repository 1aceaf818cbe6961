//! Plans of approach (plannen van aanpak) and the milestones (mijlpalen) of contracts.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::frame::auth::InContract;
use crate::http::frame::body::Json;
use crate::http::frame::page::list_of;
use crate::http::frame::path::{ContractParams, MilestoneParams, MunicipalityParams, PlanParams};
use crate::http::frame::problem::Problem;
use crate::http::frame::resource;
use crate::http::frame::schema;
use crate::http::state::AppState;
use trede_formats::plan_milestone::PlanMilestone;
use trede_model::following::plan::{Milestone, MilestoneKind, Plan, PlanState};
use trede_service::following::{milestones, plans};
use trede_wire::euros::Euros;
use trede_wire::number::Number;

/// A plan of approach (plan van aanpak).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "approach": "Twee plaatsingen in wijk Noord, en inkoop bij een sociale onderneming.",
    "milestones": [{"title": "Eerste plaatsing", "dueOn": "2026-06-01", "plannedAmount": "20000.00"}]
}))]
pub struct PlanRequest {
    /// What the contractor will do (aanpak).
    #[schema(min_length = 1, max_length = 20000)]
    approach: String,
    /// What will be done by when (mijlpalen).
    #[serde(default)]
    #[schema(max_items = 100)]
    milestones: Vec<PlanMilestone>,
}

/// What the coordinator says of a plan (beoordeling van het plan).
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"agreed": true}))]
pub struct PlanDecision {
    /// Whether it is agreed; if not, it is given back (akkoord).
    agreed: bool,
    /// Why; needed where it is given back (reden).
    #[serde(default)]
    #[schema(min_length = 1, max_length = 20000)]
    reason: Option<String>,
}

/// A plan of approach (plan van aanpak) and what was said of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000013",
    "approach": "Twee plaatsingen in wijk Noord.",
    "milestones": [{"title": "Eerste plaatsing", "dueOn": "2026-06-01"}],
    "state": "submitted",
    "submittedAt": "2026-03-10T09:00:00Z",
    "submittedBy": "contractor-1"
}))]
pub struct PlanResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// What the contractor will do (aanpak).
    approach: String,
    /// What will be done by when (mijlpalen).
    milestones: Vec<PlanMilestone>,
    /// How far it is.
    #[schema(schema_with = schema::plan_state)]
    state: PlanState,
    /// When it was handed in.
    submitted_at: DateTime<Utc>,
    /// By whom.
    submitted_by: String,
    /// When it was decided upon.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_at: Option<DateTime<Utc>>,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    decided_by: Option<String>,
    /// Why (reden).
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

fn response(plan: Plan) -> Result<PlanResponse, Problem> {
    Ok(PlanResponse {
        id: plan.id.to_string(),
        milestones: plans::milestones_of(&plan)?,
        approach: plan.approach,
        state: plan.state,
        submitted_at: plan.submitted_at,
        submitted_by: plan.submitted_by,
        decided_at: plan.decided_at,
        decided_by: plan.decided_by,
        reason: plan.reason,
    })
}

/// Plans of approach (plannen van aanpak), the first first.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct PlanList {
    /// All of them, in order.
    items: Vec<PlanResponse>,
}

/// A milestone (mijlpaal) of a contract.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(example = json!({
    "id": "0190a5c8-0000-7000-8000-000000000014",
    "kind": "plan",
    "title": "Eerste plaatsing",
    "dueOn": "2026-06-01",
    "plannedAmount": "20000"
}))]
pub struct MilestoneResponse {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    id: String,
    /// What it is for.
    #[schema(schema_with = schema::milestone_kind)]
    kind: MilestoneKind,
    /// What must be done (omschrijving).
    title: String,
    /// By which day (termijn).
    due_on: NaiveDate,
    /// What is planned to be realised since the milestone before, in euros (gepland bedrag).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    planned_amount: Option<Euros>,
    /// When it was done (gereed).
    #[serde(skip_serializing_if = "Option::is_none")]
    done_on: Option<NaiveDate>,
}

impl From<Milestone> for MilestoneResponse {
    fn from(milestone: Milestone) -> Self {
        Self {
            id: milestone.id.to_string(),
            kind: milestone.kind,
            title: milestone.title,
            due_on: milestone.due_on,
            planned_amount: milestone.planned_cents.map(|cents| Euros { cents }),
            done_on: milestone.done_on,
        }
    }
}

list_of! {
    /// Milestones (mijlpalen), the earliest first.
    MilestoneList of MilestoneResponse
}

/// When a milestone was done (gereedmelding).
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"doneOn": "2026-03-01"}))]
pub struct MilestoneCompletion {
    /// The day on which it was done (gereed).
    done_on: NaiveDate,
}

/// Lists the plans for a contract
///
/// Every plan of approach (plan van aanpak), those that were given back too.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/plans",
    tag = "contracts",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The plans", body = PlanList))
)]
pub async fn list_plans(state: Data<AppState>, at: InContract) -> Result<HttpResponse, Problem> {
    let plans =
        state.run(move |services| plans::list(services, &at.actor, at.municipality, at.contract)).await?;
    let items = plans.into_iter().map(response).collect::<Result<_, _>>()?;
    Ok(HttpResponse::Ok().json(PlanList { items }))
}

/// Reads a plan
///
/// One plan of approach (plan van aanpak).
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/plans/{planId}",
    tag = "contracts",
    params(MunicipalityParams, ContractParams, PlanParams),
    responses((status = 200, description = "The plan", body = PlanResponse))
)]
pub async fn get_plan(
    state: Data<AppState>,
    at: InContract,
    path: Path<PlanParams>,
) -> Result<HttpResponse, Problem> {
    let plan = state
        .run(move |services| plans::get(services, &at.actor, at.municipality, (at.contract, path.plan_id)))
        .await?;
    Ok(HttpResponse::Ok().json(response(plan)?))
}

/// Hands in a plan
///
/// A plan of approach (plan van aanpak) for the coordinator to agree with. A better one is another plan.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/plans",
    tag = "contracts",
    params(MunicipalityParams, ContractParams),
    request_body = PlanRequest,
    responses(
        (status = 201, description = "The plan is handed in", body = PlanResponse),
        (status = 409, description = "Another plan waits for a decision")
    )
)]
pub async fn submit_plan(
    state: Data<AppState>,
    at: InContract,
    body: Json<PlanRequest>,
    request: HttpRequest,
) -> Result<HttpResponse, Problem> {
    let PlanRequest { approach, milestones } = body.0;
    let plan = state
        .run(move |services| {
            plans::submit(services, &at.actor, at.municipality, at.contract, &approach, &milestones)
        })
        .await?;
    Ok(resource::recorded(&request, plan.id, &response(plan)?))
}

/// Decides on a plan
///
/// Agrees with a plan of approach (plan van aanpak), whose milestones then become those of the contract, or
/// gives it back with a reason.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/plans/{planId}/decisions",
    tag = "contracts",
    params(MunicipalityParams, ContractParams, PlanParams),
    request_body = PlanDecision,
    responses(
        (status = 200, description = "The plan is decided upon", body = PlanResponse),
        (status = 409, description = "It was decided upon already")
    )
)]
pub async fn decide_plan(
    state: Data<AppState>,
    at: InContract,
    path: Path<PlanParams>,
    body: Json<PlanDecision>,
) -> Result<HttpResponse, Problem> {
    let PlanDecision { agreed, reason } = body.0;
    let plan = state
        .run(move |services| {
            let plan = (at.contract, path.plan_id);
            plans::decide(services, &at.actor, at.municipality, plan, agreed, reason)
        })
        .await?;
    Ok(HttpResponse::Ok().json(response(plan)?))
}

/// Lists the milestones of a contract
///
/// Deadlines (mijlpalen): first contact, milestones of the agreed plan, the end of a cure period.
#[utoipa::path(
    get,
    path = "/municipalities/{municipality}/contracts/{contractId}/milestones",
    tag = "contracts",
    params(MunicipalityParams, ContractParams),
    responses((status = 200, description = "The milestones", body = MilestoneList))
)]
pub async fn list_milestones(state: Data<AppState>, at: InContract) -> Result<HttpResponse, Problem> {
    let found = state
        .run(move |services| milestones::list(services, &at.actor, at.municipality, at.contract))
        .await?;
    Ok(HttpResponse::Ok().json(MilestoneList::of(found)))
}

/// Completes a milestone
///
/// Says that what the milestone (mijlpaal) was for is done.
#[utoipa::path(
    post,
    path = "/municipalities/{municipality}/contracts/{contractId}/milestones/{milestoneId}/completions",
    tag = "contracts",
    params(MunicipalityParams, ContractParams, MilestoneParams),
    request_body = MilestoneCompletion,
    responses(
        (status = 200, description = "The milestone is completed", body = MilestoneResponse),
        (status = 409, description = "It was completed already")
    )
)]
pub async fn complete_milestone(
    state: Data<AppState>,
    at: InContract,
    path: Path<MilestoneParams>,
    body: Json<MilestoneCompletion>,
) -> Result<HttpResponse, Problem> {
    let done_on = body.0.done_on;
    let milestone = state
        .run(move |services| {
            let InContract { actor, municipality, contract } = &at;
            milestones::complete(services, actor, *municipality, *contract, path.milestone_id, done_on)
        })
        .await?;
    Ok(HttpResponse::Ok().json(MilestoneResponse::from(milestone)))
}
