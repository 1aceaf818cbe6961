//! What platforms send in bulk: a whole tender in one request, and bids in a stream.

use actix_web::http::Method;
use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_store::bidding::tender_packages;
use trede_wire::canonical::sha256_hex;

use crate::api::app::{Answer, Client, TestApp, UTRECHT, on_each_database};
use crate::api::world::{AFTER_DEADLINE, an_award_model};

fn package(reference: &str) -> String {
    format!("/v1/municipalities/{UTRECHT}/tender-packages/{reference}")
}

/// A tender whose bids the platform keeps, as far as a draft.
fn a_package() -> Value {
    json!({
        "tender": {
            "title": "Groenonderhoud 2026-2030", "buyer": "Gemeente Utrecht", "bidCustody": "platform",
            "deadlineAt": "2026-04-01T12:00:00+02:00"
        },
        "lots": [
            {"lot": {"number": 1, "title": "Wijk 1"}, "awardModel": an_award_model()},
            {"lot": {"number": 2, "title": "Wijk 2"}, "awardModel": an_award_model()}
        ]
    })
}

fn a_bid(kvk: &str, price: &str) -> Value {
    json!({
        "bidderKvkNumber": kvk, "externalReference": format!("B-{kvk}"),
        "receipt": {"receivedAt": "2026-03-31T12:00:00Z", "hash": format!("{kvk:0>64}")},
        "offer": {"bidderName": format!("Inschrijver {kvk}"), "price": price}
    })
}

/// The platform says that so many bids are here.
async fn hand_over(app: &TestApp, answer: &Value, number_of_bids: u32) {
    let tender = answer["tender"]["id"].as_str().unwrap();
    let path = format!("/v1/municipalities/{UTRECHT}/tenders/{tender}/hand-over-completions");
    app.as_role(Role::Platform).post(&path, json!({"numberOfBids": number_of_bids})).await.expect(201);
}

/// The same after its opening, with a bid on each lot.
fn an_opened_package() -> Value {
    let mut whole = a_package();
    whole["publication"] = json!({"publishedAt": "2026-03-02T09:00:00Z"});
    whole["opening"] = json!({"openedAt": "2026-04-01T10:01:00Z", "evidence": "proces-verbaal 2026-17"});
    whole["lots"][0]["bids"] = json!([a_bid("69599068", "398000"), a_bid("68750110", "371000")]);
    whole["lots"][1]["bids"] = json!([a_bid("69599068", "412000")]);
    whole
}

async fn number_of_bids(app: &TestApp, answer: &Value, lot: usize) -> usize {
    let (tender, lot) =
        (answer["tender"]["id"].as_str().unwrap(), answer["lots"][lot]["id"].as_str().unwrap());
    let path = format!("/v1/municipalities/{UTRECHT}/tenders/{tender}/lots/{lot}/bids");
    let bids = app.as_role(Role::Auditor).get(&path).await.expect(200).json();
    bids["items"].as_array().unwrap().len()
}

#[actix_web::test]
async fn a_whole_tender_is_made_in_one_request_and_the_same_again_changes_nothing() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.clock.set(AFTER_DEADLINE);
        let platform = app.as_role(Role::Platform);
        let made = platform.put(&package("P-1"), None, an_opened_package()).await.expect(201);
        let etag = made.header("etag").unwrap().to_owned();
        let made = made.json();
        assert_eq!((&made["complete"], &made["tender"]["state"]), (&json!(true), &json!("opened")));
        assert_eq!(made["tender"]["externalReference"], "P-1");
        assert_eq!(made["tender"]["publishedAt"], "2026-03-02T09:00:00Z");
        assert_eq!(made["receipts"].as_array().unwrap().len(), 3);
        hand_over(&app, &made, 3).await;
        assert_eq!((number_of_bids(&app, &made, 0).await, number_of_bids(&app, &made, 1).await), (2, 1));
        let again = platform.put(&package("P-1"), None, an_opened_package()).await.expect(200);
        assert_eq!(again.header("etag"), Some(etag.as_str()));
        let again = again.json();
        assert_eq!((&again["lots"], &again["receipts"]), (&made["lots"], &json!([])));
        let shown = platform.get(&package("P-1")).await.expect(200).json();
        assert_eq!(shown["lots"], made["lots"]);
        app.as_role(Role::Auditor).get(&package("P-2")).await.problem(404);
        for tag in ["\"1\"", "W/\"1\""] {
            let (code, _) = platform.put(&package("P-2"), Some(tag), a_package()).await.problem(412);
            assert_eq!(code, "changed", "{tag}");
        }
        platform.put(&package("P-2"), Some("*"), a_package()).await.problem(428);
    })
    .await;
}

#[actix_web::test]
async fn a_tender_grows_with_each_request_and_wants_the_version_that_was_read() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let platform = app.as_role(Role::Platform);
        let path = package("P-1");
        let draft = platform.put(&path, None, a_package()).await.expect(201);
        assert_eq!(draft.json()["tender"]["state"], "draft");
        let lots = draft.json()["lots"].clone();
        let mut whole = a_package();
        whole["tender"]["title"] = "Groenonderhoud".into();
        assert_eq!(platform.put(&path, None, whole.clone()).await.problem(428).0, "if-match-needed");
        assert_eq!(platform.put(&path, Some("\"7\""), whole.clone()).await.problem(412).0, "changed");
        let changed = platform.put(&path, draft.header("etag"), whole.clone()).await.expect(200);
        assert_eq!(changed.json()["lots"], lots, "a lot keeps its id");
        whole["publication"] = json!({});
        let published = platform.put(&path, changed.header("etag"), whole.clone()).await.expect(200);
        assert_eq!(published.json()["tender"]["state"], "published");
        let mut other = whole.clone();
        other["lots"][0]["lot"]["title"] = "Wijk Noord".into();
        let refused = platform.put(&path, published.header("etag"), other).await;
        assert_eq!(refused.problem(409).0, "published-already");
        app.clock.set(AFTER_DEADLINE);
        let platform = app.as_role(Role::Platform);
        whole["opening"] = an_opened_package()["opening"].clone();
        whole["lots"][1]["bids"] = an_opened_package()["lots"][1]["bids"].clone();
        whole["handOver"] = json!({"numberOfBids": 1});
        let opened = platform.put(&path, published.header("etag"), whole).await.expect(200).json();
        assert_eq!(
            (&opened["tender"]["state"], number_of_bids(&app, &opened, 1).await),
            (&json!("opened"), 1)
        );
    })
    .await;
}

/// The package with bids that are kept here on its first lot.
fn a_sealed_package(bids: &[(&str, &str)]) -> Value {
    let mut whole = a_package();
    whole["tender"]["bidCustody"] = "trede".into();
    whole["publication"] = json!({});
    let bids = bids.iter().map(|(kvk, price)| {
        let mut bid = a_bid(kvk, price);
        bid.as_object_mut().unwrap().remove("receipt");
        bid
    });
    whole["lots"][0]["bids"] = bids.collect();
    whole
}

#[actix_web::test]
async fn a_changed_package_keeps_the_sealed_bids_that_it_leaves_out() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let platform = app.as_role(Role::Platform);
        let path = package("P-1");
        let both = a_sealed_package(&[("69599068", "398000"), ("68750110", "371000")]);
        let made = platform.put(&path, None, both.clone()).await.expect(201);
        let kept = app.database.db.read(|c| {
            let reference = "P-1".parse().unwrap();
            tender_packages::find(c, UTRECHT.parse().unwrap(), &reference)
        });
        let hash = sha256_hex(&serde_json::to_vec(&both).unwrap());
        let kept = kept.unwrap().unwrap().fingerprint;
        assert!(kept.len() == 64 && kept != hash, "a price could be found by trying");
        let again = platform.put(&path, None, both).await.expect(200).json();
        assert_eq!(again["receipts"], json!([]), "the same body again receives nothing twice");
        let one = a_sealed_package(&[("69599068", "389000")]);
        let changed = platform.put(&path, made.header("etag"), one).await.expect(200).json();
        // How often it was sent would tell of bids.
        for role in [Role::Buyer, Role::Assessor, Role::Auditor, Role::Opener] {
            assert_eq!(app.as_role(role).get(&path).await.problem(409).0, "bids-not-opened", "{role}");
        }
        let trail = app.trail(&format!("/v1/municipalities/{UTRECHT}")).await;
        let sent = trail.iter().filter(|record| record["action"] == "replace_tender_package").count();
        assert_eq!(sent, 1, "only that it was sent first");
        assert_eq!(changed["receipts"].as_array().unwrap().len(), 1);
        app.clock.set(AFTER_DEADLINE);
        let tender = changed["tender"]["id"].as_str().unwrap();
        app.open(&format!("/v1/municipalities/{UTRECHT}/tenders/{tender}")).await.expect(200);
        assert_eq!(number_of_bids(&app, &changed, 0).await, 2);
    })
    .await;
}

#[actix_web::test]
async fn all_that_is_wrong_with_a_whole_tender_is_told_with_its_places_and_nothing_is_made() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.clock.set(AFTER_DEADLINE);
        let platform = app.as_role(Role::Platform);
        let mut wrong = an_opened_package();
        wrong["tender"]["title"] = " ".into();
        wrong["tender"]["externalReference"] = "other".into();
        wrong["lots"][1]["lot"]["number"] = 1.into();
        wrong["lots"][0]["awardModel"]["criteria"][0]["weight"] = "59".into();
        wrong["lots"][0]["bids"][1]["receipt"]["hash"] = "x".into();
        let (_, problem) = platform.put(&package("P-1"), None, wrong).await.problem(400);
        let places: Vec<_> = problem["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|place| place["pointer"].as_str().unwrap().to_owned())
            .collect();
        for place in
            ["/tender/title", "/tender/externalReference", "/lots/1/number", "/lots/0/bids/1/receipt/hash"]
        {
            assert!(places.iter().any(|found| found == place), "{place} is not in {places:?}");
        }
        assert!(places.iter().any(|place| place.starts_with("/lots/0/awardModel")), "{places:?}");
        platform.get(&package("P-1")).await.problem(404);
        for (change, place) in [
            (json!({"opening": null}), "/opening"),
            (json!({"publication": null}), "/publication"),
            (json!({"opening": null, "handOver": {"numberOfBids": 3}}), "/opening"),
            (json!({"publication": {"publishedAt": "2027-01-01T00:00:00Z"}}), "/publication/publishedAt"),
        ] {
            let mut unordered = an_opened_package();
            for (name, value) in change.as_object().unwrap() {
                unordered[name] = value.clone();
            }
            let (_, problem) = platform.put(&package("P-9"), None, unordered).await.problem(400);
            assert_eq!(problem["errors"][0]["pointer"], place);
        }
    })
    .await;
}

#[actix_web::test]
async fn a_bid_that_is_refused_keeps_no_other_out_and_the_request_goes_on_when_it_is_repaired() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.clock.set(AFTER_DEADLINE);
        let platform = app.as_role(Role::Platform);
        let mut whole = an_opened_package();
        whole["lots"][0]["bids"][0]["receipt"]["receivedAt"] = "2026-04-01T11:00:00Z".into();
        let (_, problem) = platform.put(&package("P-1"), None, whole.clone()).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/lots/0/bids/0");
        let shown = platform.get(&package("P-1")).await.expect(200);
        assert_eq!(shown.json()["complete"], false);
        let mut whole = an_opened_package();
        whole["handOver"] = json!({"numberOfBids": 3});
        let repaired = platform.put(&package("P-1"), shown.header("etag"), whole).await;
        let repaired = repaired.expect(200).json();
        assert_eq!(repaired["receipts"].as_array().unwrap().len(), 1, "the others were here");
        assert_eq!((&repaired["complete"], number_of_bids(&app, &repaired, 0).await), (&json!(true), 2));
    })
    .await;
}

async fn import(client: &Client, path: &str, lines: &str) -> Answer {
    client
        .send(Method::POST, path, |request| {
            request.insert_header(("Content-Type", "application/x-ndjson")).set_payload(lines.to_owned())
        })
        .await
}

#[actix_web::test]
async fn bids_come_in_by_lines_and_the_same_lines_again_bring_no_bid_twice() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.clock.set(AFTER_DEADLINE);
        let platform = app.as_role(Role::Platform);
        let mut whole = an_opened_package();
        whole["lots"][0]["bids"] = json!([]);
        whole["lots"][1]["bids"] = json!([]);
        let made = platform.put(&package("P-1"), None, whole).await.expect(201).json();
        let tender = made["tender"]["id"].as_str().unwrap();
        let path = format!("/v1/municipalities/{UTRECHT}/tenders/{tender}/bid-imports");
        let line = |lot: u16, kvk: u32| {
            json!({"lotNumber": lot, "bid": a_bid(&format!("{kvk:08}"), "398000")}).to_string()
        };
        let mut lines: Vec<String> = (1..=120).map(|kvk| line(1, kvk)).collect();
        lines[16] = "{\"lotNumber\": 1".to_owned();
        lines[40] = line(3, 41);
        lines[60] = line(1, 61).replace("\"398000\"", "\"veel\"");
        lines[80] = String::new();
        let sent = lines.join("\n");
        let told = import(&platform, &path, &sent).await.expect(200).json();
        assert_eq!(
            (&told["received"], &told["known"], &told["refused"]),
            (&json!(116), &json!(0), &json!(3))
        );
        let places: Vec<_> = told["lines"]
            .as_array()
            .unwrap()
            .iter()
            .map(|line| (line["line"].as_u64().unwrap(), line["errors"][0]["pointer"].as_str().unwrap()))
            .collect();
        assert_eq!(places, [(17, ""), (41, "/lotNumber"), (61, "/bid/offer/price")]);
        lines[16] = line(1, 17);
        let marked = format!("\u{feff}{}", lines.join("\r\n"));
        let told = import(&platform, &path, &marked).await.expect(200).json();
        assert_eq!(
            (&told["received"], &told["known"], &told["refused"]),
            (&json!(1), &json!(116), &json!(2))
        );
        hand_over(&app, &made, 117).await;
        assert_eq!(number_of_bids(&app, &made, 0).await, 50, "a page of them");
        let told = import(&platform, &path, &line(1, 121)).await.expect(200).json();
        assert_eq!(told["lines"][0]["errors"][0]["code"], "bid-after-hand-over");
        assert_eq!(import(&platform, &path, &line(1, 120)).await.expect(200).json()["known"], 1);
        platform.post(&path, json!({})).await.problem(415);
        assert_eq!(import(&platform, &path, &"x".repeat(2_000_000)).await.problem(413).0, "too-large");
    })
    .await;
}
