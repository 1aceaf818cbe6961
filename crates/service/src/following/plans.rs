//! Plans of approach: handed in by the contractor, agreed or given back by the coordinator.

use serde_json::json;

use crate::Services;
use crate::following::contracts;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use trede_base::ids::MunicipalityId;
use trede_formats::plan_milestone::PlanMilestone;
use trede_model::following::contract::ContractId;
use trede_model::following::plan::{Milestone, MilestoneId, MilestoneKind, Plan, PlanId, PlanState};
use trede_model::telling::event::{Event, EventKind};
use trede_store as store;
use trede_wire::canonical::canonical_json;

const NO_PLAN: ServiceError = ServiceError::NotFound { what: "plan" };

/// The most milestones of a plan.
const MILESTONES: usize = 100;

/// Hands in a plan for a contract.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, [`ServiceError::Refused`] when another waits for a decision.
pub fn submit(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    approach: &str,
    milestones: &[PlanMilestone],
) -> Result<Plan, ServiceError> {
    authorise(actor, municipality, Operation::SubmitPlan)?;
    check(approach, milestones)?;
    let id: PlanId = new_id();
    let object = format!("contracts/{contract}/plans/{id}");
    let act = services.act(actor, municipality, Operation::SubmitPlan, object.clone());
    let milestones = String::from_utf8(canonical_json(&milestones))
        .map_err(|error| ServiceError::Internal(error.into()))?;
    services.db.write(&act, |c| {
        contracts::load(c, services, actor, municipality, contract)?;
        let earlier = store::following::plans::all_of_contract(c, municipality, contract)?;
        if earlier.iter().any(|plan| plan.state == PlanState::Submitted) {
            return Err(ServiceError::refused("plan-waits", "another plan waits for a decision already"));
        }
        let plan = Plan {
            contract,
            id,
            approach: approach.to_owned(),
            milestones: milestones.clone(),
            state: PlanState::Submitted,
            submitted_at: act.at,
            submitted_by: actor.subject.clone(),
            decided_at: None,
            decided_by: None,
            reason: None,
        };
        store::following::plans::insert(c, municipality, &plan)?;
        let data = json!({"contractId": contract, "planId": id}).to_string();
        store::telling::events::append(c, &Event::of(&act, EventKind::PlanSubmitted, object.clone(), data))?;
        Ok(plan)
    })
}

fn check(approach: &str, milestones: &[PlanMilestone]) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/approach", approach, TEXT);
    if milestones.len() > MILESTONES {
        findings.add("/milestones", "too-many", format!("at most {MILESTONES} milestones"));
    }
    for (index, milestone) in milestones.iter().enumerate() {
        findings.needed_text(&format!("/milestones/{index}/title"), &milestone.title, TITLE);
        findings.date(&format!("/milestones/{index}/dueOn"), Some(milestone.due_on));
    }
    findings.into_result()
}

/// Agrees with a plan, whose milestones then become deadlines of the contract, or gives it back.
///
/// # Errors
/// [`ServiceError::Refused`] when it was decided upon already, [`ServiceError::Invalid`] when it is given back
/// without a reason.
pub fn decide(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (contract, id): (ContractId, PlanId),
    agreed: bool,
    reason: Option<String>,
) -> Result<Plan, ServiceError> {
    authorise(actor, municipality, Operation::DecidePlan)?;
    let mut findings = Findings::default();
    findings.optional_text("/reason", reason.as_deref(), TEXT);
    if !agreed && reason.is_none() {
        findings.add("/reason", "reason-needed", "say why the plan is given back");
    }
    findings.into_result()?;
    let object = format!("contracts/{contract}/plans/{id}");
    let act = services.act(actor, municipality, Operation::DecidePlan, object.clone());
    let fresh: Vec<MilestoneId> = (0..MILESTONES).map(|_| new_id()).collect();
    services.db.write(&act, |c| {
        contracts::load(c, services, actor, municipality, contract)?;
        let mut plan = store::following::plans::find(c, municipality, contract, id)?.ok_or(NO_PLAN)?;
        if plan.state != PlanState::Submitted {
            let detail = format!("the plan is «{}» already", plan.state);
            return Err(ServiceError::refused("decided-already", detail));
        }
        plan.state = if agreed { PlanState::Agreed } else { PlanState::Returned };
        plan.decided_at = Some(act.at);
        plan.decided_by = Some(actor.subject.clone());
        plan.reason.clone_from(&reason);
        store::following::plans::update(c, municipality, &plan)?;
        if agreed {
            store::following::milestones::remove_open_of_plan(c, municipality, contract)?;
            for (milestone, id) in milestones_of(&plan)?.into_iter().zip(&fresh) {
                let milestone = Milestone {
                    contract,
                    id: *id,
                    kind: MilestoneKind::Plan,
                    title: milestone.title,
                    due_on: milestone.due_on,
                    planned_cents: milestone.planned_amount.map(|amount| amount.cents),
                    done_on: None,
                };
                store::following::milestones::insert(c, municipality, &milestone)?;
            }
        }
        let data = json!({"contractId": contract, "planId": id, "state": plan.state}).to_string();
        store::telling::events::append(c, &Event::of(&act, EventKind::PlanDecided, object.clone(), data))?;
        Ok(plan)
    })
}

/// The milestones of a plan, as they were handed in.
///
/// # Errors
/// [`ServiceError::Internal`] when they cannot be read: they were checked when they were handed in.
pub fn milestones_of(plan: &Plan) -> Result<Vec<PlanMilestone>, ServiceError> {
    serde_json::from_str(&plan.milestones).map_err(|error| ServiceError::Internal(error.into()))
}

/// Every plan for a contract, the first first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<Plan>, ServiceError> {
    authorise(actor, municipality, Operation::ListPlans)?;
    services.db.read(|c| {
        contracts::load(c, services, actor, municipality, contract)?;
        Ok(store::following::plans::all_of_contract(c, municipality, contract)?)
    })
}

/// One plan for a contract.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract, or it has no such plan.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (contract, id): (ContractId, PlanId),
) -> Result<Plan, ServiceError> {
    authorise(actor, municipality, Operation::GetPlan)?;
    services.db.read(|c| {
        contracts::load(c, services, actor, municipality, contract)?;
        store::following::plans::find(c, municipality, contract, id)?.ok_or(NO_PLAN)
    })
}
