//! Follow-ups (opvolgingen): whether somebody is still at work some months after a placement. They are entries like
//! others, with the same steps and in the same tables, and count for nothing.

use chrono::Months;

use crate::following::claims;
use crate::following::entry_values::{Valued, given};
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use trede_model::following::entry::{Entry, EntryContent, EntryKind};
use trede_rules::social_return::{Effort, Policy};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_json;
use trede_wire::social_return_case::EntryInput;
use trede_wire::social_return_result::AmountResult;

/// The most months after a placement: ten years.
const MOST_MONTHS: u16 = 120;

/// What a follow-up says, and no other entry does.
pub(super) fn check_facts(findings: &mut Findings, kind: EntryKind, facts: &EntryInput) {
    let (months, at_work) = ("/facts/monthsAfter", "/facts/atWork");
    if kind != EntryKind::FollowUp {
        for (pointer, given) in [(months, facts.months_after.is_some()), (at_work, facts.at_work.is_some())] {
            if given {
                findings.add(pointer, "field-unused", format!("`{kind}` is no follow-up of a placement"));
            }
        }
        return;
    }
    if !facts.months_after.is_some_and(|months| (1..=MOST_MONTHS).contains(&months)) {
        let detail = format!("from 1 to {MOST_MONTHS} months after the last day of the placement");
        findings.add(months, "fact-missing", detail);
    }
    if facts.at_work.is_none() {
        findings.add(at_work, "fact-missing", "whether the candidate is at work on that day");
    }
    if facts.period.is_some_and(|period| period.from != period.until) {
        let detail = "it is about one day: give the same day twice";
        findings.add("/facts/period/until", "one-day", detail);
    }
    if !facts.bonuses.is_empty() {
        findings.add("/facts/bonuses", "field-unused", "a follow-up counts for nothing");
    }
}

/// It is about a block on which somebody works or learns.
pub(super) fn check_block(findings: &mut Findings, policy: &Policy, content: &EntryContent) {
    let block = policy.block(&content.block);
    if block.is_none_or(|block| block.effort(None) != Effort::Person) {
        let detail = "the building block of the placement that is followed up";
        findings.add("/facts/block", "no-placement", detail);
    }
}

/// It counts for nothing, without a calculation.
pub(super) fn worth_nothing() -> Result<Valued, ServiceError> {
    let nothing =
        AmountResult { amount: "0.00".to_owned(), notes: Vec::new(), explanation: Some(Vec::new()) };
    let calculation =
        String::from_utf8(canonical_json(&nothing)).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(Valued { cents: 0, calculation })
}

/// Refuses a follow-up without a placement of the candidate that was handed in, or before its months are over.
///
/// # Errors
/// [`ServiceError::Refused`] as `no-placement` or `followed-up-too-early`.
pub(super) fn expect_placement(c: &mut AnyConnection, entry: &Entry) -> Result<(), ServiceError> {
    if entry.content.kind != EntryKind::FollowUp {
        return Ok(());
    }
    let facts = given(entry)?;
    let ids = claims::of_same_effort(c, entry)?;
    let of_candidate = store::following::entries::active(c, entry.municipality, &ids)?;
    let ended = of_candidate
        .iter()
        .filter(|other| other.contract == entry.contract && other.content.kind.is_work())
        .filter(|other| other.content.block == entry.content.block)
        .filter_map(|other| other.content.period_until)
        .max();
    let Some(ended) = ended else {
        let detail = "no placement of this candidate on this building block was handed in under the contract";
        return Err(ServiceError::refused("no-placement", detail));
    };
    let months = Months::new(facts.months_after.map_or(0, u32::from));
    let due = ended.checked_add_months(months);
    if entry.content.period_until.zip(due).is_none_or(|(seen_on, due)| seen_on < due) {
        let due = due.map(|due| due.to_string()).unwrap_or_default();
        let detail = format!("the placement ended on {ended}: this is known from {due}");
        return Err(ServiceError::refused("followed-up-too-early", detail));
    }
    Ok(())
}
