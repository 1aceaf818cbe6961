//! What a bid earns by its own answers, before it is held against the others.

use trede_rules::award::Outcome;
use trede_rules::award::commitment::OfferScoring;
use trede_rules::award::criterion::Content;
use trede_rules::award::layout::{Leaf, Role};
use trede_rules::award::numeric::NumericScoring;
use trede_rules::award::pso_level::LevelMeasure;
use trede_rules::award::straight_line::Outside;

use super::bids_sheet::Given;
use super::book::Look;
use super::engine;
use super::formula::{Formula, Place, Range, Sign, call, either};
use super::function::Function;
use super::model_sheet::OfLeaf;
use super::scores::Scores;
use super::table::row;

/// The columns of a criterion.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct OwnColumns {
    /// The answer that is scored.
    pub raw: Option<Place>,
    /// The weighted score, exact.
    pub points: Option<Place>,
    /// The weighted score as it counts.
    pub declared: Option<Place>,
}

impl Scores<'_> {
    /// Writes what each criterion earns by itself, and what the prices become by a discount.
    pub fn own_columns(&mut self) {
        let layout = &self.lot.declared().layout;
        for (index, leaf) in layout.leaves.iter().enumerate() {
            let mut columns = OwnColumns { raw: self.raw(index, leaf), ..OwnColumns::default() };
            if matches!(leaf.role, Role::Quality | Role::InNode(_)) {
                let points = self.points(index, leaf, &columns);
                columns.points = Some(points);
                let what = self.rounded_head(leaf.name());
                let declared = |outcome: &Outcome| {
                    engine::declared(outcome, index).filter(|_| leaf.role == Role::Quality)
                };
                columns.declared = Some(self.rounded_column(&what, points, None, declared));
            }
            self.own.push(columns);
        }
        self.prices = layout
            .prices
            .iter()
            .filter_map(|price| self.own.get(*price).and_then(|columns| columns.raw))
            .collect();
        self.discounts();
    }

    /// The answer that is scored: as it was given, what a level earns by its table, or a cost over the years.
    fn raw(&mut self, index: usize, leaf: &Leaf) -> Option<Place> {
        let of = self.model.leaves.get(index).cloned().unwrap_or_default();
        if let Content::PsoLevel(_) = &leaf.content {
            let head = format!("{}: {}", leaf.name(), self.words.of("volgens de tabel", "by the table"));
            let formulas = (0..self.bids()).map(|bid| self.level(&of, bid)).collect();
            return Some(self.checked_column(&head, formulas, |outcome| engine::raw(outcome, index)));
        }
        match self.given.answers.get(index).copied() {
            Some(Given::One(column)) => Some(column),
            Some(Given::Costs { purchase, first, last, residual }) => {
                let head = format!("{}: {}", leaf.name(), self.words.of("contante waarde", "present value"));
                let costs = |bid| (row(purchase, bid), row(first, bid), row(last, bid), row(residual, bid));
                let formulas = (0..self.bids()).map(|bid| present_value(&of, costs(bid))).collect();
                Some(self.checked_column(&head, formulas, |outcome| engine::raw(outcome, index)))
            }
            _ => None,
        }
    }

    /// What a level earns; in a consortium the shares count.
    fn level(&self, of: &OfLeaf, bid: usize) -> Option<Formula> {
        let rows = of.rows?;
        let value = |level: Place| {
            let found = call(Function::Match, [level.into(), rows.labels.into(), 0.0.into()]);
            call(Function::Index, [rows.values.into(), found])
        };
        let members = self.given.members.iter().map(|(level, share)| (row(*level, bid), row(*share, bid)));
        let members: Vec<(Place, Place)> =
            members.filter(|(_, share)| self.book.number_at(*share).is_some()).collect();
        if let [(level, share)] = members.as_slice()
            && self.book.number_at(*share) == Some(100.0)
        {
            return Some(value(*level));
        }
        let parts = members.into_iter().map(|(level, share)| value(level) * share.into());
        Some(parts.reduce(|sum, part| sum + part)? / 100.0.into())
    }

    fn points(&mut self, index: usize, leaf: &Leaf, columns: &OwnColumns) -> Place {
        let of = self.model.leaves.get(index).cloned().unwrap_or_default();
        let raw = columns.raw;
        let formulas =
            (0..self.bids()).map(|bid| raw.and_then(|raw| earned(leaf, &of, row(raw, bid)))).collect();
        let head = format!("{}: {}", leaf.name(), self.words.of("score", "score"));
        let by_itself = self.lot.declared().layout.is_node_by_itself(index);
        let exact = |outcome: &Outcome| match leaf.role {
            Role::InNode(node) if by_itself => outcome.parts.nodes.get(node).cloned(),
            _ => engine::points(outcome, index),
        };
        self.checked_column(&head, formulas, exact)
    }

    /// Each level that lowers the price, after one another.
    fn discounts(&mut self) {
        let layout = &self.lot.declared().layout;
        let leaves: Vec<(usize, &Leaf)> =
            layout.leaves.iter().enumerate().filter(|(_, leaf)| leaf.role == Role::Discount).collect();
        for (place, (index, leaf)) in leaves.iter().enumerate() {
            let Content::PsoLevel(table) = &leaf.content else { continue };
            let Some(value) = self.own.get(*index).and_then(|columns| columns.raw) else { continue };
            let is_last = place + 1 == leaves.len();
            for price in 0..self.prices.len() {
                let Some(before) = self.prices.get(price).copied() else { continue };
                let less = |bid| {
                    let (before, value) = (Formula::from(row(before, bid)), Formula::from(row(value, bid)));
                    match table.measure {
                        LevelMeasure::DiscountAmount => before - value,
                        _ => before * (Formula::Number(1.0) - value / 100.0.into()),
                    }
                };
                let head = format!("{} {}", self.words.of("Prijs na", "Price after"), leaf.name());
                let formulas = (0..self.bids()).map(|bid| Some(less(bid))).collect();
                let exact = |outcome: &Outcome| outcome.parts.prices.get(price).filter(|_| is_last).cloned();
                let after = self.checked_column(&head, formulas, exact);
                if let Some(kept) = self.prices.get_mut(price) {
                    *kept = after;
                }
            }
        }
    }

    /// The head of a rounded score.
    pub fn rounded_head(&self, name: &str) -> String {
        format!("{name}: {}", self.words.of("afgerond", "rounded"))
    }

    /// The sum of some cells of a bid.
    pub fn sum(&self, columns: &[Place], bid: usize) -> Formula {
        let parts = columns.iter().map(|column| Formula::from(row(*column, bid)));
        parts.reduce(|sum, part| sum + part).unwrap_or(Formula::Number(0.0))
    }

    /// A column of switches and helps that is not checked against the engine.
    pub fn plain_column(&mut self, head: &str, formulas: Vec<Formula>) -> Place {
        let column = self.table.add(self.book, head);
        for (bid, formula) in formulas.into_iter().enumerate() {
            self.book.formula(row(column, bid), formula, Look::Number);
        }
        column
    }
}

/// What an answer earns of its criterion; none for a kind that this workbook has no formula for.
fn earned(leaf: &Leaf, of: &OfLeaf, raw: Place) -> Option<Formula> {
    let raw = Formula::from(raw);
    let Some(full) = of.full.map(Formula::from) else {
        return match &leaf.content {
            Content::PsoLevel(table) if table.measure == LevelMeasure::Points => Some(raw),
            _ => Some(Formula::Number(0.0)),
        };
    };
    match &leaf.content {
        Content::AssessedQuality(_) => on_line(of, full, raw),
        Content::PsoLevel(table) => match table.measure {
            LevelMeasure::Points => Some(raw),
            LevelMeasure::Score(_) => on_line(of, full, raw),
            _ => None,
        },
        Content::Commitment(terms) => {
            let counted = call(Function::Min, [raw, of.offer?.1.into()]);
            match (&terms.scoring, of.rows) {
                (OfferScoring::Steps(_), Some(rows)) => {
                    Some(by_step(full, counted, rows.labels, rows.values))
                }
                _ => {
                    let least = of.zero.map_or(Formula::Number(0.0), Formula::from);
                    on_line(of, full, call(Function::Max, [counted, least]))
                }
            }
        }
        Content::Numeric(NumericScoring::Between { outside, .. }) => {
            let zero = || of.zero.map_or(Formula::Number(0.0), Formula::from);
            let top = || of.top.map(Formula::from);
            if *outside == Outside::Clip {
                let lower = call(Function::Min, [zero(), top()?]);
                let upper = call(Function::Max, [zero(), top()?]);
                let counted = call(Function::Max, [lower, call(Function::Min, [upper, raw])]);
                return on_line(of, full, counted);
            }
            on_line(of, full, raw)
        }
        Content::Numeric(NumericScoring::Steps(_)) => {
            let rows = of.rows?;
            Some(by_step(full, raw, rows.labels, rows.values))
        }
        _ => None,
    }
}

/// W × (x − zero) / (full − zero).
fn on_line(of: &OfLeaf, full: Formula, x: Formula) -> Option<Formula> {
    let top = Formula::from(of.top?);
    Some(match of.zero {
        Some(zero) => full * (x - zero.into()) / (top - zero.into()),
        None => full * x / top,
    })
}

/// W × the percentage of the highest step that is reached.
fn by_step(full: Formula, reached: Formula, steps: Range, percents: Range) -> Formula {
    let below_all = reached.clone().pair(Sign::Below, steps.first.into());
    let found = call(Function::Lookup, [reached, steps.into(), percents.into()]);
    full * either(below_all, 0.0.into(), found) / 100.0.into()
}

/// P0 + Σ C / (1 + r)^t − residual / (1 + r)^n.
fn present_value(
    of: &OfLeaf,
    (purchase, first, last, residual): (Place, Place, Place, Place),
) -> Option<Formula> {
    let factor = Formula::Number(1.0) + Formula::from(of.rate?) / 100.0.into();
    let mut cost = Formula::from(purchase);
    let mut year = 1.0;
    for column in first.column..=last.column {
        let of_year = Formula::from(Place { column, ..first });
        cost = cost + of_year / factor.clone().pair(Sign::Power, year.into());
        year += 1.0;
    }
    Some(cost - Formula::from(residual) / factor.pair(Sign::Power, (year - 1.0).into()))
}
