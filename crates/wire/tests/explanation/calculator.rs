//! A pocket calculator that reads the calculations as they are printed, in one language.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use trede_rules::explaining::Language;
use trede_wire::score_result::StepResult;

/// Reads a printed calculation in one language.
pub struct Calculator<'a> {
    text: &'a str,
    language: Language,
    /// Whether a half is rounded to the even digit, which the name of the rule says.
    to_even: bool,
}

impl Calculator<'_> {
    /// The value of a whole calculation; none where it says that one number lies above another.
    pub fn value(text: &str, language: Language, to_even: bool) -> Option<BigRational> {
        if let Some(at) = text.find(['>', '≤', '≥']) {
            let (left, right) = text.split_at(at);
            let sign = right.chars().next().unwrap();
            let side = |text| Calculator { text, language, to_even }.sum_of_all();
            let (left, right) = (side(left), side(&right[sign.len_utf8()..]));
            let holds = match sign {
                '>' => left > right,
                '≤' => left <= right,
                _ => left >= right,
            };
            assert!(holds, "{text}");
            return None;
        }
        Some(Calculator { text, language, to_even }.sum_of_all())
    }

    fn sum_of_all(mut self) -> BigRational {
        let value = self.sum();
        assert_eq!(self.text.trim(), "", "is left over");
        value
    }

    fn take(&mut self, sign: &str) -> bool {
        self.text = self.text.trim_start();
        match self.text.strip_prefix(sign) {
            Some(rest) => {
                self.text = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> BigRational {
        let mut value = self.product();
        loop {
            if self.take("+") {
                value += self.product();
            } else if self.take("−") {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> BigRational {
        let mut value = self.power();
        loop {
            if self.take("×") {
                value *= self.power();
            } else if self.take("/") {
                let divisor = self.power();
                assert!(!divisor.is_zero(), "divides by zero: {}", self.text);
                value /= divisor;
            } else {
                return value;
            }
        }
    }

    fn power(&mut self) -> BigRational {
        let base = self.one();
        if !self.take("^") {
            return base;
        }
        let exponent = self.one();
        let times = exponent.numer().to_u32().unwrap();
        let power = (0..times).fold(BigRational::one(), |value, _| value * &base);
        if exponent.is_integer() { power } else { root(&power, exponent.denom().to_u32().unwrap()) }
    }

    fn one(&mut self) -> BigRational {
        type Of = fn(&[BigRational]) -> BigRational;
        let rounded: Of = if self.to_even { round_to_even } else { round };
        let functions: [(&str, Of); 3] = [
            ("round(", rounded),
            ("min(", |of| of.iter().min().unwrap().clone()),
            ("max(", |of| of.iter().max().unwrap().clone()),
        ];
        for (name, of) in functions {
            if self.take(name) {
                let mut terms = vec![self.sum()];
                while self.take(";") {
                    terms.push(self.sum());
                }
                assert!(self.take(")"));
                return of(&terms);
            }
        }
        if self.take("(") {
            let value = self.sum();
            assert!(self.take(")"), "no end: {}", self.text);
            return value;
        }
        if self.take("−") {
            return -self.one();
        }
        self.number()
    }

    fn number(&mut self) -> BigRational {
        self.text = self.text.trim_start();
        let end =
            self.text.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(self.text.len());
        let (digits, rest) = self.text.split_at(end);
        self.text = rest;
        let plain = match self.language {
            Language::Dutch => digits.replace('.', "").replace(',', "."),
            Language::English => digits.replace(',', ""),
        };
        rational(&plain)
    }
}

/// A root to 20 decimals, a half to the even digit, as the names of the rules with a part of a year or a root say: the
/// number of 20 decimals that lies nearest, found by trying.
fn root(of: &BigRational, degree: u32) -> BigRational {
    let one = BigInt::from(10).pow(24);
    // No k with k/10^24 above the root: k^degree × denominator ≤ numerator × 10^(24 × degree).
    let most = of.numer() * one.pow(degree);
    let (mut low, mut high) = (BigInt::zero(), (of.ceil().to_integer() + BigInt::one()) * &one);
    while &high - &low > BigInt::one() {
        let middle: BigInt = (&low + &high) / 2;
        if middle.pow(degree) * of.denom() <= most { low = middle } else { high = middle }
    }
    round_to_even(&[BigRational::new(low, one), BigRational::from(BigInt::from(20))])
}

/// A half to the even digit.
fn round_to_even(of: &[BigRational]) -> BigRational {
    let shift = BigRational::from(BigInt::from(10).pow(of[1].to_integer().to_u32().unwrap()));
    let (number, two) = (&of[0] * &shift, BigRational::from(BigInt::from(2)));
    let floor = number.floor();
    let rest = &number - &floor;
    let half = BigRational::new(1.into(), 2.into());
    let is_odd = !(&floor / two).is_integer();
    let rounds_up = rest > half || (rest == half && is_odd);
    (if rounds_up { floor + BigRational::one() } else { floor }) / shift
}

/// A half away from zero.
fn round(of: &[BigRational]) -> BigRational {
    let shift = BigRational::from(BigInt::from(10).pow(of[1].to_integer().to_u32().unwrap()));
    let half = BigRational::new(1.into(), 2.into());
    let size = ((of[0].abs() * &shift) + half).floor() / shift;
    if of[0].is_negative() { -size } else { size }
}

/// A number as the result writes it, or a fraction.
pub fn rational(plain: &str) -> BigRational {
    if let Some((numerator, denominator)) = plain.split_once('/') {
        return BigRational::new(numerator.parse().unwrap(), denominator.parse().unwrap());
    }
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let digits: BigInt =
        format!("{whole}{fraction}").parse().unwrap_or_else(|_| panic!("`{plain}` is no number"));
    BigRational::new(digits, BigInt::from(10).pow(fraction.len().try_into().unwrap()))
}

/// What a step comes to, exact.
pub fn result_of(step: &StepResult) -> BigRational {
    rational(step.fraction.as_deref().unwrap_or(&step.result))
}
