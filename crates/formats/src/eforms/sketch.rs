//! The beginning of an award model: the criteria and weights of a notice, in the shape of the model.

use rust_decimal::Decimal;
use serde::Serialize;
use utoipa::ToSchema;

use super::criterion::{AwardCriteria, CriterionNotice, CriterionNumber, NumberKind};
use super::notice::{FrameworkNotice, Notice};
use trede_wire::number::Number;
use trede_wire::score_file::{
    CallOffInput, CriterionInput, CriterionKindInput, FrameworkAgreementInput, ThresholdInput,
    WeightUnitInput, WinnersInput,
};

/// What a notice says of the award model of a lot (aanzet voor het gunningsmodel), in the shape of that model.
/// The method and the scales are still to be added.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AwardModelSketch {
    /// The number of the lot in the draft tender (perceelnummer).
    pub lot_number: u16,
    /// The unit of the weights, where they are exact and all in one unit (eenheid). Decimals are percentages of
    /// a hundredth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weight_unit: Option<WeightUnitInput>,
    /// The criteria in the order of the notice (criteria). Quality stands as `assessed-quality` and cost as
    /// `life-cycle-cost`, which the lists of what is to complete name too.
    pub criteria: Vec<CriterionInput>,
    /// How many operators a framework agreement has at the most, where the lot leads to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub winners: Option<WinnersInput>,
}

/// The beginning of the model of each lot whose criteria all say what they are: price, cost or quality.
pub(super) fn sketches(notice: &Notice) -> Vec<AwardModelSketch> {
    let language = notice.language.as_deref();
    let of_lots = notice.lots.iter().filter_map(|lot| {
        let own = &lot.award_criteria;
        let counts = if own.criteria.is_empty() { &notice.award_criteria } else { own };
        let unit = Unit::of(counts);
        let criteria = all(&counts.criteria, "c", unit, language)?;
        let weight_unit = unit.map(Unit::of_model);
        let winners = lot.framework.as_ref().and_then(winners);
        let sketch = AwardModelSketch { lot_number: lot.number?, weight_unit, criteria, winners };
        (!sketch.criteria.is_empty()).then_some(sketch)
    });
    of_lots.collect()
}

/// The operators of a framework agreement, where the notice says how many. Whether orders go by ranking or by rotation
/// stands in no notice.
fn winners(framework: &FrameworkNotice) -> Option<WinnersInput> {
    let maximum = u16::try_from(framework.maximum_participants?).ok().filter(|most| *most > 0)?;
    let call_off = match framework.technique.as_deref() {
        _ if maximum == 1 => None,
        Some("fa-w-rc") => Some(CallOffInput::MiniCompetition),
        Some("fa-mix") => Some(CallOffInput::Mixed),
        _ => None,
    };
    let framework_agreement = Some(FrameworkAgreementInput { call_off });
    Some(WinnersInput { maximum, reserves: 0, framework_agreement })
}

/// The unit in which exact weights are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Percent,
    Decimal,
    Points,
}

impl Unit {
    /// The one unit of all weights; none where one of them is not exact.
    fn of(criteria: &AwardCriteria) -> Option<Self> {
        let all = criteria.all();
        let mut weights = all.iter().flat_map(|criterion| criterion.numbers_of(NumberKind::Weight));
        let first = Self::of_number(weights.next()?)?;
        weights.all(|weight| Self::of_number(weight) == Some(first)).then_some(first)
    }

    fn of_number(weight: &CriterionNumber) -> Option<Self> {
        match weight.code.as_deref()? {
            "per-exa" => Some(Self::Percent),
            "dec-exa" => Some(Self::Decimal),
            "poi-exa" => Some(Self::Points),
            _ => None,
        }
    }

    const fn of_model(self) -> WeightUnitInput {
        match self {
            Self::Percent | Self::Decimal => WeightUnitInput::Percent,
            Self::Points => WeightUnitInput::Points,
        }
    }

    fn weight(self, criterion: &CriterionNotice) -> Option<Number> {
        let mut weights = criterion.numbers_of(NumberKind::Weight);
        let (Some(only), None) = (weights.next(), weights.next()) else { return None };
        let value = only.value.filter(|value| value.0 >= Decimal::ZERO)?;
        match self {
            Self::Percent | Self::Points => Some(value),
            Self::Decimal => value.0.checked_mul(Decimal::ONE_HUNDRED).map(Number),
        }
    }
}

fn all(
    criteria: &[CriterionNotice],
    above: &str,
    unit: Option<Unit>,
    language: Option<&str>,
) -> Option<Vec<CriterionInput>> {
    let numbered = criteria.iter().zip(1..);
    numbered
        .map(|(one, number): (_, u32)| criterion(one, format!("{above}{number}"), unit, language))
        .collect()
}

/// Nothing where the notice does not say what is scored.
fn criterion(
    of: &CriterionNotice,
    id: String,
    unit: Option<Unit>,
    language: Option<&str>,
) -> Option<CriterionInput> {
    let weight = unit.and_then(|unit| unit.weight(of));
    let fixed = of.numbers_of(NumberKind::Fixed).find(|number| number.code.as_deref() == Some("fix-tot"));
    let amount = fixed.and_then(|number| number.value).filter(|_| weight.is_none());
    let (kind, amount) = match (of.kind.as_deref(), of.criteria.is_empty(), amount) {
        (_, false, _) => (CriterionKindInput::Group, None),
        (Some("price"), true, Some(amount)) => (CriterionKindInput::FixedPrice, Some(amount)),
        (Some("price"), true, None) => (CriterionKindInput::Price, None),
        (Some("cost"), ..) => (CriterionKindInput::LifeCycleCost, None),
        (Some("quality"), ..) => (CriterionKindInput::AssessedQuality, None),
        _ => return None,
    };
    let least =
        of.numbers_of(NumberKind::Threshold).find(|number| number.code.as_deref() == Some("min-score"));
    let minimum_score = least.and_then(|number| number.value);
    let title = of.name.in_language(language).or_else(|| of.description.in_language(language));
    Some(CriterionInput {
        title: title.map(str::to_owned),
        kind,
        weight,
        value: None,
        criteria: all(&of.criteria, &format!("{id}."), unit, language)?,
        threshold: minimum_score
            .map(|least| ThresholdInput { minimum_score: Some(least), ..Default::default() }),
        relative_to_best: false,
        scale: None,
        unit_price: false,
        ceiling: None,
        corridor: None,
        amount,
        life_cycle: None,
        levels: None,
        commitment: None,
        numeric: None,
        discount: None,
        sheet: None,
        id,
    })
}
