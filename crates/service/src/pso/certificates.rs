//! PSO certificates: national reference data with a history. What becomes known of a certificate later is its
//! next revision; nothing is changed or taken away.

use chrono::{DateTime, Months, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE, below};
use crate::pso::level_changes::telling;
use crate::pso::pso_tables;
use trede_base::certificate::{
    Certificate, CertificateFacts, CertificateId, CertificateSource, Verification,
};
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};
use trede_model::trust::audit::Act;
use trede_rules::pso::{LadderVersion, is_thirty_plus};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

const NO_CERTIFICATE: ServiceError = ServiceError::NotFound { what: "certificate" };

/// Months that a certificate is valid at the most.
/// Source: PSO-Nederland, pso-keurmerk-aanvragen (two years).
pub(crate) const LONGEST_TERM: Months = Months::new(24);

/// What somebody says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateStatement {
    /// What it says.
    pub facts: CertificateFacts,
    /// Whether it carries the mark PSO 30+ (Abw) on top of the level.
    pub thirty_plus: bool,
}

/// Enters a certificate that covers the organisation, and perhaps others under it. What the operator read in
/// the register or its list is verified by that; evidence is verified later, or never.
///
/// # Errors
/// [`ServiceError::Refused`] when the certificate is known already; [`ServiceError::Invalid`] with all
/// findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    statement: CertificateStatement,
) -> Result<Certificate, ServiceError> {
    const OPERATION: Operation = Operation::CreateCertificate;
    authorise_national(actor, OPERATION)?;
    let now = services.now();
    let id = new_id();
    let act = services.national_act(actor, OPERATION, object(kvk, id));
    services.db.write(&act, |c| {
        let facts = checked(c, kvk, statement.clone())?;
        let certificate = Certificate {
            id,
            verification: verification(&facts, actor, now),
            facts,
            revision: 1,
            reason: None,
            created_at: now,
            superseded_at: None,
        };
        let holders = &certificate.facts.holders;
        telling(c, &act, holders, |c| Ok(store::pso::certificates::insert(c, &certificate)?))?;
        Ok(certificate)
    })
}

/// Says anew what a certificate says: it was upgraded, ended, or entered wrongly. The former revision stays,
/// and with it what was known until now.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id, [`ServiceError::Refused`] when it is not the
/// latest revision; [`ServiceError::Invalid`] with all findings.
pub fn revise(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    former: CertificateId,
    statement: CertificateStatement,
    reason: String,
) -> Result<Certificate, ServiceError> {
    const OPERATION: Operation = Operation::CreateCertificateRevision;
    authorise_national(actor, OPERATION)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let now = services.now();
    let id = new_id();
    let act = services.national_act(actor, OPERATION, object(kvk, id));
    services.db.write(&act, |c| {
        let former = latest(c, kvk, former)?;
        let facts = below("/certificate", checked(c, kvk, statement.clone()))?;
        below("/certificate", expect_same_certificate(&former.facts, &facts))?;
        let verification = verification(&facts, actor, now);
        let revision = former.revised(id, facts, verification, Some(reason.clone()), now);
        store_revision(c, &act, &former, &revision)?;
        Ok(revision)
    })
}

/// Says that the operator checked a certificate at its source: from now on it gives its holders a level.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id, [`ServiceError::Refused`] when it is not the
/// latest revision, or verified already.
pub fn verify(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    former: CertificateId,
    reason: String,
) -> Result<Certificate, ServiceError> {
    const OPERATION: Operation = Operation::VerifyCertificate;
    authorise_national(actor, OPERATION)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let now = services.now();
    let id = new_id();
    let act = services.national_act(actor, OPERATION, object(kvk, id));
    services.db.write(&act, |c| {
        let former = latest(c, kvk, former)?;
        if former.verification.is_some() {
            return Err(ServiceError::refused("verified-already", "the certificate was verified already"));
        }
        let verification = Verification { by: actor.subject.clone(), at: now };
        let facts = former.facts.clone();
        let revision = former.revised(id, facts, Some(verification), Some(reason.clone()), now);
        store_revision(c, &act, &former, &revision)?;
        Ok(revision)
    })
}

fn object(kvk: KvkNumber, id: CertificateId) -> String {
    format!("organisations/{kvk}/certificates/{id}")
}

fn verification(facts: &CertificateFacts, actor: &Actor, now: DateTime<Utc>) -> Option<Verification> {
    let read_at_the_source = facts.source != CertificateSource::Evidence;
    read_at_the_source.then(|| Verification { by: actor.subject.clone(), at: now })
}

fn store_revision(
    c: &mut AnyConnection,
    act: &Act,
    former: &Certificate,
    revision: &Certificate,
) -> Result<(), ServiceError> {
    let holders = former.facts.holders.union(&revision.facts.holders).copied().collect();
    telling(c, act, &holders, |c| Ok(store::pso::certificates::revise(c, former.id, revision)?))
}

fn latest(c: &mut AnyConnection, kvk: KvkNumber, id: CertificateId) -> Result<Certificate, ServiceError> {
    let found = store::pso::certificates::find(c, kvk, id)?.ok_or(NO_CERTIFICATE)?;
    if found.superseded_at.is_none() {
        return Ok(found);
    }
    let detail = "another revision took the place of this one; the list of certificates has it";
    Err(ServiceError::refused("certificate-superseded", detail))
}

fn expect_same_certificate(former: &CertificateFacts, facts: &CertificateFacts) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    let code = "another-certificate";
    if former.number != facts.number {
        findings.add("/number", code, format!("a revision keeps the number `{}`", former.number));
    }
    if former.valid_from != facts.valid_from {
        findings.add("/validFrom", code, format!("a revision keeps the first day {}", former.valid_from));
    }
    findings.into_result()
}

/// The facts as they are stored: sound, on a known ladder, and covering the organisation itself.
fn checked(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    statement: CertificateStatement,
) -> Result<CertificateFacts, ServiceError> {
    let mut findings = Findings::default();
    let ladders = pso_tables::ladders(c)?;
    let facts = check(statement, &ladders, &mut findings);
    findings.into_result()?;
    let mut facts = facts.ok_or(NO_CERTIFICATE)?;
    facts.holders.insert(kvk);
    Ok(facts)
}

/// The facts that a statement comes down to; what is wrong with it is added to the findings.
pub(crate) fn check(
    statement: CertificateStatement,
    ladders: &[LadderVersion],
    findings: &mut Findings,
) -> Option<CertificateFacts> {
    let CertificateStatement { mut facts, thirty_plus } = statement;
    findings.needed_text("/number", &facts.number, TITLE);
    findings.needed_text("/certifyingBody", &facts.certifying_body, TITLE);
    findings.optional_text("/evidence", facts.evidence.as_deref(), TEXT);
    findings.date("/validFrom", Some(facts.valid_from));
    findings.date("/validUntil", Some(facts.valid_until));
    findings.date("/endedOn", facts.ended_on);
    facts.level = level(&facts, thirty_plus, ladders, findings).unwrap_or_default();
    if facts.valid_until < facts.valid_from {
        findings.add("/validUntil", "term-reversed", "a certificate cannot end before it begins");
    }
    let longest = facts.valid_from.checked_add_months(LONGEST_TERM);
    if longest.is_some_and(|end| facts.valid_until > end) {
        findings.add("/validUntil", "term-too-long", "a certificate is valid for at most two years");
    }
    if facts.ended_on.is_some_and(|ended| ended < facts.valid_from || ended > facts.valid_until) {
        let detail = "the first day without it lies from its first day to its last; leave it out otherwise";
        findings.add("/endedOn", "end-outside-term", detail);
    }
    (!facts.level.is_empty()).then_some(facts)
}

/// The level on its ladder, with the mark where there is one.
fn level(
    facts: &CertificateFacts,
    thirty_plus: bool,
    ladders: &[LadderVersion],
    findings: &mut Findings,
) -> Option<String> {
    let Some(version) = ladders.iter().find(|version| version.ladder.version() == facts.ladder) else {
        let known: Vec<&str> = ladders.iter().map(|version| version.ladder.version()).collect();
        findings.add("/ladder", "ladder-unknown", format!("no such ladder; one of: {}", known.join(", ")));
        return None;
    };
    let ladder = &version.ladder;
    let Some(level) = ladder.levels().iter().find(|level| level.code == facts.level) else {
        let known: Vec<&str> = ladder.levels().iter().map(|level| level.code.as_str()).collect();
        findings.add("/level", "level-unknown", format!("no such level; one of: {}", known.join(", ")));
        return None;
    };
    if !thirty_plus || is_thirty_plus(&level.code) {
        return Some(level.code.clone());
    }
    let marked = ladder.with_thirty_plus(&level.code).map(str::to_owned);
    if marked.is_none() {
        let detail = format!("PSO 30+ is not read on top of `{}` on this ladder", level.code);
        findings.add("/thirtyPlus", "thirty-plus-not-on-level", detail);
    }
    marked
}

/// One revision of a certificate that covers the organisation.
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
    services.db.read(|c| store::pso::certificates::find(c, kvk, id))?.ok_or(NO_CERTIFICATE)
}

/// One page of the revisions of certificates that cover the organisation, whether or not it is registered
/// here.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    request: &PageRequest<CertificateId>,
) -> Result<Page<Certificate>, ServiceError> {
    authorise_national(actor, Operation::ListCertificates)?;
    Ok(services.db.read(|c| store::pso::certificates::list(c, kvk, request))?)
}
