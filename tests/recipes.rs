//! The recipes of the manual are run as they stand, and print what the manual says.

// A test may panic: that is how it fails.
#![allow(clippy::disallowed_methods, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "support/skipped.rs"]
mod skipped;

use std::fmt::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use crate::skipped::skipped;

const RECIPES: &str = include_str!("../docs/recipes.md");

/// A piece of shell, and what it prints where the manual says so.
#[derive(Debug, Default)]
struct Recipe {
    shell: String,
    printed: Option<String>,
}

fn recipes() -> Vec<Recipe> {
    let mut found: Vec<Recipe> = Vec::new();
    let mut fence: Option<&str> = None;
    for line in RECIPES.lines() {
        match (fence, line.strip_prefix("```")) {
            (None, Some(kind)) => {
                fence = Some(kind);
                match kind {
                    "sh" => found.push(Recipe::default()),
                    "text" => found.last_mut().unwrap().printed = Some(String::new()),
                    other => panic!("a block of another kind: {other}"),
                }
            }
            (Some(_), Some(_)) => fence = None,
            (Some(kind), None) => {
                let recipe = found.last_mut().unwrap();
                let text = if kind == "sh" { &mut recipe.shell } else { recipe.printed.as_mut().unwrap() };
                writeln!(text, "{line}").unwrap();
            }
            (None, None) => {}
        }
    }
    found
}

fn has(program: &str) -> bool {
    Command::new("sh").args(["-c", &format!("command -v {program}")]).output().unwrap().status.success()
}

#[test]
fn the_recipes_run_as_they_stand_and_print_what_the_manual_says() {
    let missing: Vec<_> =
        ["bash", "curl", "jq", "openssl"].into_iter().filter(|program| !has(program)).collect();
    if !missing.is_empty() {
        return skipped("the recipes of the manual", &format!("they need {missing:?}"));
    }
    let recipes = recipes();
    assert!(recipes.len() >= 10, "the manual was read");
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut script = String::from("set -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null' EXIT\n");
    for (number, recipe) in recipes.iter().enumerate() {
        writeln!(script, "echo '=== {number}'\n{}echo", recipe.shell).unwrap();
    }
    let folder = TempDir::new().unwrap();
    let programs = Path::new(env!("CARGO_BIN_EXE_trede")).parent().unwrap().display().to_string();
    let output = Command::new("bash")
        .args(["-c", &script.replace("127.0.0.1:8080", &address)])
        .current_dir(folder.path())
        .env("PATH", format!("{programs}:{}", std::env::var("PATH").unwrap()))
        .env("TREDE_BIND", &address)
        .output()
        .unwrap();
    let printed = String::from_utf8(output.stdout).unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "after\n{printed}\n{told}");
    let parts: Vec<_> = printed.split("=== ").skip(1).map(|part| part.split_once('\n').unwrap().1).collect();
    assert_eq!(parts.len(), recipes.len(), "{printed}");
    for (recipe, part) in recipes.iter().zip(parts) {
        if let Some(expected) = &recipe.printed {
            assert_eq!(part.trim(), expected.trim(), "{}", recipe.shell);
        }
    }
}
