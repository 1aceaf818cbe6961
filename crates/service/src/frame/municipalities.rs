//! The municipalities that are served here.

use crate::Services;
use crate::frame::access::{Operation, authorise, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::Record;
use trede_model::frame::municipality::Municipality;
use trede_store as store;

/// What is said about a municipality when it is registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMunicipality {
    /// Its CBS code.
    pub id: MunicipalityId,
    /// Its name.
    pub name: String,
    /// Its organisation identification number (OIN), twenty digits.
    pub oin: Option<String>,
}

/// Registers a municipality.
///
/// # Errors
/// [`ServiceError::Refused`] when it is registered already, [`ServiceError::Invalid`] with all
/// findings.
pub fn register(
    services: &Services,
    actor: &Actor,
    new: NewMunicipality,
) -> Result<Municipality, ServiceError> {
    authorise_national(actor, Operation::RegisterMunicipality)?;
    let mut findings = Findings::default();
    findings.needed_text("/name", &new.name, TITLE);
    let is_oin = |oin: &String| oin.len() == 20 && oin.bytes().all(|b| b.is_ascii_digit());
    if !new.oin.as_ref().is_none_or(is_oin) {
        findings.add("/oin", "oin-malformed", "an OIN has twenty digits");
    }
    findings.into_result()?;
    let municipality =
        Municipality { id: new.id, name: new.name, oin: new.oin, record: Record::new(services.now()) };
    let act = services.national_act(
        actor,
        Operation::RegisterMunicipality,
        format!("municipalities/{}", municipality.id),
    );
    services
        .db
        .write(&act, |c| Ok::<_, ServiceError>(store::frame::municipalities::insert(c, &municipality)?))?;
    Ok(municipality)
}

/// One municipality.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not served here.
pub fn get(services: &Services, actor: &Actor, id: MunicipalityId) -> Result<Municipality, ServiceError> {
    authorise(actor, id, Operation::GetMunicipality)?;
    services
        .db
        .read(|c| store::frame::municipalities::find(c, id))?
        .ok_or(ServiceError::NotFound { what: "municipality" })
}

/// One page of the municipalities, by code.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list(
    services: &Services,
    actor: &Actor,
    request: &PageRequest<MunicipalityId>,
) -> Result<Page<Municipality>, ServiceError> {
    authorise_national(actor, Operation::ListMunicipalities)?;
    Ok(services.db.read(|c| store::frame::municipalities::list(c, request))?)
}
