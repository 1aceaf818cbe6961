//! Whether the rules that flag low bids can flag any.

use rust_decimal::Decimal;

use crate::award::abnormally_low::AbnormallyLowRule;
use crate::award::model::AwardModel;
use crate::explaining::finding::{Finding, FindingCode};

pub(super) fn check(model: &AwardModel, found: &mut Vec<Finding>) {
    for (index, low) in model.abnormally_low.iter().enumerate() {
        let mut outside = |number: Decimal, lowest: Decimal, highest: Decimal| {
            if number < lowest || number > highest {
                let place = format!("/abnormallyLow/{index}");
                let details = [number, lowest, highest].map(|number| number.to_string());
                found.push(Finding::new(FindingCode::OutOfRange, place, details));
            }
        };
        let (nothing, hundred) = (Decimal::ZERO, Decimal::ONE_HUNDRED);
        // Half of the bids at each end would leave none.
        let most_trimmed = Decimal::new(499, 1);
        let cent = Decimal::new(1, 2);
        match &low.rule {
            AbnormallyLowRule::BelowMeanOfOthers { percent, .. }
            | AbnormallyLowRule::BelowMean { percent, .. }
            | AbnormallyLowRule::BelowMedian { percent, .. }
            | AbnormallyLowRule::BelowNext { percent, .. } => outside(*percent, nothing, hundred),
            AbnormallyLowRule::BelowAmount(amount) => outside(*amount, nothing, Decimal::MAX),
            AbnormallyLowRule::BelowEstimate { percent, estimate } => {
                outside(*percent, nothing, hundred);
                outside(*estimate, cent, Decimal::MAX);
            }
            AbnormallyLowRule::BelowDeviations { deviations, .. } => outside(*deviations, nothing, hundred),
            AbnormallyLowRule::BelowTrimmedMean(mean) => {
                outside(mean.percent, nothing, hundred);
                outside(mean.trim_percent.unwrap_or_default(), nothing, most_trimmed);
                outside(mean.leave_out_above_percent.unwrap_or_default(), nothing, Decimal::from(1_000));
                outside(mean.estimate.unwrap_or(cent), cent, Decimal::MAX);
            }
            AbnormallyLowRule::AboveDiscountThreshold(threshold) => {
                outside(threshold.base, cent, Decimal::MAX);
                outside(threshold.trim_percent, nothing, most_trimmed);
                outside(threshold.mean_decimals.unwrap_or_default().into(), nothing, Decimal::TEN);
                if let Some(small) = threshold.small_spread {
                    outside(small.at_most_percent, nothing, hundred);
                    outside(small.add_percent, nothing, hundred);
                }
            }
        }
        if low.from_bids > low.to_bids {
            let place = format!("/abnormallyLow/{index}/toBids");
            let details = [low.from_bids.to_string(), low.to_bids.to_string()];
            found.push(Finding::new(FindingCode::BoundsEmpty, place, details));
        }
    }
}
