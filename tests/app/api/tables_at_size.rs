//! A large export that is changed in one column and imported again: only what was changed changes.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use actix_web::http::Method;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Client, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_policy};

const MUNICIPALITY: &str = "/v1/municipalities/gm0344";
/// How many rows: ten thousand, and a tenth of that without optimisation, unless all is asked for when it is built.
const ROWS: usize =
    if option_env!("TREDE_FULL_SIZE").is_none() && cfg!(debug_assertions) { 1_000 } else { 10_000 };
/// Every so many rows one is changed.
const EACH: usize = 10;

const CSV: &str = "text/csv";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";

async fn send(client: &Client, media_type: &str, table: Vec<u8>) -> Value {
    let complete = |request: actix_web::test::TestRequest| {
        request.insert_header(("Content-Type", media_type.to_owned())).set_payload(table)
    };
    client.send(Method::POST, &format!("{MUNICIPALITY}/entry-imports"), complete).await.expect(200).json()
}

fn counts(report: &Value) -> [u64; 4] {
    ["added", "changed", "unchanged", "refused"].map(|count| report[count].as_u64().unwrap())
}

/// The table with another quantity in some of its rows.
fn changed(table: &str, quantity: &str) -> String {
    let lines = table.lines().enumerate().map(|(number, line)| {
        if number % EACH == 1 { line.replacen(",7,", &format!(",{quantity},"), 1) } else { line.to_owned() }
    });
    lines.collect::<Vec<_>>().join("\r\n")
}

/// The table as LibreOffice saves it in another format; none where there is no LibreOffice.
fn saved_as(format: &str, table: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("table.csv");
    fs::write(&source, table).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    // Commas, quotation marks, UTF-8, from the first row, every column as a text or number as it stands.
    let filter = "--infilter=CSV:44,34,76,1";
    let ran = Command::new("soffice")
        .args([profile.as_str(), "--headless", filter, "--convert-to", format, "--outdir"])
        .args([folder.path(), Path::new(&source)])
        .output();
    let Ok(output) = ran else {
        println!("no soffice here: not tried as {format}");
        return None;
    };
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(fs::read(folder.path().join(format!("table.{format}"))).unwrap())
}

#[actix_web::test]
async fn of_a_large_export_that_is_changed_in_one_column_only_the_changed_rows_change() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let mut contract = a_contract(GROEN);
        contract["terms"]["externalReference"] = json!("OPD-1");
        app.with_contract(contract).await;
        let coordinator = app.as_role(Role::Coordinator);
        let rows = u64::try_from(ROWS).unwrap();
        let some = u64::try_from(ROWS / EACH).unwrap();
        let mut table = "contractReference,externalReference,kind,block,quantity\n".to_owned();
        for row in 0..ROWS {
            table.push_str(&format!("OPD-1,V-{row:05},activity,activiteit,7\n"));
        }
        let began = Instant::now();
        assert_eq!(counts(&send(&coordinator, CSV, table.into()).await), [rows, 0, 0, 0]);
        println!("{ROWS} rows imported in {:?}", began.elapsed());

        let path = format!("{MUNICIPALITY}/exports/entries/content?format=csv");
        let began = Instant::now();
        let export = String::from_utf8(coordinator.get(&path).await.expect(200).body).unwrap();
        println!("exported in {:?}", began.elapsed());
        assert_eq!(export.lines().count(), ROWS + 1);
        let began = Instant::now();
        assert_eq!(counts(&send(&coordinator, CSV, export.clone().into()).await), [0, 0, rows, 0]);
        println!("unchanged imported again in {:?}", began.elapsed());
        for (format, media_type, quantity) in [("csv", CSV, "8"), ("xlsx", XLSX, "9"), ("ods", ODS, "10")] {
            let table = changed(&export, quantity);
            let table = match format {
                "csv" => Some(table.into_bytes()),
                _ => saved_as(format, &table),
            };
            let Some(table) = table else { continue };
            let began = Instant::now();
            let report = send(&coordinator, media_type, table).await;
            assert_eq!(counts(&report), [0, some, rows - some, 0], "{format}: {}", report["errors"]);
            println!("changed in {some} rows, imported again as {format} in {:?}", began.elapsed());
        }
    })
    .await;
}
