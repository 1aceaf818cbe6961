//! An act on many that is only tried, and what an office looks for in its portfolio and exports.

use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_model::trust::audit::AuditScope;

use crate::api::app::on_each_database;
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};
use crate::support::acts::acts_in;

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";

/// The last part of a path.
fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// A contract with its own title, contractor and reference.
fn called(title: &str, contractor: &str, reference: &str) -> Value {
    let mut contract = a_contract(contractor);
    contract["terms"]["title"] = title.into();
    contract["terms"]["externalReference"] = reference.into();
    contract
}

#[actix_web::test]
async fn a_rehearsal_says_what_the_act_would_and_leaves_everything_as_it_was() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let waiting =
            app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-03-31")).await;
        let draft = app
            .as_contractor(GROEN)
            .post(&format!("{contract}/entries"), a_placement("K-2", "2026-01-01", "2026-03-31"))
            .await
            .expect(201);
        let draft = draft.header("location").unwrap().to_owned();
        let coordinator = app.as_role(Role::Coordinator);
        let ids = json!({"entries": {"ids": [id(&waiting), id(&draft)]}});
        let path = format!("{MUNICIPALITY}/entry-approvals");
        let tried = coordinator.post(&format!("{path}?dryRun=true"), ids.clone()).await.expect(200).json();
        assert_eq!(
            (&tried["dryRun"], &tried["done"], &tried["refused"]),
            (&json!(true), &json!(1), &json!(1))
        );
        let first = &tried["items"][0];
        assert_eq!(
            (&first["state"], &first["contractTitle"]),
            (&json!("approved"), &json!("Groenonderhoud"))
        );
        assert_eq!(first["contractId"], json!(id(&contract)));
        assert_eq!(tried["items"][1]["contractTitle"], json!("Groenonderhoud"));
        assert_eq!(coordinator.get(&waiting).await.json()["state"], "submitted");
        assert_eq!(app.balance(&contract, "approved").await.parse::<f64>().unwrap(), 0.0);
        let acts = acts_in(&app.database.db, AuditScope::Municipality("gm0344".parse().unwrap()));
        assert!(acts.iter().all(|act| act.action != "approve_entry"), "a rehearsal leaves no record");

        let done = coordinator.post(&path, ids).await.expect(200).json();
        let without = |mut batch: Value| {
            batch.as_object_mut().unwrap().remove("dryRun");
            batch
        };
        assert_eq!(without(done), without(tried));
        assert_eq!(coordinator.get(&waiting).await.json()["state"], "approved");
    })
    .await;
}

#[actix_web::test]
async fn a_rehearsal_is_for_who_may_do_the_act_and_tells_nothing_of_what_is_not_theirs() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let entry =
            app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-03-31")).await;
        let ids = json!({"entries": {"ids": [id(&entry)]}});
        let approve = format!("{MUNICIPALITY}/entry-approvals?dryRun=true");
        app.as_contractor(GROEN).post(&approve, ids.clone()).await.problem(403);
        let submit = format!("{MUNICIPALITY}/entry-submissions?dryRun=true");
        let other = app.as_contractor(PLANTSOEN).post(&submit, ids.clone()).await.expect(200).json();
        assert_eq!(other["refused"], 1);
        assert!(other["items"][0].get("contractTitle").is_none(), "{other}");
        let odd = format!("{MUNICIPALITY}/entry-approvals?dry=true");
        app.as_role(Role::Coordinator).post(&odd, ids).await.problem(400);
    })
    .await;
}

#[actix_web::test]
async fn a_portfolio_and_an_export_tell_what_is_looked_for() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        app.with_contract(called("Groen Noord", GROEN, "OPD-1")).await;
        app.with_contract(called("Groen Zuid", PLANTSOEN, "OPD-2")).await;
        app.with_contract(called("Bestrating", GROEN, "OPD-3")).await;
        let coordinator = app.as_role(Role::Coordinator);
        let titles = |list: &Value, name: &str| {
            let mut titles: Vec<String> =
                list.as_array().unwrap().iter().map(|it| it[name].as_str().unwrap().to_owned()).collect();
            titles.sort();
            titles
        };
        for (query, expected) in [
            ("text=groen", vec!["Groen Noord", "Groen Zuid"]),
            ("text=groen&contractor=69599068", vec!["Groen Noord"]),
            ("externalReference=OPD-3", vec!["Bestrating"]),
            ("risk=at-risk", vec!["Bestrating", "Groen Noord", "Groen Zuid"]),
            ("risk=on-track", vec![]),
            ("state=concept", vec![]),
            ("unassigned=true", vec![]),
            ("coordinator=coordinator-1&text=zuid", vec!["Groen Zuid"]),
        ] {
            let portfolio = coordinator.get(&format!("{MUNICIPALITY}/portfolio?{query}")).await.expect(200);
            let portfolio = portfolio.json();
            assert_eq!(titles(&portfolio["items"], "title"), expected, "{query}");
            let owed: f64 = portfolio["owed"].as_str().unwrap().parse().unwrap();
            assert!((owed - 50_000.0 * f64::from(u32::try_from(expected.len()).unwrap())).abs() < 0.01);
            let path = format!("{MUNICIPALITY}/exports/contracts/content?format=json&{query}");
            let export = coordinator.get(&path).await.expect(200).json();
            assert_eq!(titles(&export, "title"), expected, "{query}");
        }
        let wrong = format!("{MUNICIPALITY}/exports/entries/content?risk=at-risk");
        coordinator.get(&wrong).await.problem(400);
        let entries = format!("{MUNICIPALITY}/exports/entries/content?format=json&state=submitted");
        assert_eq!(coordinator.get(&entries).await.expect(200).json(), json!([]));
    })
    .await;
}
