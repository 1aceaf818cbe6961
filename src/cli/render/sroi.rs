//! The result of `trede sroi` as text.

use super::words::Words;
use super::{Page, Style};
use trede_rules::explaining::Language;
use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::ConventionInput;
use trede_wire::sroi_result::{AssumptionResult, FigureResult, SroiResult};

/// The result as tables, with the assumptions that it rests on.
#[must_use]
pub fn sroi_tables(result: &SroiResult, language: LanguageCode, style: Style) -> String {
    let language = Language::from(language);
    let mut page = Page { words: Words::of(language), language, style, text: String::new() };
    page.heading(1, &result.title);
    facts(&mut page, result);
    outcomes(&mut page, result);
    totals(&mut page, result);
    sensitivity(&mut page, result);
    if !result.warnings.is_empty() {
        page.paragraph(page.words.warnings);
    }
    for warning in &result.warnings {
        page.bullet(&format!("{}: {} ({})", warning.code, warning.detail, warning.remedy));
    }
    explanation(&mut page, result);
    page.paragraph(&result.notes.join(" "));
    page.paragraph(&format!("SHA-256 {} {}", page.words.of_input, result.fingerprint));
    page.text
}

fn in_language(page: &Page, dutch: &'static str, english: &'static str) -> &'static str {
    match page.language {
        Language::Dutch => dutch,
        Language::English => english,
    }
}

fn facts(page: &mut Page, result: &SroiResult) {
    let convention = match result.convention {
        ConventionInput::EndOfYear => in_language(page, "eind van het jaar", "end of year"),
        ConventionInput::FirstYearUndiscounted => {
            in_language(page, "eerste jaar niet verdisconteerd", "first year undiscounted")
        }
    };
    let (rate, since) =
        (in_language(page, "Discontovoet", "Discount rate"), in_language(page, "sinds", "since"));
    let (prices, policy) =
        (in_language(page, "prijspeil", "prices of"), in_language(page, "beleid", "policy"));
    let text = format!(
        "{rate} {} % ({convention}, {since} {}) · {prices} {} · {policy} {}",
        page.number(&result.rate_percent),
        result.rate_valid_from,
        result.price_year,
        result.policy_version
    );
    page.line(&text);
    page.line("");
}

fn outcomes(page: &mut Page, result: &SroiResult) {
    let header = [
        in_language(page, "Effect", "Outcome"),
        in_language(page, "Bruto per jaar", "Gross a year"),
        in_language(page, "Impact jaar 1", "Impact year 1"),
        in_language(page, "Contante waarde", "Present value"),
    ]
    .map(str::to_owned);
    let rows: Vec<Vec<String>> = result
        .outcomes
        .iter()
        .map(|outcome| {
            let amounts = [&outcome.gross, &outcome.impact, &outcome.present_value];
            let amounts = amounts.into_iter().map(|figure| page.euros(&figure.rounded));
            std::iter::once(outcome.id.clone()).chain(amounts).collect()
        })
        .collect();
    page.table(1, &header, &rows);
    page.line("");
}

fn totals(page: &mut Page, result: &SroiResult) {
    let none = in_language(page, "geen", "none");
    let number = |figure: &Option<FigureResult>| {
        figure.as_ref().map_or_else(|| none.to_owned(), |figure| page.number(&figure.rounded))
    };
    let lasting = |figure: &Option<FigureResult>, unit: &str| match figure {
        Some(figure) => format!("{} {unit}", page.number(&figure.rounded)),
        None => in_language(page, "nooit", "never").to_owned(),
    };
    let (months, years) = (in_language(page, "maanden", "months"), in_language(page, "jaar", "years"));
    let rows = [
        (in_language(page, "Investering (I)", "Inputs (I)"), page.euros(&result.inputs.rounded)),
        (
            in_language(page, "Totale contante waarde (TPV)", "Total present value (TPV)"),
            page.euros(&result.total_present_value.rounded),
        ),
        (
            in_language(page, "Netto contante waarde (NPV)", "Net present value (NPV)"),
            page.euros(&result.net_present_value.rounded),
        ),
        (in_language(page, "SROI-ratio (TPV / I)", "SROI ratio (TPV / I)"), number(&result.sroi_ratio)),
        (
            in_language(page, "Netto SROI-ratio (NPV / I)", "Net SROI ratio (NPV / I)"),
            number(&result.net_sroi_ratio),
        ),
        (
            in_language(page, "Terugverdientijd op jaar 1", "Payback on year 1"),
            lasting(&result.payback_months_simple, months),
        ),
        (
            in_language(page, "Terugverdientijd cumulatief", "Payback, cumulative"),
            lasting(&result.payback_years_cumulative, years),
        ),
    ];
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]).collect();
    let header = [in_language(page, "Uitkomst", "Result").to_owned(), String::new()];
    page.table(1, &header, &rows);
}

fn sensitivity(page: &mut Page, result: &SroiResult) {
    let Some(found) = &result.sensitivity else { return };
    let title = in_language(
        page,
        "Gevoeligheid: elke aanname apart gevarieerd",
        "Sensitivity: each assumption varied alone",
    );
    page.paragraph(title);
    if let (Some(lowest), Some(highest)) = (&found.lowest_ratio, &found.highest_ratio) {
        let (of, to) = (in_language(page, "Ratio van", "Ratio from"), in_language(page, "tot", "to"));
        page.line(&format!("{of} {} {to} {}", page.number(&lowest.rounded), page.number(&highest.rounded)));
    }
    let header = [
        in_language(page, "Effect", "Outcome"),
        in_language(page, "Aanname", "Assumption"),
        in_language(page, "Vastgelegd", "Declared"),
        in_language(page, "Ratio lager", "Ratio lower"),
        in_language(page, "Ratio hoger", "Ratio higher"),
        in_language(page, "Ratio 1 bij", "Ratio 1 at"),
    ]
    .map(str::to_owned);
    let row = |assumption: &AssumptionResult| {
        let shown = |figure: &Option<FigureResult>| {
            figure.as_ref().map_or_else(|| "–".to_owned(), |figure| page.number(&figure.rounded))
        };
        vec![
            assumption.outcome.clone().unwrap_or_default(),
            assumption.assumption.clone(),
            page.number(&assumption.declared),
            shown(&assumption.ratio_at_lower),
            shown(&assumption.ratio_at_higher),
            shown(&assumption.break_even),
        ]
    };
    let rows: Vec<Vec<String>> = found.assumptions.iter().map(row).collect();
    page.table(2, &header, &rows);
}

fn explanation(page: &mut Page, result: &SroiResult) {
    let Some(steps) = &result.explanation else { return };
    page.paragraph(page.words.explanation);
    for step in steps {
        let outcome = step.outcome.as_ref().map(|id| format!("{id}: ")).unwrap_or_default();
        let result = page.number(&step.result);
        page.bullet(&format!("{outcome}{}: {} = {} = {result}", step.name, step.formula, step.calculation));
    }
}
