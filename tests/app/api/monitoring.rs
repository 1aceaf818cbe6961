//! Where contracts stand, over HTTP, and that it agrees with the ledger.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

const PORTFOLIO: &str = "/v1/municipalities/gm0344/portfolio";

/// One contract with a placement of 17,777.78 that is approved, and one with nothing.
async fn two_contracts(app: &TestApp) -> (String, String) {
    app.with_utrecht().await;
    app.with_policy(a_policy()).await;
    let busy = app.with_contract(a_contract(GROEN)).await;
    let idle = app.with_contract(a_contract(PLANTSOEN)).await;
    let entry = app.with_submitted(&busy, GROEN, a_placement("K-1", "2026-01-01", "2026-08-31")).await;
    let coordinator = app.as_role(Role::Coordinator);
    coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
    (busy, idle)
}

fn titles<'a>(portfolio: &'a Value, member: &str) -> Vec<&'a str> {
    portfolio["items"].as_array().unwrap().iter().map(|item| item[member].as_str().unwrap()).collect()
}

#[actix_web::test]
async fn the_contract_at_the_greatest_risk_comes_first() {
    on_each_database(async |app| {
        let (busy, idle) = two_contracts(&app).await;
        let portfolio = app.as_role(Role::Coordinator).get(PORTFOLIO).await.expect(200).json();
        assert_eq!(titles(&portfolio, "contractorKvkNumber"), [PLANTSOEN, GROEN]);
        assert_eq!(titles(&portfolio, "status"), ["at-risk", "behind"]);
        assert_eq!(portfolio["owed"], "100000");
        assert_eq!(portfolio["realised"], "17777.78");
        assert_eq!(app.balance(&busy, "realised").await, "17777.78");
        let progress = app.as_role(Role::Auditor).get(&format!("{busy}/progress")).await.expect(200).json();
        assert_eq!(progress["standing"]["forecastMethod"], "run-rate");
        let months = progress["months"].as_array().unwrap();
        assert_eq!(months.last().unwrap()["cumulated"], "17777.78");
        let own = app.as_contractor(GROEN).get(PORTFOLIO).await.expect(200).json();
        assert_eq!(titles(&own, "contractorKvkNumber"), [GROEN]);
        app.as_contractor(GROEN).get(&format!("{idle}/progress")).await.problem(404);
        let of_another = app.as_coordinator("coordinator-2").get(&format!("{PORTFOLIO}?own=true")).await;
        assert_eq!(of_another.expect(200).json()["items"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn the_annual_report_agrees_with_the_ledger() {
    on_each_database(async |app| {
        two_contracts(&app).await;
        let auditor = app.as_role(Role::Auditor);
        let report = |year: u16| {
            let auditor = auditor.clone();
            let path = format!("/v1/municipalities/gm0344/annual-reports/{year}");
            async move { auditor.get(&path).await.expect(200).json() }
        };
        let this_year = report(2026).await;
        assert_eq!(this_year["realised"], "17777.78");
        assert_eq!(this_year["owed"], "50000");
        let group = &this_year["groups"][0];
        assert_eq!((group["block"].as_str(), group["people"].as_i64()), (Some("participatiewet"), Some(1)));
        let amounts = json!([{
            "part": "77", "owed": "50000", "realised": "17777.78", "beyondMaxima": "0", "approved": "17777.78"
        }]);
        assert_eq!(this_year["sectors"], amounts);
        // 24 hours a week over 243 days.
        let no_group = json!([{
            "done": "17777.78", "approved": "17777.78", "people": 1, "hours": "833.14", "genders": [], "durability": []
        }]);
        assert_eq!(this_year["targetGroups"], no_group);
        let contractors = this_year["contractors"].as_array().unwrap();
        assert_eq!(contractors[1]["realised"], "17777.78");
        assert_eq!(this_year["months"][2]["approved"], "17777.78");
        assert_eq!(this_year["months"].as_array().unwrap().len(), 12);
        assert_eq!(report(2025).await["realised"], "0");
    })
    .await;
}
