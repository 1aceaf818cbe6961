//! Two policies beside each other, over HTTP.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::on_each_database;

const COMPARISONS: &str = "/v1/social-return-policy-comparisons";

fn policy(file: &str) -> Value {
    serde_json::from_str(file).unwrap()
}

fn utrecht() -> (Value, Value) {
    (
        policy(include_str!("../../../examples/policies/utrecht-2015.json")),
        policy(include_str!("../../../examples/policies/utrecht-nieuwste.json")),
    )
}

#[actix_web::test]
async fn two_versions_of_utrecht_differ_where_the_city_changed_its_values() {
    on_each_database(async |app| {
        let (first, second) = utrecht();
        let body = json!({"first": first, "second": second});
        let result = app.as_role(Role::Buyer).post(COMPARISONS, body).await.expect(200).json();
        let differences = result["differences"].as_array().unwrap();
        let at = |place: &str| differences.iter().find(|one| one["place"] == place).unwrap();
        assert_eq!(at("/bonuses/50-plus/amount")["kind"], "changed");
        assert_eq!(at("/bonuses/50-plus/amount")["first"], "5000");
        assert_eq!(at("/bonuses/50-plus/amount")["second"], "10000");
    })
    .await;
}

#[actix_web::test]
async fn what_one_policy_cannot_value_is_told_beside_what_the_other_makes_of_it() {
    on_each_database(async |app| {
        let (first, mut second) = utrecht();
        let haaglanden =
            policy(include_str!("../../../examples/policies/haaglanden-zuid-holland-centraal-2023.json"));
        second["blocks"] = json!([]);
        let entry = json!({
            "block": "participatiewet", "hoursPerWeek": "24",
            "period": {"from": "2026-01-01", "until": "2026-08-31"}
        });
        let body = json!({"first": haaglanden, "second": second, "case": {"entries": [entry]}});
        let result = app.as_role(Role::Auditor).post(COMPARISONS, body).await.expect(200).json();
        let compared = &result["entries"][0];
        assert_eq!(compared["first"]["value"]["amount"], "17777.78");
        assert_eq!(compared["second"]["errors"][0]["pointer"], "/case/entries/0/block");
        let mut broken = first.clone();
        broken["blocks"][0]["amount"] = json!("-1");
        let body = json!({"first": first, "second": broken});
        let (_, problem) = app.as_role(Role::Auditor).post(COMPARISONS, body).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/second/blocks/0/amount");
    })
    .await;
}

#[actix_web::test]
async fn two_stored_versions_are_compared_by_their_ids() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let coordinator = app.as_role(Role::Coordinator);
        let policies = "/v1/municipalities/gm0344/social-return-policies";
        let (first, second) = utrecht();
        let first = coordinator.post(policies, first).await.expect(201).json();
        let second = coordinator.post(policies, second).await.expect(201).json();
        let comparisons = format!("{policies}/{}/comparisons", first["id"].as_str().unwrap());
        let entry = json!({"block": "maatschappelijke-activiteit", "quantity": "3"});
        let body = json!({"secondPolicyId": second["id"], "case": {"entries": [entry]}});
        let result = coordinator.post(&comparisons, body).await.expect(200).json();
        assert_eq!(result["entries"][0]["second"]["value"]["amount"], "300.00");
        assert!(!result["differences"].as_array().unwrap().is_empty());
        let body = json!({"secondPolicyId": "0190a5c8-0000-7000-8000-000000000022"});
        let (_, problem) = coordinator.post(&comparisons, body).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/secondPolicyId");
    })
    .await;
}
