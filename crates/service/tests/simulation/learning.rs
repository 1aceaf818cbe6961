//! What must hold after each deed, and what is known from then on.

use trede_base::ids::KvkNumber;
use trede_model::bidding::bid::BidId;
use trede_service::bidding::bids;
use trede_service::frame::error::ServiceError;

use crate::deeds::{Deed, Done};
use crate::procedure::{PAGE, Procedure};
use crate::usecases::world::{buyer, kvk};

impl Procedure<'_> {
    /// # Panics
    /// When what was done must never happen.
    pub(super) fn learn(&mut self, deed: Deed, done: Result<Done, ServiceError>) {
        match done {
            Ok(done) => {
                *self.tally.entry(done.name()).or_default() += 1;
                self.learn_done(deed, done);
            }
            Err(error) => expect_refused(deed, &error),
        }
    }

    fn learn_done(&mut self, deed: Deed, done: Done) {
        let now = self.world.services.now();
        match done {
            Done::Received(id) => {
                let Deed::Send(bidder, sent) = deed else { panic!("{deed:?}") };
                assert!(now < self.deadline && !self.asked, "a bid was received after the deadline");
                self.receipts.push(id);
                for standing in self.standing.get_mut(&bidder).unwrap() {
                    *standing = sent.after(*standing);
                }
            }
            Done::Extended(to) => {
                assert!(
                    now < self.deadline && to > self.deadline && !self.asked,
                    "a passed deadline was moved"
                );
                self.deadline = to;
            }
            Done::Asked => {
                assert!(now >= self.deadline, "an opening was asked for before the deadline");
                self.asked = true;
            }
            Done::Opened => {
                assert_eq!(self.opened, None, "opened twice");
                self.asked = true;
                let opened = bids::list(&self.world.services, &buyer(), self.at, &PAGE).unwrap().items;
                self.opened = Some(opened.iter().map(|bid| bid.id).collect());
            }
            Done::Fixed => {
                assert!(!self.fixed, "the quality was fixed twice");
                self.fixed = true;
            }
            Done::Evaluated(id, ranking) => {
                self.expect_order(&ranking);
                self.latest = Some((id, ranking));
            }
            Done::Dropped(bid, id) => {
                assert_eq!(self.proposed, None, "a bid dropped out after the proposal");
                self.dropped.insert(bid, id);
            }
            Done::Revoked(bid) => drop(self.dropped.remove(&bid)),
            Done::Proposed(bid) => self.expect_first(bid),
            Done::TakenBack => self.proposed = None,
            Done::Awarded(bid) => {
                assert_eq!(self.proposed, Some(bid), "another bid was awarded than was proposed");
                self.expect_first(bid);
            }
            Done::Seen(bids) => self.expect_seen(bids),
            Done::Nothing => {}
        }
    }

    /// Once prices are known no act changes which of two bids stands before the other; a drawing of lots parts equals.
    fn expect_order(&mut self, ranking: &[(BidId, u64)]) {
        assert!(self.fixed, "bids were evaluated before the quality was fixed");
        for (place, (bid, rank)) in ranking.iter().enumerate() {
            for (other, other_rank) in &ranking[place + 1..] {
                assert!(!self.ahead.contains(&(*other, *bid)), "{other} stood before {bid}");
                if rank < other_rank {
                    self.ahead.insert((*bid, *other));
                } else {
                    assert!(!self.ahead.contains(&(*bid, *other)), "{bid} stood before {other}");
                }
            }
        }
    }

    fn expect_first(&mut self, bid: BidId) {
        let (_, ranking) = self.latest.as_ref().unwrap();
        assert_eq!(ranking[0].0, bid, "a bid wins that is not the first");
        assert!(ranking.get(1).is_none_or(|(_, rank)| *rank > 1), "a bid wins from its equal");
        assert!(!self.dropped.contains_key(&bid), "a bid wins that dropped out");
        self.proposed = Some(bid);
    }

    /// After the opening exactly the bids are there that stood, at their price once that may be known.
    fn expect_seen(&self, bids: Vec<(KvkNumber, Option<u32>)>) {
        assert!(self.opened.is_some() || bids.is_empty(), "bids were read before the opening");
        for (number, standings) in &self.standing {
            let mut seen = bids.iter().filter(|(bidder, _)| *bidder == kvk(*number));
            let (found, twice) = (seen.next(), seen.next());
            assert_eq!(twice, None, "two bids of one bidder");
            let may_stand = standings.iter().any(|standing| match (standing, found) {
                (None, None) => true,
                (Some((_, euros)), Some((_, seen))) => seen.is_none_or(|seen| self.fixed && seen == *euros),
                _ => false,
            });
            assert!(self.opened.is_none() || may_stand, "{found:?} of {number}, not one of {standings:?}");
        }
    }
}

/// Whatever people do, they are told why not; nothing fails.
fn expect_refused(deed: Deed, error: &ServiceError) {
    let is_told = matches!(
        error,
        ServiceError::Forbidden { .. }
            | ServiceError::NotTheirs { .. }
            | ServiceError::NotFound { .. }
            | ServiceError::Invalid(_)
            | ServiceError::Refused { .. }
            | ServiceError::VersionMismatch
    );
    assert!(is_told, "{deed:?}: {error:?}");
}
