//! The field of admitted bids: lowest and highest prices, best quality: what relative scores are held against.

use std::collections::BTreeSet;

use super::check::DeclaredModel;
use super::model::Method;
use super::price_formula::PriceField;
use super::scoring::Parts;
use super::total::quality_points;
use trede_base::exact::Exact;

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
    /// The field of no bid.
    pub const EMPTY: Field =
        Field { prices: Vec::new(), numbers: Vec::new(), best: Vec::new(), best_quality: Exact::ZERO };

    /// The field of these bids; none when there is no bid.
    #[must_use]
    pub fn of<'a>(declared: &DeclaredModel, bids: impl Iterator<Item = &'a Parts> + Clone) -> Option<Self> {
        let first = bids.clone().next()?;
        let summed = declared.layout.counts_means;
        let range = |value: &Exact| PriceField {
            lowest: value.clone(),
            highest: value.clone(),
            sum: summed.then(|| (value.clone(), 1)),
        };
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
        if declared.model.method == Method::UtilityIndex {
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
        if declared.model.method == Method::UtilityIndex {
            let points = quality_points(declared, parts, &field);
            raise(&mut field.best_quality, &points);
        }
        field
    }

    /// The bids that alone hold one of the marks of this field, so that the field changes without them.
    /// There are at most two for each price and number and one for each best, however many bids there are; only a mean
    /// has all of them.
    #[must_use]
    pub fn sole_holders(&self, declared: &DeclaredModel, bids: &[(usize, &Parts)]) -> BTreeSet<usize> {
        // Every bid moves a mean.
        if declared.layout.counts_means {
            return bids.iter().map(|(bid, _)| *bid).collect();
        }
        let mut holders = BTreeSet::new();
        let mut sole = |holds: &dyn Fn(&Parts) -> bool| {
            let mut holding = bids.iter().filter(|(_, parts)| holds(parts));
            if let (Some((bid, _)), None) = (holding.next(), holding.next()) {
                holders.insert(*bid);
            }
        };
        for (k, field) in self.prices.iter().enumerate() {
            sole(&|parts| parts.prices.get(k) == Some(&field.lowest));
            sole(&|parts| parts.prices.get(k) == Some(&field.highest));
        }
        for (k, field) in self.numbers.iter().enumerate() {
            sole(&|parts| parts.numbers.get(k) == Some(&field.lowest));
            sole(&|parts| parts.numbers.get(k) == Some(&field.highest));
        }
        for (k, best) in self.best.iter().enumerate() {
            sole(&|parts| parts.nodes.get(k) == Some(best));
        }
        if declared.model.method == Method::UtilityIndex {
            sole(&|parts| quality_points(declared, parts, self) == self.best_quality);
        }
        holders
    }

    /// Whether a bid holds none of the marks of this field.
    #[must_use]
    pub fn is_inside(&self, declared: &DeclaredModel, parts: &Parts) -> bool {
        let inside = |(value, field): (&Exact, &PriceField)| *value > field.lowest && *value < field.highest;
        let below = |(value, best): (&Exact, &Exact)| value < best;
        !declared.layout.counts_means
            && parts.prices.iter().zip(&self.prices).all(inside)
            && parts.numbers.iter().zip(&self.numbers).all(inside)
            && parts.nodes.iter().zip(&self.best).all(below)
            && (declared.model.method != Method::UtilityIndex
                || quality_points(declared, parts, self) < self.best_quality)
    }

    /// Whether relative scores come out the same against both fields.
    #[must_use]
    pub fn is_same_as(&self, other: &Field) -> bool {
        let same = |a: &[PriceField], b: &[PriceField]| {
            let pairs = || a.iter().zip(b);
            pairs().all(|(a, b)| a.lowest == b.lowest && a.highest == b.highest && a.sum == b.sum)
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
        if let Some((sum, count)) = &mut field.sum {
            *sum = sum.plus(value);
            *count += 1;
        }
    }
}

fn raise(best: &mut Exact, value: &Exact) {
    if value > best {
        *best = value.clone();
    }
}
