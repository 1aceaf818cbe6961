//! What the rules of social return ask about a contract, from what is kept of it.

use rust_decimal::Decimal;
use trede_base::exact::Exact;
use trede_base::ids::MunicipalityId;
use trede_base::share::Share;
use trede_model::following::contract::{ContractTerms, LevelPeriod};
use trede_rules::social_return::{ContractFacts, Deviation, LevelHeld};

/// What the policy asks about a contract.
pub(crate) fn of_terms(terms: &ContractTerms, municipality: MunicipalityId) -> ContractFacts {
    ContractFacts {
        kind: terms.kind,
        contract_sum: euros(terms.contract_sum_cents),
        wage_sum: terms.wage_sum_cents.map(euros),
        labour_share: terms.labour_percent.and_then(Share::of_percent),
        term_months: terms.term_months(),
        offered: terms.offered_percent.and_then(Share::of_percent),
        pso_levels: terms.pso_levels.0.iter().map(held).collect(),
        labels: terms.labels.0.iter().map(held).collect(),
        authority: Some(municipality.to_string()),
        employees: terms.of_contractor.employees,
        target_group_share: terms.of_contractor.target_group_percent.and_then(Share::of_percent),
        term: Some(terms.term()),
        exemption: terms.exemption.clone(),
        deviation: terms
            .deviation
            .as_ref()
            .map(|(cents, reason)| Deviation { euros: euros(*cents), reason: reason.clone() }),
    }
}

fn held(period: &LevelPeriod) -> LevelHeld {
    LevelHeld { level: period.level.clone(), during: Some(period.period) }
}

fn euros(cents: i64) -> Exact {
    Exact::from(Decimal::new(cents, 2))
}
