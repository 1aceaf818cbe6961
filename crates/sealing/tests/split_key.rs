//! The key of a tender in parts: nothing opens without enough of them, and without the operator neither.

use std::error::Error;

use proptest::prelude::*;
use trede_base::ids::{Id, MunicipalityId};
use trede_model::bidding::key_share::{KeyShare, OpenerKey};
use trede_model::bidding::opening::{Envelope, OpeningId};
use trede_model::bidding::sealed_bid::{SealedBid, SealedHead, WrappedTenderKey};
use trede_model::tendering::tender::TenderId;
use trede_sealing::SealingError;
use trede_sealing::keyring::{KeyRing, generate};
use trede_sealing::opener_key::{KeyPart, OpenerSecret};
use trede_sealing::split_key::{FreshSplit, split};
use trede_sealing::tender_key::{TenderKey, rewrap};
use uuid::Uuid;

type Outcome = Result<(), Box<dyn Error>>;

fn id<T>(number: u128) -> Id<T> {
    Id::from_uuid(Uuid::from_u128(number))
}

fn utrecht() -> Result<MunicipalityId, Box<dyn Error>> {
    Ok("gm0344".parse()?)
}

/// A tender whose key is split, its openers, and the operator.
struct Split {
    ring: KeyRing,
    fresh: FreshSplit,
    openers: Vec<(OpenerKey, OpenerSecret)>,
    threshold: u8,
}

const TENDER: u128 = 5;

impl Split {
    fn new(threshold: u8, openers: u128, envelopes: &[Envelope]) -> Result<Self, Box<dyn Error>> {
        let ring = KeyRing::parse(&generate("a")?)?;
        let municipality = utrecht()?;
        let openers: Vec<_> = (1..=openers)
            .map(|number| {
                let secret = OpenerSecret::generate();
                let key = OpenerKey {
                    municipality,
                    id: id(number),
                    person: format!("opener-{number}"),
                    public_key: secret.public(),
                    registered_at: chrono::DateTime::UNIX_EPOCH,
                };
                (key, secret)
            })
            .collect();
        let keys: Vec<_> = openers.iter().map(|(key, _)| key.clone()).collect();
        let fresh = split(&ring, (municipality, id(TENDER)), envelopes, (threshold, &keys))?;
        Ok(Self { ring, fresh, openers, threshold })
    }

    /// The key as the service has it while bids come in.
    fn key(&self) -> Result<TenderKey, SealingError> {
        TenderKey::unwrap(&self.ring, &self.fresh.wrapped, Some(&self.fresh.public))
    }

    fn share(&self, envelope: Envelope, opener: usize) -> Option<&KeyShare> {
        let (key, _) = self.openers.get(opener)?;
        self.fresh.shares.iter().find(|share| share.envelope == envelope && share.opener_key == key.id)
    }

    /// What an opener does at home: the part, out of what the service hands out.
    fn part(&self, envelope: Envelope, opener: usize) -> Result<KeyPart, Box<dyn Error>> {
        let (key, secret) = self.openers.get(opener).ok_or("no such opener")?;
        let share = self.share(envelope, opener).ok_or("no such share")?;
        let handed = self.key()?.share_for_opener(share)?;
        Ok(secret.open_share((utrecht()?, id(TENDER), envelope), key.id, &handed)?)
    }

    /// The key after these openers gave their parts.
    fn joined(&self, envelope: Envelope, openers: &[usize]) -> Result<TenderKey, Box<dyn Error>> {
        let key = self.key()?;
        let mut taken = Vec::new();
        for opener in openers {
            let share = self.share(envelope, *opener).ok_or("no such share")?;
            taken.push((share.clone(), key.take_share(share, opening(), &self.part(envelope, *opener)?)?));
        }
        Ok(key.joined(envelope, self.threshold, (opening(), &taken))?)
    }
}

fn tender() -> TenderId {
    id(TENDER)
}

fn opening() -> OpeningId {
    id(9)
}

fn bid(key: &TenderKey, number: u128) -> Result<SealedBid, Box<dyn Error>> {
    let head = SealedHead {
        municipality: utrecht()?,
        tender: tender(),
        lot: id(1),
        id: id(number),
        bidder_index: key.index_beside(id(1), id(number), "12345678".parse()?)?,
        is_withdrawal: false,
        received_at: chrono::DateTime::UNIX_EPOCH,
        registered_at: chrono::DateTime::UNIX_EPOCH,
    };
    Ok(key.seal(head, b"quality", b"price")?)
}

fn opens(key: &TenderKey, bid: &SealedBid) -> (Result<String, SealingError>, Result<String, SealingError>) {
    let text = |part: Vec<u8>| String::from_utf8_lossy(&part).trim_end().to_owned();
    (key.open_quality(bid).map(text), key.open_price(bid).map(text))
}

fn both() -> (Result<String, SealingError>, Result<String, SealingError>) {
    (Ok("quality".to_owned()), Ok("price".to_owned()))
}

const CLOSED: (Result<String, SealingError>, Result<String, SealingError>) =
    (Err(SealingError::SharesNeeded), Err(SealingError::SharesNeeded));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    /// Any k of n open, whatever k and n; one fewer do not.
    #[test]
    fn any_k_of_n_open_and_no_fewer(
        (threshold, chosen) in (2_usize..6, 0_usize..4).prop_flat_map(|(k, more)| {
            (Just(k), Just((0..k + more).collect::<Vec<_>>()).prop_shuffle())
        }),
    ) {
        let check = || -> Outcome {
            let split = Split::new(u8::try_from(threshold)?, chosen.len().try_into()?, &[Envelope::Whole])?;
            let bid = bid(&split.key()?, 1)?;
            assert_eq!(opens(&split.key()?, &bid), CLOSED);
            let (enough, _) = chosen.split_at(threshold);
            assert_eq!(opens(&split.joined(Envelope::Whole, enough)?, &bid), both());
            assert_eq!(opens(&split.joined(Envelope::Whole, &chosen)?, &bid), both());
            let (too_few, _) = chosen.split_at(threshold - 1);
            let refused = split.joined(Envelope::Whole, too_few).err().ok_or("opened")?;
            assert_eq!(refused.to_string(), SealingError::SharesNeeded.to_string());
            // One opener twice is one opener.
            let first = *too_few.first().ok_or("no opener")?;
            let twice: Vec<usize> = too_few.iter().copied().chain([first]).collect();
            assert!(split.joined(Envelope::Whole, &twice).is_err());
            Ok(())
        };
        check().map_err(|error| TestCaseError::fail(error.to_string()))?;
    }
}

#[test]
fn who_opens_the_quality_has_nothing_of_the_prices() -> Outcome {
    let split = Split::new(2, 3, &[Envelope::Quality, Envelope::Price])?;
    let bid = bid(&split.key()?, 1)?;
    let quality = split.joined(Envelope::Quality, &[0, 2])?;
    assert_eq!(opens(&quality, &bid), (both().0, CLOSED.1));
    assert_eq!(opens(&split.joined(Envelope::Price, &[1, 2])?, &bid), (CLOSED.0, both().1));
    // What was opened stays open by the operator's key alone, and nothing else does.
    let kept = quality.kept_open(&bid, Envelope::Quality)?.ok_or("not kept")?;
    assert_eq!(quality.kept_open(&bid, Envelope::Price), Err(SealingError::SharesNeeded));
    let afterwards = split.key()?.with_opened(&[kept]);
    assert_eq!(opens(&afterwards, &bid), (both().0, CLOSED.1));
    assert_eq!(opens(&afterwards, &self::bid(&split.key()?, 2)?), CLOSED);
    Ok(())
}

#[test]
fn nothing_beside_a_bid_tells_who_made_it_before_the_opening() -> Outcome {
    let split = Split::new(2, 2, &[Envelope::Whole])?;
    let key = split.key()?;
    let (one, again) = (bid(&key, 1)?, bid(&key, 2)?);
    assert_ne!(key.index_of(&one.head), key.index_of(&again.head));
    assert_ne!(one.head.bidder_index, key.blind_index(id(1), "12345678".parse()?));
    let opened = split.joined(Envelope::Whole, &[0, 1])?;
    assert_eq!(opened.index_of(&one.head), opened.index_of(&again.head));
    Ok(())
}

#[test]
fn a_part_is_good_for_its_opener_tender_and_envelope_only() -> Outcome {
    let split = Split::new(2, 3, &[Envelope::Quality, Envelope::Price])?;
    let key = split.key()?;
    let taken = |envelope, opener, part: &KeyPart| {
        let share = split.share(envelope, opener).ok_or(SealingError::DoesNotOpen)?;
        key.take_share(share, opening(), part).map(|_| ())
    };
    let part = split.part(Envelope::Quality, 0)?;
    assert_eq!(taken(Envelope::Quality, 0, &part), Ok(()));
    assert_eq!(taken(Envelope::Quality, 1, &part), Err(SealingError::WrongShare));
    assert_eq!(taken(Envelope::Price, 0, &part), Err(SealingError::WrongShare));
    let text = part.text();
    for (at, _) in text.char_indices() {
        let (before, after) = text.split_at(at);
        let other = if after.starts_with('A') { "B" } else { "A" };
        let changed = KeyPart::parse(&format!("{before}{other}{}", after.get(1..).unwrap_or_default()));
        let refused = changed.and_then(|changed| taken(Envelope::Quality, 0, &changed));
        assert_eq!(refused, Err(SealingError::WrongShare));
    }
    assert_eq!(taken(Envelope::Quality, 0, &KeyPart::parse("")?), Err(SealingError::WrongShare));
    // Another opener's key opens nothing of what was handed to this one.
    let share = split.share(Envelope::Quality, 0).ok_or("no share")?;
    let handed = key.share_for_opener(share)?;
    let (of_first, _) = split.openers.first().ok_or("no opener")?;
    let (_, second) = split.openers.get(1).ok_or("no opener")?;
    let place = (utrecht()?, id(TENDER), Envelope::Quality);
    assert_eq!(second.open_share(place, of_first.id, &handed).err(), Some(SealingError::DoesNotOpen));
    // Nor is what lies in the database of use to its own opener without the operator's key.
    let (_, first) = split.openers.first().ok_or("no opener")?;
    assert_eq!(first.open_share(place, of_first.id, &share.sealed).err(), Some(SealingError::DoesNotOpen));
    Ok(())
}

#[test]
fn who_writes_the_database_makes_no_split_key_whole_and_puts_no_other_key_there() -> Outcome {
    let split = Split::new(2, 2, &[Envelope::Whole])?;
    let unwrapped =
        |wrapped: &WrappedTenderKey, public| TenderKey::unwrap(&split.ring, wrapped, public).err();
    assert_eq!(unwrapped(&split.fresh.wrapped, None), Some(SealingError::DoesNotOpen));
    let whole = TenderKey::generate(&split.ring, utrecht()?, id(TENDER))?;
    assert_eq!(unwrapped(&whole, Some(&split.fresh.public)), Some(SealingError::DoesNotOpen));
    assert_eq!(unwrapped(&whole, None), None);
    let other = Split::new(2, 2, &[Envelope::Whole])?;
    assert_eq!(unwrapped(&split.fresh.wrapped, Some(&other.fresh.public)), Some(SealingError::DoesNotOpen));
    Ok(())
}

#[test]
fn a_split_key_is_wrapped_anew_like_any_other() -> Outcome {
    let (old, new) = (generate("old")?, generate("new")?);
    let mut split = Split::new(2, 2, &[Envelope::Whole])?;
    split.ring = KeyRing::parse(&old)?;
    let keys: Vec<_> = split.openers.iter().map(|(key, _)| key.clone()).collect();
    let of = (utrecht()?, tender());
    split.fresh = self::split(&split.ring, of, &[Envelope::Whole], (2, &keys))?;
    let bid = bid(&split.key()?, 1)?;
    let receipt_key = split.fresh.wrapped.receipt_key.clone();
    split.fresh.wrapped = rewrap(&KeyRing::parse(&format!("{old}\n{new}"))?, &split.fresh.wrapped)?;
    assert_eq!(
        (split.fresh.wrapped.key_id.as_str(), &split.fresh.wrapped.receipt_key),
        ("new", &receipt_key)
    );
    split.ring = KeyRing::parse(&new)?;
    assert_eq!(opens(&split.key()?, &bid), CLOSED);
    assert_eq!(opens(&split.joined(Envelope::Whole, &[0, 1])?, &bid), both());
    Ok(())
}

#[test]
fn a_bid_that_was_changed_does_not_open_with_all_the_parts_either() -> Outcome {
    let split = Split::new(2, 2, &[Envelope::Whole])?;
    let opened = split.joined(Envelope::Whole, &[0, 1])?;
    let bid = bid(&split.key()?, 1)?;
    let mut moved = bid.clone();
    moved.head.lot = id(2);
    let mut changed = bid.clone();
    changed.envelopes.price.push(0);
    let mut swapped = self::bid(&split.key()?, 2)?;
    swapped.envelopes.price.clone_from(&bid.envelopes.price);
    swapped.hash = swapped.envelopes.hash();
    let closed = Err(SealingError::DoesNotOpen);
    assert_eq!(opens(&opened, &moved), (closed.clone(), closed.clone()));
    assert_eq!(opens(&opened, &changed), (closed.clone(), closed.clone()));
    assert_eq!(opens(&opened, &swapped), (both().0, closed));
    Ok(())
}
