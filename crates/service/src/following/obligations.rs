//! What a contract owes: which policy holds for it, and what comes out of that.

use super::contract_facts;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, of_engine};
use crate::policies::social_return_policies::{self, NO_POLICY};
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractTerms};
use trede_model::policies::policy::{PolicyId, StoredPolicy};
use trede_rules::social_return::{Obligation, Policy, SocialReturnFinding, obligation};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_json;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_result::AmountResult;

/// The most members of a consortium, CPV codes or PSO levels of a contract.
const LISTED: usize = 50;

/// The policy that a contract keeps, ready to compute with.
pub(crate) fn kept(c: &mut AnyConnection, contract: &Contract) -> Result<Policy, ServiceError> {
    let Some(id) = contract.policy else {
        return Err(ServiceError::refused("no-policy", "no policy was chosen for this contract yet"));
    };
    let stored =
        store::policies::social_return_policies::kept(c, contract.municipality, id)?.ok_or(NO_POLICY)?;
    social_return_policies::read(&stored)
}

/// The policy that is named, or the version that holds by its validity: of several the one that started last.
pub(crate) fn chosen(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    terms: &ContractTerms,
    named: Option<PolicyId>,
) -> Result<Option<(PolicyId, Policy)>, ServiceError> {
    if let Some(id) = named {
        let Some(stored) = store::policies::social_return_policies::find(c, municipality, id)? else {
            let detail = "neither the municipality nor its region has such a policy";
            return Err(ServiceError::invalid("/policyId", "policy-unknown", detail));
        };
        return Ok(Some((stored.id, social_return_policies::read(&stored)?)));
    }
    let all = store::policies::social_return_policies::all(c, municipality)?;
    let read = |stored: &StoredPolicy| Ok((stored.id, social_return_policies::read(stored)?));
    let all = all.iter().map(read).collect::<Result<Vec<_>, ServiceError>>()?;
    let holding =
        all.into_iter().filter(|(_, policy)| policy.validity.holds(terms.published_on, terms.assigned_on));
    // Entered later counts, of two that started together.
    Ok(holding.max_by_key(|(id, policy)| (policy.validity.from, *id)))
}

/// What is owed, computed and written down step by step.
pub(crate) struct Owed {
    pub(crate) cents: Option<i64>,
    pub(crate) calculation: String,
}

/// Computes what is owed by the terms; nothing is known without a policy.
pub(crate) fn owed(
    policy: Option<&Policy>,
    municipality: MunicipalityId,
    terms: &ContractTerms,
) -> Result<Owed, ServiceError> {
    let Some(policy) = policy else { return Ok(Owed { cents: None, calculation: "{}".to_owned() }) };
    let facts = contract_facts::of_terms(terms, municipality);
    let owed = obligation(policy, &facts).map_err(invalid)?;
    Ok(Owed { cents: Some(owed.cents), calculation: written(&owed)? })
}

fn written(owed: &Obligation) -> Result<String, ServiceError> {
    let result = AmountResult::of_obligation(owed, LanguageCode::default());
    String::from_utf8(canonical_json(&result)).map_err(|error| ServiceError::Internal(error.into()))
}

/// The engine's names of facts, and the field of the client that they come from.
const FIELDS: &[(&str, &str)] =
    &[("/termMonths", "/endsOn"), ("/term", "/endsOn"), ("/psoLevel", "/psoLevels")];

fn invalid(found: Vec<SocialReturnFinding>) -> ServiceError {
    let named = |mut finding: SocialReturnFinding| {
        if let Some((_, field)) = FIELDS.iter().find(|(name, _)| *name == finding.place) {
            (*field).clone_into(&mut finding.place);
        }
        of_engine(finding)
    };
    ServiceError::Invalid(found.into_iter().map(named).collect())
}

/// What can be wrong with the terms of a contract whatever the policy says.
pub(crate) fn check_terms(findings: &mut Findings, terms: &ContractTerms) {
    use crate::frame::findings::{TEXT, TITLE};
    use trede_base::share::Share;

    findings.optional_text("/externalReference", terms.external_reference.as_deref(), TITLE);
    findings.needed_text("/title", &terms.title, TITLE);
    if let Some(coordinator) = &terms.coordinator {
        findings.name("/coordinator", coordinator);
    }
    findings.optional_text("/exemption", terms.exemption.as_deref(), TEXT);
    if let Some((_, reason)) = &terms.deviation {
        findings.needed_text("/deviation/reason", reason, TEXT);
        if terms.exemption.is_some() {
            findings.add("/deviation", "exempt-already", "what is exempt owes nothing; give one of the two");
        }
    }
    for (pointer, date) in [
        ("/startsOn", Some(terms.starts_on)),
        ("/endsOn", Some(terms.ends_on)),
        ("/publishedOn", terms.published_on),
        ("/assignedOn", terms.assigned_on),
    ] {
        findings.date(pointer, date);
    }
    if terms.ends_on < terms.starts_on {
        findings.add("/endsOn", "term-reversed", "a contract cannot end before it starts");
    }
    for (pointer, percent) in [
        ("/labourPercent", terms.labour_percent),
        ("/offeredPercent", terms.offered_percent),
        ("/targetGroupPercent", terms.of_contractor.target_group_percent),
    ] {
        if percent.is_some_and(|percent| Share::of_percent(percent).is_none()) {
            findings.add(pointer, "not-a-percentage", "a number from 0 to 100");
        }
    }
    if terms.wage_sum_cents.is_some_and(|wages| wages > terms.contract_sum_cents) {
        findings.add("/wageSum", "wages-above-sum", "the wages are a part of the contract sum");
    }
    for (pointer, length) in [
        ("/consortiumKvkNumbers", terms.consortium.0.len()),
        ("/cpvCodes", terms.cpv_codes.0.len()),
        ("/psoLevels", terms.pso_levels.0.len()),
        ("/labels", terms.labels.0.len()),
        ("/groupKvkNumbers", terms.of_contractor.group.0.len()),
    ] {
        if length > LISTED {
            findings.add(pointer, "too-many", format!("at most {LISTED}"));
        }
    }
    if terms.consortium.0.contains(&terms.contractor) {
        let detail = "the lead member stands in contractorKvkNumber only";
        findings.add("/consortiumKvkNumbers", "contractor-repeated", detail);
    }
    let mut periods: Vec<_> = terms.pso_levels.0.iter().map(|held| held.period).collect();
    periods.sort_by_key(|period| period.from);
    if periods.iter().zip(periods.iter().skip(1)).any(|(one, next)| next.from <= one.until) {
        findings.add("/psoLevels", "levels-overlap", "a contractor holds one level at a time");
    }
    let levels = terms.pso_levels.0.iter().enumerate().map(|(index, held)| ("psoLevels", index, held));
    let labels = terms.labels.0.iter().enumerate().map(|(index, held)| ("labels", index, held));
    for (list, index, held) in levels.chain(labels) {
        let place = format!("/{list}/{index}");
        findings.needed_text(&format!("{place}/level"), &held.level, 100);
        if held.level.contains(['\n', '\r']) {
            findings.add(&format!("{place}/level"), "line-break", "a code stands on one line");
        }
        findings.date(&format!("{place}/from"), Some(held.period.from));
        findings.date(&format!("{place}/until"), Some(held.period.until));
        if held.period.until < held.period.from {
            findings.add(&format!("{place}/until"), "period-reversed", "a last day on or after the first");
        }
    }
}
