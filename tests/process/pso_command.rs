//! `trede pso` and its schemas on the command line.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/");

fn trede(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trede"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

fn printed(arguments: &[&str]) -> String {
    let output = trede(arguments, "");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn example(name: &str) -> String {
    format!("{FOLDER}{name}")
}

#[test]
fn tables_come_in_dutch_and_english_and_say_that_they_are_no_certificate() {
    let file = example("pso-worked-example.json");
    let dutch = printed(&["pso", &file]);
    assert!(dutch.contains("Totale bijdrage (%)          ┆    3,186"), "{dutch}");
    assert!(
        dutch.contains("haalt de norm van Trede 1") && dutch.contains("nooit een certificaat"),
        "{dutch}"
    );
    let english = printed(&["pso", &file, "--lang", "en", "--format", "markdown"]);
    assert!(english.contains("| Total contribution (%)           |  3.186 |"), "{english}");
    assert!(
        english.contains("reaches the norm of Trede 1") && english.contains("never a certificate"),
        "{english}"
    );
    assert!(english.contains("€ 44,116.65 from S1"), "{english}");
}

#[test]
fn every_example_is_measured_in_every_format_with_every_step() {
    for name in ["pso-worked-example.json", "pso-groenbedrijf.json"] {
        for format in ["table", "markdown", "json"] {
            for language in ["nl", "en"] {
                let text =
                    printed(&["pso", &example(name), "--format", format, "--lang", language, "--explain"]);
                assert!(
                    text.contains("PSO-Nederland, indirecte-sociale-bijdrage"),
                    "{name} {format} {language}"
                );
            }
        }
    }
}

#[test]
fn the_json_of_standard_input_is_that_of_the_file() {
    let file = example("pso-groenbedrijf.json");
    let output = trede(&["pso", "-", "--format", "json"], &std::fs::read_to_string(&file).unwrap());
    assert_eq!(String::from_utf8(output.stdout).unwrap(), printed(&["pso", &file, "--format", "json"]));
}

#[test]
fn a_file_that_cannot_be_measured_exits_with_2_and_says_where_and_what_would_be_right() {
    let small = r#"{ "organisation": { "totalFte": "1.5" } }"#;
    let output = trede(&["pso", "-", "--lang", "en"], small);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("/organisation/totalFte") && told.contains("[size-below-norms]"), "{told}");
    let bsn = r#"{ "organisation": { "totalFte": "10", "name": "123456782" } }"#;
    let output = trede(&["pso", "-"], bsn);
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("/organisation/name") && told.contains("BSN") && !told.contains("123456782"),
        "{told}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn the_schemas_describe_every_field_and_point_at_what_they_define() {
    for document in ["pso", "pso-result"] {
        let schema: Value = serde_json::from_str(&printed(&["schema", document])).unwrap();
        let mut wanted = BTreeSet::new();
        references(&schema, &mut wanted);
        assert!(!wanted.is_empty());
        for target in wanted {
            let name = target.strip_prefix("#/$defs/").unwrap();
            assert!(schema["$defs"][name].is_object(), "{document}: {target}");
        }
        for (name, part) in schema["$defs"].as_object().unwrap() {
            for (field, definition) in part["properties"].as_object().into_iter().flatten() {
                let forms = definition["oneOf"].as_array().into_iter().flatten();
                let mut forms = forms.chain([definition]);
                assert!(forms.any(|form| form["description"].is_string()), "{document}: {name}.{field}");
            }
        }
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match member {
                    Value::String(target) if key == "$ref" => drop(found.insert(target.clone())),
                    _ => references(member, found),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}
