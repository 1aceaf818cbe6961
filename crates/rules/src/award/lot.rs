//! A lot (perceel) that can be scored: a checked model and bids that answer it.

use chrono::{DateTime, Utc};

use super::abnormally_low::{AbnormallyLowRule, AmountList};
use super::bid::{Answer, Bid, DroppedOut, Fact};
use super::check::DeclaredModel;
use super::model::TieStep;
use crate::explaining::finding::{Finding, FindingCode};
use crate::pso::Standing;

/// The most bids that are scored at once.
pub const MAX_BIDS: usize = 20_000;

/// A lot with its bids, in the order of their identifiers.
#[derive(Clone, Debug)]
pub struct Lot {
    declared: DeclaredModel,
    bids: Vec<Bid>,
    drawing: Option<Drawing>,
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
        let needs_initial = model.abnormally_low.iter().any(|rule| {
            matches!(
                rule,
                AbnormallyLowRule::BelowMeanOfOthers { others: AmountList::Initial, .. }
                    | AbnormallyLowRule::BelowMean { prices: AmountList::Initial, .. }
                    | AbnormallyLowRule::BelowNext { others: AmountList::Initial, .. }
            )
        });
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
        Ok(Lot { declared, bids, drawing })
    }

    /// The checked model.
    #[must_use]
    pub fn declared(&self) -> &DeclaredModel {
        &self.declared
    }

    /// The bids, in the order of their identifiers.
    #[must_use]
    pub fn bids(&self) -> &[Bid] {
        &self.bids
    }

    /// The bid with this index.
    #[must_use]
    pub fn bid(&self, index: usize) -> Option<&Bid> {
        self.bids.get(index)
    }

    /// The bids, in the order of their identifiers, to answer otherwise: who imagines many tenders (or another answer in
    /// one) makes a lot once.
    pub fn changeable(&mut self) -> impl Iterator<Item = Changeable<'_>> {
        self.bids.iter_mut().map(|bid| Changeable {
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
        self.bids.get(index).map_or("", |bid| &bid.id)
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
