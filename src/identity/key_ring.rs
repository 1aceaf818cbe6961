//! The keys of one issuer, as far as they are known: fixed, or fetched and fetched again.
//!
//! Who checks a token never waits for the issuer with a thread in hand: it asks for the keys, and the keeper
//! of the ring, a thread of its own, fetches them. Keys that were fetched serve on while the issuer is down.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::identity::keys::VerificationKey;

/// How often the keys of an issuer are fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FetchPace {
    /// Keys are fetched anew after this time, to forget those that the issuer withdrew.
    pub refresh: Duration,
    /// Unknown key ids make the keys be fetched no more often than this, whoever makes up how many; also the
    /// pause after a failure.
    pub at_most_every: Duration,
}

impl Default for FetchPace {
    fn default() -> Self {
        Self { refresh: Duration::from_secs(600), at_most_every: Duration::from_secs(30) }
    }
}

/// The keys of one issuer.
pub struct KeyRing {
    state: Mutex<State>,
    wanted: Condvar,
    /// None for keys that are never fetched.
    pace: Option<FetchPace>,
}

struct State {
    keys: Arc<Vec<VerificationKey>>,
    /// When a fetch last began.
    begun: Option<Instant>,
    is_wanted: bool,
    is_fetching: bool,
    last_failed: bool,
}

impl KeyRing {
    /// Keys that stay as they are.
    #[must_use]
    pub fn fixed(keys: Vec<VerificationKey>) -> Self {
        Self::holding(keys, None)
    }

    /// Keys that are fetched at this pace; until that first succeeds, those that are at hand.
    #[must_use]
    pub fn fetched(at_hand: Vec<VerificationKey>, pace: FetchPace) -> Self {
        Self::holding(at_hand, Some(pace))
    }

    fn holding(keys: Vec<VerificationKey>, pace: Option<FetchPace>) -> Self {
        let keys = Arc::new(keys);
        let state =
            State { keys, begun: None, is_wanted: pace.is_some(), is_fetching: false, last_failed: false };
        Self { state: Mutex::new(state), wanted: Condvar::new(), pace }
    }

    /// The keys that are known now.
    #[must_use]
    pub fn keys(&self) -> Arc<Vec<VerificationKey>> {
        Arc::clone(&self.state().keys)
    }

    /// Whether keys are lacking because they could not be fetched yet.
    #[must_use]
    pub fn is_unfilled(&self) -> bool {
        self.pace.is_some() && self.state().keys.is_empty()
    }

    /// Asks for the keys to be fetched. Answers whether they are on the way: not when they are fixed, or were
    /// fetched a moment ago.
    pub fn ask(&self) -> bool {
        let Some(pace) = self.pace else { return false };
        let mut state = self.state();
        if !state.is_fetching && !state.is_wanted {
            if state.begun.is_some_and(|begun| begun.elapsed() < pace.at_most_every) {
                return false;
            }
            state.is_wanted = true;
            self.wanted.notify_all();
        }
        true
    }

    /// Whether keys were asked for and have not come yet.
    #[must_use]
    pub fn is_awaited(&self) -> bool {
        let state = self.state();
        state.is_fetching || state.is_wanted
    }

    /// For the keeper: waits until keys must be fetched. Returns at once, with false, for keys that are fixed.
    pub fn wait_until_due(&self) -> bool {
        let Some(pace) = self.pace else { return false };
        let mut state = self.state();
        loop {
            let rest = if state.last_failed { pace.at_most_every } else { pace.refresh };
            let left = state.begun.map_or(Duration::ZERO, |begun| rest.saturating_sub(begun.elapsed()));
            if state.is_wanted || left.is_zero() {
                state.is_fetching = true;
                state.is_wanted = false;
                state.begun = Some(Instant::now());
                return true;
            }
            state =
                self.wanted.wait_timeout(state, left).map_or_else(|held| held.into_inner().0, |held| held.0);
        }
    }

    /// For the keeper: what a fetch gave. None leaves the keys as they are.
    pub fn take(&self, fetched: Option<Vec<VerificationKey>>) {
        let mut state = self.state();
        state.is_fetching = false;
        state.last_failed = fetched.is_none();
        if let Some(keys) = fetched {
            state.keys = Arc::new(keys);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Nothing in here is left half done by a panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::keys::parse_keys;
    use crate::identity::signer::TokenSigner;

    fn keys() -> Vec<VerificationKey> {
        crate::identity::install_crypto();
        parse_keys(&TokenSigner::generate("one").unwrap().public_jwks().unwrap()).unwrap()
    }

    #[test]
    fn fixed_keys_are_never_fetched() {
        let ring = KeyRing::fixed(keys());
        assert!(!ring.ask() && !ring.wait_until_due() && !ring.is_unfilled());
    }

    #[test]
    fn keys_are_asked_for_once_in_a_while_however_often_an_id_is_made_up() {
        let pace = FetchPace { refresh: Duration::from_secs(600), at_most_every: Duration::from_secs(600) };
        let ring = KeyRing::fetched(Vec::new(), pace);
        assert!(ring.is_unfilled() && ring.ask(), "the first fetch is due at once");
        assert!(ring.wait_until_due());
        assert!(ring.ask() && ring.is_awaited(), "under way");
        ring.take(Some(keys()));
        assert_eq!(ring.keys().len(), 1);
        assert!(!ring.ask() && !ring.is_awaited());
    }

    #[test]
    fn keys_stay_when_a_fetch_fails_and_are_tried_again_sooner() {
        let pace = FetchPace { refresh: Duration::from_secs(600), at_most_every: Duration::from_millis(10) };
        let ring = KeyRing::fetched(keys(), pace);
        assert!(ring.wait_until_due());
        ring.take(None);
        assert_eq!(ring.keys().len(), 1);
        let asked = Instant::now();
        assert!(ring.wait_until_due());
        assert!(asked.elapsed() < Duration::from_secs(5));
    }
}
