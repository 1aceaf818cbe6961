//! The results of `trede social-return` as text.

use super::words::Words;
use super::{Page, Style};
use trede_rules::explaining::Language;
use trede_wire::score_result::LanguageCode;
use trede_wire::social_return_case::SocialReturnCase;
use trede_wire::social_return_comparison::{ComparisonResult, DifferenceKind, SideResult};
use trede_wire::social_return_result::{AmountResult, RuleStepResult, SocialReturnResult};

/// What is owed, what each entry counts for, and what is short.
#[must_use]
pub fn social_return_tables(
    case: &SocialReturnCase,
    result: &SocialReturnResult,
    language: LanguageCode,
    style: Style,
) -> String {
    let language = Language::from(language);
    let mut page = Page { words: Words::of(language), language, style, text: String::new() };
    page.heading(1, &format!("{} · {}", case.policy.name, result.version));
    let named = named_amounts(&page, case, result);
    let [what, amount] = match language {
        Language::Dutch => ["Onderdeel", "Bedrag"],
        Language::English => ["Item", "Amount"],
    };
    let mut rows: Vec<Vec<String>> =
        named.iter().map(|(name, amount)| vec![name.clone(), page.euros(&amount.amount)]).collect();
    rows.extend(totals(&page, result));
    page.table(1, &[what.to_owned(), amount.to_owned()], &rows);
    for (name, amount) in &named {
        for note in &amount.notes {
            page.bullet(&format!("{name}: {} ({})", note.detail, note.remedy));
        }
    }
    for (name, amount) in &named {
        explanation(&mut page, name, amount.explanation.as_deref());
    }
    let settlement = result.settlement.as_ref().and_then(|settled| settled.explanation.as_deref());
    explanation(&mut page, in_language(language, "Afrekening", "Settlement"), settlement);
    if !result.silent_on.is_empty() {
        let text = in_language(language, "Het beleid zegt niets over", "The policy does not say");
        page.paragraph(&format!("{text}: {}", result.silent_on.join(", ")));
    }
    page.text
}

fn in_language(language: Language, dutch: &'static str, english: &'static str) -> &'static str {
    match language {
        Language::Dutch => dutch,
        Language::English => english,
    }
}

fn named_amounts<'a>(
    page: &Page,
    case: &SocialReturnCase,
    result: &'a SocialReturnResult,
) -> Vec<(String, &'a AmountResult)> {
    let owed = in_language(page.language, "Opgave", "Obligation");
    let mut named: Vec<_> = result.obligation.iter().map(|amount| (owed.to_owned(), amount)).collect();
    for (index, (entry, amount)) in case.entries.iter().zip(&result.entries).enumerate() {
        named.push((format!("{} {}", index + 1, entry.block), amount));
    }
    named
}

fn totals(page: &Page, result: &SocialReturnResult) -> Vec<Vec<String>> {
    let word = |dutch, english| in_language(page.language, dutch, english).to_owned();
    let mut rows = vec![vec![word("Gerealiseerd", "Realised"), page.euros(&result.realised)]];
    if let Some(settled) = &result.settlement {
        rows.push(vec![word("Tekort", "Shortfall"), page.euros(&settled.shortfall)]);
        rows.push(vec![word("Sanctie", "Sanction"), page.euros(&settled.sanction)]);
    }
    rows
}

fn explanation(page: &mut Page, name: &str, steps: Option<&[RuleStepResult]>) {
    let Some(steps) = steps else { return };
    page.paragraph(name);
    for step in steps {
        let result = page.number(&step.result);
        page.bullet(&format!("{}: {} = {} = {result}", step.name, step.formula, step.calculation));
    }
}

/// What differs between two policies, and what a case is worth under each.
#[must_use]
pub fn comparison_tables(result: &ComparisonResult, language: LanguageCode, style: Style) -> String {
    let language = Language::from(language);
    let mut page = Page { words: Words::of(language), language, style, text: String::new() };
    let word = |dutch, english| in_language(language, dutch, english).to_owned();
    page.heading(1, &format!("{} · {}", result.first, result.second));
    let head = |what| [what, result.first.clone(), result.second.clone()];
    let differences: Vec<Vec<String>> = result
        .differences
        .iter()
        .map(|one| {
            let mark = match one.kind {
                DifferenceKind::Added => "+",
                DifferenceKind::Removed => "-",
                DifferenceKind::Changed => "*",
            };
            vec![format!("{mark} {}", one.place), shown(one.first.as_ref()), shown(one.second.as_ref())]
        })
        .collect();
    page.table(3, &head(word("Verschil", "Difference")), &differences);
    let owed = result.obligation.iter().map(|amount| (word("Opgave", "Obligation"), amount));
    let entries = result.entries.iter().enumerate();
    let entries =
        entries.map(|(index, amount)| (format!("{} {}", word("Verantwoording", "Entry"), index + 1), amount));
    let rows: Vec<Vec<String>> = owed
        .chain(entries)
        .map(|(name, amount)| vec![name, of_side(&page, &amount.first), of_side(&page, &amount.second)])
        .collect();
    if !rows.is_empty() {
        page.table(1, &head(word("Onderdeel", "Item")), &rows);
    }
    page.text
}

/// The most characters of a value in a table.
const WIDEST: usize = 60;

fn shown(value: Option<&serde_json::Value>) -> String {
    let text = match value {
        None => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    };
    if text.chars().count() <= WIDEST { text } else { text.chars().take(WIDEST).chain(['…']).collect() }
}

fn of_side(page: &Page, side: &SideResult) -> String {
    let errors = || side.errors.iter().map(|error| error.detail.clone()).collect::<Vec<_>>().join("; ");
    side.value.as_ref().map_or_else(errors, |value| page.euros(&value.amount))
}
