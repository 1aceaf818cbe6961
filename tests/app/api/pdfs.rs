//! Letters, reports, statements and annual reports as PDF. What stands in one is read back in the crate that writes
//! them; here, that each comes to who may read it, and the same each time.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Answer, Client, TestApp, UTRECHT, on_each_database};
use crate::api::award_story::{BIDS, Story};
use crate::api::fulfilment_world::{GROEN, a_contract, a_placement, a_policy};

/// Leaves the file for other checkers, where the environment says so (see .ci/contract).
#[allow(clippy::disallowed_methods)]
fn left(name: &str, file: &[u8]) {
    if let Some(folder) = std::env::var_os("PDF_SAMPLES") {
        std::fs::write(std::path::Path::new(&folder).join(format!("app-{name}.pdf")), file).unwrap();
    }
}

/// The file, which is the same when it is asked for again.
async fn pdf(reader: &Client, path: &str, name: &str) -> Vec<u8> {
    let answer = reader.get(path).await.expect(200);
    assert_eq!(answer.header("content-type"), Some("application/pdf"));
    let disposition = answer.header("content-disposition").unwrap();
    assert!(
        disposition.starts_with("attachment; filename=\"") && disposition.ends_with(".pdf\""),
        "{disposition}"
    );
    assert!(answer.body.starts_with(b"%PDF-1.7"), "{path}");
    let Answer { body, .. } = reader.get(path).await.expect(200);
    assert!(body == answer.body, "{path} changes");
    left(name, &body);
    body
}

fn holds(file: &[u8], text: &str) -> bool {
    file.windows(text.len()).any(|part| part == text.as_bytes())
}

async fn ready_to_award(app: &TestApp) -> (Story<'_>, Value, Value) {
    app.with_utrecht().await;
    let story = Story::published(app, "keep-ranking", "one").await;
    story.opened().await;
    story.assessed().await;
    story.evaluated("eerste").await;
    story.low_price_rejected().await;
    let evaluation = story.evaluated("na het oordeel over de lage prijs").await;
    let winner = story.bid(BIDS[0].0).await;
    (story, evaluation, winner)
}

#[actix_web::test]
async fn a_letter_and_a_report_come_as_pdf_to_who_may_read_them() {
    on_each_database(|app| async move {
        let (story, evaluation, winner) = ready_to_award(&app).await;
        let early =
            story.buyer().get(&format!("{}/award-letters/{}/pdf", story.lot, uuid::Uuid::nil())).await;
        early.problem(404);
        story.proposed(&evaluation, &winner).await;
        let letters = story.read("award-letters").await["items"].as_array().unwrap().clone();
        let to = |kvk: &str| {
            let own = letters.iter().find(|letter| letter["bidderKvkNumber"] == kvk).unwrap();
            format!("{}/award-letters/{}/pdf", story.lot, own["id"].as_str().unwrap())
        };
        let (own, foreign) = (to(BIDS[1].0), to(BIDS[2].0));
        let bidder = story.bidder(BIDS[1].0);
        let dutch = pdf(&bidder, &own, "letter-nl").await;
        let english = pdf(&bidder, &format!("{own}?language=en"), "letter-en").await;
        assert!(dutch != english);
        bidder.get(&foreign).await.problem(404);
        bidder.get(&format!("{own}?language=fr")).await.problem(400);

        let report = format!("{}/evaluation-report/pdf", story.lot);
        let file = pdf(&story.buyer(), &report, "report").await;
        assert!(holds(&file, "evaluatiedossier.json") && holds(&file, "/AFRelationship/Data"));
        bidder.get(&report).await.problem(403);

        let municipality = format!("/v1/municipalities/{UTRECHT}");
        let trail = app.trail(&municipality).await;
        for read in ["get_award_letter_pdf", "get_evaluation_report_pdf"] {
            assert!(trail.iter().any(|record| record["action"] == read), "{read}");
        }
    })
    .await;
}

#[actix_web::test]
async fn a_sign_that_no_letter_can_show_is_told_before_one_is_sent() {
    on_each_database(|app| async move {
        let (story, evaluation, winner) = ready_to_award(&app).await;
        let proposal = json!({
            "evaluationId": evaluation["id"], "bidId": winner, "motivation": "Kwaliteit ☃ 8.",
            "court": "Rechtbank Midden-Nederland", "contact": "inkoop@utrecht.example"
        });
        let refused = story.buyer().post(&format!("{}/award-proposals", story.lot), proposal).await;
        let (code, problem) = refused.problem(409);
        assert_eq!(code, "sign-lacking");
        assert!(problem["detail"].as_str().unwrap().contains("“☃” (U+2603)"), "{problem}");
        assert_eq!(story.read("award-letters").await["items"], json!([]));
        story.proposed(&evaluation, &winner).await;

        let templates = format!("/v1/municipalities/{UTRECHT}/letter-templates/nl/previews");
        let template = json!({"template": "Beste inschrijver ✉"});
        let (_, problem) = story.buyer().post(&templates, template).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "sign-lacking", "{problem}");
    })
    .await;
}

#[actix_web::test]
async fn a_statement_and_a_year_come_as_pdf() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        app.with_policy(a_policy()).await;
        let contract = app.with_contract(a_contract(GROEN)).await;
        let entry =
            app.with_submitted(&contract, GROEN, a_placement("K-1", "2026-01-01", "2026-08-31")).await;
        app.as_role(Role::Coordinator).post(&format!("{entry}/approvals"), json!({})).await.expect(200);
        let year = format!("/v1/municipalities/{UTRECHT}/annual-reports/2026/pdf");
        let auditor = app.as_role(Role::Auditor);
        let dutch = pdf(&auditor, &year, "year-nl").await;
        let english = pdf(&auditor, &format!("{year}?language=en"), "year-en").await;
        assert!(dutch != english);
        auditor.get(&year.replace("2026", "1500")).await.problem(404);
        app.as_contractor(GROEN).get(&year).await.problem(403);

        app.clock.set("2028-05-02T10:00:00Z");
        let settlements = format!("{contract}/settlements");
        let decision = json!({"decision": "give-cure-period", "reason": "Er is nog een tekort."});
        let settled = app.as_role(Role::Coordinator).post(&settlements, decision).await.expect(201);
        let statement = format!("{}/pdf", settled.header("location").unwrap());
        pdf(&app.as_contractor(GROEN), &statement, "statement").await;
        app.as_contractor("68750110").get(&statement).await.problem(404);
    })
    .await;
}
