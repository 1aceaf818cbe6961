//! Certified suppliers to buy from (ketenstimulatie): each presents itself, the register says its level.

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::pso::pso_tables;
use trede_base::certificate::Certificate;
use trede_base::ids::KvkNumber;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::frame::organisation::Organisation;
use trede_model::frame::role::Role;
use trede_model::pso::supplier::{SupplierFacts, SupplierProfile, SupplierWish};
use trede_rules::pso::level_on;
use trede_store as store;

/// What one profile lists at the most.
const MOST_CODES: usize = 100;

/// Writes what the caller's own organisation tells of itself as a supplier. `seen` is the version that it read; none
/// when it has no profile yet.
///
/// # Errors
/// [`ServiceError::NotFound`] for another organisation; [`ServiceError::VersionMismatch`] when it changed since;
/// [`ServiceError::Invalid`] with all findings.
pub fn replace_profile(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
    seen: Option<Version>,
    facts: SupplierFacts,
) -> Result<SupplierProfile, ServiceError> {
    const OPERATION: Operation = Operation::ReplaceSupplierProfile;
    authorise_national(actor, OPERATION)?;
    if !actor.is(Role::Contractor) || actor.kvk != Some(kvk) {
        return Err(ServiceError::NotFound { what: "organisation of the caller with this number" });
    }
    check(&facts)?;
    let now = services.now();
    let act = services.national_act(actor, OPERATION, format!("organisations/{kvk}/supplier-profile"));
    services.db.write(&act, |c| {
        let former = store::pso::supplier_profiles::find(c, kvk)?;
        let record = match (&former, seen) {
            (None, None) => Record::new(now),
            (Some(former), Some(seen)) => {
                expect_version(former.record.version, seen)?;
                former.record.changed(now)
            }
            (Some(_), None) | (None, Some(_)) => return Err(ServiceError::VersionMismatch),
        };
        let profile = SupplierProfile { kvk, facts: facts.clone(), record };
        store::pso::supplier_profiles::replace(c, &profile)?;
        Ok(profile)
    })
}

fn check(facts: &SupplierFacts) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    for (place, length) in [("/cpvCodes", facts.cpv_codes.len()), ("/regions", facts.regions.len())] {
        if !(1..=MOST_CODES).contains(&length) {
            findings.add(place, "count-out-of-range", format!("from 1 to {MOST_CODES}"));
        }
    }
    findings.amount("/turnover", facts.turnover_cents);
    let hundred = rust_decimal::Decimal::ONE_HUNDRED;
    if facts.direct_share_percent.is_some_and(|share| share.is_sign_negative() || share > hundred) {
        findings.add("/directSharePercent", "percent-out-of-range", "a percentage from 0 to 100");
    }
    if facts.fte.is_some_and(|fte| fte.is_sign_negative()) {
        findings.add("/fte", "number-negative", "a number of fte is not negative");
    }
    findings.into_result()
}

/// What an organisation tells of itself as a supplier.
///
/// # Errors
/// [`ServiceError::NotFound`] when it tells nothing.
pub fn get_profile(
    services: &Services,
    actor: &Actor,
    kvk: KvkNumber,
) -> Result<SupplierProfile, ServiceError> {
    authorise_national(actor, Operation::GetSupplierProfile)?;
    services
        .db
        .read(|c| store::pso::supplier_profiles::find(c, kvk))?
        .ok_or(ServiceError::NotFound { what: "supplier profile" })
}

/// A supplier with its name, where it is registered here, and the certificate that gives its level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertifiedSupplier {
    /// What it tells.
    pub profile: SupplierProfile,
    /// Its name.
    pub name: Option<String>,
    /// The certificate that gives its level of today.
    pub certificate: Certificate,
}

/// One page of the certified suppliers that fit a wish, by KvK number.
///
/// # Errors
/// [`ServiceError::Invalid`] for a beginning of a CPV code that is none.
pub fn list_certified(
    services: &Services,
    actor: &Actor,
    wish: &SupplierWish,
    request: &PageRequest<KvkNumber>,
) -> Result<Page<CertifiedSupplier>, ServiceError> {
    authorise_national(actor, Operation::ListCertifiedSuppliers)?;
    let is_beginning =
        |text: &String| (2..=8).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    if !wish.cpv.as_ref().is_none_or(is_beginning) {
        return Err(ServiceError::invalid(
            "/cpv",
            "cpv-malformed",
            "the first two to eight digits of a CPV code",
        ));
    }
    let now = services.now();
    let today = dutch_day(now);
    services.db.read(|c| {
        let page = store::pso::supplier_profiles::list_certified(c, wish, today, request)?;
        let ladders = pso_tables::ladders(c)?;
        let mut items = Vec::with_capacity(page.items.len());
        for profile in page.items {
            let known = store::pso::certificates::known_at(c, profile.kvk, now)?;
            let name =
                store::frame::organisations::find(c, profile.kvk)?.map(|found: Organisation| found.name);
            if let Some(certificate) = level_on(&known, &ladders, today).cloned() {
                items.push(CertifiedSupplier { profile, name, certificate });
            }
        }
        Ok(Page { items, has_previous: page.has_previous, has_next: page.has_next })
    })
}
