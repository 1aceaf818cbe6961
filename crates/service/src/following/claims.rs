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
use trede_store::following::claims::Rival;
use trede_store::frame::connection::AnyConnection;
use trede_wire::number::Number;
use trede_wire::social_return_case::EntryInput;

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
    facts: &EntryInput,
) -> Result<(), ServiceError> {
    let scope = scope(c, entry.municipality)?;
    for claim in claims_of(entry, contract, policy, facts) {
        expect_free(c, entry, &scope, &claim)?;
        store::following::claims::insert(c, entry.municipality, &scope, &claim)?;
    }
    Ok(())
}

/// The entries of the municipality that are about the same candidate or invoice by what they claim.
pub(crate) fn of_same_effort(c: &mut AnyConnection, entry: &Entry) -> Result<Vec<EntryId>, ServiceError> {
    let scope = scope(c, entry.municipality)?;
    let content = &entry.content;
    let by_key = content.person_key.as_ref().map(|key| (ClaimKind::Person, key.to_string()));
    let by_reference = content
        .candidate
        .as_ref()
        .map(|reference| (ClaimKind::Candidate, candidate_key(content.contractor, reference)));
    let by_invoice = content
        .supplier
        .zip(content.invoice_number.as_deref())
        .map(|(supplier, number)| (ClaimKind::Invoice, invoice_key(supplier, number)));
    let mut found = Vec::new();
    for (kind, subject) in by_key.into_iter().chain(by_reference).chain(by_invoice) {
        found.extend(store::following::claims::claimants(c, entry.municipality, &scope, kind, &subject)?);
    }
    found.retain(|id| *id != entry.id);
    Ok(found)
}

fn claims_of(entry: &Entry, contract: &Contract, policy: &Policy, facts: &EntryInput) -> Vec<Claim> {
    let content = &entry.content;
    let term = contract.terms.term();
    let period = Period {
        from: content.period_from.unwrap_or(term.from),
        until: content.period_until.unwrap_or(term.until),
    };
    let hundredths = |number: Option<Number>| {
        number.and_then(|number| Exact::from(number.0).rounded(2, Half::Up).floor_hundredths())
    };
    let claim = |kind: ClaimKind, subject: String, period: Period, reach: Option<DoubleUse>| Claim {
        kind,
        subject,
        claimant: entry.id,
        contractor: content.contractor,
        from: period.from,
        until: period.until,
        weekly_hundredths: hundredths(facts.hours_per_week),
        full_time_hundredths: full_time_hundredths(policy),
        other_hours: content.other_hours.is_some(),
        reach,
        part_cents: None,
        whole_cents: None,
    };
    let mut claims = Vec::new();
    if content.kind == EntryKind::FollowUp {
        // It accounts for no hours.
        return claims;
    }
    if let Some(key) = &content.person_key {
        let reach = Some(reach(policy));
        claims.push(claim(ClaimKind::Person, key.to_string(), period, reach));
    }
    if let Some(reference) = &content.candidate {
        let subject = candidate_key(content.contractor, reference);
        claims.push(claim(ClaimKind::Candidate, subject, period, Some(DoubleUse::Contractor)));
    }
    if let Some((supplier, number)) = content.supplier.zip(content.invoice_number.as_ref()) {
        let subject = invoice_key(supplier, number);
        claims.push(Claim {
            part_cents: hundredths(facts.amount),
            whole_cents: hundredths(facts.invoice_total.or(facts.amount)),
            ..claim(ClaimKind::Invoice, subject, at_any_time(), Some(DoubleUse::Region))
        });
    }
    if content.kind == EntryKind::Purchase {
        let subject = content.contractor.to_string();
        claims.push(claim(ClaimKind::Purchase, subject, period, beside_pso(policy)));
    }
    claims
}

/// Over which contracts the policy counts the same hours of one person once: where it is silent, in the whole
/// region.
fn reach(policy: &Policy) -> DoubleUse {
    policy.double_use.unwrap_or(DoubleUse::Region)
}

/// Whether purchases and the PSO reduction that rests on them exclude each other by the policy.
fn beside_pso(policy: &Policy) -> Option<DoubleUse> {
    (policy.purchase_beside_pso == Some(false)).then_some(DoubleUse::Region)
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
) -> Result<(), ServiceError> {
    let (against, detail) = match claim.kind {
        ClaimKind::Person => {
            (ClaimKind::Person, "another entry accounts for this person in this period already")
        }
        ClaimKind::Candidate => (
            ClaimKind::Candidate,
            "another entry of this contractor accounts for this candidate in this period already",
        ),
        ClaimKind::Invoice => (ClaimKind::Invoice, "another entry accounts for this invoice already"),
        ClaimKind::Purchase => (
            ClaimKind::PsoReduction,
            "the obligation was reduced for the PSO level that rests on purchases such as this, in the same time",
        ),
        ClaimKind::PsoReduction | ClaimKind::CarryOver => return Ok(()),
    };
    let asked = Claim { kind: against, ..claim.clone() };
    let rivals = store::following::claims::rivals(c, entry.municipality, scope, &asked)?;
    if rivals.is_empty() {
        return Ok(());
    }
    match claim.kind {
        ClaimKind::Person | ClaimKind::Candidate if claim.other_hours => expect_full_time(claim, &rivals),
        ClaimKind::Invoice => expect_parts(claim, &rivals, detail),
        _ => Err(ServiceError::refused("counted-already", detail)),
    }
}

/// Hours that are said to be others count up to full time, by the policy that has the least of it.
fn expect_full_time(claim: &Claim, rivals: &[Rival]) -> Result<(), ServiceError> {
    let together = rivals
        .iter()
        .map(|rival| rival.weekly_hundredths)
        .chain([claim.weekly_hundredths])
        .try_fold(0_i64, |sum, hours| hours.and_then(|hours| sum.checked_add(hours)));
    let full =
        rivals.iter().filter_map(|rival| rival.full_time_hundredths).chain(claim.full_time_hundredths).min();
    if together.zip(full).is_some_and(|(together, full)| together <= full) {
        return Ok(());
    }
    Err(ServiceError::refused(
        "counted-already",
        "together with the hours of another entry in this period, these are more than full time",
    ))
}

/// An invoice is accounted for in parts that together are not above it; all say the same of the whole.
fn expect_parts(claim: &Claim, rivals: &[Rival], detail: &'static str) -> Result<(), ServiceError> {
    let same_whole =
        rivals.iter().all(|rival| rival.whole_cents.is_some() && rival.whole_cents == claim.whole_cents);
    let parts = rivals
        .iter()
        .map(|rival| rival.part_cents)
        .chain([claim.part_cents])
        .try_fold(0_i64, |sum, part| part.and_then(|part| sum.checked_add(part)));
    match (same_whole, parts.zip(claim.whole_cents)) {
        (true, Some((parts, whole))) if parts <= whole => Ok(()),
        (true, _) => Err(ServiceError::refused("counted-already", detail)),
        (false, _) => Err(ServiceError::refused(
            "counted-already",
            "another entry accounts for this invoice already, and not for a part of the same whole; give the whole \
             invoice in invoiceTotal in each",
        )),
    }
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
        full_time_hundredths: None,
        other_hours: false,
        reach: Some(DoubleUse::Region),
        part_cents: None,
        whole_cents: None,
    };
    let rivals = store::following::claims::rivals(c, entry.municipality, &scope, &claim)?;
    if !rivals.is_empty() {
        return Err(ServiceError::refused("carried-over-already", "this was carried over already"));
    }
    Ok(store::following::claims::insert(c, entry.municipality, &scope, &claim)?)
}

/// Gives up what an entry claimed.
pub(crate) fn give_up(c: &mut AnyConnection, entry: &Entry) -> Result<(), ServiceError> {
    Ok(store::following::claims::remove(c, entry.municipality, entry.id)?)
}

/// Gives up the PSO reduction of a contract.
pub(crate) fn give_up_reduction(c: &mut AnyConnection, contract: &Contract) -> Result<(), ServiceError> {
    let claimant: EntryId = Id::from_uuid(contract.id.uuid());
    Ok(store::following::claims::remove(c, contract.municipality, claimant)?)
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
    give_up_reduction(c, contract)?;
    let claimant: EntryId = Id::from_uuid(contract.id.uuid());
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
            full_time_hundredths: None,
            other_hours: false,
            reach: beside_pso(policy),
            part_cents: None,
            whole_cents: None,
        };
        if claim.until < claim.from {
            continue;
        }
        let purchase = Claim { kind: ClaimKind::Purchase, ..claim.clone() };
        let rivals = store::following::claims::rivals(c, contract.municipality, &scope, &purchase)?;
        if !rivals.is_empty() {
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
