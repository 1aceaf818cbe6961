//! Quality that is reopened before the price envelopes are: what holds between its conclusions.

use trede_base::page::{PageRequest, Start};
use trede_formats::dossier::DisqualificationRevocation;
use trede_model::assessing::assessment::Assessment;
use trede_model::tendering::lot::{Lot, LotPath};
use trede_service::assessing::{assessments, disqualifications, quality};
use trede_service::bidding::openings::Outcome;
use trede_service::frame::actor::Actor;
use trede_service::frame::error::ServiceError;

use crate::usecases::assessors::{assessor, conclude, declare_none};
use crate::usecases::price_envelopes::{ask, disqualify, open_prices, scored};
use crate::usecases::world::{World, buyer, openers, refusal, worlds};

fn reopen(world: &World, at: LotPath) -> Result<Lot, ServiceError> {
    quality::reopen(&world.services, &buyer(), at, "Score verkeerd overgenomen".to_owned())
}

fn seen_by(world: &World, at: LotPath, who: &Actor) -> Vec<Assessment> {
    let request = PageRequest { start: Start::First, limit: 50 };
    assessments::list(&world.services, who, at, &request).unwrap().items
}

#[test]
fn who_asked_for_the_prices_before_the_quality_was_fixed_anew_must_ask_again() {
    for world in worlds() {
        let (at, _) = scored(&world, 1);
        conclude(&world, at).unwrap();
        let [first, second] = openers();
        assert!(matches!(ask(&world, &first, at.tender).unwrap(), Outcome::Waiting(_)));
        world.clock.advance(chrono::TimeDelta::minutes(1));
        reopen(&world, at).unwrap();
        conclude(&world, at).unwrap();
        assert!(matches!(ask(&world, &second, at.tender).unwrap(), Outcome::Waiting(_)));
        assert_eq!(world.get_lot(at).prices_opened_at, None);
        assert!(matches!(ask(&world, &first, at.tender).unwrap(), Outcome::Opened(_)));
    }
}

#[test]
fn an_assessor_does_not_see_what_others_scored_while_the_quality_can_be_reopened() {
    for world in worlds() {
        let (at, ids) = scored(&world, 2);
        let other = assessor("assessor-2");
        declare_none(&world, at, &other);
        conclude(&world, at).unwrap();
        assert_eq!(seen_by(&world, at, &other), []);
        assert_eq!(seen_by(&world, at, &assessor("assessor-1")).len(), ids.len());
        open_prices(&world, at.tender);
        assert_eq!(seen_by(&world, at, &other).len(), ids.len());
    }
}

#[test]
fn a_bid_that_lost_a_score_while_it_was_out_takes_part_again_once_it_is_scored() {
    for world in worlds() {
        let (at, ids) = scored(&world, 2);
        conclude(&world, at).unwrap();
        let disqualification_id = disqualify(&world, at, ids[0]);
        reopen(&world, at).unwrap();
        let author = assessor("assessor-1");
        let given = seen_by(&world, at, &author).into_iter().find(|given| given.bid == ids[0]).unwrap();
        assessments::reopen(&world.services, &buyer(), at, given.id, "Verkeerde inschrijving").unwrap();
        conclude(&world, at).unwrap();
        let revoke = || {
            let reason = "De ondertekening bleek rechtsgeldig".to_owned();
            let revocation = DisqualificationRevocation { disqualification_id, reason };
            disqualifications::revoke(&world.services, &buyer(), at, revocation)
        };
        assert_eq!(refusal(revoke()), "assessments-due");
        reopen(&world, at).unwrap();
        assessments::submit(&world.services, &author, at, given.id).unwrap();
        conclude(&world, at).unwrap();
        revoke().unwrap();
    }
}
