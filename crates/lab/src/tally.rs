//! What was counted of one model: whole numbers only, so that tenders may be added in any order.

use std::collections::BTreeMap;

use crate::decisive::Decisive;
use crate::figures::Spread;
use crate::study::{Study, Trial};

/// What was counted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many tenders.
    pub tenders: u64,
    /// How many bids.
    pub bids: u64,
    /// Tenders in which the method had no value for a price.
    pub unscored: u64,
    /// Tenders in which lots were drawn for the first place.
    pub by_lot: u64,
    /// What the winner is paid, in cents.
    pub price: Spread,
    /// The level of the winner, in steps.
    pub level: Spread,
    /// What the winner commits to, in cents.
    pub euros: Spread,
    /// The places that the winner commits to.
    pub places: Spread,
    /// What the winner offers on each commitment.
    pub offers: Vec<Spread>,
    /// By kind of bidder.
    pub kinds: Vec<KindTally>,
    /// By level, from none up.
    pub levels: Vec<LevelTally>,
    /// What it does that the level counts.
    pub effect: Effect,
    /// Tenders in which a drop-out turns the ranking.
    pub reversals: u64,
    /// Tenders in which one point of one assessor decides.
    pub points: u64,
    /// How often the corridor is hit.
    pub corridor: CorridorTally,
    /// Bids that are not ranked, by reason.
    pub excluded: BTreeMap<&'static str, u64>,
    /// What decides.
    pub decisive: Decisive,
}

/// A kind of bidder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KindTally {
    /// Its bids.
    pub bids: u64,
    /// Its bids that were ranked.
    pub ranked: u64,
    /// What it is paid when it wins, in cents.
    pub paid: Spread,
}

/// A level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LevelTally {
    /// Bids with it.
    pub bids: u64,
    /// Tenders that a bid with it wins.
    pub wins: u64,
}

/// The winner with the level, less the winner without.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Tenders in which there is a winner both ways.
    pub all: Gain,
    /// Tenders in which they differ.
    pub changed: u64,
    /// By the steps that the winner stands higher.
    pub by_steps: BTreeMap<i32, Gain>,
    /// Steps that the winner stands higher.
    pub steps: Spread,
}

/// What a change of winner costs and brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gain {
    /// The price, in cents.
    pub price: Spread,
    /// Commitments, in cents.
    pub euros: Spread,
    /// Places.
    pub places: Spread,
}

/// How often prices lie outside a corridor, or several ratios inside one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CorridorTally {
    /// Bids below.
    pub below: u64,
    /// Bids above.
    pub above: u64,
    /// Tenders with such a bid, or with several ratios inside.
    pub tenders: u64,
}

impl Tally {
    /// Nothing counted yet.
    #[must_use]
    pub fn new(study: &Study, trial: &Trial) -> Self {
        let levels = study.ladder.as_ref().map_or(1, |ladder| ladder.levels().len() + 1);
        Tally {
            offers: vec![Spread::default(); trial.offers.len()],
            kinds: vec![KindTally::default(); study.market.kinds.len()],
            levels: vec![LevelTally::default(); levels],
            decisive: Decisive::new(trial.asks.len()),
            ..Tally::default()
        }
    }

    /// Adds the tenders of another.
    pub fn merge(&mut self, other: &Tally) {
        self.tenders += other.tenders;
        self.bids += other.bids;
        self.unscored += other.unscored;
        self.by_lot += other.by_lot;
        self.price.merge(&other.price);
        self.level.merge(&other.level);
        self.euros.merge(&other.euros);
        self.places.merge(&other.places);
        for (own, other) in self.offers.iter_mut().zip(&other.offers) {
            own.merge(other);
        }
        for (own, other) in self.kinds.iter_mut().zip(&other.kinds) {
            own.bids += other.bids;
            own.ranked += other.ranked;
            own.paid.merge(&other.paid);
        }
        for (own, other) in self.levels.iter_mut().zip(&other.levels) {
            own.bids += other.bids;
            own.wins += other.wins;
        }
        self.effect.merge(&other.effect);
        self.reversals += other.reversals;
        self.points += other.points;
        self.corridor.below += other.corridor.below;
        self.corridor.above += other.corridor.above;
        self.corridor.tenders += other.corridor.tenders;
        for (code, count) in &other.excluded {
            *self.excluded.entry(code).or_default() += count;
        }
        self.decisive.merge(&other.decisive);
    }
}

impl Effect {
    /// Adds a tender in which the winner with the level stands `steps` higher than the one without.
    pub fn add(&mut self, changed: bool, steps: i32, price: i64, euros: i64, places: i64) {
        self.changed += u64::from(changed);
        self.steps.add(steps.into());
        for gain in [&mut self.all, self.by_steps.entry(steps).or_default()] {
            gain.price.add(price);
            gain.euros.add(euros);
            gain.places.add(places);
        }
    }

    fn merge(&mut self, other: &Effect) {
        self.changed += other.changed;
        self.steps.merge(&other.steps);
        self.all.merge(&other.all);
        for (steps, gain) in &other.by_steps {
            self.by_steps.entry(*steps).or_default().merge(gain);
        }
    }
}

impl Gain {
    fn merge(&mut self, other: &Gain) {
        self.price.merge(&other.price);
        self.euros.merge(&other.euros);
        self.places.merge(&other.places);
    }
}
