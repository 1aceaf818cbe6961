//! The laboratory on a page: the model of a lot on an imagined market, alone or beside itself with other weights.

use trede_model::frame::role::Role;

use crate::console::browser::{Browser, Shown, Site};
use crate::console::markup::faults;
use crate::console::story::{draft, unmade_model};
use crate::support;

const ACT: &str = "simulate_award_models";

/// The model of `draft`: price sixty, plan forty, prices from 80.000 to 120.000 and scores from 0 to 10.
async fn a_laboratory(site: &Site, more: &[(&str, &str)]) -> (String, Browser) {
    site.make_municipality().await;
    let (_, lot) = draft(site, "Groenonderhoud Oost", "01-04-2026 12:00", more).await;
    (format!("{lot}/laboratory"), site.enter(Role::Buyer, 1).await)
}

/// A criterion that scores the PSO level, beside forty for price and plan.
const WITH_LEVELS: [(&str, &str); 25] = [
    ("/criteria/0/weight", "40"),
    ("/criteria/2/id", "pso"),
    ("/criteria/2/title", "PSO-trede"),
    ("/criteria/2/kind", "pso-level"),
    ("/criteria/2/weight", "20"),
    ("/criteria/2/levels/measure", "points"),
    ("/criteria/2/levels/rows/0/level", "none"),
    ("/criteria/2/levels/rows/0/value", "0"),
    ("/criteria/2/levels/rows/1/level", "aspirant"),
    ("/criteria/2/levels/rows/1/value", "2"),
    ("/criteria/2/levels/rows/2/level", "basistrede"),
    ("/criteria/2/levels/rows/2/value", "4"),
    ("/criteria/2/levels/rows/3/level", "trede-1"),
    ("/criteria/2/levels/rows/3/value", "8"),
    ("/criteria/2/levels/rows/4/level", "trede-2"),
    ("/criteria/2/levels/rows/4/value", "12"),
    ("/criteria/2/levels/rows/5/level", "trede-3"),
    ("/criteria/2/levels/rows/5/value", "16"),
    ("/criteria/2/levels/rows/6/level", "trede-3-30+"),
    ("/criteria/2/levels/rows/6/value", "20"),
    ("/pso/ladderVersion", "pso-2023"),
    ("/pso/levelCountsOn", "bid"),
    ("/pso/consortiumRule", "lowest"),
    ("/pso/equivalence", "Een verklaring van een onafhankelijke deskundige."),
    ("/pso/motivation", "Het werk wordt gedaan door mensen met een afstand tot de arbeidsmarkt."),
];

fn fields(shown: &Shown) -> usize {
    let form = shown.html.split("name=\"_act\"").nth(1).unwrap().split("</form>").next().unwrap();
    let inputs = form.split("<input ").skip(1).filter(|tag| tag.starts_with("class"));
    inputs.count() + form.matches("<select ").count() + form.matches("<textarea ").count()
}

#[actix_web::test]
async fn the_model_of_a_lot_is_tried_on_a_market_of_few_fields() {
    for database in support::databases() {
        let site = Site::on(database).await;
        let (page, buyer) = a_laboratory(&site, &WITH_LEVELS).await;
        let model = page.replace("/laboratory", "/award-model");
        let link = format!("href=\"{page}\"");
        for from in [&model, &page.replace("/laboratory", "")] {
            assert!(buyer.get(from).await.html.replace("&#x2f;", "/").contains(&link), "{from}");
        }
        let before = buyer.get(&page).await;
        assert!(fields(&before) < 15, "{} fields", fields(&before));
        let tried = [("/tenders", "1000"), ("/seed", "7")];
        let found = buyer.fill(&page, ACT, &tried).await;
        assert_eq!(found.status, 200, "{}", found.wrong());
        let told = found.text();
        for part in [
            "1.000 verzonnen aanbestedingen met toevalsgetal 7",
            "Welke trede wint hoe vaak",
            "het vaakst wint wie deze trede heeft: Trede 1",
            "Wat de trede kost en oplevert",
            "Meer betaald per trede",
            "Een verliezer valt weg, en een ander wint",
            "Prijs weegt 40 % beslist",
            "Tekst voor de gunningsleidraad",
            "Dit gunningsmodel is vooraf beproefd op 1.000 nagebootste aanbestedingen",
        ] {
            assert!(told.contains(part), "{part}: {told}");
        }
        assert_eq!(buyer.fill(&page, ACT, &tried).await.text(), told, "the same seed, the same outcome");
        let english = buyer.in_english().fill(&page, ACT, &tried).await;
        assert!(english.text().contains("1,000 imagined tenders with seed 7"), "{}", english.html);
        assert_eq!((faults(&found, "nl"), faults(&english, "en")), (Vec::new(), Vec::new()));
    }
}

#[actix_web::test]
async fn two_models_stand_side_by_side_and_wrong_weights_stand_with_their_fields() {
    let site = Site::on(support::sqlite()).await;
    let (page, buyer) = a_laboratory(&site, &[]).await;
    let beside = format!("{page}?from=weights");
    let weights = |price: &'static str| {
        [("/models/1/awardModel/criteria/0/weight", price), ("/models/1/awardModel/criteria/1/weight", "70")]
    };
    let wrong = buyer.fill(&beside, ACT, &weights("20")).await;
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    let id = "id=\"f-simulate-award-models--models-1-awardModel-criteria\" lang=\"nl\"";
    assert!(wrong.html.contains(id) && wrong.html.contains("value=\"20\""), "{}", wrong.html);
    let pairs: Vec<_> = weights("30").into_iter().chain([("/tenders", "1000")]).collect();
    let found = buyer.fill(&beside, ACT, &pairs).await;
    assert_eq!(found.status, 200, "{}", found.wrong());
    let told = found.text();
    assert!(told.contains("Criterium Dit model Met andere gewichten"), "{told}");
    assert!(told.contains("Prijs weegt 60 % beslist") && told.contains("weegt 30 % beslist"), "{told}");
    assert_eq!(faults(&found, "nl"), Vec::<String>::new());
}

#[actix_web::test]
async fn another_kind_of_bidder_can_be_added_and_then_it_is_told_who_wins() {
    let site = Site::on(support::sqlite()).await;
    let (page, buyer) = a_laboratory(&site, &[]).await;
    let mut pairs = buyer.get(&page).await.form(ACT);
    pairs.push(("act".to_owned(), "add:/market/bidders".to_owned()));
    let borrowed: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let added = buyer.post(&page, &borrowed).await;
    assert_eq!(added.status, 200);
    assert_eq!(faults(&added, "nl"), Vec::<String>::new());
    let at = "/market/bidders/1";
    let second = [
        ("title", "Sociale onderneming"),
        ("count", "1"),
        ("price/from", "80.000"),
        ("price/to", "81.000"),
        ("scores/plan/from", "9"),
        ("scores/plan/to", "10"),
    ];
    let mut pairs = added.form(ACT);
    for (name, value) in second {
        let name = format!("{at}/{name}");
        pairs.retain(|(own, _)| *own != name);
        pairs.push((name, value.to_owned()));
    }
    pairs.push(("act".to_owned(), ACT.to_owned()));
    let borrowed: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let found = buyer.post(&page, &borrowed).await;
    assert_eq!(found.status, 200, "{}", found.wrong());
    let told = found.text();
    assert!(told.contains("Dit model: Sociale onderneming wint het vaakst"), "{told}");
}

#[actix_web::test]
async fn an_example_is_tried_on_a_lot_that_has_no_model_yet() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let model = unmade_model(&buyer).await;
    let page = model.replace("/award-model", "/laboratory");
    for (example, kind) in
        [("schoonmaak", "Bekende aanbieder (5)"), ("groenonderhoud", "Landelijke aannemer (2)")]
    {
        let chosen = format!("{page}?from={example}");
        let found = buyer.fill(&chosen, ACT, &[("/tenders", "1000")]).await;
        assert_eq!(found.status, 200, "{example}: {}", found.wrong());
        assert!(found.text().contains(kind), "{example}: {}", found.text());
        assert_eq!(faults(&found, "nl"), Vec::<String>::new());
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_market_stands_with_its_field_and_who_may_not_see_the_lot_gets_no_laboratory() {
    let site = Site::on(support::sqlite()).await;
    let (page, buyer) = a_laboratory(&site, &WITH_LEVELS).await;
    for (field, value, at) in [
        ("/tenders", "10", "--tenders-wrong-1"),
        ("/tenders", "veel", "--tenders-wrong-1"),
        ("/market/bidders/0/count", "0", "--market-bidders"),
        ("/market/bidders/0/count", "", "--market-bidders-0-count-wrong-1"),
        ("/market/bidders/0/price/from", "", "--market-bidders-0-price-from-wrong-1"),
        ("/market/bidders/0/price/from", "130.000", "--market-bidders-0-price"),
        ("/market/bidders/0/scores/plan/to", "11", "--market-bidders-0-scores-plan"),
        ("/market/bidders/0/levels/0/percent", "40", "--market-bidders-0-levels"),
        ("/assumptions/0", "", "--assumptions"),
    ] {
        let wrong = buyer.fill(&page, ACT, &[("/tenders", "1000"), (field, value)]).await;
        assert_eq!(wrong.status, 422, "{field}: {}", wrong.html);
        let own = format!("id=\"f-simulate-award-models{at}\" lang=\"nl\"");
        assert!(wrong.html.contains(&own), "{field}: {}", wrong.wrong());
    }
    assert_eq!(site.enter(Role::PrivacyOfficer, 1).await.get(&page).await.status, 403);
    assert_eq!(site.enter(Role::Bidder, 1).await.get(&page).await.status, 404);
}
