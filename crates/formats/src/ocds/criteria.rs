//! Award criteria as OCDS tells them.

use super::release::{AwardCriteria, Criterion, CriterionNumber, PsoLevelRow, PsoLevels};
use super::values::exact;
use trede_wire::score_file::{
    AwardModelInput, CriterionInput, CriterionKindInput, LevelMeasureInput, LevelTableInput, WeightUnitInput,
};

pub(super) fn criteria(model: &AwardModelInput) -> AwardCriteria {
    let mut criteria = Vec::new();
    for criterion in &model.criteria {
        collect(criterion, model.weight_unit, "", &mut criteria);
    }
    AwardCriteria { award_method: model.method.code.clone(), criteria }
}

/// The criteria that are scored; a group stands in the names of those below it.
fn collect(
    criterion: &CriterionInput,
    unit: Option<WeightUnitInput>,
    above: &str,
    into: &mut Vec<Criterion>,
) {
    let title = criterion.title.as_deref().unwrap_or(&criterion.id);
    let name = if above.is_empty() { title.to_owned() } else { format!("{above}: {title}") };
    let (kind, scored_by) = match criterion.kind {
        CriterionKindInput::Group => {
            criterion.criteria.iter().for_each(|below| collect(below, unit, &name, into));
            return;
        }
        CriterionKindInput::Price => ("price", "price"),
        CriterionKindInput::FixedPrice => ("price", "fixed-price"),
        CriterionKindInput::LifeCycleCost => ("cost", "life-cycle-cost"),
        CriterionKindInput::AssessedQuality => ("quality", "assessed-quality"),
        CriterionKindInput::PsoLevel => ("quality", "pso-level"),
        CriterionKindInput::SocialReturnCommitment => ("quality", "social-return-commitment"),
        CriterionKindInput::Numeric => ("quality", "numeric"),
    };
    into.push(Criterion {
        kind,
        name,
        numbers: numbers(criterion, unit),
        scored_by,
        pso_levels: criterion.levels.as_ref().map(pso_levels),
    });
}

fn numbers(criterion: &CriterionInput, unit: Option<WeightUnitInput>) -> Vec<CriterionNumber> {
    let mut numbers = Vec::new();
    if let Some(weight) = criterion.weight {
        let unit = match unit {
            Some(WeightUnitInput::Percent) => "percentageExact",
            Some(WeightUnitInput::Points) | None => "pointsExact",
        };
        numbers.push(CriterionNumber { number: exact(weight.0), weight: Some(unit), ..Default::default() });
    }
    if let Some(amount) = criterion.amount {
        numbers.push(CriterionNumber { number: exact(amount.0), fixed: Some("total"), ..Default::default() });
    }
    if let Some(least) = criterion.threshold.as_ref().and_then(|threshold| threshold.minimum_score) {
        let threshold = Some("minimumScore");
        numbers.push(CriterionNumber { number: exact(least.0), threshold, ..Default::default() });
    }
    numbers
}

fn pso_levels(table: &LevelTableInput) -> PsoLevels {
    PsoLevels {
        measure: match table.measure {
            LevelMeasureInput::Points => "points",
            LevelMeasureInput::Score => "score",
            LevelMeasureInput::DiscountPercent => "discount-percent",
            LevelMeasureInput::DiscountAmount => "discount-amount",
        },
        rows: table
            .rows
            .iter()
            .filter_map(|row| Some(PsoLevelRow { level: row.level.clone(), value: exact(row.value.0)? }))
            .collect(),
    }
}
