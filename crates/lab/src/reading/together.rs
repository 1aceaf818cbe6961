//! What goes together in a market, read and checked.

use std::collections::BTreeSet;

use num_traits::ToPrimitive;
use rust_decimal::Decimal;

use super::Reader;
use crate::copula::{Contradiction, Copula};
use crate::finding::StudyCode;
use trede_wire::lab_file::MarketInput;

impl Reader {
    pub(super) fn copula(&mut self, input: &MarketInput) -> Copula {
        let before = self.found.len();
        let mut pairs: Vec<(usize, usize, f64)> = Vec::with_capacity(input.correlations.len());
        for (index, correlation) in input.correlations.iter().enumerate() {
            let place = format!("/market/correlations/{index}");
            let at = |nth: usize| format!("{place}/between/{nth}");
            let [first, second] = &correlation.between;
            let keys = (self.drawn(first, &at(0)), self.drawn(second, &at(1)));
            let coefficient = correlation.coefficient.0;
            self.range(coefficient, Decimal::NEGATIVE_ONE, Decimal::ONE, &format!("{place}/coefficient"));
            let (Some(a), Some(b)) = keys else { continue };
            let (low, high) = (a.min(b), a.max(b));
            if low == high || pairs.iter().any(|(x, y, _)| (*x, *y) == (low, high)) {
                self.error(StudyCode::SameDraw, place, [first.clone(), second.clone()]);
            }
            pairs.push((low, high, coefficient.to_f64().unwrap_or_default()));
        }
        let mut shared: Vec<(usize, f64)> = Vec::with_capacity(input.shared.len());
        for (index, part) in input.shared.iter().enumerate() {
            let place = format!("/market/shared/{index}");
            self.range(part.coefficient.0, Decimal::ZERO, Decimal::ONE, &format!("{place}/coefficient"));
            let Some(key) = self.drawn(&part.of, &format!("{place}/of")) else { continue };
            if shared.iter().any(|(known, _)| *known == key) {
                self.error(StudyCode::SameDraw, place, [part.of.clone(), part.of.clone()]);
            }
            shared.push((key, part.coefficient.0.to_f64().unwrap_or_default()));
        }
        if self.found.len() > before {
            return Copula::default();
        }
        let members: BTreeSet<usize> =
            pairs.iter().flat_map(|(a, b, _)| [*a, *b]).chain(shared.iter().map(|(key, _)| *key)).collect();
        let members: Vec<usize> = members.into_iter().collect();
        let of = |a: usize, b: usize| {
            let found = pairs.iter().find(|(x, y, _)| (*x, *y) == (a.min(b), a.max(b)));
            found.map_or(0.0, |(_, _, coefficient)| *coefficient)
        };
        let within: Vec<Vec<f64>> =
            members.iter().map(|a| members.iter().map(|b| of(*a, *b)).collect()).collect();
        let shares: Vec<f64> = members
            .iter()
            .map(|key| shared.iter().find(|(known, _)| known == key).map_or(0.0, |(_, share)| *share))
            .collect();
        match Copula::of(members.clone(), &within, &shares) {
            Ok(copula) => copula,
            Err(Contradiction(member)) => {
                let key = members.get(member).and_then(|key| self.keys.get(*key));
                let name = key.map(|key| key.name().to_owned()).unwrap_or_default();
                self.error(StudyCode::CorrelationsContradict, "/market/correlations", [name]);
                Copula::default()
            }
        }
    }

    /// The key that is drawn under a name.
    fn drawn(&mut self, name: &str, place: &str) -> Option<usize> {
        let found = self.keys.iter().position(|key| key.name() == name);
        if found.is_none() {
            let known: Vec<&str> = self.keys.iter().map(|key| key.name()).collect();
            let details = [name.chars().take(64).collect(), known.join(", ")];
            self.error(StudyCode::UnknownDraw, place, details);
        }
        found
    }
}
