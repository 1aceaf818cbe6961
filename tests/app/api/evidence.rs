//! Evidence with entries, over HTTP.

use actix_web::http::Method;
use serde_json::json;
use trede_model::frame::role::Role;

use crate::api::app::{Answer, Client, TestApp, on_each_database};
use crate::api::fulfilment_world::{GROEN, PLANTSOEN, a_contract, a_placement, a_policy};

const PDF: &[u8] = b"%PDF-1.7\nuren van kandidaat K-1";

/// A draft under a contract; answers the path of its evidence.
async fn a_draft(app: &TestApp) -> String {
    app.with_utrecht().await;
    app.with_policy(a_policy()).await;
    let contract = app.with_contract(a_contract(GROEN)).await;
    let entry = a_placement("K-1", "2026-01-01", "2026-08-31");
    let made = app.as_contractor(GROEN).post(&format!("{contract}/entries"), entry).await.expect(201);
    format!("{}/evidence-files", made.header("location").unwrap())
}

async fn send(client: &Client, files: &str, media_type: &str, content: &'static [u8]) -> Answer {
    let media_type = media_type.to_owned();
    client
        .send(Method::POST, &format!("{files}?kind=hours"), |request| {
            request.insert_header(("Content-Type", media_type)).set_payload(content)
        })
        .await
}

#[actix_web::test]
async fn the_parties_of_the_contract_and_the_municipality_read_what_was_added() {
    on_each_database(async |app| {
        let files = a_draft(&app).await;
        let contractor = app.as_contractor(GROEN);
        let added = send(&contractor, &files, "application/pdf", PDF).await.expect(201);
        assert_eq!(added.json()["bytes"], PDF.len());
        assert_eq!(added.json()["scan"], "not-scanned");
        let file = added.header("location").unwrap().replace("?kind=hours", "");
        for reader in [contractor, app.as_role(Role::Coordinator), app.as_role(Role::Auditor)] {
            let content = reader.get(&format!("{file}/content")).await.expect(200);
            assert_eq!(content.body, PDF);
            assert_eq!(content.header("content-type"), Some("application/pdf"));
            assert_eq!(content.header("content-disposition"), Some("attachment"));
            assert_eq!(reader.get(&files).await.expect(200).json()["items"].as_array().unwrap().len(), 1);
        }
        let stranger = app.as_contractor(PLANTSOEN);
        for path in [files.clone(), file.clone(), format!("{file}/content")] {
            stranger.get(&path).await.problem(404);
        }
        send(&stranger, &files, "application/pdf", PDF).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn a_file_of_another_kind_than_it_says_is_refused_and_leaves_nothing() {
    on_each_database(async |app| {
        let files = a_draft(&app).await;
        let contractor = app.as_contractor(GROEN);
        let mismatch = send(&contractor, &files, "image/png", PDF).await.problem(400).1;
        assert_eq!(mismatch["errors"][0]["code"], "content-mismatch");
        let empty = send(&contractor, &files, "application/pdf", b"").await.problem(400).1;
        assert_eq!(empty["errors"][0]["code"], "file-empty");
        send(&contractor, &files, "application/x-msdownload", b"MZ").await.problem(415);
        assert_eq!(contractor.get(&files).await.json()["items"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn what_was_decided_takes_no_more_evidence() {
    on_each_database(async |app| {
        let files = a_draft(&app).await;
        let entry = files.trim_end_matches("/evidence-files");
        let contractor = app.as_contractor(GROEN);
        contractor.post(&format!("{entry}/submissions"), json!({})).await.expect(200);
        send(&contractor, &files, "application/pdf", PDF).await.expect(201);
        let coordinator = app.as_role(Role::Coordinator);
        coordinator.post(&format!("{entry}/approvals"), json!({})).await.expect(200);
        let (code, _) = send(&contractor, &files, "application/pdf", PDF).await.problem(409);
        assert_eq!(code, "entry-decided");
    })
    .await;
}
