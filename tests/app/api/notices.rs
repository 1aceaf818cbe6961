//! Notices over HTTP, in each form that they can have.

use actix_web::http::Method;
use serde_json::json;
use trede_model::frame::role::Role;

use crate::api::app::{Answer, Client, UTRECHT, on_each_database};

const NOTICE: &str = r#"<?xml version="1.0" encoding="ISO-8859-1"?><ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"><cbc:ID schemeName="notice-id">n-1</cbc:ID><cac:ProcurementProject><cbc:Name>Zoë</cbc:Name></cac:ProcurementProject><cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID></cac:ProcurementProjectLot></ContractNotice>"#;

fn imports() -> String {
    format!("/v1/municipalities/{UTRECHT}/notice-imports")
}

async fn import(client: &Client, media: &str, query: &str, body: Vec<u8>) -> Answer {
    let media = media.to_owned();
    client
        .send(Method::POST, &(imports() + query), |request| {
            request.insert_header(("Content-Type", media)).set_payload(body)
        })
        .await
}

fn latin() -> Vec<u8> {
    NOTICE.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect()
}

#[actix_web::test]
async fn a_notice_in_xml_becomes_a_tender_that_can_be_read() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let platform = app.as_role(Role::Platform);
        let made = import(&platform, "application/xml", "?bidCustody=trede", latin()).await.expect(201);
        let location = made.header("location").unwrap().to_owned();
        let report = made.json();
        assert_eq!(report["outcome"], "created");
        let read = platform.get(&location).await.expect(200);
        assert_eq!(read.json(), report);
        let tender = format!("/v1/municipalities/{UTRECHT}/tenders/{}", report["tenderId"].as_str().unwrap());
        let tender = platform.get(&tender).await.expect(200).json();
        assert_eq!((&tender["title"], &tender["bidCustody"]), (&json!("Zoë"), &json!("trede")));
        let listed = platform.get(&imports()).await.expect(200).json();
        assert_eq!(listed["items"][0]["id"], report["id"]);
        assert_eq!(listed["items"][0]["report"], json!(null));
        import(&platform, "text/xml", "", latin()).await.expect(200);
    })
    .await;
}

#[actix_web::test]
async fn a_notice_as_text_in_json_is_read_whatever_encoding_it_declares() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let made =
            app.as_role(Role::Buyer).post(&imports(), json!({"notice": NOTICE})).await.expect(201).json();
        assert_eq!(made["report"]["notice"]["subject"]["title"][0]["text"], "Zoë");
    })
    .await;
}

#[actix_web::test]
async fn what_is_no_notice_is_told_with_a_code() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let buyer = app.as_role(Role::Buyer);
        for (body, code) in [
            ("<html/>", "not-a-notice"),
            ("", "malformed-xml"),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>", "document-type-refused"),
        ] {
            let answer = import(&buyer, "application/xml", "", body.as_bytes().to_vec()).await;
            let (_, problem) = answer.problem(400);
            assert_eq!(problem["errors"][0]["code"], code, "{problem}");
        }
        import(&buyer, "text/plain", "", latin()).await.problem(415);
        import(&buyer, "application/xml", "?bidCustody=nobody", latin()).await.problem(400);
        let large = vec![b' '; 33 * 1024 * 1024];
        import(&buyer, "application/xml", "", large).await.problem(413);
    })
    .await;
}
