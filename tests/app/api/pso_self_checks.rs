//! What an organisation keeps of itself, and who may read it.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::on_each_database;

const OWN: &str = "/v1/organisations/69599068";

/// The worked example of PSO-Nederland: 3.186 %, trede 1.
fn file() -> Value {
    json!({
        "organisation": {"totalFte": "50", "referenceYearFrom": "2025-01"},
        "workers": [{
            "reference": "W-1", "position": "participatiewet", "contract": "regular", "hoursPerWeek": "40"
        }],
        "suppliers": [{
            "id": "S-1", "kind": "pso-certified", "turnover": "1000000", "fte": "20", "directSharePercent": "30"
        }],
        "purchases": [{"order": "O-1", "supplier": "S-1", "value": "100000"}]
    })
}

fn certificate(level: &str) -> Value {
    json!({
        "number": "PSO-1", "ladder": "pso-2023", "level": level, "certifyingBody": "Kiwa",
        "validFrom": "2024-07-01", "validUntil": "2026-06-30", "source": "register"
    })
}

#[actix_web::test]
async fn nobody_reads_worker_data_but_the_organisation_and_who_it_lets_in() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let contractor = app.as_role(Role::Contractor);
        let kept = contractor.post(&format!("{OWN}/pso-contributions"), file()).await.expect(201);
        let one = kept.header("location").unwrap().to_owned();
        assert_eq!(kept.json()["result"]["total"]["rounded"], "3.186");
        let coordinator = app.as_role(Role::Coordinator);
        let other = {
            let mut claims = app.claims(Role::Contractor);
            claims.kvk = Some("68750110".to_owned());
            app.with_claims(claims)
        };
        let paths = [
            &one,
            &format!("{OWN}/pso-contributions"),
            &format!("{OWN}/pso-standing"),
            &format!("{OWN}/pso-requirement-checks"),
        ];
        for path in paths {
            contractor.get(path).await.expect(200);
            coordinator.get(path).await.problem(404);
            other.get(path).await.problem(404);
            app.as_role(Role::Operator).get(path).await.problem(403);
        }
        other.post(&format!("{OWN}/pso-contributions"), file()).await.problem(404);
        let utrecht = json!({"municipality": "gm0344"});
        let grants = format!("{OWN}/pso-contribution-grants");
        contractor.post(&grants, utrecht.clone()).await.expect(201);
        let (code, _) = contractor.post(&grants, utrecht.clone()).await.problem(409);
        assert_eq!(code, "granted-already");
        for path in paths {
            coordinator.get(path).await.expect(200);
            app.as_role(Role::Buyer).get(path).await.problem(403);
        }
        coordinator.get(&grants).await.problem(404);
        contractor.post(&format!("{OWN}/pso-contribution-grant-withdrawals"), utrecht).await.expect(204);
        coordinator.get(&one).await.problem(404);
    })
    .await;
}

#[actix_web::test]
async fn a_bsn_or_another_organisation_is_not_kept() {
    on_each_database(|app| async move {
        let contractor = app.as_role(Role::Contractor);
        let path = format!("{OWN}/pso-contributions");
        let mut wrong = file();
        wrong["workers"][0]["reference"] = json!("123456782");
        let (_, problem) = contractor.post(&path, wrong).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "holds-bsn");
        let mut named = file();
        named["workers"][0]["name"] = json!("Jan");
        contractor.post(&path, named).await.problem(400);
        let mut other = file();
        other["organisation"]["kvkNumber"] = json!("68750110");
        let (_, problem) = contractor.post(&path, other).await.problem(400);
        assert_eq!(problem["errors"][0]["code"], "another-organisation");
        let check = json!({
            "requirement": "guidance", "met": true, "evidence": "Dossier 123456782", "checkedOn": "2026-02-10"
        });
        let (_, problem) =
            contractor.post(&format!("{OWN}/pso-requirement-checks"), check).await.problem(400);
        assert_eq!(problem["errors"][0]["pointer"], "/evidence");
        let kept = contractor.get(&path).await.expect(200).json();
        assert_eq!(kept["items"], json!([]));
    })
    .await;
}

#[actix_web::test]
async fn the_standing_warns_of_what_to_look_into() {
    on_each_database(|app| async move {
        let contractor = app.as_role(Role::Contractor);
        let warnings = async || {
            let standing = contractor.get(&format!("{OWN}/pso-standing")).await.expect(200).json();
            let codes = standing["warnings"].as_array().unwrap().iter();
            codes.map(|warning| warning["code"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(warnings().await, ["requirement-open"; 4]);
        let operator = app.as_role(Role::Operator);
        operator.post(&format!("{OWN}/certificates"), certificate("trede-3")).await.expect(201);
        contractor.post(&format!("{OWN}/pso-contributions"), file()).await.expect(201);
        for requirement in ["suitable-work", "integration", "functioning-and-development", "guidance"] {
            let check = json!({
                "requirement": requirement, "met": requirement != "guidance", "evidence": "Map 7",
                "checkedOn": "2026-02-10"
            });
            contractor.post(&format!("{OWN}/pso-requirement-checks"), check).await.expect(201);
        }
        assert_eq!(warnings().await, ["certificate-ending", "contribution-below-norm", "requirement-open"]);
        let listed = contractor.get(&format!("{OWN}/pso-contributions")).await.expect(200).json();
        let first = &listed["items"][0];
        assert_eq!((&first["level"], &first["certifiedLevel"]), (&json!("trede-1"), &json!("trede-3")));
        app.clock.set("2026-07-01T09:00:00Z");
        let contractor = app.as_role(Role::Contractor);
        let standing = contractor.get(&format!("{OWN}/pso-standing")).await.expect(200).json();
        assert_eq!(standing["warnings"][0]["code"], "level-lost");
    })
    .await;
}

#[actix_web::test]
async fn certified_suppliers_are_found_by_what_they_sell_and_where_they_work() {
    on_each_database(|app| async move {
        let contractor = app.as_role(Role::Contractor);
        let path = format!("{OWN}/supplier-profile");
        let profile = json!({
            "cpvCodes": ["77310000-6"], "regions": ["gm0344", "gm0363"], "turnover": "1000000.00", "fte": "20",
            "directSharePercent": "30"
        });
        contractor.put(&path, Some("\"1\""), profile.clone()).await.problem(412);
        let written = contractor.put(&path, None, profile.clone()).await.expect(200);
        assert_eq!(written.header("etag"), Some("\"1\""));
        contractor.put(&path, None, profile.clone()).await.problem(412);
        contractor.put(&path, Some("\"1\""), profile).await.expect(200);
        let buyer = app.as_role(Role::Buyer);
        let found = async |query: &str| {
            let list = buyer.get(&format!("/v1/certified-suppliers{query}")).await.expect(200).json();
            list["items"].as_array().unwrap().len()
        };
        assert_eq!(found("").await, 0, "it holds no certificate");
        let operator = app.as_role(Role::Operator);
        operator.post(&format!("{OWN}/certificates"), certificate("trede-2")).await.expect(201);
        for (query, number) in [
            ("", 1), ("?cpv=77", 1), ("?cpv=7731", 1), ("?cpv=45", 0), ("?cpv=31", 0), ("?region=gm0363", 1),
            ("?region=gm0014", 0), ("?cpv=773&region=gm0344&limit=1", 1),
        ] {
            assert_eq!(found(query).await, number, "{query}");
        }
        buyer.get("/v1/certified-suppliers?cpv=7%25").await.problem(400);
        app.clock.set("2026-07-01T09:00:00Z");
        let later = app.as_role(Role::Buyer).get("/v1/certified-suppliers").await.expect(200).json();
        assert_eq!(later["items"], json!([]), "its certificate has ended");
    })
    .await;
}
