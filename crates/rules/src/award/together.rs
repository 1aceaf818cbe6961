//! Scores a set of bids: held against the field that they make, with those that fall out by their total taken
//! out until none is left to fall. Every evaluation and every what-if goes by this one function.

use super::check::{DeclaredModel, is_relative};
use super::field::Field;
use super::model::{DropOut, Method};
use super::scoring::Parts;
use super::total::{method_result, price_points, quality_points};
use trede_base::exact::Exact;

/// A bid that goes into a set.
#[derive(Clone, Copy, Debug)]
pub struct Entrant<'a> {
    /// Its index in the lot.
    pub bid: usize,
    /// What it brings.
    pub parts: &'a Parts,
    /// Whether it can be ranked; one that dropped out after the ranking may only leave its marks.
    pub can_rank: bool,
}

/// What a bid comes to in a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// The points or value besides the price.
    pub quality: Exact,
    /// The total before rounding.
    pub exact: Exact,
    /// The total as it counts.
    pub declared: Exact,
}

/// What became of an entrant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It takes part with this total; whether it can be ranked is its own affair.
    In(Counted),
    /// Its total lies below the minimum.
    BelowMinimum(Counted),
    /// It has no points, so that its price per point has no value.
    NoPoints,
}

/// A set of bids, scored.
#[derive(Clone, Debug)]
pub struct Together {
    /// The field of each round; the last is what the ranked bids are held against.
    pub fields: Vec<Field>,
    /// One for each entrant, in their order, with the round in which it was last scored.
    pub verdicts: Vec<(usize, Verdict)>,
}

impl Together {
    /// The field that the ranked bids are held against.
    #[must_use]
    pub fn field(&self) -> &Field {
        const EMPTY: &Field = &Field::EMPTY;
        self.fields.last().unwrap_or(EMPTY)
    }
}

/// Whether it depends on the other bids which bids fall out by their total: then no total may be taken over from
/// another set.
#[must_use]
pub fn falls_by_others(declared: &DeclaredModel) -> bool {
    let by_total = declared.model.total_threshold.is_some() || declared.model.method == Method::PricePerPoint;
    by_total && is_relative(&declared.model, &declared.layout)
}

/// Scores a set of bids.
///
/// With `recompute` a bid that falls below the minimum leaves the field, and the others are scored anew until
/// nobody falls; with `keep-ranking` its marks stay.
#[must_use]
pub fn score_together(declared: &DeclaredModel, entrants: &[Entrant<'_>]) -> Together {
    let anew =
        declared.model.drop_out == Some(DropOut::Recompute) && is_relative(&declared.model, &declared.layout);
    let mut fields: Vec<Field> = Vec::with_capacity(1);
    let field = Field::of(declared, entrants.iter().map(|entrant| entrant.parts)).unwrap_or_default();
    let mut verdicts: Vec<(usize, Verdict)> =
        entrants.iter().map(|entrant| (0, verdict_on(declared, entrant, &field))).collect();
    let fell = |verdict: &(usize, Verdict)| !matches!(verdict.1, Verdict::In(_));
    let mut any_fell = verdicts.iter().any(fell);
    fields.push(field);
    while any_fell && anew {
        let round = fields.len();
        let rest = entrants.iter().zip(&verdicts).filter(|(_, verdict)| !fell(verdict));
        let field = Field::of(declared, rest.map(|(entrant, _)| entrant.parts)).unwrap_or_default();
        any_fell = false;
        for (entrant, verdict) in entrants.iter().zip(&mut verdicts).filter(|(_, verdict)| !fell(verdict)) {
            *verdict = (round, verdict_on(declared, entrant, &field));
            any_fell |= fell(verdict);
        }
        fields.push(field);
    }
    Together { fields, verdicts }
}

fn verdict_on(declared: &DeclaredModel, entrant: &Entrant<'_>, field: &Field) -> Verdict {
    let counted = match counted(declared, entrant.parts, field) {
        Some(counted) => counted,
        None => return Verdict::NoPoints,
    };
    let minimum = declared.model.total_threshold.map(Exact::from).filter(|_| entrant.can_rank);
    if minimum.is_some_and(|minimum| counted.declared < minimum) {
        return Verdict::BelowMinimum(counted);
    }
    Verdict::In(counted)
}

/// What parts come to in a field; none where the method has no value for them.
#[must_use]
pub fn counted(declared: &DeclaredModel, parts: &Parts, field: &Field) -> Option<Counted> {
    let quality = quality_points(declared, parts, field);
    if matches!(declared.model.method, Method::PricePerPoint) && !quality.is_positive() {
        return None;
    }
    let points = price_points(declared, parts, field);
    let exact = method_result(declared, parts, &quality, &points, field);
    let declared = declared.model.rounding.of_total(&exact);
    Some(Counted { quality, exact, declared })
}
