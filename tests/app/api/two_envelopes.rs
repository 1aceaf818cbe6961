//! A tender's life where prices are in an envelope of their own, which is opened after the quality is fixed.

use serde_json::{Value, json};
use trede_formats::evaluation_record::{EvaluationRecord, replay};
use trede_model::frame::role::Role;

use crate::api::app::{UTRECHT, on_each_database};
use crate::api::award_story::{BIDS, CHEAP, Story, ranking};
use crate::api::world::{AFTER_DEADLINE, a_lot, a_tender, tenders};

/// What the first and the second opener are answered who ask for the prices.
async fn prices_asked(story: &Story<'_>) -> [(u16, Value); 2] {
    let mut answers = Vec::new();
    for opener in ["opener-1", "opener-2"] {
        let path = format!("{}/openings", story.tender);
        let answer = story.named(Role::Opener, opener).post(&path, json!({"envelope": "price"})).await;
        answers.push((answer.status.as_u16(), answer.json()));
    }
    answers.try_into().unwrap()
}

/// Nothing goes on that needs a price, and what is answered says what comes first.
async fn waits_for_prices(story: &Story<'_>) {
    for (below, body) in [("evaluations", json!({})), ("low-price-inquiries", question(story).await)] {
        let refused = story.buyer().post(&format!("{}/{below}", story.lot), body).await;
        let told = refused.json()["detail"].as_str().unwrap().to_owned();
        assert_eq!(refused.problem(409).0, "prices-not-opened", "{below}");
        assert!(told.contains("two openers"), "{told}");
    }
    for bid in story.read("bids").await["items"].as_array().unwrap() {
        assert_eq!(bid["priceSealed"], true);
        assert!(bid["offer"]["price"].is_null());
    }
}

async fn question(story: &Story<'_>) -> Value {
    json!({
        "bidId": story.bid(CHEAP).await, "question": "Hoe is de prijs opgebouwd?",
        "answerDueAt": "2026-04-03T12:00:00+02:00"
    })
}

/// The quality was fixed by mistake, and is fixed again.
async fn reopened_once(story: &Story<'_>) {
    let reason = json!({"reason": "De score van KvK 12345678 was verkeerd overgenomen."});
    let reopenings = format!("{}/quality-reopenings", story.lot);
    let reopened = story.buyer().post(&reopenings, reason.clone()).await.expect(200).json();
    assert!(reopened["qualityFixedAt"].is_null());
    let answers = prices_asked(story).await;
    assert!(answers.iter().all(|(status, _)| *status == 409), "{answers:?}");
    story.buyer().post(&format!("{}/quality-conclusions", story.lot), json!({})).await.expect(200);
}

#[actix_web::test]
async fn a_tender_in_two_envelopes_lives_from_publication_to_award() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let story = Story::published(&app, "recompute", "two").await;
        assert_eq!(story.buyer().get(&story.tender).await.json()["bidEnvelopes"], "two");
        story.opened().await;
        assert!(prices_asked(&story).await.iter().all(|(status, _)| *status == 409));
        story.assessed().await;
        reopened_once(&story).await;
        waits_for_prices(&story).await;
        let withdrawn = json!({
            "bidId": story.bid(CHEAP).await, "ground": "withdrawn", "reason": "De inschrijver trekt zich terug."
        });
        story.add("disqualifications", withdrawn).await;

        let [(first, waiting), (second, opened)] = prices_asked(&story).await;
        assert_eq!((first, second), (202, 200));
        assert_eq!((&waiting["envelope"], &opened["state"]), (&json!("price"), &json!("opened")));
        let opening = format!("{}/openings/{}", story.tender, waiting["id"].as_str().unwrap());
        let found = story.buyer().get(&opening).await.expect(200).json();
        let cheap = story.bid(CHEAP).await;
        for bid in found["bids"].as_array().unwrap() {
            let expected = if bid["bidId"] == cheap { "left-sealed" } else { "opened" };
            assert_eq!(bid["outcome"], expected);
        }
        assert_eq!(story.refused("quality-reopenings", json!({"reason": "Te laat"})).await, "prices-known");

        let tied = story.evaluated("eerste").await;
        let totals: Vec<String> = ranking(&tied).into_iter().map(|(_, total)| total).collect();
        assert_eq!(totals, ["88", "88", "86"]);
        decided(&story).await;
    })
    .await;
}

/// Lots are drawn, the award is proposed, everybody gets a letter, and the report tells of both openings.
async fn decided(story: &Story<'_>) {
    let drawing = json!({
        "place": "Stadskantoor Utrecht", "heldAt": AFTER_DEADLINE, "performedBy": "notaris",
        "attendees": [{"name": "A. de Boer"}], "randomness": {"source": "generator"}
    });
    let drawn = story.add("drawings", drawing).await;
    let winner = drawn["fact"]["details"]["order"][0].clone();
    let evaluation = story.evaluated("na de loting").await;
    story.proposed(&evaluation, &winner).await;
    let letters = story.read("award-letters").await;
    assert_eq!(letters["items"].as_array().unwrap().len(), BIDS.len());
    let report = story.read("evaluation-report").await;
    assert_eq!(report["procedure"]["bidEnvelopes"], "two");
    let steps: Vec<_> =
        report["procedure"]["steps"].as_array().unwrap().iter().map(|step| step["step"].clone()).collect();
    let expected = [
        "publish",
        "open",
        "fix-quality",
        "reopen-quality",
        "fix-quality",
        "open-prices",
        "evaluate",
        "evaluate",
        "propose-award",
    ];
    assert_eq!(json!(steps), json!(expected));
    let below = format!("evaluations/{}/record", evaluation["id"].as_str().unwrap());
    let record = story.read(&below).await;
    let replayed = replay(&serde_json::from_value::<EvaluationRecord>(record.clone()).unwrap());
    assert_eq!(replayed.differences, []);
    // The price that nobody opened: nobody reads it in what was made of the others.
    let told = [letters, report, evaluation, record, story.read("bids").await];
    assert!(told.iter().all(|told| !told.to_string().contains("\"50000")));
    story.app.clock.set("2026-05-20T10:00:00Z");
    story.buyer().post(&format!("{}/awards", story.lot), json!({})).await.expect(200);
}

#[actix_web::test]
async fn how_many_envelopes_there_are_is_said_in_a_draft_and_frozen_by_its_publication() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let buyer = app.as_role(Role::Buyer);
        let one = buyer.post(&tenders(UTRECHT), a_tender()).await.expect(201);
        assert_eq!(one.json()["bidEnvelopes"], "one", "unless it says otherwise");
        let mut tender = a_tender();
        tender["bidEnvelopes"] = json!("three");
        let wrong = buyer.post(&tenders(UTRECHT), tender.clone()).await;
        assert_eq!(wrong.problem(400).1["errors"][0]["code"], "wrong-shape");
        tender["bidEnvelopes"] = json!("two");
        let (path, _) = app.with_draft(tender.clone()).await;
        let etag = buyer.get(&path).await.header("etag").map(str::to_owned);
        tender["bidEnvelopes"] = json!("one");
        buyer.put(&path, etag.as_deref(), tender.clone()).await.expect(200);
        let etag = buyer.get(&path).await.header("etag").map(str::to_owned);
        tender["bidEnvelopes"] = json!("two");
        buyer.put(&path, etag.as_deref(), tender.clone()).await.expect(200);
        let published = buyer.post(&format!("{path}/publications"), json!({})).await.expect(200);
        let etag = published.header("etag").map(str::to_owned);
        tender["bidEnvelopes"] = json!("one");
        let frozen = buyer.put(&path, etag.as_deref(), tender).await;
        assert_eq!(frozen.problem(409).0, "published-already");
        assert_eq!(buyer.get(&path).await.json()["bidEnvelopes"], "two");
    })
    .await;
}

#[actix_web::test]
async fn a_platform_sends_a_tender_in_two_envelopes_at_once_and_its_prices_are_sealed() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.clock.set(AFTER_DEADLINE);
        let mut tender = a_tender();
        tender["bidEnvelopes"] = json!("two");
        tender["bidCustody"] = json!("platform");
        let package = json!({
            "tender": tender,
            "lots": [{
                "lot": a_lot(1),
                "awardModel": crate::api::world::an_award_model(),
                "bids": [{
                    "bidderKvkNumber": "69599068",
                    "receipt": {"receivedAt": "2026-03-31T14:03:22Z", "hash": "ab".repeat(32)},
                    "offer": {"bidderName": "Groen & Zo B.V.", "price": "398000.00"}
                }]
            }],
            "publication": {"publishedAt": "2026-03-02T09:00:00Z"},
            "opening": {"openedAt": "2026-04-01T10:05:00Z", "evidence": "proces-verbaal 2026-17"},
            "handOver": {"numberOfBids": 1}
        });
        let platform = app.as_role(Role::Platform);
        let path = format!("/v1/municipalities/{UTRECHT}/tender-packages/P-2026-0042");
        let made = platform.put(&path, None, package.clone()).await.expect(201).json();
        assert_eq!(made["tender"]["bidEnvelopes"], "two");
        platform.put(&path, None, package).await.expect(200);
        let lot = format!(
            "{}/{}/lots/{}",
            tenders(UTRECHT),
            made["tender"]["id"].as_str().unwrap(),
            made["lots"][0]["id"].as_str().unwrap()
        );
        let bids = app.as_role(Role::Buyer).get(&format!("{lot}/bids")).await.expect(200).json();
        assert_eq!(bids["items"][0]["priceSealed"], true);
        assert!(bids["items"][0]["offer"]["price"].is_null());
    })
    .await;
}
