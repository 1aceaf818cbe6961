//! Workers, purchases, PSO 30+, alternatives, the chain and steps on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{LevelResult, QuantityResult, level};
use crate::score_result::{StepResult, TermResult};
use trede_base::exact::Exact;
use trede_rules::explaining::Language;
use trede_rules::pso::NormTable;
use trede_rules::pso::contribution::{
    AlternativeEffect, Contribution, CountedPurchase, CountedWorker, LeftOut, Measure, NotCounted,
    SecondLink, Step, ThirtyPlus,
};

/// A worker as counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CountedWorkerResult {
    /// The pseudonym.
    pub reference: String,
    /// Months of the reference year that count.
    pub months: String,
    /// Fte over those months, without weights.
    pub fte: QuantityResult,
    /// Weighted fte; left out when a weight is missing, and then nothing counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighted_fte: Option<QuantityResult>,
}

/// A purchase as counted.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct CountedPurchaseResult {
    /// The order.
    pub order: String,
    /// The supplier.
    pub supplier: String,
    /// Value in euros.
    pub value: String,
    /// Fte of the target group that it buys; left out when it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchased_fte: Option<QuantityResult>,
    /// Why it does not count.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOutCode>,
}

/// Why a purchase does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LeftOutCode {
    /// The order stands at workers too and counts there: one order counts once.
    AlreadyDirect,
    /// The supplier is neither PSO-certified nor a social workplace.
    DoesNotQualify,
    /// Turnover, fte or direct share of the supplier is not given.
    DataMissing,
}

/// PSO 30+ (Abw): at least 30 percent of the workers are people of the target group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThirtyPlusResult {
    /// Share of the workers that counts, in percent.
    pub share: QuantityResult,
    /// Whether that is at least 30 percent.
    pub enough: bool,
    /// Whether the contribution also reaches the highest level of the norms: only on top of that one is 30+ read.
    pub on_highest_level: bool,
    /// Code of the level with the mark, such as `trede-3-30+`, where both hold and the ladder has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub level: Option<String>,
    /// People that do not count, by reason.
    pub left_out: Vec<NotCountedResult>,
}

/// People that do not count for PSO 30+.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct NotCountedResult {
    /// Why.
    pub reason: NotCountedCode,
    /// How many.
    pub people: usize,
}

/// Why somebody does not count for PSO 30+.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum NotCountedCode {
    /// BBL/BOL 1 or 2, VSO or PrO on a placement.
    Placement,
    /// Whether the position counts is not published.
    Unpublished,
    /// Not on the own payroll, nor on a long-lasting secondment that the policy counts.
    NotOnPayroll,
    /// No hours or months of the reference year count.
    NoMonth,
}

/// What becomes of the contribution when an order goes to another supplier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct AlternativeResult {
    /// The order.
    pub order: String,
    /// The supplier that has it now.
    pub from: String,
    /// The other supplier.
    pub to: String,
    /// Why the order does not count there, if it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOutCode>,
    /// Purchased fte of all orders then.
    pub purchased_fte: QuantityResult,
    /// Total contribution then, in percent.
    pub total: QuantityResult,
    /// By how many percent points the total is higher then; negative when it is lower.
    pub difference: QuantityResult,
    /// The level then.
    pub level: LevelResult,
}

/// The chain (keten) two links deep.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ChainResult {
    /// Fte bought from suppliers: this counts in the own contribution.
    pub first_link_fte: QuantityResult,
    /// Fte that suppliers bought for the own orders: this is told and does not count.
    pub second_link_fte: QuantityResult,
    /// The orders of the second link.
    pub second_links: Vec<SecondLinkResult>,
}

/// An order between suppliers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SecondLinkResult {
    /// The order.
    pub order: String,
    /// The supplier that buys.
    pub buyer: String,
    /// The supplier behind it.
    pub supplier: String,
    /// Fte of the target group that the order buys for the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchased_fte: Option<QuantityResult>,
    /// The part of those fte that works for the own orders.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub our_fte: Option<QuantityResult>,
    /// Why it does not count for the buyer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOutCode>,
}

/// One step of the calculation: a rule, its formula, the numbers in it and what comes out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct ContributionStepResult {
    /// The worker, order, level or supplier that the step is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Code of the rule, such as `direct-contribution`.
    pub rule: String,
    /// What the rule is, in words.
    pub name: String,
    /// The formula with its symbols.
    pub formula: String,
    /// The numbers in it, in the order of the formula; a sum has terms without symbols.
    pub terms: Vec<TermResult>,
    /// The formula with the numbers filled in.
    pub calculation: String,
    /// What comes out; where it has no finite decimal, to 28 significant digits.
    pub result: String,
    /// The result as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
    /// Where the rule was published.
    pub source: String,
}

impl From<LeftOut> for LeftOutCode {
    fn from(reason: LeftOut) -> Self {
        match reason {
            LeftOut::AlreadyDirect => LeftOutCode::AlreadyDirect,
            LeftOut::DoesNotQualify => LeftOutCode::DoesNotQualify,
            LeftOut::DataMissing => LeftOutCode::DataMissing,
        }
    }
}

pub(super) fn worker(worker: &CountedWorker) -> CountedWorkerResult {
    CountedWorkerResult {
        reference: worker.reference.clone(),
        months: worker.months.normalize().to_string(),
        fte: QuantityResult::of(&worker.fte),
        weighted_fte: worker.weighted.as_ref().map(|step| QuantityResult::of(&step.result)),
    }
}

pub(super) fn purchase(purchase: &CountedPurchase) -> CountedPurchaseResult {
    CountedPurchaseResult {
        order: purchase.order.clone(),
        supplier: purchase.supplier.clone(),
        value: format!("{:.2}", purchase.value.euros()),
        purchased_fte: quantity(&purchase.fte),
        left_out: reason(&purchase.fte),
    }
}

fn quantity(fte: &Result<Step, LeftOut>) -> Option<QuantityResult> {
    fte.as_ref().ok().map(|step| QuantityResult::of(&step.result))
}

fn reason(fte: &Result<Step, LeftOut>) -> Option<LeftOutCode> {
    fte.as_ref().err().map(|reason| (*reason).into())
}

pub(super) fn thirty_plus(thirty_plus: &ThirtyPlus, table: &NormTable) -> ThirtyPlusResult {
    let highest = table.levels().last().map_or(0, |level| level.0);
    let marked = table.ladder().levels().get(highest).map(|level| level.code.clone());
    let left_out = thirty_plus.left_out.iter().map(|(reason, people)| NotCountedResult {
        reason: match reason {
            NotCounted::Placement => NotCountedCode::Placement,
            NotCounted::Unpublished => NotCountedCode::Unpublished,
            NotCounted::NotOnPayroll => NotCountedCode::NotOnPayroll,
            NotCounted::NoMonth => NotCountedCode::NoMonth,
        },
        people: *people,
    });
    ThirtyPlusResult {
        share: QuantityResult::of(&thirty_plus.share.result),
        enough: thirty_plus.enough,
        on_highest_level: thirty_plus.on_highest_level,
        level: marked.filter(|_| thirty_plus.enough && thirty_plus.on_highest_level),
        left_out: left_out.collect(),
    }
}

pub(super) fn alternative(effect: &AlternativeEffect, now: &Measure, table: &NormTable) -> AlternativeResult {
    let total = &effect.measure.total.result;
    AlternativeResult {
        order: effect.order.clone(),
        from: effect.from.clone(),
        to: effect.to.clone(),
        left_out: reason(&effect.fte),
        purchased_fte: QuantityResult::of(&effect.purchased),
        total: QuantityResult::of(total),
        difference: QuantityResult::of(&total.minus(&now.total.result)),
        level: level::level(&effect.measure, table),
    }
}

pub(super) fn chain(contribution: &Contribution) -> Option<ChainResult> {
    let links = &contribution.second_links;
    let ours: Vec<Exact> = links.iter().filter_map(|link| Some(link.ours.as_ref()?.result.clone())).collect();
    (!links.is_empty()).then(|| ChainResult {
        first_link_fte: QuantityResult::of(&contribution.purchasing.fte.result),
        second_link_fte: QuantityResult::of(&Exact::sum(&ours)),
        second_links: links.iter().map(second_link).collect(),
    })
}

fn second_link(link: &SecondLink) -> SecondLinkResult {
    SecondLinkResult {
        order: link.order.clone(),
        buyer: link.buyer.clone(),
        supplier: link.supplier.clone(),
        purchased_fte: quantity(&link.fte),
        our_fte: link.ours.as_ref().map(|step| QuantityResult::of(&step.result)),
        left_out: reason(&link.fte),
    }
}

pub(super) fn step(about: Option<String>, step: &Step, language: Language) -> ContributionStepResult {
    let StepResult { rule, name, formula, terms, calculation, result, fraction, source, .. } =
        StepResult::new(None, step, language);
    ContributionStepResult { about, rule, name, formula, terms, calculation, result, fraction, source }
}
