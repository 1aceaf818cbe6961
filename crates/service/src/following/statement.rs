//! The final statement of a contract (eindafrekening), as a document in Dutch.

use std::fmt::Write;

use crate::following::entries::Balance;
use crate::frame::dutch_time::dutch_day;
use trede_formats::markdown::{self as document, plain};
use trede_model::following::change::ContractChange;
use trede_model::following::contract::Contract;
use trede_model::following::obligation_state::ObligationStep;
use trede_model::following::settlement::SettlementRecord;
use trede_rules::social_return::Policy;

/// What a statement tells of.
pub(crate) struct Statement<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) policy: &'a Policy,
    pub(crate) balance: &'a Balance,
    pub(crate) changes: &'a [ContractChange],
}

/// The statement as Markdown.
pub(crate) fn markdown(told: &Statement<'_>, decided: &SettlementRecord) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut text, told, decided);
    text
}

fn write(text: &mut String, told: &Statement<'_>, decided: &SettlementRecord) -> std::fmt::Result {
    let terms = &told.contract.terms;
    writeln!(text, "# Afrekening social return: {}\n", plain(&terms.title))?;
    writeln!(text, "| | |\n|---|---|")?;
    writeln!(text, "| Gemeente | {} |", told.contract.municipality.cbs_code())?;
    writeln!(text, "| Opdrachtnemer (KvK) | {} |", terms.contractor)?;
    if !terms.consortium.0.is_empty() {
        writeln!(text, "| Combinatie (KvK) | {} |", terms.consortium)?;
    }
    if let Some(reference) = &terms.external_reference {
        writeln!(text, "| Kenmerk | {} |", plain(reference))?;
    }
    writeln!(text, "| Looptijd | {} tot en met {} |", terms.starts_on, terms.ends_on)?;
    writeln!(text, "| Beleid | {}, versie {} |", plain(&told.policy.name), plain(&told.policy.version))?;
    writeln!(text, "| Datum | {} |\n", dutch_day(decided.at))?;
    writeln!(
        text,
        "## Opgave en wijzigingen\n\n| Ingangsdatum | Wijziging | Opgave | Reden |\n|---|---|---:|---|"
    )?;
    for change in told.changes {
        let owed = change.obligation_cents.map_or_else(|| "onbekend".to_owned(), euros);
        writeln!(text, "| {} | {} | {owed} | {} |", change.effective_on, change.kind, plain(&change.reason))?;
    }
    writeln!(text, "\n## Gerealiseerd\n\n| Bouwblok | Goedgekeurd |\n|---|---:|")?;
    for total in &told.balance.blocks {
        let name = told.policy.block(&total.block).map_or(&total.block, |block| &block.name);
        writeln!(text, "| {} | {} |", plain(name), euros(total.approved_cents))?;
    }
    writeln!(text, "| **Telt mee, na maxima** | **{}** |", euros(decided.realised_cents))?;
    writeln!(text, "\n## Uitkomst\n\n| | |\n|---|---:|")?;
    writeln!(text, "| Opgave | {} |", euros(decided.owed_cents))?;
    writeln!(text, "| Gerealiseerd | {} |", euros(decided.realised_cents))?;
    writeln!(text, "| Tekort | {} |", euros(decided.shortfall_cents))?;
    if decided.carried_over_cents > 0 {
        writeln!(text, "| Over te hevelen | {} |", euros(decided.carried_over_cents))?;
    }
    writeln!(text, "| Te betalen | {} |\n", euros(decided.sanction_cents))?;
    writeln!(text, "**{}**", outcome(decided.step))?;
    if let Some(until) = decided.cure_until {
        writeln!(text, "\nHersteltermijn tot en met {until}.")?;
    }
    writeln!(text, "\nMotivering: {}\n\nVastgesteld door {}.", plain(&decided.reason), plain(&decided.actor))
}

/// A statement as a page of HTML.
#[must_use]
pub fn html(markdown: &str) -> String {
    document::html(markdown, "Afrekening social return")
}

const fn outcome(step: ObligationStep) -> &'static str {
    match step {
        ObligationStep::Fix | ObligationStep::Exempt => "Vastgesteld",
        ObligationStep::Fulfil => "Voldaan",
        ObligationStep::GiveCurePeriod => "Hersteltermijn",
        ObligationStep::FallShort => "Tekort",
        ObligationStep::Sanction => "Tekort, met sanctie",
        ObligationStep::Excuse => "Verontschuldigd",
    }
}

/// An amount as it is written in Dutch: `€ 1.234,56`.
fn euros(cents: i64) -> String {
    let whole = (cents / 100).unsigned_abs().to_string();
    let mut grouped = String::new();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push('.');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "−" } else { "" };
    format!("€ {sign}{grouped},{:02}", (cents % 100).unsigned_abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_is_written_as_the_dutch_do() {
        for (cents, text) in [(0, "€ 0,00"), (5, "€ 0,05"), (1_777_778, "€ 17.777,78"), (-123, "€ −1,23")]
        {
            assert_eq!(euros(cents), text);
        }
        assert_eq!(euros(10_000_000_000), "€ 100.000.000,00");
    }
}
