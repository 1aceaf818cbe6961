//! From declared rounding on the wire to the domain's: one stage, or several.

use super::model::{AssessmentInput, AwardModelInput, RoundingInput, RoundingModeInput, RoundingStageInput};
use trede_base::exact::Half;
use trede_rules::award::rounding::{Decimals, Rounding, Stages};
use trede_rules::explaining::finding::{Finding, FindingCode};

/// The declared rounding; what is wrong with it is added to `found`.
pub(super) fn rounding(input: &AwardModelInput, found: &mut Vec<Finding>) -> Rounding {
    match (&input.rounding, input.rounding_stages.as_slice()) {
        (None, []) => Rounding::None,
        (Some(one), []) => one_stage(one, found),
        (None, several) => several_stages(several, found),
        (Some(_), _) => {
            let details = ["rounding".to_owned(), "roundingStages".to_owned()];
            found.push(Finding::new(FindingCode::ParameterUnused, "/roundingStages", details));
            Rounding::None
        }
    }
}

fn one_stage(input: &RoundingInput, found: &mut Vec<Finding>) -> Rounding {
    if input.stage == RoundingStageInput::None {
        return Rounding::None;
    }
    let Some(at) = decimals(input, "/rounding", found) else { return Rounding::None };
    let Decimals { decimals, half } = at;
    match input.stage {
        RoundingStageInput::None => Rounding::None,
        RoundingStageInput::Criterion => Rounding::Criterion { decimals, half },
        RoundingStageInput::Total => Rounding::Total { decimals, half },
        RoundingStageInput::Price => Rounding::Several(Stages { price: Some(at), ..Stages::default() }),
        RoundingStageInput::Share => Rounding::Several(Stages { share: Some(at), ..Stages::default() }),
    }
}

fn several_stages(input: &[RoundingInput], found: &mut Vec<Finding>) -> Rounding {
    let mut stages = Stages::default();
    for (index, one) in input.iter().enumerate() {
        let place = format!("/roundingStages/{index}");
        let slot = match one.stage {
            RoundingStageInput::Price => &mut stages.price,
            RoundingStageInput::Share => &mut stages.share,
            RoundingStageInput::Criterion => &mut stages.criterion,
            RoundingStageInput::Total => &mut stages.total,
            RoundingStageInput::None => {
                let details = ["roundingStages".to_owned(), "none".to_owned()];
                found.push(Finding::new(FindingCode::ParameterUnused, format!("{place}/stage"), details));
                continue;
            }
        };
        if slot.is_some() {
            let details = [format!("{:?}", one.stage).to_lowercase()];
            found.push(Finding::new(FindingCode::DuplicateId, format!("{place}/stage"), details));
        }
        *slot = decimals(one, &place, found);
    }
    Rounding::Several(stages)
}

fn decimals(input: &RoundingInput, place: &str, found: &mut Vec<Finding>) -> Option<Decimals> {
    let place = format!("{place}/decimals");
    let Some(decimals) = input.decimals else {
        let details = ["rounding".to_owned(), "decimals".to_owned()];
        found.push(Finding::new(FindingCode::ParameterMissing, place, details));
        return None;
    };
    of(decimals, input.mode, place, found)
}

fn of(
    decimals: u32,
    mode: Option<RoundingModeInput>,
    place: String,
    found: &mut Vec<Finding>,
) -> Option<Decimals> {
    if decimals > 10 {
        let details = [decimals.to_string(), "0".to_owned(), "10".to_owned()];
        found.push(Finding::new(FindingCode::OutOfRange, place, details));
        return None;
    }
    let half = match mode {
        Some(RoundingModeInput::HalfEven) => Half::Even,
        Some(RoundingModeInput::HalfUp) | None => Half::Up,
    };
    Some(Decimals { decimals, half })
}

/// To which decimals a score is rounded that is calculated from those of the assessors.
pub(super) fn of_scores(input: &AssessmentInput, found: &mut Vec<Finding>) -> Option<Decimals> {
    let decimals = input.decimals?;
    if !input.combine.is_calculated() {
        let details = ["consensus".to_owned(), "decimals".to_owned()];
        found.push(Finding::new(FindingCode::ParameterUnused, "/assessment/decimals", details));
        return None;
    }
    of(decimals, input.mode, "/assessment/decimals".to_owned(), found)
}
