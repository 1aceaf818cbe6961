//! The explanation: every step as data (rule, numbers, result), from which text is made only when asked for.

pub mod finding;
mod rule;
mod rules_macro;
mod text;

pub use rule::Rule;
pub(crate) use rules_macro::rules;
pub use text::{Language, formula_with_numbers, formula_with_symbols};

use trede_base::exact::Exact;

/// What a list of rules knows of each: other calculations of the domain have lists of their own.
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
    /// Short decimals, by mantissa and scale.
    Few {
        count: u8,
        scales: [u8; FEW],
        mantissas: [i64; FEW],
    },
    Many(Box<[Exact]>),
}

/// As many terms as the formula of a straight line has.
const FEW: usize = 4;

impl Terms {
    /// The numbers of a formula.
    #[inline]
    #[must_use]
    pub fn of<const N: usize>(numbers: [Exact; N]) -> Self {
        let (mut scales, mut mantissas) = ([0; FEW], [0; FEW]);
        let mut count = 0;
        for ((number, mantissa), scale) in numbers.iter().zip(&mut mantissas).zip(&mut scales) {
            let Some(short) = number.as_short() else { break };
            (*mantissa, *scale) = short;
            count += 1;
        }
        if usize::from(count) == N {
            return Terms(Kept::Few { count, scales, mantissas });
        }
        Terms(Kept::Many(Box::new(numbers)))
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
            Kept::Few { count, scales, mantissas } => {
                let few = mantissas.iter().zip(scales).take(usize::from(*count));
                few.map(|(mantissa, scale)| Exact::from_short((*mantissa, *scale))).collect()
            }
            Kept::Many(many) => many.to_vec(),
        }
    }
}
