//! An office that works in bulk: lists with filters, and one act on many, each with its own outcome.

use std::cell::Cell;

use actix_web::http::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_model::trust::audit::AuditScope;

use crate::api::app::{Answer, Client, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};
use crate::support::acts::acts_in;

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";
/// Whether the office is as large as one coordinator's is known to be, or a tenth of that: without optimisation, unless
/// all is asked for when it is built.
const FULL_SIZE: bool = option_env!("TREDE_FULL_SIZE").is_some() || !cfg!(debug_assertions);
const CONTRACTS: usize = if FULL_SIZE { 150 } else { 15 };
const ENTRIES: usize = if FULL_SIZE { 10_050 } else { 1_050 };

/// A coordinator whose requests are counted.
struct Counted {
    client: Client,
    requests: Cell<usize>,
}

impl Counted {
    fn new(client: Client) -> Self {
        Self { client, requests: Cell::new(0) }
    }

    fn count(&self) {
        self.requests.set(self.requests.get() + 1);
    }

    async fn get(&self, path: &str) -> Answer {
        self.count();
        self.client.get(&format!("{MUNICIPALITY}/{path}")).await.expect(200)
    }

    async fn import(&self, what: &str, table: String) -> Value {
        self.count();
        let path = format!("{MUNICIPALITY}/{what}");
        let complete = |request: actix_web::test::TestRequest| {
            request.insert_header(("Content-Type", "text/csv")).set_payload(table)
        };
        self.client.send(Method::POST, &path, complete).await.expect(200).json()
    }

    /// Does one act on all that are found, request after request; answers how often it was done, and the problems.
    async fn act(&self, what: &str, on: &str, body: Value) -> (u64, Vec<String>) {
        let mut body = body;
        let (mut done, mut problems) = (0, Vec::new());
        loop {
            self.count();
            let path = format!("{MUNICIPALITY}/{what}");
            let batch = self.client.post(&path, body.clone()).await.expect(200).json();
            done += batch["done"].as_u64().unwrap();
            let items = batch["items"].as_array().unwrap();
            assert!(items.len() <= 1000);
            problems
                .extend(items.iter().filter_map(|item| item["problem"]["type"].as_str()).map(str::to_owned));
            match batch["next"].as_str() {
                Some(next) => body[on]["after"] = json!(next),
                None => return (done, problems),
            }
        }
    }
}

fn contracts_table() -> String {
    let mut table =
        "externalReference;title;contractorKvkNumber;kind;contractSum;assignedOn;startsOn;endsOn\n"
            .to_owned();
    for number in 0..CONTRACTS {
        let kvk = if number % 2 == 0 { GROEN } else { PLANTSOEN };
        table.push_str(&format!(
            "OPD-{number:03};Onderhoud {number};{kvk};services;100000,00;01-01-2026;01-01-2026;31-12-2026\n"
        ));
    }
    table
}

/// As many entries under each contract, and under the last one a single one: that falls short.
fn entries_table() -> (String, usize) {
    let mut table = "contractReference,externalReference,kind,block,quantity\n".to_owned();
    let each = ENTRIES / (CONTRACTS - 1);
    let mut rows = 0;
    for contract in 0..CONTRACTS {
        let number = if contract + 1 == CONTRACTS { 1 } else { each };
        for entry in 0..number {
            table.push_str(&format!("OPD-{contract:03},V-{entry:03},activity,activiteit,1\n"));
            rows += 1;
        }
    }
    (table, rows)
}

#[actix_web::test]
async fn a_coordinator_determines_approves_and_settles_a_whole_office_in_few_requests() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let office = Counted::new(app.as_role(Role::Coordinator));
        let (entries, rows) = entries_table();
        let rows = u64::try_from(rows).unwrap();
        let contracts = u64::try_from(CONTRACTS).unwrap();
        assert_eq!(office.import("contract-imports", contracts_table()).await["added"], contracts);
        assert_eq!(office.import("entry-imports", entries).await["added"], rows);

        let all = json!({"contracts": {"filter": {}}});
        assert_eq!(office.act("contract-determinations", "contracts", all.clone()).await, (contracts, vec![]));
        assert_eq!(office.act("contract-determinations", "contracts", all).await, (0, vec![]));
        let assign = json!({"contracts": {"filter": {"unassigned": true}}, "coordinator": "coordinator-1", "reason": "Start"});
        assert_eq!(office.act("contract-assignments", "contracts", assign).await, (contracts, vec![]));
        let mine = json!({"entries": {"filter": {"coordinator": "coordinator-1"}}});
        let began = std::time::Instant::now();
        assert_eq!(office.act("entry-submissions", "entries", mine.clone()).await, (rows, vec![]));
        let submitted = began.elapsed();
        assert_eq!(office.act("entry-approvals", "entries", mine).await, (rows, vec![]));
        println!("{rows} handed in in {submitted:?}, approved in {:?}", began.elapsed() - submitted);
        let waiting = office.get("entries?state=submitted").await.json();
        assert_eq!(waiting["items"], json!([]));

        // After the last day: all but the last contract did what they owed.
        app.clock.set("2027-01-02T09:00:00Z");
        let requests = office.requests.get();
        let office = Counted::new(app.as_role(Role::Coordinator));
        let fulfil = json!({"contracts": {"filter": {}}, "decision": "fulfil", "reason": "Einde looptijd"});
        let (settled, problems) = office.act("contract-settlements", "contracts", fulfil).await;
        assert_eq!((settled, problems), (contracts - 1, vec!["urn:problem:trede:short".to_owned()]));
        let short = json!({"contracts": {"filter": {"state": ["running"]}}, "decision": "give-cure-period", "reason": "Tekort"});
        assert_eq!(office.act("contract-settlements", "contracts", short).await, (1, vec![]));
        let left = office.get("contracts?state=running").await.json();
        assert_eq!(left["items"], json!([]));

        // Everything agrees: balances, the export and the annual report.
        let report = office.get("annual-reports/2026").await.json();
        let expected = Decimal::from(rows) * Decimal::from(100);
        let amount = |value: &Value| value.as_str().unwrap().parse::<Decimal>().unwrap();
        assert_eq!(amount(&report["realised"]), expected);
        let export = office.get("exports/entries/content?format=json").await.json();
        let approved: Decimal =
            export.as_array().unwrap().iter().map(|entry| amount(&entry["approved"])).sum();
        assert_eq!(approved, expected);
        let requests = requests + office.requests.get();
        assert!(requests < 100, "{requests} requests");

        // One record for each object, as the single act leaves it.
        let acts = acts_in(&app.database.db, AuditScope::Municipality("gm0344".parse().unwrap()));
        let of = |action: &str| acts.iter().filter(|act| act.action == action).count();
        assert_eq!(of("approve_entry"), usize::try_from(rows).unwrap());
        assert_eq!(of("determine_obligation"), CONTRACTS);
        assert_eq!(of("settle_contract"), CONTRACTS);
    })
    .await;
}

/// The last part of a path.
fn id(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

#[actix_web::test]
async fn what_is_refused_leaves_the_others_done_and_says_what_the_single_act_would() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let coordinator = app.as_role(Role::Coordinator);
        let mut ids = Vec::new();
        // The second accounts for the months of the first.
        for (from, until) in
            [("2026-01-01", "2026-03-31"), ("2026-03-01", "2026-04-30"), ("2026-05-01", "2026-06-30")]
        {
            let made =
                coordinator.post(&format!("{contract}/entries"), a_placement("K-1", from, until)).await;
            ids.push(id(made.expect(201).header("location").unwrap()));
        }
        let nobody = "0190a5c8-0000-7000-8000-00000000dead";
        let asked = json!({"entries": {"ids": [ids[0], ids[1], nobody, ids[2]]}});
        let submitted = coordinator.post(&format!("{MUNICIPALITY}/entry-submissions"), asked.clone()).await;
        let batch = submitted.expect(200).json();
        assert_eq!((&batch["done"], &batch["refused"]), (&json!(2), &json!(2)), "{batch}");
        let told: Vec<_> = batch["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["state"].as_str().or(item["problem"]["type"].as_str()).unwrap())
            .collect();
        assert_eq!(
            told,
            ["submitted", "urn:problem:trede:counted-already", "urn:problem:trede:not-found", "submitted"]
        );
        let alone = coordinator.post(&format!("{contract}/entries/{}/submissions", ids[1]), json!({})).await;
        let alone = alone.problem(409).1;
        let refused = &batch["items"][1]["problem"];
        assert_eq!(
            (&alone["type"], &alone["detail"], &alone["status"]),
            (&refused["type"], &refused["detail"], &refused["status"])
        );

        let returned = json!({"entries": {"ids": [ids[0]]}, "reason": "Urenlijst ontbreekt"});
        let batch =
            coordinator.post(&format!("{MUNICIPALITY}/entry-returns"), returned).await.expect(200).json();
        assert_eq!(batch["items"][0]["state"], "returned");
        // What was given back is handed in again, and stands in the way of the second as before.
        let batch =
            coordinator.post(&format!("{MUNICIPALITY}/entry-submissions"), asked).await.expect(200).json();
        let states: Vec<_> = batch["items"].as_array().unwrap().iter().map(|item| &item["state"]).collect();
        assert_eq!(states, [&json!("submitted"), &Value::Null, &Value::Null, &Value::Null]);
        assert_eq!(app.balance(&contract, "submitted").await, "11111.11");

        for (what, wrong) in [
            ("entry-submissions", json!({"entries": {}})),
            ("entry-submissions", json!({"entries": {"ids": []}})),
            ("entry-submissions", json!({"entries": {"ids": [ids[0], ids[0]]}})),
            ("entry-returns", json!({"entries": {"filter": {}}, "reason": " "})),
        ] {
            coordinator.post(&format!("{MUNICIPALITY}/{what}"), wrong.clone()).await.problem(400);
        }
        // Another contractor acts on nothing of it.
        let other = app.as_contractor(PLANTSOEN);
        let batch = other
            .post(&format!("{MUNICIPALITY}/entry-submissions"), json!({"entries": {"ids": [ids[1]]}}))
            .await;
        assert_eq!(batch.expect(200).json()["items"][0]["problem"]["status"], 404);
        let batch = other
            .post(&format!("{MUNICIPALITY}/entry-withdrawals"), json!({"entries": {"filter": {}}}))
            .await;
        assert_eq!(batch.expect(200).json()["items"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn a_submission_is_taken_back_and_a_draft_is_removed() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let contractor = app.as_contractor(GROEN);
        let entry =
            app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-03-31")).await;
        let etag = contractor.get(&entry).await.header("etag").unwrap().to_owned();
        assert_eq!(contractor.delete(&entry, Some(&etag)).await.problem(409).0, "state-forbids");
        let withdrawn = contractor.post(&format!("{entry}/withdrawals"), json!({})).await.expect(200);
        assert_eq!(withdrawn.json()["state"], "draft");
        assert_eq!(app.balance(&contract, "submitted").await, "0");
        // It is free for another, and again its own after that.
        let other =
            app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-03-31")).await;
        contractor.post(&format!("{entry}/submissions"), json!({})).await.problem(409);
        contractor.post(&format!("{other}/withdrawals"), json!({})).await.expect(200);
        contractor.post(&format!("{entry}/submissions"), json!({})).await.expect(200);
        app.as_role(Role::Coordinator).post(&format!("{entry}/approvals"), json!({})).await.expect(200);
        contractor.post(&format!("{entry}/withdrawals"), json!({})).await.problem(409);

        // What was handed in once keeps its steps; what never was is gone.
        let etag = contractor.get(&other).await.header("etag").unwrap().to_owned();
        assert_eq!(app.as_contractor(PLANTSOEN).delete(&other, Some(&etag)).await.status, 404);
        contractor.delete(&other, Some("\"1\"")).await.problem(412);
        contractor.delete(&other, Some(&etag)).await.expect(204);
        assert_eq!(contractor.get(&other).await.json()["state"], "withdrawn");
        let steps = contractor.get(&format!("{other}/steps")).await.json();
        let steps: Vec<_> =
            steps["items"].as_array().unwrap().iter().map(|step| step["step"].as_str().unwrap()).collect();
        assert_eq!(steps, ["submit", "withdraw", "remove"]);
        let draft = contractor
            .post(&format!("{contract}/entries"), a_placement("K-2", "2026-01-01", "2026-01-31"))
            .await;
        let draft = draft.expect(201).header("location").unwrap().to_owned();
        contractor.delete(&draft, Some("\"1\"")).await.expect(204);
        contractor.get(&draft).await.problem(404);
    })
    .await;
}
