//! Orders under a framework agreement that go to another than whose turn it is, that are wrong, or that come at the same
//! moment.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::api::app::on_each_database;
use crate::api::call_off_world::{AWARDED_ON, BIDS, Lot, an_order, with};
use crate::api::world::a_tender;

#[actix_web::test]
async fn an_order_goes_to_another_than_whose_turn_it_is_with_a_reason_only() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "rotation").await;
        let to = |bid: usize| with(an_order("1"), "bidId", lot.bids[bid].clone());
        let (code, problem) = lot.refused(to(1)).await;
        assert_eq!(code, "another-operators-turn");
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains("it begins with Inschrijver 69599068 (KvK 69599068)"), "{detail}");
        let asked =
            |request: TestRequest| request.insert_header(("Accept-Language", "nl, en;q=0.5")).set_json(to(1));
        let told = lot.buyer().send(Method::POST, &lot.below("call-offs"), asked).await.problem(409).1;
        assert_eq!(told["title"], "Geweigerd door een regel van de procedure");
        let dutch = told["detail"].as_str().unwrap();
        assert!(dutch.contains("die begint bij Inschrijver 69599068 (KvK 69599068)"), "{dutch}");
        assert!(dutch.contains("waarom de opdracht naar Inschrijver 68750110"), "{dutch}");
        let reason = json!("Alleen deze ondernemer heeft een hoogwerker.");
        let deviating = |order: Value| with(order, "deviation", reason.clone());
        let found = |place: &str, code: &str| (place.to_owned(), code.to_owned());
        assert_eq!(lot.wrong(deviating(to(0))).await, found("/deviation", "deviation-needless"));
        assert_eq!(lot.wrong(deviating(an_order("1"))).await, found("/bidId", "bid-needed"));
        assert_eq!(lot.wrong(deviating(to(3))).await, found("/bidId", "bid-holds-no-place"));
        let decliner = with(deviating(to(0)), "declined", lot.declined(&[0]));
        assert_eq!(lot.wrong(decliner).await, found("/bidId", "bid-declined"));
        let wordless = with(to(1), "deviation", json!(" "));
        assert_eq!(lot.wrong(wordless).await, found("/deviation", "text-needed"));

        let made = lot.add("call-offs", deviating(to(1))).await;
        assert_eq!(made["order"]["turnBidId"], lot.bids[0]);
        assert_eq!(made["order"]["deviation"], reason);
        assert_eq!(lot.turn().await, (2, "next-in-rotation".to_owned()));
        let report = lot.report().await;
        let line =
            "aan de beurt was Inschrijver 69599068, hiervan is afgeweken: Alleen deze ondernemer heeft een";
        assert!(report.contains(line), "{report}");
        // Whose turn it is may be named without a reason.
        let named = with(with(an_order("2"), "bidId", lot.bids[2].clone()), "valueCents", json!(0));
        let made = lot.add("call-offs", named).await;
        assert!(made["order"].get("turnBidId").is_none(), "{made}");
    })
    .await;
}

#[actix_web::test]
async fn what_is_wrong_with_an_order_is_told_with_its_place() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "rotation").await;
        let id = json!("0190a5c8-0000-7000-8000-000000000001");
        for (field, value, code) in [
            ("reference", json!(""), "text-needed"),
            ("title", json!(""), "text-needed"),
            ("valueCents", json!(-1), "amount-negative"),
            ("valueCents", json!(9_007_199_254_740_992_i64), "amount-too-large"),
            ("placedOn", json!("2026-03-31"), "day-before-award"),
            ("placedOn", json!("2026-06-11"), "day-ahead"),
            ("by", json!("rotation"), "way-declared"),
            ("tenderId", id.clone(), "competition-needless"),
            ("lotId", id.clone(), "competition-needless"),
            ("bidId", id.clone(), "bid-holds-no-place"),
        ] {
            let wrong = lot.wrong(with(an_order("1"), field, value.clone())).await;
            assert_eq!(wrong, (format!("/{field}"), code.to_owned()), "{value}");
        }
        // The day of the award and today are right.
        lot.add("call-offs", with(an_order("1"), "placedOn", json!(AWARDED_ON))).await;
        lot.add("call-offs", with(an_order("2"), "placedOn", json!("2026-06-10"))).await;
        assert_eq!(lot.refused(an_order("2")).await.0, "call-off-reference-exists");
        // Nothing of what was refused is kept.
        assert_eq!(lot.read("call-offs").await["items"].as_array().unwrap().len(), 2);
        let most = with(an_order("3"), "valueCents", json!(9_007_199_254_740_991_i64));
        lot.add("call-offs", most).await;
        // Together with the order before they are beyond what each reader keeps exactly.
        let again = with(with(an_order("4"), "bidId", lot.bids[2].clone()), "deviation", json!("Spoed."));
        assert_eq!(lot.wrong(again).await, ("/valueCents".to_owned(), "amount-too-large".to_owned()));
    })
    .await;
}

#[actix_web::test]
async fn orders_follow_an_awarded_framework_agreement_with_several_operators() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        for winners in [None, Some(json!({"maximum": 3, "reserves": 1}))] {
            let day = if winners.is_none() { "2026-04-01" } else { "2026-04-10" };
            let lot = Lot::awarded(&app, day, &BIDS, winners).await;
            let order = with(an_order("1"), "placedOn", json!(day));
            assert_eq!(lot.refused(order).await.0, "no-call-off");
            let turns = lot.buyer().get(&lot.below("call-off-turns")).await;
            assert_eq!(turns.problem(409).0, "no-call-off");
            assert_eq!(lot.read("call-offs").await["items"], json!([]));
        }
        let mut tender = a_tender();
        tender["deadlineAt"] = json!("2026-07-01T12:00:00Z");
        tender["awardOn"] = json!("2026-08-15");
        let (_, path) = app.with_published(tender).await;
        let running = Lot { app: &app, path, bids: Vec::new() };
        assert_eq!(running.refused(an_order("1")).await.0, "state-forbids");
        let turns = running.buyer().get(&running.below("call-off-turns")).await;
        assert_eq!(turns.problem(409).0, "state-forbids");
    })
    .await;
}

#[actix_web::test]
async fn of_orders_at_the_same_moment_no_two_get_the_same_turn() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "rotation").await;
        let path = lot.below("call-offs");
        let buyer = lot.buyer();
        let orders = ["1", "2", "3"].map(|reference| buyer.post(&path, an_order(reference)));
        let mut got: Vec<(usize, u64)> = Vec::new();
        for answer in futures_util::future::join_all(orders).await {
            let made = answer.expect(201).json();
            got.push((lot.which(&made["order"]["bidId"]), made["order"]["number"].as_u64().unwrap()));
        }
        got.sort_unstable();
        assert_eq!(got, [(0, 1), (1, 2), (2, 3)]);
        assert_eq!(lot.turn().await, (0, "round-begins-again".to_owned()));
        // Two that name the same operator: when the second is served it is not its turn any more.
        let named = ["4", "5"]
            .map(|reference| buyer.post(&path, with(an_order(reference), "bidId", lot.bids[0].clone())));
        let mut statuses = Vec::new();
        for answer in futures_util::future::join_all(named).await {
            statuses.push(answer.status.as_u16());
            if answer.status.as_u16() == 409 {
                assert_eq!(answer.problem(409).0, "another-operators-turn");
            }
        }
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409]);
    })
    .await;
}
