//! A table is checked before it is read in, and what is wrong with it stands by its cell.

use trede_model::frame::role::Role;

use crate::console::browser::{Browser, File, HOME, Shown, Site};
use crate::console::following::a_contract;
use crate::console::markup::faults;
use crate::support;

const COLUMNS: &str =
    "externalReference;title;contractorKvkNumber;kind;contractSum;assignedOn;startsOn;endsOn\n";

async fn send(browser: &Browser, shown: &Shown, act: &str, content: &str) -> Shown {
    let pairs = shown.form(act);
    let file = File { field: "/file", name: "t.csv", media_type: "text/csv", content: content.as_bytes() };
    browser.post_file(&format!("{HOME}/tables"), &pairs, &file).await
}

#[actix_web::test]
async fn a_table_is_checked_cell_by_cell_and_then_read_in() {
    for database in support::databases() {
        let site = Site::on(database).await;
        a_contract(&site).await;
        let coordinator = site.enter(Role::Coordinator, 1).await;
        let page = coordinator.get(&format!("{HOME}/tables")).await;
        let row = |sum: &str| {
            format!("{COLUMNS}OPD-1;Bestrating;68750110;works;{sum};01-01-2026;01-01-2026;31-12-2026\n")
        };
        let wrong = send(&coordinator, &page, "try_contracts", &row("veel")).await;
        assert_eq!(wrong.status, 200, "{}", wrong.html);
        assert!(wrong.text().contains("Klopt niet: 1.") && wrong.text().contains("E2"), "{}", wrong.text());
        assert!(faults(&wrong, "nl").is_empty(), "{:?}", faults(&wrong, "nl"));
        let english = send(&coordinator.in_english(), &page, "try_contracts", &row("veel")).await;
        assert!(english.text().contains("Not right: 1."), "{}", english.text());
        let right = send(&coordinator, &page, "try_contracts", &row("100000,00")).await;
        assert!(right.text().contains("er is niets ingelezen") && right.text().contains("Nieuw: 1."));
        let portfolio = format!("{HOME}/portfolio");
        assert!(!coordinator.get(&portfolio).await.html.contains("Bestrating"));
        let taken = send(&coordinator, &right, "take_contracts", &row("100000,00")).await;
        assert!(taken.text().contains("Nieuw: 1."), "{}", taken.text());
        assert!(coordinator.get(&portfolio).await.html.contains("Bestrating"));
    }
}

#[actix_web::test]
async fn a_contractor_reads_entries_in_and_no_contracts() {
    let site = Site::on(support::sqlite()).await;
    a_contract(&site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    let page = contractor.get(&format!("{HOME}/tables")).await;
    assert!(page.html.contains("value=\"try_entries\"") && !page.html.contains("value=\"try_contracts\""));
    let template = contractor.get(&format!("{HOME}/table-templates/entries/content?format=csv")).await;
    assert_eq!((template.status, template.header("content-type")), (200, Some("text/csv")));
    let none = contractor.fill(&format!("{HOME}/tables"), "try_entries", &[]).await;
    assert_eq!(none.status, 422);
    assert!(none.html.contains("id=\"f-try-entries--file-wrong-1\""), "{}", none.html);
    assert_eq!(site.enter(Role::Bidder, 1).await.get(&format!("{HOME}/tables")).await.status, 403);
}
