//! PSO levels that are claimed in bids, held against the register after the opening.

use trede_base::certificate::{CertificateFacts, CertificateSource};
use trede_base::page::{PageRequest, Start};
use trede_base::record::Version;
use trede_base::verdict::Verdict;
use trede_model::frame::role::Role;
use trede_model::pso::claim_finding::ClaimFinding;
use trede_model::telling::job::JobKind;
use trede_model::tendering::lot::LotPath;
use trede_service::assessing::claim_checks;
use trede_service::bidding::bids;
use trede_service::bidding::bids::{BidReceipt, NewBid};
use trede_service::pso::certificates;
use trede_service::pso::certificates::CertificateStatement;
use trede_service::tendering::{award_models, tender_steps};
use trede_wire::score_file::AwardModelInput;

use crate::world::{World, actor, bidder, buyer, facts, findings, kvk, new_bid, refusal, utrecht, worlds};

/// Price, and points for the level on the day of the deadline, 2026-02-16.
fn model() -> AwardModelInput {
    serde_json::from_value(serde_json::json!({
        "method": { "code": "relative-lowest" },
        "weightUnit": "percent",
        "dropOut": "recompute",
        "pso": {
            "ladderVersion": "pso-2023", "levelCountsOn": "bid", "consortiumRule": "lowest",
            "equivalence": "Verklaring van een accountant", "motivation": "Werk in de wijk"
        },
        "criteria": [
            { "id": "price", "kind": "price", "weight": "90" },
            {
                "id": "pso", "kind": "pso-level", "weight": "10",
                "levels": {
                    "measure": "points",
                    "rows": [
                        { "level": "aspirant", "value": "0" }, { "level": "basistrede", "value": "0" },
                        { "level": "trede-1", "value": "5" }, { "level": "trede-2", "value": "5" },
                        { "level": "trede-3", "value": "10" }, { "level": "trede-3-30+", "value": "10" }
                    ]
                }
            }
        ],
        "ties": [{ "by": "lowest-price" }]
    }))
    .unwrap()
}

fn lot(world: &World) -> LotPath {
    let (tender, paths) = world.draft(facts(), 1);
    let at = paths[0];
    award_models::replace(&world.services, &buyer(), at, Version(2), &model()).unwrap();
    tender_steps::publish(&world.services, &buyer(), utrecht(), tender).unwrap();
    at
}

fn bid(world: &World, at: LotPath, number: u32, claims: serde_json::Value) -> BidReceipt {
    let mut offer = serde_json::json!({"bidderName": "Groen", "price": "1000"});
    offer.as_object_mut().unwrap().extend(claims.as_object().unwrap().clone());
    let offer = serde_json::from_value(offer).unwrap();
    let new = NewBid { offer, ..new_bid(number, 1) };
    bids::create(&world.services, &bidder(number), at, new, world.services.now()).unwrap()
}

fn claim(level: &str) -> serde_json::Value {
    serde_json::json!({"pso": {"level": level}})
}

fn certify(world: &World, number: u32, level: &str, (from, until): (&str, &str)) {
    let facts = CertificateFacts {
        number: format!("PSO-{number}-{from}"),
        ladder: "pso-2023".to_owned(),
        level: level.to_owned(),
        certifying_body: "Kiwa".to_owned(),
        valid_from: from.parse().unwrap(),
        valid_until: until.parse().unwrap(),
        ended_on: None,
        source: CertificateSource::Register,
        evidence: None,
        holders: [].into(),
    };
    let statement = CertificateStatement { facts, thirty_plus: false };
    certificates::create(&world.services, &actor(Role::Operator), kvk(number), statement).unwrap();
}

fn check(world: &World) {
    while world.services.do_next_job(JobKind::ClaimCheck).unwrap() {}
}

fn found(world: &World, at: LotPath, bid: &BidReceipt) -> Vec<ClaimFinding> {
    let request = PageRequest { start: Start::First, limit: 10 };
    claim_checks::list(&world.services, &buyer(), (at, bid.id), &request).unwrap().items
}

fn verdicts(world: &World, at: LotPath, bid: &BidReceipt) -> Vec<Verdict> {
    found(world, at, bid).into_iter().map(|finding| finding.judged.verdict).collect()
}

#[test]
fn each_claim_gets_its_verdict_on_the_date_that_counts_after_the_opening_and_not_before() {
    for world in worlds() {
        let at = lot(&world);
        certify(&world, 1, "trede-3", ("2025-01-01", "2026-12-31"));
        certify(&world, 2, "trede-1", ("2025-01-01", "2026-12-31"));
        certify(&world, 3, "trede-1", ("2024-02-16", "2026-02-15"));
        let bids = [
            (bid(&world, at, 1, claim("trede-1")), Verdict::Confirmed),
            (bid(&world, at, 2, claim("trede-3")), Verdict::Contradicted),
            (bid(&world, at, 3, claim("trede-1")), Verdict::Expired),
            (bid(&world, at, 4, claim("trede-1")), Verdict::NotFound),
        ];
        let silent = bid(&world, at, 5, serde_json::json!({}));
        assert!(!world.services.do_next_job(JobKind::ClaimCheck).unwrap(), "nothing is checked before");
        let request = PageRequest { start: Start::First, limit: 10 };
        let early = claim_checks::list(&world.services, &buyer(), (at, bids[0].0.id), &request);
        assert_eq!(refusal(early), "bids-not-opened");
        assert_eq!(refusal(claim_checks::request(&world.services, &buyer(), at)), "bids-not-opened");
        world.open(at.tender);
        check(&world);
        for (bid, verdict) in &bids {
            assert_eq!(verdicts(&world, at, bid), [*verdict]);
        }
        assert_eq!(found(&world, at, &bids[0].0)[0].judged.counts_on, "2026-02-16".parse().unwrap());
        assert!(verdicts(&world, at, &silent).is_empty());
    }
}

#[test]
fn a_second_check_says_only_what_is_new() {
    for world in worlds() {
        let at = lot(&world);
        let bid = bid(&world, at, 1, claim("trede-1"));
        world.open(at.tender);
        check(&world);
        claim_checks::request(&world.services, &buyer(), at).unwrap();
        check(&world);
        assert_eq!(verdicts(&world, at, &bid), [Verdict::NotFound]);
        certify(&world, 1, "trede-1", ("2025-01-01", "2026-12-31"));
        claim_checks::request(&world.services, &buyer(), at).unwrap();
        check(&world);
        assert_eq!(verdicts(&world, at, &bid), [Verdict::NotFound, Verdict::Confirmed]);
    }
}

#[test]
fn an_equivalent_proof_is_accepted_by_somebody_for_a_reason_and_that_stands() {
    for world in worlds() {
        let at = lot(&world);
        let equivalent = serde_json::json!({"pso": {"level": "trede-1", "equivalenceReason": "Accountant"}});
        let bid = bid(&world, at, 1, equivalent);
        world.open(at.tender);
        check(&world);
        let accept = |number, reason: &str| {
            let of = (at, bid.id);
            claim_checks::accept_equivalent(&world.services, &buyer(), of, kvk(number), reason.to_owned())
        };
        assert_eq!(findings(accept(1, " ")), ["text-needed"]);
        assert_eq!(findings(accept(2, "Ander")), ["no-claim"]);
        let accepted = accept(1, "34 procent uit de doelgroep, verklaring van 3 februari").unwrap();
        assert_eq!(accepted.decided_by, "buyer-1");
        claim_checks::request(&world.services, &buyer(), at).unwrap();
        check(&world);
        assert_eq!(verdicts(&world, at, &bid), [Verdict::EquivalentClaimed, Verdict::EquivalentAccepted]);
    }
}

#[test]
fn each_member_of_a_consortium_is_looked_up_by_its_own_number() {
    for world in worlds() {
        let at = lot(&world);
        certify(&world, 2, "trede-3", ("2025-01-01", "2026-12-31"));
        let members = serde_json::json!({"consortium": [
            {"name": "Een", "kvkNumber": "00000001", "lead": true, "pso": {"level": "trede-1"}},
            {"name": "Twee", "kvkNumber": "00000002", "pso": {"level": "trede-3"}}
        ]});
        let bid = bid(&world, at, 1, members);
        world.open(at.tender);
        check(&world);
        let found = found(&world, at, &bid);
        let told: Vec<_> = found.iter().map(|finding| (finding.kvk, finding.judged.verdict)).collect();
        assert_eq!(told, [(kvk(1), Verdict::NotFound), (kvk(2), Verdict::Confirmed)]);
    }
}
