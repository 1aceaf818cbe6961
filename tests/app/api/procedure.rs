//! From draft to award, over HTTP, on both databases.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, UTRECHT, on_each_database};
use crate::api::world::{AFTER_DEADLINE, BEFORE_DEADLINE, a_bid, a_lot, a_tender, an_award_model, tenders};

/// A bidder with this KvK number.
fn bidder(app: &TestApp, kvk_number: &str) -> Client {
    let mut claims = app.claims(Role::Bidder);
    claims.kvk = Some(kvk_number.to_owned());
    app.with_claims(claims)
}

/// The clock moves, and with it what tokens must say: clients are made anew.
async fn state_of(app: &TestApp, path: &str) -> Value {
    app.as_role(Role::Buyer).get(path).await.expect(200).json()["state"].clone()
}

#[actix_web::test]
async fn a_tender_goes_from_draft_to_award() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (tender, lot) = app.with_draft(a_tender()).await;
        assert_eq!(state_of(&app, &tender).await, "draft");
        let published = app.as_role(Role::Buyer).post(&format!("{tender}/publications"), json!({})).await;
        assert_eq!(published.expect(200).json()["state"], "published");

        app.clock.set(BEFORE_DEADLINE);
        for (kvk_number, price) in [("69599068", "398000.00"), ("68750110", "371000.00")] {
            let bid = a_bid(kvk_number, price);
            let receipt = bidder(&app, kvk_number).post(&format!("{lot}/bids"), bid).await.expect(201);
            assert_eq!(receipt.json()["receiptHash"].as_str().unwrap().len(), 64);
            assert!(receipt.header("location").unwrap().starts_with(&lot));
        }
        app.clock.set(AFTER_DEADLINE);
        assert_eq!(state_of(&app, &tender).await, "closed");
        let opened = app.open(&tender).await;
        assert_eq!(opened.expect(200).json()["state"], "opened");

        let bids = app.as_role(Role::Buyer).get(&format!("{lot}/bids")).await.expect(200).json();
        let bids = bids["items"].as_array().unwrap().clone();
        assert_eq!(bids.len(), 2);
        let assessments = bids.iter().zip(["8", "6"]).map(|(bid, score)| {
            json!({
                "bidId": bid["id"], "criterion": "plan", "kind": "individual",
                "score": score, "motivation": "Het plan is volledig."
            })
        });
        app.with_scores(&lot, assessments).await;
        let evaluated = app.as_role(Role::Buyer).post(&format!("{lot}/evaluations"), json!({})).await;
        let location = evaluated.header("location").unwrap().to_owned();
        let evaluation = evaluated.expect(201).json();
        let ranking = evaluation["result"]["lots"][0]["ranking"].clone();
        // 60 × (500000 − 398000) / 150000 + 40 × 0.8 = 72.8; the other 51.6 + 24 = 75.6.
        assert_eq!(ranking[0]["total"]["declared"], "75.6", "{ranking}");
        assert_eq!(ranking[1]["total"]["declared"], "72.8");
        let read = app.as_role(Role::Auditor).get(&location).await.expect(200).json();
        assert_eq!(read, evaluation);

        let proposal = json!({
            "evaluationId": evaluation["id"], "bidId": ranking[0]["id"],
            "motivation": "Beste prijs-kwaliteitverhouding.", "standstillDays": 0
        });
        let buyer = app.as_role(Role::Buyer);
        buyer.post(&format!("{lot}/award-proposals"), proposal).await.expect(201);
        let awarded = buyer.post(&format!("{lot}/awards"), json!({})).await.expect(200).json();
        assert!(awarded["awardedAt"].is_string(), "{awarded}");
        assert_eq!(state_of(&app, &tender).await, "awarded");
        let steps = buyer.get(&format!("{lot}/steps")).await.expect(200).json();
        let steps: Vec<_> = steps["items"].as_array().unwrap().iter().map(|step| &step["step"]).collect();
        assert_eq!(steps, ["publish", "open", "fix-quality", "evaluate", "propose-award", "award"]);
    })
    .await;
}

#[actix_web::test]
async fn before_the_opening_no_answer_tells_a_number_of_bids() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (_, empty) = app.with_published(a_tender()).await;
        let (_, full) = app.with_published(a_tender()).await;
        for kvk_number in ["69599068", "68750110", "12345678"] {
            let bid = a_bid(kvk_number, "398000.00");
            bidder(&app, kvk_number).post(&format!("{full}/bids"), bid).await.expect(201);
        }
        for moment in [BEFORE_DEADLINE, AFTER_DEADLINE] {
            app.clock.set(moment);
            for role in [Role::Buyer, Role::Opener, Role::Platform, Role::Auditor, Role::Administrator] {
                let client = app.as_role(role);
                for below in ["bids", "bids/0190a5c8-0000-7000-8000-00000000dead", "evaluations"] {
                    let mut answers = Vec::new();
                    for lot in [&empty, &full] {
                        let answer = client.get(&format!("{lot}/{below}")).await;
                        let (code, mut problem) = answer.problem(409);
                        problem["instance"] = json!("the same");
                        answers.push((code, problem));
                    }
                    assert_eq!(answers[0], answers[1], "{role} {below}");
                }
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn a_late_bid_is_refused() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (_, lot) = app.with_published(a_tender()).await;
        app.clock.set(crate::api::world::DEADLINE);
        let late = bidder(&app, "69599068").post(&format!("{lot}/bids"), a_bid("69599068", "1.00")).await;
        assert_eq!(late.problem(409).0, "bid-too-late");
    })
    .await;
}

#[actix_web::test]
async fn a_bidder_bids_for_itself_only_and_a_later_bid_is_answered_as_the_first() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (_, lot) = app.with_published(a_tender()).await;
        let path = format!("{lot}/bids");
        let client = bidder(&app, "69599068");
        client.post(&path, a_bid("68750110", "1.00")).await.problem(403);
        let first = client.post(&path, a_bid("69599068", "400000.00")).await.expect(201).json();
        let later = client.post(&path, a_bid("69599068", "410000.00")).await.expect(201).json();
        let names = |receipt: &Value| receipt.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&first), names(&later));
    })
    .await;
}

#[actix_web::test]
async fn publication_freezes_the_award_model() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (tender, lot) = app.with_published(a_tender()).await;
        let buyer = app.as_role(Role::Buyer);
        let path = format!("{lot}/award-model");
        let model = buyer.get(&path).await.expect(200);
        let etag = model.header("etag").map(str::to_owned);
        let refused = buyer.put(&path, etag.as_deref(), an_award_model()).await;
        assert_eq!(refused.problem(409).0, "published-already");
        assert_eq!(buyer.get(&path).await.body, model.body);
        let etag = buyer.get(&tender).await.header("etag").map(str::to_owned);
        buyer.put(&tender, etag.as_deref(), a_tender()).await.problem(409);
        buyer.delete(&tender, etag.as_deref()).await.problem(409);
    })
    .await;
}

#[actix_web::test]
async fn nobody_overwrites_what_they_did_not_read() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (tender, _) = app.with_draft(a_tender()).await;
        let buyer = app.as_role(Role::Buyer);
        let first = buyer.get(&tender).await.expect(200).header("etag").unwrap().to_owned();
        assert_eq!(buyer.put(&tender, None, a_tender()).await.problem(428).0, "if-match-needed");
        let changed = buyer.put(&tender, Some(&first), a_tender()).await.expect(200);
        assert_ne!(changed.header("etag"), Some(first.as_str()));
        for stale in [first.as_str(), "W/\"2\"", "\"x\"", "\"99\"", "\"02\"", "\"2-gzip\"", "\"0\", \"1\""] {
            let refused = buyer.put(&tender, Some(stale), a_tender()).await;
            assert_eq!(refused.problem(412).0, "changed", "{stale}");
        }
        assert_eq!(buyer.put(&tender, Some("*"), a_tender()).await.problem(428).0, "if-match-needed");
        for malformed in ["2", "\"2", "\"1\", \"2\""] {
            let refused = buyer.put(&tender, Some(malformed), a_tender()).await;
            assert_eq!(refused.problem(400).0, "malformed-if-match", "{malformed}");
        }
        buyer.put(&tender, Some("\"x\", \"2\""), a_tender()).await.expect(200);
        assert_eq!(buyer.delete(&tender, None).await.problem(428).0, "if-match-needed");
        let latest = buyer.get(&tender).await.header("etag").unwrap().to_owned();
        buyer.delete(&tender, Some(&latest)).await.expect(204);
        buyer.get(&tender).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn a_list_is_read_page_by_page_in_both_directions() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (tender, _) = app.with_draft(a_tender()).await;
        let buyer = app.as_role(Role::Buyer);
        for number in 2..=5 {
            buyer.post(&format!("{tender}/lots"), a_lot(number)).await.expect(201);
        }
        let lots = format!("{tender}/lots");
        let mut seen = Vec::new();
        let mut query = "?limit=2".to_owned();
        let last = loop {
            let page = buyer.get(&format!("{lots}{query}")).await.expect(200);
            let items = page.json()["items"].as_array().unwrap().clone();
            seen.extend(items.iter().map(|lot| lot["number"].as_u64().unwrap()));
            match page.page("next") {
                Some(next) => query = next,
                None => break page,
            }
        };
        assert_eq!(seen, [1, 2, 3, 4, 5]);
        let before = last.page("prev").unwrap();
        let page = buyer.get(&format!("{lots}{before}")).await.expect(200).json();
        let numbers: Vec<_> = page["items"].as_array().unwrap().iter().map(|lot| &lot["number"]).collect();
        assert_eq!(numbers, [3, 4]);
    })
    .await;
}

#[actix_web::test]
async fn what_is_not_published_is_not_there_for_a_bidder() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (draft, lot) = app.with_draft(a_tender()).await;
        let (published, _) = app.with_published(a_tender()).await;
        let client = bidder(&app, "69599068");
        client.get(&draft).await.problem(404);
        client.get(&lot).await.problem(404);
        client.get(&published).await.expect(200);
        let listed = client.get(&tenders(UTRECHT)).await.expect(200).json();
        assert_eq!(listed["items"].as_array().unwrap().len(), 1, "{listed}");
    })
    .await;
}
