//! The policy of a region, kept by its coordinators with a second pair of eyes.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_policy};

const UTRECHT: &str = "/v1/municipalities/gm0344/region-policy-proposals";
const AMERSFOORT: &str = "/v1/municipalities/gm0307/region-policy-proposals";

/// Utrecht and Amersfoort in one region; a coordinator of the second.
async fn in_a_region(app: &TestApp) -> Client {
    app.with_utrecht().await;
    let operator = app.as_role(Role::Operator);
    let municipality = json!({"id": "gm0307", "name": "Amersfoort"});
    operator.post("/v1/municipalities", municipality).await.expect(201);
    let region =
        json!({"id": "midden-utrecht", "name": "Midden-Utrecht", "municipalities": ["gm0344", "gm0307"]});
    operator.post("/v1/regions", region).await.expect(201);
    let mut claims = app.claims(Role::Coordinator);
    claims.municipalities = vec!["gm0307".to_owned()];
    "coordinator-307".clone_into(&mut claims.sub);
    app.with_claims(claims)
}

fn of_region() -> Value {
    let mut policy = a_policy();
    policy["code"] = json!("midden-utrecht");
    policy
}

#[actix_web::test]
async fn what_one_coordinator_proposes_another_of_the_region_makes_its_policy() {
    on_each_database(async |app| {
        let second = in_a_region(&app).await;
        let first = app.as_coordinator("coordinator-1");
        let proposed = first.post(UTRECHT, of_region()).await.expect(201);
        let path = proposed.header("location").unwrap().to_owned();
        let proposal = proposed.json();
        let id = proposal["id"].as_str().unwrap().to_owned();
        assert_eq!(proposal["policy"]["code"], "midden-utrecht");
        assert_eq!(proposal.get("agreedBy"), None);

        // It is no policy yet: no contract can be registered under it.
        let policies = "/v1/municipalities/gm0344/social-return-policies";
        let listed = async || first.get(policies).await.expect(200).json()["items"].as_array().unwrap().len();
        assert_eq!(listed().await, 0);
        let (kind, _) = first.post(&format!("{path}/agreements"), json!({})).await.problem(409);
        assert_eq!(kind, "four-eyes");

        let there = format!("{AMERSFOORT}/{id}");
        let policy = second.post(&format!("{there}/agreements"), json!({})).await.expect(201).json();
        assert_eq!((&policy["id"], &policy["regionId"]), (&json!(id), &json!("midden-utrecht")));
        assert_eq!(policy["fingerprint"], proposal["fingerprint"]);
        let (kind, _) = second.post(&format!("{there}/agreements"), json!({})).await.problem(409);
        assert_eq!(kind, "agreed-already");
        assert_eq!(first.get(&path).await.expect(200).json()["agreedBy"], "coordinator-307");
        let all = second.get(AMERSFOORT).await.expect(200).json();
        assert_eq!(
            (&all["items"][0]["id"], &all["items"][0]["createdBy"]),
            (&json!(id), &json!("coordinator-1"))
        );
        assert_eq!(listed().await, 1);
        app.with_contract(a_contract(GROEN)).await;
    })
    .await;
}

#[actix_web::test]
async fn a_proposal_is_sound_of_the_own_region_and_for_a_version_that_is_not_there() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let first = app.as_coordinator("coordinator-1");
        let (kind, _) = first.post(UTRECHT, of_region()).await.problem(409);
        assert_eq!(kind, "no-region");
        assert_eq!(first.get(UTRECHT).await.expect(200).json()["items"], json!([]));
    })
    .await;
    on_each_database(async |app| {
        let second = in_a_region(&app).await;
        let first = app.as_coordinator("coordinator-1");
        let mut unsound = of_region();
        unsound["blocks"][0]["amount"] = json!("-1");
        let (_, problem) = first.post(UTRECHT, unsound).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/blocks/0/amount");
        for expected in [201, 409] {
            let proposed = first.post(UTRECHT, of_region()).await.expect(201).json();
            let path = format!("{AMERSFOORT}/{}/agreements", proposed["id"].as_str().unwrap());
            second.post(&path, json!({})).await.expect(expected);
        }
        app.as_role(Role::Buyer).post(UTRECHT, of_region()).await.problem(403);
        let nowhere = format!("{UTRECHT}/0190a5c8-0000-7000-8000-00000000dead");
        first.get(&nowhere).await.problem(404);
    })
    .await;
}
