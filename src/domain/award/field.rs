//! The field of admitted bids: lowest and highest prices, best quality: what relative scores are held against.

use super::check::DeclaredModel;
use super::price_formula::PriceField;
use super::scoring::Parts;
use super::total::quality_points;
use crate::domain::exact::Exact;

/// What relative scores are held against.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// Pmin and Pmax of each price criterion.
    pub prices: Vec<PriceField>,
    /// The lowest and highest of each relative number.
    pub numbers: Vec<PriceField>,
    /// The best own points in each node that is held against the best.
    pub best: Vec<Exact>,
    /// The most quality points of a bid.
    pub best_quality: Exact,
}

impl Field {
    /// The field of these bids; none when there is no bid.
    #[must_use]
    pub fn of<'a>(declared: &DeclaredModel, bids: impl Iterator<Item = &'a Parts> + Clone) -> Option<Self> {
        let first = bids.clone().next()?;
        let range = |value: &Exact| PriceField { lowest: value.clone(), highest: value.clone() };
        let mut field = Field {
            prices: first.prices.iter().map(range).collect(),
            numbers: first.numbers.iter().map(range).collect(),
            best: first.nodes.clone(),
            best_quality: Exact::ZERO,
        };
        for parts in bids.clone().skip(1) {
            widen(&mut field.prices, &parts.prices);
            widen(&mut field.numbers, &parts.numbers);
            for (best, points) in field.best.iter_mut().zip(&parts.nodes) {
                raise(best, points);
            }
        }
        if declared.model.method == super::model::Method::UtilityIndex {
            let points = |parts| quality_points(declared, parts, &field);
            field.best_quality = bids.map(points).max().unwrap_or_default();
        }
        Some(field)
    }

    /// This field with one bid more.
    #[must_use]
    pub fn with(&self, declared: &DeclaredModel, parts: &Parts) -> Self {
        let mut field = self.clone();
        widen(&mut field.prices, &parts.prices);
        widen(&mut field.numbers, &parts.numbers);
        for (best, points) in field.best.iter_mut().zip(&parts.nodes) {
            raise(best, points);
        }
        let points = quality_points(declared, parts, &field);
        raise(&mut field.best_quality, &points);
        field
    }

    /// Whether the bid alone holds one of the marks of this field, so that the field changes without it.
    #[must_use]
    pub fn hangs_on<'a>(
        &self,
        declared: &DeclaredModel,
        parts: &Parts,
        others: impl Iterator<Item = &'a Parts> + Clone,
    ) -> bool {
        let holds = |value: &Exact, field: &PriceField| *value == field.lowest || *value == field.highest;
        let may_hold = parts.prices.iter().zip(&self.prices).any(|(value, field)| holds(value, field))
            || parts.numbers.iter().zip(&self.numbers).any(|(value, field)| holds(value, field))
            || parts.nodes.iter().zip(&self.best).any(|(value, best)| value == best)
            || (self.best_quality.is_positive() && quality_points(declared, parts, self) == self.best_quality);
        may_hold && Field::of(declared, others).is_none_or(|without| !without.is_same_as(self))
    }

    fn is_same_as(&self, other: &Field) -> bool {
        let same = |a: &[PriceField], b: &[PriceField]| {
            a.iter().zip(b).all(|(a, b)| a.lowest == b.lowest && a.highest == b.highest)
        };
        same(&self.prices, &other.prices)
            && same(&self.numbers, &other.numbers)
            && self.best == other.best
            && self.best_quality == other.best_quality
    }
}

fn widen(fields: &mut [PriceField], values: &[Exact]) {
    for (field, value) in fields.iter_mut().zip(values) {
        if *value < field.lowest {
            field.lowest = value.clone();
        }
        raise(&mut field.highest, value);
    }
}

fn raise(best: &mut Exact, value: &Exact) {
    if value > best {
        *best = value.clone();
    }
}
