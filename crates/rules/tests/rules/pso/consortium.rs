//! The level of a consortium: that of the lead, the lowest, or weighted by share.

use rust_decimal::Decimal;
use trede_rules::pso::{ConsortiumRule, LevelRank, Member, PsoRules, Standing, StandingError};

use crate::builders::certificate::{a_claim, a_member, shares, valid};
use crate::builders::model::pso_rules;
use crate::builders::{day, n};

fn standing(rule: ConsortiumRule, members: &[Member]) -> Result<Standing, StandingError> {
    let rules = PsoRules { consortium: Some(rule), ..pso_rules() };
    rules.standing(None, members, Some(day("2026-06-01")), None).map(|(standing, _)| standing)
}

fn rank(code: &str) -> LevelRank {
    pso_rules().ladder.rank_of(code).unwrap()
}

fn lead(member: Member) -> Member {
    Member { lead: true, ..member }
}

#[test]
fn a_consortium_counts_its_lowest_level() {
    let members = [a_member("trede-3"), a_member("basistrede"), a_member("trede-1")];
    assert_eq!(standing(ConsortiumRule::Lowest, &members), Ok(Standing::Single(rank("basistrede"))));
    assert_eq!(standing(ConsortiumRule::Lowest, &members[..1]), Ok(Standing::Single(rank("trede-3"))));
}

#[test]
fn a_member_without_a_level_makes_the_lowest_level_none() {
    let members = [a_member("trede-3"), Member { claim: None, ..a_member("trede-1") }];
    assert_eq!(standing(ConsortiumRule::Lowest, &members), Ok(Standing::Single(LevelRank::NONE)));
    let expired = Member { claim: Some(valid("trede-2", "2020-01-01", "2021-12-31")), ..a_member("trede-2") };
    assert_eq!(
        standing(ConsortiumRule::Lowest, &[a_member("trede-3"), expired]),
        Ok(Standing::Single(LevelRank::NONE))
    );
}

#[test]
fn a_consortium_can_count_the_level_of_its_one_lead() {
    let members = [a_member("trede-3"), lead(a_member("trede-1"))];
    assert_eq!(standing(ConsortiumRule::Lead, &members), Ok(Standing::Single(rank("trede-1"))));
    assert_eq!(standing(ConsortiumRule::Lead, &[a_member("trede-3")]), Err(StandingError::LeadCount));
    let two = [lead(a_member("trede-3")), lead(a_member("trede-1"))];
    assert_eq!(standing(ConsortiumRule::Lead, &two), Err(StandingError::LeadCount));
}

#[test]
fn a_consortium_can_be_weighted_by_shares_that_sum_to_a_hundred() {
    let with = |shares: [(&str, Decimal); 2]| {
        standing(ConsortiumRule::Weighted, &shares.map(|(level, share)| self::shares(level, share)))
    };
    let weighted = Standing::Weighted(vec![(rank("trede-1"), n("33.4")), (rank("trede-3"), n("66.6"))]);
    assert_eq!(with([("trede-1", n("33.4")), ("trede-3", n("66.6"))]), Ok(weighted));
    assert_eq!(with([("trede-1", n("33.4")), ("trede-3", n("66.5"))]), Err(StandingError::Shares));
    assert_eq!(with([("trede-1", n(-1)), ("trede-3", n(101))]), Err(StandingError::Shares));
    let whole = Standing::Weighted(vec![(rank("trede-1"), n(0)), (rank("trede-3"), n(100))]);
    assert_eq!(with([("trede-1", n(0)), ("trede-3", n(100))]), Ok(whole));
    let missing = [a_member("trede-1"), shares("trede-3", 100)];
    assert_eq!(standing(ConsortiumRule::Weighted, &missing), Err(StandingError::Shares));
}

#[test]
fn a_share_outside_a_hundred_percent_is_refused_by_any_rule() {
    for share in ["-0.1", "100.1"] {
        let members = [shares("trede-1", share)];
        assert_eq!(standing(ConsortiumRule::Lowest, &members), Err(StandingError::Shares), "{share}");
    }
    for share in ["0", "100"] {
        assert!(standing(ConsortiumRule::Lowest, &[shares("trede-1", share)]).is_ok(), "{share}");
    }
}

#[test]
fn a_consortium_asks_for_a_declared_rule() {
    let rules = PsoRules { consortium: None, ..pso_rules() };
    let found = rules.standing(None, &[a_member("trede-1")], None, None);
    assert_eq!(found.unwrap_err(), StandingError::RuleUndeclared);
    assert!(rules.standing(Some(&a_claim("trede-1")), &[], None, None).is_ok());
}
