//! What is held about people can be heard, corrected and removed, and the audit trail stays whole.

use diesel::connection::SimpleConnection;
use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_model::trust::audit_check::Breach;
use trede_service::trust::audit::verify;
use trede_store::frame::connection::AnyConnection;
use trede_store::frame::error::StorageError;

use crate::app::{Client, TestApp, UTRECHT, on_each_database};
use crate::support::TestDatabase;
use crate::world::{BEFORE_DEADLINE, a_bid, a_tender};

const BASE: &str = "/v1/municipalities/gm0344";

async fn with_a_tender(app: &TestApp) -> Client {
    let municipality = json!({"id": UTRECHT, "name": "Utrecht"});
    app.as_role(Role::Operator).post("/v1/municipalities", municipality).await.expect(201);
    let buyer = app.as_role(Role::Buyer);
    let tender = json!({"title": "A", "buyer": "Gemeente Utrecht", "bidCustody": "trede"});
    buyer.post(&format!("{BASE}/tenders"), tender).await.expect(201);
    app.as_role(Role::PrivacyOfficer)
}

async fn overview(officer: &Client, name: &str) -> Value {
    officer.post(&format!("{BASE}/person-overviews"), json!({"name": name})).await.expect(200).json()
}

fn removal(name: &str, before: &str) -> Value {
    json!({"name": name, "recordedBefore": before, "basis": "Bewaartermijn verstreken"})
}

fn breaches(database: &TestDatabase) -> Vec<Breach> {
    verify(&database.db, &[]).unwrap().chains.into_iter().flat_map(|chain| chain.breaches).collect()
}

#[actix_web::test]
async fn somebody_hears_what_is_held_about_them() {
    on_each_database(|app| async move {
        let officer = with_a_tender(&app).await;
        let held = overview(&officer, "buyer-1").await;
        assert_eq!(held["actsInAll"], 1);
        assert_eq!(held["acts"][0]["action"], "create_tender");
        assert_eq!(overview(&officer, "nobody").await, json!({"namedIn": [], "acts": [], "actsInAll": 0}));
        // That it was asked is recorded, and not about whom.
        let acts = app.as_role(Role::Auditor).get(&format!("{BASE}/audit-records")).await.json();
        let asked: Vec<_> = acts["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|act| act["action"] == "create_person_overview")
            .collect();
        assert_eq!(asked.len(), 2);
        assert!(asked.iter().all(|act| !act["object"].as_str().unwrap().contains("buyer-1")));
    })
    .await;
}

#[actix_web::test]
async fn a_removed_name_is_gone_and_the_chain_is_whole() {
    on_each_database(|app| async move {
        with_a_tender(&app).await;
        app.clock.set("2027-03-02T09:00:00Z");
        let officer = app.as_role(Role::PrivacyOfficer);
        let path = format!("{BASE}/person-removals");
        let done = officer.post(&path, removal("buyer-1", "2027-01-01")).await.expect(200).json();
        assert_eq!(done["removed"], json!([{"kind": "audit-record", "records": 1}]));
        assert_eq!((&done["kept"], &done["actsKept"]), (&json!([]), &json!(0)));
        assert_eq!(overview(&officer, "buyer-1").await["actsInAll"], 0);
        let acts = app.as_role(Role::Auditor).get(&format!("{BASE}/audit-records")).await.json();
        assert!(!acts.to_string().contains("buyer-1"), "{acts}");
        assert!(acts.to_string().contains(done["pseudonym"].as_str().unwrap()));
        assert_eq!(breaches(&app.database), []);
        let listed = app.as_role(Role::Auditor).get(&path).await.expect(200).json();
        assert_eq!(listed["items"][0]["basis"], "Bewaartermijn verstreken");
    })
    .await;
}

#[actix_web::test]
async fn what_must_be_kept_keeps_the_name_and_that_is_told() {
    on_each_database(|app| async move {
        let officer = with_a_tender(&app).await;
        let path = format!("{BASE}/person-removals");
        // The tender was made on 2 March 2026.
        let done = officer.post(&path, removal("buyer-1", "2026-03-02")).await.expect(200).json();
        assert_eq!((&done["removed"], &done["actsKept"]), (&json!([]), &json!(1)));
        assert_eq!(overview(&officer, "buyer-1").await["actsInAll"], 1);
        let (_, problem) = officer.post(&path, removal(" ", "2026-03-03")).await.problem(400);
        let places: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].clone()).collect();
        assert_eq!(places, ["/name", "/recordedBefore"]);
        assert_eq!(breaches(&app.database), []);
    })
    .await;
}

#[actix_web::test]
async fn a_name_that_somebody_removed_in_the_database_is_found() {
    on_each_database(|app| async move {
        with_a_tender(&app).await;
        assert_eq!(breaches(&app.database), []);
        let statement = "UPDATE audit_records SET actor = 'removed:x', client = NULL, address = NULL, \
                         person_salt = NULL WHERE action = 'create_tender'";
        let tampered: Result<(), StorageError> = app.database.db.read(|c| match c {
            AnyConnection::Postgres(c) => Ok(c.batch_execute(statement)?),
            AnyConnection::Sqlite(c) => Ok(c.batch_execute(statement)?),
        });
        tampered.unwrap();
        assert_eq!(breaches(&app.database), [Breach::RemovedUnseen { sequence: 1 }]);
    })
    .await;
}

#[actix_web::test]
async fn a_contact_gets_the_corrected_name_and_deeds_keep_theirs() {
    on_each_database(|app| async move {
        let officer = with_a_tender(&app).await;
        let coordinator = app.as_role(Role::Coordinator);
        let contract = json!({"terms": {
            "title": "Groen", "contractorKvkNumber": "69599068", "kind": "services", "contractSum": "1000000",
            "startsOn": "2026-01-01", "endsOn": "2029-12-31", "coordinator": "coordinator-1"
        }});
        let contract = coordinator.post(&format!("{BASE}/contracts"), contract).await.expect(201).json();
        let body = json!({"name": "coordinator-1", "correctedName": "coordinator-2"});
        let done = officer.post(&format!("{BASE}/person-corrections"), body).await.expect(200).json();
        assert_eq!(done, json!({"corrected": [{"kind": "contract", "records": 1}]}));
        let path = format!("{BASE}/contracts/{}", contract["id"].as_str().unwrap());
        assert_eq!(coordinator.get(&path).await.json()["terms"]["coordinator"], "coordinator-2");
        assert_eq!(overview(&officer, "coordinator-1").await["actsInAll"], 1);
        assert_eq!(breaches(&app.database), []);
    })
    .await;
}

#[actix_web::test]
async fn a_word_of_the_service_is_nobodys_name() {
    on_each_database(|app| async move {
        with_a_tender(&app).await;
        let (_, lot) = app.with_published(a_tender()).await;
        app.clock.set(BEFORE_DEADLINE);
        let bid = a_bid("69599068", "398000.00");
        app.as_role(Role::Bidder).post(&format!("{lot}/bids"), bid).await.expect(201);
        app.clock.set("2027-03-02T09:00:00Z");
        let officer = app.as_role(Role::PrivacyOfficer);
        let nothing = json!({"namedIn": [], "acts": [], "actsInAll": 0});
        for word in ["sealed", "trede", "removed:0190a5c8-0000-7000-8000-000000000001"] {
            assert_eq!(overview(&officer, word).await, nothing, "{word}");
            let path = format!("{BASE}/person-removals");
            let done = officer.post(&path, removal(word, "2027-01-01")).await.expect(200).json();
            assert_eq!(
                (&done["removed"], &done["kept"], &done["actsKept"]),
                (&json!([]), &json!([]), &json!(0))
            );
            let mut claims = app.claims(Role::Buyer);
            claims.sub = word.to_owned();
            app.with_claims(claims).get(&format!("{BASE}/tenders")).await.expect(401);
            let body = json!({"name": "buyer-1", "correctedName": word});
            let (_, problem) = officer.post(&format!("{BASE}/person-corrections"), body).await.problem(400);
            assert_eq!(problem["errors"][0]["code"], "name-reserved");
        }
        assert_eq!(breaches(&app.database), []);
    })
    .await;
}
