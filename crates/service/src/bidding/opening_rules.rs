//! What an opening is refused for: the wrong envelope, person, moment, or words.

use chrono::{DateTime, Utc};

use crate::bidding::openings::Attestation;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT};
use trede_model::bidding::opening::Envelope;
use trede_model::frame::role::Role;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::procedure::Step;
use trede_model::tendering::tender::{BidCustody, BidEnvelopes, Tender};

/// What is opened: that which comes first, unless the prices are asked for by name.
pub(crate) fn envelope_of(tender: &Tender, asked: Option<Envelope>) -> Result<Envelope, ServiceError> {
    let declared: &[Envelope] = match tender.facts.bid_envelopes {
        BidEnvelopes::One => &[Envelope::Whole],
        BidEnvelopes::Two => &[Envelope::Quality, Envelope::Price],
    };
    let opened = asked.or(declared.first().copied()).filter(|envelope| declared.contains(envelope));
    opened.ok_or_else(|| {
        let words: Vec<_> = declared.iter().map(|envelope| envelope.code()).collect();
        let detail = format!("the tender declares that is opened: {}", words.join(", then "));
        ServiceError::invalid("/envelope", "envelope-not-declared", detail)
    })
}

pub(crate) fn check_keeper(actor: &Actor, keeper: BidCustody) -> Result<(), ServiceError> {
    let (keeper, detail) = match keeper {
        BidCustody::Trede => (Role::Opener, "these envelopes are kept here, so openers open them"),
        BidCustody::Platform => {
            (Role::Platform, "the platform keeps the bids, so it attests its own opening")
        }
    };
    if actor.is(keeper) { Ok(()) } else { Err(ServiceError::NotTheirs { code: "not-the-keeper", detail }) }
}

pub(crate) fn expect_lots(lots: &[Lot]) -> Result<(), ServiceError> {
    if lots.is_empty() {
        return Err(ServiceError::refused("state-forbids", "the tender is a draft without lots"));
    }
    Ok(())
}

/// The lots, when all can be opened: says at the first request already what the opening would be refused for.
pub(crate) fn closed(lots: Vec<Lot>) -> Result<Vec<Lot>, ServiceError> {
    for lot in &lots {
        lot.state.after(Step::Open)?;
    }
    Ok(lots)
}

pub(crate) fn check_attestation(
    tender: &Tender,
    keeper: BidCustody,
    attestation: Option<&Attestation>,
    now: DateTime<Utc>,
) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    match (keeper, attestation) {
        (BidCustody::Trede, None) => {}
        (BidCustody::Trede, Some(_)) => {
            let detail = "these envelopes are kept here; nobody else opens them";
            findings.add("/attestation", "attestation-not-asked", detail);
        }
        (BidCustody::Platform, None) => {
            let detail = "the platform attests when its vault was opened";
            findings.add("/attestation", "attestation-needed", detail);
        }
        (BidCustody::Platform, Some(attested)) => {
            findings.needed_text("/attestation/evidence", &attested.evidence, TEXT);
            if attested.opened_at > now {
                findings.add("/attestation/openedAt", "opening-in-the-future", "an opening lies in the past");
            }
            if tender.facts.deadline_at.is_some_and(|deadline| attested.opened_at < deadline) {
                findings.add(
                    "/attestation/openedAt",
                    "opened-before-deadline",
                    "bids are opened after the deadline",
                );
            }
        }
    }
    findings.into_result()
}
