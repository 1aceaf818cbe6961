//! Ladders, norms and weights as versions over HTTP.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{UTRECHT, on_each_database};
use crate::api::world::{a_lot, a_tender, an_award_model, tenders};

fn norms(version: &str, percents: [[&str; 2]; 2]) -> Value {
    json!({
        "version": version, "source": "Besluit 2026-3", "ladderVersion": "pso-2023",
        "levels": ["trede-1", "trede-2"],
        "rows": [{"fte": "10", "percents": percents[0]}, {"fte": "100", "percents": percents[1]}]
    })
}

fn versions(list: &Value) -> Vec<String> {
    let name = |item: &Value| {
        let table = item["table"]["version"].as_str().unwrap();
        format!("{} {table}", item["scope"].as_str().unwrap())
    };
    list["items"].as_array().unwrap().iter().map(name).collect()
}

#[actix_web::test]
async fn a_ladder_with_a_new_level_needs_no_release() {
    on_each_database(|app| async move {
        let operator = app.as_role(Role::Operator);
        let ladder = json!({
            "version": "pso-2028", "source": "Test", "inForceFrom": "2026-01-01",
            "levels": [{"code": "trede-1"}, {"code": "trede-2"}, {"code": "trede-4", "name": "Trede 4"}]
        });
        operator.post("/v1/pso-ladders", ladder.clone()).await.expect(201);
        let (code, _) = operator.post("/v1/pso-ladders", ladder).await.problem(409);
        assert_eq!(code, "version-exists");
        let certificate = json!({
            "number": "PSO-4", "ladder": "pso-2028", "level": "trede-4", "certifyingBody": "Kiwa",
            "validFrom": "2026-01-15", "validUntil": "2028-01-14", "source": "register"
        });
        operator.post("/v1/organisations/69599068/certificates", certificate).await.expect(201);
        let level =
            operator.get("/v1/organisations/69599068/pso-level?on=2026-02-01").await.expect(200).json();
        assert_eq!(level["level"], "trede-4");

        app.with_utrecht().await;
        let buyer = app.as_role(Role::Buyer);
        let tender = buyer.post(&tenders(UTRECHT), a_tender()).await.expect(201);
        let lots = format!("{}/lots", tender.header("location").unwrap());
        let lot = buyer.post(&lots, a_lot(1)).await.expect(201).header("location").unwrap().to_owned();
        let mut model = an_award_model();
        model["pso"] = json!({"ladderVersion": "pso-2028", "motivation": "Werk in de wijk"});
        let stored = buyer.put(&format!("{lot}/award-model"), Some("\"1\""), model).await.expect(200).json();
        assert_eq!(stored["pso"]["ladder"]["levels"][2]["code"], "trede-4");
    })
    .await;
}

#[actix_web::test]
async fn the_published_tables_are_listed_and_show_their_source() {
    on_each_database(|app| async move {
        let buyer = app.as_role(Role::Buyer);
        let ladders = buyer.get("/v1/pso-ladders").await.expect(200).json();
        assert_eq!(versions(&ladders), ["nl pso-before-2023", "nl pso-2023"]);
        let norms = buyer.get("/v1/pso-norm-tables/pso-normen-three-levels").await.expect(200).json();
        assert_eq!(norms["table"]["rows"][10]["percents"], json!(["3", "3.7", "6.8"]));
        assert!(norms["table"]["source"].as_str().unwrap().contains("PSO-Nederland"));
        let weights = buyer.get("/v1/pso-weight-tables").await.expect(200).json();
        assert_eq!(versions(&weights), ["nl pso-manual-1.7", "nl pso-manual-1.9"]);
        buyer.get("/v1/pso-norm-tables/unknown").await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn norms_that_do_not_fall_with_the_size_or_rise_with_the_level_are_refused_with_all_reasons() {
    on_each_database(|app| async move {
        let wrong = norms("wrong", [["7", "6"], ["8", "9"]]);
        let (_, problem) = app.as_role(Role::Operator).post("/v1/pso-norm-tables", wrong).await.problem(400);
        let details: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|e| e["detail"].as_str().unwrap()).collect();
        assert_eq!(details.len(), 2, "{details:?}");
        assert!(details[0].contains("at 10 fte a higher level must ask more"), "{details:?}");
        assert!(details[1].contains("at 100 fte a level asks more"), "{details:?}");
    })
    .await;
}

#[actix_web::test]
async fn a_municipality_has_norms_of_its_own_that_others_do_not_see() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let own = format!("/v1/municipalities/{UTRECHT}/pso-norm-tables");
        let coordinator = app.as_role(Role::Coordinator);
        coordinator.post(&own, norms("utrecht-2026", [["7", "9"], ["2", "3"]])).await.expect(201);
        let listed = coordinator.get(&own).await.expect(200).json();
        assert_eq!(versions(&listed), ["nl pso-normen-three-levels", "gm0344 utrecht-2026"]);
        coordinator.get("/v1/pso-norm-tables/utrecht-2026").await.problem(404);
        let named = coordinator.get(&format!("{own}/utrecht-2026")).await.expect(200).json();
        assert_eq!((&named["scope"], &named["createdBy"]), (&json!("gm0344"), &json!("coordinator-1")));
    })
    .await;
}

/// The worked example of PSO-Nederland, with norms by name.
fn contribution(norms: &str) -> Value {
    json!({
        "organisation": {"totalFte": "50"},
        "workers": [{
            "reference": "W-1", "position": "participatiewet", "contract": "regular", "hoursPerWeek": "40"
        }],
        "suppliers": [{
            "id": "S-1", "kind": "pso-certified", "turnover": "1000000", "fte": "20", "directSharePercent": "30"
        }],
        "purchases": [{"order": "O-1", "supplier": "S-1", "value": "100000"}],
        "norms": {"version": norms}
    })
}

#[actix_web::test]
async fn a_contribution_is_measured_with_the_municipalitys_own_norms_and_says_so() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let coordinator = app.as_role(Role::Coordinator);
        let own = format!("/v1/municipalities/{UTRECHT}/pso-norm-tables");
        coordinator.post(&own, norms("utrecht-2026", [["3.19", "9"], ["3.18", "3.2"]])).await.expect(201);
        let simulate = async |norms: &str, query: &str| {
            let path = format!("/v1/pso-contribution-simulations{query}");
            coordinator.post(&path, contribution(norms)).await
        };
        let published = simulate("pso-normen-three-levels", "").await.expect(200).json();
        assert_eq!(published["total"]["rounded"], "3.186");
        assert_eq!(published["level"]["code"], "trede-1");
        simulate("utrecht-2026", "").await.problem(400);
        let measured = simulate("utrecht-2026", "?municipality=gm0344").await.expect(200).json();
        assert_eq!(measured["norms"]["version"], "utrecht-2026");
        assert_eq!(measured["norms"]["source"], "Besluit 2026-3");
        let (code, _) = simulate("utrecht-2026", "?municipality=gm0363").await.problem(403);
        assert_eq!(code, "foreign-municipality");
    })
    .await;
}

#[actix_web::test]
async fn what_passes_the_test_for_a_bsn_is_refused_by_its_place_and_not_repeated() {
    on_each_database(|app| async move {
        let mut file = contribution("pso-normen-three-levels");
        file["purchases"][0]["order"] = json!("123456782");
        let buyer = app.as_role(Role::Buyer);
        let answer = buyer.post("/v1/pso-contribution-simulations", file).await;
        assert!(!String::from_utf8_lossy(&answer.body).contains("123456782"));
        let (_, problem) = answer.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/purchases/0/order");
        assert_eq!(problem["errors"][0]["code"], "holds-bsn");
    })
    .await;
}
