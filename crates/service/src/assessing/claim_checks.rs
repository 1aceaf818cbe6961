//! PSO levels that are claimed in bids, checked against the register after the opening and never before, in the
//! background. What a municipality accepts as an equivalent proof is its own fact.

use chrono::{DateTime, NaiveDate, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::asked_jobs;
use crate::frame::dutch_time::dutch_day;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use crate::frame::load::NO_LOT;
use crate::frame::opened::{expect_opened, is_handed_over};
use crate::pso::pso_tables;
use crate::tendering::declared_models::award_model;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::verdict::Verdict;
use trede_formats::offer::OfferInput;
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::pso::claim_finding::{ClaimFinding, ClaimFindingId, Judged};
use trede_model::telling::job::{Job, Lease};
use trede_model::tendering::lot::{Lot, LotPath};
use trede_model::tendering::tender::Tender;
use trede_model::trust::audit::AuditScope;
use trede_rules::pso::{Ladder, LadderVersion, judge};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::pso_tables::LadderVersionInput;
use trede_wire::score_file::{LevelDateInput, PsoClaimInput, PsoRulesInput};

const NO_BID: ServiceError = ServiceError::NotFound { what: "bid" };
/// Who the check is recorded as.
const CHECK: &str = "check against the register";

/// Has the claims on a lot checked once more, because more may be known by now.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening.
pub fn request(services: &Services, actor: &Actor, at: LotPath) -> Result<(), ServiceError> {
    const OPERATION: Operation = Operation::CreatePsoVerification;
    authorise(actor, at.municipality, OPERATION)?;
    let act = services.act(actor, at.municipality, OPERATION, format!("{at}/pso-verifications"));
    services.db.write(&act, |c| {
        expect_opened(c, actor, at)?;
        asked_jobs::claim_check(c, &act, at)
    })
}

/// One page of what was found of the claims in a bid, oldest first; of an organisation the last counts.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, whether there is such a bid or not.
pub fn list(
    services: &Services,
    actor: &Actor,
    (at, bid): (LotPath, BidId),
    request: &PageRequest<ClaimFindingId>,
) -> Result<Page<ClaimFinding>, ServiceError> {
    authorise(actor, at.municipality, Operation::ListPsoVerdicts)?;
    services.db.read(|c| {
        expect_opened(c, actor, at)?;
        store::bidding::bids::find(c, at.municipality, at.lot, bid)?.ok_or(NO_BID)?;
        Ok(store::pso::claim_findings::list(c, at.municipality, bid, request)?)
    })
}

/// Accepts an equivalent proof for the level that an organisation claims in a bid.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening; [`ServiceError::Invalid`] when the organisation claims no level
/// in this bid.
pub fn accept_equivalent(
    services: &Services,
    actor: &Actor,
    (at, bid): (LotPath, BidId),
    kvk: KvkNumber,
    reason: String,
) -> Result<ClaimFinding, ServiceError> {
    const OPERATION: Operation = Operation::AcceptPsoEquivalence;
    authorise(actor, at.municipality, OPERATION)?;
    let mut findings = Findings::default();
    findings.needed_text("/reason", &reason, TEXT);
    findings.into_result()?;
    let id = new_id();
    let act = services.act(actor, at.municipality, OPERATION, format!("{at}/bids/{bid}/pso-verdicts/{id}"));
    services.db.write(&act, |c| {
        expect_opened(c, actor, at)?;
        let found = store::bidding::bids::find(c, at.municipality, at.lot, bid)?.ok_or(NO_BID)?;
        let (tender, lot) = store::tendering::lots::find_with_tender(c, at)?.ok_or(NO_LOT)?;
        let known = Known::of(c, &tender, &lot, act.at)?;
        let Some((_, claim)) = claims(&found)?.into_iter().find(|(claimant, _)| *claimant == kvk) else {
            let detail = "this organisation claims no level in this bid";
            return Err(ServiceError::invalid("/kvkNumber", "no-claim", detail));
        };
        let judged = Judged {
            verdict: Verdict::EquivalentAccepted,
            certificate: None,
            certificate_level: None,
            reason: Some(reason.clone()),
            ..known.judged(c, kvk, &claim)?
        };
        let finding = finding(id, &found, (kvk, judged), (act.at, &act.actor));
        store::pso::claim_findings::insert(c, &finding)?;
        Ok(finding)
    })
}

/// Checks the claims in all bids on a lot.
pub(crate) fn run(services: &Services, lease: &Lease) -> Result<(), ServiceError> {
    let Some(at) = lot_of(&lease.job) else {
        return Err(ServiceError::Internal(format!("no lot: {}", lease.job.subject).into()));
    };
    let now = services.now();
    let found = services.db.read(|c| check(c, at, now))?;
    if found.is_empty() {
        return Ok(());
    }
    let findings: Vec<ClaimFinding> = found
        .into_iter()
        .map(|(bid, kvk, judged)| finding(new_id(), &bid, (kvk, judged), (now, CHECK)))
        .collect();
    let scope = AuditScope::Municipality(at.municipality);
    let act = services.background_act(scope, CHECK, "check_pso_claims", format!("{at}/pso-verdicts"));
    services.db.write(&act, |c| {
        services.hold(c, lease)?;
        for finding in &findings {
            let latest = store::pso::claim_findings::latest(c, at.municipality, finding.bid, finding.kvk)?;
            if is_news(latest.as_ref(), finding) {
                store::pso::claim_findings::insert(c, finding)?;
            }
        }
        Ok(())
    })
}

/// What a person decided stands, and what was found already is not said again.
fn is_news(latest: Option<&ClaimFinding>, finding: &ClaimFinding) -> bool {
    latest.is_none_or(|latest| {
        latest.judged.verdict != Verdict::EquivalentAccepted && latest.judged != finding.judged
    })
}

fn lot_of(job: &Job) -> Option<LotPath> {
    let AuditScope::Municipality(municipality) = job.scope else { return None };
    let (tender, lot) = job.subject.strip_prefix("tenders/")?.split_once("/lots/")?;
    Some(LotPath { municipality, tender: tender.parse().ok()?, lot: lot.parse().ok()? })
}

/// Every claim on an opened lot, judged.
fn check(
    c: &mut AnyConnection,
    at: LotPath,
    now: DateTime<Utc>,
) -> Result<Vec<(Bid, KvkNumber, Judged)>, ServiceError> {
    let Some((tender, lot)) =
        store::tendering::lots::find_with_tender(c, at)?.filter(|(_, lot)| lot.opened_at.is_some())
    else {
        return Ok(Vec::new());
    };
    // What is found would tell of bids that nobody reads yet; it is looked for again when all are here.
    if !is_handed_over(c, &tender, &lot)? {
        return Ok(Vec::new());
    }
    let known = Known::of(c, &tender, &lot, now)?;
    let mut found = Vec::new();
    for bid in store::bidding::bids::all_of_lot(c, at.municipality, at.lot)? {
        for (kvk, claim) in claims(&bid)? {
            let judged = known.judged(c, kvk, &claim)?;
            found.push((bid.clone(), kvk, judged));
        }
    }
    Ok(found)
}

/// The levels that are claimed in a bid, and by whom. A member of a consortium without a KvK number cannot be
/// looked up.
fn claims(bid: &Bid) -> Result<Vec<(KvkNumber, PsoClaimInput)>, ServiceError> {
    let offer: OfferInput =
        serde_json::from_str(&bid.content).map_err(|error| ServiceError::Internal(error.into()))?;
    if offer.consortium.is_empty() {
        return Ok(offer.pso.into_iter().map(|claim| (bid.bidder, claim)).collect());
    }
    let of_member = offer.consortium.into_iter().filter_map(|member| {
        let kvk = member.kvk_number.as_deref().and_then(|number| number.parse().ok());
        kvk.zip(member.pso)
    });
    Ok(of_member.collect())
}

fn finding(
    id: ClaimFindingId,
    bid: &Bid,
    (kvk, judged): (KvkNumber, Judged),
    (decided_at, decided_by): (DateTime<Utc>, &str),
) -> ClaimFinding {
    let municipality: MunicipalityId = bid.municipality;
    let decided_by = decided_by.to_owned();
    ClaimFinding { municipality, id, lot: bid.lot, bid: bid.id, kvk, judged, decided_at, decided_by }
}

/// What a claim is held against.
struct Known {
    ladders: Vec<LadderVersion>,
    /// The ladder of the tender.
    ladder: Option<LadderVersion>,
    counts_on: NaiveDate,
    now: DateTime<Utc>,
}

impl Known {
    fn of(
        c: &mut AnyConnection,
        tender: &Tender,
        lot: &Lot,
        now: DateTime<Utc>,
    ) -> Result<Self, ServiceError> {
        let ladders = pso_tables::ladders(c)?;
        let rules = award_model(lot)?.pso.unwrap_or_default();
        let opened_at = lot.opened_at.unwrap_or(now);
        Ok(Self {
            ladder: ladder_of(&rules, &ladders),
            counts_on: counts_on(&rules, tender, opened_at),
            ladders,
            now,
        })
    }

    fn judged(
        &self,
        c: &mut AnyConnection,
        kvk: KvkNumber,
        claim: &PsoClaimInput,
    ) -> Result<Judged, ServiceError> {
        let named = claim.ladder_version.as_deref();
        let own = self.ladders.iter().find(|version| Some(version.ladder.version()) == named);
        let ladder: Option<&Ladder> = own.or(self.ladder.as_ref()).map(|version| &version.ladder);
        let certificates = store::pso::certificates::known_at(c, kvk, self.now)?;
        let (verdict, certificate) = match ladder {
            _ if claim.equivalence_reason.is_some() => (Verdict::EquivalentClaimed, None),
            Some(ladder) => judge((&claim.level, ladder), &certificates, &self.ladders, self.counts_on),
            None => (Verdict::NotFound, None),
        };
        Ok(Judged {
            level: claim.level.clone(),
            ladder: ladder.map_or_else(String::new, |ladder| ladder.version().to_owned()),
            counts_on: self.counts_on,
            verdict,
            certificate: certificate.map(|certificate| certificate.id),
            certificate_level: certificate.map(|certificate| certificate.facts.level.clone()),
            reason: None,
        })
    }
}

fn ladder_of(rules: &PsoRulesInput, ladders: &[LadderVersion]) -> Option<LadderVersion> {
    match (&rules.ladder, &rules.ladder_version) {
        (Some(own), _) => LadderVersionInput {
            version: own.version.clone(),
            source: String::new(),
            in_force_from: None,
            levels: own.levels.clone(),
        }
        .to_version()
        .ok(),
        (None, named) => {
            ladders.iter().find(|version| Some(version.ladder.version()) == named.as_deref()).cloned()
        }
    }
}

/// The date that the award model declares; the day of the opening, when it declares none or the tender does not
/// give it.
fn counts_on(rules: &PsoRulesInput, tender: &Tender, opened_at: DateTime<Utc>) -> NaiveDate {
    let declared = match rules.level_counts_on {
        Some(LevelDateInput::Bid) => tender.facts.deadline_at.map(dutch_day),
        Some(LevelDateInput::Award) => tender.facts.award_on,
        None => None,
    };
    declared.unwrap_or_else(|| dutch_day(opened_at))
}
