//! Which bids meet what is asked: a column of 1 and 0 for each requirement, and one for all of them.

use trede_base::exact::Exact;
use trede_rules::award::Outcome;
use trede_rules::award::admission::Exclusion;
use trede_rules::award::commitment::AboveMaximum;
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Leaf;
use trede_rules::award::model::{Bound, DropOut};
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::straight_line::{Outside, StraightLine};

use super::formula::{Formula, Place, Range, Sign, call, either};
use super::function::Function;
use super::model_sheet::{Bounds, OfLeaf, Rows};
use super::scores::Scores;
use super::table::row;

/// Whether a bid takes part by what it answered, whatever the others answered.
pub(super) fn is_admitted(outcome: &Outcome) -> bool {
    let by_others = |reason: &Exclusion| reason.by_the_set() || matches!(reason, Exclusion::DroppedOut(_));
    outcome.exclusions.iter().all(by_others)
}

/// Whether a bid stands in the first comparison.
pub(super) fn is_compared(outcome: &Outcome) -> bool {
    let dropped = outcome.exclusions.iter().any(|reason| matches!(reason, Exclusion::DroppedOut(_)));
    is_admitted(outcome) && (!dropped || outcome.keeps_its_marks)
}

impl Scores<'_> {
    /// Writes what is asked and who meets it; the column of those that are compared.
    pub fn admission(&mut self) -> Place {
        let mut columns = Vec::new();
        self.knock_outs(&mut columns);
        for guard in &self.lot.declared().layout.guards {
            if let Some(leaf) = self.lot.declared().layout.leaves.get(*guard) {
                self.guard(*guard, leaf, &mut columns);
            }
        }
        let groups = self.lot.declared().layout.groups.iter().zip(&self.model.groups);
        for (group, (full, bounds)) in groups {
            if group.threshold.is_empty() {
                continue;
            }
            let leaves = self.own.get(group.leaves.clone()).unwrap_or_default();
            let declared: Vec<Place> = leaves.iter().filter_map(|columns| columns.declared).collect();
            let points: Vec<Formula> = (0..self.bids()).map(|bid| self.sum(&declared, bid)).collect();
            self.threshold(bounds, group.name(), None, &points, Some(*full), &mut columns);
        }
        let all = self.all_met(&columns);
        let dropped = self.given.dropped;
        let keeps = self.lot.declared().model.drop_out != Some(DropOut::Recompute);
        let compared = |bid: usize| {
            let all = Formula::from(row(all, bid));
            let Some(dropped) = dropped.map(|dropped| Formula::from(row(dropped, bid))) else { return all };
            let stays = if keeps {
                let early = dropped.pair(Sign::Equal, 1.0.into());
                either(early, 0.0.into(), 1.0.into())
            } else {
                either(dropped.pair(Sign::Equal, 0.0.into()), 1.0.into(), 0.0.into())
            };
            all * stays
        };
        let formulas = (0..self.bids()).map(|bid| Some(compared(bid))).collect();
        let head = self.words.of("Doet mee in de vergelijking (1 = ja)", "Is compared (1 = yes)");
        self.checked_column(head, formulas, |outcome| Some(switch(is_compared(outcome))))
    }

    fn all_met(&mut self, columns: &[Place]) -> Place {
        let met = |bid: usize| match (columns.first(), columns.last()) {
            (Some(first), Some(last)) => {
                let range = Range { first: row(*first, bid), last: row(*last, bid) };
                call(Function::Min, [range.into()])
            }
            _ => Formula::Number(1.0),
        };
        let formulas = (0..self.bids()).map(|bid| Some(met(bid))).collect();
        let head = self.words.of("Voldoet aan alle eisen (1 = ja)", "Meets all requirements (1 = yes)");
        self.checked_column(head, formulas, |outcome| Some(switch(is_admitted(outcome))))
    }

    fn knock_outs(&mut self, columns: &mut Vec<Place>) {
        let knock_outs = &self.lot.declared().model.knock_outs;
        for (index, knock_out) in knock_outs.iter().enumerate() {
            let Some(fact) = self.given.facts.get(index).copied() else { continue };
            let bound = self.model.knock_outs.get(index).copied().flatten();
            let sign = match knock_out.bound {
                Bound::Minimum(_) => Sign::AtLeast,
                Bound::Maximum(_) => Sign::AtMost,
                Bound::Met => Sign::Equal,
            };
            let bound = || bound.map_or(Formula::Number(1.0), Formula::from);
            let conditions = |bid| Formula::from(row(fact, bid)).pair(sign, bound());
            let name = knock_out.title.as_deref().unwrap_or(&knock_out.id).to_owned();
            let formulas = (0..self.bids()).map(conditions).collect();
            self.requirement(&name, formulas, columns);
        }
    }

    /// What can exclude a bid on one criterion.
    fn guard(&mut self, index: usize, leaf: &Leaf, columns: &mut Vec<Place>) {
        let of = self.model.leaves.get(index).cloned().unwrap_or_default();
        let own = self.own.get(index).copied().unwrap_or_default();
        let Some(raw) = own.raw else { return };
        let raws = || (0..self.bids()).map(|bid| Formula::from(row(raw, bid)));
        let mut found: Vec<Vec<Formula>> = Vec::new();
        match &leaf.content {
            Content::Commitment(terms) => {
                if let Some((least, most)) = of.offer {
                    found.push(raws().map(|raw| raw.pair(Sign::AtLeast, least.into())).collect());
                    if terms.above_maximum == AboveMaximum::Refuse {
                        found.push(raws().map(|raw| raw.pair(Sign::AtMost, most.into())).collect());
                    }
                }
            }
            Content::Numeric(NumericScoring::Between { line, outside: Outside::Reject }) => {
                found.extend(self.bounds(raw, &of, line, true, true));
            }
            Content::Numeric(NumericScoring::Interpolated { outside: Outside::Reject, .. }) => {
                if let Some(Rows { labels, .. }) = of.rows {
                    found.push(raws().map(|raw| raw.pair(Sign::AtLeast, labels.first.into())).collect());
                    found.push(raws().map(|raw| raw.pair(Sign::AtMost, labels.last.into())).collect());
                }
            }
            content => {
                if let Some(corridor) = content.corridor() {
                    let (full, zero) = (corridor.below == Outside::Reject, corridor.above == Outside::Reject);
                    found.extend(self.bounds(raw, &of, &corridor.line, full, zero));
                }
                if let Some(ceiling) = of.ceiling {
                    found.push(raws().map(|raw| raw.pair(Sign::AtMost, ceiling.into())).collect());
                }
            }
        }
        for formulas in found {
            self.requirement(leaf.name(), formulas, columns);
        }
        if !leaf.threshold.is_empty() {
            let points =
                own.declared.map(|declared| (0..self.bids()).map(move |bid| row(declared, bid).into()));
            let points: Vec<Formula> = points.into_iter().flatten().collect();
            self.threshold(&of.bounds, leaf.name(), Some(raw), &points, of.full, columns);
        }
    }

    /// That an answer does not lie beyond the end that earns everything, or beyond the one that earns nothing.
    fn bounds(
        &self,
        raw: Place,
        of: &OfLeaf,
        line: &StraightLine,
        at_full: bool,
        at_zero: bool,
    ) -> Vec<Vec<Formula>> {
        let rises = line.full() > line.zero();
        let zero = of.zero.map_or(Formula::Number(0.0), Formula::from);
        let ends = [(of.top.map(Formula::from), at_full, rises), (Some(zero), at_zero, !rises)];
        let asked = ends.into_iter().filter(|(_, is_asked, _)| *is_asked);
        asked
            .filter_map(|(end, _, is_upper)| {
                let (end, sign) = (end?, if is_upper { Sign::AtMost } else { Sign::AtLeast });
                Some(
                    (0..self.bids())
                        .map(|bid| Formula::from(row(raw, bid)).pair(sign, end.clone()))
                        .collect(),
                )
            })
            .collect()
    }

    fn threshold(
        &mut self,
        bounds: &Bounds,
        name: &str,
        raw: Option<Place>,
        points: &[Formula],
        full: Option<Place>,
        columns: &mut Vec<Place>,
    ) {
        let raws = || -> Vec<Formula> {
            let cells = raw.map(|raw| (0..self.bids()).map(move |bid| Formula::from(row(raw, bid))));
            cells.map(Iterator::collect).unwrap_or_default()
        };
        let percent = |points: &Formula| full.map(|full| points.clone() * 100.0.into() / full.into());
        let percents: Vec<Formula> = points.iter().filter_map(percent).collect();
        let [least, most, least_points, least_percent] = *bounds;
        let asked = [
            (least, Sign::AtLeast, raws()),
            (most, Sign::AtMost, raws()),
            (least_points, Sign::AtLeast, points.to_vec()),
            (least_percent, Sign::AtLeast, percents),
        ];
        for (bound, sign, reached) in asked {
            let Some(bound) = bound else { continue };
            let reached = self.settled(reached);
            let formulas = reached.into_iter().map(|reached| reached.pair(sign, bound.into())).collect();
            self.requirement(name, formulas, columns);
        }
    }

    fn requirement(&mut self, name: &str, conditions: Vec<Formula>, columns: &mut Vec<Place>) {
        let head = format!("{name}: {}", self.words.of("voldoet (1 = ja)", "is met (1 = yes)"));
        let formulas =
            conditions.into_iter().map(|condition| either(condition, 1.0.into(), 0.0.into())).collect();
        let column = self.plain_column(&head, formulas);
        columns.push(column);
    }
}

/// 1 for yes and 0 for no.
pub(super) fn switch(holds: bool) -> Exact {
    if holds { Exact::ONE } else { Exact::ZERO }
}
