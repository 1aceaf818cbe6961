//! Entries: written by the contractor, changed until they are handed in.

use crate::Services;
use crate::following::entry_sets::{Around, Changed};
use crate::following::{contracts, entry_values, obligations, supplier_levels};
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use trede_base::bsn::holds_bsn;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_formats::entry_record::EntryRecord;
use trede_model::following::candidate::candidate_reference;
use trede_model::following::contract::{Contract, ContractId};
use trede_model::following::entry::{Entry, EntryContent, EntryId, EntryKind, EntryState, PersonKey};
use trede_model::following::ledger::{BlockTotal, LedgerRow};
use trede_rules::social_return::{Policy, counted_together};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::social_return_case::EntryInput;

pub(crate) const NO_ENTRY: ServiceError = ServiceError::NotFound { what: "entry" };

/// The most characters of a reference or number.
const REFERENCE: usize = 100;

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
    let mut findings = Findings::default();
    entry_values::check_kind(&mut findings, policy, entry);
    findings.into_result()?;
    let around = Around::of(c, contract, policy, std::slice::from_ref(entry))?;
    let (valued, changed) = around.with(entry)?;
    entry.value_cents = valued.cents;
    entry.calculation = valued.calculation;
    Ok(changed)
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
    check_facts(&mut findings, &record.facts);
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

/// What can be wrong with an entry whatever the policy says.
fn check(findings: &mut Findings, content: &EntryContent) {
    findings.optional_text("/externalReference", content.external_reference.as_deref(), TITLE);
    findings.text("/description", &content.description, TEXT);
    findings.optional_text("/candidateReference", content.candidate.as_deref(), REFERENCE);
    findings.optional_text("/otherHours", content.other_hours.as_deref(), TEXT);
    findings.optional_text("/invoiceNumber", content.invoice_number.as_deref(), REFERENCE);
    for (pointer, text) in [
        ("/description", Some(&content.description)),
        ("/candidateReference", content.candidate.as_ref()),
        ("/externalReference", content.external_reference.as_ref()),
        ("/otherHours", content.other_hours.as_ref()),
    ] {
        refuse_bsn(findings, pointer, text);
    }
    findings.needed_text("/facts/block", &content.block, REFERENCE);
    findings.date("/facts/period/from", content.period_from);
    findings.date("/facts/period/until", content.period_until);
    if content.kind.has_candidate() {
        if content.candidate.is_none() && content.person_key.is_none() {
            let detail = format!("a {} needs the reference or the key of its candidate", content.kind);
            findings.add("/candidateReference", "candidate-needed", detail);
        }
        if content.period_from.is_none() {
            findings.add("/facts/period", "fact-missing", format!("a {} needs its period", content.kind));
        }
    } else if content.candidate.is_some() || content.person_key.is_some() {
        let detail = format!("`{}` is not about one person", content.kind);
        findings.add("/candidateReference", "field-unused", detail);
    }
    let purchase = content.kind == EntryKind::Purchase;
    for (pointer, given) in [
        ("/supplierKvkNumber", content.supplier.is_some()),
        ("/invoiceNumber", content.invoice_number.is_some()),
    ] {
        if purchase && !given {
            findings.add(
                pointer,
                "fact-missing",
                "a purchase needs its supplier and the number of the invoice",
            );
        }
    }
    if content.kind == EntryKind::CarryOver {
        let detail = "what another contract left is carried over by the coordinator";
        findings.add("/kind", "not-an-effort", detail);
    }
    if content.kind == EntryKind::Cash && content.description.trim().is_empty() {
        findings.add("/description", "text-needed", "money is an exception; say why");
    }
}

/// What can be wrong with the facts that are kept as they were given.
fn check_facts(findings: &mut Findings, facts: &EntryInput) {
    findings.optional_text("/facts/register", facts.register.as_deref(), REFERENCE);
    refuse_bsn(findings, "/facts/register", facts.register.as_ref());
    findings.date("/facts/placementStartedOn", facts.placement_started_on);
    findings.date("/facts/wageCostSubsidyUntil", facts.wage_cost_subsidy_until);
    findings.date("/facts/benefitEndedOn", facts.benefit_ended_on);
    findings.date("/facts/agreedOn", facts.agreed_on);
    findings.optional_text("/facts/unit", facts.unit.as_deref(), REFERENCE);
    if let (Some(whole), Some(part)) = (facts.invoice_total, facts.amount)
        && whole < part
    {
        findings.add("/facts/invoiceTotal", "part-above-whole", "at least what is accounted for of it");
    }
}

fn refuse_bsn(findings: &mut Findings, pointer: &str, text: Option<&String>) {
    if text.is_some_and(|text| holds_bsn(text)) {
        let detail =
            "this passes the test for a BSN, which may not be given or kept; use an opaque reference";
        findings.add(pointer, "bsn-refused", detail);
    }
}

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
    let realised_cents = match (contract.policy, contract.obligation_cents) {
        (Some(_), Some(owed)) => {
            let policy = obligations::kept(c, contract)?;
            let by_block: Vec<(&str, i64)> =
                blocks.iter().map(|total| (total.block.as_str(), total.approved_cents)).collect();
            counted_together(&policy, owed, &by_block)
        }
        _ => approved_cents,
    };
    Ok(Balance {
        owed_cents: contract.obligation_cents,
        submitted_cents: sum(|total| total.submitted_cents),
        approved_cents,
        realised_cents,
        blocks,
    })
}
