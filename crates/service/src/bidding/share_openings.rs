//! The opening of a tender whose key is split: so many of the named openers each give their part, within ten minutes
//! of the first.

use crate::bidding::key_splits::share_of;
use crate::bidding::openings::{Asked, Outcome, seen};
use crate::frame::error::{Bilingual, ServiceError};
use crate::tendering::duties::expect_apart;
use trede_model::bidding::key_share::{GivenShare, KeyShare, KeySplit, OpenerKey};
use trede_model::bidding::opening::{Envelope, Opening, SamePerson};
use trede_model::tendering::duty::Duty;
use trede_model::tendering::lot::Lot;
use trede_model::tendering::tender::Tender;
use trede_sealing::opener_key::KeyPart;
use trede_sealing::tender_key::TenderKey;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// What a person asks without a part, where the key is split, or with one where it is not.
pub(crate) fn misfit(split: Option<&KeySplit>) -> ServiceError {
    match split {
        Some(split) => {
            let (needed, all) = (split.threshold, split.openers.len());
            let told = Bilingual::new(
                format!(
                    "de sleutel van deze aanbesteding is gedeeld: {needed} van {all} openers geven elk hun deel, met \
                     `trede opener open` op de machine die hun sleutel heeft"
                ),
                format!(
                    "the key of this tender is split: {needed} of {all} openers each give their part, with `trede \
                     opener open` on the machine that holds their key"
                ),
            );
            ServiceError::refused_in_both("key-share-needed", told)
        }
        None => {
            let detail = "the key of this tender is not split, so nobody has a part of it";
            ServiceError::invalid("/keyShare", "key-share-not-asked", detail)
        }
    }
}

impl Asked<'_> {
    /// Takes the part of an opener; with the last of as many as are needed, opens.
    pub(crate) fn by_shares(
        &self,
        c: &mut AnyConnection,
        (tender, envelope): (Tender, Envelope),
        lots: Vec<Lot>,
        (split, part): (&KeySplit, &KeyPart),
    ) -> Result<Outcome, ServiceError> {
        let (opener, share) = share_of(c, split, envelope, &self.person)?;
        let key = self.services.tender_key(c, tender.municipality, tender.id)?;
        let waiting = self.waiting(c, (&tender, envelope), &lots)?;
        let opening = waiting.as_ref().map_or(self.opening, |waiting| waiting.id);
        let sealed = key.take_share(&share, opening, part)?;
        for lot in &lots {
            expect_apart(c, lot.path(), (&self.person, Duty::Opener))?;
        }
        let Some(opening) = waiting else {
            // What was given for an attempt that expired is of no use any more.
            store::bidding::key_shares::forget_given(c, tender.municipality, tender.id)?;
            let requested = self.request(c, tender, envelope)?;
            self.give(c, &requested.opening, &opener, sealed)?;
            return Ok(Outcome::Waiting(seen(c, requested.opening, split.municipality, self.taking.act.at)?));
        };
        // Written first: others who give theirs at the same moment meet here.
        store::bidding::openings::update(c, tender.municipality, &opening)?;
        let before = store::bidding::key_shares::given(c, tender.municipality, opening.id)?;
        if before.iter().any(|given| given.opener_key == opener.id || given.person == self.person) {
            let detail = "you gave your part for this opening already: another opener gives the next";
            return Err(ServiceError::refused("second-person-needed", detail));
        }
        self.give(c, &opening, &opener, sealed)?;
        if before.len() + 1 < usize::from(split.threshold) {
            return Ok(Outcome::Waiting(seen(c, opening, tender.municipality, self.taking.act.at)?));
        }
        self.join(c, (tender, opening), lots, (split, key))
    }

    fn give(
        &self,
        c: &mut AnyConnection,
        opening: &Opening,
        opener: &OpenerKey,
        sealed: Vec<u8>,
    ) -> Result<(), ServiceError> {
        let given = GivenShare {
            municipality: opener.municipality,
            opening: opening.id,
            opener_key: opener.id,
            person: self.person.clone(),
            given_at: self.taking.act.at,
            sealed: Some(sealed),
        };
        Ok(store::bidding::key_shares::give(c, &given)?)
    }

    /// Opens with the parts that were given, and forgets them.
    fn join(
        &self,
        c: &mut AnyConnection,
        (tender, mut opening): (Tender, Opening),
        lots: Vec<Lot>,
        (split, key): (&KeySplit, TenderKey),
    ) -> Result<Outcome, ServiceError> {
        opening
            .confirm(self.person.clone(), self.taking.act.at)
            .map_err(|same: SamePerson| ServiceError::refused("second-person-needed", same.to_string()))?;
        let shares =
            store::bidding::key_shares::of_envelope(c, tender.municipality, (tender.id, opening.envelope))?;
        let given = store::bidding::key_shares::given(c, tender.municipality, opening.id)?;
        let taken: Vec<(KeyShare, Vec<u8>)> = given
            .into_iter()
            .filter_map(|given| {
                let share = shares.iter().find(|share| share.opener_key == given.opener_key)?;
                Some((share.clone(), given.sealed?))
            })
            .collect();
        let opened = store::bidding::opened_keys::of_tender(c, tender.municipality, tender.id)?;
        let key = key.joined(opening.envelope, split.threshold, (opening.id, &taken))?.with_opened(&opened);
        store::bidding::key_shares::forget_given(c, tender.municipality, tender.id)?;
        self.open_with(c, (tender, opening), lots, &key)
    }
}
