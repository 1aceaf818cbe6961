//! The level that follows from certificates, day by day.

use trede_base::certificate::Certificate;
use trede_rules::pso::{LadderVersion, level_on, levels_between};

use crate::builders::certificate::{Written, a_certificate};
use crate::builders::day;

fn level(certificates: &[Written], on: &str) -> Option<String> {
    let certificates: Vec<Certificate> = certificates.iter().map(|written| written.0.clone()).collect();
    level_on(&certificates, &LadderVersion::published(), day(on)).map(|found| found.facts.level.clone())
}

fn some(level: &str) -> Option<String> {
    Some(level.to_owned())
}

#[test]
fn a_certificate_gives_a_level_through_its_last_day() {
    let held = [a_certificate("trede-2")];
    assert_eq!(level(&held, "2024-12-31"), None);
    assert_eq!(level(&held, "2025-01-01"), some("trede-2"));
    assert_eq!(level(&held, "2026-12-31"), some("trede-2"));
    assert_eq!(level(&held, "2027-01-01"), None);
}

#[test]
fn a_termination_that_ends_earlier_counts_until_the_day_before_and_a_later_one_changes_nothing() {
    let earlier = [a_certificate("trede-2").ended("2026-07-01")];
    assert_eq!(level(&earlier, "2026-06-30"), some("trede-2"));
    assert_eq!(level(&earlier, "2026-07-01"), None);
    let later = [a_certificate("trede-2").ended("2027-07-01")];
    assert_eq!(level(&later, "2026-12-31"), some("trede-2"));
    assert_eq!(level(&later, "2027-01-01"), None);
    assert_eq!(later[0].0.facts.last_day(), Some(day("2026-12-31")));
}

#[test]
fn the_highest_level_counts_and_a_level_off_the_ladder_below_those_on_it() {
    let both = [a_certificate("trede-1"), a_certificate("trede-3")];
    assert_eq!(level(&both, "2025-06-01"), some("trede-3"));
    let off = [a_certificate("gold"), a_certificate("aspirant")];
    assert_eq!(level(&off, "2025-06-01"), some("aspirant"));
    assert_eq!(level(&off[..1], "2025-06-01"), some("gold"));
}

#[test]
fn of_two_levels_off_the_ladder_in_force_their_own_ladder_decides() {
    let first = chrono::NaiveDate::from_ymd_opt(2025, 3, 1);
    let older = LadderVersion::published().remove(0);
    let newest = LadderVersion {
        ladder: trede_rules::pso::Ladder::new(
            "short",
            vec![trede_rules::pso::Level { code: "only".into(), name: "Only".into() }],
        )
        .unwrap(),
        in_force_from: first,
        source: "a test".into(),
    };
    let held = [a_certificate("trede-1"), a_certificate("trede-2")]
        .map(|written| written.of_ladder("pso-before-2023").0);
    let found = level_on(&held, &[older, newest], day("2025-06-01")).unwrap();
    assert_eq!(found.facts.level, "trede-2");
}

#[test]
fn equal_levels_are_decided_by_the_later_first_day_and_then_the_number() {
    let number = |certificates: [Written; 2]| {
        let certificates = certificates.map(|written| written.0);
        level_on(&certificates, &LadderVersion::published(), day("2025-06-01")).unwrap().facts.number.clone()
    };
    let (early, late) =
        (a_certificate("trede-1").numbered("z"), a_certificate("trede-1").from("2025-02-01").numbered("a"));
    assert_eq!(number([early.clone(), late.clone()]), "a");
    assert_eq!(number([late, early.clone()]), "a");
    let same = a_certificate("trede-1").numbered("y");
    assert_eq!([number([same.clone(), early.clone()]), number([early, same])], ["z", "z"]);
}

#[test]
fn a_ladder_counts_from_its_first_day() {
    // Before 1 April 2023 the basistrede stands on no ladder.
    let held = [
        a_certificate("aspirant").of_ladder("pso-before-2023").from("2023-01-01"),
        a_certificate("basistrede").from("2023-01-01"),
    ];
    assert_eq!(level(&held, "2023-03-31"), some("aspirant"));
    assert_eq!(level(&held, "2023-04-01"), some("basistrede"));
    assert!(LadderVersion::published()[1].is_in_force_on(day("2023-04-01")));
    assert!(!LadderVersion::published()[1].is_in_force_on(day("2023-03-31")));
    assert!(LadderVersion::published()[0].is_in_force_on(day("1990-01-01")));
}

fn told(certificates: &[Written], from: &str, until: &str) -> Vec<String> {
    let certificates: Vec<Certificate> = certificates.iter().map(|written| written.0.clone()).collect();
    let ladders = LadderVersion::published();
    let periods = levels_between(&certificates, &ladders, day(from), day(until));
    periods
        .iter()
        .map(|period| {
            let level = period.certificate.map_or("none", |found| found.facts.level.as_str());
            format!("{} {} {level}", period.from, period.until)
        })
        .collect()
}

#[test]
fn periods_follow_each_other_without_a_gap() {
    let held = [a_certificate("trede-1"), a_certificate("trede-2").from("2026-02-01").until("2028-01-31")];
    assert_eq!(
        told(&held, "2024-12-31", "2028-02-01"),
        [
            "2024-12-31 2024-12-31 none",
            "2025-01-01 2026-01-31 trede-1",
            "2026-02-01 2028-01-31 trede-2",
            "2028-02-01 2028-02-01 none"
        ]
    );
}

#[test]
fn a_run_of_one_day_is_a_period_and_a_reversed_run_is_none() {
    assert_eq!(
        told(&[a_certificate("trede-1")], "2026-12-31", "2026-12-31"),
        ["2026-12-31 2026-12-31 trede-1"]
    );
    assert_eq!(told(&[a_certificate("trede-1")], "2027-01-01", "2027-01-01"), ["2027-01-01 2027-01-01 none"]);
    assert!(told(&[a_certificate("trede-1")], "2027-01-02", "2027-01-01").is_empty());
}

#[test]
fn a_turn_on_the_first_or_the_last_day_of_the_run_starts_a_period_once() {
    let held = [a_certificate("trede-1")];
    assert_eq!(told(&held, "2025-01-01", "2025-01-02"), ["2025-01-01 2025-01-02 trede-1"]);
    assert_eq!(
        told(&held, "2026-12-30", "2027-01-01"),
        ["2026-12-30 2026-12-31 trede-1", "2027-01-01 2027-01-01 none"]
    );
}

#[test]
fn what_nobody_verified_gives_no_level() {
    assert_eq!(level(&[a_certificate("trede-1").unverified()], "2025-06-01"), None);
}
