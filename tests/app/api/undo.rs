//! Mistakes that are undone: an import as a whole, a version of a policy that nothing uses.

use actix_web::http::Method;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Answer, Client, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";

const CONTRACTS: &str = "externalReference;title;contractorKvkNumber;kind;contractSum;assignedOn;startsOn;endsOn\n\
    OPD-1;Groenonderhoud;69599068;services;1000000,00;01-01-2026;01-01-2026;31-12-2027\n\
    OPD-2;Schilderwerk;68750110;works;500000,00;2026-01-01;2026-01-01;2026-12-31\n";
const ENTRIES: &str = "contractReference,externalReference,kind,block,quantity\n\
    OPD-1,V-1,activity,activiteit,1\n\
    OPD-1,V-2,activity,activiteit,2\n\
    OPD-2,V-3,activity,activiteit,3\n";

async fn imported(client: &Client, what: &str, table: &'static str) -> Value {
    let complete = |request: actix_web::test::TestRequest| {
        request.insert_header(("Content-Type", "text/csv")).set_payload(table)
    };
    client.send(Method::POST, &format!("{MUNICIPALITY}/{what}"), complete).await.expect(200).json()
}

async fn rolled_back(client: &Client, what: &str, report: &Value) -> Answer {
    let import = report["importId"].as_str().unwrap();
    client.post(&format!("{MUNICIPALITY}/{what}/{import}/rollbacks"), json!({})).await
}

#[actix_web::test]
async fn an_import_is_rolled_back_as_a_whole_while_nothing_of_it_was_decided() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let coordinator = app.as_role(Role::Coordinator);
        let contracts = imported(&coordinator, "contract-imports", CONTRACTS).await;
        assert_eq!(
            rolled_back(&coordinator, "contract-imports", &contracts).await.expect(200).json()["removed"],
            2
        );
        let again = rolled_back(&coordinator, "contract-imports", &contracts).await;
        assert_eq!(again.problem(409).0, "rolled-back-already");
        let list = format!("{MUNICIPALITY}/contracts");
        assert_eq!(coordinator.get(&list).await.json()["items"], json!([]));
        let export = coordinator.get(&format!("{MUNICIPALITY}/exports/contracts/content?format=json")).await;
        assert_eq!(export.expect(200).json(), json!([]));
        assert_eq!(
            coordinator.get(&format!("{MUNICIPALITY}/annual-reports/2026")).await.json()["contracts"],
            0
        );
        // The references are free: the right table is taken as new.
        let contracts = imported(&coordinator, "contract-imports", CONTRACTS).await;
        assert_eq!(contracts["added"], 2);
        let nothing = imported(&coordinator, "contract-imports", CONTRACTS).await;
        assert_eq!(nothing["importId"], Value::Null);

        let entries = imported(&coordinator, "entry-imports", ENTRIES).await;
        let in_use = rolled_back(&coordinator, "contract-imports", &contracts).await;
        assert_eq!(in_use.problem(409).0, "decided-already");
        let all = json!({"contracts": {"filter": {}}});
        coordinator.post(&format!("{MUNICIPALITY}/contract-determinations"), all).await.expect(200);
        let some = json!({"entries": {"filter": {"text": "V-1"}}});
        let batch =
            coordinator.post(&format!("{MUNICIPALITY}/entry-submissions"), some).await.expect(200).json();
        assert_eq!(batch["done"], 1);
        // Of another contractor it is not there.
        assert_eq!(rolled_back(&app.as_contractor(PLANTSOEN), "entry-imports", &entries).await.status, 404);
        let none = json!({"importId": "0190a5c8-0000-7000-8000-00000000dead"});
        assert_eq!(rolled_back(&coordinator, "entry-imports", &none).await.status, 404);
        assert_eq!(
            rolled_back(&coordinator, "entry-imports", &entries).await.expect(200).json()["removed"],
            3
        );
        assert_eq!(coordinator.get(&format!("{MUNICIPALITY}/entries")).await.json()["items"], json!([]));
        let kept = coordinator.get(&format!("{MUNICIPALITY}/entries?state=withdrawn")).await.json();
        assert_eq!(kept["items"].as_array().unwrap().len(), 1, "what was handed in keeps its steps");

        let entries = imported(&coordinator, "entry-imports", ENTRIES).await;
        assert_eq!(entries["added"], 3);
        let all = json!({"entries": {"filter": {}}});
        coordinator.post(&format!("{MUNICIPALITY}/entry-submissions"), all).await.expect(200);
        let one = json!({"entries": {"filter": {"text": "V-2"}}});
        coordinator.post(&format!("{MUNICIPALITY}/entry-approvals"), one).await.expect(200);
        let decided = rolled_back(&coordinator, "entry-imports", &entries).await.problem(409);
        assert_eq!(decided.0, "decided-already");
        let left = coordinator.get(&format!("{MUNICIPALITY}/entries?state=submitted,approved")).await.json();
        assert_eq!(left["items"].as_array().unwrap().len(), 3, "nothing of it was undone");
    })
    .await;
}

#[actix_web::test]
async fn a_version_of_a_policy_is_removed_while_no_contract_kept_it() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let used = app.with_policy(a_policy()).await;
        let mut other = a_policy();
        other["version"] = json!("2026-b");
        other["validity"] = json!({"decidedBy": "assignment", "from": "2030-01-01"});
        let unused = app.with_policy(other.clone()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-01-31")).await;
        let path = |id: &str| format!("{MUNICIPALITY}/social-return-policies/{id}");
        let coordinator = app.as_role(Role::Coordinator);
        let etag = coordinator.get(&path(&used)).await.header("etag").unwrap().to_owned();
        coordinator.delete(&path(&unused), None).await.problem(428);
        assert_eq!(coordinator.delete(&path(&used), Some(&etag)).await.problem(409).0, "policy-in-use");
        coordinator.delete(&path(&unused), Some(&etag)).await.expect(204);
        coordinator.get(&path(&unused)).await.problem(404);
        coordinator.delete(&path(&unused), Some(&etag)).await.problem(404);
        // The same version can be entered again, right this time.
        let entered = app.with_policy(other).await;
        // A contract that moved to another version keeps the history of the first.
        let change = json!({"kind": "policy", "effectiveOn": "2026-02-01", "reason": "Nieuw beleid", "policyId": entered});
        app.change(&contract, change).await.expect(200);
        assert_eq!(coordinator.delete(&path(&used), Some(&etag)).await.problem(409).0, "policy-in-use");
    })
    .await;
}
