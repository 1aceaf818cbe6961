//! The steps of a bid, in the order in which a reader can do them again.

use super::StepResult;
use super::build::Writer;
use super::without::{Without, told_apart};
use trede_base::exact::Exact;
use trede_rules::award::Outcome;
use trede_rules::award::award_factor::AwardFactor;
use trede_rules::award::layout::Role;
use trede_rules::award::model::{Decision, Method};
use trede_rules::explaining::{Rule, Step, Terms};

impl Writer<'_> {
    pub(super) fn explanation(
        &self,
        bid: usize,
        outcome: &Outcome,
        factor: Option<&AwardFactor>,
    ) -> Vec<StepResult> {
        let language = self.language();
        let mut steps: Vec<StepResult> =
            outcome.steps().iter().map(|placed| StepResult::placed(placed, language)).collect();
        let layout = &self.lot.declared().layout;
        for (index, (leaf, score)) in layout.leaves.iter().zip(outcome.scores()).enumerate() {
            if leaf.role == Role::Discount {
                continue;
            }
            steps.push(StepResult::new(Some(&leaf.id), &score.step, language));
            let bare_price = score.step.rule == Rule::PlainPrice || score.step.rule == Rule::FixedPrice;
            // What is held against the best is rounded after that.
            let of_node = matches!(leaf.role, Role::InNode(_)) && !layout.is_node_by_itself(index);
            if !bare_price && !of_node {
                steps.extend(self.rounded(Some(&leaf.id), &score.step.result, &leaf.full));
            }
        }
        steps.extend(self.sums_of_nodes(outcome));
        for placed in outcome.total_steps(self.lot.declared(), &self.evaluation.field) {
            steps.push(StepResult::placed(&placed, language));
            let name = placed.criterion.as_deref();
            let node = layout.nodes.iter().find(|node| layout.name_of(node) == name);
            if let Some(node) = node
                && matches!(placed.step.rule, Rule::RelativeQuality | Rule::QualityNothing)
            {
                steps.extend(self.rounded(name, &placed.step.result, &node.full));
            }
        }
        let corridor = self.corridor_steps(outcome).into_iter().flatten();
        steps.extend(corridor.map(|step| StepResult::new(None, &step, language)));
        if let Some(factor) = factor {
            let without = self.steps_without(bid, factor, &steps);
            steps.extend(without);
            steps.extend(factor.together.points.as_ref().map(|step| StepResult::new(None, step, language)));
            steps.extend(factor.together.euros.as_ref().map(|step| StepResult::new(None, step, language)));
        }
        steps
    }

    /// How points of a criterion or a group are rounded, at each stage that the model declares.
    fn rounded(&self, criterion: Option<&str>, exact: &Exact, full: &Exact) -> Vec<StepResult> {
        let rounding = self.lot.declared().model.rounding;
        let told = |step: &Step| StepResult::new(criterion, step, self.language());
        let places = |decimals: u32| Exact::from(rust_decimal::Decimal::from(decimals));
        // What has no weight is no share of it: a score that is only asked for a minimum.
        let of_share = rounding.share_rule().filter(|_| !full.is_zero()).map(|(rule, decimals)| Step {
            rule,
            terms: Terms::of([exact.clone(), full.clone(), places(decimals)]),
            result: rounding.of_share(exact, full),
        });
        let before = of_share.as_ref().map_or(exact, |step| &step.result);
        let of_criterion = rounding.criterion_rule().map(|(rule, decimals)| Step {
            rule,
            terms: Terms::of([before.clone(), places(decimals)]),
            result: rounding.of_criterion(exact, full),
        });
        of_share.iter().chain(&of_criterion).map(told).collect()
    }

    /// The points of several criteria that are held against the best together.
    fn sums_of_nodes(&self, outcome: &Outcome) -> Vec<StepResult> {
        let layout = &self.lot.declared().layout;
        let nodes = layout.nodes.iter().zip(&outcome.parts.nodes).enumerate();
        let several = nodes.filter(|(_, (node, _))| node.leaves.len() != 1);
        several
            .map(|(index, (node, sum))| {
                let leaves = layout.leaves.iter().zip(outcome.scores());
                let inside = leaves.filter(|(leaf, _)| leaf.role == Role::InNode(index));
                let terms = Terms::list(inside.map(|(_, score)| score.step.result.clone()).collect());
                let step = Step { rule: Rule::WeightedSum, terms, result: sum.clone() };
                StepResult::new(layout.name_of(node), &step, self.language())
            })
            .collect()
    }

    /// How the total came about that the award factor compares with.
    fn steps_without(&self, bid: usize, factor: &AwardFactor, known: &[StepResult]) -> Vec<StepResult> {
        let Some(without) = Without::of(self.lot, self.evaluation, bid, factor) else { return Vec::new() };
        let Without { lot, evaluation, bid } = &without;
        let writer = Writer { lot, evaluation, place: self.place.clone(), ..*self };
        let outcome = evaluation.outcomes.get(*bid);
        let steps = outcome.map(|outcome| writer.explanation(*bid, outcome, None)).unwrap_or_default();
        told_apart(steps, known, self.language())
    }

    /// Why a bid inside the corridor of the extended ratio is ranked by the second criterion.
    fn corridor_steps(&self, outcome: &Outcome) -> Option<[Step; 2]> {
        let Method::ExtendedRatio(percent, decision) = self.lot.declared().model.method else { return None };
        let from = self.evaluation.ranking.corridor_from.as_ref()?;
        outcome.declared_total.as_ref().filter(|ratio| *ratio >= from)?;
        let kept = Exact::HUNDRED.minus(&Exact::from(percent)).over(&Exact::HUNDRED)?;
        let terms = Terms::of([from.over(&kept)?.simplified(), Exact::from(percent)]);
        let (rule, value) = match decision {
            Decision::MostPoints => (Rule::DecidingPoints, outcome.quality.clone()),
            Decision::LowestPrice => (Rule::DecidingPrice, outcome.parts.prices.first()?.clone()),
        };
        Some([
            Step { rule: Rule::InsideCorridor, terms, result: from.simplified() },
            Step { rule, terms: Terms::of([value.clone()]), result: value },
        ])
    }
}
