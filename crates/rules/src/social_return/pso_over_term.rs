//! A PSO level that is not held during the whole term of a contract (continuïteit).

use rust_decimal::Decimal;

use super::SocialReturnFinding as Finding;
use super::contract::{ContractFacts, LevelHeld};
use super::finding::FindingCode as Code;
use super::obligation::missing;
use super::obligation_rules::PsoReduction;
use trede_base::exact::Exact;
use trede_base::period::Period;
use trede_base::share::Share;

/// What a level counts for that is not held during the whole term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Continuity {
    /// For the days on which it is held, over the days of the term (naar rato).
    ProRata,
    /// For the whole term when a level is held on its first day (bij aanvang).
    AtStart,
    /// For nothing, unless a level is held on each day of the term (onafgebroken).
    Uninterrupted,
}

/// The share that each level takes off, with the part of the term for which it does.
pub(super) fn levels_over_term(
    pso: &PsoReduction,
    contract: &ContractFacts,
) -> Result<Vec<(Share, Exact)>, Finding> {
    let mut held = Vec::new();
    for at in &contract.pso_levels {
        let known = pso.levels.iter().find(|row| row.level == at.level);
        let row = known.ok_or_else(|| Finding::new(Code::UnknownLevel, "/psoLevel", [at.level.clone()]))?;
        held.push((row.share, at));
    }
    if let [(share, LevelHeld { during: None, .. })] = held.as_slice() {
        return Ok(vec![(*share, Exact::ONE)]);
    }
    let term = contract.term.ok_or_else(|| missing("term"))?;
    let days = slices(&held, term, i64::from(pso.grace_days));
    let covered = days.iter().fold(0, |sum, (_, days)| sum + days);
    let whole = length(term);
    let part = |days: i64| {
        Exact::from(Decimal::from(days)).over(&Exact::from(Decimal::from(whole))).unwrap_or_default()
    };
    match pso.continuity.unwrap_or(Continuity::ProRata) {
        Continuity::ProRata => Ok(days.into_iter().map(|(share, days)| (share, part(days))).collect()),
        Continuity::Uninterrupted if covered < whole => Ok(Vec::new()),
        Continuity::Uninterrupted => Ok(days.into_iter().map(|(share, days)| (share, part(days))).collect()),
        Continuity::AtStart => {
            let first = held.iter().find(|(_, at)| {
                at.during.is_none_or(|during| during.from <= term.from && term.from <= during.until)
            });
            Ok(first.map(|(share, _)| (*share, Exact::ONE)).into_iter().collect())
        }
    }
}

/// The days of the term on which each level is held; of two on one day the one that started last counts.
fn slices(held: &[(Share, &LevelHeld)], term: Period, grace_days: i64) -> Vec<(Share, i64)> {
    let mut periods: Vec<(Share, Period)> =
        held.iter().map(|(share, at)| (*share, at.during.unwrap_or(term))).collect();
    periods.sort_by_key(|(_, period)| period.from);
    let starts: Vec<_> = periods.iter().skip(1).map(|(_, period)| period.from).collect();
    for ((_, period), next) in periods.iter_mut().zip(starts) {
        let last_before = next.pred_opt().unwrap_or(next);
        let gap = (last_before - period.until).num_days();
        if gap <= grace_days {
            period.until = last_before;
        }
    }
    periods
        .into_iter()
        .map(|(share, period)| {
            let within = Period { from: period.from.max(term.from), until: period.until.min(term.until) };
            (share, length(within))
        })
        .filter(|(_, days)| *days > 0)
        .collect()
}

fn length(period: Period) -> i64 {
    ((period.until - period.from).num_days() + 1).max(0)
}
