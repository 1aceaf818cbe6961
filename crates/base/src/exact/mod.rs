//! Exact numbers: a decimal where it is finite, a quotient where it is not, never a float.
//!
//! A third of a hundred points has no finite decimal. Rounding it before the sum can turn a tie into a
//! winner, so quotients stay quotients until the declared rounding, or until somebody reads them.

mod big;
mod conversion;
mod finite;
mod order;
mod powers;
mod rounding;
mod sum;
mod text;
mod whole;

use big::Big;
use conversion::finite_decimal;
use finite::Finite;
pub use powers::{Growth, LOGARITHM_DECIMALS, POWER_DECIMALS};
pub use rounding::Half;
use sum::sum_of_quotients;
pub use whole::{Denominator, greatest_common_divisor};

/// Significant digits that are shown of a number without a finite decimal.
pub const SHOWN_DIGITS: u32 = 28;

/// An exact rational number.
#[derive(Debug)]
pub struct Exact(Repr);

/// Short decimals and quotients of two of them stay on the stack; what is neither becomes a big rational.
#[derive(Debug)]
enum Repr {
    Finite(Finite),
    /// Numerator and positive denominator, not reduced: reducing costs more than it saves. The mantissas and the
    /// scales of both stand apart, so that a quotient takes no more room than a decimal.
    Quotient {
        mantissas: [i64; 2],
        scales: [u8; 2],
    },
    Big(Box<Big>),
}

/// A number as the calculation sees it.
enum View<'a> {
    Finite(Finite),
    /// Numerator and positive denominator.
    Quotient(Finite, Finite),
    Big(&'a Big),
}

impl Exact {
    /// Zero.
    pub const ZERO: Exact = Exact(Repr::Finite(Finite::whole(0)));
    /// One.
    pub const ONE: Exact = Exact(Repr::Finite(Finite::whole(1)));
    /// A hundred.
    pub const HUNDRED: Exact = Exact(Repr::Finite(Finite::whole(100)));

    /// The sum.
    #[inline]
    #[must_use]
    pub fn plus(&self, other: &Exact) -> Exact {
        match (self.view(), other.view()) {
            (View::Finite(a), View::Finite(b)) => a.plus(b).map(Exact::finite_number),
            (View::Finite(a), View::Quotient(n, d)) | (View::Quotient(n, d), View::Finite(a)) => {
                a.times(d).and_then(|a| a.plus(n)).and_then(|n| Exact::quotient(n, d))
            }
            (View::Quotient(n, d), View::Quotient(m, e)) => sum_of_quotients((n, d), (m, e)),
            _ => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big().plus(&other.to_big())))
    }

    /// The difference.
    #[must_use]
    pub fn minus(&self, other: &Exact) -> Exact {
        self.plus(&other.negated())
    }

    /// The product.
    #[inline]
    #[must_use]
    pub fn times(&self, other: &Exact) -> Exact {
        match (self.view(), other.view()) {
            (View::Finite(a), View::Finite(b)) => a.times(b).map(Exact::finite_number),
            (View::Finite(a), View::Quotient(n, d)) | (View::Quotient(n, d), View::Finite(a)) => {
                a.times(n).and_then(|n| Exact::quotient(n, d))
            }
            (View::Quotient(n, d), View::Quotient(m, e)) => {
                n.times(m).and_then(|n| d.times(e).and_then(|d| Exact::quotient(n, d)))
            }
            _ => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big().times(&other.to_big())))
    }

    /// The quotient; none when the divisor is zero.
    #[inline]
    #[must_use]
    pub fn over(&self, divisor: &Exact) -> Option<Exact> {
        if divisor.is_zero() {
            return None;
        }
        let small = match (self.view(), divisor.view()) {
            (View::Finite(a), View::Finite(b)) if b.is_one() => Some(Exact::finite_number(a)),
            (View::Finite(a), View::Finite(b)) => Exact::quotient(a, b),
            (View::Finite(a), View::Quotient(n, d)) => a.times(d).and_then(|a| Exact::quotient(a, n)),
            (View::Quotient(n, d), View::Finite(b)) => d.times(b).and_then(|d| Exact::quotient(n, d)),
            (View::Quotient(n, d), View::Quotient(m, e)) if d == e => Exact::quotient(n, m),
            _ => None,
        };
        Some(small.unwrap_or_else(|| Exact::big(self.to_big().over(&divisor.to_big()))))
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(&self) -> Exact {
        match self.view() {
            View::Finite(d) => d.negated().map(Exact::finite_number),
            View::Quotient(n, d) => n.negated().and_then(|n| Exact::quotient(n, d)),
            View::Big(_) => None,
        }
        .unwrap_or_else(|| Exact::big(self.to_big().negated()))
    }

    /// Whether this is zero.
    #[inline]
    #[must_use]
    pub fn is_zero(&self) -> bool {
        match self.view() {
            View::Finite(d) => d.is_zero(),
            View::Quotient(numerator, _) => numerator.is_zero(),
            View::Big(b) => b.is_zero(),
        }
    }

    /// Whether this is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        match self.view() {
            View::Finite(d) => d.is_negative(),
            View::Quotient(numerator, _) => numerator.is_negative(),
            View::Big(b) => b.is_negative(),
        }
    }

    /// Whether this is above zero.
    #[must_use]
    pub fn is_positive(&self) -> bool {
        !self.is_zero() && !self.is_negative()
    }

    #[inline]
    fn finite_number(number: Finite) -> Exact {
        Exact(Repr::Finite(number))
    }

    #[inline]
    fn quotient(numerator: Finite, denominator: Finite) -> Option<Exact> {
        let (above, below) = if denominator.is_negative() {
            (numerator.negated()?, denominator.negated()?)
        } else {
            (numerator, denominator)
        };
        let ((n, n_scale), (d, d_scale)) = (above.parts(), below.parts());
        Some(Exact(Repr::Quotient { mantissas: [n, d], scales: [n_scale, d_scale] }))
    }

    #[inline]
    fn view(&self) -> View<'_> {
        match &self.0 {
            Repr::Finite(number) => View::Finite(*number),
            Repr::Quotient { mantissas: [n, d], scales: [n_scale, d_scale] } => {
                View::Quotient(Finite::from_parts(*n, *n_scale), Finite::from_parts(*d, *d_scale))
            }
            Repr::Big(big) => View::Big(big),
        }
    }

    /// Keeps a big number short where it can be, so that one excursion does not slow all that follows.
    fn big(value: Big) -> Exact {
        let short = value.may_be_short().then(|| finite_decimal(&value)).flatten();
        match short.and_then(Finite::of) {
            Some(short) => Exact::finite_number(short),
            None => Exact(Repr::Big(Box::new(value))),
        }
    }
}

impl Clone for Exact {
    // But for a big number it is a copy of three words, which costs less than a call.
    #[inline]
    fn clone(&self) -> Self {
        #[cold]
        fn big(big: &Big) -> Exact {
            Exact(Repr::Big(Box::new(big.clone())))
        }
        match &self.0 {
            Repr::Finite(number) => Exact(Repr::Finite(*number)),
            Repr::Quotient { mantissas, scales } => {
                Exact(Repr::Quotient { mantissas: *mantissas, scales: *scales })
            }
            Repr::Big(number) => big(number),
        }
    }
}

impl Default for Exact {
    fn default() -> Self {
        Exact::ZERO
    }
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use super::text::significant;
    use super::*;

    fn quotient(numer: &str, denom: &str) -> Exact {
        let number = |text: &str| Exact::from(text.parse::<Decimal>().unwrap());
        number(numer).over(&number(denom)).unwrap()
    }

    #[test]
    fn a_quotient_is_finite_when_only_twos_and_fives_stay_below_the_line() {
        for (numer, denom, shown) in
            [("3", "8", "0.375"), ("6", "9.6", "0.625"), ("21", "0.7", "30"), ("0", "7", "0")]
        {
            assert_eq!(quotient(numer, denom).finite().map(|d| d.to_string()).as_deref(), Some(shown));
            assert_eq!(quotient(numer, denom).shown(), shown);
        }
        assert_eq!(quotient("1", "3").finite(), None);
        assert_eq!(quotient("1.50", "0.99").finite(), None);
    }

    #[test]
    fn a_fraction_is_reduced_and_keeps_its_sign() {
        assert_eq!(quotient("1.50", "0.99").fraction(), "50/33");
        assert_eq!(quotient("-2", "6").fraction(), "-1/3");
        assert_eq!(quotient("2", "-6").fraction(), "-1/3");
        assert_eq!(quotient("200", "3").shown(), "66.66666666666666666666666667");
    }

    #[test]
    fn a_quotient_is_shown_as_the_long_division_shows_it() {
        for (numer, denom) in [
            ("1", "7"),
            ("-22", "7"),
            ("1000000", "3"),
            ("0.01", "900000.07"),
            ("2", "3"),
            ("999999", "0.07"),
        ] {
            let quotient = quotient(numer, denom);
            let long = {
                let big = quotient.to_big();
                significant(big.numer(), &big.denom(), SHOWN_DIGITS)
            };
            assert_eq!(quotient.shown(), long, "{numer}/{denom}");
        }
    }

    #[test]
    fn numbers_that_outgrow_a_word_stay_exact() {
        let large = Exact::from("9999999999999999.99".parse::<Decimal>().unwrap());
        let product = large.times(&large);
        assert_eq!(product.over(&large), Some(large.clone()));
        assert_eq!(product.minus(&product), Exact::ZERO);
        assert!(product.plus(&quotient("1", "3")) > product);
        assert_eq!(quotient("1", "3").plus(&quotient("1", "3")).plus(&quotient("1", "3")), Exact::ONE);
    }

    #[test]
    fn a_half_is_rounded_by_its_exact_value() {
        let third = quotient("1", "3");
        assert_eq!(third.rounded(2, Half::Up).shown(), "0.33");
        assert_eq!(quotient("1", "8").rounded(2, Half::Up).shown(), "0.13");
        assert_eq!(quotient("1", "8").rounded(2, Half::Even).shown(), "0.12");
        assert_eq!(quotient("-1", "8").rounded(2, Half::Up).shown(), "-0.13");
    }
}
