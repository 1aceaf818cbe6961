//! How far an obligation (opgave) is.

use chrono::NaiveDate;
use thiserror::Error;

use trede_base::words;

words! {
    /// How far an obligation is (stand van de opgave).
    pub enum ObligationState is "obligation state" {
        /// Computed, and not fixed yet (concept).
        Concept = "concept",
        /// Fixed; the contract has not started (vastgesteld).
        Fixed = "fixed",
        /// The contract runs (lopend).
        Running = "running",
        /// Nothing is owed, with a reason (ontheven).
        Exempt = "exempt",
        /// What was owed was done (voldaan).
        Fulfilled = "fulfilled",
        /// The contractor may still make up for what is short (hersteltermijn).
        CurePeriod = "cure-period",
        /// Something is short at the end (tekort).
        Short = "short",
        /// What was short is paid for (gesanctioneerd).
        Sanctioned = "sanctioned",
        /// What was short is forgiven, with a reason (verontschuldigd).
        Excused = "excused",
        /// The contract was registered by mistake, and taken back before anything was decided (ingetrokken).
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What leads from one state to the next (stap van de opgave).
    pub enum ObligationStep is "obligation step" {
        /// Fixes what is owed (vaststelling).
        Fix = "fix",
        /// Fixes that nothing is owed (ontheffing).
        Exempt = "exempt",
        /// Settles: all was done (voldaan).
        Fulfil = "fulfil",
        /// Gives time to make up for what is short (hersteltermijn).
        GiveCurePeriod = "give-cure-period",
        /// Settles: something is short (tekort).
        FallShort = "fall-short",
        /// Charges what is short (sanctie).
        Sanction = "sanction",
        /// Forgives what is short (verontschuldiging).
        Excuse = "excuse",
    }
}

/// A step that does not lead out of this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("in state «{state}» the step «{step}» is not possible")]
pub struct ObligationStepRefused {
    /// How far the obligation is.
    pub state: ObligationState,
    /// What was asked.
    pub step: ObligationStep,
}

impl ObligationState {
    /// The state on a day: what is fixed runs by itself from the first day of the contract.
    #[must_use]
    pub fn on(self, today: NaiveDate, starts_on: NaiveDate) -> Self {
        if self == Self::Fixed && starts_on <= today { Self::Running } else { self }
    }

    /// The state after a step.
    ///
    /// # Errors
    /// [`ObligationStepRefused`] when the step does not lead out of this state.
    pub fn after(self, step: ObligationStep) -> Result<Self, ObligationStepRefused> {
        use ObligationState::{
            Concept, CurePeriod, Excused, Exempt, Fixed, Fulfilled, Running, Sanctioned, Short,
        };
        match (step, self) {
            (ObligationStep::Fix, Concept) => Ok(Fixed),
            (ObligationStep::Exempt, Concept) => Ok(Exempt),
            (ObligationStep::Fulfil, Running | CurePeriod) => Ok(Fulfilled),
            (ObligationStep::GiveCurePeriod, Running) => Ok(CurePeriod),
            (ObligationStep::FallShort, Running | CurePeriod) => Ok(Short),
            (ObligationStep::Sanction, Short) => Ok(Sanctioned),
            (ObligationStep::Excuse, Running | Short) => Ok(Excused),
            (step, state) => Err(ObligationStepRefused { state, step }),
        }
    }

    /// The state after what is owed was computed anew: an exemption ends what was fixed, and what is owed after
    /// one is fixed again.
    #[must_use]
    pub const fn recomputed(self, exempt: bool, owed_cents: Option<i64>) -> Self {
        match (self, owed_cents) {
            (Self::Fixed | Self::Running, _) if exempt => Self::Exempt,
            (Self::Exempt, Some(owed)) if owed > 0 => Self::Concept,
            (state, _) => state,
        }
    }

    /// Whether efforts can be accounted for.
    #[must_use]
    pub const fn takes_entries(self) -> bool {
        matches!(self, Self::Fixed | Self::Running | Self::CurePeriod)
    }

    /// Whether the contract can still change what is owed.
    #[must_use]
    pub const fn takes_changes(self) -> bool {
        matches!(self, Self::Concept | Self::Fixed | Self::Running | Self::CurePeriod | Self::Exempt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_obligation_runs_from_the_first_day_of_the_contract() {
        let starts = day("2026-03-01");
        assert_eq!(ObligationState::Fixed.on(day("2026-02-28"), starts), ObligationState::Fixed);
        assert_eq!(ObligationState::Fixed.on(starts, starts), ObligationState::Running);
        assert_eq!(ObligationState::Concept.on(starts, starts), ObligationState::Concept);
    }

    #[test]
    fn what_is_owed_after_an_exemption_is_fixed_again() {
        let exempt = ObligationState::Running.recomputed(true, Some(0));
        assert_eq!(exempt, ObligationState::Exempt);
        assert_eq!(exempt.recomputed(true, Some(0)), ObligationState::Exempt);
        assert_eq!(exempt.recomputed(false, Some(1)), ObligationState::Concept);
        assert_eq!(ObligationState::Running.recomputed(false, Some(0)), ObligationState::Running);
    }

    #[test]
    fn the_way_with_a_cure_period_leads_to_a_sanction() {
        let mut state = ObligationState::Running;
        for step in [ObligationStep::GiveCurePeriod, ObligationStep::FallShort, ObligationStep::Sanction] {
            state = state.after(step).unwrap();
        }
        assert_eq!(state, ObligationState::Sanctioned);
    }

    #[test]
    fn a_second_cure_period_is_refused_and_nothing_follows_an_end() {
        assert!(ObligationState::CurePeriod.after(ObligationStep::GiveCurePeriod).is_err());
        for state in [ObligationState::Fulfilled, ObligationState::Sanctioned, ObligationState::Excused] {
            for step in ObligationStep::ALL {
                assert!(state.after(*step).is_err(), "{state} {step}");
            }
        }
    }
}
