//! Which of two exact numbers is the greater: a tie is a tie.

use std::cmp::Ordering;

use super::finite::Finite;
use super::{Exact, View};

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
        match (self.view(), other.view()) {
            (View::Finite(a), View::Finite(b)) => Finite::compare(a, b),
            (View::Finite(a), View::Quotient(n, d)) => Finite::compare_products(a, d, n, ONE),
            (View::Quotient(n, d), View::Finite(b)) => Finite::compare_products(n, ONE, b, d),
            (View::Quotient(n, d), View::Quotient(m, e)) => Finite::compare_products(n, e, m, d),
            _ => None,
        }
        .unwrap_or_else(|| self.to_big().cmp(&other.to_big()))
    }
}
