//! A tender: what is bought, by whom, until when bids are received and who keeps them.

use chrono::{DateTime, NaiveDate, Utc};
use thiserror::Error;

use super::lot::Lot;
use trede_base::cpv::CpvCodes;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::record::Record;
use trede_base::words;

words! {
    /// Who keeps the bids sealed until the opening (bewaring van de inschrijvingen).
    pub enum BidCustody is "bid custody" {
        /// Bids are received here, until the deadline.
        Trede = "trede",
        /// The e-procurement platform kept them in its own vault; they are handed over after its
        /// opening, with the time and hash of receipt.
        Platform = "platform",
    }
}

words! {
    /// In how many envelopes a bid comes (éénenvelop- of twee-enveloppensysteem).
    #[derive(Default)]
    pub enum BidEnvelopes is "number of envelopes" {
        /// Everything is opened at once (opening in één keer).
        #[default]
        One = "one",
        /// The prices are in an envelope of their own (prijsenvelop), which is opened once the quality of all
        /// lots is fixed (tweefasenopening).
        Two = "two",
    }
}

/// The id of a tender.
pub type TenderId = Id<Tender>;

/// A tender (aanbesteding).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tender {
    /// Whose it is.
    pub municipality: MunicipalityId,
    /// Its id.
    pub id: TenderId,
    /// What was said about it.
    pub facts: TenderFacts,
    /// When it was made public.
    pub published_at: Option<DateTime<Utc>>,
    /// When it was written.
    pub record: Record,
}

/// What is said about a tender by those who prepare it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TenderFacts {
    /// The reference under which a platform or the municipality's own files know it (kenmerk).
    pub external_reference: Option<String>,
    /// Title (titel).
    pub title: String,
    /// Description (omschrijving).
    pub description: String,
    /// The contracting authority (aanbestedende dienst).
    pub buyer: String,
    /// What is bought; the main code first.
    pub cpv_codes: CpvCodes,
    /// The estimated value in cents, without VAT (geraamde waarde).
    pub estimated_value_cents: Option<i64>,
    /// Whether that value is above the European threshold (boven de Europese drempel), where a PSO
    /// criterion is contested.
    pub above_threshold: Option<bool>,
    /// Who keeps the bids until the opening.
    pub bid_custody: BidCustody,
    /// Whether the prices are opened apart, after the quality.
    pub bid_envelopes: BidEnvelopes,
    /// On how many lots one bidder may bid; none: on all.
    pub max_lots_per_bidder: Option<u16>,
    /// The moment from which no bid is received any more (sluitingsmoment).
    pub deadline_at: Option<DateTime<Utc>>,
    /// The day of the award decision, as planned (datum gunningsbeslissing).
    pub award_on: Option<NaiveDate>,
}

impl TenderFacts {
    /// Whether something of its bids is sealed here: the whole, or the prices.
    #[must_use]
    pub const fn is_sealed_here(&self) -> bool {
        matches!(self.bid_custody, BidCustody::Trede) || self.has_price_envelope()
    }

    /// Whether the prices are opened apart, after the quality.
    #[must_use]
    pub const fn has_price_envelope(&self) -> bool {
        matches!(self.bid_envelopes, BidEnvelopes::Two)
    }
}

/// What still keeps a tender from being published.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PublicationObstacle {
    /// Without a lot there is nothing to bid on.
    #[error("it has no lot")]
    NoLot,
    /// Criteria and weights must be known to all before they bid (C-6/15 Dimarso).
    #[error("lot {0} has no award model")]
    NoAwardModel(u16),
    /// Bidders must know until when they can bid.
    #[error("it has no deadline")]
    NoDeadline,
    /// The prices are opened apart so that who scores does not know them.
    #[error("its bids come in two envelopes, and no lot has both a criterion that is assessed and a price")]
    NothingInTwoEnvelopes,
    /// Nobody could bid.
    #[error("its deadline lies in the past")]
    DeadlinePassed,
}

impl Tender {
    /// Everything that still keeps it from being published.
    #[must_use]
    pub fn publication_obstacles(&self, lots: &[Lot], now: DateTime<Utc>) -> Vec<PublicationObstacle> {
        let mut obstacles = Vec::new();
        if lots.is_empty() {
            obstacles.push(PublicationObstacle::NoLot);
        }
        let open = lots.iter().filter(|lot| lot.award_model.is_none());
        obstacles.extend(open.map(|lot| PublicationObstacle::NoAwardModel(lot.facts.number)));
        match self.facts.deadline_at {
            None => obstacles.push(PublicationObstacle::NoDeadline),
            Some(deadline) if deadline <= now => obstacles.push(PublicationObstacle::DeadlinePassed),
            Some(_) => {}
        }
        obstacles
    }

    /// Moves the deadline of a published tender.
    ///
    /// # Errors
    /// [`ExtensionRefused`] when bids are no longer received, or the new deadline is no later.
    pub fn extend_deadline(
        &mut self,
        to: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<DateTime<Utc>, ExtensionRefused> {
        let deadline = match (self.published_at, self.facts.deadline_at) {
            (Some(_), Some(deadline)) if now < deadline => deadline,
            _ => return Err(ExtensionRefused::NotReceivingBids),
        };
        if to <= deadline {
            return Err(ExtensionRefused::NotLater { deadline });
        }
        self.facts.deadline_at = Some(to);
        Ok(deadline)
    }
}

/// Why a deadline is not moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum ExtensionRefused {
    /// It is not published yet, or its deadline has passed: late bids would be let in.
    #[error("a deadline is extended between publication and deadline only")]
    NotReceivingBids,
    /// Bidders count on the time that was promised.
    #[error("the new deadline is not later than the present one, {deadline}")]
    NotLater {
        /// The deadline that stays.
        deadline: DateTime<Utc>,
    },
}

/// The id of a rectification.
pub type RectificationId = Id<Rectification>;

/// A correction of what was published, made known to all (rectificatie).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rectification {
    /// Its id.
    pub id: RectificationId,
    /// What is corrected.
    pub text: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}

/// The id of an extension.
pub type DeadlineExtensionId = Id<DeadlineExtension>;

/// A deadline that was moved (verlenging van de inschrijftermijn).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadlineExtension {
    /// Its id.
    pub id: DeadlineExtensionId,
    /// The deadline before.
    pub previous_deadline_at: DateTime<Utc>,
    /// The deadline after.
    pub deadline_at: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// When it was moved.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn published() -> Tender {
        Tender {
            municipality: "gm0344".parse().unwrap(),
            id: "0190a5c8-0000-7000-8000-000000000001".parse().unwrap(),
            facts: TenderFacts {
                external_reference: None,
                title: "Groenonderhoud".to_owned(),
                description: String::new(),
                buyer: "Gemeente Utrecht".to_owned(),
                cpv_codes: CpvCodes::default(),
                estimated_value_cents: None,
                above_threshold: None,
                bid_custody: BidCustody::Trede,
                bid_envelopes: BidEnvelopes::One,
                max_lots_per_bidder: None,
                deadline_at: Some(moment("2026-03-01T12:00:00Z")),
                award_on: None,
            },
            published_at: Some(moment("2026-01-01T12:00:00Z")),
            record: Record::new(moment("2026-01-01T09:00:00Z")),
        }
    }

    #[test]
    fn a_deadline_moves_later_only() {
        let mut tender = published();
        let now = moment("2026-02-01T12:00:00Z");
        let earlier = tender.extend_deadline(moment("2026-02-20T12:00:00Z"), now);
        assert!(matches!(earlier, Err(ExtensionRefused::NotLater { .. })));
        let previous = tender.extend_deadline(moment("2026-03-20T12:00:00Z"), now).unwrap();
        assert_eq!(previous, moment("2026-03-01T12:00:00Z"));
        assert_eq!(tender.facts.deadline_at, Some(moment("2026-03-20T12:00:00Z")));
    }

    #[test]
    fn a_deadline_that_has_passed_stays_passed() {
        let mut tender = published();
        let refused = tender.extend_deadline(moment("2026-03-20T12:00:00Z"), moment("2026-03-01T12:00:00Z"));
        assert_eq!(refused, Err(ExtensionRefused::NotReceivingBids));
    }

    #[test]
    fn a_tender_that_is_not_ready_says_everything_that_it_lacks() {
        let mut tender = published();
        tender.facts.deadline_at = None;
        let obstacles = tender.publication_obstacles(&[], moment("2026-01-01T12:00:00Z"));
        assert_eq!(obstacles, [PublicationObstacle::NoLot, PublicationObstacle::NoDeadline]);
    }
}
