//! Contracts and their social return as OCDS tells them.

use super::facts::ContractFacts;
use super::release::{ContractPart, Implementation, Milestone, Period, SocialReturn};
use super::values::{end_of, euros, start_of};
use trede_model::following::obligation_state::ObligationState;

/// A contract with what is owed, and once that is fixed, what was done.
pub(super) fn contract(facts: &ContractFacts) -> ContractPart {
    let ContractFacts { contract, award_id, approved_cents } = facts;
    let terms = &contract.terms;
    let settled = !matches!(
        contract.state,
        ObligationState::Concept | ObligationState::Exempt | ObligationState::Withdrawn
    );
    ContractPart {
        id: contract.id.to_string(),
        award_id: award_id.clone(),
        title: terms.title.clone(),
        status: match contract.state {
            ObligationState::Concept => "pending",
            ObligationState::Fixed | ObligationState::Running | ObligationState::CurePeriod => "active",
            ObligationState::Exempt
            | ObligationState::Fulfilled
            | ObligationState::Short
            | ObligationState::Sanctioned
            | ObligationState::Excused => "terminated",
            ObligationState::Withdrawn => "cancelled",
        },
        period: Period { start_date: Some(start_of(terms.starts_on)), end_date: Some(end_of(terms.ends_on)) },
        value: euros(terms.contract_sum_cents),
        social_return: contract.obligation_cents.map(|owed| SocialReturn {
            obligation: euros(owed),
            status: contract.state.to_string(),
            realised: settled.then(|| euros(*approved_cents)),
        }),
        implementation: settled.then(|| Implementation { milestones: vec![milestone(facts)] }),
    }
}

fn milestone(facts: &ContractFacts) -> Milestone {
    let contract = &facts.contract;
    Milestone {
        id: format!("{}-social-return", contract.id),
        title: "Social return",
        kind: "delivery",
        due_date: end_of(contract.cure_until.unwrap_or(contract.terms.ends_on)),
        status: match contract.state {
            ObligationState::Fulfilled => "met",
            ObligationState::Short | ObligationState::Sanctioned | ObligationState::Excused
                if facts.approved_cents > 0 =>
            {
                "partiallyMet"
            }
            ObligationState::Short | ObligationState::Sanctioned | ObligationState::Excused => "notMet",
            ObligationState::Concept
            | ObligationState::Fixed
            | ObligationState::Running
            | ObligationState::Exempt
            | ObligationState::CurePeriod
            | ObligationState::Withdrawn => "scheduled",
        },
    }
}
