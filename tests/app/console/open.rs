//! What anybody may do without a log-in: try a bid on a published tender, and check an outcome.

use serde_json::Value;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::LotPath;
use trede_service::awarding::{evaluation_records, evaluations};

use crate::console::browser::{Browser, File, Site};
use crate::console::story::{evaluate, publish};
use crate::support;

const OPEN: &str = "/open/gm0344";

/// A lot on which anybody can try a bid.
async fn a_lot(site: &Site) -> (String, String, Browser) {
    site.make_municipality().await;
    let (tender, lot) = publish(site).await;
    site.open_data();
    (tender, lot, site.nobody())
}

#[actix_web::test]
async fn a_bid_is_tried_without_a_log_in_where_the_municipality_opened_its_data() {
    for database in support::databases() {
        let site = Site::on(database).await;
        site.make_municipality().await;
        let (_, lot) = publish(&site).await;
        let nobody = site.nobody();
        let open_lot = lot.replace("/gm0344", OPEN);
        for closed in [OPEN, &format!("{OPEN}/check"), &open_lot] {
            assert_eq!(nobody.get(closed).await.status, 404, "{closed}");
        }
        site.open_data();
        assert!(nobody.get(OPEN).await.html.contains("Groenonderhoud Oost"));
        // 60 × (120 − 90) / (120 − 80) + 40 × 8 / 10.
        let bid = [("/bids/0/price", "90.000,00"), ("/bids/0/scores/plan", "8")];
        let scored = nobody.fill(&open_lot, "simulate_bid", &bid).await;
        assert_eq!(scored.status, 200, "{}", scored.wrong());
        let told = scored.text();
        assert!(told.contains("Totaal 77"), "{told}");
        assert!(told.contains("Prijs 90.000 45 60") || told.contains("Prijs 90000 45 60"), "{told}");
        assert!(told.to_lowercase().contains("wat u invult verlaat uw browser"), "{told}");
        assert!(scored.header("set-cookie").is_none(), "nothing is kept of who tries");
        assert_eq!(scored.header("cache-control"), Some("no-store"));
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_tried_bid_stands_with_its_field_in_the_language_of_the_page() {
    let site = Site::on(support::sqlite()).await;
    let (_, lot, nobody) = a_lot(&site).await;
    let open_lot = lot.replace("/gm0344", OPEN);
    let bid = [("/bids/0/price", "90.000"), ("/bids/0/scores/plan", "11")];
    let wrong = nobody.fill(&open_lot, "simulate_bid", &bid).await;
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    assert!(
        wrong.html.contains("id=\"f-simulate-bid--bids-0-scores-plan-wrong-1\" lang=\"nl\""),
        "{}",
        wrong.html
    );
    assert!(wrong.html.contains("value=\"11\""));
    let alone = [("/bids/0/price", "130.000"), ("/bids/0/scores/plan", "9")];
    let rejected = nobody.fill(&open_lot, "simulate_bid", &alone).await;
    assert!(rejected.html.contains("Deze inschrijving valt af"), "{}", rejected.html);
}

#[actix_web::test]
async fn webassembly_is_compiled_on_the_page_that_runs_the_engine_and_nowhere_else() {
    let site = Site::on(support::sqlite()).await;
    let (_, lot, nobody) = a_lot(&site).await;
    let page = nobody.get(&lot.replace("/gm0344", OPEN)).await;
    let has_engine = page.html.contains("id=\"engine\"");
    let policy = page.header("content-security-policy").unwrap();
    assert_eq!(policy.contains("'wasm-unsafe-eval'"), has_engine, "{policy}");
    assert_eq!(page.text().contains("zonder rekenmodule"), !has_engine, "{}", page.text());
    for path in [OPEN, &format!("{OPEN}/check"), "/login"] {
        let other = nobody.get(path).await;
        assert!(!other.header("content-security-policy").unwrap().contains("unsafe"), "{path}");
    }
    if has_engine {
        let html = page.html.replace("&#x2f;", "/");
        let name = html.split("data-engine=\"").nth(1).unwrap().split('"').next().unwrap();
        let engine = nobody.get(name).await;
        assert_eq!((engine.status, engine.header("content-type")), (200, Some("application/wasm")));
    }
}

#[actix_web::test]
async fn a_draft_is_nowhere_and_another_site_is_not_served() {
    let site = Site::on(support::sqlite()).await;
    let (_, lot, nobody) = a_lot(&site).await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let facts = [("/title", "Nog geheim"), ("/buyer", "Utrecht"), ("/deadlineAt", "01-07-2026 12:00")];
    let draft = buyer.done("/gm0344/tenders/new", "create_tender", &facts).await;
    assert!(!nobody.get(OPEN).await.html.contains("Nog geheim"));
    assert_eq!(nobody.get(&draft.replace("/gm0344", OPEN)).await.status, 404);
    let open_lot = lot.replace("/gm0344", OPEN);
    let pairs = nobody.get(&open_lot).await.form("simulate_bid");
    let sent = nobody
        .send(actix_web::http::Method::POST, &open_lot, |request| {
            request.insert_header(("sec-fetch-site", "cross-site")).set_form(&pairs)
        })
        .await;
    assert_eq!(sent.status, 403);
}

/// The record of the latest evaluation of a lot, as the service exports it.
fn record(site: &Site, lot: &str) -> Value {
    let mut parts = lot.split('/').skip(3).step_by(2);
    let mut part = || parts.next().unwrap();
    let (tender, id) = (part().parse().unwrap(), part().parse().unwrap());
    let at = LotPath { municipality: "gm0344".parse().unwrap(), tender, lot: id };
    let auditor = site.actor(Role::Auditor);
    let request = trede_base::page::PageRequest { start: trede_base::page::Start::First, limit: 1 };
    let listed = evaluations::list(&site.services, &auditor, at, &request).unwrap();
    let found = evaluation_records::get(&site.services, &auditor, at, listed.items[0].id).unwrap();
    serde_json::to_value(found).unwrap()
}

#[actix_web::test]
async fn an_outcome_is_computed_again_and_what_was_edited_is_seen() {
    let site = Site::on(support::sqlite()).await;
    let (tender, lot, nobody) = a_lot(&site).await;
    evaluate(&site, &tender, &lot).await;
    let record = record(&site, &lot);
    let page = format!("{OPEN}/check");
    let check = |record: Value| {
        let (nobody, page) = (nobody.clone(), page.clone());
        async move {
            let shown =
                nobody.fill(&page, "compare_evaluation_record", &[("/document", &record.to_string())]).await;
            assert_eq!(shown.status, 200, "{}", shown.html);
            shown.text()
        }
    };
    let told = check(record.clone()).await;
    assert!(told.contains("Het dossier klopt De rangorde volgt"), "{told}");
    assert!(told.contains("De handtekening klopt"), "{told}");
    assert!(told.contains("De Groene Kracht"), "{told}");

    let mut edited = record.clone();
    edited["input"]["lots"][0]["bids"][0]["price"] = "85000".into();
    let told = check(edited).await;
    assert!(told.contains("Het dossier klopt niet"), "{told}");
    assert!(told.contains("daarna veranderd"), "{told}");
    assert!(told.contains("/input/lots/0/bids/0/price"), "{told}");

    let mut unsigned = record.clone();
    unsigned.as_object_mut().unwrap().remove("signature");
    assert!(check(unsigned).await.contains("Er staat geen handtekening in"));

    let mut other = record.clone();
    other["municipality"] = "GM0363".into();
    let wrong = nobody.fill(&page, "compare_evaluation_record", &[("/document", &other.to_string())]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("Dit dossier is van een andere gemeente"), "{}", wrong.html);
}

#[actix_web::test]
async fn a_record_can_be_chosen_as_a_file_and_what_is_no_record_is_told() {
    let site = Site::on(support::sqlite()).await;
    let (tender, lot, nobody) = a_lot(&site).await;
    evaluate(&site, &tender, &lot).await;
    let page = format!("{OPEN}/check");
    let pairs = nobody.get(&page).await.form("compare_evaluation_record");
    let content = record(&site, &lot).to_string();
    let file = |content| File { field: "/chosen", name: "dossier.json", media_type: "text/plain", content };
    let shown = nobody.post_file(&page, &pairs, &file(content.as_bytes())).await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    assert!(shown.text().contains("Het dossier klopt De rangorde volgt"), "{}", shown.html);
    let shown = nobody.post_file(&page, &pairs, &file(b"{\"format\": 1}")).await;
    assert_eq!(shown.status, 422, "{}", shown.html);
    assert!(shown.html.contains("id=\"f-compare-evaluation-record--document-wrong-1\""), "{}", shown.html);
    let none = nobody.fill(&page, "compare_evaluation_record", &[]).await;
    assert_eq!(none.status, 422);
    assert!(none.html.contains("Kies een bestand."), "{}", none.html);
}
