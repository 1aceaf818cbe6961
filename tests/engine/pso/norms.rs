//! Norms by size: the published rows, what lies between them, and tables of one's own.

use num_bigint::BigInt;
use num_rational::BigRational;
use serde_json::{Value, json};
use trede_wire::pso_result::{LevelStatus, NormSourceCode};

use crate::pso::support::*;

/// The published rows: size, and the norms of trede 1, 2 and 3. Source: PSO-Nederland, pso-normen.
const PUBLISHED: [(i64, [&str; 3]); 17] = [
    (2, ["21.4", "28.0", "33.0"]),
    (5, ["12.6", "17.0", "22.0"]),
    (10, ["6.7", "9.0", "15.5"]),
    (15, ["6.2", "8.0", "13.0"]),
    (20, ["5.7", "7.3", "10.8"]),
    (25, ["5.2", "6.6", "9.8"]),
    (30, ["4.7", "6.1", "8.9"]),
    (35, ["4.2", "5.6", "8.4"]),
    (40, ["3.7", "5.1", "7.9"]),
    (45, ["3.4", "4.6", "7.4"]),
    (50, ["3.0", "3.7", "6.8"]),
    (60, ["2.6", "3.4", "5.7"]),
    (70, ["2.3", "3.0", "5.1"]),
    (80, ["2.0", "2.6", "4.6"]),
    (90, ["1.7", "2.3", "4.2"]),
    (100, ["1.5", "2.1", "3.9"]),
    (105, ["1.4", "1.9", "3.7"]),
];

const LEVELS: [&str; 3] = ["trede-1", "trede-2", "trede-3"];

fn whole(number: i64) -> BigRational {
    BigRational::from(BigInt::from(number))
}

/// The norm of a level for a size, worked out here once more.
fn norm(size: i64, level: usize) -> BigRational {
    let above = PUBLISHED.iter().position(|(fte, _)| *fte >= size);
    let Some(above) = above else { return rational(PUBLISHED[16].1[level]) };
    let (high, norms) = PUBLISHED[above];
    if high == size {
        return rational(norms[level]);
    }
    let (low, below) = PUBLISHED[above - 1];
    let (from, to) = (rational(below[level]), rational(norms[level]));
    &from + (to - &from) * whole(size - low) / whole(high - low)
}

/// An organisation whose direct contribution is `percent`, less a millionth of an hour a week when asked.
///
/// A full-time week of 30 hours makes thirds of a fte come out even.
fn contributing(size: i64, percent: &BigRational, just_below: bool) -> Value {
    let hour = whole(1) / whole(1_000_000);
    let mut hours = percent * whole(size) / whole(100) * whole(30);
    if just_below {
        hours -= hour;
    }
    let mut workers = Vec::new();
    while hours > whole(0) {
        let taken = if hours > whole(30) { whole(30) } else { hours.clone() };
        let reference = format!("W-{}", workers.len());
        let mut worker = worker(&reference, &decimal(&taken));
        worker["fullTimeHours"] = json!("30");
        workers.push(worker);
        hours -= taken;
    }
    with_workers(&size.to_string(), json!(workers))
}

#[test]
fn each_size_gives_its_level_just_at_the_norm_and_not_just_below() {
    for size in 2..=120 {
        for (index, code) in LEVELS.iter().enumerate() {
            let norm = norm(size, index);
            let at = measured(&contributing(size, &norm, false));
            assert_eq!(level(&at), *code, "at {norm} for {size} fte");
            assert_eq!(exact(&at.total), norm);
            let below = measured(&contributing(size, &norm, true));
            let lower = index.checked_sub(1).map_or("unknown", |lower| LEVELS[lower]);
            assert_eq!(level(&below), lower, "just below {norm} for {size} fte");
        }
    }
}

#[test]
fn the_published_table_has_the_public_rows_and_no_other() {
    use trede_rules::pso::{NormTable, PUBLISHED_NORMS};
    let table = NormTable::published(PUBLISHED_NORMS).unwrap();
    let rows = table.rows().iter().map(|row| {
        let percents: Vec<String> = row.percents.iter().map(|percent| format!("{percent:.1}")).collect();
        (row.fte.to_string(), percents)
    });
    let published = PUBLISHED.iter().map(|(fte, norms)| (fte.to_string(), norms.map(str::to_owned).to_vec()));
    assert_eq!(rows.collect::<Vec<_>>(), published.collect::<Vec<_>>());
}

#[test]
fn a_norm_says_whether_it_stands_in_the_table_or_was_interpolated() {
    for (size, source) in [
        ("2", NormSourceCode::Table),
        ("3", NormSourceCode::Interpolated),
        ("50", NormSourceCode::Table),
        ("50.000001", NormSourceCode::Interpolated),
        ("104.9", NormSourceCode::Interpolated),
        ("105", NormSourceCode::Table),
        ("2500", NormSourceCode::Table),
    ] {
        let result = measured(&with_workers(size, json!([worker("W-1", "20")])));
        assert!(result.norms.levels.iter().all(|norm| norm.norm_source == source), "{size}");
        assert_eq!(codes(&result).contains(&"interpolated-norms"), source == NormSourceCode::Interpolated);
    }
}

#[test]
fn half_way_between_two_rows_the_norm_is_their_mean() {
    let result = measured(&with_workers("12.5", json!([worker("W-1", "40")])));
    let norms: Vec<&str> = result.norms.levels.iter().map(|norm| norm.norm.exact.as_str()).collect();
    assert_eq!(norms, ["6.45", "8.5", "14.25"]);
}

#[test]
fn below_two_fte_there_is_no_norm_and_so_no_measuring() {
    for size in ["0", "1", "1.999999"] {
        let errors = outcome(&with_workers(size, json!([]))).unwrap_err();
        assert_eq!(errors, ["size-below-norms /organisation/totalFte"]);
    }
    assert!(outcome(&with_workers("2", json!([]))).is_ok());
}

#[test]
fn below_the_first_norm_the_level_is_unknown_and_never_none() {
    let result = measured(&with_workers("50", json!([worker("W-1", "20")])));
    assert_eq!(result.level.status, LevelStatus::Unknown);
    assert_eq!(result.level.levels_without_norm, ["aspirant", "basistrede"]);
    assert!(codes(&result).contains(&"level-unknown"));
    assert!(!result.complete);
}

fn own_norms(levels: Value, rows: Value) -> Value {
    json!({
        "version": "voorbeeldstad-1", "source": "Gemeente Voorbeeldstad", "ladderVersion": "pso-2023",
        "levels": levels, "rows": rows
    })
}

#[test]
fn a_table_of_ones_own_replaces_the_published_norms_and_can_norm_the_basistrede() {
    let levels = json!(["basistrede", "trede-1", "trede-2", "trede-3"]);
    let rows = json!([
        { "fte": "2", "percents": ["10", "20", "30", "40"] },
        { "fte": "100", "percents": ["1", "2", "3", "4"] }
    ]);
    let file = with_workers("100", json!([worker("W-1", "40")]));
    let result = measured(&with(file, "norms", own_norms(levels, rows)));
    assert_eq!(level(&result), "basistrede");
    assert_eq!(result.norms.version, "voorbeeldstad-1");
    assert_eq!(result.norms.levels[0].norm_source, NormSourceCode::Table);
}

#[test]
fn where_the_lowest_level_of_the_ladder_has_a_norm_below_it_is_no_level() {
    let norms = json!({
        "version": "own", "source": "own", "levels": ["one"], "rows": [{ "fte": "2", "percents": ["50"] }],
        "ladder": { "version": "own", "levels": [{ "code": "one" }] }
    });
    let result = measured(&with(with_workers("4", json!([worker("W-1", "40")])), "norms", norms));
    assert_eq!(result.level.status, LevelStatus::None);
}

#[test]
fn a_table_whose_sizes_fall_or_whose_norms_are_not_monotone_is_refused() {
    let three = json!(["trede-1", "trede-2", "trede-3"]);
    let row = |fte: &str, percents: [&str; 3]| json!({ "fte": fte, "percents": percents });
    for rows in [
        json!([row("10", ["1", "2", "3"]), row("5", ["1", "2", "3"])]),
        json!([row("5", ["1", "2", "3"]), row("5", ["1", "2", "3"])]),
        json!([row("5", ["2", "1", "3"])]),
        json!([row("5", ["1", "2", "2"])]),
        json!([row("5", ["1", "2", "3"]), row("10", ["1", "2.1", "3"])]),
        json!([row("5", ["0", "2", "3"])]),
        json!([row("5", ["1", "2", "101"])]),
        json!([row("0", ["1", "2", "3"])]),
        json!([{ "fte": "5", "percents": ["1", "2"] }]),
    ] {
        let file = with(with_workers("50", json!([])), "norms", own_norms(three.clone(), rows.clone()));
        let errors = outcome(&file).unwrap_err();
        assert!(errors.iter().all(|error| error == "invalid-norms /norms"), "{rows}: {errors:?}");
    }
}

#[test]
fn the_levels_of_a_table_are_levels_of_its_ladder_without_a_gap() {
    let percents = ["1", "2", "3"];
    let rows = |count: usize| json!([{ "fte": "2", "percents": percents[..count].to_vec() }]);
    for levels in
        [json!(["trede-4"]), json!(["none"]), json!(["trede-1", "trede-3"]), json!(["trede-2", "trede-1"])]
    {
        let rows = rows(levels.as_array().unwrap().len());
        let errors = outcome(&with(with_workers("50", json!([])), "norms", own_norms(levels.clone(), rows)));
        assert!(errors.unwrap_err().contains(&"invalid-norms /norms".to_owned()), "{levels}");
    }
}

#[test]
fn an_unknown_version_of_norms_or_ladder_and_a_table_without_source_are_refused() {
    let file = with_workers("50", json!([]));
    let errors = outcome(&with(file.clone(), "norms", json!({ "version": "x" }))).unwrap_err();
    assert_eq!(errors, ["unknown-norms /norms/version"]);
    let rows = json!([{ "fte": "2", "percents": ["1"] }]);
    let mut own = own_norms(json!(["trede-1"]), rows);
    own["source"] = Value::Null;
    let errors = outcome(&with(file.clone(), "norms", own.clone())).unwrap_err();
    assert_eq!(errors, ["norms-source-missing /norms/source"]);
    own["source"] = json!("own");
    own["ladderVersion"] = json!("pso-1999");
    let errors = outcome(&with(file, "norms", own)).unwrap_err();
    assert_eq!(errors, ["unknown-ladder /norms/ladderVersion"]);
}
