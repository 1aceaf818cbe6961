//! The settlement (afrekening): what is short at the end, and what that costs.

use std::collections::BTreeMap;

use super::finding::FindingCode as Code;
use super::obligation::silent;
use super::policy::Policy;
use super::rule::Rule;
use super::{SocialReturnFinding as Finding, SocialReturnStep, whole_cents};
use crate::explaining::{Step, Terms};
use trede_base::exact::{Exact, Half};
use trede_base::share::Share;

/// What a shortfall costs (sanctie).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sanction {
    /// Times the shortfall.
    pub factor: Exact,
    /// Within how many days the contractor may still make up for it (hersteltermijn).
    pub cure_days: Option<u32>,
    /// Whether a contractor that proves it is not at fault pays nothing.
    pub excusable: bool,
    /// Whether what was done beyond the obligation may count for another contract.
    pub carry_over: bool,
}

/// What is short, and what that costs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settlement {
    /// What was realised less what was owed, at least zero, in cents.
    pub shortfall_cents: i64,
    /// What the contractor pays, in cents.
    pub sanction_cents: i64,
    /// The steps of the calculation.
    pub steps: Vec<SocialReturnStep>,
}

/// Settles what was owed against what was realised, both in cents.
///
/// # Errors
/// When something is short and the policy names no sanction, or an excuse that it does not know.
pub fn settle(
    policy: &Policy,
    owed_cents: i64,
    realised_cents: i64,
    excuse: Option<&str>,
) -> Result<Settlement, Finding> {
    let [owed, realised] = [owed_cents, realised_cents].map(euros_of_cents);
    let shortfall = owed.minus(&realised).at_least(&Exact::ZERO).clone();
    let mut steps = Vec::new();
    let mut step = |rule, terms, result: &Exact| steps.push(Step { rule, terms, result: result.clone() });
    step(Rule::Shortfall, Terms::of([owed, realised]), &shortfall);
    let sanction = match (shortfall.is_zero(), excuse) {
        (true, _) => Exact::ZERO,
        (false, Some(reason)) => {
            let rule = policy.sanction.as_ref().ok_or_else(|| silent("sanction"))?;
            if !rule.excusable {
                return Err(Finding::new(Code::NotExcusable, "/excuse", []));
            }
            if reason.trim().is_empty() {
                return Err(Finding::new(Code::ReasonMissing, "/excuse", []));
            }
            step(Rule::Excused, Terms::of([shortfall.clone()]), &Exact::ZERO);
            Exact::ZERO
        }
        (false, None) => {
            let rule = policy.sanction.as_ref().ok_or_else(|| silent("sanction"))?;
            let sanction = shortfall.times(&rule.factor).rounded(2, Half::Up);
            step(Rule::SanctionFactor, Terms::of([shortfall.clone(), rule.factor.clone()]), &sanction);
            sanction
        }
    };
    let cents = |euros: &Exact| whole_cents(euros).ok_or_else(|| Finding::new(Code::TooLarge, "", []));
    Ok(Settlement { shortfall_cents: cents(&shortfall)?, sanction_cents: cents(&sanction)?, steps })
}

/// What entries of blocks count for together, in cents: a block, and blocks with a limit together, count for
/// at most their share of what is owed. What a block loses to one limit is not taken off again by the next.
#[must_use]
pub fn counted_together(policy: &Policy, owed_cents: i64, entries: &[(&str, i64)]) -> i64 {
    let mut by_block: BTreeMap<&str, i64> = BTreeMap::new();
    for (block, cents) in entries {
        let total = by_block.entry(block).or_default();
        *total = total.saturating_add(*cents);
    }
    let most = |share: Share| whole_cents(&euros_of_cents(owed_cents).times(&share.exact()));
    for (code, cents) in &mut by_block {
        let share = policy.block(code).and_then(|block| block.maximum_share);
        *cents = share.and_then(most).map_or(*cents, |most| most.min(*cents));
    }
    for limit in &policy.share_limits {
        let among = |code: &&str| limit.blocks.iter().any(|block| block == code);
        let together = by_block
            .iter()
            .filter(|(code, _)| among(code))
            .fold(0_i64, |sum, (_, cents)| sum.saturating_add(*cents));
        let mut beyond = most(limit.share).map_or(0, |most| together.saturating_sub(most).max(0));
        for (_, cents) in by_block.iter_mut().rev().filter(|(code, _)| among(code)) {
            let taken = beyond.min(*cents);
            *cents -= taken;
            beyond -= taken;
        }
    }
    by_block.into_values().fold(0, i64::saturating_add)
}

/// Which blocks count together for at most so much of what is owed, in cents: each block with a maximum of its own, and
/// those that share one.
#[must_use]
pub fn share_maxima(policy: &Policy, owed_cents: i64) -> Vec<(Vec<String>, i64)> {
    let most = |share: Share| whole_cents(&euros_of_cents(owed_cents).times(&share.exact()));
    let alone = policy.blocks.iter().filter_map(|block| {
        let most = block.maximum_share.and_then(most)?;
        Some((vec![block.code.clone()], most))
    });
    let together =
        policy.share_limits.iter().filter_map(|limit| Some((limit.blocks.clone(), most(limit.share)?)));
    alone.chain(together).collect()
}

fn euros_of_cents(cents: i64) -> Exact {
    Exact::from(rust_decimal::Decimal::new(cents, 2))
}
