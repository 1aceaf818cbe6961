//! Each rule of uniqueness is told in its own words on both databases.

use trede_base::ids::Id;
use trede_base::record::Record;
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::evaluation::{Evaluation, EvaluationSummary};
use trede_service::frame::error::ServiceError;
use trede_service::tendering::lots;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use uuid::Uuid;

use crate::support::acts::act;
use crate::usecases::world::{START, World, buyer, facts, lot_facts, refusal, utrecht, worlds};

fn id<T>() -> Id<T> {
    Id::from_uuid(Uuid::now_v7())
}

/// The code of the refusal when `insert` is done twice with other ids.
fn twice(
    world: &World,
    mut insert: impl FnMut(&mut AnyConnection) -> Result<(), store::frame::error::StorageError>,
) -> &'static str {
    let mut write = || world.database.db.write(&act("test"), |c| Ok::<_, ServiceError>(insert(c)?));
    write().unwrap();
    refusal(write())
}

#[test]
fn two_lots_of_a_tender_do_not_share_a_number() {
    for world in worlds() {
        let (tender, _) = world.draft(facts(), 1);
        let again = lots::create(&world.services, &buyer(), utrecht(), tender, lot_facts(1));
        assert_eq!(refusal(again), "lot-number-exists");
    }
}

#[test]
fn a_criterion_of_a_bid_has_one_consensus() {
    for world in worlds() {
        let at = world.published_lot();
        let bid = world.bid(at, 1, 100_000).unwrap().id;
        world.open(at.tender);
        let mut assessor = 0;
        let code = twice(&world, |c| {
            assessor += 1;
            let consensus = Assessment {
                municipality: utrecht(),
                lot: at.lot,
                id: id(),
                bid,
                criterion: "plan".to_owned(),
                kind: AssessmentKind::Consensus,
                assessor: format!("assessor-{assessor}"),
                score: "8".to_owned(),
                motivation: "Eens".to_owned(),
                submitted_at: None,
                record: Record::new(START.parse().unwrap()),
            };
            store::assessing::assessments::insert(c, &consensus)
        });
        assert_eq!(code, "assessment-exists");
    }
}

fn evaluation(at: trede_model::tendering::lot::LotPath) -> Evaluation {
    Evaluation {
        summary: EvaluationSummary {
            municipality: at.municipality,
            lot: at.lot,
            id: id(),
            sequence: 1,
            reason: None,
            fingerprint: "ab".repeat(32),
            engine_version: "1".to_owned(),
            created_at: START.parse().unwrap(),
            created_by: "buyer-1".to_owned(),
        },
        input: "{}".to_owned(),
        result: "{}".to_owned(),
    }
}

#[test]
fn evaluations_of_a_lot_do_not_share_a_sequence_number() {
    for world in worlds() {
        let at = world.published_lot();
        let code = twice(&world, |c| store::awarding::evaluations::insert(c, &evaluation(at)));
        assert_eq!(code, "evaluated-meanwhile");
    }
}

#[test]
fn a_lot_has_one_award_decision_in_force() {
    for world in worlds() {
        let at = world.published_lot();
        let bid = world.bid(at, 1, 100_000).unwrap().id;
        world.open(at.tender);
        let evaluation = evaluation(at);
        world
            .database
            .db
            .write(&act("test"), |c| {
                Ok::<_, ServiceError>(store::awarding::evaluations::insert(c, &evaluation)?)
            })
            .unwrap();
        let code = twice(&world, |c| {
            let decision = AwardDecision {
                municipality: at.municipality,
                lot: at.lot,
                id: id(),
                evaluation: evaluation.summary.id,
                bid,
                motivation: "Beste bod".to_owned(),
                standstill_days: 0,
                standstill_until: None,
                court: None,
                contact: None,
                proposed_at: START.parse().unwrap(),
                withdrawn_at: None,
                awarded_at: None,
            };
            store::awarding::award_decisions::insert(c, &decision)
        });
        assert_eq!(code, "award-proposed");
    }
}
