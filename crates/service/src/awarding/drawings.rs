//! Drawings of lots between equal bids: in attendance, by a value that others can draw again with.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::Services;
use crate::assessing::consensus_sessions::check_attendees;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::clock::fresh_random;
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use trede_formats::dossier::{Attendee, Fact, LotDrawing};
use trede_model::assessing::dossier::DossierEntry;
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_rules::award::drawing::drawn_order;
use trede_store as store;
use trede_wire::score_file::{RandomnessInput, RandomnessSourceInput};
use trede_wire::score_result::ScoreResult;

/// A drawing that is to be held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDrawing {
    /// Where.
    pub place: String,
    /// When.
    pub held_at: DateTime<Utc>,
    /// By whom.
    pub performed_by: String,
    /// Who was there.
    pub attendees: Vec<Attendee>,
    /// The random value, or where it is to come from.
    pub randomness: RandomnessInput,
}

/// Draws lots between the bids that the latest evaluation left equal. They are drawn once; the next evaluation
/// uses the order.
///
/// # Errors
/// [`ServiceError::Refused`] when the lot is not evaluated, nothing waits for a drawing, or lots were drawn
/// between these bids already; [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: NewDrawing,
) -> Result<Told, ServiceError> {
    let randomness = with_value(&new.randomness)?;
    record(services, actor, at, Operation::DrawLots, |c, scene, act| {
        check(&new, act.at)?;
        if scene.lot.state != State::Evaluated {
            let detail = format!("lots are drawn after an evaluation; the lot is «{}»", scene.lot.state);
            return Err(ServiceError::refused("state-forbids", detail));
        }
        let latest = store::awarding::evaluations::latest(c, at.municipality, at.lot)?;
        let latest = latest.ok_or(ServiceError::NotFound { what: "evaluation" })?;
        let open = open_bids(&latest)?;
        if open.is_empty() {
            return Err(ServiceError::refused("no-tie-open", "no equal bids wait for a drawing of lots"));
        }
        if drawings(&scene.dossier)
            .any(|(_, held)| held.order.iter().copied().collect::<BTreeSet<_>>() == open)
        {
            let detail = "lots were drawn between these bids already; evaluate the lot to use the order";
            return Err(ServiceError::refused("lots-drawn", detail));
        }
        let value = randomness.value.as_deref().unwrap_or_default();
        let names: Vec<String> = open.iter().map(BidId::to_string).collect();
        let order = drawn_order(value, &names).iter().filter_map(|drawn| drawn.parse().ok()).collect();
        Ok(Fact::LotsDrawn(LotDrawing {
            evaluation_id: latest.summary.id,
            place: new.place.clone(),
            held_at: new.held_at,
            performed_by: new.performed_by.clone(),
            attendees: new.attendees.clone(),
            randomness: randomness.clone(),
            order,
        }))
    })
}

fn check(new: &NewDrawing, now: DateTime<Utc>) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/place", &new.place, TITLE);
    findings.needed_text("/performedBy", &new.performed_by, TITLE);
    findings.instant("/heldAt", Some(new.held_at));
    if new.held_at > now {
        findings.add("/heldAt", "moment-ahead", "it was held in the past");
    }
    check_attendees(&mut findings, &new.attendees);
    let RandomnessInput { source, value, description } = &new.randomness;
    findings.optional_text("/randomness/value", value.as_deref(), TITLE);
    findings.optional_text("/randomness/description", description.as_deref(), TITLE);
    match (source, value) {
        (RandomnessSourceInput::Public, None) => {
            findings.add("/randomness/value", "value-needed", "give the public value");
        }
        (RandomnessSourceInput::Generator, Some(_)) => {
            findings.add("/randomness/value", "value-not-asked", "the value is drawn here; leave it out");
        }
        _ => {}
    }
    if *source == RandomnessSourceInput::Public && description.is_none() {
        findings.add("/randomness/description", "text-needed", "say where others can look the value up");
    }
    findings.into_result()
}

/// The randomness with its value. It is drawn before the write begins, for the write may run twice.
fn with_value(asked: &RandomnessInput) -> Result<RandomnessInput, ServiceError> {
    let mut randomness = asked.clone();
    if randomness.source == RandomnessSourceInput::Generator {
        let drawn = fresh_random().map_err(|error| ServiceError::Internal(error.into()))?;
        randomness.value = Some(drawn);
    }
    Ok(randomness)
}

/// The bids that wait for a drawing in an evaluation.
fn open_bids(evaluation: &Evaluation) -> Result<BTreeSet<BidId>, ServiceError> {
    let result: ScoreResult =
        serde_json::from_str(&evaluation.result).map_err(|error| ServiceError::Internal(error.into()))?;
    let ties = result.lots.iter().flat_map(|lot| &lot.ties);
    let bids = ties.flat_map(|tie| &tie.open).map(|bid| bid.parse::<BidId>());
    bids.collect::<Result<_, _>>().map_err(|error| ServiceError::Internal(Box::new(error)))
}

/// The drawings that were held, the first first.
pub(crate) fn drawings(dossier: &Dossier) -> impl DoubleEndedIterator<Item = (&DossierEntry, &LotDrawing)> {
    dossier.facts(|fact| match fact {
        Fact::LotsDrawn(drawing) => Some(drawing),
        _ => None,
    })
}
