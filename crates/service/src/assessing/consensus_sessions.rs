//! Sessions in which assessors, after scoring alone, agree on scores.

use std::collections::BTreeSet;

use crate::Services;
use crate::assessing::assessments::{check_on_scale, expect_being_assessed};
use crate::assessing::dossier::{Dossier, Told, record};
use crate::assessing::interests::panel;
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::{Bilingual, ServiceError};
use crate::frame::findings::{Findings, TEXT, TITLE, below};
use crate::frame::opened::expect_handed_over;
use crate::tendering::declared_models::award_model;
use trede_base::ids::Id;
use trede_base::record::Record;
use trede_formats::dossier::{Attendee, ConsensusScore, ConsensusSession, Fact};
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::tendering::lot::LotPath;
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::AwardModelInput;

/// Records a session and the scores that were agreed on in it. A score that was agreed on before is replaced;
/// what it was stays in the entry of its own session.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, once the quality is fixed, where the model takes the mean, or
/// while somebody who scores has not handed the own score in; [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    session: ConsensusSession,
) -> Result<Told, ServiceError> {
    record(services, actor, at, Operation::RecordConsensus, |c, scene, act| {
        check(&session)?;
        expect_being_assessed(&scene.lot)?;
        expect_handed_over(c, &scene.tender, &scene.lot)?;
        if session.held_at > act.at {
            return Err(ServiceError::invalid("/heldAt", "moment-ahead", "it was held in the past"));
        }
        let model = award_model(&scene.lot)?;
        if model.assessment.as_ref().is_some_and(|rule| rule.combine.is_calculated()) {
            let detail = "the award model takes the mean of the assessors, so there is no consensus score";
            return Err(ServiceError::refused("consensus-not-asked", detail));
        }
        expect_scored_alone(c, at, &scene.dossier, &session)?;
        for (index, agreed) in session.scores.iter().enumerate() {
            below(&format!("/scores/{index}"), keep(c, at, act, &model, agreed))?;
        }
        Ok(Fact::ConsensusHeld(session.clone()))
    })
}

fn check(session: &ConsensusSession) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.instant("/heldAt", Some(session.held_at));
    check_attendees(&mut findings, &session.attendees);
    if session.scores.is_empty() {
        findings.add("/scores", "list-empty", "a session agrees on one score at least");
    }
    let mut seen = BTreeSet::new();
    for (index, agreed) in session.scores.iter().enumerate() {
        findings.needed_text(&format!("/scores/{index}/score"), &agreed.score, TITLE);
        findings.needed_text(&format!("/scores/{index}/motivation"), &agreed.motivation, TEXT);
        if !seen.insert((agreed.bid_id, agreed.criterion.as_str())) {
            let detail = "the session agrees on a criterion of a bid once";
            findings.add(&format!("/scores/{index}"), "score-twice", detail);
        }
    }
    findings.into_result()
}

/// Somebody was there, and each has a name.
pub(crate) fn check_attendees(findings: &mut Findings, attendees: &[Attendee]) {
    if attendees.is_empty() {
        findings.add("/attendees", "list-empty", "say who was there");
    }
    for (index, attendee) in attendees.iter().enumerate() {
        findings.needed_text(&format!("/attendees/{index}/name"), &attendee.name, TITLE);
        findings.optional_text(&format!("/attendees/{index}/role"), attendee.role.as_deref(), TITLE);
    }
}

/// First everybody scores alone, then they meet.
fn expect_scored_alone(
    c: &mut AnyConnection,
    at: LotPath,
    dossier: &Dossier,
    session: &ConsensusSession,
) -> Result<(), ServiceError> {
    let assessments = store::assessing::assessments::all_of_lot(c, at.municipality, at.lot)?;
    let panel = panel(dossier);
    let mut waiting = BTreeSet::new();
    for agreed in &session.scores {
        for assessor in &panel {
            let has_scored = assessments.iter().any(|own| {
                own.kind == AssessmentKind::Individual
                    && own.submitted_at.is_some()
                    && own.assessor == **assessor
                    && own.bid == agreed.bid_id
                    && own.criterion == agreed.criterion
            });
            if !has_scored {
                waiting.insert(*assessor);
            }
        }
    }
    if waiting.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = waiting.into_iter().collect();
    let names = names.join(", ");
    let told = Bilingual::new(
        format!("deze beoordelaars hebben nog niet alle scores ingeleverd waarover consensus is: {names}"),
        format!("these assessors have not handed in all scores that are agreed on: {names}"),
    );
    Err(ServiceError::refused_in_both("scores-awaited", told))
}

fn keep(
    c: &mut AnyConnection,
    at: LotPath,
    act: &Act,
    model: &AwardModelInput,
    agreed: &ConsensusScore,
) -> Result<(), ServiceError> {
    let mut assessment = Assessment {
        municipality: at.municipality,
        lot: at.lot,
        id: Id::derived(&[
            act.id.uuid().as_bytes(),
            agreed.bid_id.uuid().as_bytes(),
            agreed.criterion.as_bytes(),
        ]),
        bid: agreed.bid_id,
        criterion: agreed.criterion.clone(),
        kind: AssessmentKind::Consensus,
        assessor: act.actor.clone(),
        score: agreed.score.clone(),
        motivation: agreed.motivation.clone(),
        submitted_at: Some(act.at),
        record: Record::new(act.at),
    };
    check_on_scale(model, &assessment)?;
    if store::bidding::bids::find(c, at.municipality, at.lot, agreed.bid_id)?.is_none() {
        return Err(ServiceError::invalid("/bidId", "bid-unknown", "there is no such bid on this lot"));
    }
    match store::assessing::assessments::agreed(c, &assessment)? {
        None => store::assessing::assessments::insert(c, &assessment)?,
        Some(before) => {
            assessment.id = before.id;
            assessment.record = before.record.changed(act.at);
            store::assessing::assessments::update(c, &assessment)?;
        }
    }
    Ok(())
}
