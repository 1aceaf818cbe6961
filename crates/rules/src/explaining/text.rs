//! Text of a step, made when somebody reads it.

use super::{Explained, Step};
use trede_base::exact::Exact;

/// The language of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Nederlands.
    Dutch,
    /// English.
    English,
}

impl Language {
    /// A number as it is written in this language, with all its decimals.
    #[must_use]
    pub fn number(self, number: &Exact) -> String {
        self.localised(&number.shown())
    }

    /// A number in plain notation, such as `1234.5`, as it is written in this language.
    #[must_use]
    pub fn localised(self, plain: &str) -> String {
        let (thousands, point) = match self {
            Language::Dutch => ('.', ','),
            Language::English => (',', '.'),
        };
        let unsigned = plain.strip_prefix('-').unwrap_or(plain);
        let (whole, fraction) = unsigned.split_once('.').map_or((unsigned, None), |(w, f)| (w, Some(f)));
        let mut text = String::from(if unsigned.len() < plain.len() { "−" } else { "" });
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                text.push(thousands);
            }
            text.push(digit);
        }
        if let Some(fraction) = fraction {
            text.push(point);
            text.push_str(fraction);
        }
        text
    }
}

/// The formula of a rule with its symbols, such as `W × Pmin / P`.
#[must_use]
pub fn formula_with_symbols<R: Explained>(rule: R) -> String {
    let symbols: Vec<String> = rule.symbols().iter().map(ToString::to_string).collect();
    filled(rule.formula(), &symbols).replace("{+}", "x1 + x2 + … + xn")
}

/// The formula of a step with its numbers, such as `40 × 400,000 / 500,000`.
#[must_use]
pub fn formula_with_numbers<R: Explained>(step: &Step<R>, language: Language) -> String {
    let numbers: Vec<String> = step.terms.to_vec().iter().map(|term| in_formula(term, language)).collect();
    if step.rule.symbols().is_empty() {
        let sum = if numbers.is_empty() { "0".to_owned() } else { numbers.join(" + ") };
        return step.rule.formula().replace("{+}", &sum).replace("/ n", &format!("/ {}", numbers.len()));
    }
    filled(step.rule.formula(), &numbers)
}

fn in_formula(term: &Exact, language: Language) -> String {
    let number = match term.finite() {
        Some(decimal) => language.localised(&decimal.to_string()),
        None => format!("({})", term.fraction().replace('-', "−")),
    };
    if number.starts_with('−') { format!("({number})") } else { number }
}

fn filled(formula: &str, texts: &[String]) -> String {
    let mut text = formula.to_owned();
    for (index, term) in texts.iter().enumerate() {
        text = text.replace(&format!("{{{index}}}"), term);
    }
    text
}
