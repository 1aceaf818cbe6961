//! The result of `trede social-return value` as text.

use super::{Page, Style, words::Words};
use crate::domain::award::explanation::Language;
use crate::exchange::score_result::LanguageCode;
use crate::exchange::social_return_case::SocialReturnCase;
use crate::exchange::social_return_result::{AmountResult, RuleStepResult, SocialReturnResult};

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
