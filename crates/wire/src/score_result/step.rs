//! Steps of an explanation on the wire.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_rules::award::scoring::PlacedStep;
use trede_rules::explaining::{Explained, Language, Step, formula_with_numbers, formula_with_symbols};

/// The language of texts in a result.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum LanguageCode {
    /// Nederlands.
    #[default]
    Nl,
    /// English.
    En,
}

impl From<LanguageCode> for Language {
    fn from(code: LanguageCode) -> Self {
        match code {
            LanguageCode::Nl => Language::Dutch,
            LanguageCode::En => Language::English,
        }
    }
}

/// One step of the calculation: a rule, its formula, the numbers in it and what comes out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct StepResult {
    /// The criterion or group that the step belongs to, if it belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub criterion: Option<String>,
    /// Code of the rule, such as `relative-lowest`.
    pub rule: String,
    /// What the rule is, in words.
    pub name: String,
    /// The formula with its symbols.
    pub formula: String,
    /// The numbers in it, in the order of the formula; a sum has terms without symbols.
    pub terms: Vec<TermResult>,
    /// The formula with the numbers filled in, to redo with a pocket calculator.
    pub calculation: String,
    /// What comes out; where it has no finite decimal, to 28 significant digits.
    pub result: String,
    /// The result as a fraction, where it has no finite decimal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fraction: Option<String>,
    /// The law article, standard or manual that the rule comes from.
    pub source: String,
}

/// A number in a formula.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct TermResult {
    /// Its symbol.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub symbol: Option<String>,
    /// Its value.
    pub value: String,
}

impl StepResult {
    /// The step with its texts in a language.
    #[must_use]
    pub fn new<R: Explained>(criterion: Option<&str>, step: &Step<R>, language: Language) -> Self {
        let symbols = step.rule.symbols();
        let terms = step.terms.to_vec();
        let term = |(index, value): (usize, &trede_base::exact::Exact)| TermResult {
            symbol: symbols.get(index).map(ToString::to_string),
            value: value.shown(),
        };
        StepResult {
            criterion: criterion.map(str::to_owned),
            rule: step.rule.code().to_owned(),
            name: step.rule.name(language).to_owned(),
            formula: formula_with_symbols(step.rule),
            terms: terms.iter().enumerate().map(term).collect(),
            calculation: formula_with_numbers(step, language),
            result: step.result.shown(),
            fraction: fraction(&step.result),
            source: step.rule.source(language).to_owned(),
        }
    }

    /// A step that knows its place.
    #[must_use]
    pub fn placed(placed: &PlacedStep, language: Language) -> Self {
        StepResult::new(placed.criterion.as_deref(), &placed.step, language)
    }
}

/// The fraction of a number without a finite decimal.
pub(crate) fn fraction(number: &trede_base::exact::Exact) -> Option<String> {
    number.finite().is_none().then(|| number.fraction())
}
