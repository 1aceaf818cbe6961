//! Pages are documents that a screen reader can use: one heading of the first level, labels, languages.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use trede::console::pages;
use trede::console::words;
use trede_model::frame::role::Role;

use crate::console::browser::{HOME, Shown, Site};
use crate::support;

/// What every page must be; answers what it is not.
pub(super) fn faults(shown: &Shown, language: &str) -> Vec<String> {
    let html = &shown.html;
    let mut faults = Vec::new();
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            faults.push(what.to_owned());
        }
    };
    expect(html.contains(&format!("<html lang=\"{language}\"")), "the language");
    expect(html.matches("<h1").count() == 1, "one first heading");
    expect(!html.contains("style="), "no style of its own");
    expect(!html.contains(" onclick=") && !html.contains("javascript:"), "no script of its own");
    expect(html.matches("<form ").count() == html.matches("</form>").count(), "every form ends");
    let ids: Vec<&str> = html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let unique: BTreeSet<&&str> = ids.iter().collect();
    expect(unique.len() == ids.len(), "no id twice");
    for control in ["<input ", "<select ", "<textarea "] {
        for tag in html.split(control).skip(1).map(|rest| rest.split('>').next().unwrap()) {
            if tag.contains("type=\"hidden\"") {
                continue;
            }
            let id = tag.split("id=\"").nth(1).map(|rest| rest.split('"').next().unwrap());
            let labelled = id.is_some_and(|id| html.contains(&format!("for=\"{id}\"")));
            expect(labelled, &format!("a label for {tag}"));
        }
    }
    for tag in html.split("<th").skip(1).map(|rest| rest.split('>').next().unwrap()) {
        expect(tag.starts_with("ead") || tag.contains("scope="), "each th with its scope");
    }
    faults
}

#[actix_web::test]
async fn pages_hold_in_both_languages_for_every_role() {
    let site = Site::on(support::sqlite()).await;
    site.make_municipality().await;
    site.open_data();
    let plain = pages::all().map(|page| page.path).filter(|path| path.matches('{').count() <= 1);
    let paths: Vec<String> = plain.map(|path| path.replace("/{municipality}", HOME)).collect();
    assert!(paths.len() > 10);
    for role in Role::ALL {
        let browser = site.enter(*role, 1).await;
        for path in &paths {
            for (browser, language) in [(browser.clone(), "nl"), (browser.in_english(), "en")] {
                let shown = browser.get(path).await;
                assert!([200, 403].contains(&shown.status), "{role} {path}: {}", shown.html);
                let faults = faults(&shown, language);
                assert!(faults.is_empty(), "{role} {path}: {faults:?}");
            }
        }
    }
}

#[test]
fn every_operation_of_a_page_is_one_of_the_api() {
    let document: serde_json::Value =
        serde_json::from_str(&fs::read_to_string("openapi/trede.json").unwrap()).unwrap();
    let known: BTreeSet<&str> = document["paths"]
        .as_object()
        .unwrap()
        .values()
        .flat_map(|methods| methods.as_object().unwrap().values())
        .filter_map(|operation| operation["operationId"].as_str())
        .collect();
    for page in pages::all() {
        for operation in
            page.reads.iter().map(|read| read.operation).chain(page.acts.iter().map(|act| act.operation))
        {
            assert!(known.contains(operation), "{}: {operation}", page.path);
        }
        for above in page.trail {
            assert!(pages::of_path(above).is_some(), "{}: {above}", page.path);
        }
    }
}

#[test]
fn every_word_of_a_template_is_there_and_every_word_is_used() {
    let known = words::all(words::LANGUAGES[0]);
    let mut open = vec![Path::new("templates/console").to_path_buf()];
    let mut text = String::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                text.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut asked = BTreeSet::new();
    for before in [" t(\"", "(t(\"", "[t(\"", ", t(\"", "~ t(\""] {
        for rest in text.split(before).skip(1) {
            let (key, after) = rest.split_once('"').unwrap();
            if !after.trim_start().starts_with('~') {
                asked.insert(key.to_owned());
            }
        }
    }
    let lacking: Vec<&String> = asked.iter().filter(|key| !known.contains_key(key.as_str())).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
    assert!(asked.len() > 300, "{}", asked.len());
}
