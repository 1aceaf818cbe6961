//! Ladders, their levels in order, and calendar months.

use trede_rules::pso::{Ladder, LadderError, LadderVersion, Level, LevelRank, Month, is_thirty_plus};

use crate::builders::organisation::month;

fn levels(codes: &[&str]) -> Vec<Level> {
    codes.iter().map(|code| Level { code: (*code).to_owned(), name: (*code).to_uppercase() }).collect()
}

#[test]
fn the_ladder_of_2023_has_five_levels_and_30_plus_on_top_of_the_highest() {
    let ladder = Ladder::published("pso-2023").unwrap();
    let codes: Vec<&str> = ladder.levels().iter().map(|level| level.code.as_str()).collect();
    assert_eq!(codes, ["aspirant", "basistrede", "trede-1", "trede-2", "trede-3", "trede-3-30+"]);
    assert_eq!(ladder.version(), "pso-2023");
    let older = Ladder::published("pso-before-2023").unwrap();
    assert_eq!(older.levels().len(), 5);
    assert_eq!(older.rank_of("basistrede"), None);
    assert_eq!(Ladder::published("pso-1999"), None);
    assert_eq!(LadderVersion::published().len(), 2);
}

#[test]
fn a_rank_and_a_code_are_each_others_inverse() {
    let ladder = Ladder::published("pso-2023").unwrap();
    for (index, level) in ladder.levels().iter().enumerate() {
        let rank = LevelRank(index + 1);
        assert_eq!((ladder.rank_of(&level.code), ladder.code_of(rank)), (Some(rank), level.code.as_str()));
    }
    assert_eq!(ladder.rank_of("none"), Some(LevelRank::NONE));
    assert_eq!([ladder.code_of(LevelRank::NONE), ladder.code_of(LevelRank(7))], ["none", "none"]);
    assert_eq!(ladder.rank_of("trede-9"), None);
}

#[test]
fn a_ladder_has_levels_with_codes_of_their_own() {
    assert_eq!(Ladder::new("own", Vec::new()), Err(LadderError::Empty));
    assert_eq!(
        Ladder::new("own", levels(&["a", "b", "a"])),
        Err(LadderError::DuplicateLevel("a".to_owned()))
    );
    assert_eq!(Ladder::new("own", levels(&["none"])), Err(LadderError::DuplicateLevel("none".to_owned())));
    assert_eq!(Ladder::new("own", levels(&["a", "b"])).unwrap().levels().len(), 2);
}

#[test]
fn the_mark_30_plus_belongs_to_the_level_it_stands_on() {
    let ladder = Ladder::published("pso-2023").unwrap();
    assert_eq!(ladder.with_thirty_plus("trede-3"), Some("trede-3-30+"));
    assert_eq!(ladder.with_thirty_plus("trede-2"), None);
    assert!(is_thirty_plus("trede-3-30+") && !is_thirty_plus("trede-3"));
}

#[test]
fn a_month_is_written_with_four_and_two_digits_from_1950_to_2200() {
    for right in ["1950-01", "2025-12", "2200-12"] {
        assert_eq!(Month::parse(right).unwrap().to_string(), right);
    }
    for wrong in [
        "1949-12", "2201-01", "2025-00", "2025-13", "2025-1", "25-01", "2025", "2025-0a", "+025-01",
        "2025-+1",
    ] {
        assert_eq!(Month::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn a_month_comes_so_many_months_later() {
    assert_eq!(month("2025-11").later(2), month("2026-01"));
    assert_eq!(month("2025-11").later(0), month("2025-11"));
    assert!(month("2025-12") < month("2026-01"));
}

#[test]
fn months_within_a_year_count_both_ends() {
    let year = month("2025-01");
    let within =
        |from: Option<&str>, until: Option<&str>| year.months_within(from.map(month), until.map(month));
    assert_eq!(within(None, None), 12);
    assert_eq!(within(Some("2025-03"), Some("2025-03")), 1);
    assert_eq!(within(Some("2025-03"), None), 10);
    assert_eq!(within(None, Some("2025-03")), 3);
    assert_eq!(within(Some("2024-03"), Some("2026-03")), 12);
    assert_eq!(within(Some("2025-12"), Some("2026-03")), 1);
    assert_eq!(within(Some("2026-01"), None), 0);
    assert_eq!(within(None, Some("2024-12")), 0);
}
