//! A market: kinds of bidders and what they draw, and one tender of it.

use chacha20::ChaCha8Rng;
use num_traits::ToPrimitive;
use rand::{Rng, RngExt, SeedableRng};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::copula::Copula;
use crate::draw::{Draw, Place};
use trede_rules::pso::LevelRank;

/// The seed of chance, spread out.
pub type Seed = <ChaCha8Rng as SeedableRng>::Seed;

/// What a number that is drawn stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The price, where a model has one price criterion.
    Price,
    /// The price on this criterion, where a model has several.
    PriceOf(String),
    /// The score on this criterion.
    Score(String),
    /// The offer on this criterion.
    Offer(String),
    /// The number on this criterion or knock-out.
    Number(String),
    /// The level.
    Level,
}

impl Key {
    /// Under which name it goes together with others.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Key::Price => "price",
            Key::Level => "level",
            Key::PriceOf(id) | Key::Score(id) | Key::Offer(id) | Key::Number(id) => id,
        }
    }

    /// Whether it is a price, which a premium on a level makes higher.
    #[must_use]
    pub fn is_price(&self) -> bool {
        matches!(self, Key::Price | Key::PriceOf(_))
    }
}

/// A market (markt).
#[derive(Clone, Debug)]
pub struct Market {
    /// What is drawn for each bid.
    pub keys: Vec<Key>,
    /// The knock-outs that are met or not.
    pub requirements: Vec<String>,
    /// The kinds of bidders.
    pub kinds: Vec<Kind>,
    /// What goes together.
    pub copula: Copula,
    /// The kind of each bidder.
    pub bidders: Vec<usize>,
}

/// A kind of bidder (soort inschrijver).
#[derive(Clone, Debug)]
pub struct Kind {
    /// Identifier.
    pub id: String,
    /// What such a bidder is called.
    pub title: Option<String>,
    /// How many there are.
    pub count: u32,
    /// The chance that each of them bids.
    pub takes_part: Option<f64>,
    /// What it draws by key; none where it offers nothing.
    pub draws: Vec<Option<Draw>>,
    /// The levels with the share of bidders up to each.
    pub levels: Vec<LevelChance>,
    /// The chance that each requirement is met; none where it always is.
    pub met: Vec<Option<f64>>,
    /// Bids of earlier tenders, in the place of draws.
    pub past: Vec<PastBid>,
}

/// The chance of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct LevelChance {
    /// The level.
    pub level: LevelRank,
    /// The share of bidders with this level or one before it in the list.
    pub up_to: f64,
    /// By what the price is multiplied.
    pub factor: Option<Decimal>,
}

/// A bid of an earlier tender.
#[derive(Clone, Debug, PartialEq)]
pub struct PastBid {
    /// Its numbers by key.
    pub values: Vec<Decimal>,
    /// Its level.
    pub level: LevelRank,
    /// Whether it met each requirement.
    pub met: Vec<bool>,
}

/// One tender that was drawn.
#[derive(Clone, Debug, Default)]
pub struct Drawn {
    /// The numbers, bid by bid in the order of the keys.
    values: Vec<Decimal>,
    /// The requirements met, bid by bid.
    met: Vec<bool>,
    /// What each bid has besides.
    pub bids: Vec<DrawnBid>,
    keys: usize,
    requirements: usize,
    scores: Vec<Option<f64>>,
    common: Vec<f64>,
    own: Vec<f64>,
    order: Vec<usize>,
}

/// A bid that was drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DrawnBid {
    /// Whether the bidder bids.
    pub takes_part: bool,
    /// Its level, as its rank on the ladder.
    pub level: usize,
    /// Its place where lots are drawn: the lowest comes first.
    pub lot: u64,
}

impl Drawn {
    /// The number that a bid has on a key.
    #[inline]
    #[must_use]
    pub fn value(&self, bid: usize, key: usize) -> Decimal {
        self.values.get(bid * self.keys + key).copied().unwrap_or_default()
    }

    /// Whether a bid meets a requirement.
    #[must_use]
    pub fn meets(&self, bid: usize, requirement: usize) -> bool {
        self.met.get(bid * self.requirements + requirement).copied().unwrap_or(true)
    }
}

impl Market {
    /// Draws one tender. The seed and its number say everything about it: no tender knows of another.
    pub fn draw(&self, seed: Seed, tender: u64, drawn: &mut Drawn) {
        let mut random = ChaCha8Rng::from_seed(seed);
        random.set_stream(tender);
        (drawn.keys, drawn.requirements) = (self.keys.len(), self.requirements.len());
        drawn.values.clear();
        drawn.met.clear();
        drawn.bids.clear();
        self.copula.share(&mut random, &mut drawn.common);
        let mut kind_before = None;
        let mut nth = 0;
        for index in &self.bidders {
            let Some(kind) = self.kinds.get(*index) else { continue };
            nth = if kind_before == Some(*index) { nth + 1 } else { 0 };
            kind_before = Some(*index);
            let takes_part = kind.takes_part.is_none_or(|chance| random.random::<f64>() < chance);
            let level = if kind.past.is_empty() {
                self.draw_bid(kind, &mut random, drawn)
            } else {
                draw_past(kind, nth, &mut random, drawn)
            };
            drawn.bids.push(DrawnBid { takes_part, level, lot: random.next_u64() });
        }
    }

    /// Draws a bid from distributions; its level.
    fn draw_bid(&self, kind: &Kind, random: &mut ChaCha8Rng, drawn: &mut Drawn) -> usize {
        drawn.scores.clear();
        drawn.scores.resize(self.keys.len(), None);
        self.copula.scores(random, &drawn.common, &mut drawn.own, &mut drawn.scores);
        let place_of = |score: &Option<f64>| score.map_or(Place::Free, Place::Normal);
        let start = drawn.values.len();
        let mut chosen: Option<&LevelChance> = None;
        for ((key, draw), score) in self.keys.iter().zip(&kind.draws).zip(&drawn.scores) {
            let value = match (key, draw) {
                (Key::Level, _) if kind.levels.is_empty() => Decimal::ZERO,
                (Key::Level, _) => {
                    let share = place_of(score).share(random);
                    chosen = kind.levels.iter().find(|level| share < level.up_to).or(kind.levels.last());
                    Decimal::ZERO
                }
                (_, Some(draw)) => draw.at(place_of(score), random),
                (_, None) => Decimal::ZERO,
            };
            drawn.values.push(value);
        }
        if let Some(factor) = chosen.and_then(|level| level.factor) {
            let own = drawn.values.iter_mut().skip(start).zip(&self.keys).zip(&kind.draws);
            for ((price, _), draw) in own.filter(|((_, key), _)| key.is_price()) {
                let decimals = draw.as_ref().map_or(0, Draw::decimals);
                let dearer = price.checked_mul(factor).unwrap_or(*price);
                *price = dearer.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
            }
        }
        for chance in &kind.met {
            drawn.met.push(chance.is_none_or(|chance| random.random::<f64>() < chance));
        }
        chosen.map_or(0, |level| level.level.0)
    }
}

/// Draws an earlier bid, whole; the bidders of one kind draw without putting back while there are bids left.
fn draw_past(kind: &Kind, nth: usize, random: &mut ChaCha8Rng, drawn: &mut Drawn) -> usize {
    let place = nth % kind.past.len().max(1);
    if place == 0 {
        drawn.order.clear();
        drawn.order.extend(0..kind.past.len());
    }
    let left = (kind.past.len() - place).to_f64().unwrap_or_default();
    let step = (random.random::<f64>() * left).to_usize().unwrap_or_default();
    drawn.order.swap(place, (place + step).min(kind.past.len().saturating_sub(1)));
    let Some(bid) = drawn.order.get(place).and_then(|row| kind.past.get(*row)) else { return 0 };
    drawn.values.extend_from_slice(&bid.values);
    drawn.met.extend_from_slice(&bid.met);
    bid.level.0
}
