//! Auditors read the audit trail over the API, and take its anchor.

use trede::domain::role::Role;

use crate::app::on_each_database;
use crate::world::{a_lot, a_tender, tenders};

const UTRECHT: &str = "/v1/municipalities/gm0344";

#[actix_web::test]
async fn an_auditor_reads_who_did_what_and_takes_the_anchor() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let auditor = app.as_role(Role::Auditor);
        let buyer = app.as_role(Role::Buyer);
        let made = buyer.post(&tenders("gm0344"), a_tender()).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        buyer.post(&format!("{tender}/lots"), a_lot(1)).await.expect(201);
        // What is refused leaves no record.
        buyer.post(&format!("{tender}/lots"), a_lot(1)).await.problem(409);

        let records = auditor.get(&format!("{UTRECHT}/audit-records")).await.expect(200).json();
        let records = records["items"].as_array().unwrap();
        let actions: Vec<_> = records.iter().map(|record| record["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["create_tender", "create_lot"]);
        let last = records.last().unwrap();
        assert!(last["object"].as_str().unwrap().starts_with("tenders/"));

        let anchor = auditor.get(&format!("{UTRECHT}/audit-anchor")).await.expect(200).json();
        assert_eq!(anchor["scope"], "gm0344");
        assert_eq!(anchor["sequence"], 2);
        assert_eq!(anchor["hash"], last["hash"]);
    })
    .await;
}

#[actix_web::test]
async fn the_trail_is_read_a_page_at_a_time() {
    on_each_database(async |app| {
        app.with_utrecht().await;
        let auditor = app.as_role(Role::Auditor);
        for _ in 0..3 {
            app.as_role(Role::Buyer).post(&tenders("gm0344"), a_tender()).await.expect(201);
        }
        let first = auditor.get(&format!("{UTRECHT}/audit-records?limit=2")).await.expect(200);
        assert_eq!(first.json()["items"].as_array().unwrap().len(), 2);
        let link = first.header("link").unwrap();
        let next = link.split(['<', '>']).nth(1).unwrap();
        let next = next
            .strip_prefix('?')
            .map_or(next.to_owned(), |query| format!("{UTRECHT}/audit-records?{query}"));
        let rest = auditor.get(&next).await.expect(200).json();
        assert_eq!(rest["items"][0]["sequence"], 3);
    })
    .await;
}
