//! What comes out of a vault at the opening: every bid that is as it was received, and the name of each that
//! is not.

use std::collections::{BTreeMap, BTreeSet};

use crate::bidding::vault::{DelegationPart, QualityPart, hash_in};
use crate::frame::error::ServiceError;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_formats::offer::{OfferInput, PricesOfOffer};
use trede_formats::opening_report::{BidOutcome, DelegationWord, OpenedBid, OpenedDelegation, OpeningReport};
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::bidding::opening::{Envelope, Opening};
use trede_model::bidding::sealed_bid::{
    Delegation, Fate, Judged, SealedBid, SealedHead, SentBid, SentBy, fates,
};
use trede_model::tendering::lot::LotId;
use trede_model::tendering::tender::TenderId;
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_chain::Chain;
use trede_sealing::SealingError;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// What was found in the vault of a lot.
#[derive(Default)]
pub(crate) struct Unsealed {
    /// The bids that count, each with what it was sealed in.
    pub(crate) bids: Vec<(Bid, SealedBid)>,
    /// What became of each.
    pub(crate) found: Vec<OpenedBid>,
    /// What bidders said about who acts for them.
    pub(crate) delegations: Vec<OpenedDelegation>,
}

/// What was sent, as far as it can be read.
#[derive(Default)]
struct Sent {
    bids: Vec<SentBid>,
    /// Where what the bidder said about the sender would stand, of what others sent.
    words_at: BTreeMap<BidId, Vec<u8>>,
    said: Vec<Delegation>,
    delegations: Vec<OpenedDelegation>,
    broken: Vec<Broken>,
}

/// What cannot be read, by what stands beside it.
struct Broken {
    bid: SealedBid,
    index: Vec<u8>,
}

impl Sent {
    fn of(key: &TenderKey, mut sent: Vec<SealedBid>) -> Self {
        sent.sort_by_key(|bid| (bid.head.received_at, bid.head.id));
        let mut all = Self::default();
        for bid in sent {
            let Ok(quality) = quality_of(key, &bid) else {
                all.broken.push(Broken { index: key.index_of(&bid.head), bid });
                continue;
            };
            let SealedHead { id, lot, received_at, .. } = bid.head;
            if let Some(part) = quality.delegation {
                all.said.push(Delegation {
                    id,
                    lot,
                    bidder: key.blind_index(lot, quality.bidder),
                    delegate: part.delegate.clone(),
                    is_given: part.is_given,
                    received_at,
                });
                all.delegations.push(opened_delegation(&bid, quality.bidder, part, quality.sent_by.subject));
                continue;
            }
            let by = quality.sent();
            if let SentBy::Other(subject) = &by {
                all.words_at.insert(id, key.delegation_index(lot, quality.bidder, subject));
            }
            all.bids.push(SentBid { bidder: key.index_of(&bid.head), bid, by });
        }
        all
    }

    /// The bids of which nobody knows whether they count; none where all can be read.
    fn in_doubt(&self) -> BTreeSet<BidId> {
        if self.broken.is_empty() {
            return BTreeSet::new();
        }
        self.bids.iter().filter(|sent| self.is_in_doubt(sent)).map(|sent| sent.bid.head.id).collect()
    }

    /// Whether nobody knows if the bid counts: the same bidder sent a later one that cannot be read, or what it said
    /// about who sent one after its own last cannot be.
    fn is_in_doubt(&self, SentBid { bid, bidder, .. }: &SentBid) -> bool {
        let moment = |bid: &SealedBid| (bid.head.received_at, bid.head.id);
        let is_of_bidder =
            |other: &SealedBid, index: &Vec<u8>| (other.head.lot, index) == (bid.head.lot, bidder);
        let is_later =
            |other: &Broken| is_of_bidder(&other.bid, &other.index) && moment(&other.bid) > moment(bid);
        if self.broken.iter().any(is_later) {
            return true;
        }
        let of_bidder = || self.bids.iter().filter(|sent| is_of_bidder(&sent.bid, &sent.bidder));
        let own = of_bidder().filter(|sent| sent.by == SentBy::Bidder).map(|sent| moment(&sent.bid)).max();
        of_bidder().filter(|sent| own.is_none_or(|own| own < moment(&sent.bid))).any(|sent| {
            let words_at = self.words_at.get(&sent.bid.head.id);
            self.broken.iter().any(|word| {
                word.bid.head.lot == bid.head.lot
                    && Some(&word.index) == words_at
                    && moment(&word.bid) < moment(&sent.bid)
            })
        })
    }
}

/// Opens everything that was sent for a lot. Of what was replaced or withdrawn is told who sent it and when, and the
/// offer stays sealed: a row that was changed must not hide another. Where only the envelopes of quality are opened,
/// no price is decrypted.
pub(crate) fn unseal(key: &TenderKey, envelope: Envelope, sent: Vec<SealedBid>) -> Unsealed {
    let sent = Sent::of(key, sent);
    let in_doubt = sent.in_doubt();
    let mut unsealed = Unsealed { delegations: sent.delegations, ..Unsealed::default() };
    let mut others = Vec::new();
    for Judged { sent: SentBid { bid, .. }, fate, under } in fates(sent.bids, &sent.said) {
        let told = |found: OpenedBid| OpenedBid { delegation_id: under.map(|id| id.to_string()), ..found };
        if let Some(outcome) = outcome_of(fate) {
            let sent_by = quality_of(key, &bid).ok().map(|quality| quality.sent_by.subject);
            others.push(told(found(&bid, outcome, sent_by)));
            continue;
        }
        if in_doubt.contains(&bid.head.id) {
            unsealed.found.push(told(found(&bid, BidOutcome::BeforeUnreadable, None)));
            continue;
        }
        match opened(key, envelope, &bid) {
            Ok((opened, sent_by)) => {
                unsealed.found.push(told(found(&bid, BidOutcome::Opened, Some(sent_by))));
                unsealed.bids.push((opened, bid));
            }
            Err(_) => unsealed.found.push(told(found(&bid, BidOutcome::Unreadable, None))),
        }
    }
    unsealed.found.extend(others);
    unsealed.found.extend(sent.broken.iter().map(|it| found(&it.bid, BidOutcome::Unreadable, None)));
    unsealed
}

fn opened_delegation(
    sealed: &SealedBid,
    bidder: KvkNumber,
    said: DelegationPart,
    said_by: String,
) -> OpenedDelegation {
    OpenedDelegation {
        delegation_id: sealed.head.id.to_string(),
        lot_id: sealed.head.lot.to_string(),
        word: if said.is_given { DelegationWord::Given } else { DelegationWord::TakenBack },
        bidder_kvk_number: bidder.to_string(),
        delegate: said.delegate,
        said_by,
        received_at: sealed.head.received_at,
        sealed_hash: sealed.hash.clone(),
    }
}

/// What a bidder says in this about who acts for it.
pub(crate) fn delegation_in(key: &TenderKey, sealed: &SealedBid) -> Option<DelegationPart> {
    quality_of(key, sealed).ok()?.delegation
}

/// Where what a bidder said stands about those who sent this in its name.
pub(crate) fn delegation_indexes(
    key: &TenderKey,
    bidder: KvkNumber,
    sent: &[SealedBid],
) -> Vec<(LotId, Vec<u8>)> {
    let senders: BTreeSet<(LotId, String)> = sent
        .iter()
        .filter_map(|bid| match quality_of(key, bid).ok()?.sent() {
            SentBy::Bidder => None,
            SentBy::Other(subject) => Some((bid.head.lot, subject)),
        })
        .collect();
    let index = |(lot, subject): (LotId, String)| (lot, key.delegation_index(lot, bidder, &subject));
    senders.into_iter().map(index).collect()
}

/// What the record of the opening says of what does not count.
const fn outcome_of(fate: Fate) -> Option<BidOutcome> {
    match fate {
        Fate::Counts => None,
        Fate::Replaced => Some(BidOutcome::Replaced),
        Fate::Withdrawn => Some(BidOutcome::Withdrawn),
        Fate::Withdrawal => Some(BidOutcome::Withdrawal),
        Fate::NotTheirs => Some(BidOutcome::NotTheirs),
    }
}

/// The part of a sealed bid, or of a withdrawal, that says who sent it.
fn quality_of(key: &TenderKey, sealed: &SealedBid) -> Result<QualityPart, SealingError> {
    read(&key.open_quality(sealed)?)
}

/// How many of these bids count. What cannot be opened counts as its bidder's: the opening will tell.
pub(crate) fn number_that_count(key: &TenderKey, sent: Vec<SealedBid>) -> usize {
    let Sent { mut bids, said, broken, .. } = Sent::of(key, sent);
    bids.extend(broken.into_iter().map(|Broken { bid, index }| SentBid {
        bid,
        by: SentBy::Bidder,
        bidder: index,
    }));
    fates(bids, &said).iter().filter(|judged| judged.fate == Fate::Counts).count()
}

/// Keeps what opens these parts of a bid, where its openers opened it and would have to be asked again.
pub(crate) fn keep_open(
    c: &mut AnyConnection,
    key: &TenderKey,
    (bid, parts): (&SealedBid, &[Envelope]),
) -> Result<(), ServiceError> {
    for part in parts {
        if let Some(opened) = key.kept_open(bid, *part)? {
            store::bidding::opened_keys::keep(c, &opened)?;
        }
    }
    Ok(())
}

pub(crate) fn found(bid: &SealedBid, outcome: BidOutcome, sent_by: Option<String>) -> OpenedBid {
    OpenedBid {
        bid_id: Some(bid.head.id.to_string()),
        lot_id: Some(bid.head.lot.to_string()),
        received_at: bid.head.received_at,
        sealed_hash: bid.hash.clone(),
        outcome,
        sent_by,
        delegation_id: None,
    }
}

pub(crate) fn opened(
    key: &TenderKey,
    envelope: Envelope,
    sealed: &SealedBid,
) -> Result<(Bid, String), SealingError> {
    let quality = quality_of(key, sealed)?;
    let offer = quality.offer.ok_or(SealingError::DoesNotOpen)?;
    let head = &sealed.head;
    let bid = Bid {
        municipality: head.municipality,
        tender: head.tender,
        lot: head.lot,
        id: head.id,
        bidder: quality.bidder,
        content: written(&offer)?,
        price_sealed: true,
        external_reference: quality.external_reference,
        receipt_hash: sealed.hash.clone(),
        received_at: head.received_at,
        registered_at: head.registered_at,
    };
    let bid = if envelope == Envelope::Quality { bid } else { with_price(key, sealed, &bid)? };
    Ok((bid, quality.sent_by.subject))
}

/// The bid with the prices out of its envelope.
pub(crate) fn with_price(key: &TenderKey, sealed: &SealedBid, bid: &Bid) -> Result<Bid, SealingError> {
    let prices: PricesOfOffer = read(&key.open_price(sealed)?)?;
    let offer: OfferInput = read(bid.content.as_bytes())?;
    Ok(Bid { content: written(&offer.with_prices(prices))?, price_sealed: false, ..bid.clone() })
}

fn written(offer: &OfferInput) -> Result<String, SealingError> {
    serde_json::to_string(offer).map_err(|_| SealingError::DoesNotOpen)
}

fn read<T: serde::de::DeserializeOwned>(part: &[u8]) -> Result<T, SealingError> {
    serde_json::from_slice(part).map_err(|_| SealingError::DoesNotOpen)
}

/// What an opening found of each bid; nothing as long as it waits.
pub(crate) fn report_of(opening: &Opening) -> Result<OpeningReport, ServiceError> {
    let report = opening.report.as_deref().map(serde_json::from_str).transpose();
    let report: Option<OpeningReport> = report.map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(report.unwrap_or_default())
}

/// What the audit trail says was received, and is not there any more.
pub(crate) fn missing(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<OpenedBid>, ServiceError> {
    let kept: BTreeSet<_> =
        store::bidding::sealed_bids::hashes_of_tender(c, municipality, tender)?.into_iter().collect();
    let mut missing = Vec::new();
    for act in acts_of(c, municipality, tender)? {
        if let Some(hash) = hash_in(&act, tender).filter(|hash| !kept.contains(*hash)) {
            missing.push(OpenedBid {
                bid_id: None,
                lot_id: None,
                received_at: act.at,
                sealed_hash: hash.to_owned(),
                outcome: BidOutcome::Missing,
                sent_by: None,
                delegation_id: None,
            });
        }
    }
    Ok(missing)
}

fn acts_of(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<Act>, ServiceError> {
    let mut acts = Vec::new();
    for chain in Chain::of(AuditScope::Vault(municipality, tender)) {
        let records = store::trust::audit_records::after(c, chain, 0, i64::MAX)?;
        acts.extend(records.into_iter().map(|record| record.act));
    }
    Ok(acts)
}
