//! Quality that is fixed, and prices that are opened, while others act at the same moment.

use trede_model::assessing::assessment::AssessmentKind;
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::procedure::Step;
use trede_service::assessing::assessments::{self, NewAssessment};
use trede_service::assessing::quality;
use trede_service::bidding::openings::Outcome;
use trede_service::frame::actor::Actor;
use trede_service::tendering::lots;

use crate::usecases::assessors::{assessor, conclude, declare_none, new_score};
use crate::usecases::price_envelopes::{ask, scored, two_envelopes};
use crate::usecases::world::{START, World, actor, buyer, refusal, worlds};

/// So many lots are tried, for the moments to meet in different ways.
const LOTS: usize = 6;

fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    std::thread::scope(|scope| {
        let other = scope.spawn(other);
        (one(), other.join().unwrap())
    })
}

fn steps(world: &World, at: LotPath, step: Step) -> usize {
    let taken = lots::list_steps(&world.services, &buyer(), at).unwrap();
    taken.iter().filter(|taken| taken.step == step).count()
}

#[test]
fn of_two_people_who_fix_the_quality_at_the_same_moment_one_does() {
    for world in worlds() {
        for _ in 0..LOTS {
            let (at, _) = scored(&world, 1);
            let colleague = Actor { subject: "buyer-2".to_owned(), ..actor(Role::Buyer) };
            let (one, other) =
                both(|| conclude(&world, at), || quality::conclude(&world.services, &colleague, at));
            assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
            assert_eq!(refusal(if one.is_ok() { other } else { one }), "quality-fixed");
            assert_eq!(steps(&world, at, Step::FixQuality), 1);
        }
    }
}

#[test]
fn of_many_who_open_the_prices_at_the_same_moment_two_do_once() {
    for world in worlds() {
        let (at, _) = scored(&world, 3);
        conclude(&world, at).unwrap();
        let people =
            (1..=6).map(|number| Actor { subject: format!("opener-{number}"), ..actor(Role::Opener) });
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let world = &world;
            let asking: Vec<_> =
                people.map(|person| scope.spawn(move || ask(world, &person, at.tender))).collect();
            asking.into_iter().map(|asked| asked.join().unwrap()).collect()
        });
        let count =
            |is: fn(&Outcome) -> bool| outcomes.iter().flatten().filter(|outcome| is(outcome)).count();
        assert_eq!(count(|outcome| matches!(outcome, Outcome::Waiting(_))), 1, "{outcomes:?}");
        assert_eq!(count(|outcome| matches!(outcome, Outcome::Opened(_))), 1, "{outcomes:?}");
        for refused in outcomes.into_iter().filter(Result::is_err) {
            assert_eq!(refusal(refused), "prices-opened");
        }
        assert_eq!(steps(&world, at, Step::OpenPrices), 1);
    }
}

fn with_draft(world: &World) -> (LotPath, BidId, Actor) {
    world.clock.set(START);
    let at = world.published(two_envelopes(), 1).1[0];
    let bid = world.bid(at, 1, 100_000).unwrap().id;
    world.open(at.tender);
    let who = assessor("assessor-1");
    declare_none(world, at, &who);
    (at, bid, who)
}

#[test]
fn quality_that_is_fixed_while_a_score_is_handed_in_has_that_score_or_waits_for_it() {
    for world in worlds() {
        for _ in 0..LOTS {
            let (at, bid, who) = with_draft(&world);
            let draft = NewAssessment { submitted: false, ..new_score(bid, AssessmentKind::Individual, "8") };
            let draft = assessments::create(&world.services, &who, at, draft).unwrap();
            let (fixed, submitted) =
                both(|| conclude(&world, at), || assessments::submit(&world.services, &who, at, draft.id));
            assert!(submitted.is_ok(), "{submitted:?}");
            if fixed.is_err() {
                assert_eq!(refusal(fixed), "assessments-due");
                conclude(&world, at).unwrap();
            }
        }
    }
}

#[test]
fn a_score_is_not_reopened_by_one_while_another_fixes_the_quality() {
    for world in worlds() {
        for _ in 0..LOTS {
            let (at, bid, who) = with_draft(&world);
            let given = new_score(bid, AssessmentKind::Individual, "8");
            let given = assessments::create(&world.services, &who, at, given).unwrap();
            let (fixed, reopened) = both(
                || conclude(&world, at),
                || assessments::reopen(&world.services, &buyer(), at, given.id, "Rekenfout"),
            );
            match (fixed, reopened) {
                (Ok(_), refused) => assert_eq!(refusal(refused), "quality-fixed"),
                (refused, Ok(_)) => assert_eq!(refusal(refused), "assessments-due"),
                neither => panic!("{neither:?}"),
            }
        }
    }
}

#[test]
fn quality_is_reopened_or_the_prices_are_opened_and_never_both() {
    for world in worlds() {
        for _ in 0..LOTS {
            let (at, _) = scored(&world, 1);
            conclude(&world, at).unwrap();
            let [first, second] = crate::usecases::world::openers();
            ask(&world, &first, at.tender).unwrap();
            let (reopened, opened) = both(
                || quality::reopen(&world.services, &buyer(), at, "Vergissing".to_owned()),
                || ask(&world, &second, at.tender),
            );
            match (reopened, opened) {
                (Ok(_), refused) => assert_eq!(refusal(refused), "quality-open"),
                (refused, Ok(_)) => assert_eq!(refusal(refused), "prices-known"),
                neither => panic!("{neither:?}"),
            }
        }
    }
}
