//! What a year came to, for anybody: closed until opened, the same totals as the report, and nothing of few.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{TestApp, UTRECHT, on_each_database};
use crate::api::fulfilment_world::{GROEN, a_contract, a_policy};

fn path(what: &str) -> String {
    format!("/v1/municipalities/{UTRECHT}/{what}")
}

async fn open(app: &TestApp) {
    let settings = path("open-year-settings");
    app.as_role(Role::Administrator).put(&settings, Some("\"0\""), json!({"open": true})).await.expect(200);
}

/// A placement of a year in a district.
fn placed(number: usize, district: &str) -> Value {
    json!({
        "kind": "placement", "candidateReference": format!("K-{number}"),
        "facts": {
            "block": "participatiewet", "hoursPerWeek": "36", "district": district,
            "period": {"from": "2026-01-01", "until": "2026-12-31"}
        }
    })
}

/// Contractors, each with a contract and a placement that was approved, in these districts.
async fn followed(app: &TestApp, districts: &[&str]) {
    app.with_utrecht().await;
    app.with_policy(a_policy()).await;
    for (number, district) in districts.iter().enumerate() {
        let kvk = if number == 0 { GROEN.to_owned() } else { format!("{}", 90_000_000 + number) };
        let contract = app.with_contract(a_contract(&kvk)).await;
        app.with_submitted(&contract, &kvk, placed(number, district)).await;
    }
    let all = json!({"entries": {"filter": {}}});
    let approved = app.as_role(Role::Coordinator).post(&path("entry-approvals"), all).await.expect(200);
    assert_eq!(approved.json()["done"], districts.len());
}

#[actix_web::test]
async fn a_year_is_for_nobody_until_an_administrator_opens_it() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let nobody = app.as_nobody();
        let places = ["open-data/years", "open-data/years/2026", "open-data/years/2026/content"].map(path);
        for place in &places {
            nobody.get(place).await.problem(404);
        }
        let settings = path("open-year-settings");
        app.as_role(Role::Coordinator)
            .put(&settings, Some("\"0\""), json!({"open": true}))
            .await
            .problem(403);
        open(&app).await;
        for place in &places {
            let shown = nobody.get(place).await.expect(200);
            assert_eq!(shown.header("access-control-allow-origin"), Some("*"));
        }
        nobody.get(&path("open-data/years/2027")).await.problem(404);
        let administrator = app.as_role(Role::Administrator);
        administrator.put(&settings, Some("\"0\""), json!({"open": false})).await.problem(412);
        administrator.put(&settings, Some("\"1\""), json!({"open": false})).await.expect(200);
        nobody.get(&places[1]).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn totals_are_those_of_the_annual_report_and_a_small_district_cannot_be_worked_out() {
    on_each_database(async |app| {
        let districts = ["Overvecht"; 5].into_iter().chain(["Zuilen"]).chain(["Lunetten"; 6]);
        followed(&app, &districts.collect::<Vec<_>>()).await;
        open(&app).await;
        let told = app.as_nobody().get(&path("open-data/years/2026")).await.expect(200).json();
        let report = app.as_role(Role::Auditor).get(&path("annual-reports/2026")).await.expect(200).json();
        for total in ["contracts", "people", "owed", "realised", "done", "hours", "approved"] {
            assert_eq!(told[total], report[total], "{total}");
        }
        assert_eq!((&told["contractors"], &told["suppressedBelow"]), (&json!(12), &json!(5)));
        // Zuilen is one person, and Overvecht with it the rest of the total.
        let districts = told["districts"].as_array().unwrap();
        let open: Vec<&Value> = districts.iter().filter(|line| line["suppressed"] == false).collect();
        assert_eq!(open.len(), 1, "{told}");
        assert_eq!((&open[0]["part"], &open[0]["people"]), (&json!("Lunetten"), &json!(6)));
        assert_eq!(districts.iter().filter(|line| **line == json!({"suppressed": true})).count(), 2);
        let whole = told.to_string();
        for hidden in ["Zuilen", "Overvecht", "K-1", GROEN, "90000001", "coordinator"] {
            assert!(!whole.contains(hidden), "{hidden}: {whole}");
        }
        assert_eq!((&told["targetGroups"][0]["people"], &told["doneOtherwise"]), (&json!(12), &json!("0")));
        assert_eq!(told["sectors"][0]["part"], "77");
        let years = app.as_nobody().get(&path("open-data/years")).await.expect(200).json();
        assert_eq!(years, json!({"name": "Utrecht", "years": [2026]}));
    })
    .await;
}

#[actix_web::test]
async fn of_few_contractors_no_amount_is_told() {
    on_each_database(async |app| {
        followed(&app, &["Overvecht"; 4]).await;
        open(&app).await;
        let told = app.as_nobody().get(&path("open-data/years/2026")).await.expect(200).json();
        for total in ["contracts", "contractors", "people", "owed", "realised", "done", "hours", "approved"] {
            assert!(told.get(total).is_none(), "{total}: {told}");
        }
        for list in ["targetGroups", "districts", "sectors"] {
            let lines = told[list].as_array().unwrap();
            assert!(
                !lines.is_empty() && lines.iter().all(|line| line["suppressed"] == true),
                "{list}: {told}"
            );
        }
        let approved = told["months"].as_array().unwrap().iter().filter(|month| month["suppressed"] == true);
        assert_eq!(approved.count(), 1, "a month in which nothing was approved is no secret");
    })
    .await;
}

#[actix_web::test]
async fn the_table_has_a_row_for_each_number_and_none_where_it_is_kept_back() {
    on_each_database(async |app| {
        followed(&app, &["=cmd"; 6]).await;
        open(&app).await;
        let nobody = app.as_nobody();
        let table = nobody.get(&path("open-data/years/2026/content")).await.expect(200);
        assert!(table.header("content-type").unwrap().starts_with("text/csv"));
        let text = String::from_utf8(table.body).unwrap();
        assert!(text.starts_with("table,part,measure,value,suppressed\n"), "{text}");
        assert!(text.contains("total,,people,6,false\n"), "{text}");
        assert!(text.contains("district,'=cmd,people,6,false\n"), "{text}");
        let dutch = nobody.get(&path("open-data/years/2026/content?locale=nl")).await.expect(200);
        let dutch = String::from_utf8(dutch.body).unwrap();
        assert!(dutch.contains("total;;people;6;false\r\n"), "{dutch}");
        nobody.get(&path("open-data/years/2026/content?format=xlsx")).await.problem(400);
    })
    .await;
}
