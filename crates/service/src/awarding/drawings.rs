//! Drawings of lots between equal bids: in attendance, by a value that others can draw again with.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::Services;
use crate::assessing::consensus_sessions::check_attendees;
use crate::assessing::dossier::{Dossier, Told, record};
use crate::assessing::score_input::Additions;
use crate::clock::fresh_random;
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TITLE};
use trede_formats::dossier::{Attendee, DrawingAnnouncement, Fact, LotDrawing};
use trede_model::assessing::dossier::DossierEntry;
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_rules::award::drawing::{drawn_order_keeping, kept_pairs};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::{DrawingInput, RandomnessInput, RandomnessSourceInput};
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
            let told = Bilingual::new(
                format!("er wordt geloot na een beoordeling; het perceel is «{}»", scene.lot.state),
                format!("lots are drawn after an evaluation; the lot is «{}»", scene.lot.state),
            );
            return Err(ServiceError::refused_in_both("state-forbids", told));
        }
        let latest = store::awarding::evaluations::latest(c, at.municipality, at.lot)?;
        let latest = latest.ok_or(ServiceError::NotFound { what: "evaluation" })?;
        let open = open_bids(&latest)?;
        if open.is_empty() {
            return Err(ServiceError::refused("no-tie-open", "no equal bids wait for a drawing of lots"));
        }
        let earlier: Vec<Vec<String>> =
            recorded(c, at, &scene.dossier)?.into_iter().map(|held| held.order).collect();
        let names: Vec<String> = open.iter().map(BidId::to_string).collect();
        // A drawing belongs to the lot: who was drawn keeps that order, whoever drops out or comes beside them.
        if earlier.iter().any(|order| names.iter().all(|name| order.contains(name))) {
            let detail = "lots were drawn between these bids already; evaluate the lot to use the order";
            return Err(ServiceError::refused("lots-drawn", detail));
        }
        let randomness = announced(&scene.dossier, &new, randomness.clone())?;
        let kept = kept_pairs(&earlier, &names);
        let value = randomness.value.as_deref().unwrap_or_default();
        let drawn = drawn_order_keeping(value, &names, &kept);
        Ok(Fact::LotsDrawn(LotDrawing {
            evaluation_id: latest.summary.id,
            place: new.place.clone(),
            held_at: new.held_at,
            performed_by: new.performed_by.clone(),
            attendees: new.attendees.clone(),
            randomness,
            order: drawn.iter().filter_map(|name| name.parse().ok()).collect(),
            kept: kept.iter().filter_map(parsed).collect(),
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
    findings.into_result()
}

/// The randomness of a drawing by a public value: that which was named before the bids were evaluated, and no other.
fn announced(
    dossier: &Dossier,
    new: &NewDrawing,
    randomness: RandomnessInput,
) -> Result<RandomnessInput, ServiceError> {
    if randomness.source == RandomnessSourceInput::Generator {
        return Ok(randomness);
    }
    let named = dossier.facts(|fact| match fact {
        Fact::DrawingAnnounced(named) => Some(named),
        _ => None,
    });
    let Some((_, DrawingAnnouncement { source, known_at })) = named.into_iter().next() else {
        let detail = "no public value was named before the bids were evaluated (`drawing-announcements`), so \
                      somebody could pick one now; have it drawn here (`\"source\": \"generator\"`)";
        return Err(ServiceError::refused("value-not-announced", detail));
    };
    let mut findings = Findings::default();
    if new.held_at < *known_at {
        let detail = format!("the value that was named is known from {known_at} on");
        findings.add("/heldAt", "value-not-known-yet", detail);
    }
    if randomness.description.as_ref().is_some_and(|told| told != source) {
        let detail = format!("this value was named: {source}");
        findings.add("/randomness/description", "another-value", detail);
    }
    findings.into_result()?;
    Ok(RandomnessInput { description: Some(source.clone()), ..randomness })
}

fn parsed([first, then]: &[String; 2]) -> Option<[BidId; 2]> {
    Some([first.parse().ok()?, then.parse().ok()?])
}

/// Names the public value by which lots would be drawn: before the bids are evaluated, and before it is known.
///
/// # Errors
/// [`ServiceError::Refused`] once the lot was evaluated, or when one was named already; [`ServiceError::Invalid`] with
/// all findings.
pub fn announce(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    new: DrawingAnnouncement,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::AnnounceDrawing, |_, scene, act| {
        let mut findings = Findings::default();
        findings.needed_text("/source", &new.source, TITLE);
        findings.instant("/knownAt", Some(new.known_at));
        if new.known_at <= act.at {
            findings.add("/knownAt", "moment-passed", "a moment ahead: nobody may know the value yet");
        }
        findings.into_result()?;
        if !matches!(scene.lot.state, State::Published | State::Closed | State::Opened) {
            let told = Bilingual::new(
                format!("de waarde wordt genoemd voor de beoordeling; het perceel is «{}»", scene.lot.state),
                format!("the value is named before the bids are evaluated; the lot is «{}»", scene.lot.state),
            );
            return Err(ServiceError::refused_in_both("state-forbids", told));
        }
        if scene
            .dossier
            .facts(|fact| matches!(fact, Fact::DrawingAnnounced(_)).then_some(fact))
            .next()
            .is_some()
        {
            return Err(ServiceError::refused("value-announced", "a value was named already, and stays"));
        }
        Ok(Fact::DrawingAnnounced(new.clone()))
    })
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

/// Every drawing that the lot knows: those of the dossier, and those that an evaluation was told of, the first first.
pub(crate) fn recorded(
    c: &mut AnyConnection,
    at: LotPath,
    dossier: &Dossier,
) -> Result<Vec<DrawingInput>, ServiceError> {
    let mut recorded: Vec<DrawingInput> = drawings(dossier).map(|(_, held)| held.into()).collect();
    for evaluation in store::awarding::evaluations::all_of_lot(c, at.municipality, at.lot)? {
        let told = Additions::of(&evaluation)?.drawing;
        recorded.extend(told.filter(|told| !recorded.contains(told)));
    }
    Ok(recorded)
}

/// The drawings that were held, the first first.
pub(crate) fn drawings(dossier: &Dossier) -> impl DoubleEndedIterator<Item = (&DossierEntry, &LotDrawing)> {
    dossier.facts(|fact| match fact {
        Fact::LotsDrawn(drawing) => Some(drawing),
        _ => None,
    })
}
