//! What the register says of a claimed level.

use trede_base::certificate::Certificate;
use trede_base::verdict::Verdict;
use trede_rules::pso::{Ladder, LadderVersion, judge};

use crate::builders::certificate::{Written, a_certificate};
use crate::builders::day;

fn verdict(level: &str, certificates: &[Written]) -> (Verdict, Option<String>) {
    let certificates: Vec<Certificate> = certificates.iter().map(|written| written.0.clone()).collect();
    let ladder = Ladder::published("pso-2023").unwrap();
    let (verdict, found) =
        judge((level, &ladder), &certificates, &LadderVersion::published(), day("2026-04-01"));
    (verdict, found.map(|found| found.facts.number.clone()))
}

fn some(number: &str) -> Option<String> {
    Some(number.to_owned())
}

#[test]
fn the_level_itself_or_a_higher_one_confirms_a_claim() {
    let held = [a_certificate("trede-2").numbered("n")];
    assert_eq!(verdict("trede-2", &held), (Verdict::Confirmed, some("n")));
    assert_eq!(verdict("trede-1", &held), (Verdict::Confirmed, some("n")));
    assert_eq!(verdict("trede-3", &held), (Verdict::Contradicted, some("n")));
}

#[test]
fn of_expired_certificates_the_one_nearest_to_the_date_is_told() {
    let held = [
        a_certificate("trede-2").numbered("long ago").from("2020-01-01").until("2021-12-31"),
        a_certificate("trede-3").numbered("just before").from("2024-03-01").until("2026-03-01"),
        a_certificate("trede-2").numbered("later").from("2026-06-01").until("2028-05-31"),
    ];
    assert_eq!(verdict("trede-2", &held), (Verdict::Expired, some("just before")));
    let without = [held[0].clone(), held[2].clone()];
    assert_eq!(verdict("trede-2", &without), (Verdict::Expired, some("later")));
}

#[test]
fn an_early_end_counts_for_how_near_a_certificate_was() {
    let held = [
        a_certificate("trede-2").numbered("ended").from("2025-01-01").until("2026-12-31").ended("2025-02-01"),
        a_certificate("trede-2").numbered("ran").from("2024-01-01").until("2025-12-31"),
    ];
    assert_eq!(verdict("trede-2", &held), (Verdict::Expired, some("ran")));
}

#[test]
fn a_claim_above_everything_that_was_ever_held_is_contradicted_while_something_is_in_force() {
    let lower = [
        a_certificate("trede-1").numbered("old").from("2020-01-01").until("2021-12-31"),
        a_certificate("basistrede").numbered("older").from("2018-01-01").until("2019-12-31"),
    ];
    assert_eq!(verdict("trede-3", &lower), (Verdict::Expired, some("old")), "the one that ended last");
    assert_eq!(verdict("trede-3", &[]), (Verdict::NotFound, None));
    assert_eq!(verdict("trede-1", &[a_certificate("trede-1").unverified()]), (Verdict::NotFound, None));
}

#[test]
fn a_level_that_the_ladder_does_not_know_is_confirmed_by_its_own_code() {
    assert_eq!(verdict("gold", &[a_certificate("gold").numbered("n")]), (Verdict::Confirmed, some("n")));
}
