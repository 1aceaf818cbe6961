//! The audit trail: read by auditors, anchored elsewhere, verified from its first record to its last.

use chrono::{DateTime, Utc};

use crate::domain::audit::AuditScope;
use crate::domain::audit_chain::{Anchor, AuditRecord, Breach, ChainCheck, Link};
use crate::domain::ids::MunicipalityId;
use crate::domain::page::{Page, PageRequest};
use crate::service::Services;
use crate::service::access::{Operation, authorise};
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::storage::audit_records;
use crate::storage::connection::Db;
use crate::storage::error::StorageError;

/// As many records are held in memory at once.
const BATCH: i64 = 5_000;

/// One page of the records of a municipality, in the order of the chain.
///
/// # Errors
/// [`ServiceError::Forbidden`] for who is no auditor.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<i64>,
) -> Result<Page<AuditRecord>, ServiceError> {
    authorise(actor, municipality, Operation::ListAuditRecords)?;
    services.db.read(|c| Ok(audit_records::page(c, AuditScope::Municipality(municipality), request)?))
}

/// The head of a municipality's chain as it is now.
///
/// # Errors
/// [`ServiceError::Forbidden`] for who is no auditor.
pub fn anchor(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<Anchor, ServiceError> {
    authorise(actor, municipality, Operation::GetAuditAnchor)?;
    let scope = AuditScope::Municipality(municipality);
    let at = services.now();
    services.db.read(|c| Ok(Anchor { scope, link: audit_records::head(c, scope)?, at }))
}

/// What the check of one chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whose chain.
    pub scope: AuditScope,
    /// Its last record.
    pub head: Link,
    /// Where it is broken; empty when it is whole.
    pub breaches: Vec<Breach>,
}

/// The heads of every chain that was written in.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn anchors(db: &Db, at: DateTime<Utc>) -> Result<Vec<Anchor>, StorageError> {
    db.read(|c| {
        let scopes = audit_records::scopes(c)?;
        scopes
            .into_iter()
            .map(|scope| Ok(Anchor { scope, link: audit_records::head(c, scope)?, at }))
            .collect()
    })
}

/// Follows every chain that was written in or that an anchor is of, from its first record to its last.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn verify(db: &Db, anchors: &[Anchor]) -> Result<Vec<Verified>, StorageError> {
    let mut scopes = db.read(audit_records::scopes)?;
    let anchored: Vec<_> =
        anchors.iter().map(|anchor| anchor.scope).filter(|scope| !scopes.contains(scope)).collect();
    for scope in anchored {
        if !scopes.contains(&scope) {
            scopes.push(scope);
        }
    }
    scopes.into_iter().map(|scope| verify_scope(db, scope, anchors)).collect()
}

fn verify_scope(db: &Db, scope: AuditScope, anchors: &[Anchor]) -> Result<Verified, StorageError> {
    let of_scope = anchors.iter().filter(|anchor| anchor.scope == scope).map(|anchor| anchor.link);
    let mut check = ChainCheck::of(scope, of_scope.collect());
    let mut seen = 0;
    loop {
        let records = db.read(|c| audit_records::after(c, scope, seen, BATCH))?;
        records.iter().for_each(|record| check.follow(record));
        match records.last() {
            Some(last) => seen = last.link.sequence,
            None => break,
        }
    }
    let (head, breaches) = check.finish();
    Ok(Verified { scope, head, breaches })
}
