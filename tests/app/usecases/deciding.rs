//! What leads from scores to a ranking that holds: bids that drop out, low prices, lots.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use trede_formats::dossier::{
    Attendee, DisqualificationGround, DisqualificationRevocation, DrawingAnnouncement, Fact, LowPriceOutcome,
    LowPriceQuestion,
};
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::evaluation::Evaluation;
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_service::assessing::disqualifications::{self, NewDisqualification};
use trede_service::assessing::dossier::Told;
use trede_service::assessing::low_price_inquiries;
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::drawings::{self, NewDrawing};
use trede_service::awarding::evaluations::{self, Additions, NewEvaluation};
use trede_service::bidding::bid_delegations::{self, NewDelegation};
use trede_service::bidding::bids::BidReceipt;
use trede_service::frame::access::Operation;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{award_models, tender_steps};
use trede_wire::score_file::{
    AwardModelInput, DrawingInput, ExclusionInput, ExclusionStageInput, RandomnessInput,
    RandomnessSourceInput,
};

use crate::usecases::assessors::{assessor, conclude, declare_none, score};
use crate::usecases::world::{
    World, actor, bidder, buyer, facts, findings, is_forbidden, is_not_found, new_bid, receive, refusal,
    worlds,
};

/// Price and plan, with what a test adds to it.
fn model(more: Value) -> AwardModelInput {
    let mut model = json!({
        "method": {"code": "relative-lowest"},
        "weightUnit": "percent",
        "dropOut": "recompute",
        "criteria": [
            {"id": "price", "kind": "price", "weight": "60"},
            {"id": "plan", "kind": "assessed-quality", "weight": "40", "scale": {"highest": "10"}}
        ]
    });
    model.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(model).unwrap()
}

/// A lot with opened bids of these prices and scores, the quality fixed.
fn concluded(world: &World, model: &AwardModelInput, bids: &[(u32, &str)]) -> (LotPath, Vec<BidReceipt>) {
    let (at, bids) = scored(world, model, bids);
    conclude(world, at).unwrap();
    (at, bids)
}

fn scored(world: &World, model: &AwardModelInput, bids: &[(u32, &str)]) -> (LotPath, Vec<BidReceipt>) {
    let (tender, paths) = world.draft(facts(), 1);
    let at = paths[0];
    let version = world.get_lot(at).record.version;
    award_models::replace(&world.services, &buyer(), at, version, model).unwrap();
    tender_steps::publish(&world.services, &buyer(), at.municipality, tender).unwrap();
    let scores: Vec<&str> = bids.iter().map(|(_, score)| *score).collect();
    let bids: Vec<BidReceipt> =
        (1..).zip(bids).map(|(number, (euros, _))| world.bid(at, number, *euros).unwrap()).collect();
    world.open(tender);
    let assessor = assessor("assessor-1");
    declare_none(world, at, &assessor);
    for (bid, plan) in bids.iter().zip(scores).filter(|(_, plan)| !plan.is_empty()) {
        score(world, at, &assessor, (bid.id, plan)).unwrap();
    }
    (at, bids)
}

fn evaluate(world: &World, at: LotPath) -> Evaluation {
    let new = NewEvaluation { reason: Some("beoordeling".to_owned()), ..NewEvaluation::default() };
    evaluations::create(&world.services, &buyer(), at, new).unwrap()
}

fn result(evaluation: &Evaluation) -> Value {
    let result: Value = serde_json::from_str(&evaluation.result).unwrap();
    result["lots"][0].clone()
}

fn ranking(evaluation: &Evaluation) -> Vec<String> {
    let result = result(evaluation);
    let ranked = result["ranking"].as_array().unwrap().iter();
    ranked.map(|bid| bid["id"].as_str().unwrap().to_owned()).collect()
}

fn ids(bids: &[&BidReceipt]) -> Vec<String> {
    bids.iter().map(|bid| bid.id.to_string()).collect()
}

fn propose(world: &World, at: LotPath, evaluation: &Evaluation, bid: BidId) -> Result<(), ServiceError> {
    let motivation = "Beste prijs-kwaliteitverhouding".to_owned();
    let new = NewAward {
        evaluation: evaluation.summary.id,
        bid,
        others: Vec::new(),
        motivation,
        standstill_days: Some(0),
        court: None,
        contact: None,
    };
    awards::propose(&world.services, &buyer(), at, new).map(|_| ())
}

fn disqualify(world: &World, at: LotPath, bid: BidId) -> Result<Told, ServiceError> {
    let reason = "Niet rechtsgeldig ondertekend".to_owned();
    let new = NewDisqualification { bid, ground: DisqualificationGround::Irregular, reason };
    disqualifications::create(&world.services, &buyer(), at, new)
}

/// Three bids of which the cheapest and poorest makes the price points of the others small: with it the first
/// leads the second by quality, without it the second leads by price.
const REVERSING: [(u32, &str); 3] = [(120_000, "9"), (100_000, "7"), (50_000, "1")];

#[test]
fn a_bid_that_drops_out_changes_the_ranking_as_the_model_declares() {
    for world in worlds() {
        for (rule, reverses) in [("keep-ranking", false), ("recompute", true)] {
            world.clock.set(crate::usecases::world::START);
            let (at, bids) = concluded(&world, &model(json!({"dropOut": rule})), &REVERSING);
            let [a, b, c] = &bids[..] else { panic!("{bids:?}") };
            let before = evaluate(&world, at);
            // 60 × 50/120 + 36 = 61 and 60 × 50/100 + 28 = 58 against 60 + 4 = 64.
            assert_eq!(ranking(&before), ids(&[c, a, b]), "{rule}");
            disqualify(&world, at, c.id).unwrap();
            assert_eq!(refusal(propose(&world, at, &before, c.id)), "evaluation-outdated");
            let after = evaluate(&world, at);
            // Scored anew 60 × 100/120 + 36 = 86 against 60 + 28 = 88.
            let (order, totals) = if reverses { ([b, a], ["88", "86"]) } else { ([a, b], ["61", "58"]) };
            let result = result(&after);
            let found: Vec<_> = (0..2).map(|rank| &result["ranking"][rank]["total"]["declared"]).collect();
            assert_eq!(found, totals, "{rule}");
            assert_eq!(ranking(&after), ids(&order), "{rule}");
            assert_eq!(result["excluded"][0]["id"], c.id.to_string());
            propose(&world, at, &after, order[0].id).unwrap();
        }
    }
}

#[test]
fn a_bid_that_drops_out_before_it_is_scored_holds_nothing_up() {
    for world in worlds() {
        let (at, bids) = scored(&world, &model(json!({})), &[(120_000, "9"), (100_000, "6"), (90_000, "")]);
        assert_eq!(refusal(conclude(&world, at)), "assessments-due");
        let told = disqualify(&world, at, bids[2].id).unwrap();
        assert_eq!(refusal(disqualify(&world, at, bids[2].id)), "bid-disqualified");
        conclude(&world, at).unwrap();
        assert_eq!(ranking(&evaluate(&world, at)), ids(&[&bids[0], &bids[1]]));
        assert_eq!(refusal(revoke(&world, at, told.entry.id)), "quality-fixed");
    }
}

fn revoke(world: &World, at: LotPath, id: DossierEntryId) -> Result<Told, ServiceError> {
    let reason = "De rechter oordeelde anders".to_owned();
    let revocation = DisqualificationRevocation { disqualification_id: id, reason };
    disqualifications::revoke(&world.services, &buyer(), at, revocation)
}

#[test]
fn a_revoked_disqualification_lets_the_bid_take_part_again() {
    for world in worlds() {
        let (at, bids) = concluded(&world, &model(json!({})), &[(120_000, "9"), (100_000, "6")]);
        let told = disqualify(&world, at, bids[0].id).unwrap();
        assert_eq!(ranking(&evaluate(&world, at)), ids(&[&bids[1]]));
        revoke(&world, at, told.entry.id).unwrap();
        assert_eq!(findings(revoke(&world, at, told.entry.id)), ["disqualification-unknown"]);
        assert_eq!(ranking(&evaluate(&world, at)), ids(&[&bids[0], &bids[1]]));
        let mut new = NewEvaluation { reason: Some("dubbel".to_owned()), ..NewEvaluation::default() };
        new.readmitted.insert(bids[0].id);
        let readmitted = evaluations::create(&world.services, &buyer(), at, new);
        assert_eq!(findings(readmitted), ["bid-not-excluded"]);
    }
}

fn ask(world: &World, at: LotPath, bid: BidId) -> Result<Told, ServiceError> {
    let question = LowPriceQuestion {
        bid_id: bid,
        question: "Hoe is de prijs opgebouwd?".to_owned(),
        answer_due_at: "2026-03-01T12:00:00Z".parse().unwrap(),
    };
    low_price_inquiries::create(&world.services, &buyer(), at, question)
}

fn decide(
    world: &World,
    at: LotPath,
    id: DossierEntryId,
    outcome: LowPriceOutcome,
) -> Result<Told, ServiceError> {
    let decided = (outcome, "De opbouw is gangbaar");
    low_price_inquiries::decide(&world.services, &buyer(), at, id, decided)
}

const FLAGGING: [(u32, &str); 3] = [(100_000, "5"), (95_000, "5"), (40_000, "5")];

#[test]
fn a_flagged_price_blocks_the_award_until_it_was_decided_on_and_rejects_nobody_by_itself() {
    let flag = json!({"abnormallyLow": [{"rule": "below-mean-of-others", "percent": "40"}]});
    for world in worlds() {
        let (at, bids) = concluded(&world, &model(flag.clone()), &FLAGGING);
        let low = &bids[2];
        assert_eq!(refusal(ask(&world, at, low.id)), "state-forbids");
        let evaluation = evaluate(&world, at);
        assert_eq!(ranking(&evaluation)[0], low.id.to_string(), "flagged, and still first");
        assert_eq!(refusal(propose(&world, at, &evaluation, low.id)), "abnormally-low-undecided");
        let asked = ask(&world, at, low.id).unwrap().entry.id;
        assert_eq!(refusal(ask(&world, at, low.id)), "inquiry-exists");
        assert_eq!(refusal(decide(&world, at, asked, LowPriceOutcome::Accepted)), "answer-awaited");
        let answer = |who| {
            low_price_inquiries::answer(&world.services, &who, at, asked, "Eigen machines, afgeschreven")
        };
        assert!(is_not_found(&answer(bidder(1))), "another bidder is not told of it");
        answer(bidder(3)).unwrap();
        assert_eq!(refusal(answer(bidder(3))), "inquiry-answered");
        let seen = |who| low_price_inquiries::list(&world.services, &who, at).unwrap().len();
        assert_eq!([seen(bidder(1)), seen(bidder(3)), seen(buyer())], [0, 1, 1]);
        decide(&world, at, asked, LowPriceOutcome::Accepted).unwrap();
        assert_eq!(refusal(decide(&world, at, asked, LowPriceOutcome::Rejected)), "inquiry-decided");
        propose(&world, at, &evaluation, low.id).unwrap();
    }
}

/// What a platform does as a bidder does it, is done on a bidder's behalf: each is held to whom it acts for. Another
/// that is added stands here when it is.
#[test]
fn whatever_a_platform_does_in_the_place_of_a_bidder_is_known_here() {
    let reads = ["list_", "get_", "simulate_", "compare_"];
    let acts: Vec<&str> = Operation::ALL
        .iter()
        .filter(|act| act.roles().contains(&Role::Platform) && act.roles().contains(&Role::Bidder))
        .map(|act| act.id())
        .filter(|id| !reads.iter().any(|verb| id.starts_with(verb)))
        .collect();
    assert_eq!(acts, ["create_bid", "withdraw_bid", "answer_low_price_inquiry"]);
}

#[test]
fn a_platform_answers_for_whom_it_sent_the_bid_or_who_delegated_it() {
    let platform = |subject: &str| Actor { subject: subject.to_owned(), ..actor(Role::Platform) };
    let flag = json!({"abnormallyLow": [{"rule": "below-amount", "amount": "500000"}]});
    for world in worlds() {
        let (tender, paths) = world.draft(facts(), 1);
        let at = paths[0];
        let version = world.get_lot(at).record.version;
        award_models::replace(&world.services, &buyer(), at, version, &model(flag.clone())).unwrap();
        tender_steps::publish(&world.services, &buyer(), at.municipality, tender).unwrap();
        let (sender, other) = (platform("platform-7"), platform("platform-8"));
        let word = |number: u32, is_given| {
            let new = NewDelegation { delegate: sender.subject.clone(), is_given };
            let services = &world.services;
            let hash = "ab".repeat(32);
            bid_delegations::create(services, &bidder(number), at, new, hash, services.now()).unwrap();
        };
        // Its own; sent by the platform; sent by it, and sent away; its own, and delegated.
        let bids = [
            world.bid(at, 1, 100_000).unwrap(),
            receive(&world.services, &sender, at, new_bid(2, 100_000)).unwrap(),
            receive(&world.services, &sender, at, new_bid(3, 100_000)).unwrap(),
            world.bid(at, 4, 100_000).unwrap(),
        ];
        word(3, false);
        word(4, true);
        world.open(tender);
        let assessor = assessor("assessor-1");
        declare_none(&world, at, &assessor);
        bids.iter().for_each(|bid| drop(score(&world, at, &assessor, (bid.id, "8")).unwrap()));
        conclude(&world, at).unwrap();
        evaluate(&world, at);
        for (bid, may) in bids.iter().zip([false, true, false, true]) {
            let asked = ask(&world, at, bid.id).unwrap().entry.id;
            let answer =
                |who: &Actor| low_price_inquiries::answer(&world.services, who, at, asked, "Eigen machines");
            let kind = world.database.kind;
            assert!(is_forbidden(&answer(&other)), "{kind}");
            assert_eq!(answer(&sender).is_ok(), may, "{kind}");
            if !may {
                answer(&buyer()).unwrap();
            }
        }
    }
}

#[test]
fn a_price_that_was_not_explained_in_time_can_be_rejected_with_reasons() {
    let flag = json!({"abnormallyLow": [{"rule": "below-amount", "amount": "50000"}]});
    for world in worlds() {
        let (at, bids) = concluded(&world, &model(flag.clone()), &FLAGGING);
        evaluate(&world, at);
        let asked = ask(&world, at, bids[2].id).unwrap().entry.id;
        world.clock.set("2026-03-01T12:00:00Z");
        decide(&world, at, asked, LowPriceOutcome::Rejected).unwrap();
        let evaluation = evaluate(&world, at);
        assert_eq!(ranking(&evaluation)[0], bids[1].id.to_string());
        assert!(evaluation.input.contains("De opbouw is gangbaar"));
        propose(&world, at, &evaluation, bids[1].id).unwrap();
    }
}

fn drawing(source: RandomnessSourceInput, value: Option<&str>) -> NewDrawing {
    NewDrawing {
        place: "Stadskantoor".to_owned(),
        held_at: "2026-02-16T12:00:00Z".parse().unwrap(),
        performed_by: "notaris".to_owned(),
        attendees: vec![Attendee {
            name: "A. de Boer".to_owned(),
            role: Some("namens een inschrijver".to_owned()),
        }],
        randomness: RandomnessInput {
            source,
            value: value.map(str::to_owned),
            description: value.map(|_| SOURCE.to_owned()),
        },
    }
}

const SOURCE: &str = "Staatsloterij, trekking van 16 februari 2026";

fn announce(world: &World, at: LotPath) -> Result<Told, ServiceError> {
    let known_at = "2026-02-16T12:00:00Z".parse().unwrap();
    let new = DrawingAnnouncement { source: SOURCE.to_owned(), known_at };
    drawings::announce(&world.services, &buyer(), at, new)
}

#[test]
fn equal_bids_are_drawn_once_and_the_evaluation_uses_the_order() {
    let public = RandomnessSourceInput::Public;
    for world in worlds() {
        let (at, bids) =
            concluded(&world, &model(json!({"ties": [{"by": "lot"}]})), &[(90_000, "6"), (90_000, "6")]);
        let draw = |new| drawings::create(&world.services, &buyer(), at, new);
        announce(&world, at).unwrap();
        assert_eq!(refusal(announce(&world, at)), "value-announced");
        world.clock.set("2026-02-16T13:00:00Z");
        assert_eq!(findings(announce(&world, at)), ["moment-passed"]);
        assert_eq!(refusal(draw(drawing(public, Some("314159")))), "state-forbids");
        let tied = evaluate(&world, at);
        assert_eq!(result(&tied)["status"], "tie-open");
        assert_eq!(refusal(propose(&world, at, &tied, bids[0].id)), "tie-open");
        assert_eq!(findings(draw(drawing(public, None))), ["value-needed"]);
        let generated = drawing(RandomnessSourceInput::Generator, Some("1"));
        assert_eq!(findings(draw(generated)), ["value-not-asked"]);
        let mut other = drawing(public, Some("314159"));
        other.randomness.description = Some("Lotto, trekking van 10 februari 2026".to_owned());
        other.held_at = "2026-02-16T11:59:00Z".parse().unwrap();
        assert_eq!(findings(draw(other)), ["value-not-known-yet", "another-value"]);
        let told = draw(drawing(public, Some("314159"))).unwrap();
        assert_eq!(refusal(draw(drawing(public, Some("271828")))), "lots-drawn");
        let Fact::LotsDrawn(held) = told.fact else { panic!("{told:?}") };
        let drawn = evaluate(&world, at);
        let order: Vec<String> = held.order.iter().map(BidId::to_string).collect();
        assert_eq!(ranking(&drawn), order);
        assert_eq!(result(&drawn)["status"], "decided");
        assert!(drawn.input.contains("314159"));
        let mut other: DrawingInput = (&held).into();
        other.randomness = None;
        other.order.reverse();
        let additions = Additions { drawing: Some(other), ..Additions::default() };
        let new =
            NewEvaluation { reason: Some("nog eens".to_owned()), additions, ..NewEvaluation::default() };
        assert_eq!(refusal(evaluations::create(&world.services, &buyer(), at, new)), "lots-drawn");
        propose(&world, at, &drawn, held.order[0]).unwrap();
    }
}

/// A drawing by a value of the generator.
fn draw(world: &World, at: LotPath) -> Result<Vec<BidId>, ServiceError> {
    let new = drawing(RandomnessSourceInput::Generator, None);
    let Fact::LotsDrawn(held) = drawings::create(&world.services, &buyer(), at, new)?.fact else {
        panic!("no drawing")
    };
    assert_eq!(held.randomness.value.unwrap().len(), 64);
    Ok(held.order)
}

#[test]
fn a_drawing_belongs_to_the_lot_and_who_remains_keeps_the_order() {
    for world in worlds() {
        // Two ties: three bids and two.
        let bids = [(90_000, "6"), (90_000, "6"), (90_000, "6"), (95_000, "3"), (95_000, "3")];
        for out in 0..5 {
            world.clock.set(crate::usecases::world::START);
            let (at, bids) = concluded(&world, &model(json!({"ties": [{"by": "lot"}]})), &bids);
            world.clock.set("2026-02-16T13:00:00Z");
            evaluate(&world, at);
            let mut order = draw(&world, at).unwrap();
            let out = bids[out].id;
            disqualify(&world, at, out).unwrap();
            let after = evaluate(&world, at);
            assert_eq!(refusal(draw(&world, at)), "no-tie-open");
            assert_eq!(result(&after)["status"], "decided");
            order.retain(|bid| *bid != out);
            let first: Vec<BidId> =
                order.iter().filter(|bid| bids[..3].iter().any(|of| of.id == **bid)).copied().collect();
            let ranked = ranking(&after);
            assert_eq!(ranked[..first.len()], first.iter().map(BidId::to_string).collect::<Vec<_>>());
        }
    }
}

#[test]
fn a_drawing_that_an_evaluation_was_told_of_is_not_held_again_in_another_order() {
    for world in worlds() {
        let (at, bids) = concluded(
            &world,
            &model(json!({"ties": [{"by": "lot"}]})),
            &[(90_000, "6"), (90_000, "6"), (95_000, "3")],
        );
        world.clock.set("2026-02-16T13:00:00Z");
        evaluate(&world, at);
        let told = |order: [usize; 2]| {
            let order: Vec<String> = order.iter().map(|place| bids[*place].id.to_string()).collect();
            let drawing = DrawingInput {
                place: "Stadskantoor".to_owned(),
                held_at: "2026-02-16T12:30:00Z".parse().unwrap(),
                performed_by: "notaris".to_owned(),
                invited: order.clone(),
                order,
                randomness: None,
                kept: Vec::new(),
            };
            let additions = Additions { drawing: Some(drawing), ..Additions::default() };
            let new =
                NewEvaluation { reason: Some("loting".to_owned()), additions, ..NewEvaluation::default() };
            evaluations::create(&world.services, &buyer(), at, new)
        };
        let drawn = ranking(&told([1, 0]).unwrap());
        // One that says nothing of it keeps it, and so does one after another bid dropped out.
        assert_eq!(ranking(&evaluate(&world, at)), drawn);
        assert_eq!(refusal(draw(&world, at)), "no-tie-open");
        disqualify(&world, at, bids[2].id).unwrap();
        assert_eq!(ranking(&evaluate(&world, at))[..2], drawn[..2]);
        assert_eq!(refusal(told([0, 1])), "lots-drawn");
        assert_eq!(refusal(draw(&world, at)), "no-tie-open");
    }
}

#[test]
fn no_public_value_decides_that_was_not_named_before_the_evaluation() {
    for world in worlds() {
        let (at, _) =
            concluded(&world, &model(json!({"ties": [{"by": "lot"}]})), &[(90_000, "6"), (90_000, "6")]);
        evaluate(&world, at);
        assert_eq!(refusal(announce(&world, at)), "state-forbids");
        world.clock.set("2026-02-16T13:00:00Z");
        let new = drawing(RandomnessSourceInput::Public, Some("314159"));
        let drawn = drawings::create(&world.services, &buyer(), at, new);
        assert_eq!(refusal(drawn), "value-not-announced");
        draw(&world, at).unwrap();
    }
}

#[test]
fn nobody_says_at_which_stage_a_bid_drops_out_once_prices_are_known() {
    for world in worlds() {
        for (rule, reverses) in [("keep-ranking", false), ("recompute", true)] {
            for is_evaluated in [true, false] {
                world.clock.set(crate::usecases::world::START);
                let (at, bids) = concluded(&world, &model(json!({"dropOut": rule})), &REVERSING);
                let [a, b, c] = &bids[..] else { panic!("{bids:?}") };
                if is_evaluated {
                    evaluate(&world, at);
                }
                let exclusion = ExclusionInput {
                    stage: ExclusionStageInput::BeforeEvaluation,
                    reason: "Niet ondertekend".to_owned(),
                };
                let exclusions = BTreeMap::from([(c.id, exclusion)]);
                let additions = Additions { exclusions, ..Additions::default() };
                let new = NewEvaluation {
                    reason: Some("uitsluiting".to_owned()),
                    additions,
                    ..NewEvaluation::default()
                };
                let after = evaluations::create(&world.services, &buyer(), at, new).unwrap();
                let expected = if reverses { ids(&[b, a]) } else { ids(&[a, b]) };
                assert_eq!(ranking(&after), expected, "{rule}, evaluated before: {is_evaluated}");
                assert!(after.input.contains("after-ranking"));
            }
        }
    }
}

#[test]
fn a_bid_that_is_disqualified_when_prices_are_known_drops_out_by_the_declared_rule() {
    for world in worlds() {
        let (at, bids) = concluded(&world, &model(json!({"dropOut": "keep-ranking"})), &REVERSING);
        let Fact::BidDisqualified(fact) = disqualify(&world, at, bids[2].id).unwrap().fact else {
            panic!("no disqualification")
        };
        assert_eq!(fact.stage, ExclusionStageInput::AfterRanking);
        assert_eq!(ranking(&evaluate(&world, at)), ids(&[&bids[0], &bids[1]]));
        world.clock.set(crate::usecases::world::START);
        let (at, bids) = scored(&world, &model(json!({"dropOut": "keep-ranking"})), &REVERSING);
        let Fact::BidDisqualified(fact) = disqualify(&world, at, bids[2].id).unwrap().fact else {
            panic!("no disqualification")
        };
        assert_eq!(fact.stage, ExclusionStageInput::BeforeEvaluation, "nobody was shown a price");
    }
}
