//! The settlement of a contract: what was owed against what the ledger says was realised.

use chrono::{Days, NaiveDate};
use serde_json::json;

use crate::Services;
use crate::following::entries::{Balance, balance_of};
use crate::following::statement::{self, Statement};
use crate::following::{contracts, entry_sets, obligations};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, of_engine};
use trede_base::ids::MunicipalityId;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::obligation_state::{ObligationState, ObligationStep};
use trede_model::following::plan::{Milestone, MilestoneId, MilestoneKind};
use trede_model::following::settlement::{SettlementId, SettlementRecord};
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::Act;
use trede_rules::social_return::{Policy, Settlement, settle};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_json;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_result::SettlementResult;

/// What the coordinator decides; the ledger and the policy say whether it can be.
#[derive(Clone, Debug)]
pub struct NewSettlement {
    /// Which decision.
    pub step: ObligationStep,
    /// Why.
    pub reason: String,
    /// `give-cure-period`: until when; none for as long as the policy says, from today.
    pub cure_until: Option<NaiveDate>,
}

/// Takes a decision on what was realised.
///
/// # Errors
/// [`ServiceError::Refused`] when the ledger, the policy or the state of the obligation forbids it;
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    new: &NewSettlement,
) -> Result<SettlementRecord, ServiceError> {
    authorise(actor, municipality, Operation::SettleContract)?;
    check(new)?;
    let id: SettlementId = new_id();
    let milestone = new_id();
    let object = format!("contracts/{contract}/settlements/{id}");
    let act = services.act(actor, municipality, Operation::SettleContract, object);
    services.db.write(&act, |c| {
        create_in(c, (services, actor), &act, (municipality, contract), (id, milestone), new)
    })
}

/// Takes the decision in a transaction. `milestone` is the id that the end of a cure period gets.
pub(crate) fn create_in(
    c: &mut AnyConnection,
    (services, actor): (&Services, &Actor),
    act: &Act,
    (municipality, contract): (MunicipalityId, ContractId),
    (id, milestone): (SettlementId, MilestoneId),
    new: &NewSettlement,
) -> Result<SettlementRecord, ServiceError> {
    let mut contract = contracts::load(c, services, actor, municipality, contract)?;
    let policy = obligations::kept(c, &contract)?;
    let balance = balance_of(c, &contract)?;
    let next = contract.state.after(new.step)?;
    let decided = decide(&contract, &policy, &balance, new, dutch_day(act.at))?;
    let mut record = SettlementRecord {
        contract: contract.id,
        id,
        step: new.step,
        owed_cents: balance.owed_cents.unwrap_or_default(),
        realised_cents: balance.realised_cents,
        shortfall_cents: decided.settlement.shortfall_cents,
        sanction_cents: decided.sanction_cents,
        carried_over_cents: decided.carried_over_cents,
        cure_until: decided.cure_until,
        reason: new.reason.clone(),
        calculation: written(&decided.settlement)?,
        statement: String::new(),
        at: act.at,
        actor: actor.subject.clone(),
    };
    let changes = store::following::contract_changes::all_of_contract(c, municipality, contract.id)?;
    let municipality_name = store::frame::municipalities::find(c, municipality)?.map(|found| found.name);
    let contractor = store::frame::organisations::find(c, contract.terms.contractor)?;
    let names = (municipality_name, contractor.map(|found| found.name));
    let told =
        Statement { contract: &contract, policy: &policy, balance: &balance, changes: &changes, names };
    record.statement = statement::markdown(&told, &record);
    if let Some(until) = decided.cure_until {
        store::following::milestones::insert(c, municipality, &cure(&contract, milestone, until))?;
    }
    contract.state = next;
    contract.cure_until = decided.cure_until.or(contract.cure_until);
    contract.record = contract.record.changed(act.at);
    store::following::contracts::update(c, &contract)?;
    if new.step == ObligationStep::GiveCurePeriod {
        // What is done until the end of the cure period counts from now on.
        entry_sets::revalue_contract(c, act, &contract, &policy)?;
    }
    store::following::settlements::insert(c, municipality, &record)?;
    let data = json!({"contractId": contract.id, "settlementId": id, "state": next}).to_string();
    store::telling::events::append(c, &Event::of(act, EventKind::ContractSettled, act.object.clone(), data))?;
    Ok(record)
}

pub(crate) fn check(new: &NewSettlement) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/reason", &new.reason, TEXT);
    findings.date("/cureUntil", new.cure_until);
    if matches!(new.step, ObligationStep::Fix | ObligationStep::Exempt) {
        findings.add("/decision", "not-a-settlement", "what is owed is fixed by a determination");
    }
    if new.cure_until.is_some() && new.step != ObligationStep::GiveCurePeriod {
        findings.add("/cureUntil", "field-unused", "only a cure period has a new last day");
    }
    findings.into_result()
}

struct Decided {
    settlement: Settlement,
    sanction_cents: i64,
    carried_over_cents: i64,
    cure_until: Option<NaiveDate>,
}

fn decide(
    contract: &Contract,
    policy: &Policy,
    balance: &Balance,
    new: &NewSettlement,
    today: NaiveDate,
) -> Result<Decided, ServiceError> {
    let owed = balance.owed_cents.unwrap_or_default();
    let short = owed > balance.realised_cents;
    if balance.submitted_cents != 0 {
        return Err(ServiceError::refused(
            "entries-wait",
            "entries wait for a decision; approve, return or reject them before the contract is settled",
        ));
    }
    let excuse = (new.step == ObligationStep::Excuse).then_some(new.reason.as_str());
    let settlement = settle(policy, owed, balance.realised_cents, excuse)
        .map_err(|finding| ServiceError::Invalid(vec![of_engine(finding)]))?;
    match new.step {
        ObligationStep::Fulfil if short => {
            return Err(ServiceError::refused("short", "less was realised than is owed"));
        }
        ObligationStep::FallShort | ObligationStep::GiveCurePeriod | ObligationStep::Excuse if !short => {
            return Err(ServiceError::refused("not-short", "what is owed was realised"));
        }
        ObligationStep::FallShort | ObligationStep::GiveCurePeriod | ObligationStep::Excuse
            if today <= contract.terms.ends_on =>
        {
            let detail = format!("the contract runs until {}", contract.terms.ends_on);
            return Err(ServiceError::refused("term-runs", detail));
        }
        ObligationStep::FallShort | ObligationStep::Sanction => expect_cured(contract, policy, today)?,
        _ => {}
    }
    let carries = policy.sanction.as_ref().is_some_and(|sanction| sanction.carry_over);
    let beyond = balance.realised_cents.saturating_sub(owed).max(0);
    Ok(Decided {
        // What it would cost is told with each decision, and charged by one.
        sanction_cents: if new.step == ObligationStep::Sanction { settlement.sanction_cents } else { 0 },
        carried_over_cents: if carries && new.step == ObligationStep::Fulfil { beyond } else { 0 },
        cure_until: cure_until(policy, new, today)?,
        settlement,
    })
}

/// A policy with a cure period gives it before anything is charged, and waits until it is over.
fn expect_cured(contract: &Contract, policy: &Policy, today: NaiveDate) -> Result<(), ServiceError> {
    let gives = policy.sanction.as_ref().is_some_and(|sanction| sanction.cure_days.is_some());
    match contract.cure_until {
        None if gives && contract.state == ObligationState::Running => Err(ServiceError::refused(
            "cure-period-first",
            "the policy gives a cure period before a shortfall is settled",
        )),
        Some(until) if today <= until => Err(ServiceError::refused(
            "cure-period-runs",
            format!("the contractor may make up for it until {until}"),
        )),
        _ => Ok(()),
    }
}

fn cure_until(
    policy: &Policy,
    new: &NewSettlement,
    today: NaiveDate,
) -> Result<Option<NaiveDate>, ServiceError> {
    if new.step != ObligationStep::GiveCurePeriod {
        return Ok(None);
    }
    let Some(days) = policy.sanction.as_ref().and_then(|sanction| sanction.cure_days) else {
        return Err(ServiceError::refused("no-cure-period", "the policy knows no cure period"));
    };
    let until = new.cure_until.or_else(|| today.checked_add_days(Days::new(u64::from(days))));
    match until {
        Some(until) if until > today => Ok(Some(until)),
        _ => Err(ServiceError::invalid("/cureUntil", "not-later", "a day after today")),
    }
}

fn cure(contract: &Contract, id: MilestoneId, due_on: NaiveDate) -> Milestone {
    Milestone {
        contract: contract.id,
        id,
        kind: MilestoneKind::Cure,
        title: "Einde hersteltermijn".to_owned(),
        due_on,
        planned_cents: None,
        done_on: None,
    }
}

fn written(settlement: &Settlement) -> Result<String, ServiceError> {
    let result = SettlementResult::of(settlement, LanguageCode::default());
    String::from_utf8(canonical_json(&result)).map_err(|error| ServiceError::Internal(error.into()))
}

/// Every decision on a contract, the first first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Vec<SettlementRecord>, ServiceError> {
    authorise(actor, municipality, Operation::ListSettlements)?;
    services.db.read(|c: &mut AnyConnection| {
        contracts::load(c, services, actor, municipality, contract)?;
        Ok(store::following::settlements::all_of_contract(c, municipality, contract)?)
    })
}

/// One decision on a contract, with its statement.
///
/// # Errors
/// [`ServiceError::NotFound`] when the contract has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: SettlementId,
) -> Result<SettlementRecord, ServiceError> {
    authorise(actor, municipality, Operation::GetSettlement)?;
    services.db.read(|c| {
        contracts::load(c, services, actor, municipality, contract)?;
        let found = store::following::settlements::find(c, municipality, contract, id)?;
        found.ok_or(ServiceError::NotFound { what: "settlement" })
    })
}
