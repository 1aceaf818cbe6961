//! A framework agreement with two operators and a reserve, from its award model to its orders, by forms alone.

use chrono::TimeDelta;
use trede_model::frame::role::Role;

use crate::console::browser::{Browser, Shown, Site};
use crate::console::markup::faults;
use crate::console::story::{bid, draft, open};
use crate::support;

/// Best first: two win, the last stands by.
const BIDDERS: [(&str, &str); 3] =
    [("De Groene Kracht", "85.000,00"), ("Stadsgroen", "90.000,00"), ("Buitenwerk", "95.000,00")];

/// The address of a lot with as many bids, awarded.
async fn awarded(site: &Site, call_off: &str) -> String {
    let several = [
        ("/winners/maximum", "2"),
        ("/winners/reserves", "1"),
        ("/winners/frameworkAgreement/callOff", call_off),
    ];
    let (tender, lot) = draft(site, "Raamovereenkomst groen", "01-04-2026 12:00", &several).await;
    won(site, &tender, &lot, &BIDDERS).await;
    lot
}

/// Published, bid on, opened, scored alike, evaluated, proposed and awarded.
async fn won(site: &Site, tender: &str, lot: &str, bidders: &[(&str, &str)]) {
    let buyer = site.enter(Role::Buyer, 1).await;
    buyer.done(&format!("{tender}?ask=publish"), "publish_tender", &[]).await;
    for (index, bidder) in bidders.iter().enumerate() {
        bid(site, lot, index + 1, *bidder).await;
    }
    site.clock.advance(TimeDelta::days(31));
    open(site, tender).await;
    let assessor = site.enter(Role::Assessor, 1).await;
    let page = format!("{lot}/my-scoring");
    assessor.done(&page, "declare_interests", &[("/hasInterest", "false")]).await;
    let score = [("/score", "8"), ("/motivation", "Een doordacht plan"), ("/submitted", "true")];
    for _ in bidders {
        assessor.done(&page, "create_assessment", &score).await;
    }
    let buyer = site.enter(Role::Buyer, 1).await;
    buyer.done(&format!("{lot}/scoring"), "conclude_quality", &[]).await;
    buyer.done(&format!("{lot}/evaluation"), "create_evaluation", &[]).await;
    let decision = format!("{lot}/decision");
    let proposal = [("/motivation", "De beste inschrijvingen"), ("/standstillDays", "0")];
    buyer.done(&decision, "propose_award", &proposal).await;
    site.clock.advance(TimeDelta::days(2));
    let buyer = site.enter(Role::Buyer, 1).await;
    buyer.done(&format!("{decision}?ask=award"), "award_lot", &[]).await;
}

/// The value of the choice that says this.
fn option(shown: &Shown, name: &str) -> String {
    let end = format!(">{name}</option>");
    let before = shown.html.split(&end).next().unwrap();
    before.rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
}

async fn order(buyer: &Browser, page: &str, reference: &str, more: &[(&str, &str)]) -> Shown {
    let mut pairs =
        vec![("/reference", reference), ("/title", "Snoeien van bomen"), ("/valueCents", "18.500,00")];
    pairs.extend(more);
    buyer.fill(page, "create_call_off", &pairs).await
}

#[actix_web::test]
async fn a_framework_agreement_goes_from_its_model_to_its_orders_by_forms_alone() {
    for database in support::databases() {
        let site = Site::on(database).await;
        site.make_municipality().await;
        let lot = awarded(&site, "rotation").await;
        let buyer = site.enter(Role::Buyer, 1).await;
        let decision = buyer.get(&format!("{lot}/decision")).await;
        let told = decision.text();
        assert!(
            told.contains("1 De Groene Kracht Winnaar 2 Stadsgroen Winnaar 3 Buitenwerk Staat reserve"),
            "{told}"
        );
        let page = format!("{lot}/call-offs");
        for from in [&decision, &buyer.get(&lot).await] {
            assert!(from.html.replace("&#x2f;", "/").contains(&format!("href=\"{page}\"")), "{}", from.html);
        }
        let told = buyer.get(&page).await.text();
        assert!(told.contains("Bij rotatie De Groene Kracht er is nog geen opdracht bij rotatie"), "{told}");

        let first = order(&buyer, &page, "NO-1", &[]).await;
        assert_eq!(first.status, 303, "{}", first.wrong());
        let shown = buyer.get(&page).await;
        let (first, second) = (option(&shown, BIDDERS[0].0), option(&shown, BIDDERS[1].0));
        let declined = [("/declined/0/bidId", second.as_str()), ("/declined/0/reason", "Geen ploeg.")];
        assert_eq!(order(&buyer, &page, "NO-2", &declined).await.status, 303);
        departs(&buyer, &page, &first, &second).await;
        drops_out(&buyer, &lot, &first).await;

        let told = buyer.get(&page).await.text();
        assert!(told.contains("1 De Groene Kracht uitgevallen op"), "{told}");
        assert!(told.contains("3 € 55.500 2 Stadsgroen 0 € 0 3 Buitenwerk van de reservelijst"), "{told}");
        assert!(told.contains("Geweigerd door Stadsgroen: Geen ploeg."), "{told}");
        assert!(told.contains("In plaats van Stadsgroen: Stormschade."), "{told}");
        let english = buyer.in_english().get(&page).await;
        assert!(
            english.text().contains("Orders under this framework agreement go to the operators by rotation")
        );
        assert_eq!((faults(&shown, "nl"), faults(&english, "en")), (Vec::new(), Vec::new()));
    }
}

/// An order to another than whose turn it is asks for a reason.
async fn departs(buyer: &Browser, page: &str, another: &str, whose: &str) {
    let to_another = [("/bidId", another)];
    let refused = order(buyer, page, "NO-3", &to_another).await;
    assert_eq!(refused.status, 409, "{}", refused.html);
    assert!(refused.wrong().contains("De ondernemer die u koos is niet aan de beurt"), "{}", refused.wrong());
    assert!(refused.html.contains("value=\"18.500,00\""), "{}", refused.html);
    let needless = [("/bidId", whose), ("/deviation", "Zomaar")];
    let wrong = order(buyer, page, "NO-3", &needless).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.html.contains("id=\"f-create-call-off--deviation-wrong-1\" lang=\"nl\""), "{}", wrong.html);
    let reasoned = [("/bidId", another), ("/deviation", "Stormschade.")];
    let placed = order(buyer, page, "NO-3", &reasoned).await;
    assert_eq!(placed.status, 303, "{}", placed.wrong());
}

/// A winner drops out, and the reserve takes its place.
async fn drops_out(buyer: &Browser, lot: &str, bid: &str) {
    let page = format!("{lot}/decision");
    let gone = [("/bidId", bid), ("/ground", "declined")];
    let wrong = buyer.fill(&page, "withdraw_winner", &gone).await;
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    assert!(wrong.html.contains("id=\"f-withdraw-winner--reason-wrong-1\""), "{}", wrong.html);
    let with_reason = [gone[0], gone[1], ("/reason", "Heeft geen capaciteit.")];
    buyer.done(&page, "withdraw_winner", &with_reason).await;
    let told = buyer.get(&page).await.text();
    assert!(told.contains("De Groene Kracht Ziet af: Heeft geen capaciteit."), "{told}");
    assert!(told.contains("Buitenwerk nam de plaats in."), "{told}");
    assert!(told.contains("3 Buitenwerk Winnaar van de reservelijst"), "{told}");
}

#[actix_web::test]
async fn what_is_wrong_with_an_order_stands_with_its_field_and_only_who_may_sees_orders() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let lot = awarded(&site, "mixed").await;
    let page = format!("{lot}/call-offs");
    let buyer = site.enter(Role::Buyer, 1).await;
    for (field, value, at) in [
        ("/valueCents", "veel", "--valueCents"),
        ("/valueCents", "", "--valueCents"),
        ("/placedOn", "01-01-2026", "--placedOn"),
        ("/reference", "", "--reference"),
        ("/declined/0/reason", "Geen ploeg.", "--declined-0-bidId"),
    ] {
        let pairs = [("/by", "rotation"), ("/declined/0/bidId", ""), (field, value)];
        let wrong = order(&buyer, &page, "NO-1", &pairs).await;
        assert_eq!(wrong.status, 422, "{field}: {}", wrong.html);
        assert!(
            wrong.html.contains(&format!("id=\"f-create-call-off{at}-wrong-1\"")),
            "{field}: {}",
            wrong.wrong()
        );
    }
    let auditor = site.enter(Role::Auditor, 1).await.get(&page).await;
    assert_eq!(auditor.status, 200);
    assert!(auditor.html.contains("Wie kreeg wat") && !auditor.html.contains("Een opdracht vastleggen"));
    for role in [Role::Assessor, Role::Bidder] {
        let somebody = site.enter(role, 1).await;
        assert_eq!(somebody.get(&page).await.status, 403, "{role}");
        assert!(!somebody.get(&lot).await.html.contains("call-offs"), "{role}");
    }
}

#[actix_web::test]
async fn who_won_the_mini_competition_gets_the_order() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let lot = awarded(&site, "mini-competition").await;
    let page = format!("{lot}/call-offs");
    let before = site.enter(Role::Buyer, 1).await.get(&page).await;
    assert!(before.html.contains("Kies eerst de aanbesteding"), "{}", before.html);
    let (tender, other) = draft(&site, "Snoeien Vecht", "01-05-2026 12:00", &[]).await;
    won(&site, &tender, &other, &BIDDERS[..1]).await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let id = tender.rsplit('/').next().unwrap();
    assert!(buyer.get(&page).await.html.contains(&format!("value=\"{id}\"")));
    let chosen = format!("{page}?competition={id}");
    let placed = order(&buyer, &chosen, "NO-1", &[]).await;
    assert_eq!(placed.status, 303, "{}", placed.wrong());
    let told = buyer.get(&page).await.text();
    assert!(told.contains("De Groene Kracht na een minicompetitie De minicompetitie NO-1"), "{told}");
}

#[actix_web::test]
async fn a_lot_without_an_agreement_says_that_it_has_no_orders() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let (_, lot) = draft(&site, "Groen", "01-04-2026 12:00", &[]).await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let shown = buyer.get(&format!("{lot}/call-offs")).await;
    assert_eq!(shown.status, 200, "{}", shown.html);
    assert!(shown.html.contains("geen nadere opdrachten"), "{}", shown.html);
    assert!(!buyer.get(&lot).await.html.contains("call-offs"));
}
