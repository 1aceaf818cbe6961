//! How assessors score: declared, alone, locked, agreed on in a session, fixed.

use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_formats::dossier::{
    Attendee, ConsensusScore, ConsensusSession, Fact, InterestDeclaration, InterestMeasure,
};
use trede_model::assessing::assessment::Assessment;
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::tendering::lot::LotPath;
use trede_service::assessing::assessments;
use trede_service::assessing::dossier::{self, Told};
use trede_service::assessing::{consensus_sessions, interests};
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::evaluations::{self, NewEvaluation};
use trede_service::bidding::bids;
use trede_service::bidding::bids::BidReceipt;
use trede_service::frame::error::ServiceError;
use trede_service::tendering::{award_models, tender_steps};
use trede_wire::score_file::{AssessmentInput, ScoreCombinationInput};

use crate::usecases::assessors::{self, assessor, conclude};
use crate::usecases::world::{World, award_model, buyer, facts, findings, refusal, worlds};

/// A lot with two opened bids whose scores are combined so.
fn opened(world: &World, combine: ScoreCombinationInput) -> (LotPath, [BidReceipt; 2]) {
    let (tender, paths) = world.draft(facts(), 1);
    let at = paths[0];
    let mut model = award_model();
    model.assessment = Some(AssessmentInput { combine, flag_spread_above: None, decimals: None, mode: None });
    let version = world.get_lot(at).record.version;
    award_models::replace(&world.services, &buyer(), at, version, &model).unwrap();
    tender_steps::publish(&world.services, &buyer(), at.municipality, tender).unwrap();
    let bids = [world.bid(at, 1, 120_000).unwrap(), world.bid(at, 2, 100_000).unwrap()];
    world.open(tender);
    (at, bids)
}

fn declare(world: &World, at: LotPath, who: &str, interest: Option<&str>) -> DossierEntryId {
    let declaration =
        InterestDeclaration { has_interest: interest.is_some(), explanation: interest.map(str::to_owned) };
    interests::declare(&world.services, &assessor(who), at, declaration).unwrap().entry.id
}

fn decide(
    world: &World,
    at: LotPath,
    declaration: DossierEntryId,
    may_score: bool,
) -> Result<Told, ServiceError> {
    let measure = "Besproken met de afdeling inkoop".to_owned();
    let measure = InterestMeasure { declaration_id: declaration, may_score, measure };
    interests::take_measure(&world.services, &buyer(), at, measure)
}

fn score(
    world: &World,
    at: LotPath,
    who: &str,
    bid: &BidReceipt,
    score: &str,
) -> Result<Assessment, ServiceError> {
    assessors::score(world, at, &assessor(who), (bid.id, score))
}

fn agree(world: &World, at: LotPath, scores: &[(&BidReceipt, &str)]) -> Result<Told, ServiceError> {
    let session = ConsensusSession {
        held_at: world.services.now(),
        attendees: vec![Attendee { name: "a".to_owned(), role: None }],
        scores: scores
            .iter()
            .map(|(bid, score)| ConsensusScore {
                bid_id: bid.id,
                criterion: "plan".to_owned(),
                score: (*score).to_owned(),
                motivation: "Unaniem".to_owned(),
            })
            .collect(),
    };
    consensus_sessions::create(&world.services, &buyer(), at, session)
}

fn dossier(world: &World, at: LotPath) -> Vec<Told> {
    let page = PageRequest { start: Start::First, limit: 100 };
    dossier::list(&world.services, &buyer(), at, &page).unwrap().items
}

#[test]
fn nobody_scores_without_a_declaration_or_with_an_interest_that_was_not_decided_on() {
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world, ScoreCombinationInput::Mean);
        assert_eq!(refusal(score(&world, at, "a", &dear, "8")), "interests-undeclared");
        let declared = declare(&world, at, "a", Some("Een broer werkt bij de inschrijver"));
        assert_eq!(refusal(score(&world, at, "a", &dear, "8")), "interest-undecided");
        assert_eq!(refusal(conclude(&world, at)), "interest-undecided");
        decide(&world, at, declared, true).unwrap();
        score(&world, at, "a", &dear, "8").unwrap();
        decide(&world, at, declared, false).unwrap();
        assert_eq!(refusal(score(&world, at, "a", &cheap, "8")), "interest-barred");
        assert_eq!(
            findings(decide(&world, at, trede_base::ids::Id::from_uuid(uuid::Uuid::nil()), true)),
            ["declaration-unknown"]
        );
        let unexplained = InterestDeclaration { has_interest: true, explanation: None };
        let answer = interests::declare(&world.services, &assessor("b"), at, unexplained);
        assert_eq!(findings(answer), ["text-needed"]);
    }
}

#[test]
fn the_scores_of_who_is_barred_do_not_count() {
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world, ScoreCombinationInput::Mean);
        let barred = declare(&world, at, "a", None);
        declare(&world, at, "b", None);
        for (who, of_dear, of_cheap) in [("a", "1", "10"), ("b", "8", "6")] {
            score(&world, at, who, &dear, of_dear).unwrap();
            score(&world, at, who, &cheap, of_cheap).unwrap();
        }
        decide(&world, at, barred, false).unwrap();
        conclude(&world, at).unwrap();
        assert_eq!(refusal(decide(&world, at, barred, true)), "quality-fixed");
        let evaluation =
            evaluations::create(&world.services, &buyer(), at, NewEvaluation::default()).unwrap();
        assert!(!evaluation.input.contains(r#""assessor":"a""#), "{}", evaluation.input);
        assert!(evaluation.input.contains(r#""assessor":"b""#));
    }
}

#[test]
fn a_score_that_was_handed_in_changes_only_when_it_is_reopened_with_a_reason() {
    for world in worlds() {
        let (at, [dear, _]) = opened(&world, ScoreCombinationInput::Consensus);
        declare(&world, at, "a", None);
        let given = score(&world, at, "a", &dear, "8").unwrap();
        let change = |seen| {
            assessments::update(&world.services, &assessor("a"), at, given.id, seen, "9", "Bijlage gemist")
        };
        let reopen = |reason: &str| assessments::reopen(&world.services, &buyer(), at, given.id, reason);
        assert_eq!(refusal(change(Version::FIRST)), "assessment-submitted");
        assert_eq!(findings(reopen(" ")), ["text-needed"]);
        reopen("De bijlage was niet zichtbaar").unwrap();
        assert_eq!(refusal(reopen("nog eens")), "assessment-draft");
        change(Version(2)).unwrap();
        let submit = || assessments::submit(&world.services, &assessor("a"), at, given.id);
        assert_eq!(submit().unwrap().score, "9");
        assert_eq!(refusal(submit()), "assessment-submitted");
        let told = dossier(&world, at);
        let Fact::AssessmentReopened(was) = &told[1].fact else { panic!("{told:?}") };
        assert_eq!((was.score.as_str(), was.assessor.as_str()), ("8", "a"));
    }
}

#[test]
fn a_draft_does_not_count() {
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world, ScoreCombinationInput::Mean);
        declare(&world, at, "a", None);
        let given = score(&world, at, "a", &dear, "8").unwrap();
        score(&world, at, "a", &cheap, "6").unwrap();
        assessments::reopen(&world.services, &buyer(), at, given.id, "vergissing").unwrap();
        assert_eq!(refusal(conclude(&world, at)), "assessments-due");
        assessments::submit(&world.services, &assessor("a"), at, given.id).unwrap();
        assert!(conclude(&world, at).unwrap().quality_fixed_at.is_some());
    }
}

#[test]
fn assessors_agree_after_each_scored_alone() {
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world, ScoreCombinationInput::Consensus);
        declare(&world, at, "a", None);
        declare(&world, at, "b", None);
        for bid in [&dear, &cheap] {
            score(&world, at, "a", bid, "9").unwrap();
        }
        assert_eq!(refusal(agree(&world, at, &[(&dear, "8")])), "scores-awaited");
        let given = score(&world, at, "b", &dear, "5").unwrap();
        score(&world, at, "b", &cheap, "5").unwrap();
        assert_eq!(refusal(conclude(&world, at)), "assessments-due");
        assert_eq!(findings(agree(&world, at, &[(&dear, "8"), (&dear, "7")])), ["score-twice"]);
        assert_eq!(findings(agree(&world, at, &[(&dear, "11")])), ["score-off-scale"]);
        agree(&world, at, &[(&dear, "8"), (&cheap, "4")]).unwrap();
        let reopened = assessments::reopen(&world.services, &buyer(), at, given.id, "te laat");
        assert_eq!(refusal(reopened), "consensus-held");
        agree(&world, at, &[(&cheap, "6")]).unwrap();
        conclude(&world, at).unwrap();
        assert_eq!(refusal(agree(&world, at, &[(&cheap, "7")])), "quality-fixed");
        let evaluation =
            evaluations::create(&world.services, &buyer(), at, NewEvaluation::default()).unwrap();
        for scores in [r#""scores":{"plan":"8"}"#, r#""scores":{"plan":"6"}"#] {
            assert!(evaluation.input.contains(scores), "{}", evaluation.input);
        }
    }
}

#[test]
fn prices_are_hidden_until_the_quality_is_fixed() {
    let page = PageRequest { start: Start::First, limit: 10 };
    for world in worlds() {
        let (at, opened) = opened(&world, ScoreCombinationInput::Mean);
        let prices = ["120000", "100000"];
        declare(&world, at, "a", None);
        for who in [buyer(), assessor("a")] {
            let seen = bids::list(&world.services, &who, at, &page).unwrap().items;
            assert!(seen.iter().all(|bid| prices.iter().all(|price| !bid.content.contains(price))));
            assert!(seen.iter().all(|bid| bid.content.contains("Groen & Zonen")), "{seen:?}");
            let one = bids::get(&world.services, &who, at, opened[0].id).unwrap();
            assert!(!one.content.contains(prices[0]), "{}", one.content);
        }
        for bid in &opened {
            score(&world, at, "a", bid, "8").unwrap();
        }
        conclude(&world, at).unwrap();
        for (bid, price) in opened.iter().zip(prices) {
            let seen = bids::get(&world.services, &buyer(), at, bid.id).unwrap();
            assert!(seen.content.contains(price), "{}", seen.content);
        }
    }
}

#[test]
fn nothing_is_evaluated_while_scores_can_change() {
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world, ScoreCombinationInput::Mean);
        declare(&world, at, "a", None);
        score(&world, at, "a", &dear, "8").unwrap();
        score(&world, at, "a", &cheap, "6").unwrap();
        let evaluate = || evaluations::create(&world.services, &buyer(), at, NewEvaluation::default());
        assert_eq!(refusal(evaluate()), "quality-open");
        conclude(&world, at).unwrap();
        assert_eq!(refusal(conclude(&world, at)), "quality-fixed");
        evaluate().unwrap();
    }
}

#[test]
fn a_new_declaration_lifts_no_measure() {
    for world in worlds() {
        let at = world.published_lot();
        world.open(at.tender);
        let interest = declare(&world, at, "a", Some("Partner werkt bij een inschrijver"));
        decide(&world, at, interest, false).unwrap();
        let later = declare(&world, at, "a", None);
        assert_eq!(refusal(decided_to_score(&world, at)), "interest-barred");
        decide(&world, at, later, true).unwrap();
        decided_to_score(&world, at).unwrap();
        declare(&world, at, "a", Some("Toch een belang"));
        assert_eq!(refusal(decided_to_score(&world, at)), "interest-undecided");
    }
}

/// Whether the assessor `a` may score now.
fn decided_to_score(world: &World, at: LotPath) -> Result<(), ServiceError> {
    use trede_base::ids::Id;

    let nowhere = Id::from_uuid(uuid::Uuid::nil());
    match assessors::score(world, at, &assessor("a"), (nowhere, "8")) {
        // Who may not score is told before that there is no such bid.
        Err(ServiceError::Invalid(_)) => Ok(()),
        other => other.map(|_| ()),
    }
}

#[test]
fn an_interest_declared_when_prices_are_known_blocks_the_award_until_it_is_decided_and_changes_no_score() {
    for world in worlds() {
        let (at, [dear, cheap]) = opened(&world, ScoreCombinationInput::Mean);
        declare(&world, at, "a", None);
        score(&world, at, "a", &dear, "9").unwrap();
        score(&world, at, "a", &cheap, "6").unwrap();
        conclude(&world, at).unwrap();
        let evaluation =
            evaluations::create(&world.services, &buyer(), at, NewEvaluation::default()).unwrap();
        let propose = || {
            let new = NewAward {
                evaluation: evaluation.summary.id,
                bid: dear.id,
                others: Vec::new(),
                motivation: "Beste prijs-kwaliteitverhouding".to_owned(),
                standstill_days: Some(0),
                court: None,
                contact: None,
            };
            awards::propose(&world.services, &buyer(), at, new)
        };
        let interest = declare(&world, at, "a", Some("Een broer werkt bij de inschrijver"));
        assert_eq!(refusal(propose()), "interest-undecided");
        assert_eq!(refusal(decide(&world, at, interest, false)), "quality-fixed");
        decide(&world, at, interest, true).unwrap();
        propose().unwrap();
        let again = declare(&world, at, "a", Some("Ook een zus"));
        assert_eq!(refusal(awards::award(&world.services, &buyer(), at)), "interest-undecided");
        decide(&world, at, again, true).unwrap();
        awards::award(&world.services, &buyer(), at).unwrap();
    }
}
