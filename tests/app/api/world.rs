//! Things to test with: a municipality, a tender, a lot with its award model, bids.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use super::app::{TestApp, UTRECHT};

/// The moment until which bids can be made in [`a_tender`].
pub const DEADLINE: &str = "2026-04-01T10:00:00Z";
/// A moment before the deadline.
pub const BEFORE_DEADLINE: &str = "2026-03-31T10:00:00Z";
/// A moment after the deadline.
pub const AFTER_DEADLINE: &str = "2026-04-01T10:05:00Z";

/// Every record of a write has the hash of its object before or after it, and of a change both.
pub fn expect_hashes(trail: &[Value]) {
    assert!(!trail.is_empty());
    for record in trail {
        let action = record["action"].as_str().unwrap();
        let hashes = (record["beforeHash"].is_string(), record["afterHash"].is_string());
        let expected = match action {
            _ if action.contains(":refused:") => hashes == (false, false),
            _ if action.starts_with("get_") || action.starts_with("list_") => hashes == (false, false),
            _ if action.starts_with("update_") => hashes == (true, true),
            _ => hashes.0 || hashes.1,
        };
        assert!(expected, "{record}");
    }
}

/// The tenders of a municipality.
pub fn tenders(municipality: &str) -> String {
    format!("/v1/municipalities/{municipality}/tenders")
}

/// A tender that can be published once it has a lot.
pub fn a_tender() -> Value {
    json!({
        "title": "Groenonderhoud 2026-2030",
        "description": "Onderhoud van het openbaar groen",
        "buyer": "Gemeente Utrecht",
        "cpvCodes": ["77310000-6"],
        "estimatedValue": "1250000.00",
        "bidCustody": "trede",
        "deadlineAt": "2026-04-01T12:00:00+02:00",
        "awardOn": "2026-05-15"
    })
}

/// A lot.
pub fn a_lot(number: u16) -> Value {
    json!({"number": number, "title": format!("Wijk {number}")})
}

/// An award model of price and one assessed criterion, `plan`.
pub fn an_award_model() -> Value {
    json!({
        "method": {
            "code": "absolute-linear",
            "corridor": {
                "fullPointsAt": "350000", "zeroPointsAt": "500000", "below": "clip", "above": "reject"
            }
        },
        "weightUnit": "percent",
        "criteria": [
            {"id": "price", "kind": "price", "weight": "60"},
            {"id": "plan", "kind": "assessed-quality", "weight": "40", "scale": {"highest": "10"}}
        ]
    })
}

/// A bid by the organisation.
pub fn a_bid(kvk_number: &str, price: &str) -> Value {
    json!({
        "bidderKvkNumber": kvk_number,
        "offer": {"bidderName": format!("Inschrijver {kvk_number}"), "price": price}
    })
}

impl TestApp {
    /// Registers the municipality of the clients.
    pub async fn with_utrecht(&self) {
        let operator = self.as_role(Role::Operator);
        let utrecht = json!({"id": UTRECHT, "name": "Utrecht"});
        operator.post("/v1/municipalities", utrecht).await.expect(201);
    }

    /// A draft with one lot that has its award model; answers the paths of tender and lot.
    pub async fn with_draft(&self, tender: Value) -> (String, String) {
        let buyer = self.as_role(Role::Buyer);
        let made = buyer.post(&tenders(UTRECHT), tender).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        let made = buyer.post(&format!("{tender}/lots"), a_lot(1)).await.expect(201);
        let lot = made.header("location").unwrap().to_owned();
        let etag = made.header("etag").map(str::to_owned);
        buyer.put(&format!("{lot}/award-model"), etag.as_deref(), an_award_model()).await.expect(200);
        (tender, lot)
    }

    /// A published tender with one lot; answers the paths of tender and lot.
    pub async fn with_published(&self, tender: Value) -> (String, String) {
        let (tender, lot) = self.with_draft(tender).await;
        self.as_role(Role::Buyer).post(&format!("{tender}/publications"), json!({})).await.expect(200);
        (tender, lot)
    }

    /// The assessor declares to have no interest and gives the scores; the buyer fixes the quality.
    pub async fn with_scores(&self, lot: &str, assessments: impl IntoIterator<Item = Value>) {
        let assessor = self.as_role(Role::Assessor);
        let declaration = json!({"hasInterest": false});
        assessor.post(&format!("{lot}/interest-declarations"), declaration).await.expect(201);
        for assessment in assessments {
            assessor.post(&format!("{lot}/assessments"), assessment).await.expect(201);
        }
        let conclusions = format!("{lot}/quality-conclusions");
        self.as_role(Role::Buyer).post(&conclusions, json!({})).await.expect(200);
    }

    /// The whole audit trail of the municipality at this path.
    pub async fn trail(&self, municipality: &str) -> Vec<Value> {
        let auditor = self.as_role(Role::Auditor);
        let records = format!("{municipality}/audit-records");
        let mut trail = Vec::new();
        let mut next = Some("?limit=100".to_owned());
        while let Some(query) = next {
            let page = auditor.get(&format!("{records}{query}")).await.expect(200);
            trail.extend(page.json()["items"].as_array().unwrap().iter().cloned());
            next = page.page("next");
        }
        trail
    }

    /// An awarded lot of a published tender, won by the organisation; answers the ids of tender and lot.
    pub async fn with_awarded(&self, winner: &str) -> (String, String) {
        let (tender, lot) = self.with_published(a_tender()).await;
        self.clock.set(BEFORE_DEADLINE);
        let mut claims = self.claims(Role::Bidder);
        claims.kvk = Some(winner.to_owned());
        let bids = format!("{lot}/bids");
        self.with_claims(claims).post(&bids, a_bid(winner, "398000.00")).await.expect(201);
        self.clock.set(AFTER_DEADLINE);
        self.open(&tender).await.expect(200);
        let buyer = self.as_role(Role::Buyer);
        let bid = buyer.get(&bids).await.expect(200).json()["items"][0]["id"].clone();
        let assessment = json!({
            "bidId": bid, "criterion": "plan", "kind": "individual", "score": "8", "motivation": "Volledig."
        });
        self.with_scores(&lot, [assessment]).await;
        let evaluation = buyer.post(&format!("{lot}/evaluations"), json!({})).await.expect(201).json();
        let proposal = json!({"evaluationId": evaluation["id"], "bidId": bid, "motivation": "De enige inschrijving.", "standstillDays": 0});
        buyer.post(&format!("{lot}/award-proposals"), proposal).await.expect(201);
        buyer.post(&format!("{lot}/awards"), json!({})).await.expect(200);
        let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
        (id(&tender), id(&lot))
    }
}
