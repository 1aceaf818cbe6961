//! Which criterion decides in fact: how much of the differences between totals each one makes.
//!
//! Of two bids the total of one less that of the other, D, is a sum of what each criterion contributes, d. Over all pairs
//! of ranked bids in all tenders the share of a criterion is Σ d·D / Σ D²: the covariance decomposition of the variance
//! of D, so the shares add up to the whole. Where price and quality multiply, D is no such sum, and no share is told.

use crate::figures::billionths;
use crate::seat::score_of;
use crate::study::Trial;
use trede_base::exact::Exact;
use trede_rules::award::criterion::Content;
use trede_rules::award::field::Field;
use trede_rules::award::layout::{Leaf, Role};
use trede_rules::award::model::{Best, Method};
use trede_rules::award::price_formula::price_score;
use trede_rules::award::total::method_total;
use trede_rules::award::{Evaluation, Outcome};

/// Sums over tenders, in whole numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Decisive {
    /// Σ d·D of each criterion.
    pub products: Vec<i128>,
    /// Σ D².
    pub squares: i128,
    /// In how many tenders another bid would have the best total without the criterion.
    pub turns: Vec<u64>,
}

impl Decisive {
    /// Nothing yet, for so many criteria.
    #[must_use]
    pub fn new(criteria: usize) -> Self {
        Decisive { products: vec![0; criteria], squares: 0, turns: vec![0; criteria] }
    }

    /// Adds the tenders of another.
    pub fn merge(&mut self, other: &Decisive) {
        self.squares += other.squares;
        for (sum, other) in self.products.iter_mut().zip(&other.products) {
            *sum += other;
        }
        for (sum, other) in self.turns.iter_mut().zip(&other.turns) {
            *sum += other;
        }
    }
}

/// How totals come about, and so in which unit contributions are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A sum of points, in millionths.
    Points,
    /// A price less what quality is worth, in cents.
    Euros,
    /// Price and quality multiply; what a criterion adds depends on the others.
    Product,
}

fn kind_of(method: &Method) -> Kind {
    match method {
        Method::LowestPrice | Method::LowestCost | Method::FictitiousDiscount | Method::AwardOnValue => {
            Kind::Euros
        }
        Method::QualityMarkUp
        | Method::PriceQualityRatio(_)
        | Method::ExtendedRatio(..)
        | Method::PricePerPoint
        | Method::UtilityIndex
        | Method::Features => Kind::Product,
        _ => Kind::Points,
    }
}

/// Billionths in a millionth, and in a cent.
const MILLIONTH: i128 = 1_000;
const CENT: i128 = 10_000_000;
/// A million points or ten billion euros: beyond it a contribution counts as this, so
/// that sums of squares over 200 criteria, 50 bids and 100,000 tenders stay within 10^38.
const MOST: i128 = 1_000_000_000_000;

/// Weighs one tender after another.
#[derive(Clone, Debug, Default)]
pub struct Scales {
    /// What each criterion contributes, bid by bid.
    parts: Vec<i128>,
    totals: Vec<i128>,
}

impl Scales {
    /// Adds a tender with this winner.
    pub fn add(&mut self, trial: &Trial, evaluation: &Evaluation, winner: usize, sums: &mut Decisive) {
        let kind = kind_of(&trial.declared.model.method);
        let criteria = trial.declared.layout.leaves.len();
        let ranked = || evaluation.outcomes.iter().enumerate().filter(|(_, outcome)| outcome.is_ranked());
        let Some(winner) = ranked().position(|(bid, _)| bid == winner) else { return };
        self.parts.clear();
        self.totals.clear();
        for (_, outcome) in ranked() {
            let start = self.parts.len();
            for (index, leaf) in trial.declared.layout.leaves.iter().enumerate() {
                self.parts.push(contribution(trial, &evaluation.field, outcome, index, leaf, kind));
            }
            self.totals.push(self.parts.get(start..).unwrap_or_default().iter().sum());
        }
        if kind == Kind::Product {
            let bids: Vec<&Outcome> = ranked().map(|(_, outcome)| outcome).collect();
            turned(trial, &evaluation.field, &bids, winner, sums);
        } else {
            self.sum_up(trial, criteria, winner, sums);
        }
    }

    /// Totals that are sums: over all pairs, n·Σ c·T − Σ c·Σ T.
    fn sum_up(&self, trial: &Trial, criteria: usize, winner: usize, sums: &mut Decisive) {
        let bids = i128::try_from(self.totals.len()).unwrap_or_default();
        let all: i128 = self.totals.iter().sum();
        sums.squares += bids * self.totals.iter().map(|total| total * total).sum::<i128>() - all * all;
        let lowest_wins = trial.declared.model.method.best() == Best::Lowest;
        for (criterion, (product, turns)) in sums.products.iter_mut().zip(&mut sums.turns).enumerate() {
            let own = || self.parts.iter().skip(criterion).step_by(criteria.max(1)).zip(&self.totals);
            let with_total: i128 = own().map(|(part, total)| part * total).sum();
            *product += bids * with_total - own().map(|(part, _)| part).sum::<i128>() * all;
            let without = || own().map(|(part, total)| total - part);
            let best = if lowest_wins { without().min() } else { without().max() };
            *turns += u64::from(without().nth(winner) != best);
        }
    }
}

/// Without a quality criterion the total is that of the other points, without the price the most points win, and
/// without a discount the real price counts.
fn turned(trial: &Trial, field: &Field, bids: &[&Outcome], winner: usize, sums: &mut Decisive) {
    let declared = &trial.declared;
    let lowest_wins = declared.model.method.best() == Best::Lowest;
    for (index, (leaf, turns)) in declared.layout.leaves.iter().zip(&mut sums.turns).enumerate() {
        let without = |bid: &&Outcome| match leaf.role {
            Role::Price(_) if lowest_wins => Some(bid.quality.negated()),
            Role::Price(_) => Some(bid.quality.clone()),
            Role::Discount => {
                let mut parts = bid.parts.clone();
                parts.prices = vec![bid.real_price(declared)?];
                Some(method_total(declared, &parts, &bid.quality, &Exact::ZERO, field).result)
            }
            _ => {
                let quality = bid.quality.minus(&points(trial, field, bid, index, leaf));
                Some(method_total(declared, &bid.parts, &quality, &Exact::ZERO, field).result)
            }
        };
        let totals: Option<Vec<Exact>> = bids.iter().map(without).collect();
        let Some(totals) = totals else { continue };
        let best = if lowest_wins { totals.iter().min() } else { totals.iter().max() };
        *turns += u64::from(totals.get(winner) != best);
    }
}

fn is_of_price(leaf: &Leaf) -> bool {
    matches!(leaf.role, Role::Price(_) | Role::Discount | Role::Fixed)
}

/// What a criterion contributes to the total of a bid: points, or euros with their sign.
fn contribution(
    trial: &Trial,
    field: &Field,
    outcome: &Outcome,
    index: usize,
    leaf: &Leaf,
    kind: Kind,
) -> i128 {
    let Some(score) = score_of(outcome, index) else { return 0 };
    let reduction = || {
        let real = outcome.real_price(&trial.declared).unwrap_or_default();
        real.minus(outcome.parts.prices.first().unwrap_or(&real))
    };
    let is_first = || {
        let mut discounts = trial.declared.layout.leaves.iter().filter(|leaf| leaf.role == Role::Discount);
        discounts.next().is_some_and(|first| first.id == leaf.id)
    };
    let unit =
        if kind == Kind::Points || !(is_of_price(leaf) || kind == Kind::Euros) { MILLIONTH } else { CENT };
    let number = match (leaf.role, kind) {
        (Role::Fixed, _) => return 0,
        (Role::Price(k), Kind::Points) => match real_points(trial, field, outcome, k, leaf) {
            Some(points) => points,
            None => score.declared.clone(),
        },
        (Role::Discount, Kind::Points) => {
            let leaves = &trial.declared.layout.leaves;
            let price = trial.declared.layout.prices.first();
            let of_price = price.and_then(|leaf| Some((leaves.get(*leaf)?, score_of(outcome, *leaf)?)));
            let gained = of_price.filter(|_| is_first()).and_then(|(leaf, score)| {
                Some(score.declared.minus(&real_points(trial, field, outcome, 0, leaf)?))
            });
            gained.unwrap_or_default()
        }
        (Role::Price(_), _) => score.raw.clone(),
        (Role::Discount, _) if is_first() => reduction().negated(),
        (Role::Discount, _) => return 0,
        (_, Kind::Euros) => points(trial, field, outcome, index, leaf).negated(),
        _ => points(trial, field, outcome, index, leaf),
    };
    (billionths(&number) / unit).clamp(-MOST, MOST)
}

/// What a price before discount would earn; none where there is no discount.
fn real_points(trial: &Trial, field: &Field, outcome: &Outcome, price: usize, leaf: &Leaf) -> Option<Exact> {
    let declared = &trial.declared;
    declared.layout.leaves.iter().find(|leaf| leaf.role == Role::Discount)?;
    let real = outcome.real_price(declared)?;
    Some(price_score(&declared.model.method, leaf, &real, field.prices.get(price)?)?.result)
}

/// What a criterion earns; what is held against the best bid together, by its own part of that.
fn points(trial: &Trial, field: &Field, outcome: &Outcome, index: usize, leaf: &Leaf) -> Exact {
    let Some(score) = score_of(outcome, index) else { return Exact::ZERO };
    let layout = &trial.declared.layout;
    match leaf.role {
        Role::InNode(node) if !layout.is_node_by_itself(index) => {
            let of_best = layout.nodes.get(node).zip(field.best.get(node));
            let share = of_best.and_then(|(node, best)| score.declared.times(&node.full).over(best));
            share.unwrap_or_default()
        }
        _ if matches!(leaf.content, Content::FixedPrice(_)) => Exact::ZERO,
        _ => score.declared.clone(),
    }
}
