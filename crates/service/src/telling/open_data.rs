//! Open data: what of published tenders anybody may read, where the municipality opened it.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::awarding::seats::{self, Seats};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use crate::frame::opened::is_handed_over;
use trede_base::ids::MunicipalityId;
use trede_base::page::{PageRequest, Start};
use trede_base::record::{Record, Version};
use trede_formats::ocds::{AwardFacts, ContractFacts, LotProcess, Process, WinnerFacts};
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::bidding::bid::BidId;
use trede_model::frame::municipality::Municipality;
use trede_model::telling::open_data::{OcidPrefix, OpenDataChoice, OpenDataSettings};
use trede_model::tendering::lot::Lot;
use trede_model::tendering::procedure::{State, Step};
use trede_model::tendering::tender::{Tender, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{AwardModelInput, BidInput, ScoreFile};
use trede_wire::score_result::ScoreResult;

const NO_MUNICIPALITY: ServiceError = ServiceError::NotFound { what: "municipality" };
/// Tenders that are read at once: a package is written while the next are read.
const AT_ONCE: u16 = 20;

/// How the municipality publishes its tenders; closed, and of version 0, while nothing was set.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality is not registered.
pub fn get_settings(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<OpenDataSettings, ServiceError> {
    authorise(actor, municipality, Operation::GetOpenDataSettings)?;
    let now = services.now();
    services.db.read(|c| settings(c, municipality, now))
}

/// Sets how the municipality publishes its tenders.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`, [`ServiceError::Invalid`] with all findings.
pub fn update_settings(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    seen: Version,
    choice: &OpenDataChoice,
) -> Result<OpenDataSettings, ServiceError> {
    authorise(actor, municipality, Operation::UpdateOpenDataSettings)?;
    check(choice)?;
    let now = services.now();
    let object = "open-data-settings".to_owned();
    let act = services.act(actor, municipality, Operation::UpdateOpenDataSettings, object);
    services.db.write(&act, |c| {
        let mut settings = settings(c, municipality, now)?;
        expect_version(settings.record.version, seen)?;
        settings.choice = choice.clone();
        settings.record = settings.record.changed(now);
        if settings.record.version == Version::FIRST {
            store::telling::open_data_settings::insert(c, &settings)?;
        } else {
            store::telling::open_data_settings::update(c, &settings)?;
        }
        Ok(settings)
    })
}

fn check(choice: &OpenDataChoice) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    if choice.is_open && choice.ocid_prefix.is_none() {
        findings.add(
            "/ocidPrefix",
            "prefix-needed",
            "ids of open data begin with the publisher's prefix, which the Open Contracting Partnership gives out",
        );
    }
    for (pointer, url) in [("/license", &choice.license), ("/publicationPolicy", &choice.publication_policy)]
    {
        findings.optional_text(pointer, url.as_deref(), TITLE);
        if url.as_deref().is_some_and(|url| !url.starts_with("https://") && !url.starts_with("http://")) {
            findings.add(pointer, "no-url", "a URL begins with https://");
        }
    }
    findings.into_result()
}

fn settings(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    now: DateTime<Utc>,
) -> Result<OpenDataSettings, ServiceError> {
    if let Some(settings) = store::telling::open_data_settings::find(c, municipality)? {
        return Ok(settings);
    }
    store::frame::municipalities::find(c, municipality)?.ok_or(NO_MUNICIPALITY)?;
    let record = Record::unset(now);
    Ok(OpenDataSettings { municipality, choice: OpenDataChoice::default(), record })
}

/// Who publishes, and how.
#[derive(Clone, Debug)]
pub struct Publisher {
    /// The municipality.
    pub municipality: Municipality,
    /// What it set.
    pub choice: OpenDataChoice,
    prefix: OcidPrefix,
}

/// Who publishes, where open data are switched on.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality is not registered, or did not open its data: to anybody
/// these look the same.
pub fn publisher(services: &Services, municipality: MunicipalityId) -> Result<Publisher, ServiceError> {
    services.db.read(|c| {
        let found = store::frame::municipalities::find(c, municipality)?.ok_or(NO_MUNICIPALITY)?;
        let settings = store::telling::open_data_settings::find(c, municipality)?.map(|found| found.choice);
        let choice = settings.filter(|choice| choice.is_open).ok_or(NO_MUNICIPALITY)?;
        let prefix = choice.ocid_prefix.clone().ok_or(NO_MUNICIPALITY)?;
        Ok(Publisher { municipality: found, choice, prefix })
    })
}

/// Some published procedures of the publisher, and after which one to go on; none at the end.
///
/// # Errors
/// [`ServiceError::Internal`] when a document of the store cannot be read.
pub fn processes(
    services: &Services,
    publisher: &Publisher,
    after: Option<TenderId>,
) -> Result<(Vec<Process>, Option<TenderId>), ServiceError> {
    let now = services.now();
    let request = PageRequest { start: after.map_or(Start::First, Start::After), limit: AT_ONCE };
    services.db.read(|c| {
        let page = store::tendering::tenders::list(c, publisher.municipality.id, true, &request)?;
        let next = page.items.last().map(|tender| tender.id).filter(|_| page.has_next);
        let made = page.items.into_iter().map(|tender| process(c, publisher, tender, now));
        Ok((made.collect::<Result<_, ServiceError>>()?, next))
    })
}

/// One published procedure of the publisher.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id, or it is a draft.
pub fn one_process(
    services: &Services,
    publisher: &Publisher,
    id: TenderId,
) -> Result<Process, ServiceError> {
    let now = services.now();
    services.db.read(|c| {
        let found = store::tendering::tenders::find(c, publisher.municipality.id, id)?;
        let tender = found
            .filter(|tender| tender.published_at.is_some())
            .ok_or(ServiceError::NotFound { what: "published tender" })?;
        process(c, publisher, tender, now)
    })
}

fn process(
    c: &mut AnyConnection,
    publisher: &Publisher,
    tender: Tender,
    now: DateTime<Utc>,
) -> Result<Process, ServiceError> {
    let municipality = tender.municipality;
    let lots = store::tendering::lots::all_of_tender(c, municipality, tender.id)?;
    let lots: Vec<LotProcess> = lots
        .into_iter()
        .map(|lot| lot_process(c, &tender, lot.at(now, tender.facts.deadline_at)))
        .collect::<Result<_, _>>()?;
    let contracts = contracts(c, municipality, &lots)?;
    Ok(Process {
        prefix: publisher.prefix.clone(),
        municipality: publisher.municipality.clone(),
        tender,
        lots,
        contracts,
    })
}

fn lot_process(c: &mut AnyConnection, tender: &Tender, lot: Lot) -> Result<LotProcess, ServiceError> {
    let model = lot.award_model.as_deref().map(parsed::<AwardModelInput>).transpose()?;
    let are_all_here = lot.opened_at.is_some() && is_handed_over(c, tender, &lot)?;
    let bids = are_all_here
        .then(|| store::bidding::bids::all_of_lot(c, lot.municipality, lot.id).map(|bids| bids.len()))
        .transpose()?;
    let ended_at = match lot.state {
        State::Cancelled | State::Unsuccessful => ended_at(c, &lot)?,
        _ => None,
    };
    let award = if lot.state == State::Awarded { award(c, &lot)? } else { None };
    Ok(LotProcess { lot, model, bids, ended_at, award })
}

fn ended_at(c: &mut AnyConnection, lot: &Lot) -> Result<Option<DateTime<Utc>>, ServiceError> {
    let steps = store::tendering::lot_steps::list(c, lot.municipality, lot.id)?;
    let last = steps.iter().rfind(|step| matches!(step.step, Step::Cancel | Step::DeclareUnsuccessful));
    Ok(last.map(|step| step.at))
}

fn award(c: &mut AnyConnection, lot: &Lot) -> Result<Option<AwardFacts>, ServiceError> {
    let Some(decision) = store::awarding::award_decisions::in_force(c, lot.municipality, lot.id)? else {
        return Ok(None);
    };
    let Some(awarded_at) = decision.awarded_at else { return Ok(None) };
    let at = lot.path();
    let Some(evaluation) = store::awarding::evaluations::find(c, at, decision.evaluation)? else {
        return Ok(None);
    };
    let input: ScoreFile = parsed(&evaluation.input)?;
    let result: ScoreResult = parsed(&evaluation.result)?;
    let offers: Vec<BidInput> = input.lots.into_iter().flat_map(|lot| lot.bids).collect();
    let Some(result) = result.lots.into_iter().next() else { return Ok(None) };
    let seats = seats::by_result(c, at, &decision, &result)?;
    let mut winners = Vec::new();
    let changes = seats.iter().flat_map(|seats| &seats.gone).map(|(_, at)| *at);
    let changed_at = changes.fold(awarded_at, DateTime::max);
    for (bid, award_id, since, has_dropped_out) in places(&decision, seats.as_ref()) {
        let Some(received) = store::bidding::bids::find(c, lot.municipality, lot.id, bid)? else { continue };
        let id = bid.to_string();
        let offered = offers.iter().find(|offered| offered.id == id);
        winners.push(WinnerFacts {
            award_id,
            bid,
            supplier: received.bidder,
            supplier_name: offered.and_then(|bid| bid.bidder.as_ref()).map(|bidder| bidder.name.clone()),
            price: offered.and_then(|bid| bid.price),
            awarded_at: since.unwrap_or(awarded_at),
            has_dropped_out,
        });
    }
    Ok(Some(AwardFacts { changed_at, winners, result }))
}

/// Each winner with the id of its award, since when it has a place that it came to later, and whether it dropped out.
fn places(
    decision: &AwardDecision,
    seats: Option<&Seats>,
) -> Vec<(BidId, String, Option<DateTime<Utc>>, bool)> {
    let Some(seats) = seats else { return vec![(decision.bid, decision.id.to_string(), None, false)] };
    let won = seats.winners.iter().map(|seat| (seat, false));
    let left = seats.gone.iter().map(|(seat, _)| (seat, true));
    let mut all: Vec<_> = won.chain(left).collect();
    all.sort_by_key(|(seat, _)| seat.place);
    let told = all.into_iter().map(|(seat, has_left)| {
        (seat.bid, format!("{}-{}", decision.id, seat.place), seat.promoted_at, has_left)
    });
    told.collect()
}

/// The contracts that followed from awards of these lots.
fn contracts(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lots: &[LotProcess],
) -> Result<Vec<ContractFacts>, ServiceError> {
    let of_lot = |of: &LotProcess| Some((of.lot.id, of.award.as_ref()?.winners.first()?.award_id.clone()));
    let awarded: Vec<_> = lots.iter().filter_map(of_lot).collect();
    let ids = || awarded.iter().map(|(lot, _)| *lot);
    let mut found = Vec::new();
    for contract in store::following::contracts::of_lots(c, municipality, ids())? {
        let of_lot = awarded.iter().find(|(lot, _)| contract.terms.lot == Some(*lot));
        found.extend(of_lot.map(|(_, award_id)| (contract, award_id.clone())));
    }
    let winners = || lots.iter().filter_map(|of| of.award.as_ref()).flat_map(|award| &award.winners);
    for award in store::following::contract_awards::of_lots(c, municipality, ids())? {
        let contract = store::following::contracts::find(c, municipality, award.contract)?;
        let won = winners().find(|winner| winner.bid == award.bid);
        found.extend(contract.zip(won.map(|winner| winner.award_id.clone())));
    }
    let totals =
        store::following::ledger::totals(c, municipality, found.iter().map(|(contract, _)| contract.id))?;
    let made = found.into_iter().map(|(contract, award_id)| {
        let of_contract = totals.iter().filter(|(id, _)| *id == contract.id);
        let approved_cents = of_contract.map(|(_, total)| total.approved_cents).sum();
        ContractFacts { award_id, approved_cents, contract }
    });
    Ok(made.collect())
}

fn parsed<T: serde::de::DeserializeOwned>(document: &str) -> Result<T, ServiceError> {
    serde_json::from_str(document).map_err(|error| ServiceError::Internal(error.into()))
}
