//! What an operator meets: variables, and commands on a database that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program with nothing of the environment of the test.
fn trede(arguments: &[&str], variables: &[(&str, &str)], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trede"));
    command.args(arguments).env_clear().envs(variables.iter().copied()).current_dir(folder);
    command
}

fn told(output: &[u8]) -> String {
    String::from_utf8_lossy(output).into_owned()
}

fn run(arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    trede(arguments, variables, folder.path()).output().unwrap()
}

/// Every name of a variable in a text.
fn variables(text: &str) -> BTreeSet<String> {
    let names = text.split(|c: char| !(c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'));
    names.filter(|name| name.starts_with("TREDE_") || *name == "DATABASE_URL").map(str::to_owned).collect()
}

#[test]
fn what_works_on_a_database_makes_none_by_accident() {
    for arguments in [
        &["retention"][..],
        &["reminders"],
        &["sweep"],
        &["audit", "verify"],
        &["audit", "anchors"],
        &["audit", "state", "nl/organisations/69599068"],
        &["backup", "copy.db"],
        &["sealing-keys", "rewrap"],
        &["register", "import", "list.csv"],
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("list.csv"), "kvk;trede\n").unwrap();
        let output =
            trede(arguments, &[("DATABASE_URL", "sqlite://wrong.db")], folder.path()).output().unwrap();
        let error = told(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {error}");
        assert!(error.contains("there is no database at sqlite://wrong.db"), "{arguments:?}: {error}");
        let left: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["list.csv"], "{arguments:?}");
    }
}

#[test]
fn a_file_of_something_else_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    for content in ["", "Een brief, en geen database."] {
        fs::write(folder.path().join("other.db"), content).unwrap();
        let variables = [("DATABASE_URL", "sqlite://other.db")];
        let output = trede(&["retention"], &variables, folder.path()).output().unwrap();
        assert!(told(&output.stderr).contains("there is no database at"), "{output:?}");
        assert_eq!(fs::read_to_string(folder.path().join("other.db")).unwrap(), content);
    }
}

#[test]
fn the_help_and_the_manual_name_the_same_variables() {
    let help = told(&run(&["serve", "--help"], &[]).stdout);
    let manual = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/configuration.md")).unwrap();
    let table: String = manual.lines().filter(|line| line.starts_with("| `")).collect();
    let in_help: BTreeSet<String> =
        help.split("[env: ").skip(1).flat_map(|rest| variables(rest.split(']').next().unwrap())).collect();
    assert!(in_help.len() > 40, "{help}");
    assert_eq!(in_help, variables(&table));
}

#[test]
fn the_configuration_is_told_without_a_secret_and_with_all_that_is_wrong() {
    let variables = [
        ("DATABASE_URL", "postgres://trede:geheim@127.0.0.1:1/trede"),
        ("TREDE_BINDD", "127.0.0.1:1"),
        ("TREDE_LOG", "="),
        ("TREDE_WORKERS", ""),
        ("TREDE_KVK_URL", "https://api.kvk.nl/api"),
        ("TREDE_TENDERNED_PASSWORD", "geheim"),
    ];
    let output = run(&["check-config", "--bind", "127.0.0.1:2"], &variables);
    let text = told(&output.stdout);
    assert_eq!(output.status.code(), Some(1), "{text}");
    for part in [
        "127.0.0.1:2  (argument)",
        "nobody here knows this variable; TREDE_BIND is meant?",
        "TREDE_KVK_KEY is not set, and TREDE_KVK_URL needs it",
        "database: WRONG",
        "who is let in: WRONG: neither TREDE_JWT_ISSUERS nor TREDE_ISSUERS",
        "log: WRONG",
        "`trede serve` does not start with this",
    ] {
        assert!(text.contains(part), "{part} is missing from\n{text}");
    }
    assert!(!text.contains("geheim"), "{text}");
}

#[test]
fn an_unfit_variable_is_told_by_its_name_and_a_secret_is_no_argument() {
    let unfit = run(&["serve"], &[("TREDE_BIND", "8080")]);
    assert_eq!(
        told(&unfit.stderr).trim(),
        "trede: TREDE_BIND=8080: an address and port, such as 127.0.0.1:8080"
    );
    for name in ["kvk-key", "sealing-keys", "metrics-token", "s3-secret-access-key", "tenderned-password"] {
        let secret = run(&["serve", &format!("--{name}"), "geheim"], &[]);
        let error = told(&secret.stderr);
        assert!(error.contains("is secret") && !error.contains("geheim"), "{error}");
    }
}

#[test]
fn a_reader_that_stops_early_is_no_panic() {
    for arguments in [&["openapi"][..], &["schema", "score"], &["serve", "--help"]] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = trede(arguments, &[], folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // It is closed before anything was read.
        drop(child.stdout.take());
        let mut error = String::new();
        child.stderr.take().unwrap().read_to_string(&mut error).unwrap();
        child.wait().unwrap();
        assert!(error.is_empty(), "{arguments:?}: {error}");
    }
}
