//! The explanation: every step as data (rule, numbers, result), from which text is made only when asked for.

mod rule;
mod text;

pub use rule::Rule;
pub(crate) use rule::rules;
pub use text::{Language, formula_with_numbers, formula_with_symbols};

use rust_decimal::Decimal;

use crate::domain::exact::Exact;

/// What a rule of any calculation of ours can tell about itself.
pub trait Explained: Copy {
    /// The stable code.
    fn code(self) -> &'static str;
    /// The symbols of the formula, in the order of the terms. A rule without symbols takes a list.
    fn symbols(self) -> &'static [&'static str];
    /// The formula, with `{0}`, `{1}` … where the terms go and `{+}` for the sum of a list.
    fn formula(self) -> &'static str;
    /// Where the rule comes from.
    fn source(self, language: Language) -> &'static str;
    /// The name of the rule.
    fn name(self, language: Language) -> &'static str;
}

/// One step of the calculation: a rule, the numbers in it, and what comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<R = Rule> {
    /// The rule that was applied.
    pub rule: R,
    /// The numbers in its formula, in the order of [`Explained::symbols`].
    pub terms: Terms,
    /// What comes out, exact.
    pub result: Exact,
}

/// The numbers in a formula. Almost all are decimals and few, so those are kept without an allocation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms(Kept);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kept {
    Few(u8, [Decimal; FEW]),
    Many(Box<[Exact]>),
}

/// As many terms as the formula of a straight line has.
const FEW: usize = 4;

impl Terms {
    /// The numbers of a formula.
    #[inline]
    #[must_use]
    pub fn of<const N: usize>(numbers: [Exact; N]) -> Self {
        let mut few = [Decimal::ZERO; FEW];
        let all_kept = few.iter_mut().zip(&numbers).filter_map(|(kept, number)| {
            *kept = number.as_decimal()?;
            Some(())
        });
        match u8::try_from(all_kept.count()) {
            Ok(count) if usize::from(count) == N => Terms(Kept::Few(count, few)),
            _ => Terms(Kept::Many(Box::new(numbers))),
        }
    }

    /// Three decimals, as the commonest rule has: kept as they are.
    #[inline]
    #[must_use]
    pub fn decimals(numbers: [Decimal; 3]) -> Self {
        let [a, b, c] = numbers;
        Terms(Kept::Few(3, [a, b, c, Decimal::ZERO]))
    }

    /// A list of exact numbers.
    #[must_use]
    pub fn list(numbers: Vec<Exact>) -> Self {
        Terms(Kept::Many(numbers.into_boxed_slice()))
    }

    /// The numbers.
    #[must_use]
    pub fn to_vec(&self) -> Vec<Exact> {
        match &self.0 {
            Kept::Few(count, few) => few.iter().take(usize::from(*count)).map(|d| Exact::from(*d)).collect(),
            Kept::Many(many) => many.to_vec(),
        }
    }
}
