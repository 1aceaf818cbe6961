//! Among whom the key of a tender is split: said in the draft, done at the publication.

use std::collections::BTreeSet;

use crate::Services;
use crate::bidding::openings::lots_to_open;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use crate::frame::load::{self, NO_TENDER, expect_draft};
use crate::tendering::tenders::view;
use serde_json::json;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_model::bidding::key_share::{
    KeyShare, KeySplit, OpenerKey, OpenerKeyId, SplitRefused, check_split, opened_by_openers, split_obstacle,
};
use trede_model::bidding::opening::Envelope;
use trede_model::bidding::sealed_bid::WrappedTenderKey;
use trede_model::tendering::tender::{Tender, TenderId};
use trede_sealing::split_key::{FreshSplit, split};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_store::trust::audit_rows::is_as_recorded;

/// Among whom the key of a tender is split, with the keys of these openers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitView {
    /// The version of the tender.
    pub version: Version,
    /// What was said; none: the key is not split.
    pub split: Option<KeySplit>,
    /// The keys of the openers, in the order of their ids.
    pub openers: Vec<OpenerKey>,
}

/// The part of an opener, as it is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandedShare {
    /// To which of the opener's keys it is encrypted.
    pub opener_key: OpenerKeyId,
    /// What it helps to open.
    pub envelope: Envelope,
    /// Encrypted to the opener.
    pub encrypted: Vec<u8>,
}

/// Among whom the key of a tender is split.
///
/// # Errors
/// [`ServiceError::NotFound`] when the municipality has no such tender.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
) -> Result<SplitView, ServiceError> {
    authorise(actor, municipality, Operation::GetKeySplit)?;
    let view = services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, id)?;
        seen(c, &tender)
    })?;
    services.record_read(actor, municipality, Operation::GetKeySplit, format!("tenders/{id}/key-split"))?;
    Ok(view)
}

/// Says among whom the key of a draft is split when it is published, and how many of them open; no opener: it is not
/// split.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong; [`ServiceError::Refused`] after the publication, or where
/// there is no key to split; [`ServiceError::VersionMismatch`] when the tender changed since `seen`.
pub fn replace(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    (seen_at, threshold, openers): (Version, u8, &[OpenerKeyId]),
) -> Result<SplitView, ServiceError> {
    const OPERATION: Operation = Operation::ReplaceKeySplit;
    authorise(actor, municipality, OPERATION)?;
    let act = services.act(actor, municipality, OPERATION, format!("tenders/{id}/key-split"));
    services.db.write(&act, |c| {
        let tender = store::tendering::tenders::find(c, municipality, id)?.ok_or(NO_TENDER)?;
        expect_version(tender.record.version, seen_at)?;
        let mut draft = view(c, tender, act.at)?;
        expect_draft(draft.state)?;
        if openers.is_empty() {
            store::bidding::key_splits::forget_tender(c, municipality, id)?;
        } else {
            expect_splittable(&draft.tender)?;
            let mut openers = openers.to_vec();
            check(c, municipality, threshold, &openers)?;
            openers.sort_unstable();
            let split = KeySplit {
                municipality,
                tender: id,
                threshold,
                openers,
                set_by: act.actor.clone(),
                set_at: act.at,
                public_keys: None,
            };
            store::bidding::key_splits::put(c, &split)?;
        }
        draft.tender.record = draft.tender.record.changed(act.at);
        store::tendering::tenders::update(c, &draft.tender)?;
        seen(c, &draft.tender)
    })
}

/// Hands the caller its part of what opens the envelopes of a tender, once they can be opened: encrypted to the key of
/// the caller, so that nobody else can use it.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening can be asked for, or where the key is not split;
/// [`ServiceError::NotTheirs`] for who was not named.
pub fn hand_out(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    id: TenderId,
    envelope: Option<Envelope>,
) -> Result<HandedShare, ServiceError> {
    const OPERATION: Operation = Operation::HandOutKeyShare;
    authorise(actor, municipality, OPERATION)?;
    let now = services.now();
    let handed = services.db.read(|c| {
        let tender = load::tender(c, actor, municipality, id)?;
        let envelope = envelope.or_else(|| opened_by_openers(&tender.facts).first().copied());
        let (envelope, _) = lots_to_open(c, &tender, envelope, now)?;
        let split = published(c, &tender)?.ok_or_else(|| {
            ServiceError::refused("key-not-split", "the key of this tender is not split: two openers open it")
        })?;
        let (opener, share) = share_of(c, &split, envelope, &actor.subject)?;
        let encrypted = services.tender_key(c, municipality, id)?.share_for_opener(&share)?;
        Ok::<_, ServiceError>(HandedShare { opener_key: opener.id, envelope, encrypted })
    })?;
    services.record_read(actor, municipality, OPERATION, format!("tenders/{id}/key-share"))?;
    Ok(handed)
}

/// How the key of a published tender is split; none where it is not.
pub(crate) fn published(c: &mut AnyConnection, tender: &Tender) -> Result<Option<KeySplit>, ServiceError> {
    let split = store::bidding::key_splits::find(c, tender.municipality, tender.id)?;
    Ok(split.filter(|split| split.public_keys.is_some()))
}

/// The part of a person, and by which of its keys.
pub(crate) fn share_of(
    c: &mut AnyConnection,
    split: &KeySplit,
    envelope: Envelope,
    person: &str,
) -> Result<(OpenerKey, KeyShare), ServiceError> {
    const NOT_NAMED: ServiceError = ServiceError::NotTheirs {
        code: "not-a-named-opener",
        detail: "the key of this tender is split over other openers, who were named before its publication",
    };
    let openers = store::bidding::opener_keys::of_ids(c, split.municipality, &split.openers)?;
    let opener = openers.into_iter().find(|opener| opener.person == person).ok_or(NOT_NAMED)?;
    let at = (split.tender, envelope);
    let shares = store::bidding::key_shares::of_envelope(c, split.municipality, at)?;
    let share = shares.into_iter().find(|share| share.opener_key == opener.id).ok_or(NOT_NAMED)?;
    Ok((opener, share))
}

fn seen(c: &mut AnyConnection, tender: &Tender) -> Result<SplitView, ServiceError> {
    let split = store::bidding::key_splits::find(c, tender.municipality, tender.id)?;
    let ids = split.as_ref().map(|split| split.openers.clone()).unwrap_or_default();
    let openers = store::bidding::opener_keys::of_ids(c, tender.municipality, &ids)?;
    Ok(SplitView { version: tender.record.version, split, openers })
}

fn expect_splittable(tender: &Tender) -> Result<(), ServiceError> {
    match split_obstacle(tender) {
        None => Ok(()),
        Some((code, detail)) => Err(ServiceError::refused(code, detail)),
    }
}

fn check(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    threshold: u8,
    ids: &[OpenerKeyId],
) -> Result<(), ServiceError> {
    let mut findings = Findings::default();
    match check_split(threshold, ids) {
        Ok(()) => {}
        Err(refused @ SplitRefused::Threshold) => {
            findings.add("/threshold", "threshold-out-of-range", refused.to_string());
        }
        Err(refused @ SplitRefused::Openers) => {
            findings.add("/openerKeyIds", "openers-out-of-range", refused.to_string());
        }
    }
    let known = store::bidding::opener_keys::of_ids(c, municipality, ids)?;
    let mut people = BTreeSet::new();
    for (place, id) in ids.iter().enumerate() {
        let pointer = format!("/openerKeyIds/{place}");
        let Some(key) = known.iter().find(|key| key.id == *id) else {
            findings.add(&pointer, "opener-key-unknown", "no opener registered a key of this id here");
            continue;
        };
        if !people.insert(&key.person) {
            let detail = format!("{} is named already: one person gives one part", key.person);
            findings.add(&pointer, "opener-named-twice", detail);
        }
        let latest = store::bidding::opener_keys::latest_of(c, municipality, &key.person)?;
        if latest.is_some_and(|latest| latest.id != *id) {
            let detail = format!("{} registered another key since; name that", key.person);
            findings.add(&pointer, "opener-key-replaced", detail);
        }
    }
    findings.into_result()
}

impl Services {
    /// The key of a tender that is about to be published, where it is to be split: the parts are stored, and what would
    /// open bids is forgotten. None where it is not to be split.
    pub(crate) fn fresh_split(
        &self,
        c: &mut AnyConnection,
        tender: &Tender,
    ) -> Result<Option<WrappedTenderKey>, ServiceError> {
        let (municipality, id) = (tender.municipality, tender.id);
        let Some(said) = store::bidding::key_splits::find(c, municipality, id)? else { return Ok(None) };
        expect_splittable(tender)?;
        for opener in &said.openers {
            // Who can write the database could put a key of its own in the place of an opener's.
            let key = json!([municipality.to_string(), opener.to_string()]).to_string();
            if !is_as_recorded(c, "opener_keys", &key)? {
                let detail = format!(
                    "the key {opener} of an opener is not what was registered, by the audit trail; run `trede \
                     audit verify`"
                );
                return Err(ServiceError::refused("opener-key-altered", detail));
            }
        }
        let openers = store::bidding::opener_keys::of_ids(c, municipality, &said.openers)?;
        let envelopes = opened_by_openers(&tender.facts);
        let ring = self.sealing_keys.ring()?;
        let FreshSplit { wrapped, public, shares } =
            split(&ring, (municipality, id), envelopes, (said.threshold, &openers))?;
        store::bidding::key_splits::publish(c, municipality, id, &public)?;
        for share in &shares {
            store::bidding::key_shares::insert(c, share)?;
        }
        Ok(Some(wrapped))
    }
}
