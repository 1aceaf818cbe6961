//! PSO 30+ (Abw): at least 30 percent of the workers are people of the target group.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::finding::{Finding, FindingCode};
use super::organisation::{Organisation, ThirtyPlusMeasure, ThirtyPlusPolicy, Worker};
use super::workforce::{CountedWorker, Workforce};
use super::{Rule, Step, balanced_sum};
use crate::explaining::Terms;
use crate::pso::{Employment, ThirtyPlusStanding, WeightTable};
use trede_base::exact::Exact;

/// Share of the workers, in percent, from which PSO 30+ holds; just at it passes.
/// Source: PSO-Nederland, 30-abw-certificaat.
const MINIMUM_PERCENT: i32 = 30;

/// The share of the workers that counts for PSO 30+.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirtyPlus {
    /// How it is measured.
    pub policy: ThirtyPlusPolicy,
    /// Share in percent.
    pub share: Step,
    /// Whether the share is at least 30 percent.
    pub enough: bool,
    /// Whether the contribution also reaches the highest level with a norm, on top of which 30+ is read.
    pub on_highest_level: bool,
    /// People that do not count, by reason.
    pub left_out: BTreeMap<NotCounted, usize>,
}

/// Why somebody does not count for PSO 30+.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NotCounted {
    /// BBL/BOL 1 or 2, VSO or PrO on a placement.
    Placement,
    /// Whether the position counts is not published.
    Unpublished,
    /// Not on the organisation's own payroll, nor on a long-lasting secondment that the policy counts.
    NotOnPayroll,
    /// No month of the reference year counts.
    NoMonth,
}

/// The share that counts; more people than the whole organisation has is an error.
pub(super) fn share(
    policy: ThirtyPlusPolicy,
    organisation: &Organisation,
    workforce: &Workforce,
    weights: &WeightTable,
    on_highest_level: bool,
    missing: &mut Vec<Finding>,
) -> Result<ThirtyPlus, Finding> {
    let mut left_out = BTreeMap::new();
    let mut unpublished: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counted = Vec::new();
    for (worker, counts) in organisation.workers.iter().zip(&workforce.workers) {
        match standing(policy, worker, counts, weights) {
            None => counted.push(match policy.measure {
                ThirtyPlusMeasure::Heads(_) => Exact::ONE,
                ThirtyPlusMeasure::Fte => counts.fte.clone(),
            }),
            Some(reason) => {
                *left_out.entry(reason).or_default() += 1;
                if reason == NotCounted::Unpublished {
                    *unpublished.entry(&worker.position).or_default() += 1;
                }
            }
        }
    }
    missing.extend(unpublished.iter().map(|(position, count)| {
        let details = [(*position).to_owned(), count.to_string()];
        Finding::new(FindingCode::ThirtyPlusUnpublished, "/workers", details)
    }));
    let counted = balanced_sum(&counted);
    let whole = match policy.measure {
        ThirtyPlusMeasure::Heads(heads) => {
            let at_work = workforce.workers.iter().filter(|worker| !worker.fte.is_zero()).count();
            if usize::try_from(heads).is_ok_and(|heads| at_work > heads) {
                let people = ["people", "personen"].map(str::to_owned);
                let [english, dutch] = people;
                let details = [at_work.to_string(), heads.to_string(), english, dutch];
                return Err(Finding::new(FindingCode::MoreThanTotal, "/thirtyPlus/totalHeads", details));
            }
            Exact::from(Decimal::from(heads))
        }
        ThirtyPlusMeasure::Fte => Exact::from(organisation.total_fte),
    };
    let result = counted.times(&Exact::HUNDRED).over(&whole).unwrap_or_default().simplified();
    Ok(ThirtyPlus {
        policy,
        enough: result >= Exact::from(MINIMUM_PERCENT),
        share: Step { rule: Rule::ThirtyPlusShare, terms: Terms::of([counted, whole]), result },
        on_highest_level,
        left_out,
    })
}

/// Why a worker does not count; none when he or she does.
fn standing(
    policy: ThirtyPlusPolicy,
    worker: &Worker,
    counted: &CountedWorker,
    weights: &WeightTable,
) -> Option<NotCounted> {
    let position = weights.position(&worker.position).map(|position| position.thirty_plus);
    let employment = weights.contract(&worker.contract).map(|contract| contract.employment);
    let seconded = policy.long_secondment_counts && worker.long_lasting;
    match (position, employment) {
        (Some(ThirtyPlusStanding::Excluded), _) => Some(NotCounted::Placement),
        (Some(ThirtyPlusStanding::Unknown) | None, _) => Some(NotCounted::Unpublished),
        (_, Some(Employment::Other) | None) => Some(NotCounted::NotOnPayroll),
        (_, Some(Employment::Secondment)) if !seconded => Some(NotCounted::NotOnPayroll),
        _ if counted.fte.is_zero() => Some(NotCounted::NoMonth),
        _ => None,
    }
}
