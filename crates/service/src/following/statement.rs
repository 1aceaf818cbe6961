//! The final statement of a contract (eindafrekening), as a document in Dutch.

use std::fmt::Write;

use rust_decimal::Decimal;

use crate::following::entries::Balance;
use crate::frame::dutch_time::dutch_day;
use trede_formats::dutch;
use trede_formats::markdown::{self as document, plain};
use trede_model::following::change::{ChangeKind, ContractChange};
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
    /// The names of the municipality and of the contractor, where they are known.
    pub(crate) names: (Option<String>, Option<String>),
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
    writeln!(text, "# {TITLE}: {}\n", plain(&terms.title))?;
    writeln!(text, "| | |\n|---|---|")?;
    let named = |name: &Option<String>, code: String| match name {
        Some(name) => format!("{} ({code})", plain(name)),
        None => code,
    };
    let (municipality, contractor) = &told.names;
    let code = told.contract.municipality.cbs_code();
    writeln!(text, "| Aanbestedende dienst | {} |", named(municipality, code))?;
    writeln!(text, "| Opdrachtnemer (KvK) | {} |", named(contractor, terms.contractor.to_string()))?;
    if !terms.consortium.0.is_empty() {
        writeln!(text, "| Combinatie (KvK) | {} |", terms.consortium)?;
    }
    if let Some(reference) = &terms.external_reference {
        writeln!(text, "| Kenmerk | {} |", plain(reference))?;
    }
    writeln!(
        text,
        "| Looptijd | {} tot en met {} |",
        dutch::day(terms.starts_on),
        dutch::day(terms.ends_on)
    )?;
    writeln!(text, "| Beleid | {}, versie {} |", plain(&told.policy.name), plain(&told.policy.version))?;
    writeln!(text, "| Datum | {} |\n", dutch::day(dutch_day(decided.at)))?;
    writeln!(
        text,
        "## Opgave en wijzigingen\n\n| Ingangsdatum | Wijziging | Opgave | Reden |\n|---|---|---:|---|"
    )?;
    for change in told.changes {
        let owed = change.obligation_cents.map_or_else(|| "onbekend".to_owned(), euros);
        let (day, kind) = (dutch::day(change.effective_on), in_words(change.kind));
        writeln!(text, "| {day} | {kind} | {owed} | {} |", plain(&change.reason))?;
    }
    writeln!(text, "\n## Gerealiseerd\n\n| Bouwblok | Goedgekeurd |\n|---|---:|")?;
    for total in &told.balance.blocks {
        let name = told.policy.block(&total.block).map_or(&total.block, |block| &block.name);
        writeln!(text, "| {} | {} |", plain(name), euros(total.approved_cents))?;
    }
    let beyond = told.balance.approved_cents.saturating_sub(decided.realised_cents);
    if beyond > 0 {
        writeln!(text, "| Telt niet mee door een maximum van het beleid | {} |", euros(-beyond))?;
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
    match &told.policy.sanction {
        Some(sanction) if decided.step == ObligationStep::Sanction => {
            let factor = sanction.factor.shown().replace('.', ",");
            writeln!(text, "**{}** ({factor} × het tekort)", outcome(decided.step))?;
        }
        _ => writeln!(text, "**{}**", outcome(decided.step))?,
    }
    if let Some(until) = decided.cure_until.or(told.contract.cure_until) {
        writeln!(text, "\nHersteltermijn tot en met {}.", dutch::day(until))?;
    }
    writeln!(text, "\nMotivering: {}\n\nVastgesteld door {}.", plain(&decided.reason), plain(&decided.actor))
}

/// What a statement is called.
pub(crate) const TITLE: &str = "Afrekening social return";

/// A statement as a page of HTML.
#[must_use]
pub fn html(markdown: &str) -> String {
    document::html(markdown, TITLE)
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

/// Why the terms changed, in words.
const fn in_words(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Registration => "Registratie",
        ChangeKind::Policy => "Keuze van het beleid",
        ChangeKind::Value => "Wijziging van de waarde",
        ChangeKind::Extension => "Verlenging",
        ChangeKind::Indexation => "Indexering",
        ChangeKind::Termination => "Beëindiging",
        ChangeKind::Takeover => "Contractovername",
        ChangeKind::Consortium => "Wijziging van de combinatie",
        ChangeKind::PsoLevel => "Wijziging van de PSO-trede",
        ChangeKind::Relief => "Maatwerk of ontheffing",
        ChangeKind::Correction => "Correctie",
    }
}

/// An amount in cents as it is written in Dutch: `€ 1.234,56`.
fn euros(cents: i64) -> String {
    dutch::euros(Decimal::new(cents, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_written_as_the_dutch_do() {
        for (day, text) in [("2026-03-01", "1 maart 2026"), ("2027-12-31", "31 december 2027")] {
            assert_eq!(dutch::day(day.parse().unwrap()), text);
        }
    }

    #[test]
    fn an_amount_is_written_as_the_dutch_do() {
        for (cents, text) in [(0, "€ 0,00"), (5, "€ 0,05"), (1_777_778, "€ 17.777,78"), (-123, "€ −1,23")]
        {
            assert_eq!(euros(cents), text);
        }
        assert_eq!(euros(10_000_000_000), "€ 100.000.000,00");
    }
}
