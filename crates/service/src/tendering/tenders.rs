//! Tenders: made, changed and thrown away while they are drafts, read by who may.

use chrono::{DateTime, SubsecRound, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise, sees_drafts};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use crate::frame::load::{self, NO_TENDER, expect_draft};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{Tender, TenderFacts, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The most CPV codes of one tender.
const CODES: usize = 50;

/// A tender, and how far its lots are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenderView {
    /// The tender.
    pub tender: Tender,
    /// How far the lot is that is least far.
    pub state: State,
}

/// Makes a draft.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, [`ServiceError::Refused`] when the external
/// reference is taken.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    facts: TenderFacts,
) -> Result<TenderView, ServiceError> {
    authorise(actor, municipality, Operation::CreateTender)?;
    let tender = Tender {
        municipality,
        id: new_id(),
        facts: checked(facts)?,
        published_at: None,
        record: Record::new(services.now()),
    };
    let act = services.act(actor, municipality, Operation::CreateTender, format!("tenders/{}", tender.id));
    services.db.write(&act, |c| {
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })?;
        Ok::<_, ServiceError>(store::tendering::tenders::insert(c, &tender)?)
    })?;
    Ok(TenderView { tender, state: State::Draft })
}

pub(crate) fn checked(mut facts: TenderFacts) -> Result<TenderFacts, ServiceError> {
    let mut findings = Findings::default();
    findings.optional_text("/externalReference", facts.external_reference.as_deref(), TITLE);
    findings.needed_text("/title", &facts.title, TITLE);
    findings.text("/description", &facts.description, TEXT);
    findings.needed_text("/buyer", &facts.buyer, TITLE);
    findings.amount("/estimatedValue", facts.estimated_value_cents);
    findings.instant("/deadlineAt", facts.deadline_at);
    findings.date("/awardOn", facts.award_on);
    if facts.cpv_codes.0.len() > CODES {
        findings.add("/cpvCodes", "too-many", format!("at most {CODES} codes"));
    }
    if facts.max_lots_per_bidder == Some(0) {
        findings.add("/maxLotsPerBidder", "too-few", "a bidder must be able to bid on one lot at least");
    }
    if let (Some(deadline), Some(award_on)) = (facts.deadline_at, facts.award_on)
        && award_on < dutch_day(deadline)
    {
        findings.add("/awardOn", "award-before-deadline", "bids cannot be awarded before their deadline");
    }
    findings.into_result()?;
    facts.deadline_at = facts.deadline_at.map(|at| at.trunc_subsecs(6));
    Ok(facts)
}

/// One tender.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has none of that id, or the caller may not see
/// it yet.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<TenderView, ServiceError> {
    authorise(actor, municipality, Operation::GetTender)?;
    let now = services.now();
    services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, id)?;
        view(c, tender, now)
    })
}

/// One page of the municipality's tenders, in the order in which they were made; drafts only for
/// those who may see them.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<TenderId>,
) -> Result<Page<TenderView>, ServiceError> {
    authorise(actor, municipality, Operation::ListTenders)?;
    let now = services.now();
    services.db.read(|c| {
        let page = store::tendering::tenders::list(c, municipality, !sees_drafts(actor), request)?;
        let ids = page.items.iter().map(|tender| tender.id);
        let states = store::tendering::tenders::lot_states(c, municipality, ids)?;
        Ok(page.map(|tender| {
            let of_tender = states.iter().filter(|(id, _)| *id == tender.id);
            let state = state_of(&tender, of_tender.map(|(_, state)| *state), now);
            TenderView { tender, state }
        }))
    })
}

/// Changes a draft.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Refused`] when
/// it is published, [`ServiceError::Invalid`] with all findings.
pub fn update(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    seen: Version,
    facts: TenderFacts,
) -> Result<TenderView, ServiceError> {
    authorise(actor, municipality, Operation::UpdateTender)?;
    let facts = checked(facts)?;
    let now = services.now();
    let act = services.act(actor, municipality, Operation::UpdateTender, format!("tenders/{id}"));
    services.db.write(&act, |c| {
        let mut view = draft(c, municipality, id, seen, now)?;
        view.tender.facts = facts.clone();
        view.tender.record = view.tender.record.changed(now);
        store::tendering::tenders::update(c, &view.tender)?;
        Ok(view)
    })
}

/// Throws a draft away, with its lots.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Refused`] when
/// it is published.
pub fn delete(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    seen: Version,
) -> Result<(), ServiceError> {
    authorise(actor, municipality, Operation::DeleteTender)?;
    let now = services.now();
    let act = services.act(actor, municipality, Operation::DeleteTender, format!("tenders/{id}"));
    services.db.write(&act, |c| {
        draft(c, municipality, id, seen, now)?;
        for lot in store::tendering::lots::all_of_tender(c, municipality, id)? {
            store::tendering::lots::delete(c, municipality, lot.id)?;
        }
        store::tendering::notice_imports::forget_tender(c, municipality, id)?;
        store::bidding::tender_packages::forget_tender(c, municipality, id)?;
        store::bidding::key_splits::forget_tender(c, municipality, id)?;
        Ok(store::tendering::tenders::delete(c, municipality, id)?)
    })
}

fn draft(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: TenderId,
    seen: Version,
    now: DateTime<Utc>,
) -> Result<TenderView, ServiceError> {
    let tender = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
    expect_version(tender.record.version, seen)?;
    let view = view(c, tender, now)?;
    expect_draft(view.state)?;
    Ok(view)
}

/// The tender with how far it is.
pub(crate) fn view(
    c: &mut AnyConnection,
    tender: Tender,
    now: DateTime<Utc>,
) -> Result<TenderView, ServiceError> {
    let states = store::tendering::tenders::lot_states(c, tender.municipality, [tender.id])?;
    let state = state_of(&tender, states.into_iter().map(|(_, state)| state), now);
    Ok(TenderView { tender, state })
}

fn state_of(tender: &Tender, lots: impl Iterator<Item = State>, now: DateTime<Utc>) -> State {
    State::of_tender(lots.map(|state| state.at(now, tender.facts.deadline_at)))
}
