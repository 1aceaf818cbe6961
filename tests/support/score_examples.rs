//! The example files that `trede score` takes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

/// What the names of files for other commands begin with.
const OF_OTHER_COMMANDS: [&str; 5] = ["laboratorium-", "opdracht-", "pso-", "sroi-", "social-return-"];

/// Each by its name, from the folder of the examples.
pub fn score_examples(folder: &Path) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let is_of_another = OF_OTHER_COMMANDS.iter().any(|of| name.starts_with(of));
        if path.extension().is_some_and(|extension| extension == "json") && !is_of_another {
            found.insert(name, serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap());
        }
    }
    assert!(found.len() >= 6, "{:?}", found.keys());
    found
}
