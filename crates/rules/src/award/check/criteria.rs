//! The shape of the tree, and whether its criteria fit the method.

use std::collections::HashSet;

use rust_decimal::Decimal;

use crate::award::commitment::OfferScoring;
use crate::award::criterion::{Content, Criterion, Threshold};
use crate::award::layout::{Layout, Role};
use crate::award::model::{AwardModel, Method, Shape};
use crate::award::numeric::NumericScoring;
use crate::award::price_sheet::SheetLine;
use crate::award::quality::Scale;
use crate::explaining::finding::{Finding, FindingCode};

use super::{discounts, life_cycle};

pub(super) fn check(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    if model.criteria.is_empty() {
        found.push(Finding::new(FindingCode::NoCriteria, "/criteria", []));
    }
    let mut seen = HashSet::new();
    visit(&model.criteria, "/criteria", &mut |criterion, place| {
        if !seen.insert(criterion.id.clone()) {
            let details = [criterion.id.clone()];
            found.push(Finding::new(FindingCode::DuplicateId, format!("{place}/id"), details));
        }
        content(criterion, place, model, found);
        discounts::check(criterion, place, found);
        if let Content::Price { sheet: Some(sheet), .. } = &criterion.content {
            for (index, line) in sheet.lines.iter().enumerate() {
                sheet_line(line, &format!("{place}/sheet/lines/{index}"), &mut seen, found);
            }
        }
        threshold(criterion, place, found);
    });
    method_fits(model, layout, found);
}

/// A line of a price sheet has an identifier that nothing else has, and a quantity.
fn sheet_line(line: &SheetLine, place: &str, seen: &mut HashSet<String>, found: &mut Vec<Finding>) {
    if !seen.insert(line.id.clone()) {
        found.push(Finding::new(FindingCode::DuplicateId, format!("{place}/id"), [line.id.clone()]));
    }
    if line.quantity <= Decimal::ZERO {
        let details = [line.quantity.to_string()];
        found.push(Finding::new(FindingCode::WeightNotPositive, format!("{place}/quantity"), details));
    }
}

/// Calls `see` with each criterion and its JSON pointer, parents first.
pub(super) fn visit(criteria: &[Criterion], place: &str, see: &mut impl FnMut(&Criterion, &str)) {
    for (index, criterion) in criteria.iter().enumerate() {
        let place = format!("{place}/{index}");
        see(criterion, &place);
        if let Content::Group(children) = &criterion.content {
            visit(children, &format!("{place}/criteria"), see);
        }
    }
}

fn content(criterion: &Criterion, place: &str, model: &AwardModel, found: &mut Vec<Finding>) {
    let mut error = |code, below: &str, details: Vec<String>| {
        found.push(Finding { code, place: format!("{place}{below}"), details });
    };
    match &criterion.content {
        Content::Group(children) if children.is_empty() => {
            error(FindingCode::EmptyGroup, "/criteria", vec![criterion.id.clone()]);
        }
        Content::AssessedQuality(scale) => {
            for (code, below, details) in scale_errors(scale) {
                error(code, &below, details);
            }
        }
        Content::LifeCycleCost { terms, .. } => {
            for (code, below, details) in life_cycle::errors(terms) {
                error(code, &below, details);
            }
        }
        Content::Commitment(terms) => {
            if terms.minimum.is_sign_negative() || terms.minimum >= terms.maximum {
                let details = vec![terms.minimum.to_string(), terms.maximum.to_string()];
                error(FindingCode::BoundsEmpty, "/commitment/minimum", details);
            }
            match &terms.scoring {
                OfferScoring::Line(_) => {}
                OfferScoring::Steps(steps) => {
                    let percent = Some(Decimal::ONE_HUNDRED);
                    steps_errors(&steps.0, percent, true, "/commitment/steps", &mut error);
                }
                OfferScoring::Points(table) => {
                    steps_errors(&table.0, criterion.full(), true, "/commitment/steps", &mut error);
                }
            }
        }
        Content::Numeric(NumericScoring::Steps(steps)) => {
            steps_errors(&steps.0, Some(Decimal::ONE_HUNDRED), false, "/numeric/steps", &mut error);
        }
        Content::Numeric(NumericScoring::Points(table)) => {
            steps_errors(&table.0, criterion.full(), false, "/numeric/steps", &mut error);
        }
        Content::Numeric(NumericScoring::Interpolated { table, .. }) => {
            steps_errors(&table.0, criterion.full(), false, "/numeric/steps", &mut error);
            if table.0.len() < 2 {
                error(FindingCode::StepsUnordered, "/numeric/steps", vec!["-".to_owned()]);
            }
        }
        _ => {}
    }
    let shape = model.method.shape();
    let ratio = matches!(shape, Shape::Ratio | Shape::CorridorOfRatios);
    // Above full points these formulas turn round: a mark-up below zero makes a dearer price win.
    let bounded = ratio || matches!(shape, Shape::MarkUp | Shape::Index);
    // A discount that goes on beyond its full score could take the whole price.
    let bounded = bounded || criterion.relative_to_best || criterion.discount.is_some();
    if bounded && extrapolates(&criterion.content) {
        let details = vec![criterion.id.clone(), model.method.code().to_owned()];
        error(FindingCode::ExtrapolationUnusable, "/numeric/outside", details);
    }
    if (ratio || criterion.relative_to_best) && can_score_below_zero(&criterion.content) {
        let details = vec![criterion.id.clone(), model.method.code().to_owned()];
        error(FindingCode::NegativeScale, "", details);
    }
}

fn scale_errors(scale: &Scale) -> Vec<(FindingCode, String, Vec<String>)> {
    let mut errors = Vec::new();
    if scale.highest <= scale.lowest || scale.line().is_none() || scale.highest <= Decimal::ZERO {
        let details = vec![scale.lowest.to_string(), scale.highest.to_string()];
        errors.push((FindingCode::ScaleEmpty, "/scale".to_owned(), details));
    }
    if let Some(step) = scale.step.filter(|step| *step <= Decimal::ZERO) {
        errors.push((FindingCode::WeightNotPositive, "/scale/step".to_owned(), vec![step.to_string()]));
    }
    for (index, (mark, score)) in scale.marks.iter().enumerate() {
        let place = format!("/scale/marks/{index}");
        if *score < scale.lowest || *score > scale.highest {
            errors.push((FindingCode::MarkOutsideScale, place.clone(), vec![mark.clone()]));
        }
        if scale.marks.iter().take(index).any(|(other, _)| other == mark) {
            errors.push((FindingCode::DuplicateId, place, vec![mark.clone()]));
        }
    }
    errors
}

/// A table rises from row to row, and no row earns less than nothing or more than everything.
fn steps_errors(
    steps: &[(Decimal, Decimal)],
    most: Option<Decimal>,
    must_rise: bool,
    place: &str,
    error: &mut impl FnMut(FindingCode, &str, Vec<String>),
) {
    if steps.is_empty() {
        error(FindingCode::StepsUnordered, place, vec!["-".to_owned()]);
    }
    for (index, (from, earned)) in steps.iter().enumerate() {
        let place = format!("{place}/{index}");
        let before = index.checked_sub(1).and_then(|before| steps.get(before));
        if before.is_some_and(|(before, _)| before >= from) {
            error(FindingCode::StepsUnordered, &place, vec![from.to_string()]);
        }
        if must_rise && before.is_some_and(|(_, before)| before > earned) {
            error(FindingCode::StepsFall, &place, vec![from.to_string()]);
        }
        if earned.is_sign_negative() || most.is_some_and(|most| *earned > most) {
            let most = most.map_or_else(|| "…".to_owned(), |most| most.normalize().to_string());
            let details = vec![earned.to_string(), "0".into(), most];
            error(FindingCode::OutOfRange, &place, details);
        }
    }
}

fn can_score_below_zero(content: &Content) -> bool {
    match content {
        Content::AssessedQuality(scale) => {
            scale.line().is_some_and(|line| line.share(&scale.lowest.into()).is_negative())
        }
        Content::PsoLevel(table) => {
            table.values.iter().any(|value| value.is_sign_negative() && !value.is_zero())
        }
        _ => false,
    }
}

fn extrapolates(content: &Content) -> bool {
    matches!(content, Content::Numeric(scoring) if scoring.can_exceed())
}

fn threshold(criterion: &Criterion, place: &str, found: &mut Vec<Finding>) {
    if criterion.threshold.is_empty() {
        return;
    }
    let Threshold { minimum_score, maximum_score, .. } = &criterion.threshold;
    let by_score = minimum_score.is_some() || maximum_score.is_some();
    let scored = matches!(criterion.content, Content::AssessedQuality(_) | Content::Numeric(_));
    let relative = matches!(&criterion.content, Content::Numeric(scoring) if scoring.is_relative());
    let usable = match &criterion.content {
        Content::Group(children) => !by_score && !depends_on_others(children),
        Content::Price { .. } | Content::LifeCycleCost { .. } | Content::FixedPrice(_) => false,
        // Points that depend on the other bids cannot decide which bids there are.
        _ => {
            let by_points =
                criterion.threshold.minimum_points.is_some() || criterion.threshold.minimum_percent.is_some();
            let discount = criterion.is_discount();
            !((discount && (by_points || !scored)) || (by_score && !scored) || (relative && by_points))
        }
    };
    if let Content::AssessedQuality(scale) = &criterion.content {
        let off_scale = |bound: &Decimal| *bound < scale.lowest || *bound > scale.highest;
        if let Some(bound) = [*minimum_score, *maximum_score].into_iter().flatten().find(off_scale) {
            let details = [bound.to_string(), scale.lowest.to_string(), scale.highest.to_string()];
            found.push(Finding::new(FindingCode::OutOfRange, format!("{place}/threshold"), details));
        }
    }
    if let Some(percent) =
        criterion.threshold.minimum_percent.filter(|percent| *percent > Decimal::ONE_HUNDRED)
    {
        let details = [percent.to_string(), "0".to_owned(), "100".to_owned()];
        found.push(Finding::new(
            FindingCode::OutOfRange,
            format!("{place}/threshold/minimumPercent"),
            details,
        ));
    }
    if !usable {
        let details = [criterion.id.clone()];
        found.push(Finding::new(FindingCode::ThresholdUnusable, format!("{place}/threshold"), details));
    }
}

/// Whether the points of a group hang on a price or on the other bids: such points cannot decide which bids
/// take part.
fn depends_on_others(children: &[Criterion]) -> bool {
    let mut depends = false;
    visit(children, "", &mut |criterion, _| {
        let relative = matches!(&criterion.content, Content::Numeric(scoring) if scoring.is_relative());
        depends |= relative || criterion.content.is_price() || criterion.is_discount();
    });
    depends
}

fn method_fits(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    let code = model.method.code().to_owned();
    let leaves =
        |wanted: &dyn Fn(&Content) -> bool| layout.leaves.iter().filter(|leaf| wanted(&leaf.content)).count();
    let prices = leaves(&Content::is_price);
    let discounts = layout.leaves.iter().filter(|leaf| leaf.role == Role::Discount).count();
    let fixed = leaves(&|content| matches!(content, Content::FixedPrice(_)));
    let quality = layout.leaves.len() - prices - discounts - fixed;
    let mut error = |code, details: Vec<String>| {
        found.push(Finding { code, place: "/criteria".into(), details });
    };
    if model.method.uses_price() && prices == 0 && !model.criteria.is_empty() {
        error(FindingCode::PriceMissing, vec![code.clone()]);
    }
    if !model.method.uses_price() && prices > 0 {
        error(FindingCode::PriceUnused, vec![code.clone()]);
    }
    let in_euros = discounts::in_euros(layout);
    if prices > 1 && !model.method.sums_prices() && (!model.method.allows_several_prices() || in_euros) {
        error(FindingCode::SeveralPrices, vec![code.clone(), prices.to_string()]);
    }
    if discounts > 0 && prices == 0 {
        error(FindingCode::PriceMissing, vec!["fictitious-discount".to_owned()]);
    }
    if model.method == Method::FictitiousDiscount && discounts == 0 {
        error(FindingCode::DiscountMissing, vec![]);
    }
    let needs_quality =
        !model.method.weighs_price() && (model.method.weighs_quality() || model.method.values_in_euros());
    let needs_quality = needs_quality || matches!(model.method.shape(), Shape::MarkUp | Shape::Index);
    if needs_quality && quality == 0 && !model.criteria.is_empty() {
        error(FindingCode::QualityMissing, vec![code.clone()]);
    }
    for leaf in &layout.leaves {
        let content = &leaf.content;
        let plain_price = model.method.shape() == Shape::PlainPrice;
        let is_quality =
            !content.is_price() && leaf.role != Role::Discount && !matches!(content, Content::FixedPrice(_));
        // A minimum on an assessed criterion decides who takes part, and asks for no points.
        let only_asked =
            matches!(content, Content::AssessedQuality(_)) && leaf.threshold.minimum_score.is_some();
        if plain_price && is_quality && !only_asked {
            found.push(Finding::new(FindingCode::QualityUnused, leaf.place.clone(), [code.clone()]));
        }
    }
    relative_groups(model, found);
}

/// Only absolute quality can be held against the best bid, and only once.
fn relative_groups(model: &AwardModel, found: &mut Vec<Finding>) {
    visit(&model.criteria, "/criteria", &mut |criterion, place| {
        let relative_number =
            matches!(&criterion.content, Content::Numeric(scoring) if scoring.is_relative());
        // The best quality of the utility index, and everything in relative quality, is relative already.
        let relative_already = matches!(model.method, Method::RelativeQuality | Method::UtilityIndex);
        if !(criterion.relative_to_best || (relative_already && relative_number)) {
            return;
        }
        let mut misplaced = relative_already;
        let itself = std::slice::from_ref(criterion);
        visit(itself, "", &mut |inner, _| {
            let relative_number =
                matches!(&inner.content, Content::Numeric(scoring) if scoring.is_relative());
            misplaced |= inner.content.is_price() || inner.is_discount() || relative_number;
            misplaced |= inner.relative_to_best && inner.id != criterion.id;
        });
        if misplaced {
            let place = format!("{place}/relativeToBest");
            found.push(Finding::new(FindingCode::PriceInRelativeGroup, place, [criterion.id.clone()]));
        }
    });
}
