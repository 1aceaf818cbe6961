//! Bounds for low bids that published rules draw from all bids together: a trimmed mean, a median, a number of
//! standard deviations below the mean, a share below the estimate, and the Italian threshold of discounts.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::abnormally_low::{AmountList, Prices};
use crate::explaining::{Rule, Step, Terms};
use trede_base::exact::{Exact, Growth, Half};

/// A mean over the prices that count, and the share below it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrimmedMean {
    /// The bound in percent below the mean.
    pub percent: Decimal,
    /// Which prices make the mean.
    pub prices: AmountList,
    /// So many percent of the bids, rounded up, leave the mean at each end.
    pub trim_percent: Option<Decimal>,
    /// Bids so many percent above the first mean leave it, and a second mean is taken (Spain, RD 1098/2001 art. 85;
    /// the French double moyenne).
    pub leave_out_above_percent: Option<Decimal>,
    /// Where fewer than so many would stay, the mean is over so many lowest.
    pub at_least: usize,
    /// The buyer's estimate counts as one price more.
    pub estimate: Option<Decimal>,
}

/// The threshold of discounts (soglia di anomalia): the mean of the discounts on the base price without the ends,
/// plus the mean excess of those above it (D.Lgs. 163/2006 art. 86, 50/2016 art. 97, 36/2023 annex II.2 method A).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DiscountThreshold {
    /// The price from which discounts are counted (base d'asta).
    pub base: Decimal,
    /// So many percent of the bids, rounded up, leave the mean at each end, with all that are equal to them.
    pub trim_percent: Decimal,
    /// The threshold is lowered by the mean excess times the product of the first two decimals of the sum, in percent.
    pub decrement: bool,
    /// Where the mean excess is at most such a share of the mean, the threshold is the mean and a share of it.
    pub small_spread: Option<SmallSpread>,
    /// Each mean is rounded half up to so many decimals; none for no rounding.
    pub mean_decimals: Option<u32>,
}

/// What holds where discounts lie close together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SmallSpread {
    /// The mean excess is at most so many percent of the mean.
    pub at_most_percent: Decimal,
    /// The threshold is the mean and so many percent of it.
    pub add_percent: Decimal,
}

/// A bound that holds for all bids, with how it came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowBidBound {
    /// The price at which a bid is flagged.
    pub at: Exact,
    /// What it is held against: the mean, median or estimate, or the price at the threshold.
    pub against: Exact,
    /// What is declared: the percent, or what the threshold came to.
    pub bound: Exact,
    /// How it came about.
    pub steps: Vec<Step>,
}

/// Collects steps.
#[derive(Default)]
struct Told(Vec<Step>);

impl Told {
    fn add(&mut self, rule: Rule, terms: Terms, result: Exact) -> Exact {
        self.0.push(Step { rule, terms, result: result.clone() });
        result
    }

    /// The mean of a list that is not empty, rounded where that is declared.
    fn mean(&mut self, rule: Rule, numbers: Vec<Exact>, decimals: Option<u32>) -> Option<Exact> {
        let mean = Exact::sum(&numbers).over(&Exact::from(numbers.len()))?.simplified();
        let mean = self.add(rule, Terms::list(numbers), mean);
        Some(match decimals {
            Some(decimals) => {
                let rounded = mean.rounded(decimals, Half::Up);
                let terms = Terms::of([mean, Exact::from(Decimal::from(decimals))]);
                self.add(Rule::LowBidRounded, terms, rounded)
            }
            None => mean,
        })
    }

    /// The bound so many percent below a number; none where that is not above zero.
    fn share_below(mut self, against: Exact, percent: Decimal) -> Option<LowBidBound> {
        if !against.is_positive() {
            return None;
        }
        let bound = Exact::from(percent);
        let kept = Exact::HUNDRED.minus(&bound).over(&Exact::HUNDRED)?;
        let terms = Terms::of([against.clone(), bound.clone()]);
        let at = self.add(Rule::LowBidShareBelow, terms, against.times(&kept).simplified());
        Some(LowBidBound { at, against, bound, steps: self.0 })
    }
}

/// How many bids a percentage takes, rounded up.
fn rounded_up(count: usize, percent: Decimal) -> usize {
    let share =
        Decimal::from(count).checked_mul(percent).and_then(|share| share.checked_div(Decimal::ONE_HUNDRED));
    share.and_then(|share| share.ceil().to_usize()).unwrap_or(count)
}

impl TrimmedMean {
    pub(super) fn bound(&self, prices: &Prices) -> Option<LowBidBound> {
        let mut told = Told::default();
        let mut counted = prices.sorted(self.prices).to_vec();
        if let Some(estimate) = self.estimate {
            counted.push(Exact::from(estimate));
            counted.sort();
        }
        if let Some(percent) = self.trim_percent {
            let out = rounded_up(counted.len(), percent);
            counted = counted.get(out..counted.len().checked_sub(out)?)?.to_vec();
        }
        let mut mean = told.mean(Rule::LowBidMean, counted.clone(), None)?;
        if let Some(percent) = self.leave_out_above_percent {
            let kept = Exact::HUNDRED.plus(&Exact::from(percent)).over(&Exact::HUNDRED)?;
            let terms = Terms::of([mean.clone(), Exact::from(percent)]);
            let most = told.add(Rule::LowBidShareAbove, terms, mean.times(&kept).simplified());
            let mut within = counted.iter().filter(|price| **price <= most).count();
            if within < counted.len() {
                within = within.max(self.at_least).min(counted.len());
                mean = told.mean(Rule::LowBidSecondMean, counted.get(..within)?.to_vec(), None)?;
            }
        }
        told.share_below(mean, self.percent)
    }
}

/// A share below the median of all prices.
pub(super) fn below_median(prices: &Prices, list: AmountList, percent: Decimal) -> Option<LowBidBound> {
    let sorted = prices.sorted(list);
    let before = sorted.len().checked_sub(1)? / 2;
    let middle = sorted.get(before..sorted.len() - before)?.to_vec();
    let mut told = Told::default();
    let median = told.mean(Rule::LowBidMedian, middle, None)?;
    told.share_below(median, percent)
}

/// A share below the buyer's estimate (geraamde waarde).
pub(super) fn below_estimate(estimate: Decimal, percent: Decimal) -> Option<LowBidBound> {
    Told::default().share_below(Exact::from(estimate), percent)
}

/// So many standard deviations below the mean; the deviation is rounded half even to 20 decimals.
pub(super) fn below_deviations(
    prices: &Prices,
    list: AmountList,
    deviations: Decimal,
    sample: bool,
) -> Option<LowBidBound> {
    let counted = prices.sorted(list);
    let mut told = Told::default();
    let mean = told.mean(Rule::LowBidMean, counted.to_vec(), None)?;
    let mut squares = Vec::with_capacity(counted.len());
    for price in counted {
        let away = price.minus(&mean);
        let terms = Terms::of([price.clone(), mean.clone()]);
        squares.push(told.add(Rule::LowBidSquare, terms, away.times(&away).simplified()));
    }
    let divisor = Exact::from(if sample { counted.len().checked_sub(1)? } else { counted.len() });
    let sum = told.add(Rule::LowBidSum, Terms::list(squares.clone()), Exact::sum(&squares));
    let variance = sum.over(&divisor)?.simplified();
    let deviation = Growth::new(variance, 2).map_or(Exact::ZERO, |variance| variance.after(1));
    let deviation = told.add(Rule::LowBidDeviation, Terms::of([sum, divisor]), deviation);
    let times = Exact::from(deviations);
    let at = mean.minus(&times.times(&deviation)).simplified();
    let terms = Terms::of([mean.clone(), times.clone(), deviation]);
    let at = told.add(Rule::LowBidDeviationsBelow, terms, at);
    Some(LowBidBound { at, against: mean, bound: times, steps: told.0 })
}

impl DiscountThreshold {
    pub(super) fn bound(&self, prices: &Prices) -> Option<LowBidBound> {
        let mut told = Told::default();
        let base = Exact::from(self.base);
        let mut discounts = Vec::new();
        // The highest price has the lowest discount.
        for price in prices.sorted(AmountList::Final).iter().rev() {
            let discount = base.minus(price).times(&Exact::HUNDRED).over(&base)?.simplified();
            discounts.push(told.add(
                Rule::LowBidDiscount,
                Terms::of([base.clone(), price.clone()]),
                discount,
            ));
        }
        let counted = self.without_the_ends(&discounts)?;
        let sum = told.add(Rule::LowBidSum, Terms::list(counted.clone()), Exact::sum(&counted));
        let mean = told.mean(Rule::LowBidMeanDiscount, counted.clone(), self.mean_decimals)?;
        let mut excess = Vec::new();
        for discount in counted.iter().filter(|discount| **discount > mean) {
            let terms = Terms::of([discount.clone(), mean.clone()]);
            excess.push(told.add(Rule::LowBidExcess, terms, discount.minus(&mean).simplified()));
        }
        let excess = match excess.is_empty() {
            true => Exact::ZERO,
            false => told.mean(Rule::LowBidMeanExcess, excess, self.mean_decimals)?,
        };
        let threshold = self.threshold(&mut told, &sum, &mean, &excess)?;
        let kept = Exact::HUNDRED.minus(&threshold).over(&Exact::HUNDRED)?;
        let terms = Terms::of([base.clone(), threshold.clone()]);
        let at = told.add(Rule::LowBidShareBelow, terms, base.times(&kept).simplified());
        Some(LowBidBound { against: at.clone(), at, bound: threshold, steps: told.0 })
    }

    /// The discounts, rising, without the ends and without those that are equal to what was cut.
    fn without_the_ends(&self, discounts: &[Exact]) -> Option<Vec<Exact>> {
        let out = rounded_up(discounts.len(), self.trim_percent);
        if out == 0 {
            return Some(discounts.to_vec());
        }
        let lowest = discounts.get(out.checked_sub(1)?)?;
        let highest = discounts.get(discounts.len().checked_sub(out)?)?;
        Some(discounts.iter().filter(|one| *one > lowest && *one < highest).cloned().collect())
    }

    fn threshold(&self, told: &mut Told, sum: &Exact, mean: &Exact, excess: &Exact) -> Option<Exact> {
        if let Some(small) = self.small_spread {
            let terms = Terms::of([excess.clone(), mean.clone()]);
            let ratio = excess.times(&Exact::HUNDRED).over(mean)?.simplified();
            let ratio = told.add(Rule::LowBidSpread, terms, ratio);
            if ratio <= Exact::from(small.at_most_percent) {
                let add = Exact::from(small.add_percent);
                let factor = Exact::HUNDRED.plus(&add).over(&Exact::HUNDRED)?;
                let terms = Terms::of([mean.clone(), add]);
                return Some(told.add(Rule::LowBidShareAbove, terms, mean.times(&factor).simplified()));
            }
        }
        let terms = Terms::of([mean.clone(), excess.clone()]);
        let threshold = told.add(Rule::LowBidThreshold, terms, mean.plus(excess).simplified());
        if !self.decrement {
            return Some(threshold);
        }
        let (first, second) = sum.first_decimals()?;
        let (first, second) = (Exact::from(i32::from(first)), Exact::from(i32::from(second)));
        let less = excess.times(&first).times(&second).over(&Exact::HUNDRED)?;
        let lowered = threshold.minus(&less).simplified();
        let terms = Terms::of([threshold, excess.clone(), first, second]);
        Some(told.add(Rule::LowBidDecrement, terms, lowered))
    }
}
