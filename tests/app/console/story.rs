//! The work of a tender, from draft to award, by forms alone.

use actix_web::http::Method;
use chrono::TimeDelta;
use trede_model::frame::role::Role;

use crate::console::browser::{Browser, HOME, Site};
use crate::support;

fn criterion(at: usize, of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(name, value)| (format!("/criteria/{at}/{name}"), (*value).to_owned())).collect()
}

/// A model with a price and a plan that people score; sixty and forty percent.
async fn make_model(buyer: &Browser, path: &str, more: &[(&str, &str)]) {
    let mut pairs: Vec<(String, String)> = vec![
        ("/method/code".into(), "absolute-linear".into()),
        ("/method/corridor/fullPointsAt".into(), "80.000,00".into()),
        ("/method/corridor/zeroPointsAt".into(), "120.000".into()),
        ("/method/corridor/below".into(), "clip".into()),
        ("/method/corridor/above".into(), "reject".into()),
        ("/weightUnit".into(), "percent".into()),
        ("/ties/0/by".into(), "lowest-price".into()),
        ("/ties/1/by".into(), "lot".into()),
    ];
    pairs.extend(criterion(0, &[("id", "prijs"), ("title", "Prijs"), ("kind", "price"), ("weight", "60")]));
    pairs.extend(criterion(
        1,
        &[
            ("id", "plan"),
            ("title", "Plan"),
            ("kind", "assessed-quality"),
            ("weight", "40"),
            ("scale/highest", "10"),
        ],
    ));
    let pairs: Vec<(&str, &str)> = pairs
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain(more.iter().copied())
        .collect();
    buyer.done(path, "replace_award_model", &pairs).await;
}

async fn score(site: &Site, lot: &str) {
    let assessor = site.enter(Role::Assessor, 1).await;
    let page = format!("{lot}/my-scoring");
    assessor.done(&page, "declare_interests", &[("/hasInterest", "false")]).await;
    let scored = [("/score", "8"), ("/motivation", "Een doordacht plan"), ("/submitted", "false")];
    assessor.done(&page, "create_assessment", &scored).await;
    assessor.done(&page, "update_assessment", &[("/score", "7")]).await;
    assessor.done(&page, "submit_assessment", &[]).await;
    let shown = assessor.get(&page).await;
    assert!(shown.html.contains("1 van 1 scores ingeleverd"), "{}", shown.html);
}

/// A published tender with one lot, as two addresses.
pub(super) async fn publish(site: &Site) -> (String, String) {
    let (tender, lot) = draft(site, "Groenonderhoud Oost", "01-04-2026 12:00", &[]).await;
    let buyer = site.enter(Role::Buyer, 1).await;
    buyer.done(&format!("{tender}?ask=publish"), "publish_tender", &[]).await;
    (tender, lot)
}

/// The award model, not made yet, of a lot that is not published.
pub(super) async fn unmade_model(buyer: &Browser) -> String {
    let facts = [("/title", "Groen"), ("/buyer", "Utrecht"), ("/deadlineAt", "01-04-2026 12:00")];
    let tender = buyer.done(&format!("{HOME}/tenders/new"), "create_tender", &facts).await;
    buyer.done(&tender, "create_lot", &[("/number", "1"), ("/title", "Oost")]).await
}

/// As [`publish`], not published yet, with more in the award model.
pub(super) async fn draft(
    site: &Site,
    title: &str,
    deadline: &str,
    more: &[(&str, &str)],
) -> (String, String) {
    let buyer = site.enter(Role::Buyer, 1).await;
    let facts = [
        ("/title", title),
        ("/buyer", "Gemeente Utrecht"),
        ("/estimatedValue", "100.000,00"),
        ("/aboveThreshold", "false"),
        ("/deadlineAt", deadline),
    ];
    let tender = buyer.done(&format!("{HOME}/tenders/new"), "create_tender", &facts).await;
    let model = buyer.done(&tender, "create_lot", &[("/number", "1"), ("/title", "Oost")]).await;
    make_model(&buyer, &model, more).await;
    let lot = model.strip_suffix("/award-model").unwrap().to_owned();
    (tender, lot)
}

/// A bid by one of the bidders, with its name and price.
pub(super) async fn bid(site: &Site, lot: &str, number: usize, (name, price): (&str, &str)) {
    let bidder = site.enter(Role::Bidder, number).await;
    let offer = [("/offer/bidderName", name), ("/offer/price", price)];
    let receipt = bidder.fill(&format!("{lot}/my-bid"), "create_bid", &offer).await;
    assert_eq!(receipt.status, 200, "{}", receipt.wrong());
    assert!(receipt.html.contains("Uw inschrijving is ontvangen"));
}

/// Two openers open the bids.
pub(super) async fn open(site: &Site, tender: &str) {
    for number in [1, 2] {
        let opener = site.enter(Role::Opener, number).await;
        opener.done(&format!("{tender}/opening"), "open_tender", &[]).await;
    }
}

/// A bid on the lot, opened, scored and evaluated.
pub(super) async fn evaluate(site: &Site, tender: &str, lot: &str) {
    bid(site, lot, 1, ("De Groene Kracht", "90.000,00")).await;
    site.clock.advance(TimeDelta::days(31));
    open(site, tender).await;
    score(site, lot).await;
    let buyer = site.enter(Role::Buyer, 1).await;
    buyer.done(&format!("{lot}/scoring"), "conclude_quality", &[]).await;
    let evaluation = format!("{lot}/evaluation");
    buyer.done(&evaluation, "create_evaluation", &[]).await;
    let ranking = buyer.get(&evaluation).await;
    assert!(ranking.html.contains("De Groene Kracht"), "{}", ranking.html);
}

/// The first link that begins so.
fn link(html: &str, beginning: &str) -> String {
    let html = html.replace("&#x2f;", "/");
    let from = html.split("href=\"").find(|rest| rest.starts_with(beginning)).unwrap();
    from.split('"').next().unwrap().to_owned()
}

#[actix_web::test]
async fn a_tender_goes_from_draft_to_award_by_forms_alone() {
    for database in support::databases() {
        let site = Site::on(database).await;
        site.make_municipality().await;
        let (tender, lot) = publish(&site).await;
        evaluate(&site, &tender, &lot).await;
        let buyer = site.enter(Role::Buyer, 1).await;
        let bidder = site.enter(Role::Bidder, 1).await;
        let decision = format!("{lot}/decision");
        let proposal = [("/motivation", "De beste inschrijving"), ("/standstillDays", "0")];
        buyer.done(&decision, "propose_award", &proposal).await;
        let letters = buyer.get(&format!("{lot}/letters")).await;
        assert!(letters.html.contains("69599068"), "{}", letters.html);
        let letter = link(&letters.html, &format!("{lot}/letters/"));
        let page = buyer.get(&letter).await;
        assert!(page.html.contains("Als PDF"), "{}", page.html);
        for pdf in [format!("{letter}/pdf"), format!("{lot}/report/pdf")] {
            let file = buyer.get(&pdf).await;
            assert_eq!((file.status, file.header("content-type")), (200, Some("application/pdf")), "{pdf}");
            assert!(file.html.starts_with("%PDF-1.7"), "{pdf}");
        }
        assert_eq!(bidder.get(&format!("{lot}/report/pdf")).await.status, 403);
        site.clock.advance(TimeDelta::days(2));
        let buyer = site.enter(Role::Buyer, 1).await;
        buyer.done(&format!("{decision}?ask=award"), "award_lot", &[]).await;
        let page = buyer.get(&tender).await;
        assert!(page.html.contains("Gegund"), "{}", page.html);
        assert_eq!(bidder.send(Method::GET, &format!("{lot}/bids"), |it| it).await.status, 303);
    }
}
