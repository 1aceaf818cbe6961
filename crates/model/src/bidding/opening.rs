//! The opening of bids by two people: the one asks, the other agrees within ten minutes.

use chrono::{DateTime, TimeDelta, Utc};
use thiserror::Error;

use crate::tendering::tender::TenderId;
use trede_base::ids::Id;
use trede_base::words;

/// How long a request to open waits for a second person (vierogenprincipe).
pub const WAITS: TimeDelta = TimeDelta::minutes(10);

words! {
    /// How far an opening is (stand van de opening).
    pub enum OpeningState is "opening state" {
        /// One person asked; a second one is waited for (wacht op tweede persoon).
        Waiting = "waiting",
        /// No second person came in time (verlopen).
        Expired = "expired",
        /// Two people opened (geopend).
        Opened = "opened",
    }
}

words! {
    /// What of the bids is opened (deel van de inschrijving).
    pub enum Envelope is "envelope" {
        /// All of it (de hele inschrijving).
        Whole = "whole",
        /// Who bids and what is offered, without the prices (kwalitatieve envelop).
        Quality = "quality",
        /// The prices (prijsenvelop).
        Price = "price",
    }
}

/// The id of an opening.
pub type OpeningId = Id<Opening>;

/// An opening of the bids of a tender (opening van de inschrijvingen), or the attempt of one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Its id.
    pub id: OpeningId,
    /// The tender.
    pub tender: TenderId,
    /// What is opened.
    pub envelope: Envelope,
    /// Who asked, as actors are recorded: no bearer of another issuer has the same name.
    pub requested_by: String,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// Until when a second person can agree.
    pub expires_at: DateTime<Utc>,
    /// The second person, and when they agreed.
    pub confirmed: Option<(String, DateTime<Utc>)>,
    /// What was found of each bid: a JSON document.
    pub report: Option<String>,
}

/// Why somebody is not the second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("two different people open the bids; you asked for it already, so another opener must agree")]
pub struct SamePerson;

impl Opening {
    /// A request by a first person.
    #[must_use]
    pub fn requested(
        id: OpeningId,
        (tender, envelope): (TenderId, Envelope),
        by: String,
        now: DateTime<Utc>,
    ) -> Self {
        Self {
            id,
            tender,
            envelope,
            requested_by: by,
            requested_at: now,
            expires_at: now.checked_add_signed(WAITS).unwrap_or(now),
            confirmed: None,
            report: None,
        }
    }

    /// How far it is at a moment.
    #[must_use]
    pub fn state(&self, now: DateTime<Utc>) -> OpeningState {
        match self.confirmed {
            Some(_) => OpeningState::Opened,
            None if now < self.expires_at => OpeningState::Waiting,
            None => OpeningState::Expired,
        }
    }

    /// Has a second person agree.
    ///
    /// # Errors
    /// [`SamePerson`].
    pub fn confirm(&mut self, by: String, now: DateTime<Utc>) -> Result<(), SamePerson> {
        if by == self.requested_by {
            return Err(SamePerson);
        }
        self.confirmed = Some((by, now));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn opening() -> Opening {
        let (id, tender) = (Id::from_uuid(Uuid::nil()), Id::from_uuid(Uuid::nil()));
        Opening::requested(id, (tender, Envelope::Whole), "a".to_owned(), DateTime::UNIX_EPOCH)
    }

    #[test]
    fn a_request_waits_ten_minutes_and_no_longer() {
        let opening = opening();
        let at = |seconds| opening.state(DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
        assert_eq!(at(0), OpeningState::Waiting);
        assert_eq!(at(599), OpeningState::Waiting);
        assert_eq!(at(600), OpeningState::Expired);
    }

    #[test]
    fn the_second_person_is_another_one() {
        let mut opening = opening();
        assert_eq!(opening.confirm("a".to_owned(), DateTime::UNIX_EPOCH), Err(SamePerson));
        assert_eq!(opening.state(DateTime::UNIX_EPOCH), OpeningState::Waiting);
        opening.confirm("b".to_owned(), DateTime::UNIX_EPOCH).unwrap();
        assert_eq!(opening.state(DateTime::UNIX_EPOCH + WAITS), OpeningState::Opened);
    }
}
