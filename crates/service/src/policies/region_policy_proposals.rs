//! The policy of a region, kept by its coordinators with a second pair of eyes: one proposes a version, another agrees
//! with it, and from then on all its municipalities can use it.

use super::social_return_policies::stored;
use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::frame::region::RegionId;
use trede_model::policies::policy::{PolicyId, PolicyOwner, StoredPolicy};
use trede_model::policies::region_proposal::RegionPolicyProposal;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_store::policies::region_policy_proposals as proposals;
use trede_wire::social_return_policy::PolicyInput;

const NO_PROPOSAL: ServiceError = ServiceError::NotFound { what: "proposal" };

/// A proposal, and who agreed with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposed {
    /// The proposal.
    pub proposal: RegionPolicyProposal,
    /// Who agreed; none while nobody did.
    pub agreed_by: Option<String>,
}

/// Proposes a version of a policy for the region of the municipality.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings; [`ServiceError::Refused`] when the municipality takes part in no region.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    input: &PolicyInput,
) -> Result<Proposed, ServiceError> {
    authorise(actor, municipality, Operation::ProposeRegionPolicy)?;
    let region = services.db.read(|c| region_of(c, municipality))?;
    let policy = stored(services, actor, PolicyOwner::Region(region.clone()), input)?;
    let proposal = RegionPolicyProposal {
        id: policy.id,
        region,
        municipality,
        code: policy.code,
        version: policy.version,
        content: policy.content,
        fingerprint: policy.fingerprint,
        created_at: policy.created_at,
        created_by: policy.created_by,
    };
    let object = format!("region-policy-proposals/{}", proposal.id);
    let act = services.act(actor, municipality, Operation::ProposeRegionPolicy, object);
    services.db.write(&act, |c| {
        expect_same_region(c, municipality, &proposal.region)?;
        Ok::<_, ServiceError>(proposals::insert(c, &proposal)?)
    })?;
    Ok(Proposed { proposal, agreed_by: None })
}

/// Agrees with what another coordinator proposed: it becomes a policy of the region.
///
/// # Errors
/// [`ServiceError::NotFound`] when the region has no such proposal; [`ServiceError::Refused`] to who proposed it, and
/// when the version is entered already.
pub fn agree(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<StoredPolicy, ServiceError> {
    authorise(actor, municipality, Operation::AgreeRegionPolicy)?;
    let object = format!("region-policy-proposals/{id}");
    let act = services.act(actor, municipality, Operation::AgreeRegionPolicy, object);
    services.db.write(&act, |c| {
        let region = region_of(c, municipality)?;
        let proposal = proposals::find(c, &region, id)?.ok_or(NO_PROPOSAL)?;
        if proposal.created_by == actor.subject {
            let detail = "the policy of a region needs a second pair of eyes: another coordinator agrees";
            return Err(ServiceError::refused("four-eyes", detail));
        }
        if !proposals::agreed(c, &region, &[id].into())?.is_empty() {
            return Err(ServiceError::refused("agreed-already", "somebody agreed with it already"));
        }
        let policy = proposal.agreed(act.at, &actor.subject);
        store::policies::social_return_policies::insert(c, &policy)?;
        Ok(policy)
    })
}

/// One proposal of the region of the municipality.
///
/// # Errors
/// [`ServiceError::NotFound`] when its region has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: PolicyId,
) -> Result<Proposed, ServiceError> {
    authorise(actor, municipality, Operation::GetRegionPolicyProposal)?;
    services.db.read(|c| {
        let region = region_of(c, municipality).map_err(|_| NO_PROPOSAL)?;
        let proposal = proposals::find(c, &region, id)?.ok_or(NO_PROPOSAL)?;
        let agreed_by = proposals::agreed(c, &region, &[id].into())?.pop().map(|(_, by)| by);
        Ok(Proposed { proposal, agreed_by })
    })
}

/// One page of the proposals of the region of the municipality; none where it takes part in no region.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<PolicyId>,
) -> Result<Page<Proposed>, ServiceError> {
    authorise(actor, municipality, Operation::ListRegionPolicyProposals)?;
    services.db.read(|c| {
        let Some(region) = store::frame::regions::of_municipality(c, municipality)? else {
            return Ok(Page::of_found(Vec::new(), request));
        };
        let page = proposals::list(c, &region, request)?;
        let known = proposals::agreed(c, &region, &page.items.iter().map(|one| one.id).collect())?;
        let with = |proposal: RegionPolicyProposal| Proposed {
            agreed_by: known.iter().find(|(id, _)| *id == proposal.id).map(|(_, by)| by.clone()),
            proposal,
        };
        Ok(page.map(with))
    })
}

fn region_of(c: &mut AnyConnection, municipality: MunicipalityId) -> Result<RegionId, ServiceError> {
    let region = store::frame::regions::of_municipality(c, municipality)?;
    region.ok_or_else(|| ServiceError::refused("no-region", "the municipality takes part in no region"))
}

fn expect_same_region(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    region: &RegionId,
) -> Result<(), ServiceError> {
    if region_of(c, municipality)? == *region {
        return Ok(());
    }
    Err(ServiceError::refused("changed-meanwhile", "the municipality went to another region; try again"))
}
