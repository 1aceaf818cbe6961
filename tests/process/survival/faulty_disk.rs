//! The disk breaks or is full while entries are written on SQLite: 503 meanwhile, and afterwards everything goes on.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

use tempfile::TempDir;

use crate::support::{self, skipped::skipped};
use crate::survival::keyed_writers::{expect_all_once, write_while};
use crate::survival::server::{self, Server};
use crate::survival::{UNDER_LOAD, client};

const FAULTS: [(&str, &str); 2] = [("5", "EIO"), ("28", "ENOSPC")];

/// What comes between the program and the C library; none, said loudly, where it cannot be made.
fn between(folder: &TempDir) -> Option<PathBuf> {
    let made = folder.path().join("faulty_disk.so");
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/process/survival/faulty_disk.c");
    let compiled =
        Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&made).args([source, "-ldl"]).status();
    if !cfg!(target_os = "linux") || !compiled.is_ok_and(|status| status.success()) {
        skipped("a disk that breaks", "it needs Linux and a C compiler");
        return None;
    }
    Some(made)
}

#[test]
fn a_disk_that_breaks_or_is_full_loses_nothing() {
    let folder = TempDir::new().unwrap();
    let Some(between) = between(&folder) else { return };
    for (number, name) in FAULTS {
        let database = support::sqlite();
        let contract = server::contract(&database);
        let fault = folder.path().join(name);
        let variables = [
            ("LD_PRELOAD", between.display().to_string()),
            ("FAULT_FILE", fault.display().to_string()),
            ("TREDE_LOG", "off".to_owned()),
        ];
        let server = Server::start_with(&database.url, &variables);
        let seen = write_while(&server, &contract, || {
            for _ in 0..3 {
                fs::write(&fault, number).unwrap();
                std::thread::sleep(UNDER_LOAD);
                let (ready, _) = client::timed_get(&server, "/health/ready");
                fs::remove_file(&fault).unwrap();
                assert_eq!(ready, 503, "{name}: ready, with a disk that takes nothing");
                std::thread::sleep(Duration::from_millis(700));
            }
        });
        assert!(seen.unavailable > 0, "{name}: nobody noticed");
        println!("{name}");
        expect_all_once(&database, &contract, &seen);
    }
}
