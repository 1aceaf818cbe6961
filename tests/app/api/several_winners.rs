//! A framework agreement with three operators, from draft to award letters and open data: five bidders, a tie at the
//! third place, a reserve that takes the place of a winner.

use serde_json::{Value, json};
use trede_formats::evaluation_record::{EvaluationRecord, replay};
use trede_model::frame::role::Role;

use crate::api::app::{Client, TestApp, UTRECHT, on_each_database};
use crate::api::world::{AFTER_DEADLINE, BEFORE_DEADLINE, a_bid, a_lot, a_tender, an_award_model, tenders};

/// Price and score of each bidder. By price and plan their totals are 84, 74, 64, 64 and 44.
const BIDS: [(&str, &str, &str); 5] = [
    ("69599068", "380000.00", "9"),
    ("68750110", "395000.00", "8"),
    ("12345678", "410000.00", "7"),
    ("87654321", "410000.00", "7"),
    ("11223344", "440000.00", "5"),
];
const LAST: &str = "11223344";

struct Framework<'a> {
    app: &'a TestApp,
    lot: String,
}

impl<'a> Framework<'a> {
    /// A published tender whose lot has so many winners.
    async fn published(app: &'a TestApp, winners: Value) -> (Self, String) {
        let buyer = app.as_role(Role::Buyer);
        let made = buyer.post(&tenders(UTRECHT), a_tender()).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        let made = buyer.post(&format!("{tender}/lots"), a_lot(1)).await.expect(201);
        let lot = made.header("location").unwrap().to_owned();
        let etag = made.header("etag").map(str::to_owned);
        let mut model = an_award_model();
        model["winners"] = winners;
        model["ties"] = json!([{"by": "lot"}]);
        buyer.put(&format!("{lot}/award-model"), etag.as_deref(), model).await.expect(200);
        buyer.post(&format!("{tender}/publications"), json!({})).await.expect(200);
        (Self { app, lot }, tender)
    }

    fn buyer(&self) -> Client {
        self.app.as_role(Role::Buyer)
    }

    fn below(&self, what: &str) -> String {
        format!("{}/{what}", self.lot)
    }

    async fn read(&self, what: &str) -> Value {
        self.buyer().get(&self.below(what)).await.expect(200).json()
    }

    async fn add(&self, what: &str, body: Value) -> Value {
        self.buyer().post(&self.below(what), body).await.expect(201).json()
    }

    async fn refused(&self, what: &str, body: Value) -> String {
        self.buyer().post(&self.below(what), body).await.problem(409).0
    }

    /// The first bids come in, are opened and scored.
    async fn scored(&self, tender: &str, bids: usize) {
        self.app.clock.set(BEFORE_DEADLINE);
        for (kvk, price, _) in BIDS.iter().take(bids) {
            let mut claims = self.app.claims(Role::Bidder);
            claims.kvk = Some((*kvk).to_owned());
            self.app.with_claims(claims).post(&self.below("bids"), a_bid(kvk, price)).await.expect(201);
        }
        self.app.clock.set(AFTER_DEADLINE);
        self.app.open(tender).await.expect(200);
        let mut assessments = Vec::new();
        for (kvk, _, score) in BIDS.iter().take(bids) {
            assessments.push(json!({
                "bidId": self.bid(kvk).await, "criterion": "plan", "kind": "individual", "score": score,
                "motivation": "Volledig."
            }));
        }
        self.app.with_scores(&self.lot, assessments).await;
    }

    async fn bid(&self, kvk: &str) -> Value {
        let bids = self.read("bids").await;
        let items = bids["items"].as_array().unwrap();
        items.iter().find(|bid| bid["bidderKvkNumber"] == kvk).unwrap()["id"].clone()
    }

    /// Lots are drawn between the third and the fourth; answers the evaluation after it.
    async fn drawn(&self) -> Value {
        let tied = self.add("evaluations", json!({})).await;
        let lot = &tied["result"]["lots"][0];
        assert_eq!(lot["status"], "tie-open");
        assert_eq!(lot["winners"]["waiting"].as_array().unwrap().len(), 2);
        assert_eq!(self.refused("award-proposals", proposal(&tied, &[])).await, "tie-open");
        let drawing = json!({
            "place": "Stadskantoor Utrecht", "heldAt": AFTER_DEADLINE, "performedBy": "notaris",
            "attendees": [{"name": "A. de Boer"}], "randomness": {"source": "generator"}
        });
        self.add("drawings", drawing).await;
        self.add("evaluations", json!({"reason": "na de loting"})).await
    }

    async fn letters(&self) -> Vec<Value> {
        self.read("award-letters").await["items"].as_array().unwrap().clone()
    }
}

/// A proposal to award to the first of these and the others, or to the first of the evaluation.
fn proposal(evaluation: &Value, others: &[Value]) -> Value {
    json!({
        "evaluationId": evaluation["id"], "bidId": evaluation["result"]["lots"][0]["ranking"][0]["id"],
        "otherBidIds": others, "motivation": "De drie beste inschrijvingen.", "standstillDays": 20,
        "court": "Rechtbank Midden-Nederland", "contact": "inkoop@utrecht.example"
    })
}

fn name(kvk: &str) -> String {
    format!("Inschrijver {kvk}")
}

#[actix_web::test]
async fn a_framework_with_three_winners_runs_from_draft_to_letters_and_its_open_data_tell_each() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let settings = format!("/v1/municipalities/{UTRECHT}/open-data-settings");
        let opened = json!({"open": true, "ocidPrefix": "ocds-213czf"});
        app.as_role(Role::Administrator).put(&settings, Some("\"0\""), opened).await.expect(200);
        let winners =
            json!({"maximum": 3, "reserves": 1, "frameworkAgreement": {"callOff": "mini-competition"}});
        let (framework, tender) = Framework::published(&app, winners).await;
        framework.scored(&tender, 5).await;
        let evaluation = framework.drawn().await;
        let chosen = evaluation["result"]["lots"][0]["winners"].clone();
        let bids = chosen["bids"].as_array().unwrap().clone();
        assert_eq!(bids[..2], [framework.bid(BIDS[0].0).await, framework.bid(BIDS[1].0).await]);
        assert_eq!((bids.len(), chosen["reserves"].as_array().unwrap().len()), (3, 1));
        let record =
            framework.read(&format!("evaluations/{}/record", evaluation["id"].as_str().unwrap())).await;
        let record: EvaluationRecord = serde_json::from_value(record).unwrap();
        assert_eq!(replay(&record).differences, []);

        for lacking in [&bids[1..2], &[]] {
            assert_eq!(
                framework.refused("award-proposals", proposal(&evaluation, lacking)).await,
                "winners-differ"
            );
        }
        let decision = framework.add("award-proposals", proposal(&evaluation, &bids[1..])).await;
        let places = |seats: &Value| -> Vec<(Value, Value)> {
            let seats = seats.as_array().unwrap().iter();
            seats.map(|seat| (seat["bidId"].clone(), seat["place"].clone())).collect()
        };
        let of = |bids: &[Value], from: u64| -> Vec<(Value, Value)> {
            bids.iter().cloned().zip((from..).map(Value::from)).collect()
        };
        assert_eq!(places(&decision["winners"]), of(&bids, 1));
        assert_eq!(places(&decision["reserves"]), of(chosen["reserves"].as_array().unwrap(), 4));
        letters(&framework, &bids, &chosen["reserves"][0]).await;

        assert_eq!(framework.refused("winner-withdrawals", declines(&bids[1])).await, "state-forbids");
        assert_eq!(framework.refused("awards", json!({})).await, "standstill");
        app.clock.set("2026-05-20T10:00:00Z");
        framework.buyer().post(&framework.below("awards"), json!({})).await.expect(200);
        let told = package(&app).await;
        assert_eq!(awards(&told, "active").len(), 3);
        let lot = &told["releases"][0]["tender"]["lots"][0];
        assert_eq!(
            lot["techniques"],
            json!({"hasFrameworkAgreement": true, "frameworkAgreement": {
                "maximumParticipants": 3, "method": "withReopeningCompetition"}})
        );
        assert_eq!(told["releases"][0]["tender"]["techniques"]["hasFrameworkAgreement"], true);

        contracts(&framework, &tender).await;
        succeeded(&framework, &bids[1], &chosen["reserves"][0]).await;
        let told = package(&app).await;
        let active: Vec<Value> = awards(&told, "active");
        assert_eq!(active.len(), 3);
        assert!(active.contains(&chosen["reserves"][0]) && !active.contains(&bids[1]), "{active:?}");
        assert_eq!(awards(&told, "cancelled"), [bids[1].clone()]);
        report(&framework).await;
        keep_for_other_tools(&told);
    })
    .await;
}

/// Each winner reads who wins, each loser also what the winners did better, the reserve its place; nobody reads from
/// what a price could be computed, but of the last winner.
async fn letters(framework: &Framework<'_>, bids: &[Value], reserve: &Value) {
    let letters = framework.letters().await;
    assert_eq!(letters.len(), 5);
    for letter in &letters {
        let own = letter["bidderKvkNumber"].as_str().unwrap();
        let texts = [&letter["dutch"]["text"], &letter["english"]["text"]].map(|text| text.as_str().unwrap());
        let wins = bids.contains(&letter["bidId"]);
        assert_eq!(letter["kind"], if wins { "winner" } else { "ranked" }, "{letter}");
        for text in texts {
            // Places in the audit trail are numbers too.
            let text: Vec<&str> = text.lines().filter(|line| !line.starts_with("- gm0344 ")).collect();
            let text = text.join("\n");
            for winner in [BIDS[0].0, BIDS[1].0] {
                assert!(text.contains(&name(winner)), "{winner} wins: {text}");
            }
            // The totals and the price points of the first two, unless they are the reader's own.
            let of_others = [(BIDS[0].0, ["84", "48"]), (BIDS[1].0, ["74", "42"])];
            for (_, secrets) in of_others.iter().filter(|(kvk, _)| *kvk != own) {
                assert!(secrets.iter().all(|secret| !text.contains(secret)), "{secrets:?} in {text}");
            }
            assert!(BIDS.iter().all(|(_, price, _)| !text.contains(price)), "{text}");
        }
        let [dutch, english] = texts;
        assert!(dutch.contains("raamovereenkomst") && english.contains("framework agreement"), "{dutch}");
        let stands_by = letter["bidId"] == *reserve;
        assert_eq!(dutch.contains("plaats 1 van de reservelijst"), stands_by, "{dutch}");
        assert_eq!(english.contains("place 1 on the reserve list"), stands_by, "{english}");
        assert_eq!(dutch.contains("## Relatieve voordelen"), !wins, "{dutch}");
    }
    let to_last = letters.iter().find(|letter| letter["bidderKvkNumber"] == LAST).unwrap();
    let text = to_last["dutch"]["text"].as_str().unwrap();
    // Of the last winner the total and the price, of the first what rests on no price.
    assert!(text.contains("Het totaal van deze inschrijving is 64."), "{text}");
    assert!(text.contains("- price: 36 tegenover uw 24"), "{text}");
    assert!(text.contains("- plan: 36 tegenover uw 20"), "{text}");
    assert_eq!(text.matches("- price: ").count(), 1, "{text}");
}

fn declines(bid: &Value) -> Value {
    json!({"bidId": bid, "ground": "declined", "reason": "Ziet af van de raamovereenkomst."})
}

/// A winner declines: the reserve takes its place, with a record and a letter.
async fn succeeded(framework: &Framework<'_>, gone: &Value, reserve: &Value) {
    let told = framework.add("winner-withdrawals", declines(gone)).await;
    assert_eq!(told["fact"]["kind"], "winner-withdrawn");
    assert_eq!(told["fact"]["details"]["successorBidId"], *reserve);
    let decision = framework.read("award-decision").await;
    let last = &decision["winners"][2];
    assert_eq!((&last["bidId"], &last["place"]), (reserve, &json!(4)));
    assert!(last["promotedAt"].is_string() && decision.get("reserves").is_none(), "{decision}");
    let letters = framework.letters().await;
    let to_reserve: Vec<&Value> = letters.iter().filter(|letter| letter["bidId"] == *reserve).collect();
    let to_winner = to_reserve.iter().find(|letter| letter["kind"] == "winner").unwrap();
    let text = to_winner["dutch"]["text"].as_str().unwrap();
    assert!(text.contains("vooraan op de reservelijst") && !text.contains(&name(BIDS[1].0)), "{text}");
    assert_eq!((letters.len(), to_reserve.len()), (6, 2));
    let again = framework.buyer().post(&framework.below("winner-withdrawals"), declines(gone)).await;
    assert_eq!(again.problem(400).1["errors"][0]["code"], "bid-holds-no-place");
}

/// Each winner gets a contract of its own, with what it owes; nobody else does.
async fn contracts(framework: &Framework<'_>, tender: &str) {
    let path = format!("/v1/municipalities/{UTRECHT}/contracts");
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let of = |contractor: Option<&str>| {
        json!({
            "award": {"tenderId": id(tender), "lotId": id(&framework.lot)},
            "terms": {
                "kind": "services", "contractSum": "400000.00", "contractorKvkNumber": contractor,
                "startsOn": "2026-06-01", "endsOn": "2028-05-31"
            }
        })
    };
    let buyer = framework.app.as_role(Role::Coordinator);
    for winner in [BIDS[0].0, BIDS[1].0] {
        let made = buyer.post(&path, of(Some(winner))).await.expect(201).json();
        assert_eq!(made["terms"]["contractorKvkNumber"], winner);
        assert_eq!(made["terms"]["assignedOn"], "2026-05-20");
    }
    assert_eq!(buyer.post(&path, of(Some(BIDS[0].0))).await.problem(409).0, "contract-exists");
    for nobody in [None, Some(LAST)] {
        let refused = buyer.post(&path, of(nobody)).await.problem(400).1;
        assert_eq!(refused["errors"][0]["code"], "not-the-winner", "{refused}");
    }
    let told = package(framework.app).await;
    let releases = told["releases"].as_array().unwrap();
    let of_contracts = releases.iter().rfind(|release| release["tag"][0] == "contract").unwrap();
    let awards: Vec<&Value> =
        of_contracts["contracts"].as_array().unwrap().iter().map(|contract| &contract["awardID"]).collect();
    let places = awards.iter().map(|award| award.as_str().unwrap().rsplit('-').next().unwrap());
    assert_eq!(places.collect::<Vec<_>>(), ["1", "2"]);
}

/// The report names all who win, and who dropped out.
async fn report(framework: &Framework<'_>) {
    let report = framework.read("evaluation-report").await;
    assert_eq!(report["award"]["winners"].as_array().unwrap().len(), 3);
    let path = framework.below("evaluation-report");
    let buyer = framework.buyer();
    let asking = buyer
        .send("GET".parse().unwrap(), &path, |request| request.insert_header(("Accept", "text/markdown")));
    let text = String::from_utf8(asking.await.expect(200).body).unwrap();
    let gone = format!("{} ziet af na de gunning: Ziet af van de raamovereenkomst.", name(BIDS[1].0));
    assert!(text.contains(&gone), "{text}");
}

async fn package(app: &TestApp) -> Value {
    let path = format!("/v1/municipalities/{UTRECHT}/open-data/releases");
    app.as_nobody().get(&path).await.expect(200).json()
}

/// The bids of the awards with a status, each with its own supplier.
fn awards(package: &Value, status: &str) -> Vec<Value> {
    let release =
        package["releases"].as_array().unwrap().iter().rfind(|release| release["tag"][0] == "award");
    let awards: Vec<&Value> = release.unwrap()["awards"].as_array().unwrap().iter().collect();
    let mut ids: Vec<&str> = awards.iter().map(|award| award["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), awards.len(), "each award has an id of its own");
    let of_status = awards.into_iter().filter(|award| award["status"] == status);
    let bids = of_status.map(|award| {
        assert_eq!(award["suppliers"].as_array().unwrap().len(), 1);
        assert!(award["value"]["amount"].is_number());
        award["relatedBid"].clone()
    });
    bids.collect()
}

/// Writes the package to the folder in `OCDS_SAMPLES`, where a check with another program wants it.
#[allow(clippy::disallowed_methods)]
fn keep_for_other_tools(package: &Value) {
    if let Some(folder) = std::env::var_os("OCDS_SAMPLES") {
        let file = std::path::Path::new(&folder).join("framework-releases.json");
        std::fs::write(file, package.to_string()).unwrap();
    }
}

#[actix_web::test]
async fn fewer_bids_than_winners_make_fewer_winners_and_say_so() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (framework, tender) = Framework::published(&app, json!({"maximum": 3})).await;
        framework.scored(&tender, 2).await;
        let evaluation = framework.add("evaluations", json!({})).await;
        let lot = &evaluation["result"]["lots"][0];
        assert!(
            lot["warnings"].as_array().unwrap().iter().any(|found| found["code"] == "fewer-winners"),
            "{lot}"
        );
        let bids = lot["winners"]["bids"].as_array().unwrap().clone();
        let decision = framework.add("award-proposals", proposal(&evaluation, &bids[1..])).await;
        assert_eq!(decision["winners"].as_array().unwrap().len(), 2);
        let letters = framework.letters().await;
        assert!(letters.iter().all(|letter| letter["kind"] == "winner"), "{letters:?}");
        assert!(
            letters[0]["dutch"]["text"].as_str().unwrap().contains("opdrachten te gunnen aan"),
            "{letters:?}"
        );
    })
    .await;
}

#[actix_web::test]
async fn a_lot_with_one_winner_names_no_others_and_replaces_nobody() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let (_, lot) = app.with_published(a_tender()).await;
        let framework = Framework { app: &app, lot: lot.clone() };
        let tender = lot.split("/lots/").next().unwrap();
        framework.scored(tender, 2).await;
        let evaluation = framework.add("evaluations", json!({})).await;
        assert!(evaluation["result"]["lots"][0].get("winners").is_none());
        let second = framework.bid(BIDS[1].0).await;
        let others = proposal(&evaluation, std::slice::from_ref(&second));
        let refused = framework.buyer().post(&framework.below("award-proposals"), others).await;
        assert_eq!(refused.problem(400).1["errors"][0]["code"], "one-winner");
        let decision = framework.add("award-proposals", proposal(&evaluation, &[])).await;
        assert!(decision.get("winners").is_none() && decision.get("reserves").is_none(), "{decision}");
        app.clock.set("2026-05-20T10:00:00Z");
        framework.buyer().post(&framework.below("awards"), json!({})).await.expect(200);
        assert_eq!(framework.refused("winner-withdrawals", declines(&second)).await, "one-winner");
    })
    .await;
}
