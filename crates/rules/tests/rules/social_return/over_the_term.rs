//! A level that is held during a part of the term: pro rata, at the start, or uninterrupted.

use trede_base::period::Period;
use trede_rules::social_return::{
    Continuity, ContractFacts, LevelHeld, PsoReduction, PsoReductionLevel, SocialReturnFindingCode as Code,
};

use crate::builders::contract::{a_contract, held, not_owed, owed};
use crate::builders::period;
use crate::builders::policy::{Written, a_policy, percent};

/// Half off for trede 2 and all of it for trede 3.
fn policy(continuity: Option<Continuity>, grace_days: u32) -> Written {
    let level =
        |level: &str, share: i64| PsoReductionLevel { level: level.to_owned(), share: percent(share) };
    a_policy().obliging(|rules| {
        rules.pso = Some(PsoReduction {
            levels: vec![level("trede-2", 50), level("trede-3", 100)],
            up_to_rate: None,
            continuity,
            grace_days,
        });
    })
}

/// A contract of a hundred days that owes 5,000 euros: 50 for each day.
fn contract(levels: &[LevelHeld]) -> ContractFacts {
    let term = period("2025-01-01", "2025-04-10");
    ContractFacts { pso_levels: levels.to_vec(), term: Some(term), ..a_contract(100_000) }
}

fn during(level: &str, from: &str, until: &str) -> LevelHeld {
    held(level, Some(period(from, until)))
}

fn euros(policy: &Written, levels: &[LevelHeld]) -> i64 {
    owed(policy, &contract(levels)) / 100
}

const PRO_RATA: Option<Continuity> = Some(Continuity::ProRata);

#[test]
fn a_level_held_for_some_days_counts_for_those_over_the_days_of_the_term() {
    let twenty = during("trede-2", "2025-01-01", "2025-01-20");
    assert_eq!(euros(&policy(PRO_RATA, 0), std::slice::from_ref(&twenty)), 4500);
    assert_eq!(
        euros(&policy(None, 0), std::slice::from_ref(&twenty)),
        4500,
        "pro rata where nothing is declared"
    );
    let one_day = during("trede-3", "2025-04-10", "2025-12-31");
    assert_eq!(euros(&policy(PRO_RATA, 0), &[one_day]), 4950);
    let before = during("trede-3", "2024-01-01", "2024-12-31");
    assert_eq!(euros(&policy(PRO_RATA, 0), &[before]), 5000);
    let whole = during("trede-3", "2024-01-01", "2026-12-31");
    assert_eq!(euros(&policy(PRO_RATA, 0), &[whole]), 0);
}

#[test]
fn two_levels_after_each_other_each_count_for_their_days() {
    let levels =
        [during("trede-2", "2025-01-01", "2025-01-20"), during("trede-3", "2025-01-21", "2025-01-30")];
    // 20 × 25 and 10 × 50 euros.
    assert_eq!(euros(&policy(PRO_RATA, 0), &levels), 4000);
    let back = [levels[1].clone(), levels[0].clone()];
    assert_eq!(euros(&policy(PRO_RATA, 0), &back), 4000);
}

#[test]
fn of_two_levels_on_one_day_the_one_that_started_last_counts() {
    let levels =
        [during("trede-2", "2025-01-01", "2025-01-30"), during("trede-3", "2025-01-21", "2025-01-30")];
    assert_eq!(euros(&policy(PRO_RATA, 0), &levels), 4000);
}

#[test]
fn a_gap_of_the_grace_days_counts_as_no_gap_and_a_day_more_does() {
    let levels =
        [during("trede-3", "2025-01-01", "2025-01-10"), during("trede-3", "2025-01-14", "2025-01-20")];
    // Three days lie between them.
    assert_eq!(euros(&policy(PRO_RATA, 3), &levels), 4000);
    assert_eq!(euros(&policy(PRO_RATA, 2), &levels), 4150);
    assert_eq!(euros(&policy(PRO_RATA, 0), &levels), 4150);
}

#[test]
fn at_the_start_the_first_day_decides_for_the_whole_term() {
    let at_start = policy(Some(Continuity::AtStart), 0);
    assert_eq!(euros(&at_start, &[during("trede-2", "2024-06-01", "2025-01-01")]), 2500);
    assert_eq!(euros(&at_start, &[during("trede-2", "2025-01-01", "2025-01-01")]), 2500);
    assert_eq!(euros(&at_start, &[during("trede-2", "2025-01-02", "2026-01-01")]), 5000);
    assert_eq!(euros(&at_start, &[during("trede-2", "2024-01-01", "2024-12-31")]), 5000);
    let open = [during("trede-2", "2025-01-02", "2026-01-01"), held("trede-3", None)];
    assert_eq!(euros(&at_start, &open), 0);
}

#[test]
fn uninterrupted_counts_for_nothing_when_a_day_is_missing() {
    let policy = policy(Some(Continuity::Uninterrupted), 0);
    assert_eq!(euros(&policy, &[during("trede-2", "2025-01-01", "2025-04-10")]), 2500);
    assert_eq!(euros(&policy, &[during("trede-2", "2025-01-01", "2025-04-09")]), 5000);
    let joined =
        [during("trede-2", "2024-01-01", "2025-01-20"), during("trede-3", "2025-01-21", "2025-12-31")];
    assert_eq!(euros(&policy, &joined), 500, "20 days at half");
    let gap = [during("trede-2", "2024-01-01", "2025-01-20"), during("trede-3", "2025-01-22", "2025-12-31")];
    assert_eq!(euros(&policy, &gap), 5000);
}

#[test]
fn a_part_of_the_term_asks_for_the_term() {
    let levels = vec![during("trede-2", "2025-01-01", "2025-01-20")];
    let contract = ContractFacts { pso_levels: levels, ..a_contract(100_000) };
    assert_eq!(not_owed(&policy(PRO_RATA, 0), &contract), [(Code::FactMissing, "/term".to_owned())]);
    let whole = ContractFacts { pso_levels: vec![held("trede-2", None)], ..a_contract(100_000) };
    assert_eq!(owed(&policy(PRO_RATA, 0), &whole), 250_000);
    let day = Period {
        from: period("2025-01-01", "2025-01-01").from,
        until: period("2025-01-01", "2025-01-01").until,
    };
    let one_day = ContractFacts {
        pso_levels: vec![held("trede-3", Some(day))],
        term: Some(day),
        ..a_contract(100_000)
    };
    assert_eq!(owed(&policy(PRO_RATA, 0), &one_day), 0);
}
