//! The commands as somebody at a terminal meets them.

use std::process::{Command, Output};

use serde_json::Value;

fn trede(arguments: &[&str]) -> Output {
    let folder = env!("CARGO_MANIFEST_DIR");
    Command::new(env!("CARGO_BIN_EXE_trede")).args(arguments).current_dir(folder).output().unwrap()
}

fn shown(arguments: &[&str]) -> String {
    let output = trede(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn both_ratios_are_shown_by_name_in_either_language() {
    let english =
        shown(&["sroi", "examples/sroi-werkprogramma.json", "--lang", "en", "--format", "markdown"]);
    assert!(english.contains("| SROI ratio (TPV / I)      |         1.44 |"), "{english}");
    assert!(english.contains("| Net SROI ratio (NPV / I)  |         0.44 |"), "{english}");
    assert!(english.contains("first year undiscounted"), "{english}");
    let dutch = shown(&["sroi", "examples/sroi-plaatsing.json"]);
    assert!(dutch.contains("Netto SROI-ratio") && dutch.contains("nooit"), "{dutch}");
}

#[test]
fn the_case_shows_what_is_owed_counted_and_short() {
    let text = shown(&["social-return", "value", "examples/social-return-casus.json", "--explain"]);
    for part in ["€ 35.000,00", "€ 17.777,78", "€ 14.772,22", "40.000 × (2/3) × 8 / 12", "doubleUse"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_file_that_cannot_be_used_ends_with_code_2_and_names_the_place() {
    for arguments in [
        &["sroi", "examples/social-return-casus.json"][..],
        &["social-return", "value", "examples/sroi-scholing.json"],
        &["sroi", "no-such-file.json"],
    ] {
        let output = trede(arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{arguments:?}");
    }
}

#[test]
fn every_reference_of_a_schema_leads_somewhere() {
    for document in ["sroi", "sroi-result", "social-return", "social-return-policy", "social-return-result"] {
        let text = shown(&["schema", document]);
        let schema: Value = serde_json::from_str(&text).unwrap();
        let references = text.split("\"#/$defs/").skip(1).map(|rest| rest.split('"').next().unwrap());
        let mut count = 0;
        for name in references {
            assert!(schema["$defs"].get(name).is_some(), "{document}: {name}");
            count += 1;
        }
        assert!(count > 3, "{document}");
    }
}
