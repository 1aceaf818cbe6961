//! Lots of a tender: made and changed while it is a draft, read by who may.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use crate::frame::load::{self, NO_LOT, NO_TENDER, expect_draft};
use crate::tendering::tenders::view;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::tendering::lot::{Lot, LotFacts, LotPath, LotStep};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::TenderId;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

pub(crate) fn check(facts: &LotFacts) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    if facts.number == 0 {
        findings.add("/number", "number-from-one", "lots are numbered from 1");
    }
    findings.needed_text("/title", &facts.title, TITLE);
    findings.text("/description", &facts.description, TEXT);
    findings.amount("/estimatedValue", facts.estimated_value_cents);
    findings.into_result()
}

/// Adds a lot to a draft.
///
/// # Errors
/// [`ServiceError::Refused`] when the tender is published or the number is taken,
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    facts: LotFacts,
) -> Result<Lot, ServiceError> {
    authorise(actor, municipality, Operation::CreateLot)?;
    check(&facts)?;
    let now = services.now();
    let lot = Lot {
        municipality,
        tender,
        id: new_id(),
        facts,
        state: State::Draft,
        opened_at: None,
        quality_fixed_at: None,
        prices_opened_at: None,
        award_model: None,
        record: Record::new(now),
    };
    let object = format!("tenders/{tender}/lots/{}", lot.id);
    let act = services.act(actor, municipality, Operation::CreateLot, object);
    services.db.write(&act, |c| {
        let found = store::tendering::tenders::find(c, municipality, tender)?.ok_or(NO_TENDER)?;
        expect_draft(view(c, found, now)?.state)?;
        Ok::<_, ServiceError>(store::tendering::lots::insert(c, &lot)?)
    })?;
    Ok(lot)
}

/// One lot, as it stands now.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has none of that id.
pub fn get(services: &Services, actor: &Actor, at: LotPath) -> Result<Lot, ServiceError> {
    authorise(actor, at.municipality, Operation::GetLot)?;
    let now = services.now();
    services.db.read(|c| {
        let (tender, lot) = load::lot(c, actor, at)?;
        Ok(lot.at(now, tender.facts.deadline_at))
    })
}

/// One page of a tender's lots, by number, as they stand now.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<u16>,
) -> Result<Page<Lot>, ServiceError> {
    authorise(actor, municipality, Operation::ListLots)?;
    let now = services.now();
    services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, tender)?;
        let page = store::tendering::lots::page(c, municipality, tender.id, request)?;
        Ok(page.map(|lot| lot.at(now, tender.facts.deadline_at)))
    })
}

/// The steps that a lot took: who, when, why.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has none of that id.
pub fn list_steps(services: &Services, actor: &Actor, at: LotPath) -> Result<Vec<LotStep>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListLotSteps)?;
    services.db.read(|c| {
        load::lot(c, actor, at)?;
        Ok(store::tendering::lot_steps::list(c, at.municipality, at.lot)?)
    })
}

/// Changes a lot of a draft.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Refused`] when
/// it is published or the number is taken, [`ServiceError::Invalid`] with all findings.
pub fn update(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    seen: Version,
    facts: LotFacts,
) -> Result<Lot, ServiceError> {
    authorise(actor, at.municipality, Operation::UpdateLot)?;
    check(&facts)?;
    let now = services.now();
    let act = services.act(actor, at.municipality, Operation::UpdateLot, at.to_string());
    services.db.write(&act, |c| change_draft(c, at, seen, now, |lot| lot.facts = facts.clone()))
}

/// Takes a lot out of a draft.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Refused`] when
/// it is published.
pub fn delete(services: &Services, actor: &Actor, at: LotPath, seen: Version) -> Result<(), ServiceError> {
    authorise(actor, at.municipality, Operation::DeleteLot)?;
    let act = services.act(actor, at.municipality, Operation::DeleteLot, at.to_string());
    services.db.write(&act, |c| {
        let lot = store::tendering::lots::find(c, at)?.ok_or(NO_LOT)?;
        expect_version(lot.record.version, seen)?;
        expect_draft(lot.state)?;
        Ok(store::tendering::lots::delete(c, at.municipality, at.lot)?)
    })
}

/// Changes a lot that nobody published or changed meanwhile.
pub(crate) fn change_draft(
    c: &mut AnyConnection,
    at: LotPath,
    seen: Version,
    now: DateTime<Utc>,
    change: impl FnOnce(&mut Lot),
) -> Result<Lot, ServiceError> {
    let mut lot = store::tendering::lots::find(c, at)?.ok_or(NO_LOT)?;
    expect_version(lot.record.version, seen)?;
    expect_draft(lot.state)?;
    change(&mut lot);
    lot.record = lot.record.changed(now);
    store::tendering::lots::update(c, &lot)?;
    Ok(lot)
}
