//! PSO certificates: national reference data, added and never changed.

use std::collections::BTreeSet;

use chrono::Months;

use crate::domain::ids::KvkNumber;
use crate::domain::organisation::{Certificate, CertificateFacts, CertificateId};
use crate::domain::page::{Page, PageRequest};
use crate::domain::pso::Ladder;
use crate::service::Services;
use crate::service::access::{Operation, authorise_national};
use crate::service::actor::Actor;
use crate::service::acts::new_id;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, TITLE};
use crate::storage;

/// Enters a certificate that covers the organisation, and perhaps others under it.
///
/// # Errors
/// [`ServiceError::NotFound`] when the organisation is not registered, [`ServiceError::Refused`]
/// when another that it covers is not, or the certificate is known already;
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    mut facts: CertificateFacts,
) -> Result<Certificate, ServiceError> {
    authorise_national(actor, Operation::CreateCertificate)?;
    check(&facts)?;
    let holders: BTreeSet<_> = facts.holders.iter().copied().chain([kvk]).collect();
    facts.holders = holders.into_iter().collect();
    let certificate = Certificate { id: new_id(), facts, created_at: services.now() };
    let act = services.national_act(
        actor,
        Operation::CreateCertificate,
        format!("organisations/{kvk}/pso-certificates/{}", certificate.id),
    );
    services.db.write(&act, |c| {
        storage::organisations::find(c, kvk)?.ok_or(ServiceError::NotFound { what: "organisation" })?;
        Ok::<_, ServiceError>(storage::certificates::insert(c, &certificate)?)
    })?;
    Ok(certificate)
}

fn check(facts: &CertificateFacts) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/number", &facts.number, TITLE);
    findings.needed_text("/certifyingBody", &facts.certifying_body, TITLE);
    findings.needed_text("/source", &facts.source, TITLE);
    findings.date("/validFrom", Some(facts.valid_from));
    findings.date("/validUntil", Some(facts.valid_until));
    match Ladder::published(&facts.ladder) {
        None => findings.add("/ladder", "ladder-unknown", "this version of the ladder is not known"),
        Some(ladder) => {
            if ladder.levels().iter().all(|level| level.code != facts.level) {
                findings.add("/level", "level-unknown", "the ladder has no such level");
            }
        }
    }
    if facts.valid_until < facts.valid_from {
        findings.add("/validUntil", "term-reversed", "a certificate cannot end before it begins");
    }
    // A certificate is valid for at most two years (PSO-Nederland).
    let longest = facts.valid_from.checked_add_months(Months::new(24));
    if longest.is_some_and(|end| facts.valid_until > end) {
        findings.add("/validUntil", "term-too-long", "a certificate is valid for at most two years");
    }
    findings.into_result()
}

/// One certificate that covers the organisation.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    id: CertificateId,
) -> Result<Certificate, ServiceError> {
    authorise_national(actor, Operation::GetCertificate)?;
    services
        .db
        .read(|c| storage::certificates::find(c, kvk, id))?
        .ok_or(ServiceError::NotFound { what: "certificate" })
}

/// One page of the certificates that cover the organisation.
///
/// # Errors
/// [`ServiceError::NotFound`] when the organisation is not registered.
pub fn list(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    request: &PageRequest<CertificateId>,
) -> Result<Page<Certificate>, ServiceError> {
    authorise_national(actor, Operation::ListCertificates)?;
    services.db.read(|c| {
        storage::organisations::find(c, kvk)?.ok_or(ServiceError::NotFound { what: "organisation" })?;
        Ok(storage::certificates::list(c, kvk, request)?)
    })
}
