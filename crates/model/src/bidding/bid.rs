//! A bid on a lot, and when it is received.

use chrono::{DateTime, Utc};
use thiserror::Error;

use crate::tendering::lot::LotId;
use crate::tendering::procedure::State;
use crate::tendering::tender::{BidCustody, TenderId};
use trede_base::ids::{Id, KvkNumber, MunicipalityId};

/// The id of a bid.
pub type BidId = Id<Bid>;

/// A bid (inschrijving) on one lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bid {
    /// Whose tender it is made in.
    pub municipality: MunicipalityId,
    /// The tender.
    pub tender: TenderId,
    /// The lot.
    pub lot: LotId,
    /// Its id.
    pub id: BidId,
    /// Who bids; of a consortium the lead member (penvoerder).
    pub bidder: KvkNumber,
    /// What is offered: a JSON document that nothing in the store looks into.
    pub content: String,
    /// Whether its prices stand in their envelope still (prijsenvelop): then `content` has none.
    pub price_sealed: bool,
    /// The reference under which the platform knows it.
    pub external_reference: Option<String>,
    /// SHA-256 of what was received, in hexadecimal.
    pub receipt_hash: String,
    /// When it was received: here, or in the platform's vault.
    pub received_at: DateTime<Utc>,
    /// When it was stored here.
    pub registered_at: DateTime<Utc>,
}

/// Why a bid is not received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum BidRefused {
    /// The lot is still being prepared.
    #[error("bids can be made after publication only")]
    NotPublished,
    /// The deadline has passed (te laat).
    #[error("the deadline for bids has passed")]
    Late,
    /// The platform has not attested its opening yet.
    #[error("the platform hands bids over after its opening has been attested only")]
    PlatformNotOpened,
    /// The lot is evaluated, or has ended.
    #[error("the lot is «{0}» and takes no bids any more")]
    Ended(State),
}

impl BidRefused {
    /// Stable and kebab-case, for programs.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NotPublished => "bid-before-publication",
            Self::Late => "bid-too-late",
            Self::PlatformNotOpened => "bid-before-opening",
            Self::Ended(_) => "lot-takes-no-bids",
        }
    }
}

/// Whether a lot takes a bid that was received at a moment.
///
/// With custody here, between publication and deadline; with the custody of a platform, after its
/// opening, what it received between publication and deadline.
///
/// # Errors
/// [`BidRefused`] with the rule.
pub fn check_receipt(
    custody: BidCustody,
    state: State,
    received_at: DateTime<Utc>,
    (published_at, deadline_at): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
) -> Result<(), BidRefused> {
    let in_time = deadline_at.is_none_or(|deadline| received_at < deadline);
    let too_early = published_at.is_some_and(|published| received_at < published);
    match (custody, state) {
        (_, State::Draft) => Err(BidRefused::NotPublished),
        (BidCustody::Platform, State::Opened) if too_early => Err(BidRefused::NotPublished),
        (BidCustody::Trede, State::Published) | (BidCustody::Platform, State::Opened) if in_time => Ok(()),
        (BidCustody::Platform, State::Published | State::Closed) => Err(BidRefused::PlatformNotOpened),
        (_, State::Published | State::Closed | State::Opened) => Err(BidRefused::Late),
        (_, state) => Err(BidRefused::Ended(state)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLISHED: &str = "2026-02-01T12:00:00Z";
    const BEFORE: &str = "2026-03-01T11:59:59Z";
    const DEADLINE: &str = "2026-03-01T12:00:00Z";

    fn check(custody: BidCustody, state: State, received_at: &str) -> Result<(), BidRefused> {
        let moment = |text: &str| text.parse().unwrap();
        let window = (Some(moment(PUBLISHED)), Some(moment(DEADLINE)));
        check_receipt(custody, state, moment(received_at), window)
    }

    #[test]
    fn a_bid_is_received_here_between_publication_and_deadline_only() {
        for state in State::ALL {
            let received = check(BidCustody::Trede, *state, BEFORE);
            assert_eq!(received.is_ok(), *state == State::Published, "{state}");
        }
        assert_eq!(check(BidCustody::Trede, State::Published, DEADLINE), Err(BidRefused::Late));
        assert_eq!(check(BidCustody::Trede, State::Closed, DEADLINE), Err(BidRefused::Late));
    }

    #[test]
    fn a_platform_hands_over_after_its_opening_only() {
        for state in State::ALL {
            let received = check(BidCustody::Platform, *state, BEFORE);
            assert_eq!(received.is_ok(), *state == State::Opened, "{state}");
        }
    }

    #[test]
    fn a_platform_cannot_hand_over_what_came_before_publication() {
        let early = check(BidCustody::Platform, State::Opened, "2026-02-01T11:59:59Z");
        assert_eq!(early, Err(BidRefused::NotPublished));
        assert_eq!(check(BidCustody::Platform, State::Opened, PUBLISHED), Ok(()));
    }

    #[test]
    fn a_platform_cannot_hand_over_what_came_too_late() {
        assert_eq!(check(BidCustody::Platform, State::Opened, DEADLINE), Err(BidRefused::Late));
    }
}
