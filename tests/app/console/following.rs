//! A policy entered by form, an entry with its worth, and its evidence, shown from no origin.

use trede_model::frame::role::Role;

use crate::console::browser::{Browser, File, HOME, Site};
use crate::support;

const PDF: &[u8] = b"%PDF-1.7\n%%EOF";

/// A contract under a policy that was entered from a template.
pub(super) async fn a_contract(site: &Site) -> String {
    site.make_municipality().await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let template = format!("{HOME}/policies/new?from=haaglanden-zuid-holland-centraal-2023-07-01");
    let own = [
        ("/version", "2026"),
        ("/obligation/base/kind", "contract-sum"),
        ("/obligation/base/percent", "5"),
        ("/obligation/thresholds/0/from", "100.000"),
        ("/blocks/8/amount", "41.000,00"),
    ];
    let policy = coordinator.done(&template, "create_social_return_policy", &own).await;
    let entered = coordinator.get(&policy).await.html;
    assert!(entered.contains("Participatiewet") && entered.contains("41.000"), "{entered}");
    let terms = [
        ("/terms/title", "Groenonderhoud"),
        ("/terms/contractorKvkNumber", "69599068"),
        ("/terms/cpvCodes", "77310000-6"),
        ("/terms/contractSum", "1.000.000"),
        ("/terms/assignedOn", "01-01-2026"),
        ("/terms/startsOn", "01-01-2026"),
        ("/terms/endsOn", "31-12-2027"),
    ];
    let contract = coordinator.done(&format!("{HOME}/contracts/new"), "create_contract", &terms).await;
    coordinator.done(&contract, "determine_obligation", &[]).await;
    contract
}

/// A placement that was saved; answers where it is.
pub(super) async fn an_entry(contractor: &Browser, contract: &str) -> String {
    let form = format!("{contract}/entries/new?block=participatiewet");
    let facts = [
        ("/description", "Medewerker groen"),
        ("/candidateReference", "K-12"),
        ("/facts/period/from", "01-01-2026"),
        ("/facts/period/until", "31-12-2026"),
        ("/facts/hoursPerWeek", "36"),
    ];
    contractor.done(&form, "create_entry", &facts).await
}

#[actix_web::test]
async fn an_entry_says_what_it_is_worth_before_it_is_handed_in() {
    for database in support::databases() {
        let site = Site::on(database).await;
        let contract = a_contract(&site).await;
        let contractor = site.enter(Role::Contractor, 1).await;
        let choice = contractor.get(&format!("{contract}/entries/new")).await.html;
        assert!(choice.contains("?block=participatiewet"), "{choice}");
        let entry = an_entry(&contractor, &contract).await;
        let saved = contractor.get(&entry).await.html;
        assert!(saved.contains("Wat dit waard is") && saved.contains("41.000"), "{saved}");
        contractor.done(&entry, "submit_entry", &[]).await;
        assert!(!contractor.get(&entry).await.html.contains("Wat dit waard is"));
    }
}

#[actix_web::test]
async fn an_entry_of_a_placement_asks_fewer_than_ten_things() {
    let site = Site::on(support::sqlite()).await;
    let contract = a_contract(&site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    for block in ["participatiewet", "scholing-en-begeleiding"] {
        let html = contractor.get(&format!("{contract}/entries/new?block={block}")).await.html;
        let form = html.split("<form method=\"post\" novalidate").nth(1).unwrap();
        let form = form.split("</form>").next().unwrap();
        let hidden = form.matches("type=\"hidden\"").count();
        let asked = form.matches("<input").count() + form.matches("<select").count() - hidden;
        assert!((2..10).contains(&asked), "{block}: {asked} in {form}");
    }
}

#[actix_web::test]
async fn evidence_goes_in_by_a_form_and_is_shown_from_no_origin() {
    for database in support::databases() {
        let site = Site::on(database).await;
        let contract = a_contract(&site).await;
        let contractor = site.enter(Role::Contractor, 1).await;
        let entry = an_entry(&contractor, &contract).await;
        let pairs = contractor.get(&entry).await.form("create_evidence_file");
        let file = File { field: "/file", name: "jansen.pdf", media_type: "application/pdf", content: PDF };
        let added = contractor.post_file(&entry, &pairs, &file).await;
        assert_eq!(added.status, 303, "{}", added.wrong());
        let shown = contractor.get(&entry).await.html.replace("&#x2f;", "/");
        assert!(!shown.contains("jansen"), "the name of a file is kept nowhere");
        let (_, rest) = shown.split_once("<iframe").unwrap();
        let source = rest.split("src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let content = contractor.get(&source).await;
        assert_eq!((content.status, content.html.as_bytes()), (200, PDF));
        assert_eq!(content.header("content-type"), Some("application/pdf"));
        let policy = content.header("content-security-policy").unwrap();
        assert!(policy.starts_with("sandbox; default-src 'none'") && !policy.contains("allow"), "{policy}");
        assert_eq!(content.header("x-frame-options"), Some("SAMEORIGIN"));
        assert_eq!(content.header("x-content-type-options"), Some("nosniff"));
        let bidder = site.enter(Role::Bidder, 1).await;
        assert_eq!(bidder.get(&source).await.status, 403);
        assert_eq!(site.nobody().get(&source).await.status, 303);
    }
}

#[actix_web::test]
async fn what_is_wrong_with_a_file_stands_with_it() {
    let site = Site::on(support::sqlite()).await;
    let contract = a_contract(&site).await;
    let contractor = site.enter(Role::Contractor, 1).await;
    let entry = an_entry(&contractor, &contract).await;
    let pairs = contractor.get(&entry).await.form("create_evidence_file");
    let file = |media_type, content| File { field: "/file", name: "x", media_type, content };
    for (file, said) in [
        (file("application/x-msdownload", b"MZ".as_slice()), "Kies een PDF"),
        (file("image/png", PDF), "niet van de soort"),
    ] {
        let refused = contractor.post_file(&entry, &pairs, &file).await;
        assert_eq!(refused.status, 422, "{}", refused.html);
        assert!(refused.html.contains("id=\"f-create-evidence-file--file-wrong-1\""), "{}", refused.html);
        assert!(refused.html.contains(said), "{said}: {}", refused.wrong());
    }
    let none = contractor.fill(&entry, "create_evidence_file", &[]).await;
    assert_eq!(none.status, 422);
    assert!(none.html.contains("Kies een bestand."), "{}", none.html);
    let mut stolen = pairs.clone();
    stolen.retain(|(name, _)| name != "_csrf");
    let file = file("application/pdf", PDF);
    assert_eq!(contractor.post_file(&entry, &stolen, &file).await.status, 403);
    assert!(!contractor.get(&entry).await.html.contains("<iframe"));
}

#[actix_web::test]
async fn what_a_template_of_a_policy_says_beyond_the_form_goes_along() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let coordinator = site.enter(Role::Coordinator, 1).await;
    let template = format!("{HOME}/policies/new?from=utrecht-nieuwste");
    let wrong =
        coordinator.fill(&template, "create_social_return_policy", &[("/blocks/0/amount", "veel")]).await;
    assert_eq!(wrong.status, 422, "{}", wrong.html);
    assert!(wrong.html.contains("id=\"f-create-social-return-policy--blocks-0-amount-wrong-1\""));
    let own = [("/version", "2026"), ("/validity/from", "1-1-2026")];
    let policy = coordinator.done(&template, "create_social_return_policy", &own).await;
    let id = policy.rsplit('/').next().unwrap();
    let stored = trede_service::policies::social_return_policies::get(
        &site.services,
        &site.actor(Role::Coordinator),
        "gm0344".parse().unwrap(),
        id.parse().unwrap(),
    );
    let stored: serde_json::Value = serde_json::from_str(&stored.unwrap().content).unwrap();
    let shipped = include_str!("../../../examples/policies/utrecht-nieuwste.json");
    let mut shipped: serde_json::Value = serde_json::from_str(shipped).unwrap();
    shipped["version"] = "2026".into();
    for part in ["notes", "blocks", "bonuses", "fullTime", "proration", "source"] {
        assert_eq!(normal(&stored[part]), normal(&shipped[part]), "{part}");
    }
}

/// With every number without the zeros at its end, as it is stored.
fn normal(value: &serde_json::Value) -> serde_json::Value {
    serde_json::from_str(&value.to_string().replace(".00\"", "\"")).unwrap()
}
