//! From the award model on the wire to the domain's, with everything that is wrong named by its place.

use super::criterion::CriterionInput;
use super::model::{
    AwardModelInput, DropOutInput, KnockOutInput, ScoreCombinationInput, SubWeightsInput, TieRuleInput,
    TieStepInput, WeightUnitInput, ZeroPriceInput,
};
use super::to_criterion;
use super::to_discount::order;
use super::to_low_bids::abnormally_low;
use super::to_method::{method, place_corridors};
use super::to_pso_rules::pso_rules;
use super::to_rounding::{of_scores, rounding};
use super::winners::WinnersInput;
use rust_decimal::Decimal;
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::model::{
    Assessment, AwardModel, Bound, Combination, DropOut, KnockOut, TieStep, WeightUnit, ZeroPrice,
};
use trede_rules::explaining::finding::{Finding, FindingCode};

/// More criteria than any published model has.
const MAX_CRITERIA: usize = 200;

fn count_of(criteria: &[CriterionInput]) -> usize {
    criteria.iter().map(|criterion| 1 + count_of(&criterion.criteria)).sum()
}

/// The domain's model with everything that could not be read of the wire's, by its place within the model. The model
/// is none where its method or a criterion was lost: what is left would break rules that the whole keeps.
pub fn to_model(
    input: &AwardModelInput,
    above_threshold: Option<bool>,
) -> (Option<AwardModel>, Vec<Finding>) {
    let mut found = Vec::new();
    let count = count_of(&input.criteria);
    if count > MAX_CRITERIA {
        let details = [format!("{count} criteria"), MAX_CRITERIA.to_string()];
        return (None, vec![Finding::new(FindingCode::TooMany, "/criteria", details)]);
    }
    let pso = input.pso.as_ref().and_then(|rules| pso_rules(rules, &mut found));
    let method = method(&input.method, &mut found);
    let mut criteria =
        to_criterion::criteria(&input.criteria, "/criteria", 0, pso.as_ref().map(|p| &p.ladder), &mut found);
    if input.sub_weights == Some(SubWeightsInput::OfParent) {
        weights_of_parent(&mut criteria, None, "/criteria", &mut found);
    }
    place_corridors(&input.method, &mut criteria, &mut found);
    let rounding = rounding(input, &mut found);
    let ties = ties(&input.ties, &mut found);
    let knock_outs = knock_outs(&input.knock_outs, &mut found);
    let abnormally_low = abnormally_low(&input.abnormally_low, &mut found);
    let rounded_to = input.assessment.as_ref().and_then(|assessment| of_scores(assessment, &mut found));
    let spread = input.assessment.as_ref().and_then(|assessment| assessment.flag_spread_above);
    if let Some(spread) = spread.filter(|spread| spread.0.is_sign_negative()) {
        let details = [spread.0.to_string(), "0".to_owned(), "…".to_owned()];
        found.push(Finding::new(FindingCode::OutOfRange, "/assessment/flagSpreadAbove", details));
    }
    let whole = read_of(&criteria) == count;
    let Some(method) = method.filter(|_| whole) else { return (None, found) };
    let model = AwardModel {
        method,
        weight_unit: input.weight_unit.map(|unit| match unit {
            WeightUnitInput::Percent => WeightUnit::Percent,
            WeightUnitInput::Points => WeightUnit::Points,
        }),
        criteria,
        knock_outs,
        total_threshold: input.total_threshold.as_ref().map(|threshold| threshold.minimum_points.0),
        rounding,
        discount_order: order(input.discounts),
        drop_out: input.drop_out.map(|rule| match rule {
            DropOutInput::KeepRanking => DropOut::KeepRanking,
            DropOutInput::Recompute => DropOut::Recompute,
        }),
        ties,
        winners: input.winners.map(WinnersInput::to_winners),
        zero_price: match input.zero_price {
            Some(ZeroPriceInput::TakesAll) => ZeroPrice::TakesAll,
            Some(ZeroPriceInput::Refuse) | None => ZeroPrice::Refuse,
        },
        abnormally_low,
        assessment: input.assessment.as_ref().map(|assessment| Assessment {
            combine: match assessment.combine {
                ScoreCombinationInput::Consensus => Combination::Consensus,
                ScoreCombinationInput::Mean => Combination::Mean,
                ScoreCombinationInput::Median => Combination::Median,
                ScoreCombinationInput::TrimmedMean => Combination::TrimmedMean,
            },
            flag_spread_above: assessment.flag_spread_above.map(|number| number.0),
            rounded_to,
        }),
        pso,
        motivation: input.motivation.clone().filter(|text| !text.trim().is_empty()),
        above_threshold,
    };
    (Some(model), found)
}

fn read_of(criteria: &[Criterion]) -> usize {
    let below = |criterion: &Criterion| match &criterion.content {
        Content::Group(children) => read_of(children),
        _ => 0,
    };
    criteria.iter().map(|criterion| 1 + below(criterion)).sum()
}

/// Turns weights that are percentages of their group's into parts of the total, exactly.
fn weights_of_parent(
    criteria: &mut [Criterion],
    parent: Option<Decimal>,
    place: &str,
    found: &mut Vec<Finding>,
) {
    let sum: Option<Decimal> = criteria
        .iter()
        .filter_map(|criterion| criterion.weight)
        .try_fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight));
    if parent.is_some() && sum != Some(Decimal::ONE_HUNDRED) {
        let details = [sum.unwrap_or(Decimal::MAX).normalize().to_string()];
        found.push(Finding::new(FindingCode::WeightsDoNotSum, place, details));
        return;
    }
    for (index, criterion) in criteria.iter_mut().enumerate() {
        if let (Some(parent), Some(weight)) = (parent, criterion.weight) {
            let part = weight.checked_mul(parent).and_then(|part| part.checked_div(Decimal::ONE_HUNDRED));
            criterion.weight = part.map(|part| part.normalize());
        }
        let own = criterion.weight;
        if let Content::Group(children) = &mut criterion.content {
            weights_of_parent(children, own, &format!("{place}/{index}/criteria"), found);
        }
    }
}

fn ties(input: &[TieStepInput], found: &mut Vec<Finding>) -> Vec<TieStep> {
    let mut steps = Vec::with_capacity(input.len());
    for (index, step) in input.iter().enumerate() {
        match (step.by, &step.criterion) {
            (TieRuleInput::Criterion, Some(id)) => steps.push(TieStep::Criterion(id.clone())),
            (TieRuleInput::Criterion, None) => {
                let details = ["criterion".to_owned(), "criterion".to_owned()];
                found.push(Finding::new(
                    FindingCode::ParameterMissing,
                    format!("/ties/{index}/criterion"),
                    details,
                ));
            }
            (_, Some(_)) => {
                let details = ["by".to_owned(), "criterion".to_owned()];
                found.push(Finding::new(
                    FindingCode::ParameterUnused,
                    format!("/ties/{index}/criterion"),
                    details,
                ));
            }
            (TieRuleInput::LowestPrice, None) => steps.push(TieStep::LowestPrice),
            (TieRuleInput::EarliestBid, None) => steps.push(TieStep::EarliestBid),
            (TieRuleInput::Lot, None) => steps.push(TieStep::Lot),
        }
    }
    steps
}

fn knock_outs(input: &[KnockOutInput], found: &mut Vec<Finding>) -> Vec<KnockOut> {
    let mut knock_outs = Vec::with_capacity(input.len());
    for (index, knock_out) in input.iter().enumerate() {
        let bounds = [
            knock_out.minimum.map(|number| Bound::Minimum(number.0)),
            knock_out.maximum.map(|number| Bound::Maximum(number.0)),
            knock_out.must_be_met.filter(|met| *met).map(|_| Bound::Met),
        ];
        let bounds: Vec<Bound> = bounds.into_iter().flatten().collect();
        if !to_criterion::is_identifier(&knock_out.id) {
            let details = [knock_out.id.chars().take(64).collect()];
            found.push(Finding::new(FindingCode::InvalidId, format!("/knockOuts/{index}/id"), details));
        }
        match bounds.as_slice() {
            [bound] if knock_out.must_be_met != Some(false) => {
                knock_outs.push(KnockOut {
                    id: knock_out.id.clone(),
                    title: knock_out.title.clone(),
                    bound: *bound,
                });
            }
            _ => {
                let details = [knock_out.id.clone(), bounds.len().to_string()];
                found.push(Finding::new(FindingCode::KnockOutBound, format!("/knockOuts/{index}"), details));
            }
        }
    }
    knock_outs
}
