//! What is held against the other bids: quality against the best, numbers and prices against the lowest or highest.

use trede_rules::award::Outcome;
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::Role;
use trede_rules::award::price_formula::Corridor;
use trede_rules::award::straight_line::Outside;

use super::engine;
use super::formula::{Formula, Place, Sign, call, either};
use super::function::Function;
use super::model_sheet::OfLeaf;
use super::number_formula::number_score;
use super::price_formula::PriceAgainst;
use super::rounds::Round;
use super::scores::{Scores, decimals_for};
use super::table::row;

impl Scores<'_> {
    /// What is held against the best bid.
    pub fn nodes(&mut self, compared: Place, is_last: bool, round: &mut Round, parts: &mut Vec<Place>) {
        let declared = self.lot.declared();
        for (index, node) in declared.layout.nodes.iter().enumerate() {
            let leaves = declared.layout.leaves.iter().enumerate().zip(&self.own);
            let inside = leaves.filter(|((_, leaf), _)| leaf.role == Role::InNode(index));
            let points: Vec<Place> = inside.filter_map(|(_, own)| own.points).collect();
            let name = declared.layout.name_of(node).unwrap_or_default();
            let name = self.title_of(name);
            let alone = Some(node.leaves.start).filter(|leaf| declared.layout.is_node_by_itself(*leaf));
            let full = match alone {
                Some(leaf) => self.model.leaves.get(leaf).and_then(|of| of.full),
                None => {
                    let groups = declared.layout.groups.iter().zip(&self.model.groups);
                    let mut groups =
                        groups.filter(|(group, _)| group.leaves == node.leaves && group.full == node.full);
                    groups
                        .next()
                        .map(|(_, (full, _))| *full)
                        .or(self.model.weights.map(|(quality, _)| quality))
                }
            };
            let head = format!("{name}: {}", self.words.of("in de vergelijking", "in the comparison"));
            let best = self.ends(&head, compared, |scores, bid| scores.sum(&points, bid)).highest;
            let score = |scores: &Self, bid| {
                let nothing = Formula::from(best).pair(Sign::Equal, 0.0.into());
                let share = Formula::from(full?) * scores.sum(&points, bid) / best.into();
                Some(either(nothing, 0.0.into(), share))
            };
            let head =
                format!("{name}: {}", self.words.of("ten opzichte van de beste", "relative to the best"));
            let field = &self.evaluation.field;
            let exact = |outcome: &Outcome| outcome.node_step(declared, index, field).map(|step| step.result);
            let column = self.relative(&head, compared, is_last, score, exact);
            let column = self.rounded_column(&name, column, full, Some(compared), |_| None);
            parts.push(column);
            if let Some(kept) = alone.and_then(|leaf| round.declared.get_mut(leaf)) {
                *kept = Some(column);
            }
        }
    }

    fn title_of(&self, id: &str) -> String {
        let layout = &self.lot.declared().layout;
        let group = layout.groups.iter().find(|group| group.id == id).map(|group| group.name().to_owned());
        let name = group.or_else(|| layout.leaf(id).map(|leaf| leaf.name().to_owned()));
        name.unwrap_or_else(|| self.words.of("Kwaliteit", "Quality").to_owned())
    }

    /// Numbers that are held against those of the other bids.
    pub fn numbers(&mut self, compared: Place, is_last: bool, round: &mut Round, parts: &mut Vec<Place>) {
        let declared = self.lot.declared();
        for index in &declared.layout.numbers {
            let (Some(leaf), Some(own)) = (declared.layout.leaves.get(*index), self.own.get(*index).copied())
            else {
                continue;
            };
            let (Some(raw), Some(full)) = (own.raw, self.model.leaves.get(*index).and_then(|of| of.full))
            else {
                continue;
            };
            let head =
                format!("{}: {}", leaf.name(), self.words.of("in de vergelijking", "in the comparison"));
            let ends = self.ends(&head, compared, |_, bid| row(raw, bid).into());
            let uses_mean = matches!(&leaf.content, Content::Numeric(scoring) if scoring.uses_mean());
            let mean = uses_mean.then(|| self.mean(ends));
            let score = |_: &Self, bid| number_score(leaf, full, row(raw, bid), ends, mean);
            let head = format!("{}: {}", leaf.name(), self.words.of("score", "score"));
            let exact = |outcome: &Outcome| engine::points(outcome, *index);
            let column = self.relative(&head, compared, is_last, score, exact);
            let column = self.rounded_column(leaf.name(), column, Some(full), Some(compared), |_| None);
            parts.push(column);
            if let Some(kept) = round.declared.get_mut(*index) {
                *kept = Some(column);
            }
        }
    }

    /// What the prices earn by the formula of the method.
    pub fn price_points(&mut self, compared: Place, is_last: bool, round: &mut Round) -> Vec<Place> {
        let declared = self.lot.declared();
        let method = &declared.model.method;
        let mut columns = Vec::new();
        if !method.allows_several_prices() {
            return columns;
        }
        let leaves = declared.layout.prices.iter().zip(self.prices.clone());
        for (index, price) in leaves {
            let Some(leaf) = declared.layout.leaves.get(*index) else { continue };
            let full = self.model.leaves.get(*index).and_then(|of| of.full);
            let of = self.model.leaves.get(*index).cloned().unwrap_or_default();
            let ends = method.is_relative().then(|| {
                let head =
                    format!("{}: {}", leaf.name(), self.words.of("in de vergelijking", "in the comparison"));
                self.ends(&head, compared, |_, bid| row(price, bid).into())
            });
            let mean = ends.filter(|_| method.uses_mean()).map(|ends| self.mean(ends));
            let score = |scores: &Self, bid| {
                let price = row(price, bid);
                let Some(ends) = ends else { return in_corridor(leaf.content.corridor()?, &of, price) };
                let highest = scores.book.number_at(ends.highest).unwrap_or_default();
                let (model, full, decimals) = (scores.model, full?, decimals_for(highest));
                PriceAgainst { method, model, full, ends, mean, decimals }.score(price)
            };
            let head = format!("{}: {}", leaf.name(), self.words.of("score", "score"));
            let exact = |outcome: &Outcome| engine::points(outcome, *index);
            let column = self.relative(&head, compared, is_last, score, exact);
            let column = self.rounded_column(leaf.name(), column, full, Some(compared), |_| None);
            columns.push(column);
            if let Some(kept) = round.declared.get_mut(*index) {
                *kept = Some(column);
            }
        }
        columns
    }
}

/// What a price earns on the line between two prices that were fixed beforehand.
fn in_corridor(corridor: &Corridor, of: &OfLeaf, price: Place) -> Option<Formula> {
    let (top, zero) = (Formula::from(of.top?), of.zero.map_or(Formula::Number(0.0), Formula::from));
    let share = (Formula::from(price) - zero.clone()) / (top - zero);
    let share = match corridor.below {
        Outside::Clip => call(Function::Min, [share, 1.0.into()]),
        Outside::Extrapolate | Outside::Reject => share,
    };
    let share = match corridor.above {
        Outside::Clip => call(Function::Max, [share, 0.0.into()]),
        Outside::Extrapolate | Outside::Reject => share,
    };
    Some(Formula::from(of.full?) * share)
}
