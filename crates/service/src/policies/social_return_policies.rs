//! Social return policies: entered as versions that never change, and tried on a case without storing it.

use crate::Services;
use crate::frame::access::{Operation, authorise, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::{Finding, ServiceError};
use crate::frame::findings::{Findings, TITLE};
use crate::frame::regions::NO_REGION;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::Version;
use trede_model::following::evidence::EvidenceKind;
use trede_model::frame::region::RegionId;
use trede_model::policies::policy::{PolicyId, PolicyOwner, StoredPolicy};
use trede_model::trust::audit::Act;
use trede_rules::social_return::{Policy, SocialReturnFindingCode};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::{canonical_json, sha256_hex};
use trede_wire::score_result::{FindingResult, LanguageCode};
use trede_wire::social_return_case::{ContractInput, EntryInput, SocialReturnCase};
use trede_wire::social_return_policy::PolicyInput;
use trede_wire::social_return_result::{SocialReturnResult, compute};

pub(crate) const NO_POLICY: ServiceError = ServiceError::NotFound { what: "social return policy" };

/// The most blocks, bonuses, registers or limits of a policy.
const LISTED: usize = 500;
/// The most entries that are computed at once.
const ENTRIES: usize = 10_000;

/// What is computed under a stored policy.
#[derive(Clone, Debug)]
pub struct CaseUnderPolicy {
    /// The contract of which the obligation is computed.
    pub contract: Option<ContractInput>,
    /// The entries that are valued.
    pub entries: Vec<EntryInput>,
    /// Why a shortfall costs nothing.
    pub excuse: Option<String>,
}

/// Enters a version of a municipality's own policy.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, [`ServiceError::Refused`] when the version is entered already.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    input: &PolicyInput,
) -> Result<StoredPolicy, ServiceError> {
    authorise(actor, municipality, Operation::CreatePolicy)?;
    let policy = stored(services, actor, PolicyOwner::Municipality(municipality), input)?;
    let object = format!("social-return-policies/{}", policy.id);
    let act = services.act(actor, municipality, Operation::CreatePolicy, object);
    enter(services, &act, policy)
}

/// Enters a version of a policy that the municipalities of a region share.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such region; else as [`create`].
pub fn create_for_region(
    services: &Services,
    actor: &Actor,
    region: &RegionId,
    input: &PolicyInput,
) -> Result<StoredPolicy, ServiceError> {
    authorise_national(actor, Operation::CreateRegionPolicy)?;
    services.db.read(|c| store::frame::regions::find(c, region))?.ok_or(NO_REGION)?;
    let policy = stored(services, actor, PolicyOwner::Region(region.clone()), input)?;
    let object = format!("regions/{region}/social-return-policies/{}", policy.id);
    let act = services.national_act(actor, Operation::CreateRegionPolicy, object);
    enter(services, &act, policy)
}

/// A version that can be stored, when nothing is wrong with it.
pub(super) fn stored(
    services: &Services,
    actor: &Actor,
    owner: PolicyOwner,
    input: &PolicyInput,
) -> Result<StoredPolicy, ServiceError> {
    let mut findings = Findings::default();
    check_size(&mut findings, "", input);
    check_evidence(&mut findings, input);
    findings.text("/code", &input.code, TITLE);
    findings.text("/version", &input.version, TITLE);
    if let Err(found) = input.to_policy() {
        findings.of_engine("", found);
    }
    findings.into_result()?;
    let content = canonical_json(input);
    let fingerprint = sha256_hex(&content);
    let content = String::from_utf8(content).map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(StoredPolicy {
        id: new_id(),
        owner,
        code: input.code.clone(),
        version: input.version.clone(),
        content,
        fingerprint,
        created_at: services.now(),
        created_by: actor.subject.clone(),
    })
}

/// A table that a person made is far smaller; what is larger would only take time.
fn check_size(findings: &mut Findings, prefix: &str, input: &PolicyInput) {
    for (list, length) in [
        ("blocks", input.blocks.len()),
        ("bonuses", input.bonuses.len()),
        ("invoiceShares", input.invoice_shares.len()),
        ("shareLimits", input.share_limits.len()),
        ("limits", input.limits.len()),
        ("targetGroups", input.target_groups.len()),
        ("parts", input.parts.len()),
    ] {
        check_number(findings, &format!("{prefix}/{list}"), length, LISTED);
    }
    for (index, limit) in input.share_limits.iter().enumerate() {
        check_number(findings, &format!("{prefix}/shareLimits/{index}/blocks"), limit.blocks.len(), LISTED);
    }
}

/// Evidence that a policy asks for is of a kind that an entry can have.
fn check_evidence(findings: &mut Findings, input: &PolicyInput) {
    let blocks = input.blocks.iter().map(|block| &block.conditions).enumerate();
    let bonuses = input.bonuses.iter().map(|bonus| &bonus.conditions).enumerate();
    let all = blocks.map(|one| ("blocks", one)).chain(bonuses.map(|one| ("bonuses", one)));
    for (list, (index, conditions)) in all {
        let Some(conditions) = conditions else { continue };
        for (field, kinds) in [
            ("evidenceToSubmit", &conditions.evidence_to_submit),
            ("evidenceToApprove", &conditions.evidence_to_approve),
        ] {
            for (place, _) in
                kinds.iter().enumerate().filter(|(_, kind)| kind.parse::<EvidenceKind>().is_err())
            {
                let pointer = format!("/{list}/{index}/conditions/{field}/{place}");
                let kinds: Vec<&str> = EvidenceKind::ALL.iter().map(|kind| kind.code()).collect();
                findings.add(&pointer, "unknown-evidence", format!("one of {}", kinds.join(", ")));
            }
        }
    }
}

fn check_number(findings: &mut Findings, pointer: &str, length: usize, most: usize) {
    if length > most {
        findings.add(pointer, "too-many", format!("at most {most}"));
    }
}

fn enter(services: &Services, act: &Act, policy: StoredPolicy) -> Result<StoredPolicy, ServiceError> {
    services.db.write(act, |c| {
        if let PolicyOwner::Municipality(municipality) = &policy.owner {
            store::frame::municipalities::find(c, *municipality)?
                .ok_or(ServiceError::NotFound { what: "municipality" })?;
        }
        Ok::<_, ServiceError>(store::policies::social_return_policies::insert(c, &policy)?)
    })?;
    Ok(policy)
}

/// Removes a version of the municipality's own policy that no contract ever kept.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such policy of its own, [`ServiceError::Refused`] when a
/// contract keeps it or kept it once.
pub fn remove(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: PolicyId,
    seen: Version,
) -> Result<(), ServiceError> {
    authorise(actor, municipality, Operation::RemovePolicy)?;
    // A version never changes, so there is one to see.
    expect_version(Version::FIRST, seen)?;
    let object = format!("social-return-policies/{id}");
    let act = services.act(actor, municipality, Operation::RemovePolicy, object);
    services.db.write(&act, |c| {
        if store::policies::social_return_policies::is_used(c, municipality, id)? {
            let detail = "a contract keeps this version or kept it once, and its history stays";
            return Err(ServiceError::refused("policy-in-use", detail));
        }
        let was_there = store::policies::social_return_policies::remove(c, municipality, id)?;
        if was_there { Ok(()) } else { Err(NO_POLICY) }
    })
}

/// One version that the municipality can use.
///
/// # Errors
/// [`ServiceError::NotFound`] when neither the municipality nor its region has it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<StoredPolicy, ServiceError> {
    authorise(actor, municipality, Operation::GetPolicy)?;
    services.db.read(|c| find(c, municipality, id))
}

/// One page of the versions that the municipality can use: its own and those of its region.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<PolicyId>,
) -> Result<Page<StoredPolicy>, ServiceError> {
    authorise(actor, municipality, Operation::ListPolicies)?;
    Ok(services.db.read(|c| store::policies::social_return_policies::list(c, municipality, request))?)
}

/// Computes a case that brings its policy; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the case.
pub fn simulate(
    actor: &Actor,
    case: &SocialReturnCase,
    language: LanguageCode,
    explain: bool,
) -> Result<SocialReturnResult, ServiceError> {
    authorise_national(actor, Operation::SimulateSocialReturn)?;
    let mut findings = Findings::default();
    check_size(&mut findings, "/policy", &case.policy);
    check_number(&mut findings, "/entries", case.entries.len(), ENTRIES);
    findings.into_result()?;
    compute(case, language, explain).map_err(|found| invalid(found, None))
}

/// Computes a case under a stored policy; nothing is stored.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such policy; else as [`simulate`].
pub fn simulate_under(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: PolicyId,
    case: CaseUnderPolicy,
    language: LanguageCode,
    explain: bool,
) -> Result<SocialReturnResult, ServiceError> {
    authorise(actor, municipality, Operation::SimulateUnderPolicy)?;
    let mut findings = Findings::default();
    check_number(&mut findings, "/entries", case.entries.len(), ENTRIES);
    findings.into_result()?;
    let policy = services.db.read(|c| find(c, municipality, id))?;
    let CaseUnderPolicy { contract, entries, excuse } = case;
    let case = SocialReturnCase { policy: input_of(&policy)?, contract, entries, excuse };
    compute(&case, language, explain).map_err(|found| invalid(found, Some("/policy")))
}

/// Findings as the API tells them: what is wrong and what would be right. Findings of the policy itself have
/// no place in a body that only names it.
fn invalid(found: Vec<FindingResult>, not_in_body: Option<&str>) -> ServiceError {
    let told = |finding: FindingResult| {
        let elsewhere = not_in_body.is_some_and(|place| finding.pointer.starts_with(place));
        let pointer = if elsewhere { String::new() } else { finding.pointer };
        let known = SocialReturnFindingCode::ALL.iter().find(|known| known.code() == finding.code);
        let code = known.map_or("invalid", |known| known.code());
        Finding::new(pointer, code, format!("{}; {}", finding.detail, finding.remedy))
    };
    ServiceError::Invalid(found.into_iter().map(told).collect())
}

pub(crate) fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<StoredPolicy, ServiceError> {
    store::policies::social_return_policies::find(c, municipality, id)?.ok_or(NO_POLICY)
}

/// A stored policy as it was entered.
///
/// # Errors
/// [`ServiceError::Internal`] when it cannot be read: it was checked when it was entered.
pub fn input_of(policy: &StoredPolicy) -> Result<PolicyInput, ServiceError> {
    serde_json::from_str(&policy.content).map_err(|error| ServiceError::Internal(error.into()))
}

/// A stored policy, ready to compute with.
pub(crate) fn read(policy: &StoredPolicy) -> Result<Policy, ServiceError> {
    input_of(policy)?
        .to_policy()
        .map_err(|_| ServiceError::Internal("a stored policy is not sound any more".into()))
}
