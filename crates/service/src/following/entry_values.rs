//! What an entry counts for: its facts, with what the contract and earlier entries add to them.

use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, of_engine};
use trede_base::exact::Exact;
use trede_model::following::contract::Contract;
use trede_model::following::entry::Entry;
use trede_rules::social_return::{BonusProration, EntryFacts, Policy, value_of};
use trede_wire::canonical::canonical_json;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_case::EntryInput;
use trede_wire::social_return_result::AmountResult;

/// The most that one entry counts for, in cents: as much as a contract sum can be.
const MOST_CENTS: i64 = 1_000_000_000_000_000;

/// What an entry counts for, written down step by step.
pub(crate) struct Valued {
    pub(crate) cents: i64,
    pub(crate) calculation: String,
    pub(crate) weekly_hours: Option<Exact>,
}

/// Values an entry under the policy of its contract. `placement` are the other entries of the same placement
/// that count or wait: the maximum counting goes on where they end, and a flat bonus counts once.
///
/// # Errors
/// [`ServiceError::Invalid`] with what the policy asks and the entry does not say.
pub(crate) fn value(
    policy: &Policy,
    contract: &Contract,
    entry: &Entry,
    placement: &[Entry],
) -> Result<Valued, ServiceError> {
    let mut facts = facts_of(entry)?;
    facts.contract_started_on = Some(contract.terms.starts_on);
    let mut findings = Findings::default();
    for earlier in placement {
        let earlier = facts_of(earlier)?;
        continue_placement(&mut facts, &earlier);
        expect_bonuses_once(&mut findings, policy, &facts, &earlier);
    }
    findings.into_result()?;
    let value = value_of(policy, &facts).map_err(|found| {
        ServiceError::Invalid(found.into_iter().map(|finding| of_engine(finding.below("/facts"))).collect())
    })?;
    // Sums of the ledger stay far within 64 bits.
    if value.cents > MOST_CENTS {
        return Err(ServiceError::invalid(
            "/facts",
            "too-large",
            "an entry counts for less than 10^13 euros",
        ));
    }
    let result = AmountResult::of_entry(&value, LanguageCode::default());
    let calculation =
        String::from_utf8(canonical_json(&result)).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(Valued { cents: value.cents, calculation, weekly_hours: facts.hours_per_week })
}

fn facts_of(entry: &Entry) -> Result<EntryFacts, ServiceError> {
    let input: EntryInput =
        serde_json::from_str(&entry.content.facts).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(input.to_facts())
}

/// The placement started with its first entry, and quantities of the others take part in the maximum.
fn continue_placement(facts: &mut EntryFacts, earlier: &EntryFacts) {
    let starts = [facts.placement_started_on, earlier.placement_started_on, earlier.period.map(|at| at.from)];
    facts.placement_started_on = starts.into_iter().flatten().min();
    if let Some(quantity) = &earlier.quantity {
        let until_now = facts.earlier_quantity.clone().unwrap_or_default();
        facts.earlier_quantity = Some(until_now.plus(quantity));
    }
}

fn expect_bonuses_once(findings: &mut Findings, policy: &Policy, facts: &EntryFacts, earlier: &EntryFacts) {
    for (index, code) in facts.bonuses.iter().enumerate() {
        let bonus = policy.bonuses.iter().find(|bonus| bonus.code == *code);
        let proration = bonus.and_then(|bonus| bonus.proration).or(policy.bonus_proration);
        if proration == Some(BonusProration::Flat) && earlier.bonuses.contains(code) {
            let detail = "a flat bonus counts in one entry of a placement, and another claims it already";
            findings.add(&format!("/facts/bonuses/{index}"), "bonus-claimed-already", detail);
        }
    }
}
