//! Entries: written by the contractor, changed until they are handed in.

use crate::Services;
use crate::following::entry_checks::{check, check_facts};
use crate::following::entry_sets::{Around, Changed};
use crate::following::{contracts, entry_values, obligations, supplier_levels};
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_formats::entry_record::EntryRecord;
use trede_model::following::candidate::candidate_reference;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryContent, EntryId, EntryState, PersonKey};
use trede_model::following::ledger::{BlockTotal, LedgerRow};
use trede_rules::social_return::{Policy, counted_together, share_maxima};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

pub(crate) const NO_ENTRY: ServiceError = ServiceError::NotFound { what: "entry" };

/// The most bonuses of one entry.
const BONUSES: usize = 50;

/// What a contract owes and what counts for it, summed from the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balance {
    /// What is owed, in cents.
    pub owed_cents: Option<i64>,
    /// What waits for a decision, in cents.
    pub submitted_cents: i64,
    /// What was approved, in cents.
    pub approved_cents: i64,
    /// What of it counts, after the maximum of each block, in cents.
    pub realised_cents: i64,
    /// By block.
    pub blocks: Vec<BlockTotal>,
    /// The maxima of the policy that bound a share of what is owed.
    pub maxima: Vec<Maximum>,
}

/// What blocks count for at most, and what of them was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Maximum {
    /// The blocks that it bounds together.
    pub blocks: Vec<String>,
    /// What they count for at most, in cents.
    pub most_cents: i64,
    /// What of them was approved, in cents.
    pub approved_cents: i64,
}

/// Writes a draft.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, also of what the policy asks; [`ServiceError::Refused`] when
/// the contract has no policy yet; [`ServiceError::NotTheirs`] when it is for another party.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    record: &EntryRecord,
) -> Result<Entry, ServiceError> {
    authorise(actor, municipality, Operation::CreateEntry)?;
    let id: EntryId = new_id();
    let object = format!("contracts/{contract}/entries/{id}");
    let act = services.act(actor, municipality, Operation::CreateEntry, object);
    services.db.write(&act, |c| {
        let contract = contracts::load(c, services, actor, municipality, contract)?;
        let policy = obligations::kept(c, &contract)?;
        let mut content = content(actor, &contract, record)?;
        supplier_levels::settle(c, &policy, &mut content, act.at)?;
        let mut entry = Entry {
            municipality,
            contract: contract.id,
            id,
            content,
            state: EntryState::Draft,
            value_cents: 0,
            calculation: String::new(),
            created_by: actor.subject.clone(),
            record: Record::new(act.at),
        };
        revalue(c, &policy, &contract, &mut entry)?;
        store::following::entries::insert(c, &entry)?;
        Ok(entry)
    })
}

/// Values the entry anew among those with which it shares a maximum; answers which of those would then count
/// for another amount.
pub(crate) fn revalue(
    c: &mut AnyConnection,
    policy: &Policy,
    contract: &Contract,
    entry: &mut Entry,
) -> Result<Vec<Changed>, ServiceError> {
    expect_kind(policy, entry)?;
    let around = Around::of(c, contract, policy, std::slice::from_ref(entry))?;
    let (valued, changed) = around.with(entry)?;
    valued.put_on(entry);
    Ok(changed)
}

/// Values an entry as if there were no others.
pub(crate) fn value_alone(
    policy: &Policy,
    contract: &Contract,
    entry: &mut Entry,
) -> Result<(), ServiceError> {
    expect_kind(policy, entry)?;
    entry_values::value(policy, contract, entry)?.put_on(entry);
    Ok(())
}

fn expect_kind(policy: &Policy, entry: &Entry) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    entry_values::check_kind(&mut findings, policy, entry);
    findings.into_result()
}

/// What was done, as it is kept, when nothing is wrong with it by itself.
pub(crate) fn content(
    actor: &Actor,
    contract: &Contract,
    record: &EntryRecord,
) -> Result<EntryContent, ServiceError> {
    let own = if sees_all_contracts(actor) { None } else { actor.kvk };
    let party: KvkNumber = record.contractor_kvk_number.or(own).unwrap_or(contract.terms.contractor);
    if own.is_some_and(|own| own != party) {
        return Err(NOT_THEIRS);
    }
    let mut findings = Findings::default();
    if !contract.terms.has_party(party) {
        findings.add("/contractorKvkNumber", "no-party", "a party of the contract");
    }
    let key = record.person_key.as_deref().map(str::parse::<PersonKey>).transpose();
    if let Err(error) = &key {
        findings.add("/personKey", "malformed-person-key", error.to_string());
    }
    let content = record.to_content(party, key.unwrap_or_default());
    if let Some(written) = &record.candidate_reference
        && let Err(error) = candidate_reference(written)
    {
        findings.add("/candidateReference", "malformed-candidate-reference", error.to_string());
    }
    if content.supplier.is_some_and(|supplier| contract.terms.is_own(supplier)) {
        let detail = "nobody buys from itself: a supplier that is no party of the contract nor of its group";
        findings.add("/supplierKvkNumber", "supplier-is-party", detail);
    }
    check(&mut findings, &content);
    check_facts(&mut findings, content.kind, &record.facts);
    if record.facts.bonuses.len() > BONUSES {
        findings.add("/facts/bonuses", "too-many", format!("at most {BONUSES} bonuses"));
    }
    if record.facts.contract_started_on.is_some() {
        let detail = "the contract tells when it started";
        findings.add("/facts/contractStartedOn", "field-unused", detail);
    }
    findings.into_result()?;
    Ok(content)
}

const NOT_THEIRS: ServiceError = ServiceError::NotTheirs {
    code: "not-your-entry",
    detail: "a contractor writes and hands in entries of its own KvK number only",
};

/// An entry of a contract that the caller may see, with the contract.
pub(crate) fn load(
    c: &mut AnyConnection,
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: EntryId,
) -> Result<(Contract, Entry), ServiceError> {
    let contract = contracts::load(c, services, actor, municipality, contract)?;
    let entry = store::following::entries::find(c, municipality, contract.id, id)?.ok_or(NO_ENTRY)?;
    Ok((contract, entry))
}

/// As [`load`], to write it: a contractor's own only.
pub(crate) fn load_own(
    c: &mut AnyConnection,
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: EntryId,
) -> Result<(Contract, Entry), ServiceError> {
    let (contract, entry) = load(c, services, actor, municipality, contract, id)?;
    if sees_all_contracts(actor) || actor.kvk == Some(entry.content.contractor) {
        Ok((contract, entry))
    } else {
        Err(NOT_THEIRS)
    }
}

/// Changes an entry that is a draft or was given back.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Refused`] when it was
/// handed in; else as [`create`].
pub fn update(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    (contract, id): (ContractId, EntryId),
    seen: Version,
    record: &EntryRecord,
) -> Result<Entry, ServiceError> {
    authorise(actor, municipality, Operation::UpdateEntry)?;
    let object = format!("contracts/{contract}/entries/{id}");
    let act = services.act(actor, municipality, Operation::UpdateEntry, object);
    services.db.write(&act, |c| {
        let (contract, mut entry) = load_own(c, services, actor, municipality, contract, id)?;
        expect_version(entry.record.version, seen)?;
        if !entry.state.is_open() {
            let detail = format!("the entry is «{}»; what counts is corrected by a reversal", entry.state);
            return Err(ServiceError::refused("state-forbids", detail));
        }
        let policy = obligations::kept(c, &contract)?;
        entry.content = content(actor, &contract, record)?;
        supplier_levels::settle(c, &policy, &mut entry.content, act.at)?;
        entry.record = entry.record.changed(act.at);
        revalue(c, &policy, &contract, &mut entry)?;
        store::following::entries::update(c, &entry)?;
        Ok(entry)
    })
}

/// One entry.
///
/// # Errors
/// [`ServiceError::NotFound`] when the contract has none of that id, or the caller may not see the contract.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: EntryId,
) -> Result<Entry, ServiceError> {
    authorise(actor, municipality, Operation::GetEntry)?;
    let entry = services.db.read(|c| load(c, services, actor, municipality, contract, id))?.1;
    let object = format!("contracts/{contract}/entries/{id}");
    services.record_read(actor, municipality, Operation::GetEntry, object)?;
    Ok(entry)
}

/// One page of the entries of a contract, in the order in which they were made.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    request: &PageRequest<EntryId>,
) -> Result<Page<Entry>, ServiceError> {
    authorise(actor, municipality, Operation::ListEntries)?;
    let page = services.db.read(|c| {
        contracts::load(c, services, actor, municipality, contract)?;
        Ok::<_, ServiceError>(store::following::entries::list(c, municipality, contract, request)?)
    })?;
    let object = format!("contracts/{contract}/entries");
    services.record_read(actor, municipality, Operation::ListEntries, object)?;
    Ok(page)
}

/// What handing an entry in does to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The other entry, as it is.
    pub entry: Entry,
    /// What it counts for then, in cents.
    pub then_cents: i64,
}

/// What an entry counts for and what handing it in would do to others that share a maximum with it. Nothing is
/// changed. Of others only those are told that the caller may see.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such entry; [`ServiceError::Invalid`] with what is wrong
/// with it.
pub fn effects(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: EntryId,
) -> Result<(Entry, Vec<Effect>), ServiceError> {
    authorise(actor, municipality, Operation::GetEntryEffects)?;
    services.db.read(|c| {
        let (contract, mut entry) = load(c, services, actor, municipality, contract, id)?;
        if entry.state.is_decided() {
            return Ok((entry, Vec::new()));
        }
        let policy = obligations::kept(c, &contract)?;
        let changed = revalue(c, &policy, &contract, &mut entry)?;
        let seen = |entry: &Entry| sees_all_contracts(actor) || actor.kvk == Some(entry.content.contractor);
        let effects = changed
            .into_iter()
            .filter(|changed| seen(&changed.entry))
            .map(|changed| Effect { entry: changed.entry, then_cents: changed.valued.cents })
            .collect();
        Ok((entry, effects))
    })
}

/// The rows of the ledger that an entry left, in order.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such entry.
pub fn list_steps(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
    id: EntryId,
) -> Result<Vec<LedgerRow>, ServiceError> {
    authorise(actor, municipality, Operation::ListEntrySteps)?;
    services.db.read(|c| {
        let (_, entry) = load(c, services, actor, municipality, contract, id)?;
        Ok(store::following::ledger::of_entry(c, municipality, entry.id)?)
    })
}

/// What a contract owes and what counts for it.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may see no such contract.
pub fn balance(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    contract: ContractId,
) -> Result<Balance, ServiceError> {
    authorise(actor, municipality, Operation::GetBalance)?;
    services.db.read(|c| {
        let contract = contracts::load(c, services, actor, municipality, contract)?;
        balance_of(c, &contract)
    })
}

/// The balance of one contract, summed from the ledger.
pub(crate) fn balance_of(c: &mut AnyConnection, contract: &Contract) -> Result<Balance, ServiceError> {
    let totals = store::following::ledger::totals(c, contract.municipality, [contract.id])?;
    let blocks: Vec<BlockTotal> = totals.into_iter().map(|(_, total)| total).collect();
    let sum = |part: fn(&BlockTotal) -> i64| blocks.iter().map(part).fold(0, i64::saturating_add);
    let approved_cents = sum(|total| total.approved_cents);
    let (realised_cents, maxima) = match (contract.policy, contract.obligation_cents) {
        (Some(_), Some(owed)) => {
            let policy = obligations::kept(c, contract)?;
            let by_block: Vec<(&str, i64)> =
                blocks.iter().map(|total| (total.block.as_str(), total.approved_cents)).collect();
            let maxima = share_maxima(&policy, owed).into_iter().map(|(bounded, most_cents)| {
                let of_these = by_block.iter().filter(|(block, _)| bounded.iter().any(|own| own == block));
                let approved_cents = of_these.map(|(_, cents)| *cents).fold(0, i64::saturating_add);
                Maximum { blocks: bounded, most_cents, approved_cents }
            });
            (counted_together(&policy, owed, &by_block), maxima.collect())
        }
        _ => (approved_cents, Vec::new()),
    };
    Ok(Balance {
        owed_cents: contract.obligation_cents,
        submitted_cents: sum(|total| total.submitted_cents),
        approved_cents,
        realised_cents,
        blocks,
        maxima,
    })
}
