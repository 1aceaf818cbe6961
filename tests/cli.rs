//! The command line as a buyer meets it: what it prints, and what it exits with.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn trede(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_trede"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that stops reading early closes its end, which is its right.
    let _ = child.stdin.take().unwrap().write_all(input);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(name)
}

/// The standard error of a file that cannot be scored.
fn refused(arguments: &[&str], input: &[u8]) -> String {
    let output = trede(arguments, input);
    let told = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert_eq!(text(&output.stdout), "");
    assert!(!told.contains("panicked"), "{told}");
    told
}

#[test]
fn the_demo_ranks_the_bids_of_both_lots() {
    let output = trede(&["demo", "--once"], b"");
    assert!(output.status.success());
    let shown = text(&output.stdout);
    for line in
        ["Eerste in rang: B5 Plantsoen Partners", "Eerste in rang: B2 Van Dalen Groen", "Gunningsfactor"]
    {
        assert!(shown.contains(line), "{line} is missing from\n{shown}");
    }
}

#[test]
fn a_tender_is_scored_in_every_format_and_language() {
    let file = example("gewogen-factor.json");
    let file = file.to_str().unwrap();
    for format in ["table", "json", "markdown"] {
        for language in ["nl", "en"] {
            let all = ["score", file, "--format", format, "--lang", language, "--explain", "--analyse"];
            let output = trede(&all, b"");
            assert!(output.status.success(), "{}", text(&output.stderr));
            assert_eq!(trede(&all, b"").stdout, output.stdout, "the same input gives the same bytes");
        }
    }
}

#[test]
fn standard_input_gives_what_the_file_gives() {
    let file = example("rangwisseling.json");
    let from_file = trede(&["score", file.to_str().unwrap(), "--format", "json"], b"");
    let from_input = trede(&["score", "-", "--format", "json"], &std::fs::read(&file).unwrap());
    assert!(from_file.status.success());
    assert_eq!(from_file.stdout, from_input.stdout);
}

#[test]
fn a_bad_file_is_told_with_its_place_and_exits_with_two() {
    assert!(refused(&["score", "no-such-file.json"], b"").contains("no-such-file.json"));
    assert!(refused(&["score", "-"], b"").contains("line 1"));
    assert!(refused(&["score", "-"], b"{\"lots\": 7}").contains("/lots"));
    assert!(refused(&["score", "-"], b"{\"lots\": [\xff]}").contains("UTF-8"));
    let empty = refused(&["score", "-", "--lang", "en"], b"{\"lots\": []}");
    assert!(
        empty.contains("/lots: there is no lot [no-lots]") && empty.contains("→ give at least one lot"),
        "{empty}"
    );
}

#[test]
fn a_hundred_megabytes_are_refused_and_not_read_to_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    File::create(&path).unwrap().set_len(100 * 1024 * 1024).unwrap();
    assert!(refused(&["score", path.to_str().unwrap()], b"").contains("larger than 64 MB"));
}

#[test]
fn the_schemas_are_json_with_a_definition_for_every_reference() {
    for document in ["score", "result"] {
        let schema = text(&trede(&["schema", document], b"").stdout);
        let parsed: serde_json::Value = serde_json::from_str(&schema).unwrap();
        for reference in schema.split("\"$ref\": \"#/$defs/").skip(1) {
            let name = reference.split('"').next().unwrap();
            assert!(parsed["$defs"][name].is_object(), "{name}");
        }
    }
}

#[test]
fn a_person_key_is_computed_and_a_bsn_refused_without_repeating_it() {
    let mut key = tempfile::NamedTempFile::new().unwrap();
    writeln!(key, "{}", "0b".repeat(32)).unwrap();
    let key = key.path().to_str().unwrap();
    let output = trede(&["person-key", "--key", key], b"K1001\nK1002\n");
    let (one, two) =
        text(&output.stdout).trim_end().split_once('\n').map(|(a, b)| (a.len(), b.len())).unwrap();
    assert_eq!((one, two), (64, 64));
    let told = refused(&["person-key", "--key", key], b"123456782\n");
    assert!(told.contains("line 1") && !told.contains("123456782"), "{told}");
    let own = trede(&["person-key", "--key", key, "--own-numbers"], b"123456782\n");
    assert!(own.status.success());
}

#[test]
fn two_policies_are_compared_in_every_format_and_language() {
    let policies = ["utrecht-2015.json", "utrecht-nieuwste.json"].map(|name| example("policies").join(name));
    let [first, second] = policies.each_ref().map(|path| path.to_str().unwrap());
    let mut case = tempfile::NamedTempFile::new().unwrap();
    write!(case, r#"{{"entries": [{{"block": "nug", "hoursPerWeek": "36"}}]}}"#).unwrap();
    let case = case.path().to_str().unwrap();
    for format in ["table", "json", "markdown"] {
        for language in ["nl", "en"] {
            let all = [
                "social-return",
                "compare",
                first,
                second,
                "--case",
                case,
                "--format",
                format,
                "--lang",
                language,
            ];
            let output = trede(&all, b"");
            assert!(output.status.success(), "{}", text(&output.stderr));
            assert!(text(&output.stdout).contains("/blocks/"), "{format} {language}");
        }
    }
    let told = refused(&["social-return", "compare", first, "-"], b"{}");
    assert!(told.contains("code"), "{told}");
}

/// The record of an evaluation whose criteria nobody assesses, as the API exports it.
fn evaluation_record() -> serde_json::Value {
    let file = std::fs::read(example("tredepunten-80-20.json")).unwrap();
    let input: trede_wire::score_file::ScoreFile = serde_json::from_slice(&file).unwrap();
    let options = trede_wire::score_result::ResultOptions {
        language: trede_wire::score_result::LanguageCode::En,
        explain: true,
        analyse: true,
    };
    let result = trede_wire::score_result::score(&input, options).unwrap();
    serde_json::json!({
        "format": "trede-evaluation-record-1",
        "municipality": "GM0344",
        "tenderId": "0190a5c8-0000-7000-8000-000000000001",
        "lotId": "0190a5c8-0000-7000-8000-000000000002",
        "evaluationId": "0190a5c8-0000-7000-8000-000000000005",
        "sequence": 1,
        "createdAt": "2026-05-01T09:00:00Z",
        "createdBy": "inkoper-1",
        "engineVersion": result.engine_version,
        "fingerprint": result.input_fingerprint,
        "input": input,
        "result": result,
        "assessments": [],
        "dossier": []
    })
}

#[test]
fn a_record_is_replayed_and_every_change_of_it_is_named() {
    let record = evaluation_record();
    let output = trede(&["replay", "--unsigned", "-"], record.to_string().as_bytes());
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    assert!(text(&output.stdout).ends_with("The result follows from the record.\n"));

    let mut tampered = record.clone();
    tampered["result"]["lots"][0]["ranking"][0]["total"]["declared"] = "99".into();
    let output = trede(&["replay", "--unsigned", "-"], tampered.to_string().as_bytes());
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stdout);
    assert!(told.contains("/result/lots/0/ranking/0/total/declared: recorded \"99\", but"), "{told}");
    assert!(told.ends_with("The record does not hold: 1 difference(s).\n"), "{told}");

    let mut older = record.clone();
    older["engineVersion"] = "0.0.1".into();
    older["result"]["engineVersion"] = "0.0.1".into();
    let output = trede(&["replay", "--unsigned", "-"], older.to_string().as_bytes());
    assert_eq!(output.status.code(), Some(0), "another version alone is no difference");
    assert!(text(&output.stdout).contains("Scored by engine 0.0.1"));

    assert!(refused(&["replay", "--unsigned", "-"], b"{}").contains("format"));
}
