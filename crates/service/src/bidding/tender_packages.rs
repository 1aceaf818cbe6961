//! A whole tender in one request, from a platform: made, or brought as far as the platform says, in the order of
//! the declared custody of the bids. The same request again does nothing twice, and goes on where it stopped.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::bidding::bids::{self, NewBid};
use crate::bidding::hand_overs;
use crate::bidding::handed_over::{self, HandedOver};
use crate::bidding::openings::{self, Attestation, NewOpening};
use crate::bidding::package_drafts::{Draft, checked};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::{Finding, ServiceError};
use crate::frame::findings::{Findings, below};
use crate::frame::load::NO_TENDER;
use crate::tendering::tender_steps;
use crate::tendering::tenders::{TenderView, view};
use trede_base::ids::MunicipalityId;
use trede_base::record::{Record, Version};
use trede_model::bidding::bid::BidId;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::{LotFacts, LotId, LotPath};
use trede_model::tendering::procedure::State;
use trede_model::tendering::tender::{BidCustody, TenderFacts};
use trede_model::tendering::tender_package::{PackageReference, TenderPackage};
use trede_model::trust::audit::Act;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_wire::score_file::AwardModelInput;

/// A whole tender as a platform sends it.
#[derive(Clone, Debug)]
pub struct NewPackage {
    /// What is said of it.
    pub facts: TenderFacts,
    /// Its lots.
    pub lots: Vec<NewPackageLot>,
    /// Whether it is public, and since when the platform says so, where it keeps the bids.
    pub publication: Option<Option<DateTime<Utc>>>,
    /// What the platform attests of its opening, where it keeps the bids.
    pub opening: Option<Attestation>,
    /// How many bids the platform says that it handed over, once all are in this request or came before.
    pub hand_over: Option<u32>,
    /// SHA-256 of what was sent, in hexadecimal.
    pub body_hash: String,
}

/// A lot of it.
#[derive(Clone, Debug)]
pub struct NewPackageLot {
    /// What is said of it.
    pub facts: LotFacts,
    /// How it is awarded.
    pub award_model: Option<AwardModelInput>,
    /// The bids on it.
    pub bids: Vec<NewBid>,
}

/// The proof that a bid was received with the tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageReceipt {
    /// The number of the lot.
    pub lot: u16,
    /// The platform's own reference of the bid.
    pub external_reference: Option<String>,
    /// The id of the bid.
    pub bid: BidId,
    /// When it was received.
    pub received_at: DateTime<Utc>,
    /// The hash of the receipt.
    pub receipt_hash: String,
}

/// What became of a whole tender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackageView {
    /// What is known of what was sent.
    pub package: TenderPackage,
    /// The tender, as far as it is now.
    pub tender: TenderView,
    /// Its lots by number.
    pub lots: Vec<(u16, LotId)>,
    /// The bids that this request brought in.
    pub receipts: Vec<PackageReceipt>,
    /// Whether the tender was made by this request.
    pub is_new: bool,
}

/// What a request has to do with what is known.
enum Standing {
    /// All of it was done before.
    Done(TenderPackage),
    /// It is to be done, or to be gone on with.
    Open(Option<TenderPackage>),
}

/// Makes a whole tender, or brings it as far as the platform says now.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings; [`ServiceError::VersionNeeded`] when what was sent before is
/// changed without saying which version was seen, and [`ServiceError::VersionMismatch`] when that is another one;
/// [`ServiceError::Refused`] when the procedure does not allow it. What was done before a refusal stays, and the
/// same request goes on from there.
pub fn replace(
    services: &Services,
    actor: &Actor,
    (municipality, reference): (MunicipalityId, &PackageReference),
    seen: Option<Version>,
    new: &NewPackage,
    arrived_at: DateTime<Utc>,
) -> Result<PackageView, ServiceError> {
    const OPERATION: Operation = Operation::ReplaceTenderPackage;
    authorise(actor, municipality, OPERATION)?;
    check_order(new)?;
    let draft = checked(services, reference, new)?;
    let fingerprints = fingerprints(services, new)?;
    let standing = services.db.read(|c| standing(c, (municipality, reference), seen, &fingerprints))?;
    let known = match standing {
        Standing::Done(package) => return show(services, package),
        Standing::Open(known) => known,
    };
    let is_new = known.is_none();
    let act = match known.filter(|_| has_sealed_bids(new)) {
        // Each time that it is sent again may bring a bid.
        Some(TenderPackage { tender, .. }) => {
            services.sealed_act(municipality, tender, OPERATION, format!("tenders/{tender}/package"))
        }
        None => services.act(actor, municipality, OPERATION, format!("tender-packages/{reference}")),
    };
    let package = start(services, &act, (municipality, reference), (seen, &fingerprints), &draft)?;
    advance(services, actor, &package, new)?;
    let receipts = receive(services, actor, &package, new, arrived_at)?;
    if let Some(number_of_bids) = new.hand_over {
        hand_overs::complete(services, actor, municipality, package.tender, number_of_bids)?;
    }
    let package = services.db.write_progress(|c| {
        let done = TenderPackage { is_complete: true, ..package.clone() };
        store::bidding::tender_packages::update(c, &done)?;
        Ok::<_, ServiceError>(done)
    })?;
    Ok(PackageView { receipts, is_new, ..show(services, package)? })
}

/// One whole tender, as far as it is now.
///
/// # Errors
/// [`ServiceError::NotFound`] when none was sent under the reference.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    reference: &PackageReference,
) -> Result<PackageView, ServiceError> {
    authorise(actor, municipality, Operation::GetTenderPackage)?;
    let found = services.db.read(|c| store::bidding::tender_packages::find(c, municipality, reference))?;
    let view = show(services, found.ok_or(ServiceError::NotFound { what: "tender package" })?)?;
    let tender = &view.tender;
    let is_sealed = tender.tender.facts.bid_custody == BidCustody::Trede
        && matches!(tender.state, State::Published | State::Closed);
    if is_sealed && !actor.is(Role::Platform) {
        let detail = "how often its platform sent it would tell of bids, which have not been opened";
        return Err(ServiceError::refused("bids-not-opened", detail));
    }
    Ok(view)
}

fn show(services: &Services, package: TenderPackage) -> Result<PackageView, ServiceError> {
    let now = services.now();
    services.db.read(|c| {
        let tender =
            store::tendering::tenders::find(c, package.municipality, package.tender)?.ok_or(NO_TENDER)?;
        let lots = store::tendering::lots::all_of_tender(c, package.municipality, package.tender)?;
        let tender = view(c, tender, now)?;
        let lots = lots.into_iter().map(|lot| (lot.facts.number, lot.id)).collect();
        Ok(PackageView { package: package.clone(), tender, lots, receipts: Vec::new(), is_new: false })
    })
}

/// What the declared custody leaves no place for, or what must come first.
fn check_order(new: &NewPackage) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    let has_bids = new.lots.iter().any(|lot| !lot.bids.is_empty());
    if new.publication.is_none() && (has_bids || new.opening.is_some()) {
        let detail = "bids and their opening come after the publication";
        findings.add("/publication", "publication-needed", detail);
    }
    match new.facts.bid_custody {
        BidCustody::Trede => {
            if new.hand_over.is_some() {
                let detail = "these bids are kept here; nobody hands them over";
                findings.add("/handOver", "attestation-not-asked", detail);
            }
            if new.opening.is_some() {
                let detail = "these bids are kept here; nobody else opens them";
                findings.add("/opening", "attestation-not-asked", detail);
            }
            if new.publication.flatten().is_some() {
                let detail = "a tender whose bids are kept here is public from this request on";
                findings.add("/publication/publishedAt", "attestation-not-asked", detail);
            }
        }
        BidCustody::Platform if (has_bids || new.hand_over.is_some()) && new.opening.is_none() => {
            let detail = "the platform hands bids over after its opening, which it attests";
            findings.add("/opening", "attestation-needed", detail);
        }
        BidCustody::Platform => {}
    }
    findings.into_result()
}

/// What the same body is known by when it comes again; the first is stored. Where something of the bids is sealed
/// here, a mark under the sealing keys: who has the database could find a price by trying against a hash.
fn fingerprints(services: &Services, new: &NewPackage) -> Result<Vec<String>, ServiceError> {
    if !has_sealed_bids(new) {
        return Ok(vec![new.body_hash.clone()]);
    }
    Ok(services.sealing_keys.ring()?.marks(new.body_hash.as_bytes()).collect())
}

fn has_sealed_bids(new: &NewPackage) -> bool {
    new.facts.is_sealed_here() && new.lots.iter().any(|lot| !lot.bids.is_empty())
}

fn standing(
    c: &mut AnyConnection,
    (municipality, reference): (MunicipalityId, &PackageReference),
    seen: Option<Version>,
    fingerprints: &[String],
) -> Result<Standing, ServiceError> {
    let Some(known) = store::bidding::tender_packages::find(c, municipality, reference)? else {
        // Who names a version thinks that there is one.
        return if seen.is_none() { Ok(Standing::Open(None)) } else { Err(ServiceError::VersionMismatch) };
    };
    let is_same = fingerprints.contains(&known.fingerprint);
    if is_same && known.is_complete {
        return Ok(Standing::Done(known));
    }
    match seen {
        Some(seen) => expect_version(known.record.version, seen)?,
        None if is_same => {}
        None => return Err(ServiceError::VersionNeeded),
    }
    Ok(Standing::Open(Some(known)))
}

/// Stores what is said of the tender and its lots, and that all of it is to be done.
fn start(
    services: &Services,
    act: &Act,
    (municipality, reference): (MunicipalityId, &PackageReference),
    (seen, fingerprints): (Option<Version>, &[String]),
    draft: &Draft,
) -> Result<TenderPackage, ServiceError> {
    services.db.write(act, |c| {
        let known = match standing(c, (municipality, reference), seen, fingerprints)? {
            Standing::Done(package) => return Ok(package),
            Standing::Open(known) => known,
        };
        let tender = draft.store(c, municipality, known.as_ref().map(|known| known.tender), act.at)?;
        let record = match &known {
            None => Record::new(act.at),
            Some(known) if fingerprints.contains(&known.fingerprint) => known.record,
            Some(known) => known.record.changed(act.at),
        };
        let package = TenderPackage {
            municipality,
            reference: reference.clone(),
            tender,
            fingerprint: fingerprints.first().cloned().unwrap_or_default(),
            is_complete: false,
            record,
        };
        match known {
            None => store::bidding::tender_packages::insert(c, &package)?,
            Some(_) => store::bidding::tender_packages::update(c, &package)?,
        }
        Ok(package)
    })
}

/// Takes the steps that the platform says were taken, as far as they were not.
fn advance(
    services: &Services,
    actor: &Actor,
    package: &TenderPackage,
    new: &NewPackage,
) -> Result<(), ServiceError> {
    let (municipality, id) = (package.municipality, package.tender);
    if let Some(attested_at) = new.publication
        && show(services, package.clone())?.tender.state == State::Draft
    {
        below("/publication", tender_steps::publish_since(services, actor, municipality, id, attested_at))?;
    }
    if let Some(attestation) = &new.opening
        && matches!(show(services, package.clone())?.tender.state, State::Published | State::Closed)
    {
        let opened = openings::open(
            services,
            actor,
            municipality,
            id,
            NewOpening { attestation: Some(attestation.clone()), ..NewOpening::default() },
        );
        // The attestation stands elsewhere in this request than in one that only opens.
        opened.map_err(|error| moved(error, "/attestation", "/opening"))?;
    }
    Ok(())
}

fn moved(error: ServiceError, from: &str, to: &str) -> ServiceError {
    let ServiceError::Invalid(found) = error else { return error };
    let found = found.into_iter().map(|finding| {
        let place = finding.pointer.strip_prefix(from).unwrap_or_default();
        Finding { pointer: format!("{to}{place}"), ..finding }
    });
    ServiceError::Invalid(found.collect())
}

/// Receives the bids that are not there yet; what is wrong with some is told together, and keeps no other out.
fn receive(
    services: &Services,
    actor: &Actor,
    package: &TenderPackage,
    new: &NewPackage,
    arrived_at: DateTime<Utc>,
) -> Result<Vec<PackageReceipt>, ServiceError> {
    let (municipality, tender) = (package.municipality, package.tender);
    let lots = show(services, package.clone())?.lots;
    let mut receipts = Vec::new();
    let mut found = Vec::new();
    for (index, lot) in new.lots.iter().enumerate() {
        let Some((number, id)) = lots.iter().find(|(number, _)| *number == lot.facts.number) else {
            continue;
        };
        let at = LotPath { municipality, tender, lot: *id };
        for (place, bid) in lot.bids.iter().enumerate() {
            let place = format!("/lots/{index}/bids/{place}");
            match handed_over::standing(services, at, bid)? {
                HandedOver::New => {}
                HandedOver::Known => continue,
                HandedOver::Differs => {
                    found.push(handed_over::differs(&place));
                    continue;
                }
            }
            let external_reference = bid.external_reference.clone();
            match below(&place, bids::create(services, actor, at, bid.clone(), arrived_at)) {
                Ok(bid) => receipts.push(PackageReceipt {
                    lot: *number,
                    external_reference,
                    bid: bid.id,
                    received_at: bid.received_at,
                    receipt_hash: bid.receipt_hash,
                }),
                Err(ServiceError::Invalid(more)) => found.extend(more),
                Err(ServiceError::Refused { code, detail, dutch }) => {
                    found.push(Finding { dutch, ..Finding::new(place, code, detail) });
                }
                Err(error) => return Err(error),
            }
        }
    }
    if found.is_empty() { Ok(receipts) } else { Err(ServiceError::Invalid(found)) }
}
