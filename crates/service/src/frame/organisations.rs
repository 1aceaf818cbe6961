//! Organisations by KvK number: national reference data.

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TITLE};
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_integrations::kvk::TradeRegisterError;
use trede_model::frame::organisation::Organisation;
use trede_store as store;

const NOT_FOUND: ServiceError = ServiceError::NotFound { what: "organisation" };

fn check_name(name: &str) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/name", name, TITLE);
    findings.into_result()
}

/// Checks number and name with the trade register, where one is configured.
fn check_with_register(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    name: &str,
) -> Result<(), ServiceError> {
    let Some(register) = &services.trade_register else { return Ok(()) };
    let registration = match register.find(kvk, actor.origin.trace) {
        Ok(registration) => registration,
        Err(TradeRegisterError::Unknown) => {
            let detail = "the trade register has no organisation of this number";
            return Err(ServiceError::invalid("/kvkNumber", "kvk-unknown", detail));
        }
        Err(error) => return Err(ServiceError::Elsewhere { detail: error.to_string() }),
    };
    let mut findings = Findings::default();
    if registration.is_ended {
        findings.add("/kvkNumber", "kvk-ended", "this organisation was struck off the trade register");
    }
    if !registration.bears(name) {
        let names = registration.names.join("», «");
        findings.add("/name", "name-differs", format!("the trade register has this number as «{names}»"));
    }
    findings.into_result()
}

/// Registers an organisation.
///
/// # Errors
/// [`ServiceError::Refused`] when its number is registered already; [`ServiceError::Invalid`] when the trade
/// register does not know it so, and [`ServiceError::Elsewhere`] when it does not answer, where it is asked.
pub fn register(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    name: String,
) -> Result<Organisation, ServiceError> {
    authorise_national(actor, Operation::RegisterOrganisation)?;
    check_name(&name)?;
    check_with_register(services, actor, kvk, &name)?;
    let organisation = Organisation { kvk, name, record: Record::new(services.now()) };
    let act = services.national_act(actor, Operation::RegisterOrganisation, format!("organisations/{kvk}"));
    services
        .db
        .write(&act, |c| Ok::<_, ServiceError>(store::frame::organisations::insert(c, &organisation)?))?;
    Ok(organisation)
}

/// Gives an organisation another name.
///
/// # Errors
/// [`ServiceError::VersionMismatch`] when it changed since `seen`.
pub fn rename(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    seen: Version,
    name: &str,
) -> Result<Organisation, ServiceError> {
    authorise_national(actor, Operation::UpdateOrganisation)?;
    check_name(name)?;
    let now = services.now();
    let act = services.national_act(actor, Operation::UpdateOrganisation, format!("organisations/{kvk}"));
    services.db.write(&act, |c| {
        let mut organisation = store::frame::organisations::find(c, kvk)?.ok_or(NOT_FOUND)?;
        expect_version(organisation.record.version, seen)?;
        name.clone_into(&mut organisation.name);
        organisation.record = organisation.record.changed(now);
        store::frame::organisations::update(c, &organisation)?;
        Ok(organisation)
    })
}

/// One organisation.
///
/// # Errors
/// [`ServiceError::NotFound`] when it is not registered.
pub fn get(services: &Services, actor: &Actor, kvk: KvkNumber) -> Result<Organisation, ServiceError> {
    authorise_national(actor, Operation::GetOrganisation)?;
    services.db.read(|c| store::frame::organisations::find(c, kvk))?.ok_or(NOT_FOUND)
}

/// One page of the organisations, by number.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list(
    services: &Services,
    actor: &Actor,
    request: &PageRequest<KvkNumber>,
) -> Result<Page<Organisation>, ServiceError> {
    authorise_national(actor, Operation::ListOrganisations)?;
    Ok(services.db.read(|c| store::frame::organisations::list(c, request))?)
}
