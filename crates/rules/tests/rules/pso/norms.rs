//! Norms by size: published rows, what lies between them, and what is wrong in a table of one's own.

use rust_decimal::Decimal;
use trede_rules::pso::{Ladder, LevelRank, Norm, NormError, NormRow, NormSource, NormTable, PUBLISHED_NORMS};

use crate::builders::organisation::norms;
use crate::builders::{n, x};

fn percents(fte: &str) -> Option<Vec<String>> {
    let norms = norms().norms_at(n(fte))?;
    Some(norms.iter().map(|norm| norm.percent.result.shown()).collect())
}

fn sources(fte: &str) -> Vec<NormSource> {
    norms().norms_at(n(fte)).unwrap().iter().map(|norm: &Norm| norm.source).collect()
}

/// pso-nederland.nl, pso-normen: some of its public rows.
#[test]
fn a_published_size_has_its_published_norms() {
    let told = |fte: &str| percents(fte).unwrap().join(" ");
    assert_eq!(told("2"), "21.4 28 33");
    assert_eq!(told("5"), "12.6 17 22");
    assert_eq!(told("50"), "3 3.7 6.8");
    assert_eq!(told("100"), "1.5 2.1 3.9");
    assert_eq!(told("105"), "1.4 1.9 3.7");
    assert_eq!(sources("50"), [NormSource::Table; 3]);
}

#[test]
fn the_last_row_holds_for_every_larger_size_and_below_the_first_there_is_no_norm() {
    assert_eq!(percents("105.01"), percents("105"));
    assert_eq!(percents("100000"), percents("105"));
    assert_eq!(sources("105.01"), [NormSource::Table; 3]);
    assert_eq!(percents("1.99"), None);
    assert_eq!(norms().smallest_size(), n(2));
}

#[test]
fn between_two_rows_the_norm_lies_on_a_straight_line() {
    // 75 lies halfway 70 (2.3, 3.0, 5.1) and 80 (2.0, 2.6, 4.6).
    assert_eq!(percents("75").unwrap(), ["2.15", "2.8", "4.85"]);
    assert_eq!(sources("75"), [NormSource::Interpolated; 3]);
    assert_eq!(sources("70.01"), [NormSource::Interpolated; 3]);
    assert_eq!(
        percents("4").unwrap()[0],
        x("21.4").minus(&x("8.8").times(&crate::builders::fraction(2, 3))).shown()
    );
    let step = &norms().norms_at(n(75)).unwrap()[0].percent;
    assert_eq!(step.terms.to_vec(), ["2.3", "2", "75", "70", "80"].map(x));
}

#[test]
fn levels_below_the_first_with_a_norm_are_unknown() {
    assert_eq!(norms().levels_without_norm(), ["aspirant", "basistrede"]);
    let ladder = Ladder::published("pso-before-2023").unwrap();
    let codes = ["aspirant".to_owned()];
    let table = NormTable::new("own", "own", ladder, &codes, vec![row("2", &["1"])]).unwrap();
    assert!(table.levels_without_norm().is_empty());
    assert_eq!((table.version(), table.source(), table.rows().len()), ("own", "own", 1));
    assert_eq!(table.levels(), [LevelRank(1)]);
    assert_eq!(table.ladder().version(), "pso-before-2023");
}

#[test]
fn only_the_published_version_is_known() {
    assert_eq!(norms().version(), PUBLISHED_NORMS);
    assert_eq!(NormTable::published("another"), None);
    assert_eq!(norms().rows().len(), 17);
}

fn row(fte: &str, percents: &[&str]) -> NormRow {
    NormRow { fte: n(fte), percents: percents.iter().map(|percent| n(*percent)).collect() }
}

fn errors(levels: &[&str], rows: Vec<NormRow>) -> Vec<NormError> {
    let levels: Vec<String> = levels.iter().map(|code| (*code).to_owned()).collect();
    let ladder = Ladder::published("pso-2023").unwrap();
    NormTable::new("own", "a source", ladder, &levels, rows).err().unwrap_or_default()
}

const TWO: [&str; 2] = ["trede-1", "trede-2"];

#[test]
fn a_table_has_levels_that_follow_each_other_on_the_ladder() {
    let rows = || vec![row("2", &["1", "2"])];
    assert_eq!(errors(&TWO, rows()), []);
    let apart = NormError::LevelsNotInOrder("trede-3".to_owned());
    assert_eq!(errors(&["trede-1", "trede-3"], rows()), [apart]);
    let back = NormError::LevelsNotInOrder("trede-1".to_owned());
    assert_eq!(errors(&["trede-2", "trede-1"], rows()), [back]);
    let unknown = NormError::UnknownLevel("gold".to_owned());
    assert_eq!(errors(&["gold", "trede-1", "trede-2"], rows()), [unknown]);
    let none = NormError::UnknownLevel("none".to_owned());
    assert_eq!(errors(&["none", "trede-1", "trede-2"], rows()), [none]);
}

#[test]
fn a_table_has_at_least_a_level_and_a_row() {
    assert_eq!(errors(&[], Vec::new()), [NormError::Empty]);
    assert_eq!(errors(&TWO, Vec::new()), [NormError::Empty]);
    assert_eq!(errors(&[], vec![row("2", &[])]), [NormError::Empty]);
}

#[test]
fn each_row_has_a_norm_for_each_level() {
    let expected = NormError::NormCount { fte: n(2), given: 1, levels: 2 };
    assert_eq!(errors(&TWO, vec![row("2", &["1"])]), [expected]);
}

#[test]
fn sizes_rise_from_above_zero() {
    assert_eq!(errors(&TWO, vec![row("0.1", &["1", "2"])]), []);
    assert_eq!(errors(&TWO, vec![row("0", &["1", "2"])]), [NormError::SizesFall(n(0))]);
    let same = vec![row("2", &["1", "2"]), row("2", &["1", "2"])];
    assert_eq!(errors(&TWO, same), [NormError::SizesFall(n(2))]);
    let falling = vec![row("3", &["1", "2"]), row("2", &["1", "2"])];
    assert_eq!(errors(&TWO, falling), [NormError::SizesFall(n(2))]);
}

#[test]
fn a_norm_is_a_percentage_above_zero_and_up_to_a_hundred() {
    let not = |percent: Decimal| NormError::NotAPercentage { fte: n(2), percent };
    assert_eq!(errors(&TWO, vec![row("2", &["0.1", "100"])]), []);
    assert_eq!(errors(&TWO, vec![row("2", &["0", "100"])]), [not(n(0))]);
    assert_eq!(errors(&TWO, vec![row("2", &["1", "100.1"])]), [not(n("100.1"))]);
}

#[test]
fn a_higher_level_asks_more_and_a_larger_size_no_more() {
    assert_eq!(errors(&TWO, vec![row("2", &["2", "2"])]), [NormError::LevelsFall(n(2))]);
    assert_eq!(errors(&TWO, vec![row("2", &["3", "2"])]), [NormError::LevelsFall(n(2))]);
    assert_eq!(errors(&TWO, vec![row("2", &["2", "4"]), row("3", &["2", "4"])]), []);
    assert_eq!(
        errors(&TWO, vec![row("2", &["2", "4"]), row("3", &["2", "4.1"])]),
        [NormError::NormRises(n(3))]
    );
}
