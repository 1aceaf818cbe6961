//! The audit trail: read by auditors, anchored elsewhere, verified from its first record to its last.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::load;
use crate::overseeing::retention;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::tendering::tender::TenderId;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::{Anchor, AuditPlace, AuditRecord, Chain, Link, Waypoint};
use trede_model::trust::audit_check::{Breach, ChainCheck};
use trede_model::trust::audit_rows::{RowCheck, RowFinding};
use trede_store as store;
use trede_store::frame::connection::{AnyConnection, Db};
use trede_store::frame::error::StorageError;
use trede_store::trust::{audit_records, audit_rows, audit_states};

/// What stands before a name in the object of its removal.
pub(crate) const PERSONS: &str = "persons/";
/// As many records are held in memory at once.
const BATCH: i64 = 5_000;

/// One page of the records of a municipality: chain after chain, each in its order.
///
/// # Errors
/// [`ServiceError::Forbidden`] for who is no auditor.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<AuditPlace>,
) -> Result<Page<AuditRecord>, ServiceError> {
    authorise(actor, municipality, Operation::ListAuditRecords)?;
    services.db.read(|c| Ok(audit_records::page(c, AuditScope::Municipality(municipality), request)?))
}

/// One page of the records of the vault of a tender, after the opening: before it their number would tell
/// that of the bids.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, however many there are; [`ServiceError::Forbidden`] for who is
/// no auditor.
pub fn list_of_vault(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<AuditPlace>,
) -> Result<Page<AuditRecord>, ServiceError> {
    authorise(actor, municipality, Operation::ListTenderAuditRecords)?;
    services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, tender)?;
        if !is_opened(c, municipality, tender.id)? {
            return Err(ServiceError::refused(
                "bids-not-opened",
                "the bids of this tender have not been opened",
            ));
        }
        Ok(audit_records::page(c, AuditScope::Vault(municipality, tender.id), request)?)
    })
}

fn is_opened(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<bool, StorageError> {
    let lots = store::tendering::lots::all_of_tender(c, municipality, tender)?;
    Ok(lots.iter().any(|lot| lot.opened_at.is_some()))
}

/// The heads of a municipality's chains as they are now.
///
/// # Errors
/// [`ServiceError::Forbidden`] for who is no auditor.
pub fn list_anchors(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<Vec<Anchor>, ServiceError> {
    authorise(actor, municipality, Operation::ListAuditAnchors)?;
    let at = services.now();
    services.db.read(|c| {
        let chains = Chain::of(AuditScope::Municipality(municipality));
        Ok(chains.map(|chain| anchor(c, chain, at)).collect::<Result<_, _>>()?)
    })
}

fn anchor(c: &mut AnyConnection, chain: Chain, at: DateTime<Utc>) -> Result<Anchor, StorageError> {
    Ok(Anchor { link: audit_records::head(c, chain)?, at })
}

/// The heads of every chain that something was added to. Those of a vault are left out until the opening:
/// anchors are kept elsewhere, and would tell how many bids there are.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn anchors(db: &Db, at: DateTime<Utc>) -> Result<Vec<Anchor>, StorageError> {
    db.read(|c| {
        let mut anchors = Vec::new();
        for chain in audit_records::chains(c)? {
            let is_told = match chain.scope {
                AuditScope::Vault(municipality, tender) => is_opened(c, municipality, tender)?,
                AuditScope::National | AuditScope::Municipality(_) => true,
            };
            if is_told {
                anchors.push(anchor(c, chain, at)?);
            }
        }
        Ok(anchors)
    })
}

/// What the check of one chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Which chain.
    pub chain: Chain,
    /// Its last record.
    pub head: Link,
    /// Where it is broken; empty when it is whole.
    pub breaches: Vec<Breach>,
}

/// What the check of the whole trail found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedTrail {
    /// Each chain.
    pub chains: Vec<Verified>,
    /// How many rows were compared with their states.
    pub rows: u64,
    /// The rows that are not as the trail left them, by table and key; empty when all are.
    pub findings: Vec<RowFinding>,
}

impl VerifiedTrail {
    /// Whether nothing was found.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.findings.is_empty() && self.chains.iter().all(|chain| chain.breaches.is_empty())
    }
}

/// Follows every chain that something was added to or that an anchor is of, from its first record to its last, and
/// compares every row with what the trail left of it; all as it was at one moment.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn verify(db: &Db, anchors: &[Waypoint]) -> Result<VerifiedTrail, StorageError> {
    db.read_snapshot(|c| {
        let mut rows = RowCheck::default();
        let chains = verify_chains(c, anchors, &mut rows)?;
        let seen = audit_rows::check(c, &mut rows)?;
        Ok(VerifiedTrail { chains, rows: seen, findings: rows.finish() })
    })
}

fn verify_chains(
    c: &mut AnyConnection,
    anchors: &[Waypoint],
    rows: &mut RowCheck,
) -> Result<Vec<Verified>, StorageError> {
    let mut chains = audit_records::chains(c)?;
    for anchor in anchors {
        // A chain of which nothing is left is not among those that were found.
        if !chains.contains(&anchor.chain) {
            chains.push(anchor.chain);
        }
    }
    let mut told = BTreeSet::new();
    let mut followed = Vec::new();
    for chain in chains {
        followed.push(verify_chain(c, chain, anchors, &mut told, rows)?);
    }
    Ok(followed
        .into_iter()
        .map(|Followed { mut verified, removed }| {
            let owner = owner_of(verified.chain.scope);
            // Who was removed is told by an act of the same municipality; in whichever of its chains.
            let unseen =
                removed.into_iter().filter(|(name, _)| !told.contains(&(owner.clone(), name.clone())));
            verified.breaches.extend(unseen.map(|(_, sequence)| Breach::RemovedUnseen { sequence }));
            verified
        })
        .collect())
}

/// What was found in one chain, and who was removed from it in which record.
struct Followed {
    verified: Verified,
    removed: Vec<(String, i64)>,
}

/// The municipality whose the scope is.
fn owner_of(scope: AuditScope) -> String {
    let scope = scope.to_string();
    scope.split('/').next().unwrap_or_default().to_owned()
}

/// Follows one chain, and adds to `told` who was removed according to its acts.
fn verify_chain(
    c: &mut AnyConnection,
    chain: Chain,
    anchors: &[Waypoint],
    told: &mut BTreeSet<(String, String)>,
    rows: &mut RowCheck,
) -> Result<Followed, StorageError> {
    let of_chain = anchors.iter().filter(|anchor| anchor.chain == chain).cloned();
    let mut check = ChainCheck::of(chain, of_chain.collect());
    let mut seen = 0;
    loop {
        let records = audit_records::after(c, chain, seen, BATCH)?;
        let acts: Vec<_> = records.iter().map(|record| record.act.id).collect();
        let mut states = audit_states::of_acts(c, &acts)?;
        for record in &records {
            check.follow(record);
            let states = states.remove(&record.act.id).unwrap_or_default();
            check.follow_states(record, &states);
            tell(rows, record, states.is_empty());
        }
        let removals =
            records.iter().filter(|record| record.act.action == Operation::CreatePersonRemoval.id());
        let names = removals.filter_map(|record| record.act.object.strip_prefix(PERSONS));
        told.extend(names.map(|name| (owner_of(chain.scope), name.to_owned())));
        match records.last() {
            Some(last) => seen = last.link.sequence,
            None => break,
        }
    }
    let removed = check.removed().to_vec();
    let (head, breaches) = check.finish();
    Ok(Followed { verified: Verified { chain, head, breaches }, removed })
}

/// Tells the check of rows of a record.
fn tell(rows: &mut RowCheck, record: &AuditRecord, is_alone: bool) {
    let AuditRecord { act, change, .. } = record;
    rows.record(act.id);
    if let (AuditScope::Vault(..), true, Some(hash)) = (act.scope, is_alone, change.after) {
        rows.bound(act.id, act.object.clone(), hash);
    }
    let removes =
        [Operation::CreatePersonRemoval.id(), Operation::CreatePersonCorrection.id(), retention::ACTION];
    if removes.contains(&act.action.as_str()) {
        rows.removal();
    }
}
