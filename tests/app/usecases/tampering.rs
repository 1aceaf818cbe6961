//! Who writes in the database beside the service decides nothing: no bid counts that is not what was received, and the
//! trail tells what was altered.

use trede_model::bidding::bid::BidId;
use trede_model::tendering::lot::LotPath;
use trede_model::trust::audit_rows::RowFinding;
use trede_service::awarding::awards::{self, NewAward};
use trede_service::awarding::evaluations::{self, NewEvaluation};
use trede_service::trust::audit::verify;

use crate::usecases::assessors::{assessor, conclude, declare_none, score};
use crate::usecases::sealing::run;
use crate::usecases::world::{World, buyer, refusal, worlds};

/// A lot with two opened and scored bids, the second of which is to win.
fn scored(world: &World) -> (LotPath, [BidId; 2]) {
    let at = world.published_lot();
    let bids = [world.bid(at, 1, 120_000).unwrap().id, world.bid(at, 2, 100_000).unwrap().id];
    world.open(at.tender);
    let who = assessor("assessor-1");
    declare_none(world, at, &who);
    for bid in bids {
        score(world, at, &who, (bid, "8")).unwrap();
    }
    conclude(world, at).unwrap();
    (at, bids)
}

fn literal(world: &World, id: BidId) -> String {
    if world.database.kind == "sqlite" { format!("x'{}'", id.uuid().simple()) } else { format!("'{id}'") }
}

/// Deeds on the bid that is not to win, each with the one that undoes it.
fn deeds(world: &World, bid: BidId) -> Vec<(String, String)> {
    let id = literal(world, bid);
    let update = |set: &str, back: &str| {
        (format!("UPDATE bids SET {set} WHERE id = {id}"), format!("UPDATE bids SET {back} WHERE id = {id}"))
    };
    vec![
        update(
            "content = replace(content, '120000', '1')",
            "content = replace(content, '\"1\"', '\"120000\"')",
        ),
        update("bidder_kvk = '87654321'", "bidder_kvk = '00000001'"),
        update("external_reference = 'x'", "external_reference = NULL"),
        update("receipt_hash = receipt_hash || '0'", "receipt_hash = substr(receipt_hash, 1, 64)"),
    ]
}

fn found(world: &World) -> Vec<RowFinding> {
    verify(&world.database.db, &[]).unwrap().findings
}

#[test]
fn nothing_is_scored_proposed_or_awarded_on_a_bid_that_is_not_what_was_received() {
    for world in worlds() {
        let (at, bids) = scored(&world);
        assert_eq!(found(&world), []);
        let evaluate = || {
            let reason = Some("Nieuwe beoordeling".to_owned());
            evaluations::create(
                &world.services,
                &buyer(),
                at,
                NewEvaluation { reason, ..NewEvaluation::default() },
            )
        };
        let evaluation = evaluate().unwrap();
        let award = || NewAward {
            evaluation: evaluation.summary.id,
            bid: bids[1],
            others: Vec::new(),
            motivation: "Eerste in de rangschikking".to_owned(),
            standstill_days: Some(0),
            court: None,
            contact: None,
        };
        for (deed, undo) in deeds(&world, bids[0]) {
            run(&world, &deed);
            assert_eq!(refusal(evaluate()), "bid-altered", "{deed}");
            let proposal = awards::propose(&world.services, &buyer(), at, award());
            assert!(["bid-altered", "evaluation-outdated"].contains(&refusal(proposal)), "{deed}");
            let found = found(&world);
            assert!(
                found
                    .iter()
                    .all(|finding| finding.table == "bids" && finding.key.contains(&bids[0].to_string()))
            );
            assert_eq!(found.len(), 1, "{deed}");
            run(&world, &undo);
        }
        assert_eq!(found(&world), []);
        awards::propose(&world.services, &buyer(), at, award()).unwrap();
        assert_eq!(found(&world), []);
    }
}

#[test]
fn a_score_or_an_award_model_that_was_altered_is_not_evaluated() {
    let deeds = [
        ("UPDATE assessments SET score = '10'", "UPDATE assessments SET score = '8'", "assessment-altered"),
        ("UPDATE lots SET description = description || 'x'", "SELECT 1", "lot-altered"),
    ];
    for world in worlds() {
        let (at, _) = scored(&world);
        for (deed, undo, code) in deeds {
            run(&world, deed);
            let answer = evaluations::create(&world.services, &buyer(), at, NewEvaluation::default());
            assert_eq!(refusal(answer), code, "{deed}");
            run(&world, undo);
        }
    }
}

#[test]
fn whatever_is_done_to_a_sealed_bid_is_found_before_the_opening_too() {
    let deeds = [
        "UPDATE sealed_bids SET is_withdrawal = NOT is_withdrawal",
        "UPDATE sealed_bids SET hash = hash || '0'",
        "UPDATE sealed_bids SET price_part = quality_part",
        "UPDATE sealed_bids SET bidder_index = wrapped_key",
        "DELETE FROM sealed_bids",
    ];
    for deed in deeds {
        for world in worlds() {
            let at = world.published_lot();
            world.bid(at, 1, 120_000).unwrap();
            assert_eq!(found(&world), []);
            run(&world, deed);
            let found = found(&world);
            assert!(!found.is_empty(), "{deed} on {}", world.database.kind);
            assert!(found.iter().all(|finding| finding.table == "sealed_bids"), "{found:?}");
        }
    }
}
