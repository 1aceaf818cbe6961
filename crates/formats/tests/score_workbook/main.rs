//! The workbook of an evaluation: LibreOffice calculates it, and comes to the totals and ranks of the engine.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

mod office;
#[path = "../../../wire/tests/explanation/random.rs"]
mod random;
#[path = "../../../../tests/support/score_examples.rs"]
mod score_examples;
#[path = "../../../wire/tests/explanation/tenders.rs"]
mod tenders;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use office::{Office, Recalculated};
use random::Random;
use score_examples::score_examples;
use serde_json::Value;
use trede_formats::score_workbook::score_workbook;
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, LotResult, ResultOptions, score};

fn read(file: &Value) -> ScoreFile {
    parse(file.to_string().as_bytes()).unwrap_or_else(|error| panic!("{error}"))
}

/// The examples that `trede score` takes.
fn examples() -> BTreeMap<String, Value> {
    score_examples(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples"))
}

/// A total as a spreadsheet writes it, and that of the engine.
fn is_same(sheet: f64, engine: &str) -> bool {
    let engine: f64 = engine.parse().unwrap();
    (sheet - engine).abs() <= 1e-9 * engine.abs().max(1e-3)
}

/// Every bid of the lots has the rank and the total of the engine, and the workbook says so.
fn expect_equal(name: &str, file: &ScoreFile, recalculated: &Recalculated) {
    let result = score(file, ResultOptions::default()).unwrap();
    assert_eq!(recalculated.faults, [""; 0], "{name}");
    let lots: Vec<&LotResult> =
        file.lots.iter().map(|lot| result.lots.iter().find(|of| of.id == lot.id).unwrap()).collect();
    let mut lines = recalculated.lines.iter();
    for lot in lots {
        for bid in &lot.ranking {
            let line = lines.next().unwrap_or_else(|| panic!("{name}: no line for {}", bid.id));
            assert_eq!(line.rank, Some(bid.rank), "{name}, {}: {line:?}", bid.id);
            let total = line.total.unwrap_or_else(|| panic!("{name}: {line:?}"));
            assert!(
                is_same(total, &bid.total.declared),
                "{name}, {}: {total} is not {}",
                bid.id,
                bid.total.declared
            );
            assert!(line.is_equal, "{name}: {line:?}");
        }
        for bid in &lot.excluded {
            let line = lines.next().unwrap();
            assert_eq!((line.rank, line.is_equal), (None, true), "{name}, {}: {line:?}", bid.id);
        }
    }
    assert!(lines.next().is_none(), "{name}");
}

#[test]
fn libreoffice_comes_to_what_the_engine_says() {
    let Some(office) = Office::find() else { return };
    let mut files: BTreeMap<String, ScoreFile> =
        examples().into_iter().map(|(name, file)| (name, read(&file))).collect();
    let (mut random, mut refused, mut valued) = (Random::new(17), Vec::new(), BTreeSet::new());
    for number in 0..200 {
        let drawn = tenders::tender(number, &mut random);
        let without = ["discount-on-base", "two-slopes", "relative-to-mean"];
        let method = drawn["lots"][0]["awardModel"]["method"]["code"].as_str();
        let file = read(&drawn);
        if without.iter().any(|code| method == Some(code)) {
            let refused = score_workbook(&file, LanguageCode::Nl);
            assert!(refused.is_err(), "{method:?} has no formulas");
            continue;
        }
        let name = format!("tender-{number:03}");
        // These two stages of rounding stand as values, and the first sheet says so.
        let stage = drawn["lots"][0]["awardModel"]["rounding"]["stage"].as_str();
        if ["share", "price"].iter().any(|valued| stage == Some(valued)) {
            valued.insert(name.clone());
        }
        // A price that the method has no value for is refused, in a workbook as elsewhere.
        match score(&file, ResultOptions::default()) {
            Ok(_) => {
                files.insert(name, file);
            }
            Err(failure) => refused.push(format!("{number}: {:?}", failure.0)),
        }
    }
    assert!(files.len() >= 140, "only {} can be scored: {refused:#?}", files.len());
    let languages = [LanguageCode::Nl, LanguageCode::En].into_iter().cycle();
    let written = files
        .iter()
        .zip(languages)
        .map(|((name, file), language)| (name.clone(), score_workbook(file, language).unwrap()));
    let recalculated = office.recalculate(written.collect());
    let mut with_values = Vec::new();
    for (name, file) in &files {
        let of_file = &recalculated[name];
        expect_equal(name, file, of_file);
        if !of_file.notes.is_empty() && !valued.contains(name) {
            with_values.push(format!("{name}: {:?}", of_file.notes));
        }
    }
    assert_eq!(with_values, [""; 0], "have values where a formula should stand");
}

#[test]
fn the_same_evaluation_gives_the_same_bytes() {
    for (name, file) in examples() {
        let file = read(&file);
        for language in [LanguageCode::Nl, LanguageCode::En] {
            let first = score_workbook(&file, language).unwrap();
            assert_eq!(first, score_workbook(&file, language).unwrap(), "{name}");
        }
    }
}

#[test]
fn a_file_that_cannot_be_scored_gives_its_findings() {
    let file = read(&serde_json::json!({ "lots": [] }));
    let error = score_workbook(&file, LanguageCode::Nl).unwrap_err();
    assert!(matches!(error, trede_formats::score_workbook::WorkbookError::File(_)), "{error}");
}
