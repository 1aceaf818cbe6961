//! JSON and lists from elsewhere: whatever comes in, an answer goes out, with a place where something is wrong.

use std::fs;
use std::io::{self, Cursor, Read};

use proptest::prelude::*;
use trede_formats::register_list::{ListError, read_list};
use trede_wire::json::{self, JsonError};
use trede_wire::pso_file::parse_without_bsn;
use trede_wire::score_file::ScoreFile;
use trede_wire::social_return_policy::PolicyInput;
use trede_wire::sroi_file::SroiFile;

use crate::formats::mutation::{changes, mutate};

fn examples() -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for folder in ["examples", "examples/policies"] {
        for file in fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.extension().is_some_and(|ending| ending == "json") {
                found.push(fs::read(path).unwrap());
            }
        }
    }
    assert!(found.len() > 5, "the examples were read");
    found
}

/// Does not panic, and an error says what is wrong.
fn survives(bytes: &[u8]) {
    fn told<T>(outcome: Result<T, JsonError>) {
        if let Err(error) = outcome {
            assert!(!error.to_string().is_empty());
        }
    }
    told(json::parse::<ScoreFile>(bytes));
    told(json::parse::<PolicyInput>(bytes));
    told(json::parse::<SroiFile>(bytes));
    let _ = parse_without_bsn::<serde_json::Value>(bytes);
    let mut rows = 0_u32;
    let read = read_list(bytes, &[], &mut |_| {
        rows += 1;
        Ok::<_, ()>(())
    });
    if let Err(ListError::NoList(reason)) = read {
        assert!(rows == 0 && !reason.is_empty());
    }
}

#[test]
fn what_is_nested_without_end_is_told_and_not_followed() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for depth in [100, 10_000, 300_000] {
            let nested = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            survives(nested.as_bytes());
            survives(format!("{{\"lots\": {nested}}}").as_bytes());
            survives(&nested.as_bytes()[..nested.len() / 2]);
        }
    }
}

#[test]
fn numbers_and_texts_without_measure_are_told() {
    for value in ["1e999999999", "-0", &"9".repeat(100_000), "\"\\ud800\"", "\"\\u0000\"", "nul"] {
        survives(format!("{{\"tender\": {value}}}").as_bytes());
        survives(format!("[{{\"number\": {value}}}]").as_bytes());
    }
}

#[test]
fn a_row_of_a_list_that_never_ends_is_refused_before_it_fills_the_memory() {
    const HEAD: &str =
        "number;organisation;kvkNumbers;level;thirtyPlus;certifyingBody;validFrom;validUntil\n";
    for beginning in [format!("{HEAD}\""), "[{\"number\": \"".to_owned(), "{\"a\": \"".to_owned()] {
        let endless = Cursor::new(beginning.clone()).chain(io::repeat(b'x'));
        let refused = read_list(endless, &[], &mut |_| Ok::<_, ()>(())).unwrap_err();
        let (ListError::NoList(reason) | ListError::BrokenOff { reason, .. }) = refused else { panic!() };
        assert!(reason.contains("a row has more than"), "{beginning}: {reason}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..1000)) {
        survives(&bytes);
    }

    #[test]
    fn random_json_never_panics(text in "(\\{|\\}|\\[|\\]|\"[a-zA-Z]{0,8}\"|:|,|[0-9.eE+-]{1,6}|true|null|\\PC){0,60}") {
        survives(text.as_bytes());
    }

    #[test]
    fn mutations_of_examples_never_panic(
        pick in any::<prop::sample::Index>(),
        changes in changes(),
    ) {
        let all = examples();
        let mut bytes = pick.get(&all).clone();
        mutate(&mut bytes, changes);
        survives(&bytes);
    }
}
