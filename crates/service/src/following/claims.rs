//! Double counting: what an entry claims for itself, held against all that a region's entries claim.

use chrono::NaiveDate;

use crate::frame::error::ServiceError;
use trede_base::double_use::DoubleUse;
use trede_base::exact::{Exact, Half};
use trede_base::ids::{Id, MunicipalityId};
use trede_base::period::Period;
use trede_formats::entry_record::{candidate_key, invoice_key};
use trede_model::following::claim::{Claim, ClaimKind, ClaimScope};
use trede_model::following::contract::Contract;
use trede_model::following::entry::{Entry, EntryId, EntryKind};
use trede_model::following::settlement::SettlementId;
use trede_rules::social_return::{FullTime, Policy};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// Among whom the claims of a municipality must be the only ones.
fn scope(c: &mut AnyConnection, municipality: MunicipalityId) -> Result<ClaimScope, ServiceError> {
    let region = store::frame::regions::of_municipality(c, municipality)?;
    Ok(region.map_or(ClaimScope::Municipality(municipality), ClaimScope::Region))
}

/// Claims what an entry accounts for. In the transaction of the entry: of two that claim the same at the
/// same moment, one is refused.
///
/// # Errors
/// [`ServiceError::Refused`] when it is accounted for already; nothing is told of by whom.
pub(crate) fn take(
    c: &mut AnyConnection,
    entry: &Entry,
    contract: &Contract,
    policy: &Policy,
    weekly_hours: Option<&Exact>,
) -> Result<(), ServiceError> {
    let scope = scope(c, entry.municipality)?;
    let weekly_hundredths = weekly_hours.and_then(|hours| hours.rounded(2, Half::Up).floor_hundredths());
    for claim in claims_of(entry, contract, weekly_hundredths) {
        expect_free(c, entry, &scope, &claim, policy)?;
        store::following::claims::insert(c, entry.municipality, &scope, &claim)?;
    }
    Ok(())
}

fn claims_of(entry: &Entry, contract: &Contract, weekly_hundredths: Option<i64>) -> Vec<Claim> {
    let content = &entry.content;
    let term = contract.terms.term();
    let period = Period {
        from: content.period_from.unwrap_or(term.from),
        until: content.period_until.unwrap_or(term.until),
    };
    let claim = |kind: ClaimKind, subject: String, period: Period| Claim {
        kind,
        subject,
        claimant: entry.id,
        contractor: content.contractor,
        from: period.from,
        until: period.until,
        weekly_hundredths,
    };
    let mut claims = Vec::new();
    if let Some(key) = &content.person_key {
        claims.push(claim(ClaimKind::Person, key.to_string(), period));
    }
    if let Some(reference) = &content.candidate {
        claims.push(claim(ClaimKind::Candidate, candidate_key(content.contractor, reference), period));
    }
    if let Some((supplier, number)) = content.supplier.zip(content.invoice_number.as_ref()) {
        claims.push(claim(ClaimKind::Invoice, invoice_key(supplier, number), at_any_time()));
    }
    if content.kind == EntryKind::Purchase {
        claims.push(claim(ClaimKind::Purchase, content.contractor.to_string(), period));
    }
    claims
}

/// An invoice counts once, whenever that is.
fn at_any_time() -> Period {
    Period { from: NaiveDate::MIN.max(year(1900)), until: NaiveDate::MAX.min(year(2201)) }
}

fn year(year: i32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or_default()
}

fn expect_free(
    c: &mut AnyConnection,
    entry: &Entry,
    scope: &ClaimScope,
    claim: &Claim,
    policy: &Policy,
) -> Result<(), ServiceError> {
    let (against, among, detail) = match claim.kind {
        ClaimKind::Person => (
            ClaimKind::Person,
            // Where the policy is silent, hours of one person count once in the whole region.
            policy.double_use.unwrap_or(DoubleUse::Region),
            "another entry accounts for this person in this period already",
        ),
        ClaimKind::Candidate => (
            ClaimKind::Candidate,
            DoubleUse::Contractor,
            "another entry of this contractor accounts for this candidate in this period already",
        ),
        ClaimKind::Invoice => {
            (ClaimKind::Invoice, DoubleUse::Region, "another entry accounts for this invoice already")
        }
        ClaimKind::Purchase if policy.purchase_beside_pso == Some(false) => (
            ClaimKind::PsoReduction,
            DoubleUse::Region,
            "the obligation was reduced for the PSO level that rests on purchases such as this, in the same time",
        ),
        ClaimKind::Purchase | ClaimKind::PsoReduction | ClaimKind::CarryOver => return Ok(()),
    };
    let asked = Claim { kind: against, ..claim.clone() };
    let rivals = store::following::claims::rivals(c, entry.municipality, scope, &asked, among)?;
    if rivals.is_empty() {
        return Ok(());
    }
    let hours = matches!(claim.kind, ClaimKind::Person | ClaimKind::Candidate);
    if hours && entry.content.other_hours.is_some() {
        let theirs = rivals.iter().map(|rival| rival.weekly_hundredths);
        let together = theirs
            .chain([claim.weekly_hundredths])
            .try_fold(0_i64, |sum, hours| hours.and_then(|hours| sum.checked_add(hours)));
        if together.zip(full_time_hundredths(policy)).is_some_and(|(together, full)| together <= full) {
            return Ok(());
        }
        return Err(ServiceError::refused(
            "counted-already",
            "together with the hours of another entry in this period, these are more than full time",
        ));
    }
    Err(ServiceError::refused("counted-already", detail))
}

fn full_time_hundredths(policy: &Policy) -> Option<i64> {
    match policy.full_time.as_ref()? {
        FullTime::WeeklyHours(hours) => hours.floor_hundredths(),
        FullTime::ContractorYear => None,
    }
}

/// Claims what a settled contract left, for an entry under another.
///
/// # Errors
/// [`ServiceError::Refused`] when it was carried over already.
pub(crate) fn carry_over(
    c: &mut AnyConnection,
    entry: &Entry,
    settlement: SettlementId,
) -> Result<(), ServiceError> {
    let scope = scope(c, entry.municipality)?;
    let at_any_time = at_any_time();
    let claim = Claim {
        kind: ClaimKind::CarryOver,
        subject: settlement.to_string(),
        claimant: entry.id,
        contractor: entry.content.contractor,
        from: at_any_time.from,
        until: at_any_time.until,
        weekly_hundredths: None,
    };
    let rivals = store::following::claims::rivals(c, entry.municipality, &scope, &claim, DoubleUse::Region)?;
    if !rivals.is_empty() {
        return Err(ServiceError::refused("carried-over-already", "this was carried over already"));
    }
    Ok(store::following::claims::insert(c, entry.municipality, &scope, &claim)?)
}

/// Gives up what an entry claimed.
pub(crate) fn give_up(c: &mut AnyConnection, entry: &Entry) -> Result<(), ServiceError> {
    Ok(store::following::claims::remove(c, entry.municipality, entry.id)?)
}

/// Claims the PSO reduction of a contract anew, as its terms are now.
///
/// # Errors
/// [`ServiceError::Refused`] when purchases on which the level rests count already, and the policy does not
/// let both count.
pub(crate) fn claim_reduction(
    c: &mut AnyConnection,
    contract: &Contract,
    policy: &Policy,
) -> Result<(), ServiceError> {
    let claimant: EntryId = Id::from_uuid(contract.id.uuid());
    store::following::claims::remove(c, contract.municipality, claimant)?;
    let Some(reduction) = policy.obligation.as_ref().and_then(|rules| rules.pso.as_ref()) else {
        return Ok(());
    };
    let scope = scope(c, contract.municipality)?;
    for held in &contract.terms.pso_levels.0 {
        let reduces =
            reduction.levels.iter().any(|row| row.level == held.level && !row.share.exact().is_zero());
        if !reduces || contract.terms.exemption.is_some() || contract.terms.deviation.is_some() {
            continue;
        }
        let claim = Claim {
            kind: ClaimKind::PsoReduction,
            subject: contract.terms.contractor.to_string(),
            claimant,
            contractor: contract.terms.contractor,
            from: held.period.from.max(contract.terms.starts_on),
            until: held.period.until.min(contract.terms.ends_on),
            weekly_hundredths: None,
        };
        if claim.until < claim.from {
            continue;
        }
        let purchase = Claim { kind: ClaimKind::Purchase, ..claim.clone() };
        let rivals =
            store::following::claims::rivals(c, contract.municipality, &scope, &purchase, DoubleUse::Region)?;
        if policy.purchase_beside_pso == Some(false) && !rivals.is_empty() {
            return Err(ServiceError::refused(
                "counted-already",
                "purchases of this contractor in the same time count already, and the policy does not let a \
                 PSO reduction count beside them",
            ));
        }
        store::following::claims::insert(c, contract.municipality, &scope, &claim)?;
    }
    Ok(())
}
