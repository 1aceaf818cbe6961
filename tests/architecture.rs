//! What the compiler cannot hold of the house: the order of its rooms, and which crate may stand on which library.

// A test may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the use cases and of what stands on them, each on those before it.
const ROOMS: &[&str] = &[
    "frame",
    "guarding",
    "pso",
    "policies",
    "tendering",
    "assessing",
    "bidding",
    "awarding",
    "following",
    "overseeing",
    "telling",
    "trust",
];

/// The rooms of what is kept: records name each other by their ids, so the order is that of their lives.
const RECORDS: &[&str] = &[
    "frame",
    "tendering",
    "bidding",
    "assessing",
    "awarding",
    "trust",
    "pso",
    "policies",
    "following",
    "telling",
];

/// The floors that have rooms: their folder, what their own paths begin with, and the order of the rooms.
const FLOORS: &[(&str, &str, &[&str])] = &[
    ("crates/model/src", "crate::", RECORDS),
    ("crates/store/src", "crate::", ROOMS),
    ("crates/service/src", "crate::", ROOMS),
    ("src/http", "crate::http::", ROOMS),
];

/// What stands on top of the rooms of a floor and may name them all.
const ASSEMBLIES: &[&str] = &["openapi", "routes"];

/// Files at the top of a floor that its rooms name: they hold what a few rooms keep in memory.
const SHARED: &[&str] = &["schema", "state", "Services", "every_municipality", "clock"];

/// Libraries that only some crates may stand on; `src` is the root.
const GUARDED: &[(&str, &[&str])] = &[
    ("actix-web", &["src"]),
    ("minijinja", &["formats", "src"]),
    ("krilla", &["formats"]),
    ("diesel", &["store"]),
    ("diesel_migrations", &["store"]),
    ("jsonwebtoken", &["src"]),
    ("object_store", &["integrations"]),
    ("reqwest", &["integrations"]),
    ("tokio", &["integrations", "src"]),
    ("utoipa", &["wire", "formats", "src"]),
    ("clap", &["src"]),
    ("rand", &["lab"]),
];

/// Which crates of ours each crate stands on.
const CRATES: &[(&str, &[&str])] = &[
    ("base", &[]),
    ("rules", &["base"]),
    ("model", &["base"]),
    ("wire", &["base", "rules"]),
    ("engine", &["wire"]),
    ("lab", &["base", "rules", "wire"]),
    ("sealing", &["base", "model"]),
    ("integrations", &["base", "model"]),
    ("store", &["base", "model"]),
    ("formats", &["base", "model", "rules", "wire"]),
    ("service", &["base", "formats", "integrations", "lab", "model", "rules", "sealing", "store", "wire"]),
];

/// The floors of the root: what each may name, besides itself.
const ROOT: &[(&str, &[&str])] = &[
    ("http", &["identity"]),
    ("cli", &["config", "identity", "startup"]),
    ("config", &[]),
    ("identity", &[]),
    ("startup", &["config", "http", "identity"]),
];

fn home(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Every source file below a folder, by its path from there.
fn sources(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let inside = path.strip_prefix(folder).unwrap().to_path_buf();
                found.insert(inside, fs::read_to_string(&path).unwrap());
            }
        }
    }
    found
}

/// The first names that follow a prefix in the code, comments left out: of `use crate::{a::B, c}` both `a` and `c`.
fn named(text: &str, prefix: &str) -> BTreeSet<String> {
    let code: String =
        text.lines().map(|line| line.split("//").next().unwrap()).collect::<Vec<_>>().join(" ");
    let word = |part: &str| -> String {
        part.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
    };
    let mut found = BTreeSet::new();
    for after in code.split(prefix).skip(1) {
        let Some(list) = after.strip_prefix('{') else {
            found.insert(word(after));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (at, c) in list.char_indices() {
            if start && depth == 0 && (c.is_alphabetic() || c == '_') {
                found.insert(word(&list[at..]));
                start = false;
            }
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                _ => {}
            }
        }
    }
    found
}

/// The room that a file stands in; none for a file at the top of its floor.
fn room(inside: &Path) -> Option<String> {
    let first = inside.components().next()?.as_os_str().to_str()?;
    (inside.components().count() > 1).then(|| first.to_owned())
}

fn order(rooms: &[&str], room: &str) -> usize {
    rooms
        .iter()
        .position(|known| *known == room)
        .unwrap_or_else(|| panic!("{room} is no room: give it its place in the order"))
}

#[test]
fn a_room_names_only_the_rooms_before_it() {
    let mut slips = Vec::new();
    for (floor, prefix, rooms) in FLOORS {
        for (inside, text) in sources(&home(floor)) {
            let Some(own) = room(&inside).filter(|own| !ASSEMBLIES.contains(&own.as_str())) else { continue };
            for other in named(&text, prefix) {
                let beside = other == own || SHARED.contains(&other.as_str());
                if !beside
                    && (ASSEMBLIES.contains(&other.as_str()) || order(rooms, &other) > order(rooms, &own))
                {
                    slips.push(format!("{floor}/{}: {prefix}{other}", inside.display()));
                }
            }
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn a_floor_of_the_root_names_only_what_it_may() {
    let mut slips = Vec::new();
    for (floor, allowed) in ROOT {
        for (inside, text) in sources(&home("src")) {
            let first = inside.components().next().unwrap().as_os_str();
            if Path::new(first).with_extension("") != Path::new(floor) {
                continue;
            }
            for (other, _) in ROOT {
                let is_named = named(&text, "crate::").contains(*other);
                if is_named && other != floor && !allowed.contains(other) {
                    slips.push(format!("{}: crate::{other}", inside.display()));
                }
            }
        }
    }
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

/// The names below a heading of a manifest.
fn entries(manifest: &str, heading: &str) -> BTreeSet<String> {
    let lines = manifest.lines().skip_while(|line| *line != heading).skip(1);
    lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn a_crate_stands_only_on_what_it_may() {
    let mut slips = Vec::new();
    for (own, allowed) in CRATES {
        let manifest = fs::read_to_string(home(&format!("crates/{own}/Cargo.toml"))).unwrap();
        for name in entries(&manifest, "[dependencies]") {
            let ours = name.strip_prefix("trede-").is_some_and(|other| !allowed.contains(&other));
            let guarded = GUARDED.iter().any(|(library, homes)| *library == name && !homes.contains(own));
            if ours || guarded {
                slips.push(format!("crates/{own}: {name}"));
            }
        }
    }
    let root = entries(&fs::read_to_string(home("Cargo.toml")).unwrap(), "[dependencies]");
    let foreign =
        GUARDED.iter().filter(|(library, homes)| root.contains(*library) && !homes.contains(&"src"));
    slips.extend(foreign.map(|(library, _)| format!("root: {library}")));
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}

#[test]
fn every_crate_is_known_here() {
    let known: BTreeSet<_> = CRATES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let there: BTreeSet<_> = fs::read_dir(home("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(there, known);
}

#[test]
fn a_slip_would_be_seen() {
    let text = "use crate::store::Db;\nuse crate::{a::{B, x}, c};\nlet y = 1; // crate::d::z\n";
    let found: Vec<_> = named(text, "crate::").into_iter().collect();
    assert_eq!(found, ["a", "c", "store"]);
    let manifest =
        "[dependencies]\ndiesel.workspace = true\nuuid = { workspace = true }\n\n[lints]\nworkspace = true\n";
    let names: Vec<_> = entries(manifest, "[dependencies]").into_iter().collect();
    assert_eq!(names, ["diesel", "uuid"]);
}

/// The name under which each schema that this text derives is told.
fn schemas(text: &str) -> Vec<String> {
    let named = |rest: &str| rest.split(|c: char| !c.is_alphanumeric()).next().map(str::to_owned);
    let derived = text.split("#[derive(").skip(1).filter_map(|rest| {
        let (derives, rest) = rest.split_once(")]")?;
        let at = ["\npub struct ", "\npub enum ", "\npub(crate) struct ", "\npub(crate) enum "];
        let (start, word) = at.iter().filter_map(|word| Some((rest.find(word)?, *word))).min()?;
        let (attributes, declared) = rest.split_at(start);
        let told = attributes.split_once("#[schema(as = ").map_or(declared.strip_prefix(word)?, |it| it.1);
        derives.contains("ToSchema").then(|| named(told))?
    });
    derived.collect()
}

/// Of two schemas with one name, the document keeps one: the other's fields would be told wrong.
#[test]
fn no_two_schemas_have_one_name() {
    assert_eq!(
        schemas(
            "#[derive(Clone, ToSchema)]\n#[schema(as = B)]\npub enum A {}\n#[derive(ToSchema)]\npub struct C {}\n#[derive(Clone)]\npub struct D;"
        ),
        ["B", "C"]
    );
    let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut twice = Vec::new();
    for (file, text) in sources(&home("src")).into_iter().chain(sources(&home("crates"))) {
        for name in schemas(&text) {
            if let Some(other) = seen.insert(name.clone(), file.clone()) {
                twice.push((name, other, file.clone()));
            }
        }
    }
    assert!(seen.len() > 300, "{}", seen.len());
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn files_stay_short_and_folders_small() {
    let mut slips = Vec::new();
    let mut folders: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for top in ["src", "crates"] {
        for (inside, text) in sources(&home(top)) {
            let is_generated = inside.ends_with("store/src/schema.rs");
            if text.lines().count() > 500 && !is_generated {
                slips.push(format!("{top}/{}: over 500 lines", inside.display()));
            }
            *folders.entry(Path::new(top).join(inside.parent().unwrap())).or_default() += 1;
        }
    }
    let crowded = folders.into_iter().filter(|(folder, files)| *files > 30 && !folder.ends_with("award"));
    slips.extend(crowded.map(|(folder, files)| format!("{}: {files} files", folder.display())));
    assert!(slips.is_empty(), "{}", slips.join("\n"));
}
