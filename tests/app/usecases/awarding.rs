//! From proposal to award: letters, standstill, objections, templates.

use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_formats::dossier::{DisqualificationGround, ObjectionOutcome, ObjectionResolution};
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::award_letter::{AwardLetter, LetterKind, LetterLanguage};
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::TenderFacts;
use trede_service::assessing::disqualifications::{self, NewDisqualification};
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::evaluations::{self, NewEvaluation};
use trede_service::awarding::standstill::{self, NewObjection};
use trede_service::awarding::{award_letters, letter_templates};
use trede_service::bidding::bids::BidReceipt;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;

use crate::usecases::assessors::{assessor, conclude, declare_none, score};
use crate::usecases::world::{
    AFTER, World, actor, bidder, buyer, facts, findings, is_not_found, refusal, utrecht, worlds,
};

/// A lot with three evaluated bids, of which the third was disqualified; the first is first.
pub fn evaluated(world: &World, above_threshold: Option<bool>) -> (LotPath, [BidReceipt; 3]) {
    let at = world.published(TenderFacts { above_threshold, ..facts() }, 1).1[0];
    let bids = [1, 2, 3].map(|number| world.bid(at, number, 100_000 + number * 1_000).unwrap());
    world.open(at.tender);
    let assessor = assessor("assessor-1");
    declare_none(world, at, &assessor);
    for (bid, plan) in bids.iter().zip(["9", "6", "5"]) {
        score(world, at, &assessor, (bid.id, plan)).unwrap();
    }
    conclude(world, at).unwrap();
    let reason = "Niet rechtsgeldig ondertekend".to_owned();
    let dropped = NewDisqualification { bid: bids[2].id, ground: DisqualificationGround::Irregular, reason };
    disqualifications::create(&world.services, &buyer(), at, dropped).unwrap();
    (at, bids)
}

pub fn propose(
    world: &World,
    at: LotPath,
    bid: &BidReceipt,
    days: Option<u16>,
) -> Result<AwardDecision, ServiceError> {
    let new = NewEvaluation { reason: Some("beoordeling".to_owned()), ..NewEvaluation::default() };
    let evaluation = evaluations::create(&world.services, &buyer(), at, new).unwrap();
    let new = NewAward {
        evaluation: evaluation.summary.id,
        bid: bid.id,
        others: Vec::new(),
        motivation: "Beste prijs-kwaliteitverhouding".to_owned(),
        standstill_days: days,
        court: Some("Rechtbank Midden-Nederland".to_owned()),
        contact: Some("inkoop@utrecht.example".to_owned()),
    };
    awards::propose(&world.services, &buyer(), at, new)
}

fn award(world: &World, at: LotPath) -> Result<AwardDecision, ServiceError> {
    awards::award(&world.services, &buyer(), at)
}

pub fn letters(world: &World, at: LotPath, who: &Actor) -> Vec<AwardLetter> {
    let page = PageRequest { start: Start::First, limit: 100 };
    award_letters::list(&world.services, who, at, &page).unwrap().items
}

#[test]
fn above_the_threshold_an_award_waits_twenty_days_from_the_day_after_sending() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, Some(true));
        assert_eq!(findings(propose(&world, at, &bids[0], Some(19))), ["standstill-too-short"]);
        let decision = propose(&world, at, &bids[0], None).unwrap();
        // Sent on 16 February.
        assert_eq!(decision.standstill_until, "2026-03-08".parse().ok());
        world.clock.set("2026-03-08T22:59:59Z");
        assert_eq!(refusal(award(&world, at)), "standstill");
        let extend = |day: &str| {
            let until = (day.parse().unwrap(), "De laatste dag is een zondag");
            standstill::extend(&world.services, &buyer(), at, until)
        };
        assert_eq!(findings(extend("2026-03-08")), ["standstill-not-later"]);
        extend("2026-03-09").unwrap();
        world.clock.set("2026-03-09T22:59:59Z");
        assert_eq!(refusal(award(&world, at)), "standstill");
        // Midnight in the Netherlands.
        world.clock.set("2026-03-09T23:00:00Z");
        award(&world, at).unwrap();
        assert_eq!(refusal(extend("2026-04-09")), "state-forbids");
    }
}

#[test]
fn elsewhere_the_standstill_is_what_the_procedure_declared() {
    for world in worlds() {
        for above_threshold in [None, Some(false)] {
            world.clock.set(crate::usecases::world::START);
            let (at, bids) = evaluated(&world, above_threshold);
            assert_eq!(findings(propose(&world, at, &bids[0], None)), ["standstill-needed"]);
            assert_eq!(findings(propose(&world, at, &bids[0], Some(999))), ["standstill-too-long"]);
            propose(&world, at, &bids[0], Some(0)).unwrap();
            award(&world, at).unwrap();
        }
    }
}

#[test]
fn a_standstill_tells_the_bidders_where_to_go() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, None);
        let new = NewEvaluation::default();
        let evaluation = evaluations::create(&world.services, &buyer(), at, new).unwrap();
        let new = NewAward {
            evaluation: evaluation.summary.id,
            bid: bids[0].id,
            others: Vec::new(),
            motivation: "Beste".to_owned(),
            standstill_days: Some(7),
            court: None,
            contact: None,
        };
        let refused = awards::propose(&world.services, &buyer(), at, new);
        assert_eq!(findings(refused), ["text-needed", "text-needed"]);
        assert_eq!(world.get_lot(at).state, State::Evaluated);
        assert!(letters(&world, at, &buyer()).is_empty());
    }
}

fn object(world: &World, at: LotPath) -> Result<DossierEntryId, ServiceError> {
    let new = NewObjection {
        party: "Inschrijver 2".to_owned(),
        lodged_on: "2026-02-16".parse().unwrap(),
        grounds: "Onvoldoende gemotiveerd".to_owned(),
        court_reference: Some("KG ZA 26-211".to_owned()),
    };
    standstill::object(&world.services, &buyer(), at, new).map(|told| told.entry.id)
}

fn resolve(
    world: &World,
    at: LotPath,
    id: DossierEntryId,
    outcome: ObjectionOutcome,
) -> Result<(), ServiceError> {
    let resolution = ObjectionResolution {
        objection_id: id,
        outcome,
        resolved_on: "2026-02-16".parse().unwrap(),
        explanation: "Uitspraak in kort geding".to_owned(),
    };
    standstill::resolve(&world.services, &buyer(), at, resolution).map(|_| ())
}

#[test]
fn an_objection_holds_the_award_up_until_it_is_resolved() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, None);
        assert_eq!(refusal(object(&world, at)), "state-forbids");
        propose(&world, at, &bids[0], Some(0)).unwrap();
        let (first, second) = (object(&world, at).unwrap(), object(&world, at).unwrap());
        assert_eq!(refusal(award(&world, at)), "objection-open");
        resolve(&world, at, first, ObjectionOutcome::Withdrawn).unwrap();
        assert_eq!(refusal(award(&world, at)), "objection-open");
        assert_eq!(refusal(resolve(&world, at, first, ObjectionOutcome::Upheld)), "objection-resolved");
        resolve(&world, at, second, ObjectionOutcome::Dismissed).unwrap();
        award(&world, at).unwrap();
    }
}

#[test]
fn an_objection_that_was_upheld_leads_to_another_proposal_with_letters_of_its_own() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, None);
        propose(&world, at, &bids[0], Some(0)).unwrap();
        let objection = object(&world, at).unwrap();
        resolve(&world, at, objection, ObjectionOutcome::Upheld).unwrap();
        assert_eq!(refusal(award(&world, at)), "objection-upheld");
        awards::withdraw(&world.services, &buyer(), at, "Uitspraak".to_owned()).unwrap();
        propose(&world, at, &bids[0], Some(0)).unwrap();
        assert_eq!(letters(&world, at, &buyer()).len(), 6);
        award(&world, at).unwrap();
    }
}

#[test]
fn each_bidder_is_told_at_the_same_moment_what_it_must_know_and_reads_its_own_letter_only() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, Some(true));
        let decision = propose(&world, at, &bids[0], None).unwrap();
        let all = letters(&world, at, &buyer());
        assert_eq!(all.len(), 3);
        assert!(all.iter().all(|letter| letter.sent_at == decision.proposed_at));
        let of = |number: usize| all.iter().find(|letter| letter.bid == bids[number].id).unwrap();
        assert_eq!(
            [of(0).kind, of(1).kind, of(2).kind],
            [LetterKind::Winner, LetterKind::Ranked, LetterKind::Excluded]
        );
        let [dutch, english] = [&of(1).dutch.text, &of(1).english.text];
        // 60 × 101/102 for the price, rounded nowhere; 24 against 36 for the plan.
        for told in [
            "plaats 2 van 2",
            "24",
            "36",
            "12",
            "Motivering bij een 6",
            "8 maart 2026",
            "Rechtbank Midden-Nederland",
        ] {
            assert!(dutch.contains(told), "{told}: {dutch}");
        }
        assert!(english.contains("8 March 2026") && english.contains("ranked 2 of 2"), "{english}");
        for secret in ["Motivering bij een 9", "101000", "102000", "assessor"] {
            assert!(!dutch.contains(secret), "{secret}: {dutch}");
        }
        assert!(of(2).dutch.text.contains("Niet rechtsgeldig ondertekend"));
        for number in [1, 2, 3] {
            let own = letters(&world, at, &bidder(number));
            assert_eq!(own.len(), 1);
            assert_eq!(own[0].bidder, crate::usecases::world::kvk(number));
        }
        let foreign = award_letters::get(&world.services, &bidder(2), at, of(0).id);
        assert!(is_not_found(&foreign));
        assert_eq!(&award_letters::get(&world.services, &bidder(1), at, of(0).id).unwrap(), of(0));
        let nobody = actor(Role::Bidder);
        assert!(letters(&world, at, &nobody).is_empty());
    }
}

fn replace(world: &World, seen: i64, template: &str) -> Result<Version, ServiceError> {
    let new = (Version(seen), template);
    let written = letter_templates::replace(&world.services, &buyer(), utrecht(), LetterLanguage::Dutch, new);
    written.map(|written| written.version)
}

#[test]
fn a_municipality_writes_its_own_letters_and_those_that_were_sent_keep_their_words() {
    for world in worlds() {
        let (at, bids) = evaluated(&world, None);
        propose(&world, at, &bids[0], Some(0)).unwrap();
        assert_eq!(replace(&world, 1, "Beste {{ bidder }}").unwrap(), Version(2));
        assert!(matches!(replace(&world, 1, "Dag {{ bidder }}"), Err(ServiceError::VersionMismatch)));
        awards::withdraw(&world.services, &buyer(), at, "Nieuwe brief".to_owned()).unwrap();
        world.clock.set("2026-02-17T09:00:00Z");
        propose(&world, at, &bids[0], Some(0)).unwrap();
        let sent: Vec<(i64, bool)> = letters(&world, at, &bidder(2))
            .iter()
            .map(|letter| (letter.dutch.template.0, letter.dutch.text == "Beste Groen & Zonen"))
            .collect();
        assert!(sent.contains(&(1, false)) && sent.contains(&(2, true)), "{sent:?}");
    }
}

#[test]
fn a_template_that_makes_no_letter_is_refused_with_its_line() {
    for world in worlds() {
        world.clock.set(AFTER);
        for (template, line) in
            [("a\n{{ winnaar }}", "line 2"), ("{% for own in scores %}", "line 1"), ("{{ 1 / 0 }}", "line 1")]
        {
            let Err(ServiceError::Invalid(found)) = replace(&world, 1, template) else {
                panic!("{template} is taken")
            };
            assert_eq!((found[0].pointer.as_str(), found[0].code), ("/template", "template-error"));
            assert!(found[0].detail.starts_with(line), "{}", found[0].detail);
        }
        let tried = letter_templates::preview(&buyer(), utrecht(), LetterLanguage::English, "{{ kind }}");
        assert_eq!(tried.unwrap(), ["winner", "ranked", "excluded"]);
    }
}
