//! Things to test contracts with: a policy, a contract, parties, entries.

use serde_json::{Value, json};
use trede_model::frame::role::Role;

use super::app::{Client, TestApp, UTRECHT};

/// The contractor of the contracts here.
pub const GROEN: &str = "69599068";
/// Another organisation.
pub const PLANTSOEN: &str = "68750110";

/// Five percent of the contract sum, a cure period of thirty days, one and a half times the shortfall.
pub fn a_policy() -> Value {
    json!({
        "code": "utrecht",
        "name": "Bouwblokken",
        "version": "2026",
        "source": {"publication": "Beleidsregel social return 2026"},
        "validity": {"decidedBy": "assignment", "from": "2026-01-01"},
        "obligation": {
            "thresholds": [{"from": "100000"}],
            "base": {"kind": "contract-sum", "percent": "5"},
            "pso": {"levels": [
                {"level": "trede-1", "percent": "0"},
                {"level": "trede-2", "percent": "20"},
                {"level": "trede-3", "percent": "50"}
            ]}
        },
        "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"},
        "proration": {"by": "calendar-months"},
        "lookBackMonths": 12,
        "bonusProration": "flat",
        "bonusesCumulate": true,
        "blocks": [
            {"code": "participatiewet", "name": "Participatiewet", "measure": "year", "amount": "40000", "countsMonths": 24},
            {"code": "stage", "name": "Stage mbo", "measure": "year", "amount": "5000", "countsMonths": 12},
            {"code": "inkoop", "name": "Inkoop", "measure": "invoice", "invoice": {"recognised": "by-register"}},
            {"code": "activiteit", "name": "Activiteit", "measure": "hour", "amount": "100"},
            {"code": "project", "name": "Project", "measure": "agreed"},
            {"code": "scholing", "name": "Scholing", "measure": "actual-cost"},
            {"code": "certificaat", "name": "PSO-certificaat", "measure": "agreed"},
            {"code": "afkoop", "name": "Afkoop", "measure": "agreed", "maximumPercentOfObligation": "10"}
        ],
        "bonuses": [{"code": "55-plus", "name": "Ouder dan 55", "amount": "10000"}],
        "invoiceShares": [{"register": "sociale-onderneming", "percent": "100"}, {"register": "trede-2", "percent": "20"}],
        "doubleUse": "region",
        "purchaseBesidePso": true,
        "sanction": {"factor": "1.5", "cureDays": 30, "excusable": true},
        "contactDays": 7
    })
}

/// A contract of a million from 1 January 2026 until the end of 2027.
pub fn a_contract(contractor: &str) -> Value {
    json!({"terms": {
        "title": "Groenonderhoud", "contractorKvkNumber": contractor, "kind": "services",
        "cpvCodes": ["77310000-6"], "contractSum": "1000000", "assignedOn": "2026-01-01",
        "startsOn": "2026-01-01", "endsOn": "2027-12-31", "coordinator": "coordinator-1"
    }})
}

/// A placement of 24 hours a week, in months of 2026.
pub fn a_placement(candidate: &str, from: &str, until: &str) -> Value {
    json!({
        "kind": "placement", "candidateReference": candidate,
        "facts": {"block": "participatiewet", "period": {"from": from, "until": until}, "hoursPerWeek": "24"}
    })
}

impl TestApp {
    /// The contractor with this KvK number.
    pub fn as_contractor(&self, kvk: &str) -> Client {
        let mut claims = self.claims(Role::Contractor);
        claims.kvk = Some(kvk.to_owned());
        self.with_claims(claims)
    }

    /// A coordinator by name.
    pub fn as_coordinator(&self, name: &str) -> Client {
        let mut claims = self.claims(Role::Coordinator);
        name.clone_into(&mut claims.sub);
        self.with_claims(claims)
    }

    /// Enters a policy in Utrecht; answers its id.
    pub async fn with_policy(&self, policy: Value) -> String {
        let path = format!("/v1/municipalities/{UTRECHT}/social-return-policies");
        let made = self.as_role(Role::Coordinator).post(&path, policy).await.expect(201);
        made.json()["id"].as_str().unwrap().to_owned()
    }

    /// Registers a contract whose obligation is fixed; answers its path.
    pub async fn with_contract(&self, contract: Value) -> String {
        let path = format!("/v1/municipalities/{UTRECHT}/contracts");
        let made = self.as_role(Role::Coordinator).post(&path, contract).await.expect(201);
        let path = made.header("location").unwrap().to_owned();
        self.determine(&path).await;
        path
    }

    /// Fixes what is owed.
    pub async fn determine(&self, contract: &str) {
        let coordinator = self.as_role(Role::Coordinator);
        let etag = coordinator.get(contract).await.header("etag").unwrap().to_owned();
        let path = format!("{contract}/determinations");
        let determined = coordinator
            .send(actix_web::http::Method::POST, &path, |request| {
                request.insert_header(("If-Match", etag.clone()))
            })
            .await;
        determined.expect(200);
    }

    /// Records a change of a contract.
    pub async fn change(&self, contract: &str, change: Value) -> super::app::Answer {
        let coordinator = self.as_role(Role::Coordinator);
        let etag = coordinator.get(contract).await.header("etag").unwrap().to_owned();
        coordinator
            .send(actix_web::http::Method::POST, &format!("{contract}/changes"), |request| {
                request.insert_header(("If-Match", etag.clone())).set_json(change)
            })
            .await
    }

    /// Writes an entry and hands it in; answers its path.
    pub async fn with_submitted(&self, contract: &str, kvk: &str, entry: Value) -> String {
        let contractor = self.as_contractor(kvk);
        let made = contractor.post(&format!("{contract}/entries"), entry).await.expect(201);
        let path = made.header("location").unwrap().to_owned();
        contractor.post(&format!("{path}/submissions"), json!({})).await.expect(200);
        path
    }

    /// An amount of the balance of a contract.
    pub async fn balance(&self, contract: &str, what: &str) -> String {
        let balance = self.as_role(Role::Auditor).get(&format!("{contract}/balance")).await.expect(200);
        balance.json()[what].as_str().unwrap().to_owned()
    }
}
