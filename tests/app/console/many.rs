//! A coordinator decides on many: entry after entry, or with one act that first says what it will do.

use trede_model::following::search::EntryFilter;
use trede_model::frame::role::Role;
use trede_service::following::entry_steps::EntryAct;
use trede_service::overseeing::bulk::{self, Manner, Selection};

use crate::console::browser::{Browser, HOME, Shown, Site};
use crate::console::following::{a_contract, an_entry};
use crate::console::markup::faults;
use crate::support;

/// So many placements that wait for a decision.
async fn waiting(site: &Site, count: usize) -> String {
    let contract = a_contract(site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    let path = format!("{contract}/entries/new?block=participatiewet");
    let form = contractor.get(&path).await.form("create_entry");
    for number in 1..=count {
        let own = [
            ("/description", format!("Medewerker {number}")),
            ("/candidateReference", format!("K-{number}")),
            ("/facts/period/from", "01-01-2026".to_owned()),
            ("/facts/period/until", "31-01-2026".to_owned()),
            ("/facts/hoursPerWeek", "24".to_owned()),
            ("act", "create_entry".to_owned()),
        ];
        let kept = form.iter().filter(|(name, _)| own.iter().all(|(field, _)| field != name));
        let pairs: Vec<(&str, &str)> = kept
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(own.iter().map(|(name, value)| (*name, value.as_str())))
            .collect();
        let made = contractor.post(&path, &pairs).await;
        assert_eq!(made.status, 303, "{}", made.wrong());
    }
    let all = Selection::Found { filter: EntryFilter::default(), after: None };
    let coordinator = site.actor(Role::Coordinator);
    let handed_in = (&EntryAct::Submit, Manner::CarryOut);
    let batch =
        bulk::on_entries(&site.services, &coordinator, "gm0344".parse().unwrap(), all, handed_in).unwrap();
    assert!(batch.outcomes.iter().all(|outcome| outcome.outcome.is_ok()));
    contract
}

/// The hidden token of the session, and the ids that can be ticked.
fn ticks(page: &Shown) -> (String, Vec<String>) {
    let value = |rest: &str| rest.split("value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let form = page.html.split("name=\"_csrf\"").nth(1);
    let csrf = value(form.unwrap_or_else(|| panic!("no form: {}", page.html)));
    let ids = page.html.split("type=\"checkbox\"").skip(1).map(value).collect();
    (csrf, ids)
}

/// Presses the button of the list for an act on what is ticked.
async fn choose(browser: &Browser, page: &str, list: &str, ids: &[String], act: &str) -> Shown {
    let (csrf, _) = ticks(&browser.get(page).await);
    let name = format!("/{list}/ids");
    let mut pairs = vec![("_csrf", csrf.as_str()), (name.as_str(), "")];
    pairs.extend(ids.iter().map(|id| (name.as_str(), id.as_str())));
    pairs.push(("act", act));
    browser.post(&format!("{page}/many"), &pairs).await
}

/// Sends the form that a rehearsal showed.
async fn confirm(browser: &Browser, path: &str, shown: &Shown, act: &str, own: &[(&str, &str)]) -> Shown {
    let form = shown.form(act);
    let kept = form.iter().filter(|(name, _)| own.iter().all(|(field, _)| field != name));
    let mut pairs: Vec<(&str, &str)> =
        kept.map(|(name, value)| (name.as_str(), value.as_str())).chain(own.iter().copied()).collect();
    pairs.push(("act", act));
    browser.post(path, &pairs).await
}

#[actix_web::test]
async fn sixty_entries_are_decided_one_after_the_other_in_fewer_than_a_hundred_and_thirty_clicks() {
    let site = Site::on(support::sqlite()).await;
    waiting(&site, 60).await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let list = format!("{HOME}/to-decide");
    let html = coordinator.get(&list).await.html.replace("&#x2f;", "/");
    let row = html.split("<tbody>").nth(1).unwrap();
    let first = row.split("href=\"").nth(1).unwrap().split('"').next().unwrap();
    let (mut entry, mut clicks, mut decided) = (first.to_owned(), 2, 0);
    while entry.contains("/entries/") {
        let shown = coordinator.fill(&entry, "approve_entry", &[]).await;
        assert_eq!(shown.status, 303, "{}", shown.wrong());
        decided += 1;
        clicks += 1;
        entry = shown.location().to_owned();
        if decided == 1 {
            assert!(coordinator.get(&entry).await.html.contains("Dit is de volgende die wacht."));
        }
    }
    assert!(entry.starts_with(&list), "{entry}");
    assert_eq!(decided, 60);
    assert!(clicks < 130, "{clicks}");
    assert!(coordinator.get(&list).await.html.contains("Er wacht geen invulling"));
}

#[actix_web::test]
async fn all_that_a_filter_finds_is_approved_in_two_clicks_after_it_was_told_what_will_happen() {
    for database in support::databases() {
        let site = Site::on(database).await;
        waiting(&site, 3).await;
        let coordinator = site.enter(Role::Coordinator, 1).await;
        let list = format!("{HOME}/to-decide");
        let (csrf, ids) = ticks(&coordinator.get(&format!("{list}?text=medewerker")).await);
        assert_eq!(ids.len(), 3);
        let many = format!("{list}/many");
        let all = [
            ("_csrf", csrf.as_str()),
            ("/entries/filter/state", "submitted"),
            ("/entries/filter/text", "medewerker"),
            ("act", "try_approve_entries"),
        ];
        let told = coordinator.post(&many, &all).await;
        assert_eq!(told.status, 200, "{}", told.html);
        assert!(told.text().contains("Goed te keuren: 3. Er is nog niets veranderd."), "{}", told.text());
        assert!(faults(&told, "nl").is_empty(), "{:?}", faults(&told, "nl"));
        assert_eq!(ticks(&coordinator.get(&list).await).1.len(), 3, "nothing has changed yet");
        let done = confirm(&coordinator, &many, &told, "approve_entries", &[]).await;
        assert_eq!(done.status, 200, "{}", done.wrong());
        assert!(done.text().contains("Goedgekeurd: 3.") && done.text().contains("Medewerker 2"));
        assert!(coordinator.get(&list).await.html.contains("Er wacht geen invulling"));
    }
}

#[actix_web::test]
async fn what_is_left_out_is_told_with_why_in_both_languages() {
    let site = Site::on(support::sqlite()).await;
    waiting(&site, 2).await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let list = format!("{HOME}/to-decide");
    let (_, ids) = ticks(&coordinator.get(&list).await);
    let first = choose(&coordinator, &list, "entries", &ids[..1], "try_approve_entries").await;
    confirm(&coordinator, &format!("{list}/many"), &first, "approve_entries", &[]).await;
    // Both were ticked on a page of before.
    let csrf = ticks(&coordinator.get(&list).await).0;
    let pairs: Vec<(&str, &str)> = [("_csrf", csrf.as_str())]
        .into_iter()
        .chain(ids.iter().map(|id| ("/entries/ids", id.as_str())))
        .chain([("act", "try_approve_entries")])
        .collect();
    let told = coordinator.post(&format!("{list}/many"), &pairs).await;
    assert!(told.text().contains("Goed te keuren: 1. Overgeslagen: 1"), "{}", told.text());
    let english = coordinator.in_english().post(&format!("{list}/many"), &pairs).await;
    assert!(english.text().contains("To be approved: 1. Left out: 1"), "{}", english.text());
    let why = |shown: &Shown| shown.text().split("Medewerker").nth(1).unwrap().to_owned();
    assert_ne!(why(&told), why(&english), "each in its own language");
}

#[actix_web::test]
async fn a_reason_that_is_lacking_is_told_beside_its_field_and_what_will_happen_stays() {
    let site = Site::on(support::sqlite()).await;
    waiting(&site, 2).await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let list = format!("{HOME}/to-decide");
    let (_, ids) = ticks(&coordinator.get(&list).await);
    let none = choose(&coordinator, &list, "entries", &[], "try_approve_entries").await;
    assert_eq!(none.status, 422);
    assert!(none.html.contains("U koos nog niets."), "{}", none.html);
    let told = choose(&coordinator, &list, "entries", &ids, "try_return_entries").await;
    assert!(told.text().contains("Terug te geven: 2."), "{}", told.text());
    let many = format!("{list}/many");
    let wrong = confirm(&coordinator, &many, &told, "return_entries", &[("/reason", "")]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    assert!(wrong.html.contains("id=\"f-return-entries--reason-wrong-1\""), "{}", wrong.html);
    assert!(wrong.text().contains("Terug te geven: 2.") && wrong.text().contains("Medewerker 1"));
    let done =
        confirm(&coordinator, &many, &wrong, "return_entries", &[("/reason", "De urenlijst ontbreekt.")])
            .await;
    assert!(done.text().contains("Teruggegeven: 2."), "{}", done.text());
}

#[actix_web::test]
async fn who_may_not_decide_does_not_by_this_page_either() {
    let site = Site::on(support::sqlite()).await;
    let contract = a_contract(&site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    an_entry(&contractor, &contract).await;
    let csrf = ticks(&contractor.get(&format!("{contract}/entries/new?block=participatiewet")).await).0;
    let filter =
        [("_csrf", csrf.as_str()), ("/entries/filter/state", "submitted"), ("act", "try_approve_entries")];
    assert_eq!(contractor.post(&format!("{HOME}/to-decide/many"), &filter).await.status, 403);
    let portfolio = contractor.get(&format!("{HOME}/portfolio")).await;
    assert!(!portfolio.html.contains("type=\"checkbox\""), "{}", portfolio.html);
    let stranger = site.enter(Role::Bidder, 1).await;
    assert_eq!(stranger.get(&format!("{HOME}/exports/contracts/content?format=csv")).await.status, 403);
}

#[actix_web::test]
async fn contracts_are_looked_for_assigned_together_and_taken_along() {
    let site = Site::on(support::sqlite()).await;
    a_contract(&site).await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let portfolio = format!("{HOME}/portfolio");
    let (_, ids) = ticks(&coordinator.get(&format!("{portfolio}?text=groen&risk=at-risk")).await);
    assert_eq!(ids.len(), 1);
    for nothing in ["text=bestrating", "risk=on-track", "state=concept", "contractor=12345678"] {
        let shown = coordinator.get(&format!("{portfolio}?{nothing}")).await;
        assert!(shown.html.contains("Niets gevonden."), "{nothing}: {}", shown.html);
    }
    let wrong = coordinator.get(&format!("{portfolio}?contractor=12")).await;
    assert_eq!(wrong.status, 200);
    assert!(wrong.html.contains("id=\"contractor-wrong\""), "{}", wrong.html);
    let told = choose(&coordinator, &portfolio, "contracts", &ids, "try_assign_contracts").await;
    assert!(told.text().contains("Toe te wijzen: 1."), "{}", told.text());
    let own = [("/coordinator", "coordinator-9"), ("/reason", "Verdeling 2026")];
    let many = format!("{portfolio}/many");
    let done = confirm(&coordinator, &many, &told, "assign_contracts", &own).await;
    assert!(done.text().contains("Toegewezen: 1."), "{}", done.text());
    let found = coordinator.get(&format!("{portfolio}?coordinator=coordinator-9")).await;
    assert_eq!(ticks(&found).1, ids);
    let link = found.html.replace("&#x2f;", "/").replace("&amp;", "&");
    let link = link.split("href=\"").find(|rest| rest.contains("format=csv")).unwrap();
    let link = link.split('"').next().unwrap();
    assert!(link.ends_with("&coordinator=coordinator-9"), "{link}");
    let table = coordinator.get(link).await;
    assert_eq!(table.header("content-type"), Some("text/csv"), "{:?}", table.headers);
    assert!(table.html.contains("Groenonderhoud") && table.html.contains(';'), "{}", table.html);
    let none = coordinator.get(&link.replace("coordinator-9", "coordinator-8")).await;
    assert!(!none.html.contains("Groenonderhoud"), "{}", none.html);
}
