//! Scores, evaluations and the award that rests on them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_service::assessing::assessments::{self, NewAssessment};
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::evaluations::{self, Additions, NewEvaluation};
use trede_service::bidding::bids::BidReceipt;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{award_models, tender_steps};
use trede_wire::score_file::{
    AssessmentInput, DrawingInput, ExclusionInput, ExclusionStageInput, ScoreCombinationInput,
};

use crate::usecases::assessors::{assessor as named, conclude, declare_none as declare, new_score};
use crate::usecases::world::{
    START, World, actor, award_model, bidder, buyer, facts, findings, is_forbidden, is_not_found, new_bid,
    receive, refusal, worlds,
};

/// A lot with two opened bids: the first dear, the second cheap.
fn opened(world: &World) -> (LotPath, [BidReceipt; 2]) {
    let at = world.published_lot();
    let bids = [world.bid(at, 1, 120_000).unwrap(), world.bid(at, 2, 100_000).unwrap()];
    world.open(at.tender);
    (at, bids)
}

/// The same, with the plan of the first scored 9 and that of the second 6.
fn assessed(world: &World) -> (LotPath, [BidReceipt; 2]) {
    let (at, bids) = opened(world);
    assess(world, at, bids[0].id, "9").unwrap();
    assess(world, at, bids[1].id, "6").unwrap();
    (at, bids)
}

fn assess(world: &World, at: LotPath, bid: BidId, score: &str) -> Result<Assessment, ServiceError> {
    scored(world, at, bid, ("assessor-1", AssessmentKind::Individual, score))
}

/// The same, kept as a draft.
fn draft(world: &World, at: LotPath, bid: BidId, score: &str) -> Assessment {
    declare(world, at, &actor(Role::Assessor));
    let new = NewAssessment { submitted: false, ..new_score(bid, AssessmentKind::Individual, score) };
    assessments::create(&world.services, &actor(Role::Assessor), at, new).unwrap()
}

fn evaluate(world: &World, at: LotPath, reason: Option<&str>) -> Result<Evaluation, ServiceError> {
    let lot = world.get_lot(at);
    if lot.state == State::Opened && lot.quality_fixed_at.is_none() {
        conclude(world, at)?;
    }
    let new = NewEvaluation { reason: reason.map(str::to_owned), ..NewEvaluation::default() };
    evaluations::create(&world.services, &buyer(), at, new)
}

fn award(evaluation: &Evaluation, bid: BidId) -> NewAward {
    NewAward {
        evaluation: evaluation.summary.id,
        bid,
        others: Vec::new(),
        motivation: "Beste prijs-kwaliteitverhouding".to_owned(),
        standstill_days: Some(0),
        court: None,
        contact: None,
    }
}

fn ranked(evaluation: &Evaluation) -> Vec<Value> {
    let result: Value = serde_json::from_str(&evaluation.result).unwrap();
    result["lots"][0]["ranking"].as_array().unwrap().clone()
}

fn ranking(evaluation: &Evaluation) -> Vec<String> {
    ranked(evaluation).iter().map(|bid| bid["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn an_evaluation_ranks_by_price_and_by_the_scores_of_assessors() {
    for world in worlds() {
        let (at, [dear, cheap]) = assessed(&world);
        let evaluation = evaluate(&world, at, None).unwrap();
        // 60 × 100/120 + 40 × 0.9 = 86 against 60 + 40 × 0.6 = 84.
        assert_eq!(ranking(&evaluation), [dear.id.to_string(), cheap.id.to_string()]);
        let ranked = ranked(&evaluation);
        let totals: Vec<_> = ranked.iter().map(|bid| bid["total"]["declared"].as_str().unwrap()).collect();
        assert_eq!(totals, ["86", "84"]);
        assert_eq!(evaluation.summary.sequence, 1);
        assert_eq!(evaluation.summary.fingerprint.len(), 64);
        assert_eq!(world.get_lot(at).state, State::Evaluated);
        let found = evaluations::get(&world.services, &buyer(), at, evaluation.summary.id).unwrap();
        assert_eq!(found, evaluation);
    }
}

#[test]
fn nothing_is_scored_before_the_opening() {
    for world in worlds() {
        let at = world.published_lot();
        let bid = world.bid(at, 1, 100_000).unwrap();
        assert_eq!(refusal(assess(&world, at, bid.id, "8")), "bids-not-opened");
        assert_eq!(refusal(evaluate(&world, at, None)), "state-forbids");
    }
}

#[test]
fn a_missing_score_keeps_the_quality_open_and_is_named() {
    for world in worlds() {
        let (at, bids) = opened(&world);
        assess(&world, at, bids[0].id, "9").unwrap();
        let Err(ServiceError::Refused { code, detail, .. }) = evaluate(&world, at, None) else {
            panic!("fixed without a score")
        };
        assert_eq!(code, "assessments-due");
        assert!(detail.contains(&bids[1].id.to_string()) && detail.contains("plan"), "{detail}");
        assert_eq!(world.get_lot(at).state, State::Opened);
    }
}

#[test]
fn a_correction_makes_another_evaluation_and_changes_none() {
    for world in worlds() {
        let (at, [dear, cheap]) = assessed(&world);
        let first = evaluate(&world, at, None).unwrap();
        assert_eq!(findings(evaluate(&world, at, None)), ["reason-needed"]);
        let excluding = NewEvaluation {
            reason: Some("Ondertekening bleek ongeldig".to_owned()),
            additions: Additions {
                exclusions: BTreeMap::from([(dear.id, exclusion("niet ondertekend"))]),
                ..Additions::default()
            },
            ..NewEvaluation::default()
        };
        let second = evaluations::create(&world.services, &buyer(), at, excluding).unwrap();

        assert_eq!(second.summary.sequence, 2);
        assert_ne!(second.summary.fingerprint, first.summary.fingerprint);
        assert_eq!(ranking(&second), [cheap.id.to_string()]);
        let kept = evaluations::get(&world.services, &buyer(), at, first.summary.id).unwrap();
        assert_eq!(kept, first);
        let page = PageRequest { start: Start::First, limit: 10 };
        let listed = evaluations::list(&world.services, &buyer(), at, &page).unwrap();
        assert_eq!(listed.items, [first.summary, second.summary]);
    }
}

#[test]
fn the_same_facts_have_the_same_fingerprint() {
    for world in worlds() {
        let (at, _) = assessed(&world);
        let first = evaluate(&world, at, None).unwrap();
        let second = evaluate(&world, at, Some("ter controle")).unwrap();
        assert_eq!(first.summary.fingerprint, second.summary.fingerprint);
        assert_eq!(first.input, second.input);
    }
}

#[test]
fn an_excluded_bid_is_not_ranked_and_its_reason_is_kept() {
    for world in worlds() {
        let (at, [dear, cheap]) = assessed(&world);
        let exclusion = ExclusionInput {
            stage: ExclusionStageInput::BeforeEvaluation,
            reason: "geen geldige ondertekening".to_owned(),
        };
        let excluding = |bid: BidId| NewEvaluation {
            additions: Additions {
                exclusions: BTreeMap::from([(bid, exclusion.clone())]),
                ..Additions::default()
            },
            ..NewEvaluation::default()
        };
        let stranger = "0190a5c8-0000-7000-8000-000000000001".parse().unwrap();
        conclude(&world, at).unwrap();
        let unknown = evaluations::create(&world.services, &buyer(), at, excluding(stranger));
        assert_eq!(findings(unknown), ["bid-unknown"]);
        let evaluation = evaluations::create(&world.services, &buyer(), at, excluding(dear.id)).unwrap();
        assert_eq!(ranking(&evaluation), [cheap.id.to_string()]);
        assert!(evaluation.result.contains("geen geldige ondertekening"));
    }
}

#[test]
fn an_assessor_scores_a_criterion_of_a_bid_once_and_changes_only_that_score() {
    for world in worlds() {
        let (at, bids) = opened(&world);
        let made = draft(&world, at, bids[0].id, "9");
        assert_eq!(refusal(assess(&world, at, bids[0].id, "8")), "assessment-exists");
        let mut other = actor(Role::Assessor);
        other.subject = "assessor-2".to_owned();
        let change = |who: &Actor, seen| {
            assessments::update(&world.services, who, at, made.id, seen, "7", "Toch minder concreet")
        };
        assert!(is_forbidden(&change(&other, Version::FIRST)));
        let changed = change(&actor(Role::Assessor), Version::FIRST).unwrap();
        assert_eq!((changed.score.as_str(), changed.record.version), ("7", Version(2)));
        assert!(matches!(change(&actor(Role::Assessor), Version::FIRST), Err(ServiceError::VersionMismatch)));
    }
}

#[test]
fn a_score_without_a_motivation_or_for_what_is_not_assessed_is_refused() {
    for world in worlds() {
        let (at, bids) = opened(&world);
        declare(&world, at, &actor(Role::Assessor));
        let score = |criterion: &str, motivation: &str| {
            let new = NewAssessment {
                criterion: criterion.to_owned(),
                motivation: motivation.to_owned(),
                ..new_score(bids[0].id, AssessmentKind::Individual, "8")
            };
            assessments::create(&world.services, &actor(Role::Assessor), at, new)
        };
        assert_eq!(findings(score("plan", " ")), ["text-needed"]);
        assert_eq!(findings(score("price", "goedkoop")), ["criterion-unknown"]);
    }
}

#[test]
fn an_offer_that_the_model_could_never_score_is_refused_on_receipt() {
    for world in worlds() {
        let at = world.published_lot();
        let mut bid = new_bid(1, 100_000);
        bid.offer.price = None;
        bid.offer.commitments =
            BTreeMap::from([("sroi".to_owned(), trede_wire::number::Number::parse("5").unwrap())]);
        let refused = receive(&world.services, &bidder(1), at, bid);
        let Err(ServiceError::Invalid(found)) = refused else { panic!("{refused:?}") };
        let places: Vec<_> = found.iter().map(|finding| finding.pointer.as_str()).collect();
        assert_eq!(places, ["/offer/commitments/sroi", "/offer/price"]);
    }
}

#[test]
fn the_award_follows_the_latest_evaluation_and_its_first_bid() {
    for world in worlds() {
        let (at, [dear, cheap]) = assessed(&world);
        let first = evaluate(&world, at, None).unwrap();
        let latest = evaluate(&world, at, Some("ter controle")).unwrap();
        let propose = |new| awards::propose(&world.services, &buyer(), at, new);
        assert_eq!(refusal(propose(award(&first, dear.id))), "evaluation-corrected");
        assert_eq!(refusal(propose(award(&latest, cheap.id))), "bid-not-first");
        let proposed = propose(award(&latest, dear.id)).unwrap();
        assert_eq!(world.get_lot(at).state, State::AwardProposed);
        assert_eq!(refusal(propose(award(&latest, dear.id))), "state-forbids");
        assert_eq!(refusal(evaluate(&world, at, Some("te laat"))), "state-forbids");
        assert_eq!(refusal(assess(&world, at, dear.id, "1")), "state-forbids");

        let awarded = awards::award(&world.services, &buyer(), at).unwrap();
        assert_eq!(awarded.id, proposed.id);
        assert!(awarded.awarded_at.is_some());
        assert_eq!(world.get_lot(at).state, State::Awarded);
    }
}

#[test]
fn a_withdrawn_proposal_makes_room_for_another() {
    for world in worlds() {
        let (at, [dear, _]) = assessed(&world);
        let evaluation = evaluate(&world, at, None).unwrap();
        awards::propose(&world.services, &buyer(), at, award(&evaluation, dear.id)).unwrap();
        awards::withdraw(&world.services, &buyer(), at, "motivering onvolledig".to_owned()).unwrap();
        assert!(is_not_found(&awards::get(&world.services, &buyer(), at)));
        let again = awards::propose(&world.services, &buyer(), at, award(&evaluation, dear.id)).unwrap();
        assert_eq!(awards::get(&world.services, &buyer(), at).unwrap(), again);
    }
}

/// A score by somebody, on the plan.
fn scored(
    world: &World,
    at: LotPath,
    bid: BidId,
    (assessor, kind, score): (&str, AssessmentKind, &str),
) -> Result<Assessment, ServiceError> {
    let assessor = named(assessor);
    declare(world, at, &assessor);
    assessments::create(&world.services, &assessor, at, new_score(bid, kind, score))
}

#[test]
fn a_score_off_the_scale_is_refused_when_it_is_given_or_changed() {
    for world in worlds() {
        let (at, bids) = opened(&world);
        for score in ["11", "-1", "goed", "1e1"] {
            assert_eq!(findings(assess(&world, at, bids[0].id, score)), ["score-off-scale"], "{score}");
        }
        let made = draft(&world, at, bids[0].id, "9");
        let assessor = actor(Role::Assessor);
        let changed =
            assessments::update(&world.services, &assessor, at, made.id, Version::FIRST, "11", "Te hoog");
        let Err(ServiceError::Invalid(found)) = changed else { panic!("{changed:?}") };
        assert_eq!((found[0].pointer.as_str(), found[0].code), ("/score", "score-off-scale"));
    }
}

#[test]
fn a_second_assessor_is_refused_where_no_rule_combines_scores_and_a_consensus_counts_instead() {
    for world in worlds() {
        let (at, [dear, _]) = assessed(&world);
        let second = scored(&world, at, dear.id, ("assessor-2", AssessmentKind::Individual, "7"));
        assert_eq!(refusal(second), "scores-not-combined");
        scored(&world, at, dear.id, ("assessor-2", AssessmentKind::Consensus, "10")).unwrap();
        let evaluation = evaluate(&world, at, None).unwrap();
        // 60 × 100/120 + 40 × 1.0.
        assert_eq!(ranked(&evaluation)[0]["total"]["declared"], "90");
    }
}

#[test]
fn a_consensus_is_refused_where_the_model_takes_the_mean() {
    for world in worlds() {
        let (tender, paths) = world.draft(facts(), 1);
        let at = paths[0];
        let mut model = award_model();
        model.assessment = Some(AssessmentInput {
            combine: ScoreCombinationInput::Mean,
            flag_spread_above: None,
            decimals: None,
            mode: None,
        });
        let version = world.get_lot(at).record.version;
        award_models::replace(&world.services, &buyer(), at, version, &model).unwrap();
        tender_steps::publish(&world.services, &buyer(), at.municipality, tender).unwrap();
        let bid = world.bid(at, 1, 100_000).unwrap();
        world.open(tender);
        let agreed = scored(&world, at, bid.id, ("assessor-1", AssessmentKind::Consensus, "8"));
        assert_eq!(refusal(agreed), "consensus-not-asked");
        scored(&world, at, bid.id, ("assessor-1", AssessmentKind::Individual, "8")).unwrap();
        scored(&world, at, bid.id, ("assessor-2", AssessmentKind::Individual, "6")).unwrap();
        // 60 + 40 × 0.7.
        assert_eq!(ranked(&evaluate(&world, at, None).unwrap())[0]["total"]["declared"], "88");
    }
}

#[test]
fn no_score_changes_once_the_quality_is_fixed() {
    for world in worlds() {
        let (at, bids) = opened(&world);
        let made = assess(&world, at, bids[0].id, "9").unwrap();
        assess(&world, at, bids[1].id, "6").unwrap();
        let new = NewEvaluation {
            additions: Additions {
                exclusions: BTreeMap::from([(bids[1].id, exclusion("geen geldige ondertekening"))]),
                ..Additions::default()
            },
            ..NewEvaluation::default()
        };
        conclude(&world, at).unwrap();
        let evaluation = evaluations::create(&world.services, &buyer(), at, new).unwrap();
        let assessor = actor(Role::Assessor);
        let changed = assessments::update(
            &world.services,
            &assessor,
            at,
            made.id,
            Version::FIRST,
            "7",
            "Minder concreet",
        );
        assert_eq!(refusal(changed), "quality-fixed");
        assert_eq!(refusal(conclude(&world, at)), "state-forbids");
        awards::propose(&world.services, &buyer(), at, award(&evaluation, bids[0].id)).unwrap();
    }
}

fn exclusion(reason: &str) -> ExclusionInput {
    ExclusionInput { stage: ExclusionStageInput::BeforeEvaluation, reason: reason.to_owned() }
}

#[test]
fn a_proposed_award_falls_when_its_lot_or_tender_is_called_off() {
    let reason = || "geen budget".to_owned();
    for world in worlds() {
        for whole_tender in [false, true] {
            world.clock.set(START);
            let (at, [dear, _]) = assessed(&world);
            let evaluation = evaluate(&world, at, None).unwrap();
            awards::propose(&world.services, &buyer(), at, award(&evaluation, dear.id)).unwrap();
            if whole_tender {
                tender_steps::cancel(&world.services, &buyer(), at.municipality, at.tender, reason())
                    .unwrap();
            } else {
                awards::cancel(&world.services, &buyer(), at, reason()).unwrap();
            }
            assert_eq!(world.get_lot(at).state, State::Cancelled);
            assert!(is_not_found(&awards::get(&world.services, &buyer(), at)));
        }
    }
}

#[test]
fn a_correction_keeps_the_exclusions_that_it_does_not_name() {
    for world in worlds() {
        let (at, [dear, cheap]) = assessed(&world);
        conclude(&world, at).unwrap();
        let correct = |exclusions, readmitted| {
            let new = NewEvaluation {
                reason: Some("correctie".to_owned()),
                additions: Additions { exclusions, ..Additions::default() },
                readmitted,
                ..NewEvaluation::default()
            };
            evaluations::create(&world.services, &buyer(), at, new)
        };
        let (nobody, none) = (BTreeMap::new, BTreeSet::new);
        let excluding = |reason: &str| BTreeMap::from([(dear.id, exclusion(reason))]);
        assert_eq!(ranking(&correct(excluding("te laat"), none()).unwrap()), [cheap.id.to_string()]);
        let kept = correct(nobody(), none()).unwrap();
        assert_eq!(ranking(&kept), [cheap.id.to_string()]);
        assert!(kept.input.contains("te laat"));
        let renamed = correct(excluding("niet ondertekend"), none()).unwrap();
        assert!(renamed.input.contains("niet ondertekend") && !renamed.input.contains("te laat"));
        assert_eq!(findings(correct(nobody(), BTreeSet::from([cheap.id]))), ["bid-not-excluded"]);
        let readmitted = correct(nobody(), BTreeSet::from([dear.id])).unwrap();
        assert_eq!(ranking(&readmitted), [dear.id.to_string(), cheap.id.to_string()]);
    }
}

#[test]
fn an_exclusion_and_a_drawing_are_recorded_in_texts_that_say_something() {
    for world in worlds() {
        let (at, [dear, cheap]) = assessed(&world);
        conclude(&world, at).unwrap();
        let evaluate = |reason: &str, place: &str| {
            let drawing = DrawingInput {
                place: place.to_owned(),
                held_at: "2026-02-20T10:00:00+01:00".parse().unwrap(),
                performed_by: "notaris\u{0}".to_owned(),
                invited: Vec::new(),
                order: vec![dear.id.to_string(), cheap.id.to_string()],
                randomness: None,
                kept: Vec::new(),
            };
            let additions = Additions {
                exclusions: BTreeMap::from([(dear.id, exclusion(reason))]),
                drawing: Some(drawing),
            };
            let new = NewEvaluation { additions, ..NewEvaluation::default() };
            findings(evaluations::create(&world.services, &buyer(), at, new))
        };
        let control = "text-has-control-characters";
        assert_eq!(evaluate(" ", "\t"), ["text-needed", "text-needed", control, control]);
        assert_eq!(evaluate("te laat\u{0}", "Utrecht"), [control, control]);
        assert_eq!(
            evaluate(&"x".repeat(20_001), &"x".repeat(501)),
            ["text-too-long", "text-too-long", control]
        );
    }
}

#[test]
fn an_assessor_sees_the_own_scores_and_the_consensus_only() {
    let page = PageRequest { start: Start::First, limit: 10 };
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world);
        let own = assess(&world, at, dear.id, "9").unwrap();
        let foreign = scored(&world, at, cheap.id, ("assessor-2", AssessmentKind::Individual, "6")).unwrap();
        let agreed = scored(&world, at, dear.id, ("assessor-2", AssessmentKind::Consensus, "8")).unwrap();
        let list = |who: &Actor| assessments::list(&world.services, who, at, &page).unwrap().items;
        let get = |who: &Actor, id| assessments::get(&world.services, who, at, id);
        let assessor = actor(Role::Assessor);
        assert_eq!(list(&assessor), [own.clone(), agreed.clone()]);
        assert!(is_not_found(&get(&assessor, foreign.id)));
        assert_eq!(get(&assessor, own.id).unwrap(), own);
        assert_eq!(get(&assessor, agreed.id).unwrap(), agreed);
        let mut both = assessor.clone();
        both.roles.insert(Role::Buyer);
        assert_eq!(list(&both), [own.clone(), agreed.clone()], "who scores sees no scores of others");
        let sees_all = |who: &Actor| {
            assert_eq!(list(who), [own.clone(), foreign.clone(), agreed.clone()]);
            assert_eq!(get(who, foreign.id).unwrap(), foreign);
        };
        [buyer(), actor(Role::Auditor)].iter().for_each(sees_all);
        conclude(&world, at).unwrap();
        [both, assessor].iter().for_each(sees_all);
    }
}
