//! Regions: municipalities that share policies and count each effort once together.

use std::collections::BTreeSet;

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::following::claim::{ClaimKind, ClaimScope};
use trede_model::frame::region::{Region, RegionId};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

pub(crate) const NO_REGION: ServiceError = ServiceError::NotFound { what: "region" };

/// The most municipalities of a region: more than there are.
const MEMBERS: usize = 500;

/// Registers a region.
///
/// # Errors
/// [`ServiceError::Refused`] when it is registered already, a member takes part in another region or is not
/// registered; [`ServiceError::Invalid`] with all findings.
pub fn register(
    services: &Services,
    actor: &Actor,
    id: RegionId,
    name: String,
    members: Vec<MunicipalityId>,
) -> Result<Region, ServiceError> {
    authorise_national(actor, Operation::RegisterRegion)?;
    let members = checked(&name, members)?;
    let region = Region { id, name, members, record: Record::new(services.now()) };
    let act = services.national_act(actor, Operation::RegisterRegion, format!("regions/{}", region.id));
    services.db.write(&act, |c| {
        store::frame::regions::insert(c, &region)?;
        rescope(c, &region.members, &ClaimScope::Region(region.id.clone()))?;
        expect_no_doubles(c, &region.id)
    })?;
    Ok(region)
}

/// Gives a region another name or other members. What its municipalities claimed goes with them.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`; else as [`register`].
pub fn update(
    services: &Services,
    actor: &Actor,
    id: &RegionId,
    seen: Version,
    name: &str,
    members: Vec<MunicipalityId>,
) -> Result<Region, ServiceError> {
    authorise_national(actor, Operation::UpdateRegion)?;
    let members = checked(name, members)?;
    let now = services.now();
    let act = services.national_act(actor, Operation::UpdateRegion, format!("regions/{id}"));
    services.db.write(&act, |c| {
        let mut region = store::frame::regions::find(c, id)?.ok_or(NO_REGION)?;
        expect_version(region.record.version, seen)?;
        for left in region.members.iter().filter(|member| !members.contains(member)) {
            rescope(c, &[*left], &ClaimScope::Municipality(*left))?;
        }
        name.clone_into(&mut region.name);
        region.members.clone_from(&members);
        region.record = region.record.changed(now);
        store::frame::regions::update(c, &region)?;
        rescope(c, &region.members, &ClaimScope::Region(id.clone()))?;
        expect_no_doubles(c, id)?;
        Ok(region)
    })
}

fn checked(name: &str, mut members: Vec<MunicipalityId>) -> Result<Vec<MunicipalityId>, ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/name", name, TITLE);
    if members.len() > MEMBERS {
        findings.add("/municipalities", "too-many", format!("at most {MEMBERS} municipalities"));
    }
    findings.into_result()?;
    members.sort_unstable();
    members.dedup();
    Ok(members)
}

fn rescope(
    c: &mut AnyConnection,
    members: &[MunicipalityId],
    scope: &ClaimScope,
) -> Result<(), ServiceError> {
    for member in members {
        store::following::claims::rescope(c, *member, scope)?;
    }
    Ok(())
}

/// Refuses to join municipalities that account for the same already: each effort counts once in a region.
fn expect_no_doubles(c: &mut AnyConnection, id: &RegionId) -> Result<(), ServiceError> {
    let doubles = store::following::claims::doubles(c, &ClaimScope::Region(id.clone()))?;
    if doubles.is_empty() {
        return Ok(());
    }
    let mut told: Vec<String> = Vec::new();
    for kind in ClaimKind::ALL {
        let of_kind: Vec<_> = doubles.iter().filter(|(found, _, _)| found == kind).collect();
        let among: BTreeSet<String> =
            of_kind.iter().flat_map(|(_, one, other)| [one.to_string(), other.to_string()]).collect();
        if !of_kind.is_empty() {
            let among: Vec<String> = among.into_iter().collect();
            told.push(format!("{} of the kind `{kind}` among {}", of_kind.len(), among.join(", ")));
        }
    }
    let detail = format!(
        "municipalities account for the same already: {}; their coordinators reverse one of each first",
        told.join("; ")
    );
    Err(ServiceError::refused("doubles-exist", detail))
}

/// One region.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not registered.
pub fn get(services: &Services, actor: &Actor, id: &RegionId) -> Result<Region, ServiceError> {
    authorise_national(actor, Operation::GetRegion)?;
    services.db.read(|c| store::frame::regions::find(c, id))?.ok_or(NO_REGION)
}

/// One page of the regions, by code.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list(
    services: &Services,
    actor: &Actor,
    request: &PageRequest<RegionId>,
) -> Result<Page<Region>, ServiceError> {
    authorise_national(actor, Operation::ListRegions)?;
    Ok(services.db.read(|c| store::frame::regions::list(c, request))?)
}
