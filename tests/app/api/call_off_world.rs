//! Things to test orders under a framework agreement with: awarded lots, orders, and what is told of them.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, UTRECHT};
use crate::api::world::{a_bid, a_lot, a_tender, an_award_model, tenders};

/// Price and score of each bidder, best first: three win, the last stands by.
pub const BIDS: [(&str, &str, &str); 4] = [
    ("69599068", "380000.00", "9"),
    ("68750110", "395000.00", "8"),
    ("12345678", "410000.00", "7"),
    ("87654321", "440000.00", "5"),
];
pub const OUTSIDER: (&str, &str, &str) = ("11223344", "380000.00", "9");

/// When the framework agreement is awarded, and a day on which it has been for long.
pub const AWARDED_ON: &str = "2026-04-01";
pub const LATER: &str = "2026-06-10T10:00:00Z";

pub struct Lot<'a> {
    pub app: &'a TestApp,
    /// Its path.
    pub path: String,
    /// The bids, best first.
    pub bids: Vec<Value>,
}

impl<'a> Lot<'a> {
    /// An awarded lot of a tender with its deadline at noon on this day, with these bidders.
    pub async fn awarded(
        app: &'a TestApp,
        day: &str,
        bidders: &[(&str, &str, &str)],
        winners: Option<Value>,
    ) -> Self {
        let buyer = || app.as_role(Role::Buyer);
        let mut tender = a_tender();
        tender["deadlineAt"] = json!(format!("{day}T12:00:00Z"));
        tender["awardOn"] = json!("2026-08-15");
        let made = buyer().post(&tenders(UTRECHT), tender).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        let made = buyer().post(&format!("{tender}/lots"), a_lot(1)).await.expect(201);
        let path = made.header("location").unwrap().to_owned();
        let etag = made.header("etag").map(str::to_owned);
        let mut model = an_award_model();
        if let Some(winners) = winners {
            model["winners"] = winners;
        }
        buyer().put(&format!("{path}/award-model"), etag.as_deref(), model).await.expect(200);
        buyer().post(&format!("{tender}/publications"), json!({})).await.expect(200);
        app.clock.set(&format!("{day}T11:00:00Z"));
        for (kvk, price, _) in bidders {
            let mut claims = app.claims(Role::Bidder);
            claims.kvk = Some((*kvk).to_owned());
            app.with_claims(claims).post(&format!("{path}/bids"), a_bid(kvk, price)).await.expect(201);
        }
        app.clock.set(&format!("{day}T12:05:00Z"));
        app.open(&tender).await.expect(200);
        let mut lot = Self { app, path, bids: Vec::new() };
        let listed = lot.read("bids").await;
        let listed = listed["items"].as_array().unwrap();
        let id = |kvk: &str| listed.iter().find(|bid| bid["bidderKvkNumber"] == kvk).unwrap()["id"].clone();
        lot.bids = bidders.iter().map(|(kvk, ..)| id(kvk)).collect();
        let scores = bidders.iter().zip(&lot.bids).map(|((_, _, score), bid)| {
            json!({
                "bidId": bid, "criterion": "plan", "kind": "individual", "score": score,
                "motivation": "Volledig."
            })
        });
        app.with_scores(&lot.path, scores).await;
        let evaluation = lot.add("evaluations", json!({})).await;
        let won = &evaluation["result"]["lots"][0]["winners"]["bids"];
        let others = won.as_array().map_or(&[][..], |won| &won[1..]);
        let proposal = json!({
            "evaluationId": evaluation["id"], "bidId": lot.bids[0], "otherBidIds": others,
            "motivation": "De beste inschrijvingen.", "standstillDays": 0
        });
        lot.add("award-proposals", proposal).await;
        lot.buyer().post(&lot.below("awards"), json!({})).await.expect(200);
        lot
    }

    /// A framework agreement with three operators and a reserve, some months after its award.
    pub async fn agreed(app: &'a TestApp, call_off: &str) -> Self {
        app.with_utrecht().await;
        let winners = json!({"maximum": 3, "reserves": 1, "frameworkAgreement": {"callOff": call_off}});
        let lot = Self::awarded(app, AWARDED_ON, &BIDS, Some(winners)).await;
        app.clock.set(LATER);
        lot
    }

    pub fn buyer(&self) -> Client {
        self.app.as_role(Role::Buyer)
    }

    pub fn below(&self, what: &str) -> String {
        format!("{}/{what}", self.path)
    }

    pub async fn read(&self, what: &str) -> Value {
        self.buyer().get(&self.below(what)).await.expect(200).json()
    }

    pub async fn add(&self, what: &str, body: Value) -> Value {
        self.buyer().post(&self.below(what), body).await.expect(201).json()
    }

    /// Which bid gets an order, from 0 as they are ranked.
    pub async fn ordered(&self, order: Value) -> usize {
        let made = self.add("call-offs", order).await;
        self.which(&made["order"]["bidId"])
    }

    pub fn which(&self, bid: &Value) -> usize {
        self.bids.iter().position(|one| one == bid).unwrap()
    }

    pub async fn refused(&self, order: Value) -> (String, Value) {
        self.told_in_both(order, 409).await
    }

    /// What is told of an order that is not recorded, in English; all of it has words in Dutch as well.
    async fn told_in_both(&self, order: Value, status: u16) -> (String, Value) {
        let path = self.below("call-offs");
        let (code, english) = self.buyer().post(&path, order.clone()).await.problem(status);
        let in_dutch =
            |request: TestRequest| request.insert_header(("Accept-Language", "nl-NL")).set_json(order);
        let answer = self.buyer().send(Method::POST, &path, in_dutch).await;
        let (same, dutch) = answer.problem(status);
        assert_eq!(code, same);
        let nothing = Vec::new();
        let places = |told: &Value| told["errors"].as_array().unwrap_or(&nothing).clone();
        let pairs =
            places(&english).into_iter().zip(places(&dutch)).chain([(english.clone(), dutch.clone())]);
        for (english, dutch) in pairs {
            assert_eq!((&english["pointer"], &english["code"]), (&dutch["pointer"], &dutch["code"]));
            for field in ["title", "detail"] {
                let is_told = english.get(field).is_some();
                assert!(!is_told || english[field] != dutch[field], "{dutch} is told in English");
            }
        }
        assert_eq!(places(&english).len(), places(&dutch).len());
        (code, english)
    }

    /// The place and the code of what is wrong with an order.
    pub async fn wrong(&self, order: Value) -> (String, String) {
        let found = self.told_in_both(order, 400).await.1;
        let first = &found["errors"][0];
        (first["pointer"].as_str().unwrap().to_owned(), first["code"].as_str().unwrap().to_owned())
    }

    /// Whose turn it is by the first way that is allowed, and why.
    pub async fn turn(&self) -> (usize, String) {
        let turns = self.read("call-off-turns").await;
        let turn = &turns["turns"][0];
        (self.which(&turn["bidId"]), turn["reason"].as_str().unwrap().to_owned())
    }

    /// These declined, one after another.
    pub fn declined(&self, bids: &[usize]) -> Value {
        let declined = bids.iter().map(|bid| json!({"bidId": self.bids[*bid], "reason": "Geen ploeg."}));
        declined.collect()
    }

    /// The lot as the place of a competition.
    pub fn competed(&self, mut order: Value) -> Value {
        let ids: Vec<&str> = self.path.rsplit('/').collect();
        order["lotId"] = json!(ids[0]);
        order["tenderId"] = json!(ids[2]);
        order
    }

    pub async fn report(&self) -> String {
        let path = self.below("evaluation-report");
        let buyer = self.buyer();
        let asking = buyer.send("GET".parse().unwrap(), &path, |request| {
            request.insert_header(("Accept", "text/markdown"))
        });
        String::from_utf8(asking.await.expect(200).body).unwrap()
    }
}

pub fn an_order(reference: &str) -> Value {
    json!({
        "reference": reference, "title": "Snoeien van bomen", "valueCents": 1_850_000, "placedOn": "2026-06-09"
    })
}

pub fn with(mut order: Value, field: &str, value: Value) -> Value {
    order[field] = value;
    order
}
