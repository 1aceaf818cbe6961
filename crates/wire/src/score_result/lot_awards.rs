//! Which bid gets each lot where a bidder may win only so many.

use std::collections::HashMap;

use super::LotAwardResult;
use crate::score_file::{LotInput, ScoreFile};
use trede_rules::award::lot_limit::{RankedBid, RankedLot, awards_under};
use trede_rules::award::{Evaluation, Lot};

/// A lot as the limit sees it, and the identifiers of its ranked bids.
pub(super) struct Ranked {
    ids: Vec<String>,
    lot: RankedLot,
}

/// The ranked bids of a lot, best first.
pub(super) fn ranked_lot(lot: &Lot, input: &LotInput, evaluation: &Evaluation) -> Ranked {
    let by_id: HashMap<&str, _> = input.bids.iter().map(|bid| (bid.id.as_str(), bid)).collect();
    let (mut ids, mut bids) = (Vec::new(), Vec::new());
    for place in &evaluation.ranking.places {
        let id = lot.id_of(place.bid);
        let total = evaluation.outcomes.get(place.bid).and_then(|outcome| outcome.declared_total.clone());
        let (Some(given), Some(total)) = (by_id.get(id), total) else { continue };
        let (bidder, preference) = (given.bidder_key(&input.id), given.lot_preference);
        ids.push(id.to_owned());
        bids.push(RankedBid { bidder, rank: place.rank, total, preference });
    }
    Ranked { ids, lot: RankedLot { bids } }
}

/// The award of each lot, in the order of the file; none without a limit.
pub(super) fn lot_awards(file: &ScoreFile, ranked: &[Ranked]) -> Vec<LotAwardResult> {
    let Some(limit) = file.tender.lot_limit else { return Vec::new() };
    let lots: Vec<RankedLot> = ranked.iter().map(|ranked| ranked.lot.clone()).collect();
    let awards = awards_under(limit.to_limit(), &lots);
    let told = file.lots.iter().zip(ranked).zip(awards);
    told.map(|((input, ranked), award)| {
        let id = |bid: &usize| ranked.ids.get(*bid).cloned();
        LotAwardResult {
            lot: input.id.clone(),
            bid: award.bid.as_ref().and_then(id),
            passed_over: award.passed_over.iter().filter_map(id).collect(),
            waits_for_drawing: award.waits,
        }
    })
    .collect()
}
