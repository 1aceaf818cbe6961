//! Acts on many entries that all count under one maximum: what each counts for in the end is what it would count for
//! had they come one by one, and a thousand take seconds.

use std::collections::BTreeMap;
use std::time::Instant;

use actix_web::http::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_model::trust::audit::AuditScope;
use trede_service::trust::audit::verify;

use crate::api::app::{TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_policy};
use crate::support::acts::acts_in;

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";
/// A hundred euros each; the policy's maximum is a quarter of it all.
const ENTRIES: usize = if cfg!(debug_assertions) { 100 } else { 1000 };
const MOST: usize = ENTRIES * 25;

/// Two contracts of one contractor under a maximum over both, with half of the entries under each.
async fn drafts(app: &TestApp) -> [String; 2] {
    app.with_utrecht().await;
    let mut policy = a_policy();
    policy["limits"] = json!([{"blocks": ["activiteit"], "of": "amount", "maximum": MOST.to_string(), "over": "contractor"}]);
    app.with_policy(policy).await;
    let mut contracts = Vec::new();
    for number in 0..2 {
        let mut contract = a_contract(GROEN);
        contract["terms"]["externalReference"] = json!(format!("OPD-{number}"));
        contracts.push(app.with_contract(contract).await);
    }
    let mut table =
        "contractReference,externalReference,kind,block,quantity,periodFrom,periodUntil\n".to_owned();
    for entry in 0..ENTRIES {
        // The later was done, the earlier it is written down.
        let day = 28 - entry * 28 / ENTRIES;
        let contract = entry % 2;
        table.push_str(&format!(
            "OPD-{contract},V-{entry:04},activity,activiteit,1,2026-02-{day:02},2026-02-{day:02}\n"
        ));
    }
    let complete = |request: actix_web::test::TestRequest| {
        request.insert_header(("Content-Type", "text/csv")).set_payload(table.clone())
    };
    let coordinator = app.as_role(Role::Coordinator);
    let path = format!("{MUNICIPALITY}/entry-imports");
    let report = coordinator.send(Method::POST, &path, complete).await.expect(200).json();
    assert_eq!(report["added"], ENTRIES, "{report}");
    contracts.try_into().unwrap()
}

/// What each entry counts for, by its reference.
async fn values(app: &TestApp) -> BTreeMap<String, Decimal> {
    let path = format!("{MUNICIPALITY}/exports/entries/content?format=json");
    let rows = app.as_role(Role::Auditor).get(&path).await.expect(200).json();
    let value = |row: &Value| {
        let counts = matches!(row["state"].as_str(), Some("submitted" | "approved"));
        let value: Decimal = row["value"].as_str().unwrap().parse().unwrap();
        (row["externalReference"].as_str().unwrap().to_owned(), if counts { value } else { Decimal::ZERO })
    };
    rows.as_array().unwrap().iter().map(value).collect()
}

async fn act(app: &TestApp, what: &str, more: Value) -> Value {
    let mut body = json!({"entries": {"filter": {}}});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let client = app.as_role(Role::Coordinator);
    client.post(&format!("{MUNICIPALITY}/{what}"), body).await.expect(200).json()
}

fn total(values: &BTreeMap<String, Decimal>) -> Decimal {
    values.values().sum()
}

#[actix_web::test]
async fn many_at_once_count_as_they_would_one_by_one_and_never_above_the_maximum() {
    on_each_database(async |app| {
        let contracts = drafts(&app).await;
        let began = Instant::now();
        let batch = act(&app, "entry-submissions", json!({})).await;
        println!("{ENTRIES} under one maximum are handed in in {:?}", began.elapsed());
        assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
        assert_eq!(batch["done"], ENTRIES, "{}", batch["refused"]);
        let at_once = values(&app).await;
        assert_eq!(total(&at_once), Decimal::from(MOST));
        // What was done first counts, whoever came first.
        for (number, (_, value)) in at_once.iter().enumerate() {
            let hundred = if number < ENTRIES - ENTRIES / 4 { 0 } else { 100 };
            assert_eq!(*value, Decimal::from(hundred), "{number}");
        }

        // The same entries one by one.
        assert_eq!(act(&app, "entry-withdrawals", json!({})).await["done"], ENTRIES);
        assert_eq!(total(&values(&app).await), Decimal::ZERO);
        let list = format!("{MUNICIPALITY}/entries?limit=40");
        let some = app.as_role(Role::Coordinator).get(&list).await.expect(200).json();
        for entry in some["items"].as_array().unwrap().iter().take(40) {
            let id = entry["id"].as_str().unwrap();
            let path =
                format!("{MUNICIPALITY}/contracts/{}/entries/{id}", entry["contractId"].as_str().unwrap());
            app.as_contractor(GROEN).post(&format!("{path}/submissions"), json!({})).await.expect(200);
        }
        assert!(total(&values(&app).await) <= Decimal::from(MOST));
        act(&app, "entry-submissions", json!({})).await;
        assert_eq!(values(&app).await, at_once);

        // What is given back is there for the others, in the same batch too.
        let first = &contracts[0];
        let id = first.rsplit('/').next().unwrap();
        let returned = json!({"entries": {"filter": {"contract": [id]}}, "reason": "Urenlijst ontbreekt"});
        assert_eq!(act(&app, "entry-returns", returned).await["done"], ENTRIES / 2);
        assert_eq!(app.balance(first, "submitted").await, "0");
        assert_eq!(app.balance(&contracts[1], "submitted").await, MOST.to_string());
        let verified = verify(&app.database.db, &[]).unwrap();
        assert!(verified.is_whole(), "{:?}", verified.findings);
        let acts = acts_in(&app.database.db, AuditScope::Municipality("gm0344".parse().unwrap()));
        let valued = acts.iter().filter(|act| act.object == "entries").count();
        assert!(valued > 0, "what the batch did to others has a record");
    })
    .await;
}
