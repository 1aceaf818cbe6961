//! What an organisation keeps of itself between two audits. It alone writes and reads it, with the municipalities
//! that it gave access; to everybody else it is as if there were nothing.

use chrono::{DateTime, Months, NaiveDate, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use crate::pso::pso_levels::{KnownLevel, known, known_between};
use crate::pso::pso_tables;
use crate::pso::simulations::measured;
use trede_base::certificate::Certificate;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_model::frame::role::Role;
use trede_model::pso::self_check::{
    ContributionGrant, ContributionSummary, KeptContribution, KeptContributionId, Requirement,
    RequirementCheck, RequirementCheckId, RequirementFacts, StandingWarning,
};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::pso_file::PsoFile;
use trede_wire::pso_result::{PsoResult, PsoResultOptions};
use trede_wire::score_result::LanguageCode;

const NOT_THEIRS: ServiceError =
    ServiceError::NotFound { what: "organisation whose own data the caller may see" };
/// Days before the end of a certificate at which it is warned of.
const WARNED_BEFORE: i64 = 180;
/// How far back a level counts as lost: as long as a certificate can be valid.
const LOOK_BACK: Months = Months::new(24);

/// The organisation itself.
fn expect_self(actor: &Actor, kvk: KvkNumber) -> Result<(), ServiceError> {
    if actor.is(Role::Contractor) && actor.kvk == Some(kvk) { Ok(()) } else { Err(NOT_THEIRS) }
}

/// The organisation itself, or a municipality that it gave access.
fn expect_reader(c: &mut AnyConnection, actor: &Actor, kvk: KvkNumber) -> Result<(), ServiceError> {
    if expect_self(actor, kvk).is_ok() {
        return Ok(());
    }
    let municipal = [Role::Administrator, Role::Coordinator, Role::Auditor];
    let granted = store::pso::pso_self_checks::grants(c, kvk)?;
    let may_read =
        |grant: &ContributionGrant| grant.withdrawn_at.is_none() && actor.serves(grant.municipality);
    if municipal.iter().any(|role| actor.is(*role)) && granted.iter().any(may_read) {
        return Ok(());
    }
    Err(NOT_THEIRS)
}

/// Measures the contribution of the caller's own organisation and keeps it, with every step.
///
/// # Errors
/// [`ServiceError::NotFound`] for another organisation; [`ServiceError::Invalid`] with everything that is wrong
/// with the file.
pub fn create_contribution(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    mut file: PsoFile,
    language: LanguageCode,
) -> Result<KeptContribution, ServiceError> {
    const OPERATION: Operation = Operation::CreatePsoContribution;
    authorise_national(actor, OPERATION)?;
    expect_self(actor, kvk)?;
    let named = file.organisation.kvk_number.get_or_insert_with(|| kvk.to_string());
    if *named != kvk.to_string() {
        let detail =
            "the file is about another organisation than the path; leave the number out or give this one";
        return Err(ServiceError::invalid("/organisation/kvkNumber", "another-organisation", detail));
    }
    services.db.read(|c| pso_tables::fill_in(c, None, &mut file))?;
    let result = measured(&file, PsoResultOptions { language, explain: true })?;
    let document =
        |json: serde_json::Result<String>| json.map_err(|error| ServiceError::Internal(error.into()));
    let kept = KeptContribution {
        kvk,
        id: new_id(),
        summary: summary(&file, &result),
        input: document(serde_json::to_string(&file))?,
        result: document(serde_json::to_string(&result))?,
        created_at: services.now(),
        created_by: actor.subject.clone(),
    };
    let object = format!("organisations/{kvk}/pso-contributions/{}", kept.id);
    let act = services.national_act(actor, OPERATION, object);
    services.db.write(&act, |c| {
        Ok::<_, ServiceError>(store::pso::pso_self_checks::insert_contribution(c, &kept)?)
    })?;
    Ok(kept)
}

fn summary(file: &PsoFile, result: &PsoResult) -> ContributionSummary {
    ContributionSummary {
        reference_year_from: file.organisation.reference_year_from.clone(),
        total_fte: file.organisation.total_fte.0.normalize().to_string(),
        direct: result.direct.exact.clone(),
        indirect: result.counted_indirect.exact.clone(),
        total: result.total.exact.clone(),
        level: result.level.code.clone(),
        is_complete: result.complete,
    }
}

/// One contribution, with what was measured and every step.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none that the caller may see.
pub fn get_contribution(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    id: KeptContributionId,
) -> Result<KeptContribution, ServiceError> {
    authorise_national(actor, Operation::GetPsoContribution)?;
    services.db.read(|c| {
        expect_reader(c, actor, kvk)?;
        let found = store::pso::pso_self_checks::find_contribution(c, kvk, id)?;
        found.ok_or(ServiceError::NotFound { what: "contribution" })
    })
}

/// A contribution beside the level that was certified when it was measured.
pub type ContributionInTime = (KeptContribution, KnownLevel);

/// One page of the contributions over time, oldest first, each beside the level that was certified then.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may not see them.
pub fn list_contributions(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    request: &PageRequest<KeptContributionId>,
) -> Result<Page<ContributionInTime>, ServiceError> {
    authorise_national(actor, Operation::ListPsoContributions)?;
    services.db.read(|c| {
        expect_reader(c, actor, kvk)?;
        let page = store::pso::pso_self_checks::list_contributions(c, kvk, request)?;
        let mut items = Vec::with_capacity(page.items.len());
        for kept in page.items {
            let level = known(c, kvk, dutch_day(kept.created_at), services.now())?;
            items.push((kept, level));
        }
        Ok(Page { items, has_previous: page.has_previous, has_next: page.has_next })
    })
}

/// Lets a municipality read the contributions of the caller's own organisation.
///
/// # Errors
/// [`ServiceError::Refused`] when it may already, or is not registered here.
pub fn grant(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    municipality: MunicipalityId,
) -> Result<ContributionGrant, ServiceError> {
    const OPERATION: Operation = Operation::CreatePsoContributionGrant;
    authorise_national(actor, OPERATION)?;
    expect_self(actor, kvk)?;
    let grant = ContributionGrant {
        kvk,
        municipality,
        granted_at: services.now(),
        granted_by: actor.subject.clone(),
        withdrawn_at: None,
    };
    let act = services.national_act(actor, OPERATION, format!("organisations/{kvk}/grants/{municipality}"));
    services
        .db
        .write(&act, |c| Ok::<_, ServiceError>(store::pso::pso_self_checks::insert_grant(c, &grant)?))?;
    Ok(grant)
}

/// Takes back what was granted to a municipality.
///
/// # Errors
/// [`ServiceError::Refused`] when nothing stands granted to it.
pub fn withdraw_grant(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    municipality: MunicipalityId,
) -> Result<(), ServiceError> {
    const OPERATION: Operation = Operation::WithdrawPsoContributionGrant;
    authorise_national(actor, OPERATION)?;
    expect_self(actor, kvk)?;
    let act = services.national_act(actor, OPERATION, format!("organisations/{kvk}/grants/{municipality}"));
    services.db.write(&act, |c| {
        if store::pso::pso_self_checks::withdraw_grant(c, kvk, municipality, act.at)? {
            return Ok(());
        }
        Err(ServiceError::refused("nothing-granted", "nothing stands granted to this municipality"))
    })
}

/// All that the caller's own organisation ever granted, oldest first.
///
/// # Errors
/// [`ServiceError::NotFound`] for another organisation.
pub fn list_grants(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
) -> Result<Vec<ContributionGrant>, ServiceError> {
    authorise_national(actor, Operation::ListPsoContributionGrants)?;
    expect_self(actor, kvk)?;
    Ok(services.db.read(|c| store::pso::pso_self_checks::grants(c, kvk))?)
}

/// Adds a check of a qualitative requirement of the caller's own organisation.
///
/// # Errors
/// [`ServiceError::NotFound`] for another organisation; [`ServiceError::Invalid`] with all findings.
pub fn create_check(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    facts: RequirementFacts,
) -> Result<RequirementCheck, ServiceError> {
    const OPERATION: Operation = Operation::CreatePsoRequirementCheck;
    authorise_national(actor, OPERATION)?;
    expect_self(actor, kvk)?;
    let now = services.now();
    let mut findings = Findings::default();
    findings.needed_text("/evidence", &facts.evidence, TITLE);
    findings.date("/checkedOn", Some(facts.checked_on));
    if facts.checked_on > dutch_day(now) {
        findings.add("/checkedOn", "check-to-come", "a check was made today or before");
    }
    findings.into_result()?;
    let check =
        RequirementCheck { kvk, id: new_id(), facts, created_at: now, created_by: actor.subject.clone() };
    let object = format!("organisations/{kvk}/pso-requirement-checks/{}", check.id);
    let act = services.national_act(actor, OPERATION, object);
    services
        .db
        .write(&act, |c| Ok::<_, ServiceError>(store::pso::pso_self_checks::insert_check(c, &check)?))?;
    Ok(check)
}

/// One page of the checks of qualitative requirements, oldest first; the last of a requirement counts.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may not see them.
pub fn list_checks(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    request: &PageRequest<RequirementCheckId>,
) -> Result<Page<RequirementCheck>, ServiceError> {
    authorise_national(actor, Operation::ListPsoRequirementChecks)?;
    services.db.read(|c| {
        expect_reader(c, actor, kvk)?;
        Ok(store::pso::pso_self_checks::list_checks(c, kvk, request)?)
    })
}

/// Where an organisation stands between two audits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnStanding {
    /// The level of today.
    pub level: KnownLevel,
    /// The contribution that was measured last.
    pub contribution: Option<KeptContribution>,
    /// What to look into, each with a sentence.
    pub warnings: Vec<(StandingWarning, String)>,
}

/// Where an organisation stands today: its certified level, its last contribution, and what to look into.
///
/// # Errors
/// [`ServiceError::NotFound`] when the caller may not see it.
pub fn standing(services: &Services, actor: &Actor, kvk: KvkNumber) -> Result<OwnStanding, ServiceError> {
    authorise_national(actor, Operation::GetPsoStanding)?;
    let now = services.now();
    services.db.read(|c| {
        expect_reader(c, actor, kvk)?;
        let today = dutch_day(now);
        let level = known(c, kvk, today, now)?;
        let contribution = store::pso::pso_self_checks::last_contribution(c, kvk)?;
        let mut warnings = Vec::new();
        match &level.certificate {
            Some(certificate) => {
                warnings.extend(ending(certificate, today));
                warnings.extend(below_norm(c, certificate, contribution.as_ref())?);
            }
            None => warnings.extend(lost(c, kvk, (today, now))?),
        }
        for requirement in Requirement::ALL {
            let last = store::pso::pso_self_checks::last_check(c, kvk, *requirement)?;
            if last.is_none_or(|check| !check.facts.is_met) {
                let detail = format!("`{requirement}` was not met at its last check, or never checked");
                warnings.push((StandingWarning::RequirementOpen, detail));
            }
        }
        Ok(OwnStanding { level, contribution, warnings })
    })
}

fn ending(certificate: &Certificate, today: NaiveDate) -> Option<(StandingWarning, String)> {
    let last = certificate.facts.last_day()?;
    let days = last.signed_duration_since(today).num_days();
    let detail =
        format!("the last day of certificate {} is {last}, in {days} days", certificate.facts.number);
    (days <= WARNED_BEFORE).then_some((StandingWarning::CertificateEnding, detail))
}

/// Levels are compared on the ladder of the certificate.
fn below_norm(
    c: &mut AnyConnection,
    certificate: &Certificate,
    contribution: Option<&KeptContribution>,
) -> Result<Option<(StandingWarning, String)>, ServiceError> {
    let Some(contribution) = contribution else { return Ok(None) };
    let ladders = pso_tables::ladders(c)?;
    let facts = &certificate.facts;
    let own = ladders.iter().find(|version| version.ladder.version() == facts.ladder);
    let rank = |code: &str| own.and_then(|version| version.ladder.rank_of(code));
    let summary = &contribution.summary;
    let reached = summary.level.as_deref().and_then(rank);
    // The mark asks more than a contribution tells, so the level that it stands on is compared.
    let base = facts.level.strip_suffix("-30+").unwrap_or(&facts.level);
    if reached >= rank(base) {
        return Ok(None);
    }
    let detail = format!(
        "the last contribution is {} % and reaches {}, below the certified {}",
        summary.total,
        summary.level.as_deref().unwrap_or("no level that a norm tells"),
        facts.level
    );
    Ok(Some((StandingWarning::BelowNorm, detail)))
}

fn lost(
    c: &mut AnyConnection,
    kvk: KvkNumber,
    (today, now): (NaiveDate, DateTime<Utc>),
) -> Result<Option<(StandingWarning, String)>, ServiceError> {
    let from = today.checked_sub_months(LOOK_BACK).unwrap_or(today);
    let periods = known_between(c, kvk, (from, today), now)?;
    let last = periods.into_iter().rev().find_map(|period| Some((period.certificate?, period.until)));
    Ok(last.map(|(certificate, until)| {
        let detail = format!("the level {} was lost after {until}", certificate.facts.level);
        (StandingWarning::LevelLost, detail)
    }))
}
