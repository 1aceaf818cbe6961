//! The heads of the audit chains, as this process last wrote them.
//!
//! Who writes holds the head of one chain from the record of the act until all is committed: two records
//! cannot follow on the same one. Another process may have added to the chain meanwhile; then the number is
//! taken, and the head is read again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};

use super::connection::AnyConnection;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::{CHAINS, Chain, Link};

/// A chain and its head; the head is unknown until this process has added to the chain.
pub(crate) struct Head {
    pub(crate) chain: Chain,
    pub(crate) link: Option<Link>,
}

/// A record was added to a chain, by a transaction that is not committed yet.
pub(crate) enum Added<'a> {
    /// Others write beside it: nobody adds to the chain before it is committed.
    Held(MutexGuard<'a, Head>, Link),
    /// Others write after it, in the same transaction: they follow on it, and are undone with it.
    Shared,
}

impl<'a> Added<'a> {
    pub(crate) fn to(mut head: MutexGuard<'a, Head>, link: Link, c: &AnyConnection) -> Self {
        match c {
            AnyConnection::Postgres(_) => Self::Held(head, link),
            AnyConnection::Sqlite(_) => {
                head.link = Some(link);
                Self::Shared
            }
        }
    }

    /// The transaction is committed.
    pub(crate) fn keep(self) {
        if let Self::Held(mut head, link) = self {
            head.link = Some(link);
        }
    }
}

/// The heads of one scope.
pub(crate) struct HeadsOfScope {
    first: Mutex<Head>,
    others: Vec<Mutex<Head>>,
}

#[derive(Clone, Default)]
pub(crate) struct Heads(Arc<Mutex<HashMap<AuditScope, Arc<HeadsOfScope>>>>);

impl Heads {
    pub(crate) fn of(&self, scope: AuditScope) -> Arc<HeadsOfScope> {
        let mut heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(heads.entry(scope).or_insert_with(|| Arc::new(HeadsOfScope::unknown(scope))))
    }

    /// Forgets every head: what was written last was not kept.
    pub(crate) fn forget_all(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).values().for_each(|heads| heads.forget());
    }
}

impl HeadsOfScope {
    fn unknown(scope: AuditScope) -> Self {
        // Each process begins with another chain, so that instances on one database seldom meet in one.
        let shift = std::process::id() % u32::from(CHAINS);
        let head = |chain| Mutex::new(Head { chain, link: None });
        let mut others: Vec<_> = Chain::of(scope).collect();
        others.rotate_left(usize::try_from(shift).unwrap_or_default());
        let first = others.remove(0);
        Self { first: head(first), others: others.into_iter().map(head).collect() }
    }

    /// The head of a chain that nobody in this process is adding to; when all are taken, of the first as soon
    /// as it is free.
    pub(crate) fn hold(&self) -> MutexGuard<'_, Head> {
        // A writer that panicked was rolled back, so the head that it held is still the head.
        let free = [&self.first].into_iter().chain(&self.others).find_map(|head| match head.try_lock() {
            Ok(held) => Some(held),
            Err(TryLockError::Poisoned(held)) => Some(held.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        });
        free.unwrap_or_else(|| self.first.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Forgets the heads: another process added to one of the chains, or nobody knows whether this one did.
    pub(crate) fn forget(&self) {
        for head in [&self.first].into_iter().chain(&self.others) {
            head.lock().unwrap_or_else(PoisonError::into_inner).link = None;
        }
    }
}
