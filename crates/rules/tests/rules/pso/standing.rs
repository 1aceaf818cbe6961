//! The level that counts for one bidder, on the date that counts.

use trede_rules::pso::{Claim, LevelDate, LevelMapping, LevelRank, Note, PsoRules, Standing, StandingError};

use crate::builders::certificate::{a_claim, valid};
use crate::builders::day;
use crate::builders::model::pso_rules;

fn on(rules: &PsoRules, claim: &Claim, bid_on: Option<&str>) -> Result<(Standing, Vec<Note>), StandingError> {
    rules.standing(Some(claim), &[], bid_on.map(day), None)
}

fn rank(code: &str) -> Standing {
    Standing::Single(pso_rules().ladder.rank_of(code).unwrap())
}

#[test]
fn a_bidder_without_a_claim_has_no_level() {
    let found = pso_rules().standing(None, &[], None, None);
    assert_eq!(found, Ok((Standing::Single(LevelRank::NONE), vec![])));
}

#[test]
fn a_certificate_counts_on_its_first_day_and_on_its_last_and_on_no_day_outside() {
    let claim = valid("trede-2", "2025-01-01", "2026-12-31");
    for within in ["2025-01-01", "2026-06-01", "2026-12-31"] {
        assert_eq!(on(&pso_rules(), &claim, Some(within)), Ok((rank("trede-2"), vec![])), "{within}");
    }
    for outside in ["2024-12-31", "2027-01-01"] {
        let note = Note::NotValid { level: "trede-2".to_owned(), on: day(outside) };
        assert_eq!(on(&pso_rules(), &claim, Some(outside)), Ok((rank("none"), vec![note])), "{outside}");
    }
}

#[test]
fn a_claim_with_one_end_is_bounded_on_that_side_only() {
    let from = Claim { valid_until: None, ..valid("trede-2", "2025-01-01", "2026-12-31") };
    assert_eq!(on(&pso_rules(), &from, Some("2030-01-01")).unwrap().0, rank("trede-2"));
    assert_eq!(on(&pso_rules(), &from, Some("2024-12-31")).unwrap().0, rank("none"));
    let until = Claim { valid_from: None, ..valid("trede-2", "2025-01-01", "2026-12-31") };
    assert_eq!(on(&pso_rules(), &until, Some("2020-01-01")).unwrap().0, rank("trede-2"));
    assert_eq!(on(&pso_rules(), &until, Some("2027-01-01")).unwrap().0, rank("none"));
    assert_eq!(on(&pso_rules(), &a_claim("trede-2"), None).unwrap().0, rank("trede-2"));
}

#[test]
fn the_date_that_counts_is_that_of_the_bid_or_of_the_award_as_declared() {
    let claim = valid("trede-2", "2025-01-01", "2026-12-31");
    let standing = |level_date, bid_on: &str, award_on: &str| {
        let rules = PsoRules { level_date: Some(level_date), ..pso_rules() };
        rules.standing(Some(&claim), &[], Some(day(bid_on)), Some(day(award_on))).unwrap().0
    };
    assert_eq!(standing(LevelDate::Bid, "2026-12-31", "2027-01-01"), rank("trede-2"));
    assert_eq!(standing(LevelDate::Award, "2026-12-31", "2027-01-01"), rank("none"));
    assert_eq!(standing(LevelDate::Award, "2024-12-31", "2025-01-01"), rank("trede-2"));
}

#[test]
fn a_period_asks_which_date_counts_and_that_date() {
    let claim = valid("trede-2", "2025-01-01", "2026-12-31");
    let undeclared = PsoRules { level_date: None, ..pso_rules() };
    assert_eq!(on(&undeclared, &claim, Some("2026-01-01")), Err(StandingError::DateUndeclared));
    assert_eq!(on(&pso_rules(), &claim, None), Err(StandingError::DateMissing));
}

#[test]
fn a_certificate_of_one_day_is_one_and_one_that_ends_before_it_begins_is_not() {
    let one_day = valid("trede-2", "2025-01-01", "2025-01-01");
    assert_eq!(on(&pso_rules(), &one_day, Some("2025-01-01")).unwrap().0, rank("trede-2"));
    let reversed = valid("trede-2", "2025-01-02", "2025-01-01");
    assert_eq!(on(&pso_rules(), &reversed, Some("2025-01-01")), Err(StandingError::EndsBeforeItBegins));
}

#[test]
fn a_level_stands_on_the_ladder_of_the_tender_or_is_mapped_to_it() {
    let unknown = StandingError::UnknownLevel { level: "trede-9".to_owned(), version: "pso-2023".to_owned() };
    assert_eq!(on(&pso_rules(), &a_claim("trede-9"), None), Err(unknown));
    let older = Claim { ladder_version: Some("pso-before-2023".to_owned()), ..a_claim("trede-1") };
    let missing =
        StandingError::NoMapping { level: "trede-1".to_owned(), version: "pso-before-2023".to_owned() };
    assert_eq!(on(&pso_rules(), &older, None), Err(missing.clone()));
    let mapping = |from: &str, level: &str| LevelMapping {
        from_version: from.to_owned(),
        from_level: level.to_owned(),
        to: LevelRank(2),
    };
    let with = |mapping| PsoRules { mappings: vec![mapping], ..pso_rules() };
    let note = Note::Mapped { from: "pso-before-2023 trede-1".to_owned(), to: "basistrede".to_owned() };
    assert_eq!(
        on(&with(mapping("pso-before-2023", "trede-1")), &older, None),
        Ok((rank("basistrede"), vec![note]))
    );
    assert_eq!(on(&with(mapping("pso-before-2023", "trede-2")), &older, None), Err(missing.clone()));
    assert_eq!(on(&with(mapping("pso-other", "trede-1")), &older, None), Err(missing));
    let same = Claim { ladder_version: Some("pso-2023".to_owned()), ..a_claim("trede-1") };
    assert_eq!(on(&pso_rules(), &same, None), Ok((rank("trede-1"), vec![])));
}

#[test]
fn an_equivalent_proof_needs_a_reason_and_a_declared_route() {
    let claim = |reason: &str| Claim { equivalence_reason: Some(reason.to_owned()), ..a_claim("trede-1") };
    let note = Note::Equivalent { level: "trede-1".to_owned(), reason: "audited".to_owned() };
    assert_eq!(on(&pso_rules(), &claim("audited"), None), Ok((rank("trede-1"), vec![note])));
    assert_eq!(on(&pso_rules(), &claim(" "), None), Err(StandingError::NoReason));
    let without = PsoRules { equivalence: None, ..pso_rules() };
    assert_eq!(on(&without, &claim("audited"), None), Err(StandingError::NoEquivalence));
}
