//! Contracts: registered from an award or by hand, and followed from then on.

use chrono::NaiveDate;
use serde_json::json;

use crate::Services;
use crate::awarding::seats::{self, Seats};
use crate::following::{claims, milestones, obligations};
use crate::frame::access::{Operation, authorise, sees_all_contracts};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::frame::load::{NO_LOT, NO_TENDER};
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::record::{Record, Version};
use trede_formats::contract_terms::ContractTermsInput;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::bidding::bid::BidId;
use trede_model::following::change::{ChangeKind, ContractChange};
use trede_model::following::contract::{Contract, ContractAward, ContractId, ContractTerms};
use trede_model::following::obligation_state::{ObligationState, ObligationStep};
use trede_model::following::plan::MilestoneId;
use trede_model::policies::policy::PolicyId;
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::lot::{Lot, LotId, LotPath};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::Tender;
use trede_model::trust::audit::Act;
use trede_rules::social_return::Policy;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_json;

pub(crate) const NO_CONTRACT: ServiceError = ServiceError::NotFound { what: "contract" };

/// A contract to register.
#[derive(Clone, Debug)]
pub struct NewContract {
    /// Its terms; what an award tells can be left out.
    pub terms: ContractTermsInput,
    /// The lot that was awarded, where it was tendered here.
    pub award: Option<LotPath>,
    /// The policy; none to have it chosen by its validity.
    pub policy: Option<PolicyId>,
}

/// Registers a contract, with what is owed under it.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, of the terms or of the obligation;
/// [`ServiceError::Refused`] when the lot is not awarded or has a contract already.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    new: &NewContract,
) -> Result<Contract, ServiceError> {
    authorise(actor, municipality, Operation::CreateContract)?;
    let id: ContractId = new_id();
    let contact = new_id();
    let act = services.act(actor, municipality, Operation::CreateContract, format!("contracts/{id}"));
    services.db.write(&act, |c| {
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })?;
        let registration = Registration::prepare(c, municipality, (id, contact), &act, new)?;
        registration.store(c)?;
        let data = json!({"contractId": id}).to_string();
        let event = Event::of(&act, EventKind::ContractRegistered, format!("contracts/{id}"), data);
        store::telling::events::append(c, &event)?;
        Ok(registration.contract)
    })
}

/// A contract that is ready to be stored, with what belongs to its registration.
pub(crate) struct Registration {
    pub(crate) contract: Contract,
    change: ContractChange,
    /// The winning bid that it follows from, on a lot that several can win.
    award: Option<ContractAward>,
    policy: Option<Policy>,
    contact: MilestoneId,
}

impl Registration {
    /// Computes what is owed, and makes what is to be stored.
    pub(crate) fn prepare(
        c: &mut AnyConnection,
        municipality: MunicipalityId,
        (id, contact): (ContractId, MilestoneId),
        act: &Act,
        new: &NewContract,
    ) -> Result<Self, ServiceError> {
        let (terms, won) = terms(c, new)?;
        let policy = obligations::chosen(c, municipality, &terms, new.policy)?;
        let owed = obligations::owed(policy.as_ref().map(|(_, policy)| policy), municipality, &terms)?;
        let contract = Contract {
            municipality,
            id,
            terms,
            policy: policy.as_ref().map(|(id, _)| *id),
            obligation_cents: owed.cents,
            state: ObligationState::Concept,
            cure_until: None,
            record: Record::new(act.at),
        };
        let change = ContractChange {
            contract: id,
            sequence: 1,
            kind: ChangeKind::Registration,
            effective_on: contract.terms.starts_on,
            reason: String::new(),
            terms: written(&contract.terms)?,
            policy: contract.policy,
            obligation_cents: owed.cents,
            calculation: owed.calculation,
            at: act.at,
            actor: act.actor.clone(),
        };
        let award = won.map(|(lot, bid)| ContractAward { contract: id, lot, bid });
        Ok(Self { contract, change, award, policy: policy.map(|(_, policy)| policy), contact })
    }

    /// Stores the contract with its first change and its first deadline.
    pub(crate) fn store(&self, c: &mut AnyConnection) -> Result<(), ServiceError> {
        store::following::contracts::insert(c, &self.contract)?;
        if let Some(award) = &self.award {
            store::following::contract_awards::insert(c, self.contract.municipality, award)?;
        }
        if let Some(policy) = &self.policy {
            claims::claim_reduction(c, &self.contract, policy)?;
        }
        store::following::contract_changes::insert(c, self.contract.municipality, &self.change)?;
        let days = self.policy.as_ref().and_then(|policy| policy.contact_days);
        milestones::add_contact(c, &self.contract, self.contact, days)
    }
}

/// The terms as a JSON document, for the history.
pub(crate) fn written(terms: &ContractTerms) -> Result<String, ServiceError> {
    String::from_utf8(canonical_json(&ContractTermsInput::from(terms)))
        .map_err(|error| ServiceError::Internal(error.into()))
}

/// The terms with what the award tells filled in; and of a lot that several can win, whose bid it was.
fn terms(
    c: &mut AnyConnection,
    new: &NewContract,
) -> Result<(ContractTerms, Option<(LotId, BidId)>), ServiceError> {
    let mut input = new.terms.clone();
    let mut won = None;
    if let Some(at) = new.award {
        let (tender, lot) = awarded(c, at)?;
        let decision = store::awarding::award_decisions::in_force(c, at.municipality, at.lot)?
            .ok_or_else(not_awarded)?;
        let winner = match seats::by(c, at, &decision)? {
            None => bidder(c, &decision, decision.bid)?,
            Some(seats) => {
                let (bid, winner) = one_of(c, &decision, &seats, input.contractor_kvk_number)?;
                won = Some((at.lot, bid));
                winner
            }
        };
        fill_in(&mut input, &tender, &lot, &decision, winner)?;
    }
    let mut findings = Findings::default();
    if input.title.is_none() {
        findings.add("/title", "text-needed", "a contract that was not tendered here needs a title");
    }
    let Some(contractor) = input.contractor_kvk_number else {
        let detail = "a contract that was not tendered here needs the KvK number of its contractor";
        findings.add("/contractorKvkNumber", "contractor-needed", detail);
        findings.into_result()?;
        return Err(NO_CONTRACT);
    };
    let lot = new.award.map(|at| at.lot).filter(|_| won.is_none());
    let terms = input.to_terms(input.title.clone().unwrap_or_default(), contractor, lot);
    obligations::check_terms(&mut findings, &terms);
    findings.into_result()?;
    Ok((terms, won))
}

fn awarded(c: &mut AnyConnection, at: LotPath) -> Result<(Tender, Lot), ServiceError> {
    let found = store::tendering::lots::find_with_tender(c, at)?;
    let Some((tender, lot)) = found else {
        store::tendering::tenders::find(c, at.municipality, at.tender)?.ok_or(NO_TENDER)?;
        return Err(NO_LOT);
    };
    if lot.state == State::Awarded { Ok((tender, lot)) } else { Err(not_awarded()) }
}

fn not_awarded() -> ServiceError {
    ServiceError::refused("not-awarded", "a contract follows from a lot that is awarded")
}

fn bidder(c: &mut AnyConnection, decision: &AwardDecision, bid: BidId) -> Result<KvkNumber, ServiceError> {
    let bid = store::bidding::bids::find(c, decision.municipality, decision.lot, bid)?;
    Ok(bid.ok_or(ServiceError::NotFound { what: "bid" })?.bidder)
}

/// The winner of several with whom the contract is: each has one of its own.
fn one_of(
    c: &mut AnyConnection,
    decision: &AwardDecision,
    seats: &Seats,
    given: Option<KvkNumber>,
) -> Result<(BidId, KvkNumber), ServiceError> {
    let mut winners = Vec::with_capacity(seats.winners.len());
    for seat in &seats.winners {
        winners.push((seat.bid, bidder(c, decision, seat.bid)?));
    }
    match (winners.as_slice(), given) {
        ([only], None) => return Ok(*only),
        (_, Some(given)) => {
            if let Some(found) = winners.iter().find(|(_, winner)| *winner == given) {
                return Ok(*found);
            }
        }
        _ => {}
    }
    let all: Vec<String> = winners.iter().map(|(_, winner)| winner.to_string()).collect();
    let detail = format!("say which winner the contract is with; the lot was awarded to {}", all.join(", "));
    Err(ServiceError::invalid("/contractorKvkNumber", "not-the-winner", detail))
}

fn fill_in(
    input: &mut ContractTermsInput,
    tender: &Tender,
    lot: &Lot,
    decision: &AwardDecision,
    winner: KvkNumber,
) -> Result<(), ServiceError> {
    if input.contractor_kvk_number.is_some_and(|given| given != winner) {
        let detail = format!("the lot was awarded to {winner}; a takeover is a change of the contract");
        return Err(ServiceError::invalid("/contractorKvkNumber", "not-the-winner", detail));
    }
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| -> Option<NaiveDate> { at.map(dutch_day) };
    input.contractor_kvk_number = Some(winner);
    input.title.get_or_insert_with(|| format!("{}: {}", tender.facts.title, lot.facts.title));
    input.published_on = input.published_on.or(day(tender.published_at));
    input.assigned_on = input.assigned_on.or(day(decision.awarded_at));
    if input.cpv_codes.is_empty() {
        input.cpv_codes.clone_from(&tender.facts.cpv_codes.0);
    }
    Ok(())
}

/// A contract that the caller may see, as it is today.
pub(crate) fn load(
    c: &mut AnyConnection,
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ContractId,
) -> Result<Contract, ServiceError> {
    let mut contract = store::following::contracts::find(c, municipality, id)?.ok_or(NO_CONTRACT)?;
    if !sees_all_contracts(actor) && !actor.kvk.is_some_and(|kvk| contract.terms.has_party(kvk)) {
        return Err(NO_CONTRACT);
    }
    contract.state = contract.state.on(dutch_day(services.now()), contract.terms.starts_on);
    Ok(contract)
}

/// The contracts of which the caller is a party; none for who sees all.
pub(crate) fn of_party(
    c: &mut AnyConnection,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<Option<Vec<ContractId>>, ServiceError> {
    match (sees_all_contracts(actor), actor.kvk) {
        (true, _) => Ok(None),
        (false, None) => Ok(Some(Vec::new())),
        (false, Some(kvk)) => Ok(Some(store::following::contracts::ids_of_party(c, municipality, kvk)?)),
    }
}

/// One contract, as it is today.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has none of that id, or the caller is no party to it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ContractId,
) -> Result<Contract, ServiceError> {
    authorise(actor, municipality, Operation::GetContract)?;
    services.db.read(|c| load(c, services, actor, municipality, id))
}

/// Fixes what is owed, or that nothing is (vaststelling).
///
/// # Errors
/// [`ServiceError::Refused`] when no policy was chosen yet or it is fixed already,
/// [`ServiceError::VersionMismatch`] when the contract changed since `seen`.
pub fn determine(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ContractId,
    seen: Version,
) -> Result<Contract, ServiceError> {
    authorise(actor, municipality, Operation::DetermineObligation)?;
    let act = services.act(actor, municipality, Operation::DetermineObligation, format!("contracts/{id}"));
    services.db.write(&act, |c| determine_in(c, &act, municipality, id, Some(seen)))
}

/// Fixes what is owed in a transaction; the version is none where nobody said which one they saw.
pub(crate) fn determine_in(
    c: &mut AnyConnection,
    act: &Act,
    municipality: MunicipalityId,
    id: ContractId,
    seen: Option<Version>,
) -> Result<Contract, ServiceError> {
    let mut contract = store::following::contracts::find(c, municipality, id)?.ok_or(NO_CONTRACT)?;
    expect_version(contract.record.version, seen.unwrap_or(contract.record.version))?;
    let Some(owed) = contract.obligation_cents else {
        return Err(ServiceError::refused(
            "no-obligation",
            "nothing was computed for this contract yet: choose its policy in a change",
        ));
    };
    let step = if owed == 0 { ObligationStep::Exempt } else { ObligationStep::Fix };
    contract.state = contract.state.after(step)?;
    contract.record = contract.record.changed(act.at);
    store::following::contracts::update(c, &contract)?;
    let data = json!({"contractId": id, "state": contract.state}).to_string();
    let event = Event::of(act, EventKind::ObligationFixed, format!("contracts/{id}"), data);
    store::telling::events::append(c, &event)?;
    contract.state = contract.state.on(dutch_day(act.at), contract.terms.starts_on);
    Ok(contract)
}
