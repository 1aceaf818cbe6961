//! The ledger (grootboek): each step of an entry adds a row; no row ever changes or goes.

use chrono::{DateTime, Utc};

use super::contract::ContractId;
use super::entry::{EntryId, EntryState, EntryStep};
use trede_base::record::Version;

/// What a step of an entry added to what was submitted and to what was approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerRow {
    /// The contract.
    pub contract: ContractId,
    /// The entry.
    pub entry: EntryId,
    /// The version that the entry had afterwards.
    pub version: Version,
    /// The building block (bouwblok).
    pub block: String,
    /// Which step.
    pub step: EntryStep,
    /// Added to what waits for a decision, in cents; negative where that is taken off.
    pub submitted_cents: i64,
    /// Added to what counts, in cents; negative where that is taken off.
    pub approved_cents: i64,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// Why, where a reason is asked.
    pub reason: Option<String>,
}

/// What names a row of the ledger: the entry, and the version that the step gave it.
pub type LedgerKey = (EntryId, Version);

/// What a step adds, in cents: to what is submitted, and to what is approved.
#[must_use]
pub const fn added_by(step: EntryStep, value_cents: i64) -> (i64, i64) {
    match step {
        EntryStep::Submit => (value_cents, 0),
        EntryStep::Endorse | EntryStep::Revalue | EntryStep::Remove => (0, 0),
        EntryStep::Return | EntryStep::Reject | EntryStep::Withdraw => (-value_cents, 0),
        EntryStep::Approve => (-value_cents, value_cents),
        EntryStep::Reverse => (0, -value_cents),
    }
}

/// What a new value adds, in cents: to what is submitted, and to what is approved.
#[must_use]
pub const fn added_by_revaluation(state: EntryState, before_cents: i64, after_cents: i64) -> (i64, i64) {
    let more = after_cents.saturating_sub(before_cents);
    match state {
        EntryState::Submitted => (more, 0),
        EntryState::Approved => (0, more),
        EntryState::Draft
        | EntryState::Returned
        | EntryState::Rejected
        | EntryState::Reversed
        | EntryState::Withdrawn => (0, 0),
    }
}

/// The sum of the ledger for one block of a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockTotal {
    /// Code of the block.
    pub block: String,
    /// What waits for a decision, in cents.
    pub submitted_cents: i64,
    /// What counts, in cents.
    pub approved_cents: i64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn whatever_happens_to_an_entry_the_ledger_holds_what_its_state_says(
            steps in prop::collection::vec((prop::sample::select(EntryStep::ALL), 0_i64..1_000_000_000), 0..20),
            mut value in 0_i64..1_000_000_000,
        ) {
            let mut state = EntryState::Draft;
            let (mut submitted, mut approved) = (0, 0);
            for (step, anew) in steps {
                let Ok(next) = state.after(step) else { continue };
                let (to_submitted, to_approved) = match step {
                    EntryStep::Revalue => added_by_revaluation(state, value, anew),
                    _ => added_by(step, value),
                };
                if step == EntryStep::Revalue {
                    value = anew;
                }
                submitted += to_submitted;
                approved += to_approved;
                state = next;
            }
            prop_assert_eq!(submitted, if state == EntryState::Submitted { value } else { 0 });
            prop_assert_eq!(approved, if state == EntryState::Approved { value } else { 0 });
        }
    }
}
