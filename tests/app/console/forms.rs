//! What is wrong with a form stands with its field; what another site sends changes nothing.

use actix_web::http::Method;
use trede_model::frame::role::Role;

use crate::console::browser::{HOME, Site};
use crate::console::story::unmade_model;
use crate::support;

#[actix_web::test]
async fn what_is_wrong_stands_with_its_field_and_what_was_typed_stays() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let path = format!("{HOME}/tenders/new");
    let typed = [("/title", "Groen & <b>meer</b>"), ("/deadlineAt", "morgen"), ("/buyer", "Utrecht")];
    let shown = buyer.fill(&path, "create_tender", &typed).await;
    assert_eq!(shown.status, 422);
    assert!(shown.html.contains("<title>Fout:"), "{}", shown.html);
    assert!(shown.html.contains("href=\"#f-create-tender--deadlineAt\""), "{}", shown.html);
    assert!(shown.html.contains("id=\"f-create-tender--deadlineAt-wrong-1\""));
    assert!(shown.html.contains("value=\"morgen\""));
    assert!(shown.html.contains("Groen &amp; &lt;b&gt;meer"), "{}", shown.html);
    assert!(!shown.html.contains("<b>meer"));
    assert!(!buyer.get(&format!("{HOME}/tenders")).await.html.contains("Groen"));
}

#[actix_web::test]
async fn a_form_of_another_site_changes_nothing() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let path = format!("{HOME}/tenders/new");
    let mut pairs = buyer.get(&path).await.form("create_tender");
    pairs.push(("/title".to_owned(), "Gesmokkeld".to_owned()));
    pairs.push(("act".to_owned(), "create_tender".to_owned()));
    for headers in [
        vec![("sec-fetch-site", "cross-site")],
        vec![("sec-fetch-site", "same-site")],
        vec![("origin", "https://evil.example"), ("host", "trede.example")],
    ] {
        let sent = buyer
            .send(Method::POST, &path, |request| {
                headers
                    .iter()
                    .fold(request, |request, header| request.insert_header(*header))
                    .set_form(&pairs)
            })
            .await;
        assert_eq!(sent.status, 403, "{headers:?}");
    }
    let mut without = pairs.clone();
    without.retain(|(name, _)| name != "_csrf");
    let other = site.enter(Role::Buyer, 1).await.get(&path).await.form("create_tender");
    let mut of_other = pairs.clone();
    of_other.retain(|(name, _)| name != "_csrf");
    of_other.extend(other.into_iter().filter(|(name, _)| name == "_csrf"));
    for pairs in [without, of_other] {
        let sent = buyer
            .send(Method::POST, &path, |request| {
                request.insert_header(("sec-fetch-site", "same-origin")).set_form(&pairs)
            })
            .await;
        assert_eq!(sent.status, 403);
    }
    assert!(!buyer.get(&format!("{HOME}/tenders")).await.html.contains("Gesmokkeld"));
}

#[actix_web::test]
async fn a_row_is_added_and_taken_away_without_a_script() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    let buyer = site.enter(Role::Buyer, 1).await;
    let model = unmade_model(&buyer).await;
    let mut pairs = buyer.get(&model).await.form("replace_award_model");
    pairs.retain(|(name, _)| name != "act");
    pairs.push(("act".to_owned(), "add:/criteria".to_owned()));
    let pairs: Vec<(&str, &str)> =
        pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let shown = buyer.post(&model, &pairs).await;
    assert_eq!(shown.status, 200);
    let html = shown.html.replace("&#x2f;", "/");
    assert!(html.contains("name=\"/criteria/0/title\""), "{html}");
}
