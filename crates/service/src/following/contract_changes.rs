//! Changes of a contract: what is owed is computed again, and what it was stays readable.

use chrono::NaiveDate;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::json;

use crate::Services;
use crate::following::contracts::{self, NO_CONTRACT, written};
use crate::following::{claims, contract_levels, entry_sets, milestones, obligations};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::record::Version;
use trede_formats::contract_terms::{ContractDeviation, levels};
use trede_model::following::change::{ChangeKind, ContractChange};
use trede_model::following::contract::{Contract, ContractId, ContractTerms, KvkNumbers};
use trede_model::following::plan::MilestoneId;
use trede_model::policies::policy::PolicyId;
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::social_return_case::LevelPeriodInput;

/// A change to make. What is none stays as it is.
#[derive(Clone, Debug)]
pub struct NewChange {
    /// Why.
    pub kind: ChangeKind,
    /// From which day it holds.
    pub effective_on: NaiveDate,
    /// Why, in words.
    pub reason: String,
    /// `policy`: the version to keep.
    pub policy: Option<PolicyId>,
    /// The new contract sum, in cents.
    pub contract_sum_cents: Option<i64>,
    /// The new wage sum, in cents.
    pub wage_sum_cents: Option<i64>,
    /// The new last day.
    pub ends_on: Option<NaiveDate>,
    /// `indexation`: the percentage by which sums go up, or down where it is negative.
    pub index_percent: Option<Decimal>,
    /// The new contractor.
    pub contractor: Option<KvkNumber>,
    /// The new other members of the consortium.
    pub consortium: Option<Vec<KvkNumber>>,
    /// All PSO levels during the term, those that ended too; none in a change of the kind `pso-level` for those
    /// that the register of certificates knows.
    pub pso_levels: Option<Vec<LevelPeriodInput>>,
    /// `relief`: why nothing is owed.
    pub exemption: Option<String>,
    /// `relief`: what is owed instead.
    pub deviation: Option<ContractDeviation>,
    /// The new coordinator.
    pub coordinator: Option<String>,
    /// The new reference.
    pub external_reference: Option<String>,
    /// All labels during the term, those that ended too.
    pub labels: Option<Vec<LevelPeriodInput>>,
    /// The other organisations of the contractor's group.
    pub group: Option<Vec<KvkNumber>>,
    /// How many people the contractor employs.
    pub employees: Option<u32>,
    /// Which percentage of its full-time jobs people of the target groups have.
    pub target_group_percent: Option<Decimal>,
}

impl NewChange {
    /// A change that says nothing yet but why; of the kind `pso-level`, to the levels that the register of
    /// certificates knows.
    pub(crate) fn of(kind: ChangeKind, effective_on: NaiveDate, reason: &str) -> Self {
        Self {
            kind,
            effective_on,
            reason: reason.to_owned(),
            policy: None,
            contract_sum_cents: None,
            wage_sum_cents: None,
            ends_on: None,
            index_percent: None,
            contractor: None,
            consortium: None,
            pso_levels: None,
            exemption: None,
            deviation: None,
            coordinator: None,
            external_reference: None,
            labels: None,
            group: None,
            employees: None,
            target_group_percent: None,
        }
    }
}

/// Changes a contract.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, [`ServiceError::VersionMismatch`] when the contract changed
/// since `seen`, [`ServiceError::Refused`] when it is settled.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ContractId,
    seen: Version,
    new: &NewChange,
) -> Result<(Contract, ContractChange), ServiceError> {
    authorise(actor, municipality, Operation::ChangeContract)?;
    check(new)?;
    let contact = new_id();
    let object = format!("contracts/{id}/changes");
    let act = services.act(actor, municipality, Operation::ChangeContract, object);
    services.db.write(&act, |c| create_in(c, &act, municipality, (id, contact), Some(seen), new))
}

/// Changes a contract in a transaction; the version is none where nobody said which one they saw.
pub(crate) fn create_in(
    c: &mut AnyConnection,
    act: &Act,
    municipality: MunicipalityId,
    (id, contact): (ContractId, MilestoneId),
    seen: Option<Version>,
    new: &NewChange,
) -> Result<(Contract, ContractChange), ServiceError> {
    let contract = store::following::contracts::find(c, municipality, id)?.ok_or(NO_CONTRACT)?;
    expect_version(contract.record.version, seen.unwrap_or(contract.record.version))?;
    if !contract.state.takes_changes() {
        let detail = format!("the obligation is «{}»; what is settled changes no more", contract.state);
        return Err(ServiceError::refused("settled", detail));
    }
    make(c, act, contract, contact, new)
}

/// Makes a change in a transaction. `contact` is the id that the deadline for the first contact gets.
pub(crate) fn make(
    c: &mut AnyConnection,
    act: &Act,
    mut contract: Contract,
    contact: MilestoneId,
    new: &NewChange,
) -> Result<(Contract, ContractChange), ServiceError> {
    let (municipality, id) = (contract.municipality, contract.id);
    let asks_register = new.kind == ChangeKind::PsoLevel || contract_levels::follows_register(c, &contract)?;
    contract.terms = changed(&contract.terms, new)?;
    if asks_register && new.pso_levels.is_none() {
        contract.terms.pso_levels = contract_levels::in_register(c, &contract.terms, act.at)?;
    }
    let policy = match new.policy {
        Some(named) => obligations::chosen(c, municipality, &contract.terms, Some(named))?,
        None if contract.policy.is_some() => {
            let kept = obligations::kept(c, &contract)?;
            contract.policy.map(|id| (id, kept))
        }
        None => None,
    };
    let owed = obligations::owed(policy.as_ref().map(|(_, policy)| policy), municipality, &contract.terms)?;
    contract.policy = policy.as_ref().map(|(id, _)| *id);
    contract.obligation_cents = owed.cents;
    contract.state = contract.state.recomputed(contract.terms.exemption.is_some(), owed.cents);
    contract.record = contract.record.changed(act.at);
    store::following::contracts::update(c, &contract)?;
    if let Some((_, policy)) = &policy {
        claims::claim_reduction(c, &contract, policy)?;
        entry_sets::revalue_contract(c, act, &contract, policy)?;
        milestones::add_contact(c, &contract, contact, policy.contact_days)?;
    }
    let change = ContractChange {
        contract: id,
        sequence: store::following::contract_changes::latest_sequence(c, municipality, id)?.saturating_add(1),
        kind: new.kind,
        effective_on: new.effective_on,
        reason: new.reason.clone(),
        terms: written(&contract.terms)?,
        policy: contract.policy,
        obligation_cents: owed.cents,
        calculation: owed.calculation,
        at: act.at,
        actor: act.actor.clone(),
    };
    store::following::contract_changes::insert(c, municipality, &change)?;
    let data = json!({"contractId": id, "kind": change.kind, "sequence": change.sequence}).to_string();
    let event = Event::of(act, EventKind::ContractChanged, format!("contracts/{id}"), data);
    store::telling::events::append(c, &event)?;
    contract.state = contract.state.on(dutch_day(act.at), contract.terms.starts_on);
    Ok((contract, change))
}

/// What each kind of change needs to say.
pub(crate) fn check(new: &NewChange) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/reason", &new.reason, TEXT);
    findings.date("/effectiveOn", Some(new.effective_on));
    let needed = match new.kind {
        ChangeKind::Registration => {
            findings.add("/kind", "registered-already", "a contract is registered once");
            None
        }
        ChangeKind::Policy => Some(("/policyId", new.policy.is_some())),
        ChangeKind::Value => Some(("/contractSum", new.contract_sum_cents.is_some())),
        ChangeKind::Extension | ChangeKind::Termination => Some(("/endsOn", new.ends_on.is_some())),
        ChangeKind::Indexation => Some(("/indexPercent", new.index_percent.is_some())),
        ChangeKind::Takeover => Some(("/contractorKvkNumber", new.contractor.is_some())),
        ChangeKind::Consortium => Some(("/consortiumKvkNumbers", new.consortium.is_some())),
        ChangeKind::PsoLevel | ChangeKind::Relief | ChangeKind::Correction => None,
    };
    if let Some((pointer, false)) = needed {
        findings.add(pointer, "field-missing", format!("a change of the kind `{}` needs this", new.kind));
    }
    if new.index_percent.is_some() && new.kind != ChangeKind::Indexation {
        findings.add("/indexPercent", "field-unused", "only an indexation has a percentage");
    }
    if new.index_percent.is_some() && (new.contract_sum_cents.is_some() || new.wage_sum_cents.is_some()) {
        findings.add("/contractSum", "field-unused", "an indexation computes the new sums");
    }
    if new.policy.is_some() && !matches!(new.kind, ChangeKind::Policy | ChangeKind::Correction) {
        findings.add("/policyId", "field-unused", "a contract keeps its policy; choose another on its own");
    }
    findings.into_result()
}

fn changed(terms: &ContractTerms, new: &NewChange) -> Result<ContractTerms, ServiceError> {
    let mut changed = terms.clone();
    let mut findings = Findings::default();
    changed.contract_sum_cents = new.contract_sum_cents.unwrap_or(changed.contract_sum_cents);
    changed.wage_sum_cents = new.wage_sum_cents.or(changed.wage_sum_cents);
    changed.ends_on = new.ends_on.unwrap_or(changed.ends_on);
    changed.contractor = new.contractor.unwrap_or(changed.contractor);
    if let Some(members) = &new.consortium {
        changed.consortium = KvkNumbers(members.clone());
    }
    if let Some(held) = &new.pso_levels {
        changed.pso_levels = levels(held);
    }
    if let Some(held) = &new.labels {
        changed.labels = levels(held);
    }
    if let Some(group) = &new.group {
        changed.of_contractor.group = KvkNumbers(group.clone());
    }
    let of_contractor = &mut changed.of_contractor;
    of_contractor.employees = new.employees.or(of_contractor.employees);
    of_contractor.target_group_percent = new.target_group_percent.or(of_contractor.target_group_percent);
    if new.kind == ChangeKind::Relief {
        changed.exemption.clone_from(&new.exemption);
        changed.deviation =
            new.deviation.as_ref().map(|deviation| (deviation.amount.cents, deviation.reason.clone()));
    } else if new.exemption.is_some() || new.deviation.is_some() {
        findings.add("/kind", "field-unused", "an exemption or deviation is a change of the kind `relief`");
    }
    changed.coordinator = new.coordinator.clone().or(changed.coordinator);
    changed.external_reference = new.external_reference.clone().or(changed.external_reference);
    if let Some(percent) = new.index_percent {
        match (indexed(changed.contract_sum_cents, percent), changed.wage_sum_cents) {
            (Some(sum), wages) => {
                changed.contract_sum_cents = sum;
                changed.wage_sum_cents = wages.and_then(|wages| indexed(wages, percent));
            }
            (None, _) => findings.add("/indexPercent", "out-of-range", "a percentage above −100"),
        }
    }
    check_ends(&mut findings, terms, new);
    obligations::check_terms(&mut findings, &changed);
    findings.into_result()?;
    Ok(changed)
}

fn check_ends(findings: &mut Findings, terms: &ContractTerms, new: &NewChange) {
    let Some(ends_on) = new.ends_on else { return };
    match new.kind {
        ChangeKind::Extension if ends_on <= terms.ends_on => {
            findings.add("/endsOn", "not-later", format!("a day after {}", terms.ends_on));
        }
        ChangeKind::Termination if ends_on >= terms.ends_on => {
            findings.add("/endsOn", "not-earlier", format!("a day before {}", terms.ends_on));
        }
        _ => {}
    }
}

/// An amount after indexation, to the cent, half up.
fn indexed(cents: i64, percent: Decimal) -> Option<i64> {
    let factor = percent.checked_div(Decimal::ONE_HUNDRED)?.checked_add(Decimal::ONE)?;
    if factor < Decimal::ZERO {
        return None;
    }
    let indexed = Decimal::from(cents).checked_mul(factor)?;
    indexed.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_i64()
}

/// Every change of a contract, the registration first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<ContractChange>, ServiceError> {
    authorise(actor, municipality, Operation::ListContractChanges)?;
    services.db.read(|c: &mut AnyConnection| {
        contracts::load(c, services, actor, municipality, contract)?;
        Ok(store::following::contract_changes::all_of_contract(c, municipality, contract)?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_indexed_amount_is_rounded_half_up_to_the_cent() {
        let percent = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(indexed(10_000_000, percent("2.5")), Some(10_250_000));
        assert_eq!(indexed(10, percent("5")), Some(11));
        assert_eq!(indexed(100, percent("-100")), Some(0));
        assert_eq!(indexed(100, percent("-100.1")), None);
    }
}
