//! The opening of bids: by two people where they are kept here, attested by the platform where it kept them.

use chrono::{DateTime, SubsecRound, Utc};
use serde_json::json;

use crate::Services;
use crate::bidding::key_splits::published;
use crate::bidding::opening_rules::{check_attestation, check_keeper, closed, envelope_of, expect_lots};
use crate::bidding::price_openings;
use crate::bidding::share_openings::misfit;
use crate::bidding::unsealing::{keep_open, missing, report_of, unseal};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::audit_heads::short_heads_with_vault;
use crate::frame::error::ServiceError;
use crate::frame::load::{self, NO_TENDER};
use crate::frame::opened::expect_handed_over;
use crate::tendering::duties::expect_apart;
use crate::tendering::steps::{Taking, take};
use crate::tendering::tender_steps::leave_out_ended;
use crate::tendering::tenders::{TenderView, view};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_formats::evaluation_report::ReportOpening;
use trede_formats::opening_report::{BidOutcome, OpenedBid, OpenedDelegation, OpeningReport};
use trede_model::bidding::key_share::GivenShare;
use trede_model::bidding::opening::{Envelope, Opening, OpeningId, OpeningState, SamePerson};
use trede_model::telling::event::{Event, EventKind};
use trede_model::tendering::duty::Duty;
use trede_model::tendering::lot::{Lot, LotPath, StepGrounds};
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::{BidCustody, Tender, TenderId};
use trede_sealing::opener_key::KeyPart;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// What a platform attests of the opening of its own vault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attestation {
    /// When it opened.
    pub opened_at: DateTime<Utc>,
    /// What proves it: a reference or a hash.
    pub evidence: String,
}

/// What is asked of an opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewOpening {
    /// What is opened; left out: that which comes first.
    pub envelope: Option<Envelope>,
    /// What the platform says, where it kept the bids.
    pub attestation: Option<Attestation>,
    /// The caller's part of the key, where that is split.
    pub key_share: Option<KeyPart>,
}

/// What came of asking to open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A second person must agree.
    Waiting(OpeningView),
    /// The bids are open.
    Opened(TenderView),
}

/// An opening, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningView {
    /// The opening.
    pub opening: Opening,
    /// How far it is.
    pub state: OpeningState,
    /// What was found of each bid.
    pub bids: Vec<OpenedBid>,
    /// What bidders said about who acts for them.
    pub delegations: Vec<OpenedDelegation>,
    /// How the audit trail stood when it was opened.
    pub audit_heads: Vec<String>,
    /// Who gave their part of the key, in order; nobody where the key is not split.
    pub given: Vec<GivenShare>,
    /// How many parts open, of how many; none where the key is not split.
    pub needed: Option<(u8, usize)>,
}

/// Opens the bids on all lots that have not ended, after the deadline; or their price envelopes, once the quality
/// of all is fixed.
///
/// What is kept here is opened by two openers: the first asks, the second agrees within ten minutes. What a
/// platform kept is opened there: the platform attests when, and hands the bids over afterwards. Price envelopes
/// are kept here, whoever kept the bids.
///
/// # Errors
/// [`ServiceError::Refused`] before the deadline, before the quality is fixed, or when the same person asks twice;
/// [`ServiceError::NotTheirs`] for who does not keep the bids; [`ServiceError::Invalid`] when an attestation is
/// missing or of no use; [`ServiceError::Unavailable`] when the key of the tender cannot be had.
pub fn open(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    NewOpening { envelope, attestation, key_share }: NewOpening,
) -> Result<Outcome, ServiceError> {
    const OPERATION: Operation = Operation::OpenTender;
    authorise(actor, municipality, OPERATION)?;
    let grounds = StepGrounds {
        reason: None,
        attested_at: attestation.as_ref().map(|attested| attested.opened_at.trunc_subsecs(6)),
        evidence: attestation.as_ref().map(|attested| attested.evidence.clone()),
    };
    let is_of_prices = envelope == Some(Envelope::Price);
    let act = services.act(actor, municipality, OPERATION, format!("tenders/{id}/openings"));
    let step = if is_of_prices { Step::OpenPrices } else { Step::Open };
    let mut asked = Asked {
        services,
        person: actor.subject.clone(),
        opening: new_id(),
        taking: Taking { step, act, grounds },
        audit_heads: Vec::new(),
    };
    // Read before the write: who writes elsewhere meanwhile does not make it collide.
    asked.audit_heads = services.db.read(|c| short_heads_with_vault(c, municipality, id))?;
    services.db.write(&asked.taking.act, |c| {
        let now = asked.taking.act.at;
        let tender = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
        envelope_of(&tender, envelope)?;
        let keeper = if is_of_prices { BidCustody::Trede } else { tender.facts.bid_custody };
        check_keeper(actor, keeper)?;
        check_attestation(&tender, keeper, attestation.as_ref(), now)?;
        let (envelope, lots) = lots_to_open(c, &tender, envelope, now)?;
        if keeper == BidCustody::Platform {
            return match key_share {
                None => asked.open_lots(c, tender, lots).map(Outcome::Opened),
                Some(_) => Err(misfit(None)),
            };
        }
        match (published(c, &tender)?, &key_share) {
            (None, None) => asked.by_two(c, (tender, envelope), lots),
            (Some(split), Some(part)) => asked.by_shares(c, (tender, envelope), lots, (&split, part)),
            (split, _) => Err(misfit(split.as_ref())),
        }
    })
}

/// What of a tender is opened now, and on which lots; refuses while it cannot be.
pub(crate) fn lots_to_open(
    c: &mut AnyConnection,
    tender: &Tender,
    asked: Option<Envelope>,
    now: DateTime<Utc>,
) -> Result<(Envelope, Vec<Lot>), ServiceError> {
    let envelope = envelope_of(tender, asked)?;
    let mut lots = store::tendering::lots::all_of_tender(c, tender.municipality, tender.id)?;
    leave_out_ended(&mut lots);
    let lots: Vec<Lot> = lots.into_iter().map(|lot| lot.at(now, tender.facts.deadline_at)).collect();
    expect_lots(&lots)?;
    let is_of_prices = envelope == Envelope::Price;
    if is_of_prices {
        lots.iter().try_for_each(|lot| expect_handed_over(c, tender, lot))?;
    }
    let lots = if is_of_prices { price_openings::lots_to_open(c, lots)? } else { closed(lots)? };
    Ok((envelope, lots))
}

/// Somebody who asks to open.
pub(crate) struct Asked<'a> {
    pub(crate) services: &'a Services,
    pub(crate) person: String,
    /// The id of the request, if it is the first.
    pub(crate) opening: OpeningId,
    pub(crate) taking: Taking,
    /// How the audit trail stands.
    pub(crate) audit_heads: Vec<String>,
}

impl Asked<'_> {
    /// Asks, or agrees with who asked before.
    fn by_two(
        &self,
        c: &mut AnyConnection,
        (tender, envelope): (Tender, Envelope),
        lots: Vec<Lot>,
    ) -> Result<Outcome, ServiceError> {
        let (municipality, now) = (tender.municipality, self.taking.act.at);
        let Some(mut opening) = self.waiting(c, (&tender, envelope), &lots)? else {
            for lot in &lots {
                expect_apart(c, lot.path(), (&self.person, Duty::Opener))?;
            }
            return self.request(c, tender, envelope).map(Outcome::Waiting);
        };
        opening
            .confirm(self.person.clone(), now)
            .map_err(|same: SamePerson| ServiceError::refused("second-person-needed", same.to_string()))?;
        let key = self.services.tender_key(c, municipality, tender.id)?;
        self.open_with(c, (tender, opening), lots, &key)
    }

    /// The request of another that waits for this person.
    pub(crate) fn waiting(
        &self,
        c: &mut AnyConnection,
        (tender, envelope): (&Tender, Envelope),
        lots: &[Lot],
    ) -> Result<Option<Opening>, ServiceError> {
        let latest = store::bidding::openings::latest(c, tender.municipality, (tender.id, envelope))?;
        // Who asked for the prices before scores changed once more, asked for another opening.
        let changed_at = lots.iter().filter_map(|lot| lot.quality_fixed_at).max();
        Ok(latest.filter(|opening| {
            opening.state(self.taking.act.at) == OpeningState::Waiting
                && changed_at.is_none_or(|changed| changed <= opening.requested_at)
        }))
    }

    /// Takes everything out of the vault with the key that opens it, and notes what was found.
    pub(crate) fn open_with(
        &self,
        c: &mut AnyConnection,
        (tender, mut opening): (Tender, Opening),
        lots: Vec<Lot>,
        key: &TenderKey,
    ) -> Result<Outcome, ServiceError> {
        // Noted first: others who agree at the same moment meet here, and try again.
        store::bidding::openings::update(c, tender.municipality, &opening)?;
        let mut report = unseal_lots(c, key, (&tender, &opening), &lots)?;
        report.audit_heads.clone_from(&self.audit_heads);
        let report = serde_json::to_string(&report).map_err(|error| ServiceError::Internal(error.into()))?;
        opening.report = Some(report);
        store::bidding::openings::update(c, tender.municipality, &opening)?;
        self.open_lots(c, tender, lots).map(Outcome::Opened)
    }

    /// Ends the intake too: the version of the tender is another, so that no instance takes a bid by what it
    /// remembers of it, and whoever looks again is told, also where a clock was set back.
    pub(crate) fn request(
        &self,
        c: &mut AnyConnection,
        mut tender: Tender,
        envelope: Envelope,
    ) -> Result<OpeningView, ServiceError> {
        let act = &self.taking.act;
        tender.record = tender.record.changed(act.at);
        store::tendering::tenders::update(c, &tender)?;
        let opening = Opening::requested(self.opening, (tender.id, envelope), self.person.clone(), act.at);
        store::bidding::openings::insert(c, tender.municipality, &opening)?;
        let data = json!({
            "tenderId": tender.id, "openingId": opening.id, "envelope": envelope,
            "expiresAt": opening.expires_at
        });
        let subject = format!("tenders/{}", tender.id);
        let event = Event::of(act, EventKind::OpeningRequested, subject, data.to_string());
        store::telling::events::append(c, &event)?;
        seen(c, opening, tender.municipality, act.at)
    }

    fn open_lots(
        &self,
        c: &mut AnyConnection,
        mut tender: Tender,
        lots: Vec<Lot>,
    ) -> Result<TenderView, ServiceError> {
        for lot in lots {
            take(c, &tender, lot, &self.taking)?;
        }
        tender.record = tender.record.changed(self.taking.act.at);
        store::tendering::tenders::update(c, &tender)?;
        view(c, tender, self.taking.act.at)
    }
}

/// Takes the bids, or their prices, out of the vault; answers what was found of each.
fn unseal_lots(
    c: &mut AnyConnection,
    key: &TenderKey,
    (tender, opening): (&Tender, &Opening),
    lots: &[Lot],
) -> Result<OpeningReport, ServiceError> {
    let mut report = OpeningReport::default();
    if opening.envelope == Envelope::Price {
        for lot in lots {
            report.bids.extend(price_openings::unseal_prices(c, key, tender, lot)?);
        }
        return Ok(report);
    }
    let parts: &[Envelope] = match opening.envelope {
        Envelope::Whole => &[Envelope::Quality, Envelope::Price],
        Envelope::Quality | Envelope::Price => &[Envelope::Quality],
    };
    for lot in lots {
        let sent = store::bidding::sealed_bids::all_of_lot(c, tender.municipality, lot.id)?;
        let unsealed = unseal(key, opening.envelope, sent);
        for (bid, sealed) in &unsealed.bids {
            store::bidding::bids::insert(c, bid)?;
            keep_open(c, key, (sealed, parts))?;
        }
        report.bids.extend(unsealed.found);
        report.delegations.extend(unsealed.delegations);
    }
    report.bids.extend(missing(c, tender.municipality, tender.id)?);
    Ok(report)
}

/// The openings of a lot by two people, as a report tells of them.
pub(crate) fn of_lot(c: &mut AnyConnection, at: LotPath) -> Result<Vec<ReportOpening>, ServiceError> {
    let lot = at.lot.to_string();
    let mut told = Vec::new();
    for opening in store::bidding::openings::all_of_tender(c, at.municipality, at.tender)? {
        let OpeningReport { bids, delegations, .. } = report_of(&opening)?;
        let Some((confirmed_by, opened_at)) = opening.confirmed else { continue };
        let is_told = |bid: &OpenedBid| {
            bid.outcome != BidOutcome::Opened && bid.lot_id.as_ref().is_none_or(|of_bid| *of_bid == lot)
        };
        told.push(ReportOpening {
            envelope: opening.envelope,
            requested_by: opening.requested_by,
            requested_at: opening.requested_at,
            confirmed_by,
            opened_at,
            not_opened: bids.into_iter().filter(is_told).collect(),
            delegations: delegations.into_iter().filter(|said| said.lot_id == lot).collect(),
        });
    }
    Ok(told)
}

/// An opening as it is shown.
pub(crate) fn seen(
    c: &mut AnyConnection,
    opening: Opening,
    municipality: MunicipalityId,
    now: DateTime<Utc>,
) -> Result<OpeningView, ServiceError> {
    let OpeningReport { bids, delegations, audit_heads } = report_of(&opening)?;
    let state = opening.state(now);
    let given = store::bidding::key_shares::given(c, municipality, opening.id)?;
    let split = store::bidding::key_splits::find(c, municipality, opening.tender)?;
    let needed = split.map(|split| (split.threshold, split.openers.len()));
    Ok(OpeningView { opening, state, bids, delegations, audit_heads, given, needed })
}

/// One page of the openings of a tender and the attempts at one, in order.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    request: &PageRequest<OpeningId>,
) -> Result<Page<OpeningView>, ServiceError> {
    authorise(actor, municipality, Operation::ListOpenings)?;
    let now = services.now();
    let page = services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, tender)?;
        let Page { items, has_previous, has_next } =
            store::bidding::openings::list(c, municipality, tender.id, request)?;
        let items: Result<_, ServiceError> =
            items.into_iter().map(|opening| seen(c, opening, municipality, now)).collect();
        let items = items?;
        Ok::<_, ServiceError>(Page { items, has_previous, has_next })
    })?;
    services.record_read(
        actor,
        municipality,
        Operation::ListOpenings,
        format!("tenders/{tender}/openings"),
    )?;
    Ok(page)
}

/// One opening, with what was found of each bid.
///
/// # Errors
/// [`ServiceError::NotFound`] when the tender has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    tender: TenderId,
    id: OpeningId,
) -> Result<OpeningView, ServiceError> {
    authorise(actor, municipality, Operation::GetOpening)?;
    let now = services.now();
    let opening = services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, tender)?;
        let found = store::bidding::openings::find(c, municipality, tender.id, id)?;
        seen(c, found.ok_or(ServiceError::NotFound { what: "opening" })?, municipality, now)
    })?;
    let object = format!("tenders/{tender}/openings/{id}");
    services.record_read(actor, municipality, Operation::GetOpening, object)?;
    Ok(opening)
}
