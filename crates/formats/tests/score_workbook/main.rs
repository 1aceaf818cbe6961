//! The workbook of an evaluation: LibreOffice calculates it, and comes to the totals and ranks of the engine.

// A test may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]

#[path = "../../../wire/tests/explanation/declared.rs"]
mod declared;
mod every_price;
mod every_rule;
mod office;
#[path = "../../../wire/tests/explanation/random.rs"]
mod random;
#[path = "../../../../tests/support/score_examples.rs"]
mod score_examples;
#[path = "../../../wire/tests/explanation/tenders.rs"]
mod tenders;

use std::collections::BTreeMap;
use std::path::Path;

use office::{Office, Recalculated, as_written};
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
    files.extend(with_declared_rules().into_iter().map(|(name, file)| (name, read(&file))));
    let (mut random, mut refused) = (Random::new(17), Vec::new());
    for number in 0..200 {
        let file = read(&tenders::tender(number, &mut random));
        let name = format!("tender-{number:03}");
        // A price that the method has no value for is refused, in a workbook as elsewhere.
        match score(&file, ResultOptions::default()) {
            Ok(_) => {
                files.insert(name, file);
            }
            Err(failure) => refused.push(format!("{number}: {:?}", failure.0)),
        }
    }
    assert!(files.len() >= 240, "only {} can be scored: {refused:#?}", files.len());
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
        if !of_file.notes.is_empty() {
            with_values.push(format!("{name}: {:?}", of_file.notes));
        }
    }
    assert_eq!(with_values, [""; 0], "have values where a formula should stand");
}

/// Tenders of simple numbers, in which every rule and every choice of a model occurs.
fn with_declared_rules() -> BTreeMap<String, Value> {
    let declared =
        (0..).zip(declared::tenders()).map(|(number, file)| (format!("declared-{number:02}"), file));
    every_rule::all_but_each_stage().into_iter().chain(declared).collect()
}

#[test]
fn every_method_and_every_choice_of_a_model_is_a_formula() {
    let mut with_values = Vec::new();
    for (name, file) in with_declared_rules().into_iter().chain(every_rule::of_each_stage()) {
        let file = read(&file);
        let content =
            score_workbook(&file, LanguageCode::Nl).unwrap_or_else(|error| panic!("{name}: {error}"));
        let written = as_written(content);
        expect_equal(&name, &file, &written);
        if !written.notes.is_empty() {
            with_values.push(format!("{name}: {:?}", written.notes));
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
