//! Contracts and entries in and out as tables.

use actix_web::http::Method;
use rust_decimal::Decimal;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Answer, Client, TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const CONTRACTS: &str = "externalReference;title;contractorKvkNumber;kind;cpvCodes;contractSum;assignedOn;startsOn;endsOn\r\n\
    OPD-1;Groenonderhoud;69599068;services;77310000-6;1000000,00;01-01-2026;01-01-2026;31-12-2027\r\n\
    OPD-2;Schilderwerk;68750110;works;45442100-8;500000,00;2026-01-01;2026-01-01;2026-12-31\r\n";

const ENTRIES: &str = "contractReference,externalReference,kind,block,candidateReference,periodFrom,periodUntil,hoursPerWeek,quantity,description\n\
    OPD-1,V-1,placement,participatiewet,K-1,2026-01-01,2026-08-31,24,,\n\
    OPD-1,V-2,activity,activiteit,,,,,10,=HYPERLINK(\"x\")\n";

async fn send(client: &Client, what: &str, media_type: &str, table: impl Into<Vec<u8>>) -> Answer {
    let (media_type, table) = (media_type.to_owned(), table.into());
    client
        .send(Method::POST, &format!("{MUNICIPALITY}/{what}"), |request| {
            request.insert_header(("Content-Type", media_type)).set_payload(table)
        })
        .await
}

async fn imported(client: &Client, what: &str, table: &str) -> Value {
    send(client, what, "text/csv", table).await.expect(200).json()
}

fn counts(report: &Value) -> [u64; 4] {
    ["rows", "added", "unchanged", "refused"].map(|member| report[member].as_u64().unwrap())
}

fn errors(report: &Value) -> Vec<(u64, &str, &str)> {
    let told = report["errors"].as_array().unwrap().iter();
    told.map(|error| {
        let text = |member| Value::as_str(&error[member]).unwrap();
        (error["row"].as_u64().unwrap(), text("column"), text("code"))
    })
    .collect()
}

async fn with_contracts(app: &TestApp) -> Client {
    app.with_utrecht().await;
    app.with_policy(a_policy()).await;
    let coordinator = app.as_role(Role::Coordinator);
    assert_eq!(counts(&imported(&coordinator, "contract-imports", CONTRACTS).await), [2, 2, 0, 0]);
    coordinator
}

#[actix_web::test]
async fn a_dutch_spreadsheet_of_contracts_is_taken_once() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let coordinator = app.as_role(Role::Coordinator);
        let dry = imported(&coordinator, "contract-imports?dryRun=true", CONTRACTS).await;
        assert_eq!((counts(&dry), &dry["dryRun"]), ([2, 2, 0, 0], &json!(true)));
        let list = format!("{MUNICIPALITY}/contracts");
        assert_eq!(coordinator.get(&list).await.json()["items"], json!([]));
        assert_eq!(counts(&imported(&coordinator, "contract-imports", CONTRACTS).await), [2, 2, 0, 0]);
        assert_eq!(counts(&imported(&coordinator, "contract-imports", CONTRACTS).await), [2, 0, 2, 0]);
        let contracts = coordinator.get(&list).await.json();
        assert_eq!(contracts["items"][0]["obligation"], "50000");
        assert_eq!(contracts["items"].as_array().unwrap().len(), 2);
        let changed = CONTRACTS.replace("500000,00", "600000,00");
        let report = imported(&coordinator, "contract-imports", &changed).await;
        assert_eq!((counts(&report), &report["changed"]), ([2, 0, 1, 0], &json!(1)));
        let contracts = coordinator.get(&list).await.json();
        assert_eq!(contracts["items"][1]["terms"]["contractSum"], "600000");
        let renamed = changed.replace("Schilderwerk", "Verfwerk");
        let report = imported(&coordinator, "contract-imports", &renamed).await;
        assert_eq!(errors(&report), [(3, "title", "contract-differs")]);
    })
    .await;
}

#[actix_web::test]
async fn entries_are_valued_and_a_table_can_be_sent_again() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        assert_eq!(counts(&imported(&coordinator, "entry-imports", ENTRIES).await), [2, 2, 0, 0]);
        let more = format!("{ENTRIES}OPD-2,V-3,activity,activiteit,,,,,5,\n");
        assert_eq!(counts(&imported(&coordinator, "entry-imports", &more).await), [3, 1, 2, 0]);
        let export = coordinator.get(&format!("{MUNICIPALITY}/exports/entries/content?format=json")).await;
        let entries = export.expect(200).json();
        let values: Vec<_> = entries.as_array().unwrap().iter().map(|entry| &entry["value"]).collect();
        assert_eq!(values, ["17777.78", "1000.00", "500.00"]);
        assert!(entries.as_array().unwrap().iter().all(|entry| entry["state"] == "draft"));
    })
    .await;
}

#[actix_web::test]
async fn all_that_is_wrong_is_told_with_its_row_and_column_and_the_rest_is_taken() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        let table = format!(
            "{ENTRIES}OPD-9,V-4,activity,activiteit,,,,,1,\n\
             OPD-1,V-5,placement,participatiewet,,2026-13-01,2026-02-01,veel,,\n\
             OPD-1,V-6,activity,onbekend,,,,,1,\n\
             OPD-1,V-7,placement,participatiewet,123456782,2026-01-01,2026-02-01,36,,\n\
             OPD-1,V-1,activity,activiteit,,,,,1,\n\
             OPD-1,,reis,activiteit,,,,,1,\n"
        );
        let dry = imported(&coordinator, "entry-imports?dryRun=true", &table).await;
        let told = errors(&dry);
        for expected in [
            (4, "contractReference", "contract-unknown"),
            (5, "periodFrom", "cell-malformed"),
            (5, "hoursPerWeek", "cell-malformed"),
            (6, "block", "unknown-block"),
            (8, "externalReference", "reference-twice"),
            (9, "externalReference", "cell-needed"),
            (9, "kind", "cell-malformed"),
        ] {
            assert!(told.contains(&expected), "{expected:?} in {told:?}");
        }
        assert!(told.iter().any(|(row, column, _)| *row == 7 && *column == "candidateReference"), "{told:?}");
        let report = imported(&coordinator, "entry-imports", &table).await;
        assert_eq!(counts(&report), [8, 2, 0, 6]);
        let unknown = imported_problem(&coordinator, "contractReference,naam\nOPD-1,Jan\n").await;
        let codes: Vec<_> = unknown.iter().map(String::as_str).collect();
        assert_eq!(codes, ["column-missing"; 3]);
        let more = ENTRIES.replace("description", "naam");
        let report = imported(&coordinator, "entry-imports?dryRun=true", &more).await;
        assert_eq!(
            (&report["refused"], &report["remarks"][0]["code"]),
            (&json!(0), &json!("column-unknown"))
        );
        assert_eq!(imported_problem(&coordinator, "").await, ["table-empty"]);
        send(&coordinator, "entry-imports", "application/json", "{}").await.problem(415);
        let broken = send(&coordinator, "entry-imports", XLSX, "PK\x03\x04 no workbook").await.problem(400).1;
        assert_eq!(broken["errors"][0]["code"], "table-malformed");
    })
    .await;
}

async fn imported_problem(client: &Client, table: &str) -> Vec<String> {
    let (_, problem) = send(client, "entry-imports", "text/csv", table).await.problem(400);
    let errors = problem["errors"].as_array().unwrap().iter();
    errors.map(|error| error["code"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn a_contractor_imports_and_exports_its_own_only() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        let other = app.as_contractor(PLANTSOEN);
        let report = imported(&other, "entry-imports", ENTRIES).await;
        assert_eq!(errors(&report)[0], (2, "contractReference", "contract-unknown"));
        imported(&app.as_contractor(GROEN), "entry-imports", ENTRIES).await;
        for (table, of_all, of_other) in [("entries", 2, 0), ("contracts", 2, 1)] {
            let path = format!("{MUNICIPALITY}/exports/{table}/content?format=json");
            let rows = |answer: Answer| answer.expect(200).json().as_array().unwrap().len();
            assert_eq!(rows(coordinator.get(&path).await), of_all, "{table}");
            assert_eq!(rows(other.get(&path).await), of_other, "{table}");
        }
    })
    .await;
}

#[actix_web::test]
async fn the_exported_ledger_adds_up_to_the_balance() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let coordinator = app.as_role(Role::Coordinator);
        let done = app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-08-31")).await;
        coordinator.post(&format!("{done}/approvals"), json!({})).await.expect(200);
        app.with_submitted(&contract, GROEN, a_placement("K-2", "2026-01-01", "2026-06-30")).await;
        let path = format!("{MUNICIPALITY}/exports/ledger/content?format=json");
        let ledger = coordinator.get(&path).await.expect(200).json();
        let sum = |what: &str| -> Decimal {
            ledger
                .as_array()
                .unwrap()
                .iter()
                .map(|row| row[what].to_string().trim_matches('"').parse::<Decimal>().unwrap())
                .sum()
        };
        for (column, balance) in [("approved", "realised"), ("submitted", "submitted")] {
            assert_eq!(sum(column), app.balance(&contract, balance).await.parse().unwrap(), "{column}");
        }
        let steps: Vec<_> =
            ledger.as_array().unwrap().iter().map(|row| row["step"].as_str().unwrap()).collect();
        assert_eq!(steps, ["submit", "approve", "submit"]);
        let other = app.as_contractor(PLANTSOEN).get(&path).await.expect(200).json();
        assert_eq!(other, json!([]));
        app.as_role(Role::Bidder).get("/v1/table-templates/ledger/content").await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn what_a_spreadsheet_would_run_is_kept_from_running_and_reads_back_the_same() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        imported(&coordinator, "entry-imports", ENTRIES).await;
        let path = |format: &str| format!("{MUNICIPALITY}/exports/entries/content?format={format}");
        let csv = coordinator.get(&path("csv")).await.expect(200);
        assert_eq!(csv.header("content-type"), Some("text/csv"));
        let text = String::from_utf8(csv.body).unwrap();
        assert!(text.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{text}");
        let workbook = coordinator.get(&path("xlsx")).await.expect(200);
        assert!(workbook.body.starts_with(b"PK"));
        let guarded = ENTRIES.replace("=HYPERLINK", "'=HYPERLINK");
        assert_eq!(counts(&imported(&coordinator, "entry-imports", &guarded).await), [2, 0, 2, 0]);
    })
    .await;
}

#[actix_web::test]
async fn the_template_of_a_table_is_one_that_can_be_imported() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        for (table, what) in [("contracts", "contract-imports"), ("entries", "entry-imports")] {
            for (format, media_type) in [("csv", "text/csv"), ("xlsx", XLSX)] {
                let path = format!("/v1/table-templates/{table}/content?format={format}");
                let template = app.as_role(Role::Bidder).get(&path).await.expect(200);
                let what = format!("{what}?dryRun=true");
                let report = send(&coordinator, &what, media_type, template.body).await.expect(200).json();
                assert_eq!(report["rows"], 1, "{table} {format}: {report}");
                let known = errors(&report).into_iter().all(|(.., code)| code == "contract-unknown");
                assert!(known, "{table} {format}: {report}");
            }
        }
    })
    .await;
}

#[actix_web::test]
async fn every_export_can_be_imported_again_and_only_what_was_changed_changes() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        imported(&coordinator, "entry-imports", ENTRIES).await;
        for (table, what) in [("contracts", "contract-imports"), ("entries", "entry-imports")] {
            for (query, media_type) in [
                ("format=csv", "text/csv"),
                ("format=csv&locale=nl&language=nl", "text/csv"),
                ("format=xlsx", XLSX),
                ("format=xlsx&language=nl", XLSX),
            ] {
                let export =
                    coordinator.get(&format!("{MUNICIPALITY}/exports/{table}/content?{query}")).await;
                let export = export.expect(200).body;
                assert_eq!(export.starts_with(b"\xEF\xBB\xBF"), query.contains("locale=nl"), "{query}");
                let report = send(&coordinator, what, media_type, export).await.expect(200).json();
                assert_eq!(
                    (counts(&report), &report["changed"]),
                    ([2, 0, 2, 0], &json!(0)),
                    "{table} {query}: {report}"
                );
                assert_eq!(
                    (&report["remarks"], &report["errors"]),
                    (&json!([]), &json!([])),
                    "{table} {query}"
                );
            }
        }
        let export = async |table: &str| {
            let path = format!("{MUNICIPALITY}/exports/{table}/content?format=csv");
            String::from_utf8(coordinator.get(&path).await.expect(200).body).unwrap()
        };
        let entries = export("entries").await.replace(",10,", ",12,");
        let report = imported(&coordinator, "entry-imports", &entries).await;
        assert_eq!((counts(&report), &report["changed"]), ([2, 0, 1, 0], &json!(1)), "{report}");
        assert!(export("entries").await.contains("1200.00"));
        let said = entries.replace("draft", "approved").replace("V-1", "V-8");
        let report = imported(&coordinator, "entry-imports?dryRun=true", &said).await;
        assert_eq!(report["changed"], 1, "a row is known by its id: {report}");
        assert_eq!(report["remarks"][0]["code"], "computed-here");
        let swapped = entries.replace("V-1", "V-0").replace("V-2", "V-1").replace("V-0", "V-2");
        let report = imported(&coordinator, "entry-imports?dryRun=true", &swapped).await;
        assert!(
            errors(&report).iter().all(|(_, column, code)| (*column, *code) == ("entryId", "id-of-another")),
            "{report}"
        );
    })
    .await;
}

#[actix_web::test]
async fn thousands_with_points_are_read_only_when_somebody_says_so() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let coordinator = app.as_role(Role::Coordinator);
        let table = CONTRACTS.replace("1000000,00", "1.000").replace("500000,00", "500.000");
        let report = imported(&coordinator, "contract-imports?language=nl", &table).await;
        assert_eq!(
            errors(&report),
            [(2, "contractSum", "number-ambiguous"), (3, "contractSum", "number-ambiguous")]
        );
        assert_eq!(report["errors"][1]["cell"], "F3");
        let detail = report["errors"][1]["detail"].as_str().unwrap();
        assert!(detail.starts_with("«500.000» kan 500.000 zijn en 500;"), "{detail}");
        let report = imported(&coordinator, "contract-imports?locale=nl", &table).await;
        assert_eq!(counts(&report), [2, 2, 0, 0]);
        let contracts = coordinator.get(&format!("{MUNICIPALITY}/contracts")).await.json();
        assert_eq!(contracts["items"][1]["terms"]["contractSum"], "500000");
    })
    .await;
}

#[actix_web::test]
async fn a_dry_run_finds_doubles_that_are_far_apart() {
    on_each_database(async |app| {
        let coordinator = with_contracts(&app).await;
        let mut table = "contractReference;externalReference;kind;block;quantity\n".to_owned();
        for number in 0..1200 {
            table.push_str(&format!("OPD-1;V-{};activity;activiteit;1\n", number % 1100));
        }
        let dry = imported(&coordinator, "entry-imports?dryRun=true", &table).await;
        assert_eq!(counts(&dry), [1200, 1100, 0, 100]);
        assert_eq!(errors(&dry)[0], (1102, "externalReference", "reference-twice"));
        let done = imported(&coordinator, "entry-imports", &table).await;
        assert_eq!((counts(&done), &done["errors"]), (counts(&dry), &dry["errors"]));
    })
    .await;
}
