//! Steps of an entry: handed in by the contractor, decided by the coordinator, each a row of the ledger.

use serde_json::json;

use crate::Services;
use crate::following::entry_sets::{self, Around};
use crate::following::{claims, entries, entry_values, obligations, supplier_levels};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryPath, EntryStep, EntryStepRefused};
use trede_model::following::ledger::{LedgerRow, added_by};
use trede_model::following::obligation_state::ObligationStepRefused;
use trede_model::telling::event::{Event, EventKind};
use trede_model::trust::audit::Act;
use trede_rules::social_return::Policy;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

impl From<EntryStepRefused> for ServiceError {
    fn from(refused: EntryStepRefused) -> Self {
        Self::refused("state-forbids", refused.to_string())
    }
}

impl From<ObligationStepRefused> for ServiceError {
    fn from(refused: ObligationStepRefused) -> Self {
        Self::refused("state-forbids", refused.to_string())
    }
}

/// Hands an entry in: it is valued, and what it accounts for is claimed.
///
/// # Errors
/// [`ServiceError::Refused`] when the obligation is not fixed, the entry is not open, or something of it is
/// accounted for already; [`ServiceError::Invalid`] with what the policy asks.
pub fn submit(services: &Services, actor: &Actor, at: EntryPath) -> Result<Entry, ServiceError> {
    authorise(actor, at.municipality, Operation::SubmitEntry)?;
    let act = services.act(actor, at.municipality, Operation::SubmitEntry, at.to_string());
    services.db.write(&act, |c| {
        let (contract, mut entry) =
            entries::load_own(c, services, actor, at.municipality, at.contract, at.entry)?;
        expect_open(&contract)?;
        entry.state.after(EntryStep::Submit)?;
        let policy = obligations::kept(c, &contract)?;
        supplier_levels::settle(c, &policy, &mut entry.content, act.at)?;
        expect_evidence(c, &entry, &policy, EntryStep::Submit)?;
        let changed = entries::revalue(c, &policy, &contract, &mut entry)?;
        claims::take(c, &entry, &contract, &policy, &entry_values::given(&entry)?)?;
        take(c, &act, &mut entry, EntryStep::Submit, None)?;
        entry_sets::write(c, &act, changed)?;
        Ok(entry)
    })
}

/// Agrees with an entry. Where the policy asks for four eyes, the first who agrees endorses it, and another
/// approves it; neither is who handed it in.
///
/// # Errors
/// [`ServiceError::Refused`] when the entry is not submitted, or the caller agreed already or handed it in.
pub fn approve(services: &Services, actor: &Actor, at: EntryPath) -> Result<Entry, ServiceError> {
    decide(services, actor, at, Operation::ApproveEntry, None, |c, _, entry, policy| {
        if !policy.four_eyes {
            return Ok(EntryStep::Approve);
        }
        let rows = store::following::ledger::of_entry(c, entry.municipality, entry.id)?;
        let since = rows.iter().rposition(|row| row.step == EntryStep::Submit).unwrap_or_default();
        let eyes: Vec<&LedgerRow> = rows.iter().skip(since).collect();
        if eyes.iter().any(|row| row.actor == actor.subject) {
            let detail = "the policy asks for four eyes: another coordinator must agree";
            return Err(ServiceError::refused("four-eyes", detail));
        }
        let endorsed = eyes.iter().any(|row| row.step == EntryStep::Endorse);
        Ok(if endorsed { EntryStep::Approve } else { EntryStep::Endorse })
    })
}

/// Gives an entry back to the contractor, who may change it and hand it in again.
///
/// # Errors
/// [`ServiceError::Refused`] when the entry is not submitted, [`ServiceError::Invalid`] without a reason.
pub fn give_back(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    reason: String,
) -> Result<Entry, ServiceError> {
    decide(services, actor, at, Operation::ReturnEntry, Some(reason), |_, _, _, _| Ok(EntryStep::Return))
}

/// Refuses an entry.
///
/// # Errors
/// As [`give_back`].
pub fn reject(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    reason: String,
) -> Result<Entry, ServiceError> {
    decide(services, actor, at, Operation::RejectEntry, Some(reason), |_, _, _, _| Ok(EntryStep::Reject))
}

/// Takes back what was approved: the one way to correct it.
///
/// # Errors
/// [`ServiceError::Refused`] when the entry is not approved, [`ServiceError::Invalid`] without a reason.
pub fn reverse(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    reason: String,
) -> Result<Entry, ServiceError> {
    decide(services, actor, at, Operation::ReverseEntry, Some(reason), |_, _, _, _| Ok(EntryStep::Reverse))
}

fn decide(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    operation: Operation,
    reason: Option<String>,
    step: impl Fn(&mut AnyConnection, &Contract, &Entry, &Policy) -> Result<EntryStep, ServiceError>,
) -> Result<Entry, ServiceError> {
    authorise(actor, at.municipality, operation)?;
    let mut findings = Findings::default();
    findings.optional_text("/reason", reason.as_deref(), TEXT);
    findings.into_result()?;
    let act = services.act(actor, at.municipality, operation, at.to_string());
    services.db.write(&act, |c| {
        let (contract, mut entry) =
            entries::load(c, services, actor, at.municipality, at.contract, at.entry)?;
        expect_open(&contract)?;
        let policy = obligations::kept(c, &contract)?;
        let step = step(c, &contract, &entry, &policy)?;
        expect_evidence(c, &entry, &policy, step)?;
        take(c, &act, &mut entry, step, reason.clone())?;
        if matches!(step, EntryStep::Return | EntryStep::Reject | EntryStep::Reverse) {
            // What it took of a maximum is there again for the others.
            let around = Around::of(c, &contract, &policy, std::slice::from_ref(&entry))?;
            claims::give_up(c, &entry)?;
            entry_sets::write(c, &act, around.beside(&[])?)?;
        }
        Ok(entry)
    })
}

/// Refuses a step for which the policy asks evidence that is not there.
fn expect_evidence(
    c: &mut AnyConnection,
    entry: &Entry,
    policy: &Policy,
    step: EntryStep,
) -> Result<(), ServiceError> {
    let Some(conditions) = policy.block(&entry.content.block).map(|block| &block.conditions) else {
        return Ok(());
    };
    let asked = match step {
        EntryStep::Submit => &conditions.evidence_to_submit,
        EntryStep::Approve => &conditions.evidence_to_approve,
        _ => return Ok(()),
    };
    if asked.is_empty() {
        return Ok(());
    }
    let there = store::following::evidence_files::kinds(c, entry.municipality, entry.id)?;
    let missing: Vec<&str> = asked
        .iter()
        .filter(|asked| !there.iter().any(|kind| kind.code() == asked.as_str()))
        .map(String::as_str)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail = format!("the policy asks for evidence that is not there: {}", missing.join(", "));
    Err(ServiceError::refused("evidence-missing", detail))
}

/// Refuses an entry under a contract whose obligation takes none now.
pub(crate) fn expect_open(contract: &Contract) -> Result<(), ServiceError> {
    if contract.state.takes_entries() {
        return Ok(());
    }
    let detail = format!("the obligation is «{}»: nothing is accounted for now", contract.state);
    Err(ServiceError::refused("obligation-not-open", detail))
}

/// Takes the step with one entry, adds its row to the ledger and tells of it.
pub(crate) fn take(
    c: &mut AnyConnection,
    act: &Act,
    entry: &mut Entry,
    step: EntryStep,
    reason: Option<String>,
) -> Result<(), ServiceError> {
    entry.state = entry.state.after(step)?;
    entry.record = entry.record.changed(act.at);
    store::following::entries::update(c, entry)?;
    let (submitted_cents, approved_cents) = added_by(step, entry.value_cents);
    let row = LedgerRow {
        contract: entry.contract,
        entry: entry.id,
        version: entry.record.version,
        block: entry.content.block.clone(),
        step,
        submitted_cents,
        approved_cents,
        at: act.at,
        actor: act.actor.clone(),
        reason,
    };
    store::following::ledger::append(c, entry.municipality, &row)?;
    let subject = format!("contracts/{}/entries/{}", entry.contract, entry.id);
    let data = json!({"contractId": entry.contract, "entryId": entry.id, "state": entry.state}).to_string();
    store::telling::events::append(c, &Event::of(act, EventKind::of_entry_step(step), subject, data))?;
    Ok(())
}
