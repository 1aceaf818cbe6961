//! Orders under a framework agreement with three operators and a reserve: by rotation, by ranking, after a
//! mini-competition, and by any of these.

use serde_json::{Value, json};

use crate::api::app::{UTRECHT, on_each_database};
use crate::api::call_off_world::{BIDS, Lot, OUTSIDER, an_order, with};
use crate::api::world::{a_tender, expect_hashes};

#[actix_web::test]
async fn by_rotation_four_orders_go_round_past_a_decline_and_a_drop_out_to_the_reserve() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "rotation").await;
        assert_eq!(lot.turn().await, (0, "first-order".to_owned()));
        assert_eq!(lot.ordered(an_order("1")).await, 0);
        assert_eq!(lot.turn().await, (1, "next-in-rotation".to_owned()));
        assert_eq!(lot.ordered(with(an_order("2"), "declined", lot.declined(&[1]))).await, 2);
        assert_eq!(lot.turn().await, (0, "round-begins-again".to_owned()));
        let gone = json!({"bidId": lot.bids[0], "ground": "declined", "reason": "Ziet af."});
        lot.add("winner-withdrawals", gone).await;
        assert_eq!(lot.turn().await, (3, "next-in-rotation".to_owned()));
        assert_eq!(lot.ordered(an_order("3")).await, 3);
        assert_eq!(lot.ordered(with(an_order("4"), "valueCents", json!(1))).await, 1);
        assert_eq!(lot.turn().await, (2, "next-in-rotation".to_owned()));
        told(&lot).await;
        recorded(&lot).await;
    })
    .await;
}

/// Who got what, and why it is whose turn.
async fn told(lot: &Lot<'_>) {
    let turns = lot.read("call-off-turns").await;
    assert_eq!(turns["callOff"], "rotation");
    let why = &turns["turns"][0]["explanation"];
    let [dutch, english] = [&why["dutch"], &why["english"]].map(|text| text.as_str().unwrap());
    let (last, next) = ("Inschrijver 68750110 (KvK 68750110)", "Inschrijver 12345678 (KvK 12345678)");
    assert_eq!(
        dutch,
        format!("{last} kreeg de laatste opdracht bij rotatie; {next} is de volgende in de rangorde")
    );
    assert_eq!(
        english,
        format!("{last} got the last order by rotation; {next} is the next in order of rank")
    );
    let shares: Vec<_> = turns["operators"].as_array().unwrap().iter().collect();
    let got = |index: usize| (shares[index]["orders"].as_u64(), shares[index]["valueCents"].as_u64());
    let one = (Some(1), Some(1_850_000));
    assert_eq!([got(0), got(1), got(2), got(3)], [one, (Some(1), Some(1)), one, one]);
    assert!(shares[0]["droppedOutAt"].is_string() && shares[1].get("droppedOutAt").is_none());
    assert!(shares[3]["promotedAt"].is_string() && shares[3]["place"] == 4, "{turns}");
}

/// Orders are listed in pages, stand in the dossier, the report and the audit trail, and are told as an event.
async fn recorded(lot: &Lot<'_>) {
    let page = lot.buyer().get(&lot.below("call-offs?limit=3")).await.expect(200);
    let first = page.json()["items"].as_array().unwrap().clone();
    let next = page.page("next").unwrap();
    let rest = lot.read(&format!("call-offs{next}")).await["items"].as_array().unwrap().clone();
    let references: Vec<&str> =
        first.iter().chain(&rest).map(|placed| placed["order"]["reference"].as_str().unwrap()).collect();
    assert_eq!(references, ["1", "2", "3", "4"]);
    assert_eq!(first[1]["order"]["declined"], lot.declined(&[1]));
    let dossier = lot.read("dossier-entries").await["items"].as_array().unwrap().clone();
    let facts: Vec<_> = dossier.iter().filter(|entry| entry["fact"]["kind"] == "call-off-placed").collect();
    assert_eq!(facts.len(), 4);
    assert_eq!(facts[1]["fact"]["details"], first[1]["order"]);
    assert_eq!(facts[1]["id"], first[1]["id"]);
    let report = lot.report().await;
    let line = "Snoeien van bomen (2), 9 juni 2026, € 18.500,00 zonder btw, aan Inschrijver 12345678 bij rotatie; \
                geweigerd door Inschrijver 68750110: Geen ploeg.";
    assert!(report.contains("## Nadere opdrachten") && report.contains(line), "{report}");
    let trail = lot.app.trail(&format!("/v1/municipalities/{UTRECHT}")).await;
    let of_orders: Vec<Value> =
        trail.into_iter().filter(|record| record["action"] == "create_call_off").collect();
    assert_eq!(of_orders.len(), 4);
    expect_hashes(&of_orders);
}

#[actix_web::test]
async fn by_ranking_the_first_gets_each_order_that_it_does_not_decline() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "ranking").await;
        assert_eq!(lot.ordered(an_order("1")).await, 0);
        assert_eq!(lot.ordered(an_order("2")).await, 0);
        assert_eq!(lot.ordered(with(an_order("3"), "declined", lot.declined(&[0]))).await, 1);
        assert_eq!(lot.ordered(with(an_order("4"), "declined", lot.declined(&[0, 1]))).await, 2);
        assert_eq!(lot.turn().await, (0, "first-in-rank".to_owned()));
        let all = lot.refused(with(an_order("5"), "declined", lot.declined(&[0, 1, 2]))).await;
        assert_eq!(all.0, "nobody-has-a-turn");
        let place = |index: usize| format!("/declined/{index}/bidId");
        for (declines, index) in [(&[1][..], 0), (&[0, 2][..], 1), (&[0, 0][..], 1)] {
            let wrong = lot.wrong(with(an_order("5"), "declined", lot.declined(declines))).await;
            assert_eq!(wrong, (place(index), "declined-out-of-turn".to_owned()), "{declines:?}");
        }
        let reserve = lot.wrong(with(an_order("5"), "declined", lot.declined(&[0, 3]))).await;
        assert_eq!(reserve, (place(1), "bid-holds-no-place".to_owned()));
    })
    .await;
}

#[actix_web::test]
async fn after_a_mini_competition_the_order_goes_to_its_winner_if_that_is_an_operator() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "mini-competition").await;
        let turns = lot.read("call-off-turns").await;
        assert_eq!(turns["turns"][0]["reason"], "competition");
        assert!(turns["turns"][0].get("bidId").is_none(), "{turns}");
        for place in ["/tenderId", "/lotId"] {
            let given = json!("0190a5c8-0000-7000-8000-000000000001");
            let other = if place == "/lotId" { "tenderId" } else { "lotId" };
            let wrong = lot.wrong(with(an_order("1"), other, given)).await;
            assert_eq!(wrong, (place.to_owned(), "competition-needed".to_owned()));
        }
        let itself = lot.wrong(lot.competed(an_order("1"))).await;
        assert_eq!(itself, ("/lotId".to_owned(), "competition-is-agreement".to_owned()));

        let lost = Lot::awarded(&app, "2026-06-20", &[OUTSIDER], None).await;
        let (code, problem) = lot.refused(lost.competed(an_order("1"))).await;
        assert_eq!(code, "winner-holds-no-place");
        assert!(problem["detail"].as_str().unwrap().contains(OUTSIDER.0), "{problem}");
        // The reserve stands by, and holds no place either.
        let by_reserve = Lot::awarded(&app, "2026-06-25", &BIDS[3..], None).await;
        assert_eq!(lot.refused(by_reserve.competed(an_order("1"))).await.0, "winner-holds-no-place");

        let won = Lot::awarded(&app, "2026-07-01", &BIDS[1..2], None).await;
        let order = won.competed(an_order("1"));
        let declined = lot.wrong(with(order.clone(), "declined", lot.declined(&[0]))).await;
        assert_eq!(declined.1, "declined-out-of-turn");
        let deviating = with(order.clone(), "deviation", json!("Sneller."));
        assert_eq!(lot.wrong(deviating).await, ("/deviation".to_owned(), "deviation-needless".to_owned()));
        let another = with(order.clone(), "bidId", lot.bids[0].clone());
        assert_eq!(lot.refused(another).await.0, "another-operator-won");
        let made = lot.add("call-offs", order.clone()).await;
        assert_eq!(lot.which(&made["order"]["bidId"]), 1);
        assert_eq!(made["order"]["competition"]["lotId"], order["lotId"]);
        let again = with(order, "reference", json!("2"));
        assert_eq!(lot.refused(again).await.0, "competition-has-order");
        assert!(lot.report().await.contains("aan Inschrijver 68750110 na een minicompetitie"));
    })
    .await;
}

#[actix_web::test]
async fn a_competition_counts_once_it_is_awarded_in_the_same_municipality() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "mini-competition").await;
        let mut tender = a_tender();
        tender["deadlineAt"] = json!("2026-07-01T12:00:00Z");
        tender["awardOn"] = json!("2026-08-15");
        let (_, path) = app.with_published(tender).await;
        let running = Lot { app: &app, path, bids: Vec::new() };
        assert_eq!(lot.refused(running.competed(an_order("1"))).await.0, "competition-not-awarded");
        let nowhere = "0190a5c8-0000-7000-8000-000000000001";
        let order = with(with(an_order("1"), "tenderId", json!(nowhere)), "lotId", json!(nowhere));
        assert_eq!(lot.buyer().post(&lot.below("call-offs"), order).await.problem(404).0, "not-found");
    })
    .await;
}

#[actix_web::test]
async fn a_mixed_agreement_says_with_each_order_how_it_goes() {
    on_each_database(|app| async move {
        let lot = Lot::agreed(&app, "mixed").await;
        let unsaid = lot.wrong(an_order("1")).await;
        assert_eq!(unsaid, ("/by".to_owned(), "way-needed".to_owned()));
        let by = |reference: &str, way: &str| with(an_order(reference), "by", json!(way));
        assert_eq!(lot.ordered(by("1", "rotation")).await, 0);
        assert_eq!(lot.ordered(by("2", "ranking")).await, 0);
        assert_eq!(lot.ordered(by("3", "rotation")).await, 1);
        let won = Lot::awarded(&app, "2026-07-01", &BIDS[..1], None).await;
        assert_eq!(lot.ordered(won.competed(by("4", "mini-competition"))).await, 0);
        // What went another way passes no turn of the rotation on.
        assert_eq!(lot.ordered(by("5", "rotation")).await, 2);
        let turns = lot.read("call-off-turns").await;
        let told: Vec<(&Value, &Value)> =
            turns["turns"].as_array().unwrap().iter().map(|turn| (&turn["by"], &turn["reason"])).collect();
        let expected = [
            (&json!("ranking"), &json!("first-in-rank")),
            (&json!("rotation"), &json!("round-begins-again")),
            (&json!("mini-competition"), &json!("competition")),
        ];
        assert_eq!(told, expected);
    })
    .await;
}
