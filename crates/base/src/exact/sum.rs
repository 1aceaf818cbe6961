//! The sum of many numbers: short ones are added first, and long ones are brought to one denominator once.

use super::big::Big;
use super::finite::Finite;
use super::{Exact, View};

impl Exact {
    /// The sum of many numbers.
    pub fn sum<'a>(numbers: impl IntoIterator<Item = &'a Exact>) -> Exact {
        let mut finite = Finite::whole(0);
        let mut quotient: Option<Exact> = None;
        let mut long: Vec<Big> = Vec::new();
        for number in numbers {
            let added = match number.view() {
                View::Finite(decimal) => finite.plus(decimal).map(|sum| finite = sum),
                View::Quotient(numer, denom) => match quotient.as_ref().map(Exact::view) {
                    None => {
                        quotient = Some(number.clone());
                        Some(())
                    }
                    Some(View::Quotient(above, below)) => {
                        sum_of_quotients((above, below), (numer, denom)).map(|sum| quotient = Some(sum))
                    }
                    Some(_) => None,
                },
                View::Big(_) => None,
            };
            if added.is_none() {
                long.push(number.part_of_sum());
            }
        }
        let short = Exact::finite_number(finite);
        let short = quotient.map_or(short.clone(), |quotient| quotient.plus(&short));
        if long.is_empty() {
            return short;
        }
        long.push(short.part_of_sum());
        Exact::big(Big::sum(&long))
    }

    fn part_of_sum(&self) -> Big {
        match self.view() {
            View::Finite(number) => Big::part(number, Finite::whole(1)),
            View::Quotient(numer, denom) => Big::part(numer, denom),
            View::Big(big) => big.clone(),
        }
    }
}

/// The sum of two quotients; none when it does not fit.
pub(super) fn sum_of_quotients(a: (Finite, Finite), b: (Finite, Finite)) -> Option<Exact> {
    if a.1 == b.1 {
        return a.0.plus(b.0).and_then(|n| Exact::quotient(n, a.1));
    }
    let numerator = a.0.times(b.1)?.plus(b.0.times(a.1)?)?;
    Exact::quotient(numerator, a.1.times(b.1)?)
}
