//! What became of a bid: its scores, held against the field, and what they add up to.

use super::admission::Exclusion;
use super::check::DeclaredModel;
use super::counted_price::counts_as_bid;
use super::field::Field;
use super::layout::Role;
use super::model::{DropOut, Method};
use super::scoring::{CriterionScore, Parts, PlacedStep};
use super::together::{Entrant, Verdict};
use super::total::{feature_coefficient, method_total, price_points};
use super::worked::{Worked, node_step};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::Exact;

/// What became of a bid.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Its scores, when somebody reads them.
    pub(super) worked: Worked,
    /// What it brought into the comparison.
    pub parts: Parts,
    /// The points or value besides the price, as they count.
    pub quality: Exact,
    /// The total before rounding; none when it was not compared.
    pub exact_total: Option<Exact>,
    /// The total as it counts.
    pub declared_total: Option<Exact>,
    /// Why it is not ranked; empty when it is.
    pub exclusions: Vec<Exclusion>,
    /// Whether its scores still count for the others although it dropped out after the ranking.
    pub keeps_its_marks: bool,
}

impl Outcome {
    /// Whether the bid is ranked.
    #[must_use]
    pub fn is_ranked(&self) -> bool {
        self.exclusions.is_empty()
    }

    /// The scores, one for each criterion; worked out when they are first read.
    #[must_use]
    pub fn scores(&self) -> &[CriterionScore] {
        self.worked.scores()
    }

    /// The steps beside the scores: discounts, life-cycle costs, means of assessors.
    #[must_use]
    pub fn steps(&self) -> &[PlacedStep] {
        self.worked.steps()
    }

    /// The price before discount, when the model has one price, or adds several up.
    #[must_use]
    pub fn real_price(&self, declared: &DeclaredModel) -> Option<Exact> {
        let bid = |leaf: &usize| self.worked.price_as_bid(*leaf);
        match declared.layout.prices.as_slice() {
            [_] if counts_as_bid(&declared.model, &declared.layout) => self.parts.prices.first().cloned(),
            [leaf] => bid(leaf),
            [] => None,
            several if declared.model.method.sums_prices() => {
                let prices: Vec<Exact> = several.iter().filter_map(bid).collect();
                Some(Exact::sum(&prices))
            }
            _ => None,
        }
    }

    /// The sum of the prices before discount.
    #[must_use]
    pub fn asked(&self, declared: &DeclaredModel) -> Exact {
        self.real_price(declared).unwrap_or_else(|| {
            let prices = declared.layout.prices.iter().filter_map(|leaf| self.worked.price_as_bid(*leaf));
            Exact::sum(&prices.collect::<Vec<Exact>>())
        })
    }

    /// Whether relative scores are held against this bid.
    #[must_use]
    pub fn is_in_field(&self) -> bool {
        self.is_ranked() || self.keeps_its_marks
    }
}

impl Outcome {
    /// Takes part in the evaluation with this verdict, which was given in this round.
    pub(super) fn judged(&mut self, declared: &DeclaredModel, round: usize, verdict: Verdict) {
        self.worked.in_round(round);
        let recompute = declared.model.drop_out == Some(DropOut::Recompute);
        let counted = match verdict {
            Verdict::NoPoints => {
                self.exclusions.push(Exclusion::NoPoints);
                self.keeps_its_marks = !recompute;
                return;
            }
            Verdict::BelowMinimum(counted) => {
                let minimum = Exact::from(declared.model.total_threshold.unwrap_or_default());
                let total = counted.declared.clone();
                self.exclusions.push(Exclusion::TotalBelowMinimum { total, minimum });
                self.keeps_its_marks = !recompute;
                counted
            }
            Verdict::In(counted) => counted,
        };
        self.quality = counted.quality;
        self.exact_total = Some(counted.exact);
        self.declared_total = Some(counted.declared);
    }

    /// Whether it takes part by its own answers, whatever the others do.
    #[must_use]
    pub fn is_admitted(&self) -> bool {
        self.exclusions.iter().all(Exclusion::by_the_set)
    }

    /// The bid as it goes into a set with others; none when its own answers keep it out of every set.
    #[must_use]
    pub fn entrant(&self, bid: usize) -> Option<Entrant<'_>> {
        let can_rank = self.is_admitted();
        (can_rank || self.keeps_its_marks).then_some(Entrant { bid, parts: &self.parts, can_rank })
    }

    /// The scores held against another field.
    #[must_use]
    pub fn scores_against(&self, field: &Field) -> Vec<CriterionScore> {
        self.worked.scores_against(field)
    }

    /// How what is held against the best comes out for this bid.
    #[must_use]
    pub fn node_step(&self, declared: &DeclaredModel, node: usize, field: &Field) -> Option<Step> {
        node_step(declared, &self.parts, node, field)
    }

    /// The steps from the scores to the total, made when somebody reads them.
    #[must_use]
    pub fn total_steps(&self, declared: &DeclaredModel, field: &Field) -> Vec<PlacedStep> {
        let layout = &declared.layout;
        let mut steps = Vec::new();
        for (index, node) in layout.nodes.iter().enumerate().filter(|(_, node)| node.leaves.len() != 1) {
            let criterion = layout.name_of(node).map(str::to_owned);
            steps.extend(self.node_step(declared, index, field).map(|step| PlacedStep { criterion, step }));
        }
        let mut add = |rule, terms, result| {
            steps.push(PlacedStep { criterion: None, step: Step { rule, terms, result } });
        };
        let points = price_points(declared, &self.parts, field);
        let total = method_total(declared, &self.parts, &self.quality, &points, field);
        let mut quality = self.quality_components(declared, field);
        if total.rule == Rule::WeightedSum {
            quality.extend(self.price_components(declared));
            add(Rule::WeightedSum, Terms::list(quality), total.result);
        } else {
            if !quality.is_empty() {
                let in_euros = declared.model.method.values_in_euros();
                let rule = if in_euros { Rule::ValueSum } else { Rule::WeightedSum };
                add(rule, Terms::list(quality), self.quality.clone());
            }
            if declared.model.method == Method::UtilityIndex {
                let (whole, price) = (&layout.quality_weight, &layout.price_weight);
                for points in [&field.best_quality, &self.quality] {
                    let share = points.over(whole).unwrap_or_default().simplified();
                    add(Rule::QualityShare, Terms::of([points.clone(), whole.clone()]), share);
                }
                let ratio = whole.over(price).unwrap_or_default().simplified();
                add(Rule::WeightRatio, Terms::of([whole.clone(), price.clone()]), ratio);
            }
            if declared.model.method == Method::Features {
                let most = &layout.quality_weight;
                let terms = Terms::of([self.quality.clone(), most.clone()]);
                add(Rule::FeatureCoefficient, terms, feature_coefficient(&self.quality, most));
            }
            add(total.rule, total.terms, total.result);
        }
        if let (Some((rule, decimals)), Some(exact), Some(rounded)) =
            (declared.model.rounding.total_rule(), &self.exact_total, &self.declared_total)
        {
            let decimals = Exact::from(rust_decimal::Decimal::from(decimals));
            add(rule, Terms::of([exact.clone(), decimals]), rounded.clone());
        }
        steps
    }

    /// What adds up to the points or value besides the price, as it counts.
    fn quality_components(&self, declared: &DeclaredModel, field: &Field) -> Vec<Exact> {
        let leaves = declared.layout.leaves.iter().zip(self.scores());
        let own = leaves.filter(|(leaf, _)| matches!(leaf.role, Role::Quality | Role::RelativeNumber(_)));
        let own = own.map(|(_, score)| score.declared.clone());
        let nodes = (0..declared.layout.nodes.len()).filter_map(|node| self.node_step(declared, node, field));
        let fulls = declared.layout.nodes.iter().map(|node| &node.full);
        let nodes =
            nodes.zip(fulls).map(|(step, full)| declared.model.rounding.of_criterion(&step.result, full));
        own.chain(nodes).collect()
    }

    fn price_components(&self, declared: &DeclaredModel) -> Vec<Exact> {
        let prices = declared.layout.prices.iter().filter_map(|leaf| self.scores().get(*leaf));
        prices.map(|score| score.declared.clone()).collect()
    }
}
