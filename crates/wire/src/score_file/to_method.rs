//! From the award method on the wire to the domain's, with its parameters.

use rust_decimal::Decimal;

use super::model::{AtMostInput, CorridorInput, DecisionInput, FloorInput, MeanFormulaInput, MethodInput};
use super::to_criterion;
use trede_rules::award::base_price::{DiscountOnBase, TwoSlopes};
use trede_rules::award::criterion::{Content, Criterion};
use trede_rules::award::model::{Decision, Method};
use trede_rules::award::price_formula::{Corridor, Floor};
use trede_rules::award::relative_mean::MeanFormula;
use trede_rules::award::straight_line::StraightLine;
use trede_rules::explaining::finding::{Finding, FindingCode};

/// The methods that can be declared, in the order in which they are told.
pub const METHODS: [&str; 21] = [
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
    "discount-on-base",
    "two-slopes",
    "relative-to-mean",
];

/// The methods that are refused, with the reason in English and in Dutch.
const REFUSED: [(&str, &str, &str); 3] = [
    (
        "closest-to-average",
        "the optimum lies at the mean of the bids, so no bidder can aim at it (Rb Den Haag; VK Bund 6-11-2023)",
        "het optimum ligt bij het gemiddelde van de inschrijvingen, zodat niemand erop kan mikken (Rb Den Haag; VK Bund 6-11-2023)",
    ),
    (
        "closest-to-median",
        "the optimum lies at the median of the bids, so no bidder can aim at it (Rb Den Haag; VK Bund 6-11-2023)",
        "het optimum ligt bij de mediaan van de inschrijvingen, zodat niemand erop kan mikken (Rb Den Haag; VK Bund 6-11-2023)",
    ),
    (
        "emvi-superformula",
        "its combination rule is not published, so nobody can check the score",
        "de combinatieregel is niet gepubliceerd, zodat niemand de score kan controleren",
    ),
];

/// The declared method; what is wrong with it is added to `found`.
pub(super) fn method(input: &MethodInput, found: &mut Vec<Finding>) -> Option<Method> {
    let code = input.code.as_str();
    if let Some((_, english, dutch)) = REFUSED.iter().find(|(refused, ..)| *refused == code) {
        let details = [code, english, dutch].map(str::to_owned);
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
        "linear-on-lowest" => parameters.floor(input).map(Method::LinearOnLowest),
        "level-points" => parameters.floor(input).map(Method::LevelPoints),
        "logarithmic" => parameters.base(input).map(Method::Logarithmic),
        "price-quality-ratio" => parameters.constant(input).map(Method::PriceQualityRatio),
        "extended-ratio" => parameters.corridor_of_ratio(input),
        "discount-on-base" => parameters.discount_on_base(input),
        "two-slopes" => parameters.two_slopes(input),
        "relative-to-mean" => parameters.mean_formula(input),
        _ => without_parameters(code),
    }
}

fn without_parameters(code: &str) -> Option<Method> {
    [
        Method::AbsoluteLinear,
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

/// The corridor declared at a place; none when it is empty.
pub(super) fn corridor(input: &CorridorInput, place: &str, found: &mut Vec<Finding>) -> Option<Corridor> {
    let (full, zero) = (input.full_points_at.0, input.zero_points_at.0);
    let line = StraightLine::new(zero, full).filter(|_| full < zero && !full.is_sign_negative());
    if line.is_none() {
        let details = [full.to_string(), zero.to_string()];
        found.push(Finding::new(FindingCode::CorridorEmpty, place, details));
    }
    let (below, above) = (to_criterion::outside(input.below), to_criterion::outside(input.above));
    Some(Corridor { line: line?, below, above, place: place.to_owned() })
}

/// Gives a price its corridor: the only price that of the method, several prices each its own. One corridor for
/// several prices would measure a unit price by the bounds of a total.
pub(super) fn place_corridors(input: &MethodInput, criteria: &mut [Criterion], found: &mut Vec<Finding>) {
    if input.code != "absolute-linear" {
        return;
    }
    let mut prices = Vec::new();
    prices_of(criteria, "/criteria", &mut prices);
    if let (Some(own), [(_, content)]) = (&input.corridor, prices.as_mut_slice())
        && content.is_none()
    {
        **content = corridor(own, "/method/corridor", found);
        return;
    }
    if input.corridor.is_some() && !prices.is_empty() {
        let details = [prices.len().to_string()];
        found.push(Finding::new(FindingCode::CorridorEach, "/method/corridor", details));
        return;
    }
    let several = prices.len() > 1;
    for (place, _) in prices.iter().filter(|(_, content)| content.is_none()) {
        let (place, owner) = if several {
            (format!("{place}/corridor"), "price")
        } else {
            ("/method/corridor".to_owned(), "absolute-linear")
        };
        let details = [owner.to_owned(), "corridor".to_owned()];
        found.push(Finding::new(FindingCode::ParameterMissing, place, details));
    }
}

fn prices_of<'a>(
    criteria: &'a mut [Criterion],
    place: &str,
    prices: &mut Vec<(String, &'a mut Option<Corridor>)>,
) {
    for (index, criterion) in criteria.iter_mut().enumerate() {
        let place = format!("{place}/{index}");
        match &mut criterion.content {
            Content::Group(children) => prices_of(children, &format!("{place}/criteria"), prices),
            Content::Price { corridor, .. } | Content::LifeCycleCost { corridor, .. } => {
                prices.push((place, corridor));
            }
            _ => {}
        }
    }
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
            (
                input.floor.is_some(),
                "floor",
                &["linear-on-lowest", "level-points", "discount-on-base", "relative-to-mean"],
            ),
            (input.base_price.is_some(), "basePrice", &["discount-on-base", "two-slopes"]),
            (input.significant_percent.is_some(), "significantPercent", &["discount-on-base"]),
            (input.mean_percent.is_some(), "meanPercent", &["two-slopes"]),
            (input.formula.is_some(), "formula", &["relative-to-mean"]),
            (input.at_most.is_some(), "atMost", &["relative-to-mean"]),
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

    /// A number above `lowest` and up to a hundred; the lowest itself only where it may be.
    fn percent(&mut self, name: &str, percent: Decimal, zero_may_be: bool) -> Option<Decimal> {
        let from = if zero_may_be { percent >= Decimal::ZERO } else { percent > Decimal::ZERO };
        if !from || percent >= Decimal::ONE_HUNDRED {
            let details = vec![percent.to_string(), "0".to_owned(), "100".to_owned()];
            self.error(FindingCode::OutOfRange, name, details);
            return None;
        }
        Some(percent)
    }

    fn base_price(&mut self, input: &MethodInput) -> Option<Decimal> {
        let base = self.required("basePrice", input.base_price)?.0;
        if base <= Decimal::ZERO {
            self.error(FindingCode::WeightNotPositive, "basePrice", vec![base.to_string()]);
            return None;
        }
        Some(base)
    }

    fn discount_on_base(&mut self, input: &MethodInput) -> Option<Method> {
        let (base, floor) = (self.base_price(input), self.floor(input));
        let significant = input.significant_percent.map(|percent| percent.0).unwrap_or_default();
        let significant_percent = self.percent("significantPercent", significant, true)?;
        Some(Method::DiscountOnBase(DiscountOnBase { base: base?, significant_percent, floor: floor? }))
    }

    fn two_slopes(&mut self, input: &MethodInput) -> Option<Method> {
        let base = self.base_price(input);
        let at_mean = self.required("meanPercent", input.mean_percent)?;
        let at_mean_percent = self.percent("meanPercent", at_mean.0, false)?;
        Some(Method::TwoSlopes(TwoSlopes { base: base?, at_mean_percent }))
    }

    fn mean_formula(&mut self, input: &MethodInput) -> Option<Method> {
        let (formula, at_most) =
            (self.required("formula", input.formula), self.required("atMost", input.at_most));
        let capped = at_most? == AtMostInput::Full;
        Some(Method::RelativeToMean(match formula? {
            MeanFormulaInput::Linear => MeanFormula::Linear { floor: self.floor(input)?, capped },
            MeanFormulaInput::Ratio => {
                if input.floor.is_some() {
                    let details = vec!["ratio".to_owned(), "floor".to_owned()];
                    self.error(FindingCode::ParameterUnused, "floor", details);
                }
                MeanFormula::Ratio { capped }
            }
        }))
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
