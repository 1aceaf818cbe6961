//! What anybody can ask for, and what of the answer is the same each time.

use serde_json::Value;
use trede_model::frame::role::Role;

use crate::app::{Client, TestApp, UTRECHT};

/// A path with its parameters filled in: the tender and the lot, and things that do not exist.
fn filled(path: &str, tender: &str, lot: &str) -> String {
    let id = |path: &str| path.rsplit('/').next().unwrap().to_owned();
    let mut filled = format!("/v1{path}")
        .replace("{municipality}", UTRECHT)
        .replace("{tenderId}", &id(tender))
        .replace("{lotId}", &id(lot))
        .replace("{kvkNumber}", "01234567")
        .replace("{number}", "1")
        .replace("{year}", "2026")
        .replace("{table}", "entries")
        .replace("{regionId}", "midden-utrecht");
    while let (Some(start), Some(end)) = (filled.find('{'), filled.find('}')) {
        filled.replace_range(start..=end, "0190a5c8-0000-7000-8000-00000000dead");
    }
    filled
}

/// What each role, and nobody, is answered to everything that can be read: what was asked, and status, headers
/// and body.
pub async fn all_answers(app: &TestApp, tender: &str, lot: &str) -> Vec<(String, String)> {
    let nobody = app.as_nobody();
    let document = nobody.get("/v1/openapi.json").await.json();
    let mut paths: Vec<_> = document["paths"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, item)| item.get("get").is_some())
        .map(|(path, _)| filled(path, tender, lot))
        .collect();
    paths.extend(["/metrics", "/health/live", "/health/ready"].map(str::to_owned));
    let mut clients: Vec<(String, Client)> = vec![("nobody".to_owned(), nobody)];
    clients.extend(Role::ALL.iter().map(|role| (role.to_string(), app.as_role(*role))));
    let mut answers = Vec::new();
    for (who, client) in &clients {
        for path in &paths {
            let answer = client.get(path).await;
            let headers: Vec<_> = answer.headers.iter().filter(|(name, _)| name != "x-request-id").collect();
            let body = String::from_utf8_lossy(&answer.body);
            answers.push((format!("{who} {path}"), format!("{} {headers:?} {body}", answer.status)));
        }
    }
    answers
}

/// A text without what is another one each time: ids, hashes, and the time that something took.
pub fn plain(text: &str) -> String {
    if let Ok(Value::Object(mut line)) = serde_json::from_str(text)
        && line.contains_key("timestamp")
    {
        for each_time in ["timestamp", "milliseconds"] {
            line.remove(each_time);
        }
        return without_ids(&Value::Object(line).to_string());
    }
    // The key of a tender's receipts is another one each time too.
    match text.split_once("\"x\":\"") {
        Some((before, after)) => without_ids(before) + after.split_once('"').unwrap().1,
        None => without_ids(text),
    }
}

/// Puts `*` in the place of each run of more than 15 hexadecimal digits and hyphens.
fn without_ids(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_hexdigit() || letter == '-' {
            run.push(letter);
            continue;
        }
        plain.push_str(if run.len() > 15 { "*" } else { &run });
        run.clear();
        plain.push(letter);
    }
    plain
}
