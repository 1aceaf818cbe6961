//! One tender under one model: scored, and everything counted that the study tells.

use crate::decisive::Scales;
use crate::figures::scaled;
use crate::market::{Drawn, Market};
use crate::one_point::OnePoint;
use crate::seat::{OFFER_DECIMALS, Seat, winner};
use crate::study::{Ask, Study, Trial};
use crate::tally::Tally;
use trede_base::exact::Exact;
use trede_rules::award::admission::Exclusion;
use trede_rules::award::check::is_relative;
use trede_rules::award::model::Method;
use trede_rules::award::robustness::drop_out_effects;
use trede_rules::award::straight_line::Side;
use trede_rules::award::{Evaluation, evaluate};

/// A model at its seat, with its tally.
#[derive(Debug)]
pub struct Player<'a> {
    seat: Seat<'a>,
    point: Option<OnePoint>,
    /// Whether the ranking can turn when a bid drops out that did not win.
    can_reverse: bool,
    scores_level: bool,
    scales: Scales,
    /// What was counted.
    pub tally: Tally,
}

impl<'a> Player<'a> {
    /// A player for each model of a study.
    #[must_use]
    pub fn all(study: &'a Study) -> Vec<Self> {
        let pairs = study.models.iter().zip(&study.lots);
        pairs
            .map(|(trial, lot)| Player {
                seat: Seat::new(trial, lot),
                point: study.assessor_point.as_ref().and_then(|step| OnePoint::of(&trial.declared, step)),
                can_reverse: is_relative(&trial.declared.model, &trial.declared.layout),
                scores_level: trial.scores_level(),
                scales: Scales::default(),
                tally: Tally::new(study, trial),
            })
            .collect()
    }

    /// Plays one tender.
    pub fn play(&mut self, market: &Market, drawn: &Drawn) {
        self.seat.enter(drawn);
        self.tally.tenders += 1;
        for (bid, kind) in drawn.bids.iter().zip(&market.bidders).filter(|(bid, _)| bid.takes_part) {
            self.tally.bids += 1;
            if let Some(kind) = self.tally.kinds.get_mut(*kind) {
                kind.bids += 1;
            }
            if let Some(level) = self.tally.levels.get_mut(bid.level) {
                level.bids += 1;
            }
        }
        let Ok(evaluation) = evaluate(&self.seat.lot) else {
            self.tally.unscored += 1;
            return;
        };
        self.admitted(market, &evaluation);
        self.corridor(drawn, &evaluation);
        let Some(first) = winner(&evaluation, drawn) else { return };
        self.won(market, drawn, &evaluation, first);
        self.scales.add(self.seat.trial, &evaluation, first, &mut self.tally.decisive);
        if self.can_reverse {
            let turns = drop_out_effects(&self.seat.lot, &evaluation).iter().any(|effect| effect.reverses);
            self.tally.reversals += u64::from(turns);
        }
        if let Some(point) = &self.point {
            self.tally.points += u64::from(point.decides(&mut self.seat, &evaluation));
        }
        // What was found of the lot is let go before the lot is filled anew.
        drop(evaluation);
        if self.scores_level {
            self.without_levels(drawn, first);
        }
    }

    fn admitted(&mut self, market: &Market, evaluation: &Evaluation) {
        for (outcome, kind) in evaluation.outcomes.iter().zip(&market.bidders) {
            if outcome.is_ranked() {
                if let Some(kind) = self.tally.kinds.get_mut(*kind) {
                    kind.ranked += 1;
                }
                continue;
            }
            // A bidder that does not bid is no bid that is refused.
            if outcome.exclusions.iter().any(|reason| matches!(reason, Exclusion::DroppedOut(_))) {
                continue;
            }
            for reason in &outcome.exclusions {
                *self.tally.excluded.entry(reason.code()).or_default() += 1;
            }
        }
    }

    fn corridor(&mut self, drawn: &Drawn, evaluation: &Evaluation) {
        let inside = evaluation.ranking.places.iter().filter(|place| place.inside_corridor == Some(true));
        let mut is_hit = inside.take(2).count() > 1;
        let trial = self.seat.trial;
        for (leaf, ask) in trial.declared.layout.leaves.iter().zip(&trial.asks) {
            let (Some(corridor), Ask::Price { key, .. }) = (leaf.content.corridor(), ask) else { continue };
            for (bid, _) in drawn.bids.iter().enumerate().filter(|(_, bid)| bid.takes_part) {
                match corridor.line.side(&Exact::from(drawn.value(bid, *key))) {
                    Side::Between => continue,
                    Side::BeyondFull => self.tally.corridor.below += 1,
                    Side::BeyondZero => self.tally.corridor.above += 1,
                }
                is_hit = true;
            }
        }
        self.tally.corridor.tenders += u64::from(is_hit);
    }

    fn won(&mut self, market: &Market, drawn: &Drawn, evaluation: &Evaluation, first: usize) {
        let equal = evaluation.ranking.places.iter().take_while(|place| place.rank == 1).take(2).count();
        self.tally.by_lot += u64::from(equal > 1);
        let paid = self.seat.paid(drawn, first);
        let (euros, places) = self.seat.committed(drawn, first);
        let level = drawn.bids.get(first).map_or(0, |bid| bid.level);
        self.tally.price.add(paid);
        self.tally.euros.add(euros);
        self.tally.places.add(places);
        self.tally.level.add(i64::try_from(level).unwrap_or_default());
        for (offer, spread) in self.seat.trial.offers.iter().zip(&mut self.tally.offers) {
            spread.add(scaled(drawn.value(first, offer.key), OFFER_DECIMALS));
        }
        if let Some(kind) = market.bidders.get(first).and_then(|kind| self.tally.kinds.get_mut(*kind)) {
            kind.paid.add(paid);
        }
        if let Some(level) = self.tally.levels.get_mut(level) {
            level.wins += 1;
        }
    }

    /// The same bids, when the level counts for nothing.
    fn without_levels(&mut self, drawn: &Drawn, first: usize) {
        self.seat.forget_levels();
        let Ok(evaluation) = evaluate(&self.seat.lot) else { return };
        let Some(other) = winner(&evaluation, drawn) else { return };
        let (seat, level) = (&self.seat, |bid: usize| drawn.bids.get(bid).map_or(0, |bid| bid.level));
        let steps = |bid: usize| i32::try_from(level(bid)).unwrap_or_default();
        let ((euros, places), (other_euros, other_places)) =
            (seat.committed(drawn, first), seat.committed(drawn, other));
        self.tally.effect.add(
            first != other,
            steps(first) - steps(other),
            seat.paid(drawn, first) - seat.paid(drawn, other),
            euros - other_euros,
            places - other_places,
        );
    }
}

/// Whether a model has a corridor at all.
#[must_use]
pub fn has_corridor(trial: &Trial) -> bool {
    let by_price = trial.declared.layout.leaves.iter().any(|leaf| leaf.content.corridor().is_some());
    by_price || matches!(trial.declared.model.method, Method::ExtendedRatio(..))
}
