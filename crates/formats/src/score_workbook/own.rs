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
use super::formula::{Formula, Place, call};
use super::function::Function;
use super::model_sheet::{OfLeaf, Rows};
use super::number_formula::by_row;
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
            let takes_off = leaf.role == Role::Discount && leaf.discount.is_some();
            if takes_off || matches!(leaf.role, Role::Quality | Role::InNode(_)) {
                columns.points = Some(self.points(index, leaf, &columns));
            }
            if let Some(points) = columns.points.filter(|_| !takes_off) {
                let declared = |outcome: &Outcome| {
                    engine::declared(outcome, index).filter(|_| leaf.role == Role::Quality)
                };
                let full = self.model.leaves.get(index).and_then(|of| of.full);
                columns.declared = Some(self.rounded_column(leaf.name(), points, full, None, declared));
            }
            self.own.push(columns);
        }
        self.counted_prices();
    }

    /// The answer that is scored: as it was given, what a level earns by its table, or a cost over the years.
    fn raw(&mut self, index: usize, leaf: &Leaf) -> Option<Place> {
        let of = self.model.leaves.get(index).cloned().unwrap_or_default();
        if let Content::PsoLevel(_) = &leaf.content {
            let head = format!("{}: {}", leaf.name(), self.words.of("volgens de tabel", "by the table"));
            let formulas = (0..self.bids()).map(|bid| self.level(&of, bid)).collect();
            return Some(self.checked_column(&head, formulas, |outcome| engine::raw(outcome, index)));
        }
        let given = self.given;
        match given.answers.get(index)? {
            Given::One(column) => Some(*column),
            Given::Lines(prices) => Some(self.sheet_price(index, leaf, of.sheet.as_ref()?, prices)),
            Given::Costs(costs) => self.present_value(index, leaf, of.life_cycle.as_ref()?, costs),
            Given::Nothing => None,
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
        let formulas = match (&leaf.content, raw) {
            (Content::Numeric(NumericScoring::Interpolated { .. }), Some(raw)) => {
                self.interpolated(leaf, &of, raw)
            }
            _ => (0..self.bids()).map(|bid| earned(leaf, &of, row(raw?, bid))).collect(),
        };
        let head = format!("{}: {}", leaf.name(), self.words.of("score", "score"));
        let by_itself = self.lot.declared().layout.is_node_by_itself(index);
        let exact = |outcome: &Outcome| match leaf.role {
            Role::InNode(node) if by_itself => outcome.parts.nodes.get(node).cloned(),
            _ => engine::points(outcome, index),
        };
        self.checked_column(&head, formulas, exact)
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
    let by_share = |reached: Formula, rows: Rows| full.clone() * by_row(reached, rows) / 100.0.into();
    match &leaf.content {
        Content::AssessedQuality(_) => on_line(of, full, raw),
        Content::PsoLevel(table) => match table.measure {
            LevelMeasure::Points => Some(raw),
            LevelMeasure::Score(_) => on_line(of, full, raw),
            // What it takes off the price is no score.
            LevelMeasure::DiscountPercent | LevelMeasure::DiscountAmount => None,
        },
        Content::Commitment(terms) => {
            let counted = call(Function::Min, [raw, of.offer?.1.into()]);
            match &terms.scoring {
                OfferScoring::Steps(_) => Some(by_share(counted, of.rows?)),
                OfferScoring::Points(_) => Some(by_row(counted, of.rows?)),
                OfferScoring::Line(_) => {
                    let least = of.zero.map_or(Formula::Number(0.0), Formula::from);
                    on_line(of, full, call(Function::Max, [counted, least]))
                }
            }
        }
        Content::Numeric(scoring) => match scoring {
            NumericScoring::Between { outside: Outside::Clip, .. } => {
                let (zero, top) = (of.zero.map_or(Formula::Number(0.0), Formula::from), of.top?);
                let lower = call(Function::Min, [zero.clone(), top.into()]);
                let upper = call(Function::Max, [zero, top.into()]);
                on_line(of, full, call(Function::Max, [lower, call(Function::Min, [upper, raw])]))
            }
            NumericScoring::Between { outside: Outside::Extrapolate | Outside::Reject, .. } => {
                on_line(of, full, raw)
            }
            NumericScoring::Steps(_) => Some(by_share(raw, of.rows?)),
            NumericScoring::Points(_) => Some(by_row(raw, of.rows?)),
            // With columns of its own, or held against the other bids.
            NumericScoring::Interpolated { .. }
            | NumericScoring::RelativeLowest
            | NumericScoring::RelativeHighest
            | NumericScoring::RangeLowest
            | NumericScoring::RangeHighest
            | NumericScoring::MeanOverNumber { .. }
            | NumericScoring::NumberOverMean { .. } => None,
        },
        Content::Group(_)
        | Content::Price { .. }
        | Content::LifeCycleCost { .. }
        | Content::FixedPrice(_) => None,
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
