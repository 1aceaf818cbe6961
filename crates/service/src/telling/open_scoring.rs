//! Score it yourself (reken uw score): anybody tries bids on a published tender against its frozen award model, where
//! the municipality opened its data. What is tried is neither stored nor logged.

use chrono::{FixedOffset, TimeDelta};

use crate::Services;
use crate::assessing::score_input::tender_input;
use crate::frame::error::{Finding, ServiceError};
use crate::frame::findings::of_engine_in;
use crate::telling::open_data::Publisher;
use crate::tendering::declared_models::award_model;
use crate::tendering::tenders::{TenderView, view};
use trede_base::page::{Page, PageRequest};
use trede_model::tendering::lot::{Lot, LotId};
use trede_model::tendering::tender::{Tender, TenderId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{AwardModelInput, BidInput, LotInput, ScoreFile};
use trede_wire::score_result::{LanguageCode, ResultOptions, ScoreResult, score};

/// The most bids that are tried at once: one's own, and a field to hold it against.
pub const MOST_BIDS: usize = 20;

const NO_TENDER: ServiceError = ServiceError::NotFound { what: "published tender" };

/// A published tender with its lots, as anybody may see it.
#[derive(Clone, Debug)]
pub struct OpenTender {
    /// The tender, and how far it is.
    pub view: TenderView,
    /// Its lots with how each is awarded.
    pub lots: Vec<(Lot, AwardModelInput)>,
}

/// One page of the published tenders, in the order in which they were made.
///
/// # Errors
/// [`ServiceError::Internal`] when the store does not answer.
pub fn tenders(
    services: &Services,
    publisher: &Publisher,
    request: &PageRequest<TenderId>,
) -> Result<Page<TenderView>, ServiceError> {
    let now = services.now();
    services.db.read(|c| {
        let page = store::tendering::tenders::list(c, publisher.municipality.id, true, request)?;
        let Page { items, has_previous, has_next } = page;
        let items = items.into_iter().map(|tender| view(c, tender, now)).collect::<Result<_, _>>()?;
        Ok(Page { items, has_previous, has_next })
    })
}

/// One published tender with the award models of its lots.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id, or it is a draft.
pub fn tender(services: &Services, publisher: &Publisher, id: TenderId) -> Result<OpenTender, ServiceError> {
    let now = services.now();
    services.db.read(|c| {
        let tender = published(c, publisher, id)?;
        let lots = store::tendering::lots::all_of_tender(c, publisher.municipality.id, id)?;
        let deadline = tender.facts.deadline_at;
        let with_model = lots.into_iter().map(|lot| Ok((award_model(&lot)?, lot.at(now, deadline))));
        let lots = with_model.map(|found| found.map(|(model, lot)| (lot, model)));
        let lots = lots.collect::<Result<_, ServiceError>>()?;
        Ok(OpenTender { view: view(c, tender, now)?, lots })
    })
}

fn published(c: &mut AnyConnection, publisher: &Publisher, id: TenderId) -> Result<Tender, ServiceError> {
    let found = store::tendering::tenders::find(c, publisher.municipality.id, id)?;
    found.filter(|tender| tender.published_at.is_some()).ok_or(NO_TENDER)
}

/// The score file (rekenbestand) of a published lot, without a bid: whoever adds bids to it gets what [`try_bids`]
/// answers, wherever it is scored.
///
/// # Errors
/// [`ServiceError::NotFound`] as [`tender`] says.
pub fn score_file(
    services: &Services,
    publisher: &Publisher,
    at: (TenderId, LotId),
) -> Result<ScoreFile, ServiceError> {
    let (tender, lot) = published_lot(services, publisher, at)?;
    let lot = LotInput {
        id: lot.id.to_string(),
        title: Some(lot.facts.title.clone()),
        award_model: award_model(&lot)?,
        bids: Vec::new(),
        drawing: None,
        reference_price: None,
    };
    Ok(ScoreFile { tender: tender_input(&tender), lots: vec![lot] })
}

fn published_lot(
    services: &Services,
    publisher: &Publisher,
    (id, lot): (TenderId, LotId),
) -> Result<(Tender, Lot), ServiceError> {
    services.db.read(|c| {
        let tender = published(c, publisher, id)?;
        let lots = store::tendering::lots::all_of_tender(c, publisher.municipality.id, id)?;
        let lot = lots.into_iter().find(|own| own.id == lot).ok_or(NO_TENDER)?;
        Ok((tender, lot))
    })
}

/// Scores tried bids by the award model of a lot; the first is one's own, and its price is the one at which is told
/// what each level is worth.
///
/// # Errors
/// [`ServiceError::NotFound`] as [`tender`] says, [`ServiceError::Invalid`] with everything that is wrong with the bids.
pub fn try_bids(
    services: &Services,
    publisher: &Publisher,
    at: (TenderId, LotId),
    bids: Vec<BidInput>,
    language: LanguageCode,
) -> Result<ScoreResult, ServiceError> {
    let empty = score_file(services, publisher, at)?;
    if bids.is_empty() || bids.len() > MOST_BIDS {
        let detail = format!("between 1 and {MOST_BIDS} bids are tried at once");
        return Err(ServiceError::invalid("/bids", "number-of-bids", detail));
    }
    let file = with_bids(services, empty, bids)?;
    let options = ResultOptions { language, explain: true, analyse: true };
    score(&file, options).map_err(|failure| {
        let told = failure.0.into_iter().map(|finding| of_engine_in(finding, language.into()));
        ServiceError::Invalid(told.map(below_the_lot).collect())
    })
}

fn with_bids(
    services: &Services,
    mut file: ScoreFile,
    bids: Vec<BidInput>,
) -> Result<ScoreFile, ServiceError> {
    let now = services.now().with_timezone(&FixedOffset::east_opt(0).ok_or(NO_TENDER)?);
    let received = bids.into_iter().zip(0_i64..).map(|(bid, number)| BidInput {
        // A tie that goes by the moment of receipt goes by the order in which they are tried.
        received_at: bid.received_at.or(Some(now + TimeDelta::seconds(number))),
        ..bid
    });
    let bids: Vec<BidInput> = received.collect();
    for lot in &mut file.lots {
        lot.reference_price = bids.first().and_then(|own| own.price);
        lot.bids.clone_from(&bids);
    }
    Ok(file)
}

/// Who tries sends bids, and knows of no file.
fn below_the_lot(mut finding: Finding) -> Finding {
    if let Some(place) = finding.pointer.strip_prefix("/lots/0") {
        finding.pointer = place.to_owned();
    }
    finding
}
