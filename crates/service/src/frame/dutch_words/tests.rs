use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// Every room.
const ROOMS: [&str; 11] = [
    "assessing",
    "awarding",
    "bidding",
    "following",
    "frame",
    "overseeing",
    "policies",
    "pso",
    "telling",
    "tendering",
    "trust",
];

/// What is called with a code, and which of its parts, from 0, that is.
const TELLING: [(&str, usize); 7] = [
    ("refused(", 0),
    ("altered(", 0),
    ("invalid(", 1),
    ("Finding::new(", 1),
    ("findings.add(", 1),
    ("self.add(", 1),
    ("code: ", 0),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("tests.rs") {
            found.push(path);
        }
    }
}

/// The part of a call with this index: what stands before the comma that ends it.
fn part(call: &str, index: usize) -> Option<&str> {
    let (mut depth, mut is_text, mut at, mut begins, mut before) = (0, false, 0, 0, ' ');
    for (place, c) in call.char_indices() {
        match c {
            '"' if before != '\\' => is_text = !is_text,
            _ if is_text => {}
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth > 0 => depth -= 1,
            ')' | '}' | ',' if depth == 0 => {
                if at == index {
                    return call.get(begins..place);
                }
                if c != ',' {
                    return None;
                }
                (at, begins) = (at + 1, place + 1);
            }
            _ => {}
        }
        before = c;
    }
    None
}

/// The codes that the sources of a room tell, each with the file that does.
fn codes(room: &str) -> BTreeMap<String, PathBuf> {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(room), &mut files);
    let mut codes = BTreeMap::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        for (call, index) in TELLING {
            for (_, after) in text.match_indices(call).map(|(place, _)| text.split_at(place + call.len())) {
                let code = part(after, index).map(str::trim).and_then(|part| part.strip_prefix('"'));
                let Some(code) = code.and_then(|code| code.strip_suffix('"')) else { continue };
                codes.insert(code.to_owned(), file.clone());
            }
        }
        // A code beside its sentence, that is told elsewhere.
        for (_, after) in text.match_indices("(\"").map(|(place, _)| text.split_at(place + 2)) {
            let Some((code, rest)) = after.split_once('"') else { continue };
            let is_code = code.contains('-') && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if is_code && rest.trim_start().trim_start_matches(',').trim_start().starts_with('"') {
                codes.insert(code.to_owned(), file.clone());
            }
        }
    }
    codes
}

#[test]
fn everything_that_is_refused_has_dutch_words() {
    let mut without = Vec::new();
    let mut seen = 0;
    for room in ROOMS {
        let own_words = |file: &Path| {
            file.to_string_lossy().contains("call_offs") || file.to_string_lossy().contains("dutch_")
        };
        for (code, file) in codes(room) {
            seen += 1;
            if of_code(&code).is_none() && !own_words(&file) {
                without.push(format!("{code} in {}", file.display()));
            }
        }
    }
    assert!(seen > 200, "only {seen} codes were found");
    assert_eq!(without, [""; 0], "are told in English only");
}

#[test]
fn no_code_has_two_sentences() {
    let mut seen = BTreeSet::new();
    for (code, dutch) in OF_ROOMS.into_iter().flatten() {
        assert!(seen.insert(*code), "{code}");
        assert!(!dutch.is_empty() && !dutch.contains("  "), "{code}");
    }
}

#[test]
fn a_finding_is_told_in_dutch_where_there_are_words_and_else_as_it_is() {
    let told = |code, dutch: Option<&str>, language| {
        let finding = Finding { dutch: dutch.map(str::to_owned), ..Finding::new("", code, "in English") };
        finding.told(language)
    };
    assert_eq!(told("term-reversed", None, Language::English), "in English");
    assert_eq!(told("term-reversed", None, Language::Dutch), "een opdracht eindigt niet voordat zij begint");
    assert_eq!(told("unknown-block", Some("geen bouwblok"), Language::Dutch), "geen bouwblok");
    assert_eq!(told("unknown-block", None, Language::Dutch), "in English");
}
