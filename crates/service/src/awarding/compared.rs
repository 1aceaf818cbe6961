//! What a letter tells of who wins, where several can: the names of all (Aw 2012 art. 2.130: de partijen bij de
//! raamovereenkomst), and what each of them did better than the reader.

use rust_decimal::Decimal;

use crate::awarding::award_letters::{Occasion, name};
use crate::awarding::seats::Seats;
use crate::tendering::declared_models::award_model;
use trede_formats::award_letter::{Advantage, Comparison};
use trede_model::bidding::bid::BidId;
use trede_wire::score_file::{CriterionInput, CriterionKindInput};
use trede_wire::score_result::{BidResult, CriterionResult};

impl Occasion<'_> {
    /// The winner that a loser is held against: of several the last, whose place it would have had to take.
    pub(super) fn winner(&self) -> Option<&BidResult> {
        let last = self.seats.and_then(|seats| seats.winners.last());
        self.result_of(last.map_or(self.decision.bid, |seat| seat.bid))
    }

    fn result_of(&self, bid: BidId) -> Option<&BidResult> {
        let id = bid.to_string();
        self.result.ranking.iter().find(|ranked| ranked.id == id)
    }

    pub(super) fn wins(&self, bid: BidId) -> bool {
        self.seats.map_or(bid == self.decision.bid, |seats| seats.winners.iter().any(|seat| seat.bid == bid))
    }

    pub(super) fn has_several(&self) -> bool {
        self.several().is_some()
    }

    fn several(&self) -> Option<&Seats> {
        self.seats.filter(|seats| seats.winners.len() > 1)
    }

    fn winners_of_several(&self) -> Vec<&BidResult> {
        let seats = self.several().into_iter().flat_map(|seats| &seats.winners);
        seats.filter_map(|seat| self.result_of(seat.bid)).collect()
    }

    pub(super) fn names_of_several(&self) -> Vec<String> {
        self.winners_of_several().into_iter().map(named).collect()
    }

    pub(super) fn is_framework(&self) -> bool {
        let winners = award_model(self.lot).ok().and_then(|model| model.winners);
        winners.is_some_and(|winners| winners.framework_agreement.is_some())
    }

    pub(super) fn reserve_place(&self, bid: BidId) -> Option<usize> {
        let reserves = &self.seats?.reserves;
        reserves.iter().position(|seat| seat.bid == bid).map(|position| position + 1)
    }

    /// The reader's bid beside each of several winners. Only of the last all is told that is told of a winner: the others
    /// go on competing for orders, so nothing is told of them from which a price could be computed (directive 2014/24
    /// art. 55(3): fair competition between economic operators).
    pub(super) fn comparisons(&self, own: &BidResult) -> Vec<Comparison> {
        let winners = self.winners_of_several();
        let model = award_model(self.lot).ok();
        let criteria = model.as_ref().map(|model| without_price(&model.criteria)).unwrap_or_default();
        let last = winners.len().saturating_sub(1);
        let compared = winners.into_iter().enumerate().map(|(index, winner)| Comparison {
            winner: named(winner),
            rank: winner.rank,
            total: (index == last).then(|| winner.total.declared.clone()),
            advantages: advantages(own, winner, |id| index == last || criteria.contains(&id)),
        });
        compared.collect()
    }
}

fn named(bid: &BidResult) -> String {
    bid.bidder.clone().unwrap_or_else(|| bid.id.clone())
}

/// The winner's score on a criterion, where scores are points or values: a price is nobody else's business.
pub(super) fn comparable<'a>(own: &CriterionResult, winner: &'a BidResult) -> Option<&'a CriterionResult> {
    own.full.as_ref()?;
    winner.criteria.iter().find(|theirs| theirs.id == own.id)
}

/// Where the winner scored better, on the criteria that may be told.
pub(super) fn advantages(
    own: &BidResult,
    winner: &BidResult,
    is_told: impl Fn(&str) -> bool,
) -> Vec<Advantage> {
    let told = own.criteria.iter().filter(|criterion| is_told(&criterion.id));
    told.filter_map(|criterion| advantage(criterion, winner)).collect()
}

fn advantage(own: &CriterionResult, winner: &BidResult) -> Option<Advantage> {
    let theirs = comparable(own, winner)?;
    let number = |text: &str| text.parse::<Decimal>().ok();
    let difference = number(&theirs.declared)?.checked_sub(number(&own.declared)?)?;
    (difference > Decimal::ZERO).then(|| Advantage {
        criterion: name(own),
        own: own.declared.clone(),
        winner: theirs.declared.clone(),
        difference: difference.normalize().to_string(),
    })
}

/// The criteria, however deep they stand, that rest on no price: a free number may be one.
fn without_price(criteria: &[CriterionInput]) -> Vec<&str> {
    criteria
        .iter()
        .flat_map(|criterion| {
            let tells = matches!(
                criterion.kind,
                CriterionKindInput::AssessedQuality
                    | CriterionKindInput::PsoLevel
                    | CriterionKindInput::SocialReturnCommitment
            );
            // A discount is taken off the price: what it is worth tells the price.
            let own = (tells && criterion.discount.is_none()).then_some(criterion.id.as_str());
            own.into_iter().chain(without_price(&criterion.criteria))
        })
        .collect()
}
