//! Value maps: what social return yields, kept with every version.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use crate::policies::value_map_quantities::counted;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::policies::value_map::{
    KeptValueMap, ValueMapId, ValueMapScope, ValueMapVersion, ValueMapVersionSummary,
};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::canonical::canonical_json;
use trede_wire::score_result::LanguageCode;
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::value_map_of;

const NO_VALUE_MAP: ServiceError = ServiceError::NotFound { what: "value map" };

/// Of what a value map tells the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Of a contract, a project or a portfolio.
    pub scope: ValueMapScope,
    /// Which: the id of the contract, or the name.
    pub subject: String,
}

/// A value map that is to be valued and kept.
#[derive(Clone, Debug, PartialEq)]
pub struct NewVersion {
    /// The map.
    pub file: SroiFile,
    /// What it corrects.
    pub reason: Option<String>,
    /// The language of the explanation.
    pub language: LanguageCode,
}

/// A value map with one of its versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValuedMap {
    /// The map.
    pub map: KeptValueMap,
    /// The version.
    pub version: ValueMapVersion,
}

/// Values a map and keeps it.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    subject: Subject,
    new: &NewVersion,
) -> Result<ValuedMap, ServiceError> {
    authorise(actor, municipality, Operation::CreateValueMap)?;
    let mut findings = Findings::default();
    findings.needed_text("/subject", &subject.subject, TITLE);
    let file = counted(services, municipality, &subject, &new.file)?;
    let version = version(services, actor, (new, &file), Version::FIRST, findings)?;
    let map = KeptValueMap {
        municipality,
        id: new_id(),
        scope: subject.scope,
        subject: subject.subject,
        title: version.summary.title.clone(),
        record: Record::new(version.summary.created_at),
    };
    let act = services.act(actor, municipality, Operation::CreateValueMap, format!("value-maps/{}", map.id));
    services.db.write(&act, |c| {
        store::frame::municipalities::find(c, municipality)?
            .ok_or(ServiceError::NotFound { what: "municipality" })?;
        if map.scope == ValueMapScope::Contract {
            expect_contract(c, municipality, &map.subject)?;
        }
        Ok::<_, ServiceError>(store::policies::value_maps::insert(c, &map, &version)?)
    })?;
    Ok(ValuedMap { map, version })
}

/// The subject of a map of a contract is the id of one.
fn expect_contract(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    subject: &str,
) -> Result<(), ServiceError> {
    let found = match subject.parse() {
        Ok(id) => store::following::contracts::find(c, municipality, id)?,
        Err(_) => None,
    };
    found.map(|_| ()).ok_or_else(|| {
        ServiceError::invalid("/subject", "contract-unknown", "the id of a contract of this municipality")
    })
}

/// Values a changed map and keeps it as the next version.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings, [`ServiceError::NotFound`],
/// [`ServiceError::VersionMismatch`] when somebody changed it since.
pub fn update(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ValueMapId,
    seen: Version,
    new: &NewVersion,
) -> Result<ValuedMap, ServiceError> {
    authorise(actor, municipality, Operation::UpdateValueMap)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", new.reason.as_deref().unwrap_or_default(), TEXT);
    let found =
        services.db.read(|c| store::policies::value_maps::find(c, municipality, id))?.ok_or(NO_VALUE_MAP)?;
    let subject = Subject { scope: found.scope, subject: found.subject };
    let file = counted(services, municipality, &subject, &new.file)?;
    let version = version(services, actor, (new, &file), seen.next(), findings)?;
    let act = services.act(actor, municipality, Operation::UpdateValueMap, format!("value-maps/{id}"));
    let map = services.db.write(&act, |c| {
        let found = store::policies::value_maps::find(c, municipality, id)?.ok_or(NO_VALUE_MAP)?;
        expect_version(found.record.version, seen)?;
        let map = KeptValueMap {
            title: version.summary.title.clone(),
            record: found.record.changed(version.summary.created_at),
            ..found
        };
        store::policies::value_maps::add_version(c, &map, &version)?;
        Ok::<_, ServiceError>(map)
    })?;
    Ok(ValuedMap { map, version })
}

fn version(
    services: &Services,
    actor: &Actor,
    (new, file): (&NewVersion, &SroiFile),
    number: Version,
    mut findings: Findings,
) -> Result<ValueMapVersion, ServiceError> {
    findings.optional_text("/reason", new.reason.as_deref(), TEXT);
    findings.needed_text("/valueMap/title", &file.title, TITLE);
    let map = findings.unless_found("/valueMap", file.to_value_map())?;
    let result = value_map_of(file, &map, new.language, true);
    let text = |bytes| String::from_utf8(bytes).map_err(|error| ServiceError::Internal(error.into()));
    Ok(ValueMapVersion {
        summary: ValueMapVersionSummary {
            number,
            title: result.title.clone(),
            reason: new.reason.clone(),
            fingerprint: result.fingerprint.clone(),
            created_at: services.now(),
            created_by: actor.subject.clone(),
        },
        content: text(canonical_json(file))?,
        result: serde_json::to_string(&result).map_err(|error| ServiceError::Internal(error.into()))?,
    })
}

/// One value map with its latest version.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ValueMapId,
) -> Result<ValuedMap, ServiceError> {
    authorise(actor, municipality, Operation::GetValueMap)?;
    services.db.read(|c| {
        let map = store::policies::value_maps::find(c, municipality, id)?.ok_or(NO_VALUE_MAP)?;
        let version = store::policies::value_maps::find_version(c, municipality, id, map.record.version)?
            .ok_or(NO_VALUE_MAP)?;
        Ok(ValuedMap { map, version })
    })
}

/// One page of the municipality's value maps, in the order in which they were made.
///
/// # Errors
/// [`ServiceError::Forbidden`], [`ServiceError::ForeignMunicipality`].
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<ValueMapId>,
) -> Result<Page<KeptValueMap>, ServiceError> {
    authorise(actor, municipality, Operation::ListValueMaps)?;
    services.db.read(|c| Ok(store::policies::value_maps::list(c, municipality, request)?))
}

/// One version of a value map.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such map or it has no version of that number.
pub fn get_version(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ValueMapId,
    number: Version,
) -> Result<ValuedMap, ServiceError> {
    authorise(actor, municipality, Operation::GetValueMapVersion)?;
    services.db.read(|c| {
        let map = store::policies::value_maps::find(c, municipality, id)?.ok_or(NO_VALUE_MAP)?;
        let version = store::policies::value_maps::find_version(c, municipality, id, number)?
            .ok_or(ServiceError::NotFound { what: "version" })?;
        Ok(ValuedMap { map, version })
    })
}

/// One page of the versions of a value map without their documents, the first first.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such map.
pub fn list_versions(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: ValueMapId,
    request: &PageRequest<i64>,
) -> Result<Page<ValueMapVersionSummary>, ServiceError> {
    authorise(actor, municipality, Operation::ListValueMapVersions)?;
    services.db.read(|c| {
        store::policies::value_maps::find(c, municipality, id)?.ok_or(NO_VALUE_MAP)?;
        Ok(store::policies::value_maps::list_versions(c, municipality, id, request)?)
    })
}
