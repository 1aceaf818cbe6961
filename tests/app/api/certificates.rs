//! Certificates and levels over HTTP.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::on_each_database;

const CERTIFICATES: &str = "/v1/organisations/69599068/certificates";
const LEVEL: &str = "/v1/organisations/69599068/pso-level";

fn a_certificate(number: &str, level: &str, from: &str, until: &str) -> Value {
    json!({
        "number": number, "ladder": "pso-2023", "level": level, "certifyingBody": "Kiwa",
        "validFrom": from, "validUntil": until, "source": "register"
    })
}

#[actix_web::test]
async fn the_level_on_a_day_comes_with_the_certificate_that_gives_it() {
    on_each_database(|app| async move {
        let operator = app.as_role(Role::Operator);
        let first = a_certificate("PSO-1", "trede-1", "2024-01-15", "2026-01-14");
        operator.post(CERTIFICATES, first).await.expect(201);
        let mut renewed = a_certificate("PSO-2", "trede-3", "2026-02-01", "2028-01-31");
        renewed["thirtyPlus"] = json!(true);
        operator.post(CERTIFICATES, renewed).await.expect(201);
        let buyer = app.as_role(Role::Buyer);
        let on = async |day: &str| buyer.get(&format!("{LEVEL}?on={day}")).await.expect(200).json();
        let known = on("2026-01-14").await;
        assert_eq!((&known["level"], &known["certificate"]["number"]), (&json!("trede-1"), &json!("PSO-1")));
        assert_eq!(on("2026-01-15").await.get("level"), None);
        let known = on("2026-02-01").await;
        assert_eq!((&known["level"], &known["thirtyPlus"]), (&json!("trede-3-30+"), &json!(true)));
        let levels = "/v1/organisations/69599068/pso-levels?from=2026-01-01&until=2026-02-28";
        let levels = buyer.get(levels).await.expect(200).json();
        let told: Vec<_> =
            levels["items"].as_array().unwrap().iter().map(|p| (&p["from"], &p["level"])).collect();
        let expected = [
            (json!("2026-01-01"), json!("trede-1")),
            (json!("2026-01-15"), Value::Null),
            (json!("2026-02-01"), json!("trede-3-30+")),
        ];
        assert_eq!(told, expected.iter().map(|(from, level)| (from, level)).collect::<Vec<_>>());
    })
    .await;
}

#[actix_web::test]
async fn a_revision_says_everything_that_is_wrong_below_the_certificate() {
    on_each_database(|app| async move {
        let operator = app.as_role(Role::Operator);
        let certificate = a_certificate("PSO-1", "trede-1", "2024-01-15", "2026-01-14");
        let made = operator.post(CERTIFICATES, certificate).await.expect(201);
        let mut wrong = a_certificate("PSO-1", "trede-9", "2024-01-15", "2029-01-14");
        wrong["certifyingBody"] = json!("");
        let path = format!("{}/revisions", made.header("location").unwrap());
        let answer = operator.post(&path, json!({"reason": "Upgrade", "certificate": wrong})).await;
        let (_, problem) = answer.problem(400);
        let places: Vec<_> =
            problem["errors"].as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
        assert_eq!(places, ["/certificate/certifyingBody", "/certificate/level", "/certificate/validUntil"]);
    })
    .await;
}
