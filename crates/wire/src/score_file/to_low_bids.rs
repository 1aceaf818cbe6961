//! From the rules that flag low bids on the wire to the domain's: each rule takes its own fields and no others.

use rust_decimal::Decimal;

use super::low_bid::{AbnormallyLowInput, AbnormallyLowRuleInput, AmountListInput};
use crate::number::Number;
use trede_rules::award::abnormally_low::{AbnormallyLowRule, AmountList, LowBidRule};
use trede_rules::award::low_bid_bound::{DiscountThreshold, SmallSpread, TrimmedMean};
use trede_rules::explaining::finding::{Finding, FindingCode};

/// The declared rules; what is wrong with them is added to `found`.
pub(super) fn abnormally_low(input: &[AbnormallyLowInput], found: &mut Vec<Finding>) -> Vec<LowBidRule> {
    let mut rules = Vec::with_capacity(input.len());
    for (index, rule) in input.iter().enumerate() {
        let mut reader = Reader { index, input: rule, found };
        reader.refuse_unused();
        let whole = |bids: Option<u32>| bids.and_then(|bids| usize::try_from(bids).ok());
        rules.extend(reader.rule().map(|read| LowBidRule {
            rule: read,
            from_bids: whole(rule.from_bids).unwrap_or(0),
            to_bids: whole(rule.to_bids).unwrap_or(usize::MAX),
            strictly: rule.strictly,
        }));
    }
    rules
}

struct Reader<'a> {
    index: usize,
    input: &'a AbnormallyLowInput,
    found: &'a mut Vec<Finding>,
}

impl Reader<'_> {
    fn refuse_unused(&mut self) {
        use AbnormallyLowRuleInput as Rule;
        let input = self.input;
        let of_mean = &[Rule::BelowMean][..];
        let of_threshold = &[Rule::AboveDiscountThreshold][..];
        let by_percent = &[
            Rule::BelowMeanOfOthers,
            Rule::BelowMean,
            Rule::BelowNext,
            Rule::BelowMedian,
            Rule::BelowEstimate,
        ][..];
        let by_list = &[
            Rule::BelowMeanOfOthers,
            Rule::BelowMean,
            Rule::BelowNext,
            Rule::BelowMedian,
            Rule::BelowDeviations,
        ][..];
        for (given, field, rules) in [
            (input.percent.is_some(), "percent", by_percent),
            (input.amount.is_some(), "amount", &[Rule::BelowAmount]),
            (input.compared_with.is_some(), "comparedWith", by_list),
            (
                input.estimate.is_some(),
                "estimate",
                &[Rule::BelowMean, Rule::BelowEstimate, Rule::AboveDiscountThreshold],
            ),
            (input.trim_percent.is_some(), "trimPercent", &[Rule::BelowMean, Rule::AboveDiscountThreshold]),
            (input.leave_out_above_percent.is_some(), "leaveOutAbovePercent", of_mean),
            (input.at_least_bids.is_some(), "atLeastBids", of_mean),
            (input.deviations.is_some(), "deviations", &[Rule::BelowDeviations]),
            (input.sample, "sample", &[Rule::BelowDeviations]),
            (input.decrement, "decrement", of_threshold),
            (input.small_spread_percent.is_some(), "smallSpreadPercent", of_threshold),
            (input.add_percent.is_some(), "addPercent", of_threshold),
            (input.mean_decimals.is_some(), "meanDecimals", of_threshold),
        ] {
            if given && !rules.contains(&input.rule) {
                self.error(FindingCode::ParameterUnused, field);
            }
        }
        if input.at_least_bids.is_some() && input.leave_out_above_percent.is_none() {
            self.error(FindingCode::ParameterUnused, "atLeastBids");
        }
    }

    fn error(&mut self, code: FindingCode, field: &str) {
        let place = format!("/abnormallyLow/{}/{field}", self.index);
        self.found.push(Finding::new(code, place, ["abnormallyLow".to_owned(), field.to_owned()]));
    }

    fn required(&mut self, field: &str, given: Option<Number>) -> Option<Decimal> {
        if given.is_none() {
            self.error(FindingCode::ParameterMissing, field);
        }
        given.map(|number| number.0)
    }

    fn rule(&mut self) -> Option<AbnormallyLowRule> {
        let input = self.input;
        let list = match input.compared_with {
            Some(AmountListInput::Initial) => AmountList::Initial,
            Some(AmountListInput::Final) | None => AmountList::Final,
        };
        Some(match input.rule {
            AbnormallyLowRuleInput::BelowMeanOfOthers => {
                let percent = self.required("percent", input.percent)?;
                AbnormallyLowRule::BelowMeanOfOthers { percent, others: list }
            }
            AbnormallyLowRuleInput::BelowMean => self.below_mean(list)?,
            AbnormallyLowRuleInput::BelowNext => {
                let percent = self.required("percent", input.percent)?;
                AbnormallyLowRule::BelowNext { percent, others: list }
            }
            AbnormallyLowRuleInput::BelowAmount => {
                AbnormallyLowRule::BelowAmount(self.required("amount", input.amount)?)
            }
            AbnormallyLowRuleInput::BelowMedian => {
                let percent = self.required("percent", input.percent)?;
                AbnormallyLowRule::BelowMedian { percent, prices: list }
            }
            AbnormallyLowRuleInput::BelowEstimate => {
                let (percent, estimate) =
                    (self.required("percent", input.percent), self.required("estimate", input.estimate));
                AbnormallyLowRule::BelowEstimate { percent: percent?, estimate: estimate? }
            }
            AbnormallyLowRuleInput::BelowDeviations => {
                let deviations = self.required("deviations", input.deviations)?;
                AbnormallyLowRule::BelowDeviations { deviations, prices: list, sample: input.sample }
            }
            AbnormallyLowRuleInput::AboveDiscountThreshold => {
                AbnormallyLowRule::AboveDiscountThreshold(self.threshold()?)
            }
        })
    }

    fn below_mean(&mut self, prices: AmountList) -> Option<AbnormallyLowRule> {
        let input = self.input;
        let percent = self.required("percent", input.percent)?;
        let number = |number: Option<Number>| number.map(|number| number.0);
        let mean = TrimmedMean {
            percent,
            prices,
            trim_percent: number(input.trim_percent),
            leave_out_above_percent: number(input.leave_out_above_percent),
            at_least: input.at_least_bids.and_then(|bids| usize::try_from(bids).ok()).unwrap_or(1),
            estimate: number(input.estimate),
        };
        let plain = TrimmedMean { percent, prices, at_least: mean.at_least, ..TrimmedMean::default() };
        Some(if mean == plain {
            AbnormallyLowRule::BelowMean { percent, prices }
        } else {
            AbnormallyLowRule::BelowTrimmedMean(mean)
        })
    }

    fn threshold(&mut self) -> Option<DiscountThreshold> {
        let input = self.input;
        let base = self.required("estimate", input.estimate);
        let small_spread = match (input.small_spread_percent, input.add_percent) {
            (Some(most), Some(add)) => Some(SmallSpread { at_most_percent: most.0, add_percent: add.0 }),
            (None, None) => None,
            (most, _) => {
                let missing = if most.is_none() { "smallSpreadPercent" } else { "addPercent" };
                self.error(FindingCode::ParameterMissing, missing);
                None
            }
        };
        Some(DiscountThreshold {
            base: base?,
            trim_percent: input.trim_percent.map(|percent| percent.0).unwrap_or_default(),
            decrement: input.decrement,
            small_spread,
            mean_decimals: input.mean_decimals,
        })
    }
}
