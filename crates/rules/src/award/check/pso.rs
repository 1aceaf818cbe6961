//! PSO in the model: the higher the level, the higher the award factor, and what a buyer must declare.

use rust_decimal::Decimal;

use crate::award::criterion::{Content, Criterion};
use crate::award::model::AwardModel;
use crate::award::pso_level::{LevelMeasure, LevelTable};
use crate::explaining::finding::{Finding, FindingCode};
use crate::pso::{Ladder, LevelRank, PsoRules};
use trede_base::exact::Exact;

use super::criteria::visit;

pub(super) fn check(model: &AwardModel, found: &mut Vec<Finding>) {
    let mut scores_level = false;
    visit(&model.criteria, "/criteria", &mut |criterion, place| {
        let Content::PsoLevel(table) = &criterion.content else { return };
        scores_level = true;
        if let Some(pso) = &model.pso {
            order(table, &pso.ladder, place, found);
            bounds(table, criterion, place, found);
        }
    });
    match &model.pso {
        None if scores_level => found.push(Finding::new(FindingCode::PsoRulesMissing, "/pso", [])),
        Some(rules) if scores_level => declared(rules, model, found),
        _ => {}
    }
}

fn order(table: &LevelTable, ladder: &Ladder, place: &str, found: &mut Vec<Finding>) {
    let mut equal = Vec::new();
    for (rank, pair) in table.values.windows(2).enumerate() {
        let [lower, higher] = pair else { continue };
        let (lower_code, higher_code) =
            (ladder.code_of(LevelRank(rank)), ladder.code_of(LevelRank(rank + 1)));
        let place = format!("{place}/levels/rows");
        if higher < lower {
            let details =
                [higher_code.to_owned(), higher.to_string(), lower_code.to_owned(), lower.to_string()];
            found.push(Finding::new(FindingCode::PsoScoresFall, place, details));
        } else if higher == lower {
            equal.push(format!("{lower_code} = {higher_code}"));
        }
    }
    if !equal.is_empty() {
        found.push(Finding::new(
            FindingCode::PsoScoresEqual,
            format!("{place}/levels/rows"),
            [equal.join(", ")],
        ));
    }
}

fn bounds(table: &LevelTable, criterion: &Criterion, place: &str, found: &mut Vec<Finding>) {
    let highest = table.values.iter().max().copied().unwrap_or_default();
    let lowest = table.values.iter().min().copied().unwrap_or_default();
    let full = match &table.measure {
        LevelMeasure::Points => criterion.weight.map(Exact::from),
        LevelMeasure::Score(line) => Some(Exact::from(line.full())),
        LevelMeasure::DiscountPercent => Some(Exact::from(Decimal::new(9999, 2))),
        LevelMeasure::DiscountAmount => None,
    };
    let place = format!("{place}/levels/rows");
    if let Some(full) = full.filter(|full| Exact::from(highest) > *full) {
        found.push(Finding::new(
            FindingCode::PsoAboveWeight,
            place.clone(),
            [highest.to_string(), full.shown()],
        ));
    }
    if lowest.is_sign_negative() && !lowest.is_zero() {
        found.push(Finding::new(FindingCode::NegativeOffer, place, [lowest.to_string()]));
    }
}

fn declared(rules: &PsoRules, model: &AwardModel, found: &mut Vec<Finding>) {
    for (declared, code, place) in [
        (rules.motivation.is_some(), FindingCode::PsoNoMotivation, "/pso/motivation"),
        (rules.equivalence.is_some(), FindingCode::PsoNoEquivalence, "/pso/equivalence"),
        (rules.level_date.is_some(), FindingCode::PsoDateUndeclared, "/pso/levelCountsOn"),
        (rules.consortium.is_some(), FindingCode::PsoConsortiumUndeclared, "/pso/consortiumRule"),
        (model.above_threshold != Some(true), FindingCode::PsoAboveThreshold, "/pso"),
    ] {
        if !declared {
            found.push(Finding::new(code, place, []));
        }
    }
}
