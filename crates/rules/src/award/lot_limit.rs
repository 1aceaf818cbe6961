//! The most lots that one bidder may win (maximum aantal percelen, dir. 2014/24 art. 46(2)): which lots it keeps follows
//! from the rule that was published, and the others go to the next in rank.

use trede_base::exact::Exact;

/// The published limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotLimit {
    /// The most lots for one bidder, at least one.
    pub maximum: usize,
    /// Which lots a bidder keeps that is first on more.
    pub keeps: Keeps,
}

/// Which lots a bidder keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// The first in the order in which the buyer published the lots.
    LotOrder,
    /// Those that it prefers itself, in the order that its bids say.
    BidderPreference,
    /// Those on which its total is furthest ahead of the next in rank.
    LargestLead,
}

/// A lot as the limit sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedLot {
    /// Its ranked bids, best first.
    pub bids: Vec<RankedBid>,
}

/// A ranked bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedBid {
    /// Who bids: the same text on every lot.
    pub bidder: String,
    /// Its rank: equal ranks wait for a drawing of lots.
    pub rank: usize,
    /// The total as it counts.
    pub total: Exact,
    /// The place of this lot in the bidder's own order; the lowest number is dearest to it.
    pub preference: Option<u32>,
}

/// What becomes of a lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LotAward {
    /// The index of the bid that gets it; none where nobody is left, or lots must be drawn first.
    pub bid: Option<usize>,
    /// The indexes of better bids whose bidder has its most lots already.
    pub passed_over: Vec<usize>,
    /// Whether equal bids wait for a drawing of lots.
    pub waits: bool,
}

/// The award of each lot under the limit.
///
/// Every lot goes to its best bid; a bidder with too many keeps those that the rule says and leaves the others to the
/// next in rank, until nobody has too many. The outcome does not depend on where one begins.
#[must_use]
pub fn awards_under(limit: LotLimit, lots: &[RankedLot]) -> Vec<LotAward> {
    let mut passed: Vec<Vec<usize>> = vec![Vec::new(); lots.len()];
    loop {
        let held: Vec<Option<usize>> = lots.iter().zip(&passed).map(|(lot, passed)| best(lot, passed)).collect();
        let Some((lot, bid)) = one_too_many(limit, lots, &held) else {
            return lots.iter().zip(held).zip(passed).map(|((lot, bid), passed)| award(lot, bid, passed)).collect();
        };
        if let Some(passed) = passed.get_mut(lot) {
            passed.push(bid);
        }
    }
}

/// The best bid that was not passed over.
fn best(lot: &RankedLot, passed: &[usize]) -> Option<usize> {
    (0..lot.bids.len()).find(|bid| !passed.contains(bid))
}

/// Whether another bid that was not passed over has the same rank.
fn is_tied(lot: &RankedLot, bid: usize, passed: &[usize]) -> bool {
    let rank = lot.bids.get(bid).map(|bid| bid.rank);
    let mut others = lot.bids.iter().enumerate().filter(|(other, _)| *other != bid && !passed.contains(other));
    others.any(|(_, other)| Some(other.rank) == rank)
}

/// The lot that the first bidder with too many lots gives up, and its bid there.
fn one_too_many(limit: LotLimit, lots: &[RankedLot], held: &[Option<usize>]) -> Option<(usize, usize)> {
    let holdings: Vec<(usize, usize, &RankedBid)> = lots
        .iter()
        .zip(held)
        .enumerate()
        .filter_map(|(index, (lot, bid))| Some((index, (*bid)?, lot.bids.get((*bid)?)?)))
        .collect();
    holdings.iter().find_map(|(.., holder)| {
        let mut own: Vec<&(usize, usize, &RankedBid)> =
            holdings.iter().filter(|(.., bid)| bid.bidder == holder.bidder).collect();
        if own.len() <= limit.maximum {
            return None;
        }
        match limit.keeps {
            Keeps::LotOrder => {}
            Keeps::BidderPreference => own.sort_by_key(|(lot, _, bid)| (bid.preference.unwrap_or(u32::MAX), *lot)),
            Keeps::LargestLead => own.sort_by(|(a, bid_a, _), (b, bid_b, _)| {
                lead(lots.get(*b), *bid_b).cmp(&lead(lots.get(*a), *bid_a)).then(a.cmp(b))
            }),
        }
        own.last().map(|(lot, bid, _)| (*lot, *bid))
    })
}

/// How far a bid lies ahead of the next in rank; without a next it is ahead of everybody.
fn lead(lot: Option<&RankedLot>, bid: usize) -> Option<Exact> {
    let bids = &lot?.bids;
    let (own, next) = (bids.get(bid)?, bids.get(bid + 1));
    let Some(next) = next else { return Some(own.total.times(&own.total).plus(&Exact::ONE)) };
    let difference = own.total.minus(&next.total);
    Some(if difference.is_negative() { difference.negated() } else { difference })
}

fn award(lot: &RankedLot, bid: Option<usize>, mut passed_over: Vec<usize>) -> LotAward {
    passed_over.sort_unstable();
    let waits = bid.is_some_and(|bid| is_tied(lot, bid, &passed_over));
    LotAward { bid: bid.filter(|_| !waits), passed_over, waits }
}
