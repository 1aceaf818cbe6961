//! From the award model on the wire to the domain's, with everything that is wrong named by its place.

use rust_decimal::Decimal;

use super::model::{
    AbnormallyLowInput, AbnormallyLowRuleInput, AmountListInput, AwardModelInput, ConsortiumRuleInput,
    DecisionInput, DropOutInput, FloorInput, KnockOutInput, LadderLevelInput, LevelDateInput, MethodInput,
    PsoRulesInput, RoundingInput, RoundingModeInput, RoundingStageInput, ScoreCombinationInput, TieRuleInput,
    TieStepInput, WeightUnitInput, ZeroPriceInput,
};
use super::to_criterion;
use crate::domain::award::abnormally_low::{AbnormallyLowRule, AmountList};
use crate::domain::award::finding::{Finding, FindingCode};
use crate::domain::award::model::{
    Assessment, AwardModel, Bound, Combination, Decision, DropOut, KnockOut, Method, TieStep, WeightUnit,
    ZeroPrice,
};
use crate::domain::award::price_formula::{Corridor, Floor};
use crate::domain::award::rounding::Rounding;
use crate::domain::award::straight_line::StraightLine;
use crate::domain::exact::Half;
use crate::domain::pso::{ConsortiumRule, Ladder, Level, LevelDate, LevelMapping, PsoRules};

/// The methods that can be declared, in the order in which they are told.
pub const METHODS: [&str; 18] = [
    "absolute-linear",
    "relative-lowest",
    "linear-on-lowest",
    "lowest-to-highest",
    "logarithmic",
    "level-points",
    "quality-only",
    "relative-quality",
    "lowest-price",
    "lowest-cost",
    "fictitious-discount",
    "award-on-value",
    "quality-mark-up",
    "price-quality-ratio",
    "extended-ratio",
    "price-per-point",
    "utility-index",
    "features",
];

/// The methods that are refused, with the reason.
const REFUSED: [(&str, &str); 3] = [
    (
        "closest-to-average",
        "the optimum lies at the mean of the bids, so no bidder can aim at it (Rb Den Haag; VK Bund 6-11-2023)",
    ),
    (
        "closest-to-median",
        "the optimum lies at the median of the bids, so no bidder can aim at it (Rb Den Haag; VK Bund 6-11-2023)",
    ),
    ("emvi-superformula", "its combination rule is not published, so nobody can check the score"),
];

/// The domain's model, as far as the wire's can be read.
///
/// # Errors
/// Everything that cannot be read, by its place within the model.
pub fn to_model(input: &AwardModelInput, above_threshold: Option<bool>) -> Result<AwardModel, Vec<Finding>> {
    let mut found = Vec::new();
    let pso = input.pso.as_ref().and_then(|rules| pso_rules(rules, &mut found));
    let method = method(&input.method, &mut found);
    let criteria =
        to_criterion::criteria(&input.criteria, "/criteria", 0, pso.as_ref().map(|p| &p.ladder), &mut found);
    let rounding = rounding(input.rounding.as_ref(), &mut found);
    let ties = ties(&input.ties, &mut found);
    let knock_outs = knock_outs(&input.knock_outs, &mut found);
    let abnormally_low = abnormally_low(&input.abnormally_low, &mut found);
    let spread = input.assessment.as_ref().and_then(|assessment| assessment.flag_spread_above);
    if let Some(spread) = spread.filter(|spread| spread.0.is_sign_negative()) {
        let details = [spread.0.to_string(), "0".to_owned(), "…".to_owned()];
        found.push(Finding::new(FindingCode::OutOfRange, "/assessment/flagSpreadAbove", details));
    }
    let Some(method) = method.filter(|_| found.is_empty()) else { return Err(found) };
    Ok(AwardModel {
        method,
        weight_unit: input.weight_unit.map(|unit| match unit {
            WeightUnitInput::Percent => WeightUnit::Percent,
            WeightUnitInput::Points => WeightUnit::Points,
        }),
        criteria,
        knock_outs,
        total_threshold: input.total_threshold.as_ref().map(|threshold| threshold.minimum_points.0),
        rounding,
        drop_out: input.drop_out.map(|rule| match rule {
            DropOutInput::KeepRanking => DropOut::KeepRanking,
            DropOutInput::Recompute => DropOut::Recompute,
        }),
        ties,
        zero_price: match input.zero_price {
            Some(ZeroPriceInput::TakesAll) => ZeroPrice::TakesAll,
            Some(ZeroPriceInput::Refuse) | None => ZeroPrice::Refuse,
        },
        abnormally_low,
        assessment: input.assessment.as_ref().map(|assessment| Assessment {
            combine: match assessment.combine {
                ScoreCombinationInput::Consensus => Combination::Consensus,
                ScoreCombinationInput::Mean => Combination::Mean,
            },
            flag_spread_above: assessment.flag_spread_above.map(|number| number.0),
        }),
        pso,
        motivation: input.motivation.clone().filter(|text| !text.trim().is_empty()),
        above_threshold,
    })
}

fn method(input: &MethodInput, found: &mut Vec<Finding>) -> Option<Method> {
    let code = input.code.as_str();
    if let Some((_, reason)) = REFUSED.iter().find(|(refused, _)| *refused == code) {
        let details = [code.to_owned(), (*reason).to_owned()];
        found.push(Finding::new(FindingCode::RefusedMethod, "/method/code", details));
        return None;
    }
    if !METHODS.contains(&code) {
        let details = [code.chars().take(64).collect(), METHODS.join(", ")];
        found.push(Finding::new(FindingCode::UnknownMethod, "/method/code", details));
        return None;
    }
    let mut parameters = Parameters { code, found };
    parameters.refuse_unused(input);
    match code {
        "absolute-linear" => parameters.corridor(input).map(Method::AbsoluteLinear),
        "linear-on-lowest" => parameters.floor(input).map(Method::LinearOnLowest),
        "level-points" => parameters.floor(input).map(Method::LevelPoints),
        "logarithmic" => parameters.base(input).map(Method::Logarithmic),
        "price-quality-ratio" => parameters.constant(input).map(Method::PriceQualityRatio),
        "extended-ratio" => parameters.corridor_of_ratio(input),
        _ => without_parameters(code),
    }
}

fn without_parameters(code: &str) -> Option<Method> {
    [
        Method::RelativeLowest,
        Method::LowestToHighest,
        Method::QualityOnly,
        Method::RelativeQuality,
        Method::LowestPrice,
        Method::LowestCost,
        Method::FictitiousDiscount,
        Method::AwardOnValue,
        Method::QualityMarkUp,
        Method::PricePerPoint,
        Method::UtilityIndex,
        Method::Features,
    ]
    .into_iter()
    .find(|method| method.code() == code)
}

/// Reads the parameters of one method.
struct Parameters<'a> {
    code: &'a str,
    found: &'a mut Vec<Finding>,
}

impl Parameters<'_> {
    fn refuse_unused(&mut self, input: &MethodInput) {
        for (given, name, methods) in [
            (input.corridor.is_some(), "corridor", &["absolute-linear"][..]),
            (input.floor.is_some(), "floor", &["linear-on-lowest", "level-points"]),
            (input.base.is_some(), "base", &["logarithmic"]),
            (input.constant.is_some(), "constant", &["price-quality-ratio"]),
            (input.corridor_percent.is_some(), "corridorPercent", &["extended-ratio"]),
            (input.decision.is_some(), "decision", &["extended-ratio"]),
        ] {
            if given && !methods.contains(&self.code) {
                self.error(FindingCode::ParameterUnused, name, vec![self.code.to_owned(), name.to_owned()]);
            }
        }
    }

    fn error(&mut self, code: FindingCode, name: &str, details: Vec<String>) {
        self.found.push(Finding { code, place: format!("/method/{name}"), details });
    }

    fn required<T>(&mut self, name: &str, given: Option<T>) -> Option<T> {
        if given.is_none() {
            self.error(FindingCode::ParameterMissing, name, vec![self.code.to_owned(), name.to_owned()]);
        }
        given
    }

    fn corridor(&mut self, input: &MethodInput) -> Option<Corridor> {
        let corridor = self.required("corridor", input.corridor.as_ref())?;
        let (full, zero) = (corridor.full_points_at.0, corridor.zero_points_at.0);
        let line = StraightLine::new(zero, full).filter(|_| full < zero && !full.is_sign_negative());
        if line.is_none() {
            self.error(FindingCode::CorridorEmpty, "corridor", vec![full.to_string(), zero.to_string()]);
        }
        let (below, above) = (to_criterion::outside(corridor.below), to_criterion::outside(corridor.above));
        Some(Corridor { line: line?, below, above })
    }

    fn floor(&mut self, input: &MethodInput) -> Option<Floor> {
        Some(match self.required("floor", input.floor)? {
            FloorInput::Zero => Floor::Zero,
            FloorInput::None => Floor::None,
        })
    }

    fn base(&mut self, input: &MethodInput) -> Option<Decimal> {
        let base = self.required("base", input.base)?.0;
        if base <= Decimal::ONE {
            self.error(FindingCode::BaseTooSmall, "base", vec![base.to_string()]);
            return None;
        }
        Some(base)
    }

    fn constant(&mut self, input: &MethodInput) -> Option<Decimal> {
        let constant = input.constant.map_or(Decimal::ONE, |number| number.0);
        if constant <= Decimal::ZERO {
            self.error(FindingCode::WeightNotPositive, "constant", vec![constant.to_string()]);
            return None;
        }
        Some(constant)
    }

    fn corridor_of_ratio(&mut self, input: &MethodInput) -> Option<Method> {
        let percent = self.required("corridorPercent", input.corridor_percent);
        let decision = self.required("decision", input.decision);
        let (percent, decision) = (percent?.0, decision?);
        if percent <= Decimal::ZERO || percent >= Decimal::ONE_HUNDRED {
            let details = vec![percent.to_string(), "0".to_owned(), "100".to_owned()];
            self.error(FindingCode::OutOfRange, "corridorPercent", details);
            return None;
        }
        Some(Method::ExtendedRatio(
            percent,
            match decision {
                DecisionInput::MostPoints => Decision::MostPoints,
                DecisionInput::LowestPrice => Decision::LowestPrice,
            },
        ))
    }
}

fn rounding(input: Option<&RoundingInput>, found: &mut Vec<Finding>) -> Rounding {
    let Some(input) = input else { return Rounding::None };
    let decimals = match (input.stage, input.decimals) {
        (RoundingStageInput::None, _) => return Rounding::None,
        (_, Some(decimals)) if decimals <= 10 => decimals,
        (_, Some(decimals)) => {
            let details = [decimals.to_string(), "0".to_owned(), "10".to_owned()];
            found.push(Finding::new(FindingCode::OutOfRange, "/rounding/decimals", details));
            return Rounding::None;
        }
        (_, None) => {
            let details = ["rounding".to_owned(), "decimals".to_owned()];
            found.push(Finding::new(FindingCode::ParameterMissing, "/rounding/decimals", details));
            return Rounding::None;
        }
    };
    let half = match input.mode {
        Some(RoundingModeInput::HalfEven) => Half::Even,
        Some(RoundingModeInput::HalfUp) | None => Half::Up,
    };
    match input.stage {
        RoundingStageInput::Criterion => Rounding::Criterion { decimals, half },
        _ => Rounding::Total { decimals, half },
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

fn abnormally_low(input: &[AbnormallyLowInput], found: &mut Vec<Finding>) -> Vec<AbnormallyLowRule> {
    let mut rules = Vec::with_capacity(input.len());
    for (index, rule) in input.iter().enumerate() {
        let others = match rule.compared_with {
            Some(AmountListInput::Initial) => AmountList::Initial,
            Some(AmountListInput::Final) | None => AmountList::Final,
        };
        let (read, field) = match rule.rule {
            AbnormallyLowRuleInput::BelowMeanOfOthers => (
                rule.percent
                    .map(|percent| AbnormallyLowRule::BelowMeanOfOthers { percent: percent.0, others }),
                "percent",
            ),
            AbnormallyLowRuleInput::BelowNext => (
                rule.percent.map(|percent| AbnormallyLowRule::BelowNext { percent: percent.0, others }),
                "percent",
            ),
            AbnormallyLowRuleInput::BelowAmount => {
                (rule.amount.map(|amount| AbnormallyLowRule::BelowAmount(amount.0)), "amount")
            }
        };
        let by_amount = rule.rule == AbnormallyLowRuleInput::BelowAmount;
        for (given, unused) in [
            (rule.amount.is_some() && !by_amount, "amount"),
            (rule.percent.is_some() && by_amount, "percent"),
            (rule.compared_with.is_some() && by_amount, "comparedWith"),
        ] {
            if given {
                let details = ["abnormallyLow".to_owned(), unused.to_owned()];
                let place = format!("/abnormallyLow/{index}/{unused}");
                found.push(Finding::new(FindingCode::ParameterUnused, place, details));
            }
        }
        match read {
            Some(read) => rules.push(read),
            None => {
                let details = ["abnormallyLow".to_owned(), field.to_owned()];
                let place = format!("/abnormallyLow/{index}/{field}");
                found.push(Finding::new(FindingCode::ParameterMissing, place, details));
            }
        }
    }
    rules
}

fn pso_rules(input: &PsoRulesInput, found: &mut Vec<Finding>) -> Option<PsoRules> {
    let ladder = ladder(input, found)?;
    let mut mappings = Vec::with_capacity(input.mappings.len());
    for (index, mapping) in input.mappings.iter().enumerate() {
        let place = format!("/pso/mappings/{index}/toLevel");
        let Some(to) = rank(&ladder, &mapping.to_level, &place, found) else { continue };
        let (from_version, from_level) = (mapping.from_version.clone(), mapping.from_level.clone());
        mappings.push(LevelMapping { from_version, from_level, to });
    }
    Some(PsoRules {
        ladder,
        mappings,
        level_date: input.level_counts_on.map(|date| match date {
            LevelDateInput::Bid => LevelDate::Bid,
            LevelDateInput::Award => LevelDate::Award,
        }),
        consortium: input.consortium_rule.map(|rule| match rule {
            ConsortiumRuleInput::Lead => ConsortiumRule::Lead,
            ConsortiumRuleInput::Lowest => ConsortiumRule::Lowest,
            ConsortiumRuleInput::Weighted => ConsortiumRule::Weighted,
        }),
        equivalence: input.equivalence.clone().filter(|text| !text.trim().is_empty()),
        motivation: input.motivation.clone().filter(|text| !text.trim().is_empty()),
    })
}

fn ladder(input: &PsoRulesInput, found: &mut Vec<Finding>) -> Option<Ladder> {
    match (&input.ladder_version, &input.ladder) {
        (Some(version), None) => {
            let ladder = Ladder::published(version);
            if ladder.is_none() {
                let place = "/pso/ladderVersion";
                found.push(Finding::new(
                    FindingCode::UnknownLadder,
                    place,
                    [version.chars().take(64).collect()],
                ));
            }
            ladder
        }
        (None, Some(own)) => {
            let level = |level: &LadderLevelInput| Level {
                name: level.name.clone().unwrap_or_else(|| level.code.clone()),
                code: level.code.clone(),
            };
            Ladder::new(&own.version, own.levels.iter().map(level).collect())
                .map_err(|error| {
                    found.push(Finding::new(FindingCode::InvalidLadder, "/pso/ladder", [error.to_string()]));
                })
                .ok()
        }
        (None, None) => {
            found.push(Finding::new(FindingCode::PsoRulesMissing, "/pso", []));
            None
        }
        (Some(_), Some(_)) => {
            let details = ["ladderVersion".to_owned(), "ladder".to_owned()];
            found.push(Finding::new(FindingCode::ParameterUnused, "/pso/ladder", details));
            None
        }
    }
}

/// The place of a level on the ladder.
pub(super) fn rank(
    ladder: &Ladder,
    code: &str,
    place: &str,
    found: &mut Vec<Finding>,
) -> Option<crate::domain::pso::LevelRank> {
    let rank = ladder.rank_of(code);
    if rank.is_none() {
        let codes: Vec<&str> = ladder.levels().iter().map(|level| level.code.as_str()).collect();
        let details = [code.chars().take(64).collect(), ladder.version().to_owned(), codes.join(", ")];
        found.push(Finding::new(FindingCode::UnknownLevel, place, details));
    }
    rank
}
