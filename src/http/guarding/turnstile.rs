//! A turnstile for what takes long: so many at once, and the others are told to come back.
//!
//! Without it a handful of large simulations would hold every thread while bids wait at the deadline.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many large calculations run at once.
const AT_ONCE: usize = 2;

/// Lets in as many as there are passes.
#[derive(Clone, Debug, Default)]
pub struct Turnstile {
    inside: Arc<AtomicUsize>,
}

/// A place inside; it is given back when this is dropped.
#[derive(Debug)]
pub struct Pass {
    inside: Arc<AtomicUsize>,
}

impl Turnstile {
    /// A place inside, when one is free.
    #[must_use]
    pub fn enter(&self) -> Option<Pass> {
        let free = |inside: usize| (inside < AT_ONCE).then_some(inside + 1);
        self.inside.fetch_update(Ordering::AcqRel, Ordering::Acquire, free).ok()?;
        Some(Pass { inside: Arc::clone(&self.inside) })
    }
}

impl Drop for Pass {
    fn drop(&mut self) {
        self.inside.fetch_sub(1, Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_finds_no_place_can_enter_when_another_leaves() {
        let turnstile = Turnstile::default();
        let mut passes: Vec<Pass> = (0..AT_ONCE).map(|_| turnstile.enter().unwrap()).collect();
        assert!(turnstile.enter().is_none());
        passes.pop();
        assert!(turnstile.enter().is_some());
    }
}
