//! Auditors read the audit trail over the API, and take its anchor.

use trede_model::frame::role::Role;

use crate::api::app::on_each_database;
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};
use crate::api::world::{a_lot, a_tender, tenders};

const UTRECHT: &str = "/v1/municipalities/gm0344";

#[actix_web::test]
async fn an_auditor_reads_who_did_what_and_takes_the_anchor() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let auditor = app.as_role(Role::Auditor);
        let buyer = app.as_role(Role::Buyer);
        let made = buyer.post(&tenders("gm0344"), a_tender()).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        buyer.post(&format!("{tender}/lots"), a_lot(1)).await.expect(201);
        buyer.post(&format!("{tender}/lots"), a_lot(1)).await.problem(409);

        let records = auditor.get(&format!("{UTRECHT}/audit-records")).await.expect(200).json();
        let records = records["items"].as_array().unwrap();
        let actions: Vec<_> = records.iter().map(|record| record["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["create_tender", "create_lot", "create_lot:refused:lot-number-exists"]);
        let last = records.last().unwrap();
        assert!(last["object"].as_str().unwrap().starts_with("tenders/"));

        let anchors = auditor.get(&format!("{UTRECHT}/audit-anchors")).await.expect(200).json();
        let anchors = anchors["items"].as_array().unwrap();
        let anchor = anchors.iter().find(|anchor| anchor["chain"] == last["chain"]).unwrap();
        assert_eq!(anchor["scope"], "gm0344");
        assert_eq!(anchor["sequence"], 3);
        assert_eq!(anchor["hash"], last["hash"]);
    })
    .await;
}

#[actix_web::test]
async fn who_tries_what_is_refused_leaves_a_record_but_does_not_fill_the_trail() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let (auditor, buyer, assessor) =
            (app.as_role(Role::Auditor), app.as_role(Role::Buyer), app.as_role(Role::Assessor));
        let made = buyer.post(&tenders("gm0344"), a_tender()).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        for _ in 0..30 {
            assessor.post(&format!("{tender}/publications"), serde_json::json!({})).await.problem(403);
        }
        // Whose bids came, and how many, is told by nothing before the opening.
        buyer
            .post(&format!("{tender}/lots/{}/bids", uuid::Uuid::nil()), serde_json::json!({}))
            .await
            .problem(403);
        // Of another municipality nobody fills the trail.
        app.as_role(Role::Buyer).post(&tenders("gm0363"), a_tender()).await.problem(403);

        let records = auditor.get(&format!("{UTRECHT}/audit-records?limit=100")).await.expect(200).json();
        let records = records["items"].as_array().unwrap();
        let refused: Vec<_> = records
            .iter()
            .filter(|record| record["action"].as_str().unwrap().contains(":refused:"))
            .collect();
        assert_eq!(refused.len(), 10);
        for record in refused {
            assert_eq!(record["action"], "publish_tender:refused:forbidden");
            assert!(record["object"].as_str().unwrap().ends_with("/publications"));
        }
    })
    .await;
}

#[actix_web::test]
async fn an_auditor_compares_an_object_with_its_last_record() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let (auditor, buyer) = (app.as_role(Role::Auditor), app.as_role(Role::Buyer));
        let made = buyer.post(&tenders("gm0344"), a_tender()).await.expect(201);
        let tender = made.header("location").unwrap().rsplit('/').next().unwrap().to_owned();
        let state = |object: String| {
            let auditor = auditor.clone();
            async move { auditor.get(&format!("{UTRECHT}/audit-state?object={object}")).await }
        };
        let found = state(format!("tenders/{tender}")).await.expect(200).json();
        assert_eq!(found["standing"], "as-recorded");
        assert_eq!(found["record"]["action"], "create_tender");
        assert_eq!(found["record"]["stateForms"], 1);
        let none = state("tenders/0190a5c8-0000-7000-8000-000000000001".to_owned()).await.expect(200).json();
        assert_eq!((none["standing"].as_str(), none.get("record")), (Some("unknown"), None));
        for wrong in ["tenders", "elsewhere/1", "organisations/12345678"] {
            assert_eq!(state(wrong.to_owned()).await.problem(400).0, "invalid", "{wrong}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_trail_is_read_a_page_at_a_time() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let auditor = app.as_role(Role::Auditor);
        for _ in 0..3 {
            app.as_role(Role::Buyer).post(&tenders("gm0344"), a_tender()).await.expect(201);
        }
        let first = auditor.get(&format!("{UTRECHT}/audit-records?limit=2")).await.expect(200);
        assert_eq!(first.json()["items"].as_array().unwrap().len(), 2);
        let next = first.page("next").unwrap();
        let rest = auditor.get(&format!("{UTRECHT}/audit-records{next}")).await.expect(200).json();
        assert_eq!(rest["items"][0]["sequence"], 3);
    })
    .await;
}

#[actix_web::test]
async fn who_reads_what_is_about_people_leaves_a_record_for_each_request() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let entry =
            app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-08-31")).await;
        let coordinator = app.as_coordinator("anna");
        coordinator.get(&entry).await.expect(200);
        coordinator.get(&format!("{contract}/entries")).await.expect(200);
        coordinator.get(&format!("{UTRECHT}/exports/entries/content")).await.expect(200);
        // Nothing of a candidate stands in these.
        coordinator.get(&contract).await.expect(200);
        coordinator.get(&format!("{UTRECHT}/exports/ledger/content")).await.expect(200);
        app.as_contractor(PLANTSOEN).get(&entry).await.problem(404);

        let records = app.as_role(Role::Auditor).get(&format!("{UTRECHT}/audit-records")).await.json();
        let read: Vec<_> = records["items"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|record| record["action"].as_str().unwrap().starts_with(['g', 'l']))
            .map(|record| (record["actor"].as_str().unwrap(), record["action"].as_str().unwrap()))
            .collect();
        assert_eq!(read, [("anna", "get_entry"), ("anna", "list_entries"), ("anna", "get_export")]);
    })
    .await;
}

#[actix_web::test]
async fn a_record_holds_hashes_of_its_object_before_and_after() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let buyer = app.as_role(Role::Buyer);
        let made = buyer.post(&tenders("gm0344"), a_tender()).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        let mut changed = a_tender();
        changed["title"] = "Een andere titel".into();
        buyer.put(&tender, made.header("etag"), changed).await.expect(200);
        buyer.delete(&tender, Some("\"2\"")).await.expect(204);
        let records = app.as_role(Role::Auditor).get(&format!("{UTRECHT}/audit-records")).await.json();
        let told: Vec<_> = records["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| {
                (record["action"].as_str().unwrap(), record.get("beforeHash"), record.get("afterHash"))
            })
            .collect();
        assert!(matches!(told[0], ("create_tender", None, Some(_))), "{told:?}");
        assert!(
            matches!(told[1], ("update_tender", Some(before), Some(after)) if before != after),
            "{told:?}"
        );
        assert!(matches!(told[2], ("delete_tender", Some(_), None)), "{told:?}");
    })
    .await;
}
