//! A contract over time and a year of all of them, for who follows them and for anybody.

use serde_json::Value;
use trede_model::frame::role::Role;

use crate::console::browser::{Browser, HOME, Site};
use crate::console::following::{a_contract, an_entry};
use crate::console::markup::faults;
use crate::support;

const OPEN: &str = "/open/gm0344/year/2026";

/// A contract with a placement that was approved.
async fn with_an_approved(site: &Site) -> (String, Browser) {
    let contract = a_contract(site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    let entry = an_entry(&contractor, &contract).await;
    contractor.done(&entry, "submit_entry", &[]).await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    coordinator.done(&entry, "approve_entry", &[]).await;
    (contract, coordinator)
}

/// The numbers of the public year, as the API tells them.
async fn told(site: &Site) -> Value {
    let shown = site.nobody().get("/v1/municipalities/gm0344/open-data/years/2026").await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    serde_json::from_str(&shown.html).unwrap()
}

#[actix_web::test]
async fn a_contract_shows_where_it_ends_its_maxima_and_what_each_change_came_to() {
    for database in support::databases() {
        let site = Site::on(database).await;
        let (contract, coordinator) = with_an_approved(&site).await;
        let shown = coordinator.get(&contract).await;
        assert_eq!(shown.status, 200, "{}", shown.html);
        let told = shown.text();
        for part in
            ["Marge van de verwachting", "Aan het eind wordt", "K-12", "Registratie", "Verplichting erna"]
        {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert!(
            shown.html.contains("trede-line-expected") && shown.html.contains("Als het tempo tot nu toe")
        );
        assert!(faults(&shown, "nl").is_empty(), "{:?}", faults(&shown, "nl"));
        let english = coordinator.in_english().get(&contract).await.text();
        assert!(english.contains("At the end") && english.contains("Owed after"), "{english}");
    }
}

#[actix_web::test]
async fn a_settlement_stands_on_the_page_with_its_statement() {
    let site = Site::on(support::sqlite()).await;
    let (contract, coordinator) = with_an_approved(&site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    let facts = [
        ("/description", "Nog een medewerker"),
        ("/candidateReference", "K-13"),
        ("/facts/period/from", "01-01-2026"),
        ("/facts/period/until", "31-12-2026"),
        ("/facts/hoursPerWeek", "36"),
    ];
    let form = format!("{contract}/entries/new?block=participatiewet");
    let entry = contractor.done(&form, "create_entry", &facts).await;
    contractor.done(&entry, "submit_entry", &[]).await;
    coordinator.done(&entry, "approve_entry", &[]).await;
    site.clock.set("2028-01-03T09:00:00Z");
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let wrong =
        coordinator.fill(&contract, "settle_contract", &[("/decision", "fulfil"), ("/reason", "")]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    assert!(wrong.html.contains("id=\"f-settle-contract--reason-wrong-1\""), "{}", wrong.html);
    let own = [("/decision", "fulfil"), ("/reason", "De opgave is gehaald.")];
    coordinator.done(&contract, "settle_contract", &own).await;
    let shown = coordinator.get(&contract).await;
    let told = shown.text();
    assert!(told.contains("Eindafrekening") && told.contains("Gerealiseerd"), "{told}");
    assert!(shown.html.contains("Afrekening social return"), "{}", shown.html);
}

#[actix_web::test]
async fn an_administrator_opens_the_years_and_nothing_of_few_is_shown() {
    for database in support::databases() {
        let site = Site::on(database).await;
        let (_, coordinator) = with_an_approved(&site).await;
        let year = format!("{HOME}/years/2026");
        let own = coordinator.get(&year).await;
        assert!(own.text().contains("De jaarcijfers zijn niet openbaar."), "{}", own.text());
        assert!(!own.html.contains("value=\"update_open_year_settings\""));
        assert_eq!(site.nobody().get(OPEN).await.status, 404);
        assert_eq!(site.nobody().get(&format!("{OPEN}/image.svg")).await.status, 404);
        let administrator = site.enter(Role::Administrator, 1).await;
        administrator.done(&year, "update_open_year_settings", &[("/open", "true")]).await;

        let shown = site.nobody().get(OPEN).await;
        assert_eq!(shown.status, 200, "{}", shown.html);
        assert!(shown.text().contains("te klein om te tonen"), "{}", shown.text());
        for hidden in ["69599068", "K-12", "Groenonderhoud", "41.000", "34.166"] {
            assert!(!shown.html.contains(hidden), "{hidden}: {}", shown.html);
        }
        assert!(faults(&shown, "nl").is_empty(), "{:?}", faults(&shown, "nl"));
        let english = site.nobody().in_english().get(OPEN).await;
        assert!(english.text().contains("too small to show"), "{}", english.text());
        assert!(told(&site).await.get("owed").is_none());
        let picture = site.nobody().get(&format!("{OPEN}/image.svg")).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, Some("image/svg+xml")));
        assert!(picture.html.starts_with("<svg ") && picture.html.contains("te klein om te tonen"));
        assert!(!picture.html.contains("style=") && !picture.html.contains("<script"));
    }
}

#[actix_web::test]
async fn a_year_shows_the_numbers_of_the_report() {
    let site = Site::on(support::sqlite()).await;
    let (_, coordinator) = with_an_approved(&site).await;
    let shown = coordinator.get(&format!("{HOME}/years/2026")).await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    let told = shown.text();
    let report = trede_service::overseeing::annual_reports::get(
        &site.services,
        &site.actor(Role::Coordinator),
        "gm0344".parse().unwrap(),
        2026,
    );
    let report = report.unwrap();
    assert_eq!((report.people, report.total.realised_cents), (1, 4_100_000));
    assert!(told.contains("Gerealiseerd € 41.000") && told.contains("Mensen 1"), "{told}");
    for part in ["Per doelgroep", "Per bouwblok", "Per sector", "Per opdrachtnemer", "Per maand"] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(faults(&shown, "nl").is_empty(), "{:?}", faults(&shown, "nl"));
}
