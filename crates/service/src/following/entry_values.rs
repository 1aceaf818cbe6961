//! What an entry counts for: its facts, with what the contract adds to them, among all entries with which it
//! shares a maximum.

use std::collections::BTreeMap;

use crate::following::entry_follow_ups;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, of_engine};
use trede_base::period::Period;
use trede_formats::entry_record::{candidate_key, invoice_key};
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryId, EntryKind};
use trede_model::following::obligation_state::ObligationState;
use trede_rules::social_return::{
    Effort, EntryFacts, EntryValue, InSet, Policy, SocialReturnFinding, value_together,
};
use trede_wire::canonical::canonical_json;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_case::EntryInput;
use trede_wire::social_return_result::AmountResult;

/// The most that one entry counts for, in cents: as much as a contract sum can be.
const MOST_CENTS: i64 = 1_000_000_000_000_000;

/// Contracts with their policies, by their id.
pub(crate) type Contracts = BTreeMap<ContractId, (Contract, Policy)>;

/// What an entry counts for, written down step by step.
#[derive(Debug)]
pub(crate) struct Valued {
    pub(crate) cents: i64,
    pub(crate) calculation: String,
}

impl Valued {
    /// The entry counts for this from now on.
    pub(crate) fn put_on(self, entry: &mut Entry) {
        entry.value_cents = self.cents;
        entry.calculation = self.calculation;
    }
}

/// Values an entry by itself under the policy of its contract.
///
/// # Errors
/// [`ServiceError::Invalid`] with what the policy asks and the entry does not say.
pub(crate) fn value(policy: &Policy, contract: &Contract, entry: &Entry) -> Result<Valued, ServiceError> {
    let contracts = [(contract.id, (contract.clone(), policy.clone()))].into();
    of(entry, &mut values(&contracts, std::slice::from_ref(entry))?)
}

/// What each entry counts for among the others, by its id. Those whose contract is not among the contracts are
/// left out.
pub(crate) fn values(
    contracts: &Contracts,
    entries: &[Entry],
) -> Result<BTreeMap<EntryId, Result<EntryValue, Vec<SocialReturnFinding>>>, ServiceError> {
    let people = people(entries);
    let mut set = Vec::new();
    let mut ids = Vec::new();
    for entry in entries.iter().filter(|entry| entry.content.kind != EntryKind::FollowUp) {
        if let Some((contract, policy)) = contracts.get(&entry.contract) {
            ids.push(entry.id);
            set.push(InSet {
                policy,
                facts: facts_within(entry, contract, policy)?,
                contract: contract.id.to_string(),
                contractor: contract.terms.contractor.to_string(),
                candidate: people.get(&entry.id).cloned(),
                invoice: invoice(entry),
                owed: contract
                    .obligation_cents
                    .map(|cents| trede_base::exact::Exact::from(rust_decimal::Decimal::new(cents, 2))),
                fixed_cents: is_settled(contract).then_some(entry.value_cents),
                tie: entry.content.facts.clone(),
            });
        }
    }
    Ok(ids.into_iter().zip(value_together(&set)).collect())
}

/// Whether what counts under the contract changes no more.
pub(crate) fn is_settled(contract: &Contract) -> bool {
    use ObligationState::{Excused, Fulfilled, Sanctioned, Short};
    matches!(contract.state, Fulfilled | Excused | Sanctioned | Short)
}

/// The invoice of which an entry is a part.
fn invoice(entry: &Entry) -> Option<String> {
    let content = &entry.content;
    content.supplier.zip(content.invoice_number.as_deref()).map(|(of, number)| invoice_key(of, number))
}

/// Who each entry is about: the same name for all that bear one key, or one reference of one contractor. It is the
/// least of all marks of the person, and so the same in whatever order the entries come.
fn people(entries: &[Entry]) -> BTreeMap<EntryId, String> {
    let mut names: BTreeMap<EntryId, String> = BTreeMap::new();
    let mut by_mark: BTreeMap<String, String> = BTreeMap::new();
    for entry in entries {
        let marks = marks(entry);
        let known: Vec<String> = marks.iter().filter_map(|mark| by_mark.get(mark).cloned()).collect();
        let Some(name) = known.iter().chain(&marks).min().cloned() else { continue };
        // An entry with two marks tells that they are of one person.
        for old in known.iter().filter(|old| **old != name) {
            for kept in by_mark.values_mut().chain(names.values_mut()).filter(|kept| *kept == old) {
                kept.clone_from(&name);
            }
        }
        by_mark.extend(marks.into_iter().map(|mark| (mark, name.clone())));
        names.insert(entry.id, name);
    }
    names
}

fn marks(entry: &Entry) -> Vec<String> {
    let content = &entry.content;
    let by_key = content.person_key.as_ref().map(|key| format!("key {key}"));
    let by_reference = content.candidate.as_ref().map(|of| candidate_key(content.contractor, of));
    by_key.into_iter().chain(by_reference).collect()
}

/// The value of one of the entries that were valued.
///
/// # Errors
/// [`ServiceError::Invalid`] with what is wrong with it.
pub(crate) fn of(
    entry: &Entry,
    values: &mut BTreeMap<EntryId, Result<EntryValue, Vec<SocialReturnFinding>>>,
) -> Result<Valued, ServiceError> {
    if entry.content.kind == EntryKind::FollowUp {
        return entry_follow_ups::worth_nothing();
    }
    let value =
        values.remove(&entry.id).ok_or_else(|| ServiceError::Internal("an entry was not valued".into()))?;
    let value = value.map_err(|found| {
        ServiceError::Invalid(found.into_iter().map(|finding| of_engine(finding.below("/facts"))).collect())
    })?;
    // Sums of the ledger stay far within 64 bits.
    if value.cents > MOST_CENTS {
        let detail = "an entry counts for less than 10^13 euros";
        return Err(ServiceError::invalid("/facts", "too-large", detail));
    }
    written(&value)
}

/// A value with its calculation as a JSON document.
pub(crate) fn written(value: &EntryValue) -> Result<Valued, ServiceError> {
    let result = AmountResult::of_entry(value, LanguageCode::default());
    let calculation =
        String::from_utf8(canonical_json(&result)).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(Valued { cents: value.cents, calculation })
}

/// The facts as the contractor gave them.
pub(crate) fn given(entry: &Entry) -> Result<EntryInput, ServiceError> {
    serde_json::from_str(&entry.content.facts).map_err(|error| ServiceError::Internal(error.into()))
}

/// The facts of an entry with what its contract adds: from when until when something counts.
fn facts_within(entry: &Entry, contract: &Contract, policy: &Policy) -> Result<EntryFacts, ServiceError> {
    let mut facts = given(entry)?.to_facts();
    let terms = &contract.terms;
    let until = terms.ends_on.max(contract.cure_until.unwrap_or(terms.ends_on));
    let assigned_on = terms.assigned_on.filter(|_| policy.counts_from_assignment);
    let from = terms.starts_on.min(assigned_on.unwrap_or(terms.starts_on));
    facts.contract_started_on = Some(from);
    facts.counts_within = Some(Period { from, until });
    // What has no time of its own was done when it was written down.
    let written_on = dutch_day(entry.record.created_at);
    if facts.period.is_none() && written_on > until {
        facts.period = Some(Period { from: written_on, until: written_on });
    }
    Ok(facts)
}

/// What the policy says of an entry before it is valued: its kind follows from what its block is about, and whether
/// it says who is a woman or a man.
pub(crate) fn check_kind(findings: &mut Findings, policy: &Policy, entry: &Entry) {
    let content = &entry.content;
    let (unit, gender) = given(entry).map(|facts| (facts.unit, facts.gender)).unwrap_or_default();
    if gender.is_some() && !policy.collects_gender {
        findings.add("/facts/gender", "field-unused", "the policy does not collect it (`collectsGender`)");
    }
    if content.kind == EntryKind::FollowUp {
        entry_follow_ups::check_block(findings, policy, content);
        return;
    }
    let Some(block) = policy.block(&content.block) else { return };
    let (fits, asked) = match block.effort(unit.as_deref()) {
        Effort::Person => (content.kind.is_work(), "a placement or an internship, with its candidate"),
        Effort::Purchase => (
            content.kind == EntryKind::Purchase,
            "a purchase, with its supplier and the number of the invoice",
        ),
        Effort::Any => (true, ""),
    };
    if !fits {
        let detail = format!("`{}` is accounted for by {asked}", block.code);
        findings.add("/kind", "kind-does-not-fit", detail);
    }
}
