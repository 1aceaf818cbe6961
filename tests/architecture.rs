//! The floors of the house: who may know whom, held by reading the `use` paths.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What each floor may name of ours, besides itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("exchange", &["domain"]),
    ("storage", &["domain"]),
    ("integrations", &["domain"]),
    ("identity", &[]),
    ("sealing", &["domain"]),
    ("service", &["domain", "exchange", "storage", "integrations", "sealing", "clock"]),
    ("http", &["domain", "exchange", "service", "identity", "clock"]),
    ("cli", &["domain", "exchange", "startup", "config", "clock", "identity"]),
    ("config", &[]),
    ("clock", &[]),
    ("main", &["cli"]),
];

/// Libraries that only some floors may name.
const GUARDED: &[(&str, &[&str])] = &[
    ("actix_web", &["http", "startup"]),
    ("diesel", &["storage"]),
    ("diesel_migrations", &["storage"]),
    ("jsonwebtoken", &["identity"]),
    ("reqwest", &["integrations"]),
    ("object_store", &["integrations"]),
    ("utoipa", &["http", "exchange"]),
    ("utoipa_swagger_ui", &["http"]),
    ("clap", &["cli"]),
    ("tokio", &["http", "startup", "integrations"]),
];

/// Every source file with the floor it stands on.
fn sources() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let first = inside.components().next().unwrap();
                let name = Path::new(first.as_os_str()).with_extension("");
                found.push((name.to_str().unwrap().to_owned(), path));
            }
        }
    }
    found
}

/// The words that stand before `::` in the code, comments left out, each with what follows it.
fn paths(text: &str) -> Vec<(String, String)> {
    let code: String =
        text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join("\n");
    let word = |part: &str, from_end: bool| -> String {
        let keep = |c: &char| c.is_alphanumeric() || *c == '_';
        if from_end {
            let reversed: String = part.chars().rev().take_while(keep).collect();
            reversed.chars().rev().collect()
        } else {
            part.chars().take_while(keep).collect()
        }
    };
    let parts: Vec<_> = code.split("::").collect();
    let mut found = Vec::new();
    for pair in parts.windows(2) {
        found.push((word(pair[0], true), word(pair[1], false)));
        // `use crate::{storage, domain}` names several floors at once.
        if let Some(list) = pair[1].strip_prefix('{') {
            let list = list.split('}').next().unwrap();
            for item in list.split(',') {
                found.push((word(pair[0], true), word(item.trim(), false)));
            }
        }
    }
    found
}

#[test]
fn no_floor_names_a_floor_above_it() {
    let floors: BTreeMap<_, _> = FLOORS.iter().copied().collect();
    let mut slips = Vec::new();
    for (floor, path) in sources() {
        if floor == "startup" || floor == "lib" {
            continue;
        }
        let allowed =
            floors.get(floor.as_str()).unwrap_or_else(|| panic!("{floor} is on no floor: name it in FLOORS"));
        for (first, second) in paths(&fs::read_to_string(&path).unwrap()) {
            let ours = first == "crate" || first == "trede";
            let known = floors.contains_key(second.as_str()) || second == "startup";
            if ours && known && second != floor && !allowed.contains(&second.as_str()) {
                slips.push(format!("{}: {first}::{second}", path.display()));
            }
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn a_library_is_named_only_where_it_belongs() {
    let mut slips = Vec::new();
    for (floor, path) in sources() {
        for (first, _) in paths(&fs::read_to_string(&path).unwrap()) {
            for (library, homes) in GUARDED {
                if first == *library && !homes.contains(&floor.as_str()) {
                    slips.push(format!("{}: {library}", path.display()));
                }
            }
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn a_slip_would_be_seen() {
    let text = "use crate::storage::Db;\nlet x = diesel::insert_into(y); // crate::http::z\n";
    let found = paths(text);
    assert!(found.contains(&("crate".to_owned(), "storage".to_owned())));
    assert!(found.iter().any(|(first, _)| first == "diesel"));
    assert!(!found.iter().any(|(_, second)| second == "http"));
}

#[test]
fn files_stay_short() {
    let long: Vec<_> = sources()
        .into_iter()
        .filter(|(_, path)| !path.ends_with("storage/schema.rs"))
        .filter(|(_, path)| fs::read_to_string(path).unwrap().lines().count() > 500)
        .map(|(_, path)| path.display().to_string())
        .collect();
    assert!(long.is_empty(), "over 500 lines: {}", long.join(", "));
}
