//! Which of two exact numbers is the greater: a tie is a tie.

use std::cmp::Ordering;

use super::finite::Finite;
use super::{Exact, Repr};

impl Exact {
    /// The lesser of two.
    #[must_use]
    pub fn at_most<'a>(&'a self, other: &'a Exact) -> &'a Exact {
        if other < self { other } else { self }
    }

    /// The greater of two.
    #[must_use]
    pub fn at_least<'a>(&'a self, other: &'a Exact) -> &'a Exact {
        if other > self { other } else { self }
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Exact {
    /// Compares by cross-multiplication, so that a tie is a tie.
    fn cmp(&self, other: &Self) -> Ordering {
        const ONE: Finite = Finite::whole(1);
        match (&self.0, &other.0) {
            (Repr::Finite(a), Repr::Finite(b)) => Finite::compare_products(*a, ONE, *b, ONE),
            (Repr::Finite(a), Repr::Quotient(q)) => Finite::compare_products(*a, q.1, q.0, ONE),
            (Repr::Quotient(q), Repr::Finite(b)) => Finite::compare_products(q.0, ONE, *b, q.1),
            (Repr::Quotient(a), Repr::Quotient(b)) => Finite::compare_products(a.0, b.1, b.0, a.1),
            _ => None,
        }
        .unwrap_or_else(|| self.to_big().cmp(&other.to_big()))
    }
}
