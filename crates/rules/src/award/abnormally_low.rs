//! Abnormally low bids (abnormaal lage inschrijvingen): a rule flags and never rejects. The bidder is asked
//! for an explanation first (Aw 2012 art. 2.116; C-367/19 for a price of zero).

use rust_decimal::Decimal;

use super::low_bid_bound::{
    DiscountThreshold, LowBidBound, TrimmedMean, below_deviations, below_estimate, below_median,
};
use trede_base::exact::Exact;

/// A declared rule, and for which numbers of bids it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LowBidRule {
    /// The rule.
    pub rule: AbnormallyLowRule,
    /// From so many admitted bids on.
    pub from_bids: usize,
    /// Up to so many admitted bids.
    pub to_bids: usize,
    /// A price at the bound is not flagged: only one below it.
    pub strictly: bool,
}

impl From<AbnormallyLowRule> for LowBidRule {
    /// The rule for any number of bids, its bound included.
    fn from(rule: AbnormallyLowRule) -> Self {
        LowBidRule { rule, from_bids: 0, to_bids: usize::MAX, strictly: false }
    }
}

/// What a price is held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AbnormallyLowRule {
    /// 1 − P / mean of the others ≥ percent. Prozorro: 40 percent below the mean of the initial prices.
    BelowMeanOfOthers {
        /// The bound in percent.
        percent: Decimal,
        /// Which prices of the others.
        others: AmountList,
    },
    /// 1 − P / mean of all prices, the bid's own included ≥ percent.
    BelowMean {
        /// The bound in percent.
        percent: Decimal,
        /// Which prices make the mean.
        prices: AmountList,
    },
    /// 1 − P / next higher price ≥ percent. Prozorro: 30 percent below the next final price.
    BelowNext {
        /// The bound in percent.
        percent: Decimal,
        /// Which prices of the others.
        others: AmountList,
    },
    /// P ≤ the buyer's own bound in euros.
    BelowAmount(Decimal),
    /// 1 − P / mean of the prices that count ≥ percent.
    BelowTrimmedMean(TrimmedMean),
    /// 1 − P / median ≥ percent.
    BelowMedian {
        /// The bound in percent.
        percent: Decimal,
        /// Which prices make the median.
        prices: AmountList,
    },
    /// 1 − P / the buyer's estimate ≥ percent.
    BelowEstimate {
        /// The bound in percent.
        percent: Decimal,
        /// The estimate in euros.
        estimate: Decimal,
    },
    /// P ≤ mean − so many standard deviations.
    BelowDeviations {
        /// How many.
        deviations: Decimal,
        /// Which prices make the mean.
        prices: AmountList,
        /// Divided by n − 1 instead of n.
        sample: bool,
    },
    /// The discount on the base price is at or above the threshold.
    AboveDiscountThreshold(DiscountThreshold),
}

/// Which prices of the other bids are compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AmountList {
    /// As first offered.
    Initial,
    /// As scored.
    #[default]
    Final,
}

/// A flag on a bid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbnormallyLowFlag {
    /// Which of the declared rules.
    pub rule: AbnormallyLowRule,
    /// The price of the bid.
    pub price: Exact,
    /// What it was held against: the mean, the next price or the bound.
    pub against: Exact,
    /// The declared bound in percent, euros or deviations, or what a threshold of discounts came to.
    pub bound: Exact,
}

/// The prices of the field, with what every rule needs prepared once.
#[derive(Clone, Debug)]
pub struct Prices {
    finals: Vec<Exact>,
    initials: Vec<Exact>,
    sorted_finals: Vec<Exact>,
    sorted_initials: Vec<Exact>,
    sum_of_finals: Exact,
    sum_of_initials: Exact,
}

impl Prices {
    /// The final and initial price of each admitted bid, in one order.
    #[must_use]
    pub fn new(finals: Vec<Exact>, initials: Vec<Exact>) -> Self {
        let sorted = |prices: &[Exact]| {
            let mut prices = prices.to_vec();
            prices.sort();
            prices
        };
        Prices {
            sum_of_finals: Exact::sum(&finals),
            sum_of_initials: Exact::sum(&initials),
            sorted_finals: sorted(&finals),
            sorted_initials: sorted(&initials),
            finals,
            initials,
        }
    }

    /// The rule with what it needs of all bids, prepared once; none where it does not hold for so many bids, or has
    /// nothing to hold a price against.
    #[must_use]
    pub fn judge(&self, rule: impl Into<LowBidRule>) -> Option<Judge<'_>> {
        let rule = rule.into();
        let holds = (rule.from_bids..=rule.to_bids).contains(&self.finals.len());
        let bound = match rule.rule {
            AbnormallyLowRule::BelowMeanOfOthers { .. }
            | AbnormallyLowRule::BelowMean { .. }
            | AbnormallyLowRule::BelowNext { .. }
            | AbnormallyLowRule::BelowAmount(_) => None,
            AbnormallyLowRule::BelowTrimmedMean(mean) => Some(mean.bound(self)?),
            AbnormallyLowRule::BelowMedian { percent, prices } => Some(below_median(self, prices, percent)?),
            AbnormallyLowRule::BelowEstimate { percent, estimate } => {
                Some(below_estimate(estimate, percent)?)
            }
            AbnormallyLowRule::BelowDeviations { deviations, prices, sample } => {
                Some(below_deviations(self, prices, deviations, sample)?)
            }
            AbnormallyLowRule::AboveDiscountThreshold(threshold) => Some(threshold.bound(self)?),
        };
        holds.then_some(Judge { prices: self, rule, bound })
    }

    /// The flag that a rule puts on the bid at `index`, if it does.
    #[must_use]
    pub fn flag(&self, rule: impl Into<LowBidRule>, index: usize) -> Option<AbnormallyLowFlag> {
        self.judge(rule)?.flag(index)
    }

    /// The prices of a list, rising.
    pub(super) fn sorted(&self, list: AmountList) -> &[Exact] {
        match list {
            AmountList::Initial => &self.sorted_initials,
            AmountList::Final => &self.sorted_finals,
        }
    }

    fn mean(&self, list: AmountList) -> Option<Exact> {
        let (prices, sum) = match list {
            AmountList::Initial => (&self.initials, &self.sum_of_initials),
            AmountList::Final => (&self.finals, &self.sum_of_finals),
        };
        Some(sum.over(&Exact::from(prices.len()))?.simplified())
    }

    fn mean_of_others(&self, list: AmountList, index: usize) -> Option<Exact> {
        let (prices, sum) = match list {
            AmountList::Initial => (&self.initials, &self.sum_of_initials),
            AmountList::Final => (&self.finals, &self.sum_of_finals),
        };
        let others = Exact::from(prices.len().checked_sub(1)?);
        Some(sum.minus(prices.get(index)?).over(&others)?.simplified())
    }

    /// The lowest price of the other bids that is not below this one.
    fn next(&self, list: AmountList, price: &Exact, index: usize) -> Option<Exact> {
        let (sorted, own) = match list {
            AmountList::Initial => (&self.sorted_initials, self.initials.get(index)?),
            AmountList::Final => (&self.sorted_finals, price),
        };
        let mut from = sorted.partition_point(|other| other < price);
        if sorted.get(from) == Some(own) {
            from += 1;
        }
        sorted.get(from).cloned()
    }
}

/// A rule that is ready to flag bids.
#[derive(Clone, Debug)]
pub struct Judge<'a> {
    prices: &'a Prices,
    rule: LowBidRule,
    /// The bound, where it is one for all bids and drawn from all of them.
    pub bound: Option<LowBidBound>,
}

impl Judge<'_> {
    /// The flag on the bid at `index`, if it gets one.
    #[must_use]
    pub fn flag(&self, index: usize) -> Option<AbnormallyLowFlag> {
        let prices = self.prices;
        let rule = self.rule.rule;
        let price = prices.finals.get(index)?;
        let is_low =
            |price: &Exact, bound: &Exact| if self.rule.strictly { price < bound } else { price <= bound };
        let flagged = |against: Exact, percent: Decimal| {
            let bound = Exact::from(percent);
            let most = Exact::HUNDRED.minus(&bound).times(&against);
            let below = against.is_positive() && is_low(&price.times(&Exact::HUNDRED), &most);
            below.then(|| AbnormallyLowFlag { rule, price: price.clone(), against, bound })
        };
        match rule {
            AbnormallyLowRule::BelowMeanOfOthers { percent, others } => {
                flagged(prices.mean_of_others(others, index)?, percent)
            }
            AbnormallyLowRule::BelowMean { percent, prices: list } => flagged(prices.mean(list)?, percent),
            AbnormallyLowRule::BelowNext { percent, others } => {
                flagged(prices.next(others, price, index)?, percent)
            }
            AbnormallyLowRule::BelowAmount(bound) => {
                let (against, bound) = (Exact::from(bound), Exact::from(bound));
                let low = is_low(price, &against);
                low.then(|| AbnormallyLowFlag { rule, price: price.clone(), against, bound })
            }
            AbnormallyLowRule::BelowTrimmedMean(_)
            | AbnormallyLowRule::BelowMedian { .. }
            | AbnormallyLowRule::BelowEstimate { .. }
            | AbnormallyLowRule::BelowDeviations { .. }
            | AbnormallyLowRule::AboveDiscountThreshold(_) => {
                let LowBidBound { at, against, bound, .. } = self.bound.as_ref()?;
                let (price, against, bound) = (price.clone(), against.clone(), bound.clone());
                is_low(&price, at).then_some(AbnormallyLowFlag { rule, price, against, bound })
            }
        }
    }
}

impl AbnormallyLowRule {
    /// Whether it compares with the prices as first offered.
    #[must_use]
    pub fn needs_initial_prices(&self) -> bool {
        let list = match self {
            AbnormallyLowRule::BelowMeanOfOthers { others: list, .. }
            | AbnormallyLowRule::BelowMean { prices: list, .. }
            | AbnormallyLowRule::BelowNext { others: list, .. }
            | AbnormallyLowRule::BelowMedian { prices: list, .. }
            | AbnormallyLowRule::BelowDeviations { prices: list, .. } => *list,
            AbnormallyLowRule::BelowTrimmedMean(mean) => mean.prices,
            AbnormallyLowRule::BelowAmount(_)
            | AbnormallyLowRule::BelowEstimate { .. }
            | AbnormallyLowRule::AboveDiscountThreshold(_) => AmountList::Final,
        };
        list == AmountList::Initial
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            AbnormallyLowRule::BelowMeanOfOthers { .. } => "below-mean-of-others",
            AbnormallyLowRule::BelowMean { .. } | AbnormallyLowRule::BelowTrimmedMean(_) => "below-mean",
            AbnormallyLowRule::BelowNext { .. } => "below-next",
            AbnormallyLowRule::BelowAmount(_) => "below-amount",
            AbnormallyLowRule::BelowMedian { .. } => "below-median",
            AbnormallyLowRule::BelowEstimate { .. } => "below-estimate",
            AbnormallyLowRule::BelowDeviations { .. } => "below-deviations",
            AbnormallyLowRule::AboveDiscountThreshold(_) => "above-discount-threshold",
        }
    }
}
