//! The same hours, the same invoice, a PSO reduction beside its purchases: counted once in a region.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, UTRECHT, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

const AMSTERDAM: &str = "gm0363";

/// Who sells to both, and is a party of neither contract.
const SUPPLIER: &str = "50312391";

fn with_key(mut placement: Value, key: &str) -> Value {
    placement["personKey"] = json!(key.repeat(32));
    placement
}

fn a_purchase(invoice: &str) -> Value {
    json!({
        "kind": "purchase", "supplierKvkNumber": SUPPLIER, "invoiceNumber": invoice,
        "facts": {"block": "inkoop", "amount": "1000", "register": "sociale-onderneming"}
    })
}

async fn refused(client: &Client, contract: &str, entry: Value) -> (String, Value) {
    let made = client.post(&format!("{contract}/entries"), entry).await.expect(201);
    client.post(&format!("{}/submissions", made.header("location").unwrap()), json!({})).await.problem(409)
}

/// A contract of Amsterdam with a fixed obligation, and its contractor there.
pub async fn in_amsterdam(app: &TestApp) -> (String, Client) {
    let operator = app.as_role(Role::Operator);
    operator.post("/v1/municipalities", json!({"id": AMSTERDAM, "name": "Amsterdam"})).await.expect(201);
    let there = |role: Role, kvk: Option<&str>| {
        let mut claims = app.claims(role);
        claims.municipalities = vec![AMSTERDAM.to_owned()];
        claims.kvk = kvk.map(str::to_owned);
        app.with_claims(claims)
    };
    let coordinator = there(Role::Coordinator, None);
    let base = format!("/v1/municipalities/{AMSTERDAM}");
    coordinator.post(&format!("{base}/social-return-policies"), a_policy()).await.expect(201);
    let made = coordinator.post(&format!("{base}/contracts"), a_contract(PLANTSOEN)).await.expect(201);
    let contract = made.header("location").unwrap().to_owned();
    let etag = made.header("etag").unwrap().to_owned();
    coordinator
        .send(actix_web::http::Method::POST, &format!("{contract}/determinations"), |request| {
            request.insert_header(("If-Match", etag.clone()))
        })
        .await
        .expect(200);
    (contract, there(Role::Contractor, Some(PLANTSOEN)))
}

#[actix_web::test]
async fn the_same_hours_of_a_person_count_once_in_a_region_and_nothing_is_told_of_where() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let (there, contractor_there) = in_amsterdam(&app).await;
        let entry = with_key(a_placement("K-1", "2026-01-01", "2026-08-31"), "ab");
        let first = app.with_submitted(&contract, GROEN, entry.clone()).await;
        // Without a region each municipality is on its own; the claims join it with their municipality.
        let other = with_key(a_placement("X-9", "2026-08-01", "2026-12-31"), "ab");
        let made = contractor_there.post(&format!("{there}/entries"), other.clone()).await.expect(201);
        let submissions = format!("{}/submissions", made.header("location").unwrap());
        let region = json!({"id": "randstad", "name": "Randstad", "municipalities": [UTRECHT, AMSTERDAM]});
        app.as_role(Role::Operator).post("/v1/regions", region).await.expect(201);
        let (code, problem) = contractor_there.post(&submissions, json!({})).await.problem(409);
        assert_eq!(code, "counted-already");
        let told = problem.to_string();
        for hidden in [UTRECHT, "Utrecht", GROEN, first.rsplit('/').next().unwrap(), "2026-01-01"] {
            assert!(!told.contains(hidden), "{hidden} in {told}");
        }
        let later = with_key(a_placement("X-9", "2026-09-01", "2026-12-31"), "ab");
        let made = contractor_there.post(&format!("{there}/entries"), later).await.expect(201);
        let later = format!("{}/submissions", made.header("location").unwrap());
        contractor_there.post(&later, json!({})).await.expect(200);
        // What is given back is free again.
        let coordinator = app.as_role(Role::Coordinator);
        coordinator.post(&format!("{first}/rejections"), json!({"reason": "Dubbel"})).await.expect(200);
        let whole = with_key(a_placement("X-9", "2026-01-01", "2026-08-31"), "ab");
        let made = contractor_there.post(&format!("{there}/entries"), whole).await.expect(201);
        let whole = format!("{}/submissions", made.header("location").unwrap());
        contractor_there.post(&whole, json!({})).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn without_a_key_the_same_candidate_of_one_contractor_counts_once() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let another = app.with_contract(a_contract(GROEN)).await;
        let foreign = app.with_contract(a_contract(PLANTSOEN)).await;
        app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-08-31")).await;
        let same = a_placement("K-1", "2026-08-31", "2026-09-30");
        assert_eq!(refused(&app.as_contractor(GROEN), &another, same.clone()).await.0, "counted-already");
        // Another contractor's K-1 is somebody else.
        app.with_submitted(&foreign, PLANTSOEN, same).await;
    })
    .await;
}

#[actix_web::test]
async fn other_hours_of_the_same_person_count_up_to_full_time() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let another = app.with_contract(a_contract(PLANTSOEN)).await;
        app.with_submitted(&contract, GROEN, with_key(a_placement("K-1", "2026-01-01", "2026-08-31"), "ab"))
            .await;
        let mut beside = with_key(a_placement("P-1", "2026-01-01", "2026-08-31"), "ab");
        beside["facts"]["hoursPerWeek"] = json!("12");
        let contractor = app.as_contractor(PLANTSOEN);
        assert_eq!(refused(&contractor, &another, beside.clone()).await.0, "counted-already");
        beside["otherHours"] = json!("Twee dienstverbanden");
        beside["facts"]["hoursPerWeek"] = json!("12.01");
        assert_eq!(refused(&contractor, &another, beside.clone()).await.0, "counted-already");
        beside["facts"]["hoursPerWeek"] = json!("12");
        app.with_submitted(&another, PLANTSOEN, beside).await;
    })
    .await;
}

#[actix_web::test]
async fn an_invoice_counts_once_however_its_number_is_written() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let another = app.with_contract(a_contract(PLANTSOEN)).await;
        let purchase = app.with_submitted(&contract, GROEN, a_purchase("F-2026/042")).await;
        let contractor = app.as_contractor(PLANTSOEN);
        assert_eq!(refused(&contractor, &another, a_purchase("f 2026042")).await.0, "counted-already");
        app.with_submitted(&another, PLANTSOEN, a_purchase("F-2026/043")).await;
        let coordinator = app.as_role(Role::Coordinator);
        coordinator.post(&format!("{purchase}/approvals"), json!({})).await.expect(200);
        coordinator.post(&format!("{purchase}/reversals"), json!({"reason": "Fout"})).await.expect(200);
        app.with_submitted(&another, PLANTSOEN, a_purchase("F-2026/042")).await;
    })
    .await;
}

#[actix_web::test]
async fn a_pso_reduction_does_not_count_beside_the_purchases_it_rests_on() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let mut policy = a_policy();
        policy["purchaseBesidePso"] = json!(false);
        app.with_policy(policy).await;
        let mut reduced = a_contract(GROEN);
        reduced["terms"]["psoLevels"] =
            json!([{"level": "trede-3", "from": "2026-01-01", "until": "2026-12-31"}]);
        let reduced = app.with_contract(reduced).await;
        let plain = app.with_contract(a_contract(GROEN)).await;
        let during = |from: &str, until: &str, invoice: &str| {
            let mut purchase = a_purchase(invoice);
            purchase["facts"]["period"] = json!({"from": from, "until": until});
            purchase
        };
        let contractor = app.as_contractor(GROEN);
        for contract in [&reduced, &plain] {
            let (code, _) = refused(&contractor, contract, during("2026-03-01", "2026-03-31", "F-1")).await;
            assert_eq!(code, "counted-already");
        }
        app.with_submitted(&plain, GROEN, during("2027-03-01", "2027-03-31", "F-2")).await;
        let longer = json!({
            "kind": "pso-level", "effectiveOn": "2027-01-01", "reason": "Verlengd",
            "psoLevels": [{"level": "trede-3", "from": "2026-01-01", "until": "2027-12-31"}]
        });
        assert_eq!(app.change(&reduced, longer).await.problem(409).0, "counted-already");
    })
    .await;
}
