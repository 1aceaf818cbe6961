//! Weights: percentages sum to exactly 100, sub-criteria to their parent; values in euros where the
//! method asks for them (dir. 2014/24 art. 67(5)).

use rust_decimal::Decimal;

use crate::award::criterion::{Content, Criterion};
use crate::award::layout::Layout;
use crate::award::model::{AwardModel, Method, WeightUnit};
use crate::explaining::finding::{Finding, FindingCode};
use trede_base::exact::Exact;

use super::criteria::visit;

/// What a criterion carries.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Carries {
    Weight,
    Value,
    Nothing,
}

pub(super) fn check(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    let mut any_weight = false;
    visit(&model.criteria, "/criteria", &mut |criterion, place| {
        any_weight |= criterion.weight.is_some();
        carried(criterion, place, carries(model, criterion), found);
        sub_weights(criterion, place, found);
    });
    match model.weight_unit {
        None if any_weight => found.push(Finding::new(FindingCode::WeightUnitMissing, "/weightUnit", [])),
        Some(WeightUnit::Percent) if any_weight => {
            let weights: Vec<Exact> =
                model.criteria.iter().filter_map(|c| c.weight).map(Exact::from).collect();
            let sum = Exact::sum(&weights);
            if sum != Exact::HUNDRED {
                found.push(Finding::new(FindingCode::WeightsDoNotSum, "/criteria", [sum.shown()]));
            }
        }
        _ => {}
    }
    if model.method == Method::Features {
        features(layout, found);
    }
}

fn carries(model: &AwardModel, criterion: &Criterion) -> Carries {
    match &criterion.content {
        Content::FixedPrice(_) => Carries::Nothing,
        _ if criterion.is_discount() => Carries::Nothing,
        content if content.is_price() => {
            if model.method.weighs_price() {
                Carries::Weight
            } else {
                Carries::Nothing
            }
        }
        Content::Group(children) => {
            // A group carries what its sub-criteria carry, so that they can be seen to sum to it.
            children
                .iter()
                .map(|child| carries(model, child))
                .find(|c| *c != Carries::Nothing)
                .unwrap_or(Carries::Nothing)
        }
        _ if model.method.values_in_euros() => Carries::Value,
        _ if model.method.weighs_quality() => Carries::Weight,
        _ => Carries::Nothing,
    }
}

fn carried(criterion: &Criterion, place: &str, carries: Carries, found: &mut Vec<Finding>) {
    let mut error = |code, field: &str| {
        found.push(Finding::new(code, format!("{place}/{field}"), [criterion.id.clone()]));
    };
    match (carries, criterion.weight) {
        (Carries::Weight, None) => error(FindingCode::WeightMissing, "weight"),
        (Carries::Value | Carries::Nothing, Some(_)) => error(FindingCode::WeightUnused, "weight"),
        _ => {}
    }
    match (carries, criterion.value) {
        (Carries::Value, None) => error(FindingCode::ValueMissing, "value"),
        (Carries::Weight | Carries::Nothing, Some(_)) => error(FindingCode::ValueUnused, "value"),
        _ => {}
    }
    for (number, field) in [(criterion.weight, "weight"), (criterion.value, "value")] {
        if let Some(number) = number.filter(|number| *number <= Decimal::ZERO) {
            let place = format!("{place}/{field}");
            found.push(Finding::new(FindingCode::WeightNotPositive, place, [number.to_string()]));
        }
    }
}

fn sub_weights(criterion: &Criterion, place: &str, found: &mut Vec<Finding>) {
    let Content::Group(children) = &criterion.content else { return };
    let weights: Vec<Exact> = children.iter().filter_map(|child| child.weight).map(Exact::from).collect();
    let values: Vec<Exact> = children.iter().filter_map(|child| child.value).map(Exact::from).collect();
    for (own, parts) in [(criterion.weight, weights), (criterion.value, values)] {
        let Some(own) = own.filter(|_| !children.is_empty()) else { continue };
        let sum = Exact::sum(&parts);
        if sum != Exact::from(own) {
            let details = [criterion.id.clone(), sum.shown(), own.normalize().to_string()];
            found.push(Finding::new(FindingCode::SubWeightsDoNotSum, format!("{place}/criteria"), details));
        }
    }
}

/// Prozorro: the non-price share is at most 0.3, and at 1 the formula has no value.
fn features(layout: &Layout, found: &mut Vec<Finding>) {
    let sum = &layout.quality_weight;
    let code = if *sum >= Exact::ONE {
        FindingCode::FeaturesTooMuch
    } else if *sum > Exact::from(Decimal::new(3, 1)) {
        FindingCode::FeaturesAboveLimit
    } else {
        return;
    };
    found.push(Finding::new(code, "/criteria", [sum.shown()]));
}
