//! The heads of the audit chains, as this process last wrote them.
//!
//! Who writes in a scope holds its head until the write is done: two records cannot follow on the same one.
//! Another process may have written meanwhile; then the number is taken, and the head is read again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::audit::AuditScope;
use crate::domain::audit_chain::Link;

/// The head of one chain; unknown until this process has written in it.
pub(super) type Head = Arc<Mutex<Option<Link>>>;

#[derive(Clone, Default)]
pub(super) struct Heads(Arc<Mutex<HashMap<AuditScope, Head>>>);

impl Heads {
    pub(super) fn of(&self, scope: AuditScope) -> Head {
        let mut heads = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(heads.entry(scope).or_default())
    }
}
