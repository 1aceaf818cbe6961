//! Open data: closed until opened, and never more than may be told.

use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_wire::score_result::{LanguageCode, ResultOptions, score};

use crate::api::app::{TestApp, UTRECHT, on_each_database};
use crate::api::world::{AFTER_DEADLINE, a_tender};

fn open_data(what: &str) -> String {
    format!("/v1/municipalities/{UTRECHT}/open-data/{what}")
}

async fn open(app: &TestApp) {
    let settings = format!("/v1/municipalities/{UTRECHT}/open-data-settings");
    let body = json!({"open": true, "ocidPrefix": "ocds-213czf"});
    app.as_role(Role::Administrator).put(&settings, Some("\"0\""), body).await.expect(200);
}

/// Two organisations bid, the lot is evaluated and awarded to the first.
async fn awarded(app: &TestApp) -> String {
    let mut tender = a_tender();
    tender["bidCustody"] = json!("trede");
    let (tender, lot) = app.with_published(tender).await;
    for (kvk, price) in [("69599068", "398000.00"), ("68750110", "371000.00")] {
        let mut claims = app.claims(Role::Bidder);
        claims.kvk = Some(kvk.to_owned());
        let bid = crate::api::world::a_bid(kvk, price);
        app.with_claims(claims).post(&format!("{lot}/bids"), bid).await.expect(201);
    }
    app.clock.set(AFTER_DEADLINE);
    app.open(&tender).await.expect(200);
    let buyer = app.as_role(Role::Buyer);
    let bids = buyer.get(&format!("{lot}/bids")).await.expect(200).json();
    let bid = |kvk: &str| {
        let items = bids["items"].as_array().unwrap();
        items.iter().find(|bid| bid["bidderKvkNumber"] == kvk).unwrap()["id"].clone()
    };
    let assessments = [("69599068", "9"), ("68750110", "2")].map(|(kvk, score)| {
        json!({
            "bidId": bid(kvk), "criterion": "plan", "kind": "individual", "score": score, "motivation": "geheim oordeel"
        })
    });
    app.with_scores(&lot, assessments).await;
    let evaluation = buyer.post(&format!("{lot}/evaluations"), json!({})).await.expect(201).json();
    let first = evaluation["result"]["lots"][0]["ranking"][0]["id"].clone();
    let proposal = json!({"evaluationId": evaluation["id"], "bidId": first, "motivation": "Beste prijs-kwaliteit.", "standstillDays": 0});
    buyer.post(&format!("{lot}/award-proposals"), proposal).await.expect(201);
    buyer.post(&format!("{lot}/awards"), json!({})).await.expect(200);
    tender
}

fn tags(package: &Value) -> Vec<String> {
    let releases = package["releases"].as_array().unwrap();
    releases.iter().map(|release| release["tag"][0].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn open_data_are_closed_until_an_administrator_opens_them() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let nobody = app.as_nobody();
        nobody.get(&open_data("releases")).await.problem(404);
        let settings = format!("/v1/municipalities/{UTRECHT}/open-data-settings");
        let administrator = app.as_role(Role::Administrator);
        let found = administrator.get(&settings).await.expect(200);
        assert_eq!((found.header("etag"), found.json()), (Some("\"0\""), json!({"open": false})));
        let lacking =
            administrator.put(&settings, Some("\"0\""), json!({"open": true, "license": "cc0"})).await;
        let (_, problem) = lacking.problem(400);
        let codes: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|error| &error["code"]).collect();
        assert_eq!(codes, ["prefix-needed", "no-url"]);
        open(&app).await;
        let package = nobody.get(&open_data("releases")).await.expect(200);
        assert_eq!(package.header("access-control-allow-origin"), Some("*"));
        assert_eq!(package.json()["releases"], json!([]));
        administrator.put(&settings, Some("\"1\""), json!({"open": false})).await.expect(200);
        nobody.get(&open_data("records")).await.problem(404);
    })
    .await;
}

/// What a bidder types stays with the bidder: the score file and its bids come to what the service answers.
#[actix_web::test]
async fn bids_in_the_score_file_of_a_lot_come_to_what_the_service_says() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (tender, lot) = app.with_published(a_tender()).await;
        let nobody = app.as_nobody();
        let open_lot = lot.replace("/tenders/", "/open-data/tenders/");
        nobody.get(&format!("{open_lot}/score-file")).await.problem(404);
        open(&app).await;
        let other = tender.replace("/tenders/", "/open-data/tenders/");
        let unknown = format!("{other}/lots/0190a5c8-0000-7000-8000-000000000002/score-file");
        nobody.get(&unknown).await.problem(404);
        let mut file = nobody.get(&format!("{open_lot}/score-file")).await.expect(200).json();
        assert_eq!(file["lots"][0]["bids"], json!([]));
        let received = "2026-03-30T09:00:00Z";
        let bids = json!([
            {"id": "own", "price": "398000.00", "scores": {"plan": "8"}, "receivedAt": received},
            {"id": "other", "price": "410000.00", "scores": {"plan": "9"}, "receivedAt": received},
        ]);
        let tried = json!({"bids": bids});
        let answer = nobody.post(&format!("{open_lot}/bid-simulations?language=en"), tried).await.expect(200);
        file["lots"][0]["bids"] = bids;
        file["lots"][0]["referencePrice"] = "398000.00".into();
        let file = trede_wire::json::parse(file.to_string().as_bytes()).unwrap();
        let options = ResultOptions { language: LanguageCode::En, explain: true, analyse: true };
        let scored = serde_json::to_value(score(&file, options).unwrap()).unwrap();
        assert_eq!(answer.json(), scored);
    })
    .await;
}

#[actix_web::test]
async fn a_draft_is_not_told_and_bids_are_not_before_their_opening() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        open(&app).await;
        let (draft, _) = app.with_draft(a_tender()).await;
        let nobody = app.as_nobody();
        assert_eq!(nobody.get(&open_data("releases")).await.expect(200).json()["releases"], json!([]));
        let id = draft.rsplit('/').next().unwrap().to_owned();
        nobody.get(&open_data(&format!("records/{id}"))).await.problem(404);
        let (_, lot) = app.with_published(a_tender()).await;
        let before = nobody.get(&open_data("releases")).await.expect(200).body;
        let bidder = app.as_role(Role::Bidder);
        bidder
            .post(&format!("{lot}/bids"), crate::api::world::a_bid("69599068", "398000.00"))
            .await
            .expect(201);
        let after = nobody.get(&open_data("releases")).await.expect(200).body;
        assert_eq!(String::from_utf8(before), String::from_utf8(after), "a bid leaves no trace");
    })
    .await;
}

#[actix_web::test]
async fn an_award_tells_the_winner_and_of_the_others_rank_and_level_only() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        open(&app).await;
        let tender = awarded(&app).await;
        let nobody = app.as_nobody();
        let package = nobody.get(&open_data("releases")).await.expect(200).json();
        assert_eq!(tags(&package), ["tender", "award"]);
        let award = &package["releases"][1]["awards"][0];
        assert_eq!(award["value"], json!({"amount": 398000, "currency": "EUR"}));
        assert_eq!(award["suppliers"][0]["id"], "NL-KVK-69599068");
        let bids = &package["releases"][1]["bids"];
        assert_eq!(bids["statistics"][0]["value"], 2);
        let ranks: Vec<_> =
            bids["details"].as_array().unwrap().iter().map(|bid| &bid["evaluation"]["rank"]).collect();
        assert_eq!(ranks, [1, 2]);
        // From a total, or from what a level added to it, a price could be computed.
        for bid in bids["details"].as_array().unwrap() {
            let told: Vec<_> = bid["evaluation"].as_object().unwrap().keys().collect();
            assert!(told.iter().all(|name| ["rank", "psoLevel"].contains(&name.as_str())), "{told:?}");
        }
        for told in [package, nobody.get(&open_data("records")).await.expect(200).json()] {
            let text = told.to_string();
            for secret in
                ["68750110", "371000", "Inschrijver 68750110", "geheim oordeel", "assessor-1", "buyer-1"]
            {
                assert!(!text.contains(secret), "{secret} is told in {text}");
            }
        }
        let id = tender.rsplit('/').next().unwrap();
        let record = nobody.get(&open_data(&format!("records/{id}"))).await.expect(200).json();
        assert_eq!(record["records"][0]["ocid"], format!("ocds-213czf-{id}"));
        assert_eq!(record["records"][0]["compiledRelease"]["tag"], json!(["compiled"]));
        keep_for_other_tools(&app, "releases").await;
        keep_for_other_tools(&app, "records").await;
    })
    .await;
}

/// Writes a package to the folder in `OCDS_SAMPLES`, where a check with another program wants it.
#[allow(clippy::disallowed_methods)]
async fn keep_for_other_tools(app: &TestApp, what: &str) {
    if let Some(folder) = std::env::var_os("OCDS_SAMPLES") {
        let body = app.as_nobody().get(&open_data(what)).await.expect(200).body;
        std::fs::write(std::path::Path::new(&folder).join(format!("{what}.json")), body).unwrap();
    }
}

#[actix_web::test]
async fn a_package_goes_on_over_as_many_tenders_as_there_are() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        open(&app).await;
        for _ in 0..23 {
            app.with_published(a_tender()).await;
        }
        let package = app.as_nobody().get(&open_data("records")).await.expect(200).json();
        let ids: std::collections::BTreeSet<_> = package["records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| record["ocid"].as_str().unwrap())
            .collect();
        assert_eq!(ids.len(), 23);
    })
    .await;
}

#[actix_web::test]
async fn our_extension_is_served_to_anybody() {
    on_each_database(|app| async move {
        let extension = app.as_nobody().get("/v1/ocds-extension/extension.json").await.expect(200).json();
        assert_eq!(extension["schemas"], json!(["release-schema.json"]));
        let schema = app.as_nobody().get("/v1/ocds-extension/release-schema.json").await.expect(200).json();
        assert!(schema["definitions"]["Bid"]["properties"]["evaluation"].is_object());
    })
    .await;
}
