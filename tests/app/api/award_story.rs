//! A tender's whole life, from its publication to the award and the report: two openers, three assessors, a
//! consensus, a bid that drops out, a tie by lot, letters, an objection.

use serde_json::{Value, json};
use trede_formats::evaluation_record::{EvaluationRecord, replay};
use trede_model::frame::role::Role;
use trede_sealing::record_signature::verify;

use crate::api::app::{Client, TestApp, UTRECHT, on_each_database};
use crate::api::world::{AFTER_DEADLINE, BEFORE_DEADLINE, a_bid, a_lot, a_tender, expect_hashes, tenders};

/// Price, plan and KvK number of each bid. The cheapest and poorest makes the price points of the others small:
/// with it the first leads the second and third by quality, without it those two lead, equal.
pub const BIDS: [(&str, &str, &str); 4] = [
    ("69599068", "120000.00", "9"),
    ("68750110", "100000.00", "7"),
    ("12345678", "100000.00", "7"),
    ("87654321", "50000.00", "1"),
];
pub const CHEAP: &str = "87654321";

fn model(drop_out: &str) -> Value {
    json!({
        "method": {"code": "relative-lowest"},
        "weightUnit": "percent",
        "dropOut": drop_out,
        "ties": [{"by": "lot"}],
        "assessment": {"combine": "consensus", "flagSpreadAbove": "2"},
        "abnormallyLow": [{"rule": "below-mean-of-others", "percent": "40"}],
        "criteria": [
            {"id": "price", "title": "Prijs", "kind": "price", "weight": "60"},
            {
                "id": "plan", "title": "Plan van aanpak", "kind": "assessed-quality", "weight": "40",
                "scale": {"highest": "10"}
            }
        ]
    })
}

/// A story on one lot.
pub struct Story<'a> {
    pub app: &'a TestApp,
    pub tender: String,
    pub lot: String,
}

impl<'a> Story<'a> {
    /// A published tender above the European threshold whose lot has these rules.
    pub async fn published(app: &'a TestApp, drop_out: &str, envelopes: &str) -> Self {
        let buyer = app.as_role(Role::Buyer);
        let mut tender = a_tender();
        tender["aboveThreshold"] = json!(true);
        tender["bidEnvelopes"] = json!(envelopes);
        let made = buyer.post(&tenders(crate::api::app::UTRECHT), tender).await.expect(201);
        let tender = made.header("location").unwrap().to_owned();
        let made = buyer.post(&format!("{tender}/lots"), a_lot(1)).await.expect(201);
        let lot = made.header("location").unwrap().to_owned();
        let etag = made.header("etag").map(str::to_owned);
        buyer.put(&format!("{lot}/award-model"), etag.as_deref(), model(drop_out)).await.expect(200);
        buyer.post(&format!("{tender}/publications"), json!({})).await.expect(200);
        Self { app, tender, lot }
    }

    pub fn named(&self, role: Role, subject: &str) -> Client {
        let mut claims = self.app.claims(role);
        claims.sub = subject.to_owned();
        self.app.with_claims(claims)
    }

    pub fn bidder(&self, kvk: &str) -> Client {
        let mut claims = self.app.claims(Role::Bidder);
        claims.kvk = Some(kvk.to_owned());
        self.app.with_claims(claims)
    }

    pub fn buyer(&self) -> Client {
        self.app.as_role(Role::Buyer)
    }

    /// What the buyer records below the lot.
    pub async fn add(&self, below: &str, body: Value) -> Value {
        self.buyer().post(&format!("{}/{below}", self.lot), body).await.expect(201).json()
    }

    pub async fn refused(&self, below: &str, body: Value) -> String {
        self.buyer().post(&format!("{}/{below}", self.lot), body).await.problem(409).0
    }

    pub async fn read(&self, below: &str) -> Value {
        self.buyer().get(&format!("{}/{below}", self.lot)).await.expect(200).json()
    }

    /// Bids come in, and two openers open them.
    pub async fn opened(&self) {
        self.app.clock.set(BEFORE_DEADLINE);
        for (kvk, price, _) in BIDS {
            self.bidder(kvk).post(&format!("{}/bids", self.lot), a_bid(kvk, price)).await.expect(201);
        }
        self.app.clock.set(AFTER_DEADLINE);
        for opener in ["opener-1", "opener-2"] {
            if self.buyer().get(&self.tender).await.json()["state"] == "closed" {
                let opening = format!("{}/openings", self.tender);
                let answer = self.named(Role::Opener, opener).post(&opening, json!({})).await;
                assert!(answer.status.is_success(), "{answer:?}");
            }
        }
    }

    pub async fn bid(&self, kvk: &str) -> Value {
        let bids = self.read("bids").await;
        let items = bids["items"].as_array().unwrap();
        items.iter().find(|bid| bid["bidderKvkNumber"] == kvk).unwrap()["id"].clone()
    }

    /// Three assessors score alone, a fourth is barred for an interest; they agree, and the quality is fixed.
    pub async fn assessed(&self) {
        let declarations = format!("{}/interest-declarations", self.lot);
        let none = json!({"hasInterest": false});
        for assessor in ["beoordelaar-1", "beoordelaar-2", "beoordelaar-3"] {
            self.named(Role::Assessor, assessor).post(&declarations, none.clone()).await.expect(201);
        }
        let interest = json!({"hasInterest": true, "explanation": "Partner werkt bij een inschrijver"});
        let conflicted = self.named(Role::Assessor, "beoordelaar-4");
        let declared = conflicted.post(&declarations, interest).await.expect(201).json();
        let mut scores = Vec::new();
        for (kvk, _, agreed) in BIDS {
            let bid = self.bid(kvk).await;
            for (assessor, score) in
                [("beoordelaar-1", agreed), ("beoordelaar-2", "5"), ("beoordelaar-3", agreed)]
            {
                let given = json!({
                    "bidId": bid, "criterion": "plan", "kind": "individual", "score": score,
                    "motivation": format!("Oordeel van {assessor}")
                });
                let assessments = format!("{}/assessments", self.lot);
                self.named(Role::Assessor, assessor).post(&assessments, given).await.expect(201);
            }
            scores.push(json!({
                "bidId": bid, "criterion": "plan", "score": agreed,
                "motivation": format!("Unaniem een {agreed} voor KvK {kvk}")
            }));
        }
        assert_eq!(self.refused("quality-conclusions", json!({})).await, "interest-undecided");
        let measure = json!({
            "declarationId": declared["id"], "mayScore": false, "measure": "Vervangen door beoordelaar-3"
        });
        self.add("interest-measures", measure).await;
        assert_eq!(self.refused("quality-conclusions", json!({})).await, "assessments-due");
        let session = json!({
            "heldAt": AFTER_DEADLINE,
            "attendees": [{"name": "beoordelaar-1"}, {"name": "beoordelaar-2"}, {"name": "beoordelaar-3"}],
            "scores": scores
        });
        self.add("consensus-sessions", session).await;
        assert_eq!(self.refused("evaluations", json!({})).await, "quality-open");
        let concluded = self.buyer().post(&format!("{}/quality-conclusions", self.lot), json!({})).await;
        assert!(concluded.expect(200).json()["qualityFixedAt"].is_string());
    }

    pub async fn evaluated(&self, reason: &str) -> Value {
        self.add("evaluations", json!({"reason": reason})).await
    }

    pub async fn proposed(&self, evaluation: &Value, bid: &Value) -> Value {
        let proposal = json!({
            "evaluationId": evaluation["id"], "bidId": bid, "motivation": "Beste prijs-kwaliteitverhouding.",
            "court": "Rechtbank Midden-Nederland", "contact": "inkoop@utrecht.example"
        });
        self.add("award-proposals", proposal).await
    }

    /// The low price is asked about, explained and rejected, so that its bid drops out.
    pub async fn low_price_rejected(&self) {
        let bid = self.bid(CHEAP).await;
        let asked = self
            .add(
                "low-price-inquiries",
                json!({
                    "bidId": bid, "question": "Hoe is de prijs opgebouwd?",
                    "answerDueAt": "2026-04-03T12:00:00+02:00"
                }),
            )
            .await;
        let inquiry = format!("{}/low-price-inquiries/{}", self.lot, asked["id"].as_str().unwrap());
        let answer = json!({"answer": "Wij rekenen geen loonkosten."});
        let answers = format!("{inquiry}/answers");
        self.bidder("69599068").post(&answers, answer.clone()).await.problem(404);
        self.bidder(CHEAP).post(&answers, answer).await.expect(201);
        let decision = json!({"outcome": "rejected", "reason": "Zonder loonkosten is de prijs niet reëel."});
        self.buyer().post(&format!("{inquiry}/decisions"), decision).await.expect(201);
    }
}

pub fn ranking(evaluation: &Value) -> Vec<(Value, String)> {
    let ranked = evaluation["result"]["lots"][0]["ranking"].as_array().unwrap().iter();
    ranked.map(|bid| (bid["id"].clone(), bid["total"]["declared"].as_str().unwrap().to_owned())).collect()
}

#[actix_web::test]
async fn a_bid_that_drops_out_keeps_the_ranking_where_the_model_says_so() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let story = Story::published(&app, "keep-ranking", "one").await;
        story.opened().await;
        story.assessed().await;
        let first = story.evaluated("eerste").await;
        story.low_price_rejected().await;
        let after = story.evaluated("na het oordeel over de lage prijs").await;
        assert_eq!(ranking(&after)[..3], ranking(&first)[1..4], "the others keep what they had");
        let winner = story.bid("69599068").await;
        story.proposed(&after, &winner).await;
        replays(&story, &after, 0).await;
    })
    .await;
}

#[actix_web::test]
async fn a_tender_lives_from_publication_to_award_and_its_report_tells_all_of_it() {
    on_each_database(|app| async move {
        app.with_utrecht().await;
        let story = Story::published(&app, "recompute", "one").await;
        story.opened().await;
        story.assessed().await;
        let flagged = story.evaluated("eerste").await;
        let cheap = story.bid(CHEAP).await;
        assert_eq!(ranking(&flagged)[0], (cheap.clone(), "64".to_owned()));
        assert_eq!(flagged["result"]["lots"][0]["abnormallyLow"][0]["id"], cheap);
        let early = json!({
            "evaluationId": flagged["id"], "bidId": cheap, "motivation": "Laagste prijs.",
            "court": "Rechtbank", "contact": "inkoop"
        });
        assert_eq!(story.refused("award-proposals", early).await, "abnormally-low-undecided");
        story.low_price_rejected().await;

        let tied = story.evaluated("na het oordeel over de lage prijs").await;
        assert_eq!(tied["result"]["lots"][0]["status"], "tie-open");
        assert_eq!(
            ranking(&tied).iter().map(|(_, total)| total.as_str()).collect::<Vec<_>>(),
            ["88", "88", "86"]
        );
        let drawing = json!({
            "place": "Stadskantoor Utrecht", "heldAt": AFTER_DEADLINE, "performedBy": "notaris",
            "attendees": [{"name": "A. de Boer", "role": "namens KvK 12345678"}],
            "randomness": {"source": "generator"}
        });
        let drawn = story.add("drawings", drawing).await;
        let winner = drawn["fact"]["details"]["order"][0].clone();
        let decided = story.evaluated("na de loting").await;
        assert_eq!(ranking(&decided)[0].0, winner);

        let decision = story.proposed(&decided, &winner).await;
        assert_eq!(decision["standstillUntilOn"], "2026-04-21");
        letters(&story, &decision).await;
        objection(&story).await;
        let awarded = story.buyer().post(&format!("{}/awards", story.lot), json!({})).await.expect(200);
        assert!(awarded.json()["awardedAt"].is_string());
        report(&story, &winner).await;
        replays(&story, &decided, 3).await;
        reads_are_recorded(&story, &decided).await;
    })
    .await;
}

/// Everybody was told at the same moment, and reads the own letter only.
async fn letters(story: &Story<'_>, decision: &Value) {
    let all = story.read("award-letters").await["items"].as_array().unwrap().clone();
    assert_eq!(all.len(), BIDS.len());
    for letter in &all {
        assert_eq!(letter["sentAt"], decision["proposedAt"]);
        let (dutch, english) =
            (letter["dutch"]["text"].as_str().unwrap(), letter["english"]["text"].as_str().unwrap());
        assert!(dutch.contains("21 april 2026") && dutch.contains("Rechtbank Midden-Nederland"), "{dutch}");
        assert!(english.contains("21 April 2026"), "{english}");
        is_for_people(dutch);
        is_for_people(english);
        assert!(!dutch.contains("the bound") && !english.contains("de grens"), "{dutch}{english}");
        let own = letter["bidderKvkNumber"].as_str().unwrap();
        let others = BIDS.iter().filter(|(kvk, ..)| *kvk != own);
        for (kvk, price, _) in others {
            assert!(!dutch.contains(&format!("KvK {kvk}")) && !dutch.contains(price), "{dutch}");
        }
    }
    for (kvk, ..) in BIDS {
        let path = format!("{}/award-letters", story.lot);
        let own = story.bidder(kvk).get(&path).await.expect(200).json();
        let own = own["items"].as_array().unwrap().clone();
        assert_eq!(own.iter().map(|letter| &letter["bidderKvkNumber"]).collect::<Vec<_>>(), [kvk]);
        let foreign = all.iter().find(|letter| letter["bidderKvkNumber"] != kvk).unwrap();
        let path = format!("{path}/{}", foreign["id"].as_str().unwrap());
        story.bidder(kvk).get(&path).await.problem(404);
    }
}

/// A document names bids and moments as people do: no UUID, and no time of a machine.
fn is_for_people(text: &str) {
    let is_hex =
        |part: &str, length: usize| part.len() == length && part.bytes().all(|b| b.is_ascii_hexdigit());
    for word in text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == ':')) {
        let parts: Vec<&str> = word.split('-').collect();
        let is_uuid =
            parts.len() == 5 && parts.iter().zip([8, 4, 4, 4, 12]).all(|(part, length)| is_hex(part, length));
        assert!(!is_uuid, "an id stands in: {text}");
        let has_clock = word
            .split_once('T')
            .is_some_and(|(day, time)| day.len() == 10 && day.starts_with("20") && time.ends_with('Z'));
        assert!(!has_clock, "a machine's time stands in: {text}");
    }
}

/// An objection suspends the award, beyond the standstill.
async fn objection(story: &Story<'_>) {
    assert_eq!(story.refused("awards", json!({})).await, "standstill");
    let lodged = story
        .add(
            "objections",
            json!({
                "party": "Inschrijver 69599068", "lodgedOn": "2026-04-01", "grounds": "De score is niet gemotiveerd.",
                "courtReference": "C/16/612345 / KG ZA 26-211"
            }),
        )
        .await;
    let weekend = json!({"untilOn": "2026-04-23", "reason": "Goede Vrijdag en Pasen"});
    story.add("standstill-extensions", weekend).await;
    story.app.clock.set("2026-05-20T10:00:00Z");
    assert_eq!(story.refused("awards", json!({})).await, "objection-open");
    let resolution =
        json!({"outcome": "dismissed", "resolvedOn": "2026-05-19", "explanation": "Vorderingen afgewezen."});
    let below = format!("objections/{}/resolutions", lodged["id"].as_str().unwrap());
    story.add(&below, resolution).await;
}

/// The report has every item of art. 84, in three forms, the same each time that nothing changed.
async fn report(story: &Story<'_>, winner: &Value) {
    let told = [
        ("subcontracting", "20 % door Maaibedrijf Jansen"),
        ("negotiated-procedure", "Mededingingsprocedure met onderhandeling wegens maatwerk"),
        ("without-publication", "Niet gebruikt"),
        ("non-electronic-means", "Loting in persoon"),
    ];
    for (item, text) in told {
        story.add("report-supplements", json!({"item": item, "text": text})).await;
    }
    let json = story.read("evaluation-report").await;
    assert_eq!(json, story.read("evaluation-report").await);
    assert_eq!(json["authority"]["name"], "Gemeente Utrecht");
    assert_eq!(json["authority"]["estimatedValue"], "1250000");
    let rejected = |bid: &&Value| !bid["rejectedFor"].as_array().unwrap().is_empty();
    assert_eq!(json["candidates"].as_array().unwrap().iter().filter(rejected).count(), 1);
    assert_eq!(json["abnormallyLow"]["inquiries"][0]["outcome"], "rejected");
    assert_eq!(json["award"]["bidId"], *winner);
    assert_eq!(json["subcontracting"], told[0].1);
    assert_eq!(json["procedure"]["negotiated"], told[1].1);
    let opening = &json["procedure"]["openings"][0];
    assert_eq!((&opening["envelope"], &opening["notOpened"]), (&json!("whole"), &json!([])));
    assert_ne!(opening["requestedBy"], opening["confirmedBy"]);
    assert!(json["candidates"].as_array().unwrap().iter().all(|bid| bid["name"].is_string()));
    assert_eq!(json["nonElectronicMeans"], json!([told[3].1]));
    assert_eq!(json["conflicts"].as_array().unwrap().len(), 4);
    assert_eq!(json["conflicts"][3]["mayScore"], false);
    assert_eq!(json["evaluations"].as_array().unwrap().len(), 3);
    assert_eq!(json["assessments"].as_array().unwrap().len(), 16);
    assert_eq!(json["auditHeads"].as_array().unwrap().len(), 4);
    assert!(json["sensitivity"].is_object() && json["awardModel"].is_object());
    let document = async |accept: &'static str| {
        let path = format!("{}/evaluation-report", story.lot);
        let buyer = story.buyer();
        let asking =
            buyer.send("GET".parse().unwrap(), &path, |request| request.insert_header(("Accept", accept)));
        let answer = asking.await.expect(200);
        assert!(answer.header("content-type").unwrap().starts_with(accept), "{answer:?}");
        String::from_utf8(answer.body).unwrap()
    };
    let markdown = document("text/markdown").await;
    for item in ["a.", "b.", "c.", "d.", "e.", "f.", "g.", "h.", "i."] {
        assert!(markdown.contains(&format!("\n## {item} ")), "{item}: {markdown}");
    }
    let facts = [
        "Gemeente Utrecht",
        "€ 1.250.000,00",
        "afgewezen: Zonder loonkosten",
        "Wij rekenen geen loonkosten",
        "Beste prijs-kwaliteitverhouding",
        "Maaibedrijf Jansen",
        "met onderhandeling",
        "Loting in persoon",
        "Partner werkt bij een inschrijver",
        "Vervangen door beoordelaar-3",
        "weging 40",
        "Unaniem een 9",
        "Consensusbijeenkomst",
        "KG ZA 26-211",
        "Vorderingen afgewezen",
        "definitief 20 mei 2026 om",
    ];
    for fact in facts {
        assert!(markdown.contains(fact), "{fact}: {markdown}");
    }
    assert_eq!(markdown, document("text/markdown").await);
    is_for_people(&markdown);
    for english in [" at ", "open-prices", "propose-award", "fix-quality", "relative-lowest", "confirmed"] {
        assert!(!markdown.contains(english), "{english}: {markdown}");
    }
    let page = document("text/html").await;
    assert!(page.starts_with("<!doctype html>") && page.contains("<h2>i. Belangenconflicten"), "{page}");
}

/// Every leaf of a document, by its place.
fn leaves(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                leaves(field, &format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")), found);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                leaves(item, &format!("{at}/{index}"), found);
            }
        }
        _ => found.push(at.to_owned()),
    }
}

/// The record is signed by a key that anybody can read, tells its place in the trail, and every edit of it is named.
async fn is_signed(story: &Story<'_>, record: &Value) {
    let keys = story
        .app
        .as_nobody()
        .get(&format!("/v1/municipalities/{UTRECHT}/record-keys"))
        .await
        .expect(200)
        .json();
    let read = |record: &Value| serde_json::from_value::<EvaluationRecord>(record.clone());
    let whole = read(record).unwrap();
    let signed = verify(&keys.to_string(), whole.signature.as_deref().unwrap()).unwrap();
    assert_eq!(whole.edited(&signed).unwrap(), []);
    assert!(whole.audit_record.is_some());
    let mut places = Vec::new();
    leaves(record, "", &mut places);
    assert!(places.len() > 100);
    for place in places.iter().filter(|place| *place != "/signature") {
        let mut edited = record.clone();
        let leaf = edited.pointer_mut(place).unwrap();
        *leaf = match leaf.clone() {
            Value::String(text) => format!("{text}0").into(),
            Value::Number(number) => (number.as_i64().unwrap_or_default() + 1).into(),
            Value::Bool(truth) => (!truth).into(),
            _ => continue,
        };
        // What can still be read as a record names the place; what cannot is refused.
        if let Ok(edited) = read(&edited) {
            let found = edited.edited(&signed).unwrap();
            assert!(found.iter().any(|found| found.pointer == *place), "{place}: {found:?}");
        }
    }
}

/// The exported record holds, and any change of it is found.
async fn replays(story: &Story<'_>, evaluation: &Value, drawn: usize) {
    let below = format!("evaluations/{}/record", evaluation["id"].as_str().unwrap());
    let record = story.read(&below).await;
    let replayed =
        |record: &Value| replay(&serde_json::from_value::<EvaluationRecord>(record.clone()).unwrap());
    assert_eq!(replayed(&record).differences, []);
    is_signed(story, &record).await;
    let mut tampered = vec![
        ("/result/lots/0/ranking/0/total/declared", json!("99")),
        ("/input/lots/0/bids/0/price", json!("1")),
        ("/assessments/0/score", json!("10")),
        ("/fingerprint", json!("00".repeat(32))),
        ("/format", json!("another")),
    ];
    if drawn > 0 {
        let order = record["input"]["lots"][0]["drawing"]["order"].as_array().unwrap();
        tampered.push(("/input/lots/0/drawing/order", json!([order[1], order[0]])));
        tampered.push(("/input/lots/0/drawing/randomness/value", json!("271828")));
        tampered.push(("/input/lots/0/drawing/place", json!("elders")));
    }
    for (pointer, value) in tampered {
        let mut changed = record.clone();
        *changed.pointer_mut(pointer).unwrap() = value;
        let found = replayed(&changed).differences;
        assert!(!found.is_empty(), "a change of {pointer} is found");
    }
    let mut readmitted = record.clone();
    let bids = readmitted["input"]["lots"][0]["bids"].as_array_mut().unwrap();
    bids.iter_mut().for_each(|bid| {
        bid.as_object_mut().unwrap().remove("exclusion");
    });
    let found = replayed(&readmitted).differences;
    assert!(found.iter().any(|difference| difference.pointer.ends_with("/exclusion")), "{found:?}");
}

/// Whoever reads bids, scores, letters, facts or a record leaves a record of each request, and every write one
/// with hashes.
async fn reads_are_recorded(story: &Story<'_>, evaluation: &Value) {
    let reader = story.named(Role::Buyer, "lezer");
    let mut expected = Vec::new();
    let collections = [
        ("bids", "list_bids", "get_bid"),
        ("assessments", "list_assessments", "get_assessment"),
        ("award-letters", "list_award_letters", "get_award_letter"),
        ("dossier-entries", "list_dossier_entries", "get_dossier_entry"),
    ];
    let read = async |below: String| reader.get(&format!("{}/{below}", story.lot)).await.expect(200).json();
    for (collection, list, get) in collections {
        let id = read(collection.to_owned()).await["items"][0]["id"].as_str().unwrap().to_owned();
        read(format!("{collection}/{id}")).await;
        expected.extend([(list, collection.to_owned()), (get, format!("{collection}/{id}"))]);
    }
    let record = format!("evaluations/{}/record", evaluation["id"].as_str().unwrap());
    read(record.clone()).await;
    expected.push(("get_evaluation_record", record));

    let municipality = story.tender.split("/tenders/").next().unwrap();
    let lot = story.lot.strip_prefix(municipality).unwrap().trim_start_matches('/');
    let trail = story.app.trail(municipality).await;
    expect_hashes(&trail);
    let told: Vec<_> = trail.iter().filter(|record| record["actor"] == "lezer").collect();
    for (action, below) in &expected {
        let object = format!("{lot}/{below}");
        let of_request = |record: &&&Value| record["action"] == *action && record["object"] == object;
        assert_eq!(told.iter().filter(of_request).count(), 1, "{action} {object}: {told:?}");
    }
    assert_eq!(told.len(), expected.len());
}
