//! The PSO level of a supplier: that of the register of certificates on the day of the invoice.

use chrono::{DateTime, NaiveDate, Utc};

use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::pso::pso_tables;
use trede_base::ids::KvkNumber;
use trede_model::following::entry::EntryContent;
use trede_rules::pso::{LadderVersion, levels_between};
use trede_rules::social_return::{InvoiceRecognition, Measure, Policy};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_json;
use trede_wire::social_return_case::EntryInput;

/// Holds the level that an entry names against the register, and fills in what the register knows where it names
/// none. A register that is no PSO level is for the coordinator to judge, who approves the entry.
///
/// # Errors
/// [`ServiceError::Invalid`] when the register knows another level, or none, on that day.
pub(crate) fn settle(
    c: &mut AnyConnection,
    policy: &Policy,
    content: &mut EntryContent,
    at: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let Some(supplier) = content.supplier else { return Ok(()) };
    let mut facts: EntryInput =
        serde_json::from_str(&content.facts).map_err(|error| ServiceError::Internal(error.into()))?;
    let measure = policy.block(&content.block).and_then(|block| block.unit(facts.unit.as_deref()));
    if !matches!(measure, Some((Measure::Invoice(InvoiceRecognition::ByRegister), _))) {
        return Ok(());
    }
    let ladders = pso_tables::ladders(c)?;
    let is_level = |code: &str| {
        ladders.iter().any(|version| version.ladder.levels().iter().any(|level| level.code == code))
    };
    if facts.register.as_deref().is_some_and(|register| !is_level(register)) {
        return Ok(());
    }
    let day = content.period_until.unwrap_or_else(|| dutch_day(at));
    let known = level_on(c, supplier, &ladders, day, at)?;
    match (&facts.register, known) {
        (Some(named), Some(known)) if *named == known => Ok(()),
        (Some(named), known) => {
            let known = known.map_or_else(|| "no level".to_owned(), |known| format!("`{known}`"));
            let detail = format!("the register knows {known} of this supplier on {day}, and not `{named}`");
            Err(ServiceError::invalid("/facts/register", "register-differs", detail))
        }
        (None, known) => {
            facts.register = known;
            content.facts = String::from_utf8(canonical_json(&facts))
                .map_err(|error| ServiceError::Internal(error.into()))?;
            Ok(())
        }
    }
}

fn level_on(
    c: &mut AnyConnection,
    supplier: KvkNumber,
    ladders: &[LadderVersion],
    day: NaiveDate,
    known_at: DateTime<Utc>,
) -> Result<Option<String>, ServiceError> {
    let certificates = store::pso::certificates::known_at(c, supplier, known_at)?;
    let held = levels_between(&certificates, ladders, day, day);
    Ok(held.into_iter().find_map(|held| held.certificate.map(|certificate| certificate.facts.level.clone())))
}
