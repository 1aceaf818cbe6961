//! A model is checked before it is used: errors make it unusable, warnings tell its known defects.

mod criteria;
mod defects;
mod discounts;
mod life_cycle;
mod low_bids;
mod pso;
mod weights;

use super::layout::Layout;
use super::model::{AwardModel, Best, Bound, Method, TieStep, ZeroPrice};
use crate::explaining::finding::{Finding, FindingCode, Severity};

/// A model that was checked and can score bids.
#[derive(Clone, Debug)]
pub struct DeclaredModel {
    /// The model.
    pub model: AwardModel,
    /// Its criteria, laid out.
    pub layout: Layout,
    /// What its makers and readers must know.
    pub warnings: Vec<Finding>,
}

impl DeclaredModel {
    /// Checks a model.
    ///
    /// # Errors
    /// All findings, the errors first, when at least one of them is an error.
    pub fn check(model: AwardModel) -> Result<Self, Vec<Finding>> {
        let layout = Layout::of(&model);
        let findings = findings(&model, &layout);
        if findings.iter().any(|finding| finding.code.severity() == Severity::Error) {
            return Err(findings);
        }
        Ok(DeclaredModel { layout, model, warnings: findings })
    }
}

/// Everything that is found in a model: errors first, each in the order of the model.
fn findings(model: &AwardModel, layout: &Layout) -> Vec<Finding> {
    let mut found = Vec::new();
    criteria::check(model, layout, &mut found);
    weights::check(model, layout, &mut found);
    pso::check(model, &mut found);
    choices(model, layout, &mut found);
    defects::warn(model, layout, &mut found);
    found.sort_by_key(|finding| finding.code.severity());
    found
}

fn choices(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    if is_relative(model, layout) && model.drop_out.is_none() {
        found.push(Finding::new(FindingCode::DropOutUndeclared, "/dropOut", []));
    }
    if model.zero_price == ZeroPrice::TakesAll
        && model.method.divides_by_price()
        && !model.method.allows_several_prices()
    {
        let code = model.method.code().to_owned();
        found.push(Finding::new(FindingCode::ZeroPriceRatio, "/zeroPrice", [code]));
    }
    if model.total_threshold.is_some() && model.method.best() == Best::Lowest {
        found.push(Finding::new(
            FindingCode::ThresholdUnusable,
            "/totalThreshold",
            ["totalThreshold".to_owned()],
        ));
    }
    ties(model, layout, found);
    winners(model, found);
    knock_outs(model, layout, found);
    low_bids::check(model, found);
    if model.abnormally_low.is_empty() && model.method.uses_price() {
        found.push(Finding::new(FindingCode::AbnormallyLowUndeclared, "/abnormallyLow", []));
    }
}

fn ties(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    if model.ties.is_empty() {
        found.push(Finding::new(FindingCode::TiesUndeclared, "/ties", []));
    }
    for (index, step) in model.ties.iter().enumerate() {
        match step {
            TieStep::Criterion(id) if layout.range_of(id).is_none() => {
                let known: Vec<&str> = layout.leaves.iter().map(|leaf| leaf.id.as_str()).collect();
                let details = [id.clone(), known.join(", ")];
                let place = format!("/ties/{index}/criterion");
                found.push(Finding::new(FindingCode::UnknownCriterion, place, details));
            }
            TieStep::Lot if index + 1 < model.ties.len() => {
                found.push(Finding::new(FindingCode::LotNotLast, format!("/ties/{index}"), []));
            }
            _ => {}
        }
    }
}

/// Dir. 2014/24 art. 33(4): with several operators the documents of the framework agreement say how orders go to them.
fn winners(model: &AwardModel, found: &mut Vec<Finding>) {
    let Some(winners) = model.winners else { return };
    if winners.maximum == 0 {
        let details = ["0".to_owned(), "1".to_owned(), "…".to_owned()];
        found.push(Finding::new(FindingCode::OutOfRange, "/winners/maximum", details));
    }
    let Some(framework) = winners.framework else { return };
    let place = "/winners/frameworkAgreement/callOff";
    match (framework.call_off, winners.maximum) {
        (None, 2..) => {
            found.push(Finding::new(FindingCode::CallOffUndeclared, place, [winners.maximum.to_string()]));
        }
        (Some(_), 1) => found.push(Finding::new(FindingCode::CallOffAmongOne, place, [])),
        _ => {}
    }
}

fn knock_outs(model: &AwardModel, layout: &Layout, found: &mut Vec<Finding>) {
    for (index, knock_out) in model.knock_outs.iter().enumerate() {
        let earlier = model.knock_outs.iter().take(index).any(|other| other.id == knock_out.id);
        // A knock-out may share the fact of a numeric criterion, but only if that is a number.
        let clash = layout.leaf(&knock_out.id).is_some() && knock_out.bound == Bound::Met;
        if earlier || clash {
            let place = format!("/knockOuts/{index}/id");
            found.push(Finding::new(FindingCode::DuplicateId, place, [knock_out.id.clone()]));
        }
    }
}

/// Whether a score depends on the other bids: by the method, or by a criterion of its own.
#[must_use]
pub fn is_relative(model: &AwardModel, layout: &Layout) -> bool {
    model.method.is_relative()
        || !layout.nodes.is_empty()
        || !layout.numbers.is_empty()
        || model.method == Method::RelativeQuality
}
