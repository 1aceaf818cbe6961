//! The vault of a tender: its key, what goes in, and what the audit trail tells of that.

use serde::{Deserialize, Serialize};

use crate::Services;
use crate::clock::fresh_uuid;
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::person_name::NobodysName;
use trede_formats::offer::OfferInput;
use trede_model::bidding::bid::Bid;
use trede_model::bidding::sealed_bid::{SealedBid, SealedHead, SentBy, WrappedTenderKey};
use trede_model::tendering::lot::LotPath;
use trede_model::tendering::tender::TenderId;
use trede_model::trust::audit::{Act, AuditScope};
use trede_sealing::SealingError;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

impl From<SealingError> for ServiceError {
    fn from(error: SealingError) -> Self {
        match error {
            SealingError::NoKeys => Self::refused("no-sealing-key", error.to_string()),
            SealingError::WrongShare => Self::refused("wrong-key-share", error.to_string()),
            SealingError::SharesNeeded => Self::refused("key-share-needed", error.to_string()),
            error => Self::Unavailable { what: "the vault of sealed bids", cause: Box::new(error) },
        }
    }
}

/// Who sent a bid, known after the opening.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Sender {
    pub(crate) subject: String,
    client: Option<String>,
    address: Option<String>,
    request_id: String,
    /// The organisation that the token named; not in what was sealed before it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kvk: Option<KvkNumber>,
}

impl From<&Actor> for Sender {
    fn from(actor: &Actor) -> Self {
        Self {
            subject: actor.subject.clone(),
            client: actor.client.clone(),
            address: actor.origin.address.map(|address| address.to_string()),
            request_id: actor.origin.request_id.to_string(),
            kvk: actor.kvk,
        }
    }
}

/// Everything of a bid from which no price can be told; of a withdrawal without an offer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct QualityPart {
    pub(crate) bidder: KvkNumber,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) external_reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) offer: Option<OfferInput>,
    /// What the bidder says about who acts for it; then it is neither a bid nor a withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) delegation: Option<DelegationPart>,
    pub(crate) sent_by: Sender,
}

/// What a bidder says about one who acts for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct DelegationPart {
    /// By the name in the record.
    pub(crate) delegate: String,
    /// Whether it may from now on, or may no more.
    pub(crate) is_given: bool,
}

impl QualityPart {
    /// Who sent it, as far as that says what it may do.
    pub(crate) fn sent(&self) -> SentBy {
        if self.sent_by.kvk == Some(self.bidder) {
            return SentBy::Bidder;
        }
        SentBy::Other(self.sent_by.subject.clone())
    }
}

impl Services {
    /// A key for a tender that is about to be published; made before the write begins, which may run twice.
    pub(crate) fn fresh_tender_key(
        &self,
        municipality: MunicipalityId,
        tender: TenderId,
    ) -> Result<WrappedTenderKey, SealingError> {
        TenderKey::generate(&self.sealing_keys.ring()?, municipality, tender)
    }

    /// The key of a published tender whose bids are kept here.
    pub(crate) fn tender_key(
        &self,
        c: &mut AnyConnection,
        municipality: MunicipalityId,
        tender: TenderId,
    ) -> Result<TenderKey, ServiceError> {
        let wrapped = store::bidding::tender_keys::find(c, municipality, tender)?.ok_or_else(|| {
            ServiceError::refused(
                "tender-without-key",
                "the tender was published before bids were sealed here",
            )
        })?;
        let split = store::bidding::key_splits::find(c, municipality, tender)?;
        let public = split.and_then(|split| split.public_keys);
        Ok(TenderKey::unwrap(&self.sealing_keys.ring()?, &wrapped, public.as_ref())?)
    }

    /// The key of a tender of which bids were opened: where it is split, it opens these and no others.
    pub(crate) fn key_of_opened(
        &self,
        c: &mut AnyConnection,
        municipality: MunicipalityId,
        tender: TenderId,
    ) -> Result<TenderKey, ServiceError> {
        let key = self.tender_key(c, municipality, tender)?;
        let opened = store::bidding::opened_keys::of_tender(c, municipality, tender)?;
        Ok(key.with_opened(&opened))
    }

    /// An act on a sealed bid. It tells neither who acts nor on which lot.
    pub(crate) fn vault_act(&self, at: LotPath, operation: Operation, hash: &str) -> Act {
        let object = format!("{}{hash}", objects_of(at.tender));
        self.sealed_act(at.municipality, at.tender, operation, object)
    }

    /// An act on something of a tender that would tell of its bids; nothing tells who acts.
    pub(crate) fn sealed_act(
        &self,
        municipality: MunicipalityId,
        tender: TenderId,
        operation: Operation,
        object: String,
    ) -> Act {
        Act {
            id: new_id(),
            scope: AuditScope::Vault(municipality, tender),
            at: self.now(),
            actor: NobodysName::Sealed.word().to_owned(),
            client: None,
            action: operation.id().to_owned(),
            object,
            request_id: fresh_uuid(),
            address: None,
        }
    }
}

fn objects_of(tender: TenderId) -> String {
    format!("tenders/{tender}/sealed-bids/")
}

/// The hash of the sealed bid that an act on a vault is about.
pub(crate) fn hash_in(act: &Act, tender: TenderId) -> Option<&str> {
    act.object.strip_prefix(&objects_of(tender))
}

/// The bid as it is kept until the opening.
pub(crate) fn seal(
    key: &TenderKey,
    actor: &Actor,
    bid: &Bid,
    offer: OfferInput,
) -> Result<SealedBid, ServiceError> {
    let (offer, prices) = offer.split();
    let quality = QualityPart {
        bidder: bid.bidder,
        external_reference: bid.external_reference.clone(),
        offer: Some(offer),
        delegation: None,
        sent_by: actor.into(),
    };
    seal_parts(key, head(key, bid, false)?, &quality, &prices)
}

/// The withdrawal of a bid, or what a bidder says about who acts for it: each looks like the other, and like a bid, to
/// who cannot open it.
pub(crate) fn seal_without_offer(
    key: &TenderKey,
    actor: &Actor,
    bid: &Bid,
    delegation: Option<DelegationPart>,
) -> Result<SealedBid, ServiceError> {
    let mut head = head(key, bid, true)?;
    if let Some(said) = &delegation {
        head.bidder_index = key.delegation_beside((bid.lot, bid.id), bid.bidder, &said.delegate)?;
    }
    let quality = QualityPart {
        bidder: bid.bidder,
        external_reference: None,
        offer: None,
        delegation,
        sent_by: actor.into(),
    };
    seal_parts(key, head, &quality, &())
}

fn head(key: &TenderKey, bid: &Bid, is_withdrawal: bool) -> Result<SealedHead, SealingError> {
    Ok(SealedHead {
        municipality: bid.municipality,
        tender: bid.tender,
        lot: bid.lot,
        id: bid.id,
        bidder_index: key.index_beside(bid.lot, bid.id, bid.bidder)?,
        is_withdrawal,
        received_at: bid.received_at,
        registered_at: bid.registered_at,
    })
}

fn seal_parts(
    key: &TenderKey,
    head: SealedHead,
    quality: &impl Serialize,
    price: &impl Serialize,
) -> Result<SealedBid, ServiceError> {
    let quality = serde_json::to_vec(quality).map_err(unwritable)?;
    let price = serde_json::to_vec(price).map_err(unwritable)?;
    Ok(key.seal(head, &quality, &price)?)
}

fn unwritable(error: serde_json::Error) -> ServiceError {
    ServiceError::Internal(error.into())
}
