//! Abnormally low bids (abnormaal lage inschrijvingen): a rule flags and never rejects. The bidder is asked
//! for an explanation first (Aw 2012 art. 2.116; C-367/19 for a price of zero).

use rust_decimal::Decimal;

use trede_base::exact::Exact;

/// A declared rule; its bound is inclusive.
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
}

/// Which prices of the other bids are compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountList {
    /// As first offered.
    Initial,
    /// As scored.
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

    /// The flag that a rule puts on the bid at `index`, if it does.
    #[must_use]
    pub fn flag(&self, rule: AbnormallyLowRule, index: usize) -> Option<AbnormallyLowFlag> {
        let price = self.finals.get(index)?;
        let flagged = |against: Exact, percent: Decimal| {
            let bound = Exact::HUNDRED.minus(&Exact::from(percent)).times(&against);
            let below = against.is_positive() && price.times(&Exact::HUNDRED) <= bound;
            below.then(|| AbnormallyLowFlag { rule, price: price.clone(), against })
        };
        match rule {
            AbnormallyLowRule::BelowMeanOfOthers { percent, others } => {
                flagged(self.mean_of_others(others, index)?, percent)
            }
            AbnormallyLowRule::BelowMean { percent, prices } => flagged(self.mean(prices)?, percent),
            AbnormallyLowRule::BelowNext { percent, others } => {
                flagged(self.next(others, price, index)?, percent)
            }
            AbnormallyLowRule::BelowAmount(bound) => {
                let against = Exact::from(bound);
                (*price <= against).then(|| AbnormallyLowFlag { rule, price: price.clone(), against })
            }
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
