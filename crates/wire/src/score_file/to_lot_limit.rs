//! From the limit on lots on the wire to the domain's, and whether bids say what it asks.

use std::collections::BTreeMap;

use super::ScoreFile;
use super::bid::BidInput;
use super::lot_limit::{LotKeepsInput, LotLimitInput};
use trede_rules::award::lot_limit::{Keeps, LotLimit};
use trede_rules::explaining::finding::{Finding, FindingCode};

impl LotLimitInput {
    /// The limit as the rules take it.
    #[must_use]
    pub fn to_limit(self) -> LotLimit {
        LotLimit {
            maximum: usize::try_from(self.maximum).unwrap_or(usize::MAX),
            keeps: match self.keeps {
                LotKeepsInput::LotOrder => Keeps::LotOrder,
                LotKeepsInput::BidderPreference => Keeps::BidderPreference,
                LotKeepsInput::LargestLead => Keeps::LargestLead,
            },
        }
    }
}

impl BidInput {
    /// Who bids, the same on every lot: by KvK number, else by name, else each bid is a bidder of its own.
    #[must_use]
    pub fn bidder_key(&self, lot: &str) -> String {
        match &self.bidder {
            Some(bidder) => match &bidder.kvk_number {
                Some(number) => format!("kvk {number}"),
                None => format!("name {}", bidder.name.trim()),
            },
            None => format!("bid {lot} {}", self.id),
        }
    }
}

/// What is wrong with the limit or with what bids say for it, by its place in the file.
pub(super) fn check(file: &ScoreFile, found: &mut Vec<Finding>) {
    let Some(limit) = file.tender.lot_limit else { return };
    if limit.maximum == 0 {
        let details = ["0".to_owned(), "1".to_owned(), "…".to_owned()];
        found.push(Finding::new(FindingCode::OutOfRange, "/tender/lotLimit/maximum", details));
    }
    for (index, lot) in file.lots.iter().enumerate() {
        if lot.award_model.winners.is_some_and(|winners| winners.maximum > 1) {
            let place = format!("/lots/{index}/awardModel/winners/maximum");
            found.push(Finding::new(FindingCode::WinnersUnderLotLimit, place, []));
        }
    }
    if limit.keeps != LotKeepsInput::BidderPreference {
        return;
    }
    let mut by_bidder: BTreeMap<String, Vec<(usize, usize, &BidInput)>> = BTreeMap::new();
    for (lot_index, lot) in file.lots.iter().enumerate() {
        for (index, bid) in lot.bids.iter().enumerate() {
            by_bidder.entry(bid.bidder_key(&lot.id)).or_default().push((lot_index, index, bid));
        }
    }
    let maximum = limit.to_limit().maximum;
    for bids in by_bidder.values().filter(|bids| bids.len() > maximum) {
        for (position, (lot, index, bid)) in bids.iter().enumerate() {
            let own = bid.lot_preference;
            let twice = bids.iter().take(position).any(|(.., other)| other.lot_preference == own);
            if own.is_none() || twice {
                let details = [bid.id.clone(), bids.len().to_string(), limit.maximum.to_string()];
                let place = format!("/lots/{lot}/bids/{index}/lotPreference");
                found.push(Finding::new(FindingCode::LotPreferenceMissing, place, details));
            }
        }
    }
}
