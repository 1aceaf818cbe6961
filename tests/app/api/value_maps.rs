//! What social return yields, over HTTP.

use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_service::clock::Clock;

use crate::api::app::{TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_placement, a_policy};

const MAPS: &str = "/v1/municipalities/gm0344/value-maps";

/// The placement of the published example: TPV 36,632.73, ratio 0.73.
fn placement() -> Value {
    serde_json::from_str(include_str!("../../../examples/sroi-plaatsing.json")).unwrap()
}

fn of_a_project(map: &Value) -> Value {
    json!({"scope": "project", "subject": "Groen dichtbij", "language": "en", "valueMap": map})
}

async fn kept(app: &TestApp) -> String {
    app.with_utrecht().await;
    let coordinator = app.as_role(Role::Coordinator);
    let made = coordinator.post(MAPS, of_a_project(&placement())).await.expect(201);
    made.header("location").unwrap().to_owned()
}

#[actix_web::test]
async fn the_published_cases_come_out_to_the_cent() {
    on_each_database(async |app| {
        let anybody = app.as_role(Role::Bidder);
        for (file, ratio, net) in [
            (include_str!("../../../examples/sroi-plaatsing.json"), "0.73", "-0.27"),
            (include_str!("../../../examples/sroi-scholing.json"), "2.68", "1.68"),
            (include_str!("../../../examples/sroi-werkprogramma.json"), "1.44", "0.44"),
        ] {
            let map = serde_json::from_str(file).unwrap();
            let result = anybody.post("/v1/sroi-simulations?explain=true", map).await.expect(200).json();
            assert_eq!(result["sroiRatio"]["rounded"], ratio);
            assert_eq!(result["netSroiRatio"]["rounded"], net);
            assert!(!result["explanation"].as_array().unwrap().is_empty());
        }
    })
    .await;
}

#[actix_web::test]
async fn everything_that_is_wrong_with_a_map_is_told_with_its_place() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let mut map = placement();
        map["title"] = json!(" ");
        map["outcomes"][0]["deadweight"]["percent"] = json!("130");
        map["outcomes"][1]["deadweight"]["explanation"] = json!("");
        let coordinator = app.as_role(Role::Coordinator);
        let mut body = of_a_project(&map);
        body["subject"] = json!("");
        let (code, problem) = coordinator.post(MAPS, body).await.problem(400);
        assert_eq!(code, "invalid");
        let errors = problem["errors"].as_array().unwrap();
        let places: Vec<_> = errors.iter().map(|error| error["pointer"].as_str().unwrap()).collect();
        for place in [
            "/subject",
            "/valueMap/title",
            "/valueMap/outcomes/0/deadweight/percent",
            "/valueMap/outcomes/1/deadweight/explanation",
        ] {
            assert!(places.contains(&place), "{place} in {places:?}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_changed_map_is_a_new_version_and_the_old_one_stays() {
    on_each_database(async |app| {
        let path = kept(&app).await;
        let coordinator = app.as_role(Role::Coordinator);
        let first = coordinator.get(&path).await.expect(200);
        assert_eq!(first.header("etag"), Some("\"1\""));
        assert_eq!(first.json()["result"]["sroiRatio"]["rounded"], "0.73");
        let mut map = placement();
        map["inputs"][0]["amount"] = json!("25000.00");
        let change = json!({"reason": "Kosten waren lager", "valueMap": map});
        let changed = coordinator.put(&path, Some("\"1\""), change.clone()).await.expect(200);
        assert_eq!(changed.header("etag"), Some("\"2\""));
        assert_eq!(changed.json()["result"]["sroiRatio"]["rounded"], "1.47");
        let auditor = app.as_role(Role::Auditor);
        let versions = auditor.get(&format!("{path}/versions")).await.expect(200).json();
        let numbers: Vec<_> = versions["items"].as_array().unwrap().iter().map(|v| &v["number"]).collect();
        assert_eq!(numbers, [1, 2]);
        let old = auditor.get(&format!("{path}/versions/1")).await.expect(200).json();
        assert_eq!(old["result"], first.json()["result"]);
        assert_eq!(old["version"], 2);
        assert_eq!(coordinator.put(&path, Some("\"1\""), change).await.problem(412).0, "changed");
        auditor.get(&format!("{path}/versions/3")).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn a_change_says_what_it_corrects() {
    on_each_database(async |app| {
        let path = kept(&app).await;
        let change = json!({"reason": "", "valueMap": placement()});
        let (_, problem) =
            app.as_role(Role::Coordinator).put(&path, Some("\"1\""), change).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/reason");
    })
    .await;
}

#[actix_web::test]
async fn a_quantity_is_counted_from_the_approved_entries_of_a_contract() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let coordinator = app.as_role(Role::Coordinator);
        for (candidate, from, until) in [
            ("K-1", "2026-01-01", "2026-03-31"),
            ("K-1", "2026-04-01", "2026-06-30"),
            ("K-2", "2026-01-01", "2026-06-30"),
        ] {
            let entry = app.with_submitted(&contract, GROEN, a_placement(candidate, from, until)).await;
            coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
        }
        // Handed in, and not approved: it does not count.
        app.with_submitted(&contract, GROEN, a_placement("K-3", "2026-01-01", "2026-06-30")).await;

        let id = contract.rsplit('/').next().unwrap();
        let mut map = placement();
        map["outcomes"][0].as_object_mut().unwrap().remove("quantity");
        let counting = |count: &str| json!({"block": "participatiewet", "count": count});
        map["outcomes"][0]["quantityFrom"] = counting("people");
        map["outcomes"][1]["quantityFrom"] = counting("entries");
        let mut kept = of_a_project(&map);
        let (_, problem) = coordinator.post(MAPS, kept.clone()).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/valueMap/outcomes/0/quantityFrom/contractIds");
        kept["scope"] = json!("contract");
        kept["subject"] = json!(id);
        let made = coordinator.post(MAPS, kept.clone()).await.expect(201);
        let made = coordinator.get(made.header("location").unwrap()).await.expect(200).json();
        let outcomes = &made["valueMap"]["outcomes"];
        assert_eq!((&outcomes[0]["quantity"], &outcomes[1]["quantity"]), (&json!("2"), &json!("3")));
        assert_eq!(outcomes[0]["quantityFrom"]["countedOn"], app.clock.now().date_naive().to_string());

        let foreign = json!(["0190a5c8-0000-7000-8000-000000000031"]);
        kept["valueMap"]["outcomes"][0]["quantityFrom"]["contractIds"] = foreign;
        let (_, problem) = coordinator.post(MAPS, kept).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "contract-unknown");
        // Without the service there is nothing to count.
        let (_, problem) = coordinator.post("/v1/sroi-simulations", map).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "quantity-missing");
    })
    .await;
}
