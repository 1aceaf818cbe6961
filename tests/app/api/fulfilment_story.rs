//! A whole story: from the policy to a settlement with a sanction, over HTTP, on both databases.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, UTRECHT, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_placement, a_policy};
use crate::api::world::expect_hashes;

/// One entry of every kind, with what it counts for.
fn entries() -> Vec<(Value, &'static str)> {
    let facts = |block: &str, amount: &str| json!({"block": block, "amount": amount});
    vec![
        (a_placement("K-1", "2026-05-01", "2026-12-31"), "17777.78"),
        (
            json!({
                "kind": "internship", "candidateReference": "K-2",
                "facts": {"block": "stage", "period": {"from": "2026-05-01", "until": "2026-10-31"}, "hoursPerWeek": "36"}
            }),
            "2500",
        ),
        (
            json!({
                "kind": "purchase", "supplierKvkNumber": PLANTSOEN, "invoiceNumber": "F-1",
                "facts": {"block": "inkoop", "amount": "200", "register": "sociale-onderneming"}
            }),
            "200",
        ),
        (json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "10"}}), "1000"),
        (json!({"kind": "project", "facts": facts("project", "500")}), "500"),
        (json!({"kind": "actual-cost", "facts": facts("scholing", "750.50")}), "750.5"),
        (json!({"kind": "pso-certificate", "facts": facts("certificaat", "300")}), "300"),
        (
            json!({"kind": "cash", "description": "Bij uitzondering", "facts": facts("afkoop", "9000")}),
            "9000",
        ),
    ]
}

async fn contract_from_award(app: &TestApp) -> String {
    let (tender, lot) = app.with_awarded(GROEN).await;
    let report = app
        .as_role(Role::Auditor)
        .get(&format!("/v1/municipalities/{UTRECHT}/completeness-report"))
        .await
        .expect(200)
        .json();
    assert_eq!(report["awardedLotsWithoutContract"][0]["lotId"], lot);
    let contract = app
        .with_contract(json!({
            "award": {"tenderId": tender, "lotId": lot},
            "terms": {
                "kind": "services", "contractSum": "1000000", "startsOn": "2026-05-01", "endsOn": "2028-04-30",
                "psoLevels": [{"level": "trede-2", "from": "2026-01-01", "until": "2028-12-31"}]
            }
        }))
        .await;
    let read = app.as_contractor(GROEN).get(&contract).await.expect(200).json();
    assert_eq!(read["terms"]["contractorKvkNumber"], GROEN);
    assert_eq!(read["terms"]["title"], "Groenonderhoud 2026-2030: Wijk 1");
    assert_eq!(read["terms"]["assignedOn"], "2026-04-01");
    assert_eq!(read["obligation"], "40000", "5 % of a million, less 20 % for the PSO level");
    contract
}

async fn agree_on_a_plan(app: &TestApp, contract: &str) {
    let plan = json!({
        "approach": "Twee plaatsingen.",
        "milestones": [{"title": "Eerste plaatsing", "dueOn": "2026-06-01", "plannedAmount": "20000"}]
    });
    let plans = format!("{contract}/plans");
    let first = app.as_contractor(GROEN).post(&plans, plan.clone()).await.expect(201);
    let decisions = |path: &str| format!("{path}/decisions");
    let place = first.header("location").unwrap();
    assert_eq!(app.as_contractor(GROEN).get(place).await.expect(200).json()["state"], "submitted");
    let first = decisions(place);
    let coordinator = app.as_role(Role::Coordinator);
    coordinator.post(&first, json!({"agreed": false})).await.problem(400);
    coordinator.post(&first, json!({"agreed": false, "reason": "Te mager"})).await.expect(200);
    let second = app.as_contractor(GROEN).post(&plans, plan).await.expect(201);
    let second = decisions(second.header("location").unwrap());
    coordinator.post(&second, json!({"agreed": true})).await.expect(200);
    assert_eq!(coordinator.post(&second, json!({"agreed": true})).await.problem(409).0, "decided-already");
    let milestones = coordinator.get(&format!("{contract}/milestones")).await.expect(200).json();
    let titles: Vec<_> =
        milestones["items"].as_array().unwrap().iter().map(|item| item["title"].clone()).collect();
    assert_eq!(titles, ["Kennismaking", "Eerste plaatsing"]);
    assert_eq!(milestones["items"][0]["dueOn"], "2026-04-08", "seven days after the award");
    let contact = milestones["items"][0]["id"].as_str().unwrap();
    let done = format!("{contract}/milestones/{contact}/completions");
    app.as_contractor(GROEN).post(&done, json!({"doneOn": "2026-04-01"})).await.expect(200);
}

async fn account_for_every_kind(app: &TestApp, contract: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (entry, value) in entries() {
        let path = app.with_submitted(contract, GROEN, entry).await;
        let read = app.as_contractor(GROEN).get(&path).await.expect(200).json();
        assert_eq!((&read["value"], &read["state"]), (&json!(value), &json!("submitted")), "{read}");
        let steps = read["calculation"]["explanation"].as_array().unwrap();
        assert_eq!(steps.last().unwrap()["rule"], "to-the-cent");
        paths.push(path);
    }
    assert_eq!(app.balance(contract, "submitted").await, "32028.28");
    assert_eq!(app.balance(contract, "realised").await, "0");
    paths
}

/// Returns, rejects, approves and reverses; every row of the ledger stays.
async fn decide(app: &TestApp, contract: &str, paths: &[String]) {
    let coordinator = app.as_role(Role::Coordinator);
    let reason = json!({"reason": "De urenlijst ontbreekt."});
    let placement = &paths[0];
    coordinator.post(&format!("{placement}/returns"), json!({"reason": " "})).await.problem(400);
    coordinator.post(&format!("{placement}/returns"), reason.clone()).await.expect(200);
    let contractor = app.as_contractor(GROEN);
    let etag = contractor.get(placement).await.header("etag").unwrap().to_owned();
    let longer = a_placement("K-1", "2026-05-01", "2027-01-31");
    let changed = contractor.put(placement, Some(&etag), longer).await.expect(200).json();
    assert_eq!(changed["value"], "20000");
    contractor.post(&format!("{placement}/submissions"), json!({})).await.expect(200);
    coordinator.post(&format!("{}/rejections", paths[4]), reason.clone()).await.expect(200);
    for path in paths.iter().filter(|path| **path != paths[4]) {
        coordinator.post(&format!("{path}/approvals"), json!({})).await.expect(200);
    }
    // 20,000 + 2,500 + 200 + 1,000 + 750.50 + 300 + 9,000; cash counts for a tenth of 40,000 at the most.
    assert_eq!(app.balance(contract, "approved").await, "33750.5");
    assert_eq!(app.balance(contract, "realised").await, "28750.5");
    coordinator.post(&format!("{}/reversals", paths[3]), reason).await.expect(200);
    assert_eq!(app.balance(contract, "realised").await, "27750.5");
    let (code, _) = contractor
        .put(placement, Some("\"1\""), a_placement("K", "2026-05-01", "2026-06-30"))
        .await
        .problem(412);
    assert_eq!(code, "changed");
    let steps = app.as_role(Role::Auditor).get(&format!("{placement}/steps")).await.expect(200).json();
    let steps: Vec<_> = steps["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["step"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(steps, ["submit", "return", "submit", "approve"]);
}

async fn drop_the_pso_level(app: &TestApp, contract: &str) {
    // 731 days; the level is held on 366 of them: 50,000 × (1 − 20 % × 366 / 731) = 44,993.16.
    let change = json!({
        "kind": "pso-level", "effectiveOn": "2027-05-02", "reason": "Certificaat niet verlengd",
        "psoLevels": [{"level": "trede-2", "from": "2026-05-01", "until": "2027-05-01"}]
    });
    let changed = app.change(contract, change).await.expect(200).json();
    assert_eq!(changed["obligation"], "44993.16", "{changed}");
    let history = app.as_role(Role::Auditor).get(&format!("{contract}/changes")).await.expect(200).json();
    let owed: Vec<_> =
        history["items"].as_array().unwrap().iter().map(|item| item["obligation"].clone()).collect();
    assert_eq!(owed, ["40000", "44993.16"]);
}

/// What each report and export says of the contract is what its ledger says.
async fn compare_reports(app: &TestApp, contract: &str) {
    app.clock.set("2027-05-03T09:00:00Z");
    let (owed, approved) =
        (app.balance(contract, "obligation").await, app.balance(contract, "approved").await);
    let realised = app.balance(contract, "realised").await;
    let coordinator = app.as_role(Role::Coordinator);
    let municipality = format!("/v1/municipalities/{UTRECHT}");

    let standing = coordinator.get(&format!("{contract}/progress")).await.expect(200).json();
    let portfolio = coordinator.get(&format!("{municipality}/portfolio")).await.expect(200).json();
    for told in [&standing["standing"], &portfolio["items"][0], &portfolio] {
        assert_eq!((told["owed"].as_str(), told["realised"].as_str()), (Some(&*owed), Some(&*realised)));
    }
    assert_eq!(portfolio["items"][0]["status"], "behind");
    let months = standing["months"].as_array().unwrap();
    assert_eq!(months.last().unwrap()["cumulated"].as_str(), Some(&*approved));

    let report = coordinator.get(&format!("{municipality}/annual-reports/2026")).await.expect(200).json();
    assert_eq!(report["approved"].as_str(), Some(&*approved), "all was approved in 2026");
    for parts in ["blocks", "sectors", "contractors", "months"] {
        assert_eq!(cents_of(&report[parts], "approved"), cents(&approved), "{parts}");
    }
    // By the days on which it was done, and after the maxima, all years together are what the balance says.
    let (mut done, mut counts) = (0, 0);
    for year in 2025..=2029 {
        let report =
            coordinator.get(&format!("{municipality}/annual-reports/{year}")).await.expect(200).json();
        let amount = |of: &Value, name: &str| cents(of[name].as_str().unwrap());
        assert_eq!(cents_of(&report["blocks"], "done"), amount(&report, "done"));
        assert_eq!(cents_of(&report["sectors"], "realised"), amount(&report, "realised"));
        assert_eq!(cents_of(&report["contractors"], "realised"), amount(&report, "realised"));
        assert_eq!(amount(&report, "done") - amount(&report, "beyondMaxima"), amount(&report, "realised"));
        done += amount(&report, "done");
        counts += amount(&report, "realised");
    }
    assert_eq!((done, counts), (cents(&approved), cents(&realised)));

    let export = format!("{municipality}/exports/entries/content?format=json");
    let rows = coordinator.get(&export).await.expect(200).json();
    let rows: Vec<_> =
        rows.as_array().unwrap().iter().filter(|row| row["state"] == "approved").cloned().collect();
    assert_eq!(cents_of(&json!(rows), "value"), cents(&approved));
}

fn cents_of(rows: &Value, amount: &str) -> i64 {
    rows.as_array().unwrap().iter().map(|row| cents(row[amount].as_str().unwrap())).sum()
}

fn cents(euros: &str) -> i64 {
    let (whole, hundredths) = euros.split_once('.').unwrap_or((euros, "0"));
    whole.parse::<i64>().unwrap() * 100 + format!("{hundredths:0<2}").parse::<i64>().unwrap()
}

/// Short by 44,993.16 − (27,750.50 + what cash may count more) = 16,743.34; × 1.5 = 25,115.01.
async fn settle(app: &TestApp, contract: &str) {
    let settlements = format!("{contract}/settlements");
    let decision = |decision: &str| json!({"decision": decision, "reason": "Stand einde looptijd"});
    let early = app.as_role(Role::Coordinator).post(&settlements, decision("fall-short")).await;
    assert_eq!(early.problem(409).0, "term-runs");
    app.clock.set("2028-05-02T10:00:00Z");
    let coordinator = app.as_role(Role::Coordinator);
    for (wrong, code) in
        [("fulfil", "short"), ("fall-short", "cure-period-first"), ("sanction", "state-forbids")]
    {
        assert_eq!(coordinator.post(&settlements, decision(wrong)).await.problem(409).0, code);
    }
    let cure = coordinator.post(&settlements, decision("give-cure-period")).await.expect(201).json();
    assert_eq!(cure["cureUntil"], "2028-06-01");
    assert_eq!(cure["shortfall"], "16743.34");
    assert_eq!(
        coordinator.post(&settlements, decision("fall-short")).await.problem(409).0,
        "cure-period-runs"
    );
    app.clock.set("2028-06-02T10:00:00Z");
    let coordinator = app.as_role(Role::Coordinator);
    coordinator.post(&settlements, decision("fall-short")).await.expect(201);
    let made = coordinator.post(&settlements, decision("sanction")).await.expect(201);
    let read = coordinator.get(made.header("location").unwrap()).await.expect(200).json();
    assert_eq!(read["sanction"], "25115.01");
    let markdown = read["statement"]["markdown"].as_str().unwrap();
    for told in
        ["€ 44.993,16", "€ 16.743,34", "€ 25.115,01", "Tekort, met sanctie", "Certificaat niet verlengd"]
    {
        assert!(markdown.contains(told), "{told} in {markdown}");
        assert!(read["statement"]["html"].as_str().unwrap().contains(told), "{told}");
    }
    let entry = json!({"kind": "activity", "facts": {"block": "activiteit", "quantity": "1"}});
    let late = app.as_contractor(GROEN).post(&format!("{contract}/entries"), entry).await.expect(201);
    let late = format!("{}/submissions", late.header("location").unwrap());
    let (code, _) = app.as_contractor(GROEN).post(&late, json!({})).await.problem(409);
    assert_eq!(code, "obligation-not-open");
    assert_eq!(coordinator.get(contract).await.json()["state"], "sanctioned");
}

#[actix_web::test]
async fn from_policy_to_sanction_everything_agrees() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = contract_from_award(&app).await;
        agree_on_a_plan(&app, &contract).await;
        app.clock.set("2026-05-02T09:00:00Z");
        let paths = account_for_every_kind(&app, &contract).await;
        decide(&app, &contract, &paths).await;
        drop_the_pso_level(&app, &contract).await;
        compare_reports(&app, &contract).await;
        settle(&app, &contract).await;
        expect_hashes(&app.trail(contract.split("/contracts/").next().unwrap()).await);
    })
    .await;
}
