//! How far a procedure is: the states of a lot, the steps between them, and the state of the
//! tender, which follows from its lots.

use chrono::{DateTime, Utc};
use thiserror::Error;

use trede_base::words;

words! {
    /// How far a lot, or a whole tender, is (stand van de procedure).
    pub enum State is "state" {
        /// Being prepared (concept).
        Draft = "draft",
        /// Made public; bids can be made until the deadline (gepubliceerd).
        Published = "published",
        /// The deadline has passed, nobody has opened the bids yet (gesloten).
        Closed = "closed",
        /// The bids are open to those who evaluate them (geopend).
        Opened = "opened",
        /// There is an evaluation (beoordeeld).
        Evaluated = "evaluated",
        /// The bidders have been told who will win (voornemen tot gunning).
        AwardProposed = "award-proposed",
        /// Awarded (gegund).
        Awarded = "awarded",
        /// Ended without an award, for want of a suitable bid (mislukt).
        Unsuccessful = "unsuccessful",
        /// Called off by the municipality (ingetrokken).
        Cancelled = "cancelled",
    }
}

words! {
    /// What moves a lot from one state to the next (stap in de procedure).
    pub enum Step is "step" {
        /// Makes it public and freezes the award model (publicatie).
        Publish = "publish",
        /// Opens the bids, after the deadline (opening).
        Open = "open",
        /// Fixes the scores for quality, before a price is looked at (vaststelling van de kwaliteit).
        FixQuality = "fix-quality",
        /// Lets scores for quality change again, while no price is known (heropening van de kwaliteit).
        ReopenQuality = "reopen-quality",
        /// Opens the price envelopes, once the quality is fixed (opening van de prijsenveloppen).
        OpenPrices = "open-prices",
        /// Makes an evaluation, or another that corrects it (beoordeling).
        Evaluate = "evaluate",
        /// Tells the bidders who will win (voornemen tot gunning).
        ProposeAward = "propose-award",
        /// Takes the proposal back (intrekking van het voornemen).
        WithdrawProposal = "withdraw-proposal",
        /// Awards (definitieve gunning).
        Award = "award",
        /// Ends without an award for want of a suitable bid (mislukking).
        DeclareUnsuccessful = "declare-unsuccessful",
        /// Calls off (intrekking).
        Cancel = "cancel",
    }
}

/// A step that does not lead out of this state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("in state «{state}» the step «{step}» is not possible")]
pub struct StepRefused {
    /// How far the lot is.
    pub state: State,
    /// What was asked.
    pub step: Step,
}

impl State {
    /// The state at a moment: what is published closes by itself at the deadline.
    #[must_use]
    pub fn at(self, now: DateTime<Utc>, deadline_at: Option<DateTime<Utc>>) -> Self {
        match deadline_at {
            Some(deadline) if self == Self::Published && now >= deadline => Self::Closed,
            _ => self,
        }
    }

    /// The state after a step.
    ///
    /// # Errors
    /// [`StepRefused`] when the step does not lead out of this state.
    pub fn after(self, step: Step) -> Result<Self, StepRefused> {
        use State::{
            AwardProposed, Awarded, Cancelled, Closed, Draft, Evaluated, Opened, Published, Unsuccessful,
        };
        match (step, self) {
            (Step::Publish, Draft) => Ok(Published),
            (Step::Open, Closed) | (Step::FixQuality | Step::ReopenQuality | Step::OpenPrices, Opened) => {
                Ok(Opened)
            }
            (Step::Evaluate, Opened | Evaluated)
            | (Step::OpenPrices, Evaluated)
            | (Step::WithdrawProposal, AwardProposed) => Ok(Evaluated),
            (Step::ProposeAward, Evaluated) => Ok(AwardProposed),
            (Step::Award, AwardProposed) => Ok(Awarded),
            (Step::DeclareUnsuccessful, Closed | Opened | Evaluated) => Ok(Unsuccessful),
            (Step::Cancel, Published | Closed | Opened | Evaluated | AwardProposed) => Ok(Cancelled),
            (step, state) => Err(StepRefused { state, step }),
        }
    }

    /// Whether nothing can follow.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Awarded | Self::Unsuccessful | Self::Cancelled)
    }

    /// The state of a tender whose lots are in these states: that of the lot that is least far,
    /// among those that go on.
    #[must_use]
    pub fn of_tender(lots: impl IntoIterator<Item = Self>) -> Self {
        let mut ended = None;
        let mut least_far = None;
        for state in lots {
            match state {
                Self::Unsuccessful | Self::Cancelled => {
                    ended = Some(ended.map_or(state, |other: Self| other.min(state)));
                }
                state => least_far = Some(least_far.map_or(state, |other: Self| other.min(state))),
            }
        }
        least_far.or(ended).unwrap_or(Self::Draft)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_lot_closes_at_the_deadline_and_not_before() {
        let deadline = Some(moment("2026-03-01T12:00:00Z"));
        let state = |now| State::Published.at(moment(now), deadline);
        assert_eq!(state("2026-03-01T11:59:59.999999Z"), State::Published);
        assert_eq!(state("2026-03-01T12:00:00Z"), State::Closed);
    }

    #[test]
    fn the_whole_way_leads_from_draft_to_award() {
        let now = moment("2026-03-02T12:00:00Z");
        let deadline = Some(moment("2026-03-01T12:00:00Z"));
        let steps = [
            Step::Publish,
            Step::Open,
            Step::FixQuality,
            Step::ReopenQuality,
            Step::FixQuality,
            Step::OpenPrices,
            Step::Evaluate,
            Step::Evaluate,
            Step::ProposeAward,
            Step::WithdrawProposal,
            Step::ProposeAward,
            Step::Award,
        ];
        let mut state = State::Draft;
        for step in steps {
            state = state.at(now, deadline).after(step).unwrap();
        }
        assert_eq!(state, State::Awarded);
    }

    #[test]
    fn nothing_follows_a_final_state() {
        for state in State::ALL.iter().filter(|state| state.is_final()) {
            for step in Step::ALL {
                assert!(state.after(*step).is_err(), "{state} {step}");
            }
        }
    }

    #[test]
    fn bids_are_never_opened_before_the_deadline() {
        let opens: Vec<_> =
            State::ALL.iter().filter(|state| state.after(Step::Open) == Ok(State::Opened)).collect();
        assert_eq!(opens, [&State::Closed]);
    }

    #[test]
    fn a_tender_is_as_far_as_the_lot_that_lags_behind() {
        use State::{Awarded, Cancelled, Draft, Evaluated, Opened, Unsuccessful};
        assert_eq!(State::of_tender([]), Draft);
        assert_eq!(State::of_tender([Awarded, Opened, Evaluated]), Opened);
        assert_eq!(State::of_tender([Cancelled, Awarded]), Awarded);
        assert_eq!(State::of_tender([Cancelled, Unsuccessful]), Unsuccessful);
        assert_eq!(State::of_tender([Cancelled, Cancelled]), Cancelled);
    }

    proptest! {
        #[test]
        fn the_order_of_lots_does_not_change_the_state_of_the_tender(
            mut lots in prop::collection::vec(prop::sample::select(State::ALL), 0..8)
        ) {
            let forwards = State::of_tender(lots.iter().copied());
            lots.reverse();
            prop_assert_eq!(forwards, State::of_tender(lots));
        }
    }
}
