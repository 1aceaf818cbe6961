//! A lot (perceel) that can be scored: a checked model and bids that answer it.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};

use super::admission::{Exclusion, exclusions};
use super::bid::{Answer, Bid, DroppedOut, Fact};
use super::check::DeclaredModel;
use super::model::TieStep;
use super::scoring::{Parts, own_scores};
use super::whole_numbers::{Own, WholeNumbers};
use crate::explaining::finding::{Finding, FindingCode};
use crate::pso::Standing;

/// The most bids that are scored at once.
pub const MAX_BIDS: usize = 20_000;

/// A lot with its bids, in the order of their identifiers.
#[derive(Clone, Debug)]
pub struct Lot {
    entered: Arc<Entered>,
    drawing: Option<Drawing>,
}

/// The model and the bids of a lot.
#[derive(Clone, Debug)]
pub(super) struct Entered {
    pub declared: Arc<DeclaredModel>,
    pub bids: Vec<Bid>,
    /// The answers as whole numbers, where they fit; made when the lot is first scored.
    whole: OnceLock<Option<WholeNumbers>>,
}

impl Entered {
    /// What a bid of the lot brings by its own answers, and what keeps it out.
    pub fn own_of(&self, index: usize, bid: &Bid) -> (Parts, Vec<Exclusion>) {
        let whole = self.whole().and_then(|whole| whole.of_bid(&self.declared, bid, index));
        whole.and_then(|own| self.in_whole(&own, bid)).unwrap_or_else(|| self.in_fractions(bid))
    }

    /// The same of a bid with other answers than those in the lot.
    pub fn own_of_other(&self, bid: &Bid) -> (Parts, Vec<Exclusion>) {
        let whole = self
            .whole()
            .and_then(|whole| whole.with_other(&self.declared, bid, |own| self.in_whole(own, bid)));
        whole.unwrap_or_else(|| self.in_fractions(bid))
    }

    #[inline]
    fn whole(&self) -> Option<&WholeNumbers> {
        self.whole.get_or_init(|| WholeNumbers::of(&self.declared, &self.bids)).as_ref()
    }

    fn in_whole(&self, own: &Own<'_>, bid: &Bid) -> Option<(Parts, Vec<Exclusion>)> {
        let within = own.is_within_bounds();
        let reasons = if within { Vec::new() } else { exclusions(&self.declared, bid, own) };
        Some((own.parts()?, reasons))
    }

    fn in_fractions(&self, bid: &Bid) -> (Parts, Vec<Exclusion>) {
        let own = own_scores(&self.declared, bid);
        let reasons = exclusions(&self.declared, bid, own.scores.as_slice());
        (own.parts, reasons)
    }
}

/// What a bid may answer otherwise while it stays the same bid of the same lot.
///
/// As many answers and facts as there were, each of the same kind: a lot is only made of answers that fit its criteria.
#[derive(Debug)]
pub struct Changeable<'a> {
    /// One answer for each scored criterion of the model.
    pub answers: &'a mut [Answer],
    /// One fact for each knock-out.
    pub facts: &'a mut [Fact],
    /// The PSO level that counts.
    pub standing: &'a mut Standing,
    /// The moment of receipt; stays given where the model asks it.
    pub received_at: &'a mut Option<DateTime<Utc>>,
    /// Why the bid dropped out, if it did.
    pub exclusion: &'a mut Option<DroppedOut>,
}

/// The record of a drawing of lots (proces-verbaal van loting; ARW 2016 art. 2.63.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drawing {
    /// Where.
    pub place: String,
    /// When.
    pub held_at: DateTime<Utc>,
    /// By whom.
    pub performed_by: String,
    /// The bids invited to attend.
    pub invited: Vec<String>,
    /// The tied bids in the order drawn.
    pub order: Vec<String>,
    /// The random value from which the order follows, if it does.
    pub value: Option<String>,
    /// Bids that earlier drawings put before others: the first stays before the second.
    pub kept: Vec<[String; 2]>,
}

impl Lot {
    /// A lot of bids whose answers fit the model.
    ///
    /// # Errors
    /// When there is no bid, too many, two with one identifier, or a bid lacks what a declared rule needs.
    pub fn new(
        declared: DeclaredModel,
        mut bids: Vec<Bid>,
        drawing: Option<Drawing>,
    ) -> Result<Self, Vec<Finding>> {
        let mut found = Vec::new();
        if bids.is_empty() {
            found.push(Finding::new(FindingCode::NoBids, "/bids", []));
        }
        if bids.len() > MAX_BIDS {
            let details = [format!("{} bids", bids.len()), MAX_BIDS.to_string()];
            found.push(Finding::new(FindingCode::TooMany, "/bids", details));
        }
        let model = &declared.model;
        let needs_initial = model.abnormally_low.iter().any(|low| low.rule.needs_initial_prices());
        let needs_moment = model.ties.contains(&TieStep::EarliestBid);
        for (index, bid) in bids.iter().enumerate() {
            if needs_initial && bid.initial_price.is_none() {
                let place = format!("/bids/{index}/initialPrice");
                found.push(Finding::new(FindingCode::InitialPriceMissing, place, [bid.id.clone()]));
            }
            if needs_moment && bid.received_at.is_none() {
                let place = format!("/bids/{index}/receivedAt");
                found.push(Finding::new(FindingCode::ReceivedAtMissing, place, [bid.id.clone()]));
            }
        }
        found.extend(duplicates(&bids));
        if !found.is_empty() {
            return Err(found);
        }
        bids.sort_by(|a, b| a.id.cmp(&b.id));
        let entered = Entered { declared: Arc::new(declared), bids, whole: OnceLock::new() };
        Ok(Lot { entered: Arc::new(entered), drawing })
    }

    /// How many of its bids are scored in whole numbers.
    #[must_use]
    pub fn in_whole_numbers(&self) -> usize {
        self.entered.whole().map_or(0, WholeNumbers::count)
    }

    /// The same lot, every bid of which is scored in exact fractions: what whole numbers are held against.
    #[must_use]
    pub fn in_fractions(&self) -> Self {
        let entered = Entered { whole: OnceLock::from(None), ..Entered::clone(&self.entered) };
        Lot { entered: Arc::new(entered), drawing: self.drawing.clone() }
    }

    pub(super) fn entered(&self) -> &Arc<Entered> {
        &self.entered
    }

    /// The checked model.
    #[must_use]
    pub fn declared(&self) -> &DeclaredModel {
        &self.entered.declared
    }

    /// The bids, in the order of their identifiers.
    #[must_use]
    pub fn bids(&self) -> &[Bid] {
        &self.entered.bids
    }

    /// The bid with this index.
    #[must_use]
    pub fn bid(&self, index: usize) -> Option<&Bid> {
        self.entered.bids.get(index)
    }

    /// The bids, in the order of their identifiers, to answer otherwise: who imagines many tenders (or another answer in
    /// one) makes a lot once.
    pub fn changeable(&mut self) -> impl Iterator<Item = Changeable<'_>> {
        let entered = Arc::make_mut(&mut self.entered);
        // What was made of the answers before no longer holds.
        entered.whole = OnceLock::new();
        entered.bids.iter_mut().map(|bid| Changeable {
            answers: &mut bid.answers,
            facts: &mut bid.facts,
            standing: &mut bid.standing,
            received_at: &mut bid.received_at,
            exclusion: &mut bid.exclusion,
        })
    }

    /// The identifier of the bid with this index.
    #[must_use]
    pub fn id_of(&self, index: usize) -> &str {
        self.entered.bids.get(index).map_or("", |bid| &bid.id)
    }

    /// The record of the drawing, if one was held.
    #[must_use]
    pub fn drawing(&self) -> Option<&Drawing> {
        self.drawing.as_ref()
    }

    /// The place at which a bid was drawn.
    #[must_use]
    pub fn drawn_position(&self, index: usize) -> Option<usize> {
        let id = self.id_of(index);
        self.drawing.as_ref()?.order.iter().position(|drawn| drawn == id)
    }
}

fn duplicates(bids: &[Bid]) -> Vec<Finding> {
    let mut by_id: Vec<(&str, usize)> =
        bids.iter().enumerate().map(|(index, bid)| (bid.id.as_str(), index)).collect();
    by_id.sort_unstable();
    let pairs = by_id.iter().zip(by_id.iter().skip(1));
    pairs
        .filter(|((a, _), (b, _))| a == b)
        .map(|(_, (id, index))| {
            Finding::new(FindingCode::DuplicateId, format!("/bids/{index}/id"), [(*id).to_owned()])
        })
        .collect()
}
