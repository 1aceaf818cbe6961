//! From an SROI file to its result.

use super::{
    AssumptionResult, FigureResult, OutcomeResult, SensitivityResult, SroiResult, SroiStepResult, YearResult,
};
use crate::canonical::{canonical_json, sha256_hex};
use crate::score_result::{FindingResult, LanguageCode, StepResult};
use crate::sroi_file::SroiFile;
use trede_base::exact::{Exact, Half};
use trede_rules::explaining::Language;
use trede_rules::sroi::{
    OutcomeValue, PlacedStep, Sensitivity, SroiFinding, Valuation, ValueMap, Varied, VariedResult, YearValue,
    value,
};

/// Values an SROI file.
///
/// # Errors
/// All errors of the file, each with its JSON pointer.
pub fn value_sroi(
    file: &SroiFile,
    language: LanguageCode,
    explain: bool,
) -> Result<SroiResult, Vec<FindingResult>> {
    let map = file.to_value_map().map_err(|found| results(&found, language))?;
    Ok(value_map_of(file, &map, language, explain))
}

/// Values the map that an SROI file holds.
#[must_use]
pub fn value_map_of(file: &SroiFile, map: &ValueMap, language: LanguageCode, explain: bool) -> SroiResult {
    let texts = Language::from(language);
    let valuation = value(map);
    let sensitivity = Sensitivity::of(map, &valuation).map(|found| SensitivityResult::from(&found));
    let warnings = results(&map.warnings(&valuation), language);
    let steps = explain.then(|| valuation.steps.iter().map(|s| SroiStepResult::new(s, texts)).collect());
    SroiResult { sensitivity, warnings, explanation: steps, ..of_valuation(file, &valuation, texts) }
}

fn results(found: &[SroiFinding], language: LanguageCode) -> Vec<FindingResult> {
    found.iter().map(|finding| FindingResult::new(finding, language.into())).collect()
}

fn of_valuation(file: &SroiFile, valuation: &Valuation, language: Language) -> SroiResult {
    let figure = |number: &Option<Exact>| number.as_ref().map(FigureResult::from);
    SroiResult {
        fingerprint: sha256_hex(&canonical_json(file)),
        title: file.title.clone(),
        policy_version: file.policy_version.clone(),
        price_year: file.price_year,
        rate_percent: file.discounting.rate_percent.0.normalize().to_string(),
        rate_valid_from: file.discounting.valid_from,
        convention: file.discounting.convention,
        inputs: FigureResult::from(&valuation.inputs),
        outcomes: valuation.outcomes.iter().map(OutcomeResult::from).collect(),
        impact: FigureResult::from(&valuation.impact),
        total_present_value: FigureResult::from(&valuation.present_value),
        net_present_value: FigureResult::from(&valuation.net_present_value),
        sroi_ratio: figure(&valuation.ratio),
        net_sroi_ratio: figure(&valuation.net_ratio),
        payback_months_simple: figure(&valuation.payback.simple_months),
        payback_years_cumulative: figure(&valuation.payback.cumulative_years),
        sensitivity: None,
        warnings: Vec::new(),
        notes: notes(language),
        explanation: None,
    }
}

fn notes(language: Language) -> Vec<String> {
    match language {
        Language::Dutch => [
            "Ratio's van verschillende studies zijn niet vergelijkbaar.",
            "Rangschik inschrijvingen nooit op deze ratio alleen.",
        ],
        Language::English => {
            ["Ratios of different studies are not comparable.", "Never rank bids by this ratio alone."]
        }
    }
    .map(str::to_owned)
    .into()
}

impl From<&Exact> for FigureResult {
    fn from(number: &Exact) -> Self {
        FigureResult { rounded: number.rounded(2, Half::Up).shown(), exact: number.shown() }
    }
}

impl From<&OutcomeValue> for OutcomeResult {
    fn from(outcome: &OutcomeValue) -> Self {
        OutcomeResult {
            id: outcome.id.clone(),
            gross: FigureResult::from(&outcome.gross),
            impact: FigureResult::from(&outcome.impact),
            years: outcome.years.iter().map(YearResult::from).collect(),
            present_value: FigureResult::from(&outcome.present_value),
        }
    }
}

impl From<&YearValue> for YearResult {
    fn from(year: &YearValue) -> Self {
        YearResult {
            year: year.calendar_year,
            impact: FigureResult::from(&year.impact),
            present_value: FigureResult::from(&year.present_value),
        }
    }
}

impl From<&Sensitivity> for SensitivityResult {
    fn from(sensitivity: &Sensitivity) -> Self {
        let (lowest, highest) = sensitivity.range.as_ref().map(|(low, high)| (low, high)).unzip();
        SensitivityResult {
            lowest_ratio: lowest.map(FigureResult::from),
            highest_ratio: highest.map(FigureResult::from),
            assumptions: sensitivity.varied.iter().map(AssumptionResult::from).collect(),
        }
    }
}

impl From<&VariedResult> for AssumptionResult {
    fn from(found: &VariedResult) -> Self {
        let readable = |value: &Exact| {
            if found.varied.is_share() { value.times(&Exact::HUNDRED) } else { value.clone() }
        };
        let tried = |pair: &Option<(Exact, Exact)>| {
            pair.as_ref().map(|(value, ratio)| (readable(value).shown(), FigureResult::from(ratio))).unzip()
        };
        let ((lower, ratio_at_lower), (higher, ratio_at_higher)) =
            (tried(&found.lower), tried(&found.higher));
        AssumptionResult {
            outcome: found.outcome.clone(),
            assumption: code_of(found.varied).to_owned(),
            declared: readable(&found.declared).shown(),
            lower,
            ratio_at_lower,
            higher,
            ratio_at_higher,
            break_even: found.break_even.as_ref().map(|value| FigureResult::from(&readable(value))),
        }
    }
}

fn code_of(varied: Varied) -> &'static str {
    match varied {
        Varied::Quantity => "quantity",
        Varied::Proxy => "proxy",
        Varied::Deadweight => "deadweight",
        Varied::Displacement => "displacement",
        Varied::Attribution => "attribution",
        Varied::DropOff => "drop-off",
        Varied::Rate => "rate",
    }
}

impl SroiStepResult {
    fn new(placed: &PlacedStep, language: Language) -> Self {
        let step = StepResult::new(None, &placed.step, language);
        SroiStepResult {
            outcome: placed.outcome.clone(),
            rule: step.rule,
            name: step.name,
            formula: step.formula,
            terms: step.terms,
            calculation: step.calculation,
            result: step.result,
            source: step.source,
        }
    }
}
