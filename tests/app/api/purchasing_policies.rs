//! What an authority asks of its award models: from the rule to the publication, over HTTP.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, UTRECHT, on_each_database};
use crate::api::world::a_tender;

const TEXT: &str = "Sociale criteria wegen voor minstens 10 procent mee.";

fn a_rule(value: &str) -> Value {
    json!({
        "code": "sociaal-10", "text": TEXT,
        "scope": {"fromValue": value, "startsOn": "2026-01-01"},
        "demand": {"leastWeight": {"percent": "10", "kinds": ["pso-level", "social-return-commitment"]}}
    })
}

async fn write(app: &TestApp, etag: &str, rules: Value) -> Value {
    let policy = format!("/v1/municipalities/{UTRECHT}/purchasing-policy");
    let administrator = app.as_role(Role::Administrator);
    administrator.put(&policy, Some(etag), json!({"rules": rules})).await.expect(200).json()
}

#[actix_web::test]
async fn a_tender_that_departs_from_the_policy_needs_a_reason() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        assert_eq!(write(&app, "\"1\"", json!([a_rule("0")])).await["version"], 2);
        let (tender, _) = app.with_draft(a_tender()).await;
        let buyer = app.as_role(Role::Buyer);
        let check = buyer.get(&format!("{tender}/purchasing-policy-check")).await.expect(200).json();
        assert_eq!((&check["policyVersion"], &check["isKept"]), (&json!(2), &json!(false)), "{check}");
        let lot = &check["rules"][0]["lots"][0];
        assert_eq!((&lot["outcome"], &lot["sharePercent"]), (&json!("broken"), &json!("0")), "{check}");

        // It is told in the policy's own words, and nothing is published.
        let publications = format!("{tender}/publications");
        let (code, problem) = buyer.post(&publications, json!({})).await.problem(409);
        assert_eq!(code, "purchasing-policy");
        assert!(problem["detail"].as_str().unwrap().contains(TEXT), "{problem}");
        assert_eq!(buyer.get(&tender).await.expect(200).json()["state"], "draft");

        let exceptions = format!("{tender}/purchasing-policy-exceptions");
        let reason = "De levering kent geen arbeid van betekenis.";
        buyer.post(&exceptions, json!({"rule": "sociaal-10", "reason": " "})).await.problem(400);
        let unknown = buyer.post(&exceptions, json!({"rule": "sociaal-11", "reason": reason})).await;
        let (_, problem) = unknown.problem(400);
        assert!(problem.to_string().contains("sociaal-10"), "{problem}");
        buyer.post(&exceptions, json!({"rule": "sociaal-10", "reason": reason})).await.expect(201);
        assert_eq!(buyer.post(&publications, json!({})).await.expect(200).json()["state"], "published");

        // What is public stands to the rules of its day, whatever is asked later; and takes no other reason.
        app.clock.advance(chrono::TimeDelta::seconds(1));
        write(&app, "\"2\"", json!([])).await;
        let check = buyer.get(&format!("{tender}/purchasing-policy-check")).await.expect(200).json();
        assert_eq!((&check["policyVersion"], &check["isKept"]), (&json!(2), &json!(true)), "{check}");
        assert_eq!(check["rules"][0]["exception"]["reason"], reason);
        let late = buyer.post(&exceptions, json!({"rule": "sociaal-10", "reason": reason})).await;
        assert_eq!(late.problem(409).0, "published-already");
    })
    .await;
}

#[actix_web::test]
async fn a_rule_that_is_about_other_tenders_asks_nothing() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        write(&app, "\"1\"", json!([a_rule("999999999.99")])).await;
        let (tender, _) = app.with_draft(a_tender()).await;
        let buyer = app.as_role(Role::Buyer);
        let check = buyer.get(&format!("{tender}/purchasing-policy-check")).await.expect(200).json();
        assert_eq!(check["rules"][0]["lots"][0]["outcome"], "out-of-scope", "{check}");
        buyer.post(&format!("{tender}/publications"), json!({})).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn what_is_wrong_with_a_policy_is_told_together_and_nothing_is_kept() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let policy = format!("/v1/municipalities/{UTRECHT}/purchasing-policy");
        let mut wrong = a_rule("0");
        wrong["demand"] = json!({"methodsNotUsed": ["relative-lowest", "cheapest"]});
        wrong["code"] = json!("sociaal 10");
        let mut reversed = a_rule("5");
        reversed["scope"]["belowValue"] = json!("5");
        let administrator = app.as_role(Role::Administrator);
        let body = json!({"rules": [wrong, reversed]});
        let (_, problem) = administrator.put(&policy, Some("\"1\""), body).await.problem(400);
        let told: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|it| &it["code"]).collect();
        assert_eq!(told, ["scope-empty", "no-code", "unknown-method"], "{problem}");
        let found = app.as_role(Role::Buyer).get(&policy).await.expect(200).json();
        assert_eq!((&found["version"], &found["rules"]), (&json!(1), &json!([])));
    })
    .await;
}
