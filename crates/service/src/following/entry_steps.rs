//! Steps of an entry: handed in by the contractor, decided by the coordinator, each a row of the ledger.

use std::collections::BTreeSet;

use serde_json::json;

use crate::Services;
use crate::following::entry_sets::{self, Around};
use crate::following::pending_sets::PendingSets;
use crate::following::{claims, entries, entry_follow_ups, entry_values, obligations, supplier_levels};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryKind, EntryPath, EntryState, EntryStep, EntryStepRefused};
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

/// What can be done with an entry that is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryAct {
    /// It is handed in.
    Submit,
    /// Who handed it in takes it back, before it is decided.
    Withdraw,
    /// A coordinator agrees.
    Approve,
    /// It is given back to the contractor.
    Return {
        /// Why.
        reason: String,
    },
    /// It is refused.
    Reject {
        /// Why.
        reason: String,
    },
    /// What was approved is taken back.
    Reverse {
        /// Why.
        reason: String,
    },
}

impl EntryAct {
    /// The operation, by which the act is known in the trail.
    #[must_use]
    pub const fn operation(&self) -> Operation {
        match self {
            Self::Submit => Operation::SubmitEntry,
            Self::Withdraw => Operation::WithdrawEntry,
            Self::Approve => Operation::ApproveEntry,
            Self::Return { .. } => Operation::ReturnEntry,
            Self::Reject { .. } => Operation::RejectEntry,
            Self::Reverse { .. } => Operation::ReverseEntry,
        }
    }

    /// The states in which an entry can take it.
    pub(crate) fn states(&self) -> Vec<EntryState> {
        let step = match self {
            Self::Submit => EntryStep::Submit,
            Self::Withdraw => EntryStep::Withdraw,
            Self::Approve => EntryStep::Approve,
            Self::Return { .. } => EntryStep::Return,
            Self::Reject { .. } => EntryStep::Reject,
            Self::Reverse { .. } => EntryStep::Reverse,
        };
        EntryState::ALL.iter().copied().filter(|state| state.after(step).is_ok()).collect()
    }

    fn reason(&self) -> Option<&str> {
        match self {
            Self::Submit | Self::Withdraw | Self::Approve => None,
            Self::Return { reason } | Self::Reject { reason } | Self::Reverse { reason } => Some(reason),
        }
    }

    /// What is wrong with the act itself, whatever the entry.
    pub(crate) fn check(&self) -> Result<(), ServiceError> {
        let mut findings = Findings::default();
        findings.optional_text("/reason", self.reason(), TEXT);
        findings.into_result()
    }
}

/// Does one act on one entry.
///
/// # Errors
/// [`ServiceError::Refused`] when the state of the entry or of the obligation forbids it, the policy asks for
/// evidence or for other eyes, or something of the entry is accounted for already; [`ServiceError::Invalid`] without
/// a reason where one is asked, or with what the policy asks of the entry.
pub fn act_on(
    services: &Services,
    actor: &Actor,
    at: EntryPath,
    what: &EntryAct,
) -> Result<Entry, ServiceError> {
    authorise(actor, at.municipality, what.operation())?;
    what.check()?;
    let act = services.act(actor, at.municipality, what.operation(), at.to_string());
    services.db.write(&act, |c| carry_out(c, (services, actor), &act, at, what, None))
}

/// Does the act in a transaction. What shares a maximum with the entry is valued again at once, or waits for the end of
/// a batch.
pub(crate) fn carry_out(
    c: &mut AnyConnection,
    by: (&Services, &Actor),
    act: &Act,
    at: EntryPath,
    what: &EntryAct,
    pending: Option<&mut PendingSets>,
) -> Result<Entry, ServiceError> {
    match what {
        EntryAct::Submit => submit(c, by, act, at, pending),
        EntryAct::Withdraw => withdraw(c, by, act, at, pending),
        EntryAct::Approve | EntryAct::Return { .. } | EntryAct::Reject { .. } | EntryAct::Reverse { .. } => {
            decide(c, by, act, at, what, pending)
        }
    }
}

/// Hands an entry in: it is valued, and what it accounts for is claimed.
fn submit(
    c: &mut AnyConnection,
    (services, actor): (&Services, &Actor),
    act: &Act,
    at: EntryPath,
    pending: Option<&mut PendingSets>,
) -> Result<Entry, ServiceError> {
    let (contract, mut entry) =
        entries::load_own(c, services, actor, at.municipality, at.contract, at.entry)?;
    expect_open_for(&contract, &entry)?;
    entry.state.after(EntryStep::Submit)?;
    let policy = obligations::kept(c, &contract)?;
    supplier_levels::settle(c, &policy, &mut entry.content, act.at)?;
    expect_evidence(c, &entry, &policy, EntryStep::Submit)?;
    entry_follow_ups::expect_placement(c, &entry)?;
    let waits = pending.is_some_and(|pending| pending.take(&contract, &policy));
    let changed = if waits {
        entries::value_alone(&policy, &contract, &mut entry)?;
        Vec::new()
    } else {
        entries::revalue(c, &policy, &contract, &mut entry)?
    };
    claims::take(c, &entry, &contract, &policy, &entry_values::given(&entry)?)?;
    take(c, act, &mut entry, EntryStep::Submit, None)?;
    entry_sets::write(c, act, changed)?;
    Ok(entry)
}

/// Takes a submission back: the entry is a draft again, and gives up what it claimed.
pub(crate) fn withdraw(
    c: &mut AnyConnection,
    (services, actor): (&Services, &Actor),
    act: &Act,
    at: EntryPath,
    pending: Option<&mut PendingSets>,
) -> Result<Entry, ServiceError> {
    let (contract, mut entry) =
        entries::load_own(c, services, actor, at.municipality, at.contract, at.entry)?;
    expect_open_for(&contract, &entry)?;
    let policy = obligations::kept(c, &contract)?;
    take(c, act, &mut entry, EntryStep::Withdraw, None)?;
    let_go(c, act, (&contract, &policy), &entry, pending)?;
    Ok(entry)
}

fn decide(
    c: &mut AnyConnection,
    (services, actor): (&Services, &Actor),
    act: &Act,
    at: EntryPath,
    what: &EntryAct,
    pending: Option<&mut PendingSets>,
) -> Result<Entry, ServiceError> {
    let (contract, mut entry) = entries::load(c, services, actor, at.municipality, at.contract, at.entry)?;
    expect_open_for(&contract, &entry)?;
    let policy = obligations::kept(c, &contract)?;
    let step = match what {
        EntryAct::Return { .. } => EntryStep::Return,
        EntryAct::Reject { .. } => EntryStep::Reject,
        EntryAct::Reverse { .. } => EntryStep::Reverse,
        EntryAct::Approve | EntryAct::Submit | EntryAct::Withdraw => agreement(c, actor, &entry, &policy)?,
    };
    expect_evidence(c, &entry, &policy, step)?;
    take(c, act, &mut entry, step, what.reason().map(str::to_owned))?;
    if matches!(step, EntryStep::Return | EntryStep::Reject | EntryStep::Reverse) {
        let_go(c, act, (&contract, &policy), &entry, pending)?;
    }
    Ok(entry)
}

/// Which step an agreement is. Where the policy asks for four eyes, the first who agrees endorses the entry, and
/// another approves it; neither is who handed it in.
fn agreement(
    c: &mut AnyConnection,
    actor: &Actor,
    entry: &Entry,
    policy: &Policy,
) -> Result<EntryStep, ServiceError> {
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
}

/// Gives up what an entry claimed that counts and waits no more; what it took of a maximum is there again for the
/// others.
fn let_go(
    c: &mut AnyConnection,
    act: &Act,
    (contract, policy): (&Contract, &Policy),
    entry: &Entry,
    pending: Option<&mut PendingSets>,
) -> Result<(), ServiceError> {
    if pending.is_some_and(|pending| pending.take(contract, policy)) {
        return claims::give_up(c, entry);
    }
    let around = Around::of(c, contract, policy, std::slice::from_ref(entry))?;
    claims::give_up(c, entry)?;
    entry_sets::write(c, act, around.beside(&[])?)?;
    Ok(())
}

/// Refuses a step for which the policy asks evidence that is not there.
fn expect_evidence(
    c: &mut AnyConnection,
    entry: &Entry,
    policy: &Policy,
    step: EntryStep,
) -> Result<(), ServiceError> {
    let claimed = entry_values::given(entry)?.bonuses;
    let of_bonuses = policy.bonuses.iter().filter(|bonus| claimed.contains(&bonus.code));
    let block = policy.block(&entry.content.block).map(|block| &block.conditions);
    let asked: BTreeSet<&String> = block
        .into_iter()
        .chain(of_bonuses.map(|bonus| &bonus.conditions))
        .flat_map(|conditions| match step {
            EntryStep::Submit => conditions.evidence_to_submit.as_slice(),
            EntryStep::Approve => conditions.evidence_to_approve.as_slice(),
            _ => &[],
        })
        .collect();
    if asked.is_empty() {
        return Ok(());
    }
    let there = store::following::evidence_files::kinds(c, entry.municipality, entry.id)?;
    let missing: Vec<&str> = asked
        .iter()
        .filter(|asked| !there.iter().any(|kind| kind.code() == asked.as_str()))
        .map(|kind| kind.as_str())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let detail = format!("the policy asks for evidence that is not there: {}", missing.join(", "));
    Err(ServiceError::refused("evidence-missing", detail))
}

/// As [`expect_open`]; a follow-up, which counts for nothing, comes after the contract was settled as well.
fn expect_open_for(contract: &Contract, entry: &Entry) -> Result<(), ServiceError> {
    if entry.content.kind == EntryKind::FollowUp { Ok(()) } else { expect_open(contract) }
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
