//! Whether people are still at work some months after a placement, and what else a council asks about them.

use actix_web::http::Method;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_policy};

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";

fn of_groups() -> Value {
    let mut policy = a_policy();
    policy["collectsGender"] = json!(true);
    policy["targetGroups"] =
        json!([{"code": "p-wet", "name": "Participatiewet", "national": "participatiewet"}]);
    policy["blocks"][0]["targetGroup"] = json!("p-wet");
    policy
}

/// A placement of 24 hours a week in the first quarter of 2026.
fn placed(candidate: &str, gender: &str, district: &str) -> Value {
    json!({
        "kind": "placement", "candidateReference": candidate,
        "facts": {
            "block": "participatiewet", "period": {"from": "2026-01-01", "until": "2026-03-31"}, "hoursPerWeek": "24",
            "gender": gender, "district": district
        }
    })
}

fn followed(candidate: &str, months: u16, on: &str, at_work: bool) -> Value {
    json!({
        "kind": "follow-up", "candidateReference": candidate,
        "facts": {
            "block": "participatiewet", "period": {"from": on, "until": on}, "monthsAfter": months, "atWork": at_work
        }
    })
}

async fn three_placements(app: &TestApp) -> String {
    app.with_utrecht().await;
    app.with_policy(of_groups()).await;
    let mut contract = a_contract(GROEN);
    contract["terms"]["externalReference"] = json!("OPD-1");
    let contract = app.with_contract(contract).await;
    let coordinator = app.as_role(Role::Coordinator);
    for (candidate, gender, district) in
        [("K-1", "woman", "Overvecht"), ("K-2", "man", "Overvecht"), ("K-3", "man", "Zuilen")]
    {
        let entry = app.with_submitted(&contract, GROEN, placed(candidate, gender, district)).await;
        coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
    }
    let hours = json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "10"}});
    let entry = app.with_submitted(&contract, GROEN, hours).await;
    coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
    contract
}

#[actix_web::test]
async fn follow_ups_come_in_by_the_table_count_for_nothing_and_answer_what_a_council_asks() {
    on_each_database(async |app| {
        let contract = three_placements(&app).await;
        let realised = app.balance(&contract, "realised").await;
        app.clock.set("2026-10-05T09:00:00Z");
        let coordinator = app.as_role(Role::Coordinator);
        let table = "kenmerk opdracht;kenmerk;soort;bouwblok;kandidaat;van;tot en met;maanden na plaatsing;aan het werk\n\
            OPD-1;D-1;opvolging;participatiewet;K-1;01-10-2026;01-10-2026;6;ja\n\
            OPD-1;D-2;opvolging;participatiewet;K-2;01-10-2026;01-10-2026;6;ja\n\
            OPD-1;D-3;opvolging;participatiewet;K-3;01-10-2026;01-10-2026;6;nee\n";
        let complete = |request: actix_web::test::TestRequest| {
            request.insert_header(("Content-Type", "text/csv")).set_payload(table)
        };
        let path = format!("{MUNICIPALITY}/entry-imports?locale=nl");
        let report = coordinator.send(Method::POST, &path, complete).await.expect(200).json();
        assert_eq!((&report["added"], &report["errors"]), (&json!(3), &json!([])), "{report}");
        for act in ["entry-submissions", "entry-approvals"] {
            let filter = json!({"entries": {"filter": {"kind": ["follow-up"]}}});
            let done = coordinator.post(&format!("{MUNICIPALITY}/{act}"), filter).await.expect(200).json();
            assert_eq!(done["done"], 3, "{act}: {done}");
        }
        assert_eq!(app.balance(&contract, "realised").await, realised, "a follow-up counts for nothing");

        let auditor = app.as_role(Role::Auditor);
        let report = auditor.get(&format!("{MUNICIPALITY}/annual-reports/2026")).await.expect(200).json();
        let durability = json!([{"monthsAfter": 6, "people": 3, "atWork": 2}]);
        let genders = json!([{"gender": "woman", "people": 1}, {"gender": "man", "people": 2}]);
        assert_eq!(report["durability"], durability);
        assert_eq!((&report["people"], &report["genders"]), (&json!(3), &genders));
        // Three times 24 hours a week over 90 days.
        assert_eq!(report["hours"], "925.71");
        let group = &report["targetGroups"][0];
        assert_eq!(group["targetGroup"], "participatiewet");
        assert_eq!((&group["durability"], &group["genders"]), (&durability, &genders));
        assert_eq!(group["hours"], "925.71");
        // 40,000 x 24/36 x 3/12 each, and ten hours of an activity somewhere.
        let districts = json!([
            {"district": "", "done": "1000", "approved": "1000", "people": 0, "hours": "0"},
            {"district": "Overvecht", "done": "13333.34", "approved": "13333.34", "people": 2, "hours": "617.14"},
            {"district": "Zuilen", "done": "6666.67", "approved": "6666.67", "people": 1, "hours": "308.57"}
        ]);
        assert_eq!(report["districts"], districts);
        assert_eq!(report["done"], "21000.01", "together what was done");
        assert_eq!(report["approved"], "21000.01", "together what was approved");

        let export = format!("{MUNICIPALITY}/exports/entries/content?format=csv");
        let export = auditor.get(&export).await.expect(200).body;
        let complete = |request: actix_web::test::TestRequest| {
            request.insert_header(("Content-Type", "text/csv")).set_payload(export.clone())
        };
        let again = coordinator.send(Method::POST, &format!("{MUNICIPALITY}/entry-imports"), complete).await;
        assert_eq!(again.expect(200).json()["unchanged"], 7);
    })
    .await;
}

#[actix_web::test]
async fn a_follow_up_is_about_a_placement_that_is_long_enough_ago_and_comes_after_the_settlement_too() {
    on_each_database(async |app| {
        let contract = three_placements(&app).await;
        let contractor = app.as_contractor(GROEN);
        let draft = async |entry: Value| {
            let made = contractor.post(&format!("{contract}/entries"), entry).await.expect(201);
            made.header("location").unwrap().to_owned()
        };
        for (entry, code) in [
            (followed("K-1", 6, "2026-09-29", true), "followed-up-too-early"),
            (followed("K-9", 6, "2026-10-01", true), "no-placement"),
        ] {
            let path = draft(entry).await;
            let (kind, _) = contractor.post(&format!("{path}/submissions"), json!({})).await.problem(409);
            assert_eq!(kind, code);
        }
        let mut two_days = followed("K-1", 6, "2026-10-01", true);
        two_days["facts"]["period"]["until"] = json!("2026-10-02");
        let mut silent = followed("K-1", 6, "2026-10-01", true);
        silent["facts"].as_object_mut().unwrap().remove("atWork");
        let mut elsewhere = placed("K-4", "woman", "Zuilen");
        elsewhere["facts"]["monthsAfter"] = json!(6);
        let mut hours = followed("K-1", 6, "2026-10-01", true);
        hours["facts"]["block"] = json!("activiteit");
        for (entry, pointer) in [
            (two_days, "/facts/period/until"),
            (silent, "/facts/atWork"),
            (elsewhere, "/facts/monthsAfter"),
            (hours, "/facts/block"),
        ] {
            let refused = contractor.post(&format!("{contract}/entries"), entry).await;
            let (_, problem) = refused.problem(400);
            assert_eq!(problem["errors"][0]["pointer"], pointer, "{problem}");
        }

        app.clock.set("2028-01-02T09:00:00Z");
        let coordinator = app.as_role(Role::Coordinator);
        let cure = json!({"decision": "give-cure-period", "reason": "Tekort"});
        coordinator.post(&format!("{contract}/settlements"), cure).await.expect(201);
        app.clock.set("2028-02-03T09:00:00Z");
        let coordinator = app.as_role(Role::Coordinator);
        let short = json!({"decision": "fall-short", "reason": "Einde looptijd"});
        coordinator.post(&format!("{contract}/settlements"), short).await.expect(201);
        let entry = app.with_submitted(&contract, GROEN, followed("K-1", 12, "2027-04-01", false)).await;
        coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
        let report = format!("{MUNICIPALITY}/annual-reports/2027");
        let report = app.as_role(Role::Auditor).get(&report).await.expect(200).json();
        assert_eq!(report["durability"], json!([{"monthsAfter": 12, "people": 1, "atWork": 0}]));
    })
    .await;
}

#[actix_web::test]
async fn whether_somebody_is_a_woman_or_a_man_is_asked_only_where_the_policy_collects_it() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let contractor = app.as_contractor(GROEN);
        let refused = contractor.post(&format!("{contract}/entries"), placed("K-1", "woman", "Zuilen")).await;
        let (_, problem) = refused.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/facts/gender");
        let mut hours = json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "10"}});
        hours["facts"]["gender"] = json!("man");
        let refused = contractor.post(&format!("{contract}/entries"), hours).await;
        assert_eq!(refused.problem(400).1["errors"][0]["pointer"], "/facts/gender");
    })
    .await;
}
