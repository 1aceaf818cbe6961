//! The laboratory over HTTP: the same file and the same result as on the command line.

use serde_json::{Value, json};
use trede_model::frame::role::Role;
use trede_rules::explaining::Language;

use crate::api::app::on_each_database;

fn study() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/laboratorium-schoonmaak.json");
    let mut study: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    study["tenders"] = json!(1000);
    study
}

#[actix_web::test]
async fn a_study_gives_the_result_of_the_command_line() {
    on_each_database(|app| async move {
        let file = serde_json::from_value(study()).unwrap();
        let study_read = trede_lab::Study::read(&file).unwrap();
        let expected = trede_lab::run(&study_read, |_| {}).result(Language::English);
        let auditor = app.as_role(Role::Auditor);
        let answer = auditor.post("/v1/award-model-simulations?language=en", study()).await.expect(200);
        assert_eq!(answer.json(), serde_json::to_value(expected).unwrap());
    })
    .await;
}

#[actix_web::test]
async fn a_study_that_is_wrong_or_too_large_says_what_would_be_right() {
    on_each_database(|app| async move {
        let buyer = app.as_role(Role::Buyer);
        let mut wrong = study();
        wrong["market"]["bidders"] = json!([]);
        let (_, problem) = buyer.post("/v1/award-model-simulations", wrong).await.problem(400);
        assert!(problem["errors"][0]["pointer"].as_str().unwrap().starts_with("/market"), "{problem}");
        let mut large = study();
        large["tenders"] = json!(100_000);
        let model = large["models"][1].clone();
        large["models"] = (0..10)
            .map(|number| {
                let mut model = model.clone();
                model["id"] = json!(format!("m{number}"));
                model
            })
            .collect();
        let (_, problem) = buyer.post("/v1/award-model-simulations?language=en", large).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "too-much-work", "{problem}");
        assert!(problem["errors"][0]["detail"].as_str().unwrap().contains("at most"), "{problem}");
    })
    .await;
}
