//! From the wire to bonuses, limits and target groups.

use super::to_policy::{Reader, bonus_proration};
use super::{BonusInput, BonusMeasureInput, LimitInput, LimitOfInput, OverInput, TargetGroupInput};
use trede_base::exact::Exact;
use trede_base::national_group::NationalGroup;
use trede_rules::social_return::{
    Bonus, BonusWorth, Limit, Most, Over, SocialReturnFinding, SocialReturnFindingCode, TargetGroup,
};

impl BonusInput {
    /// The bonus; where what it is worth cannot be read, that is told, and nothing takes its place.
    pub(super) fn read(&self, place: &str, reader: &mut Reader) -> Bonus {
        let measure = self.measure.unwrap_or(BonusMeasureInput::Amount);
        let (amount, percent) = (self.amount.is_some(), self.percent.is_some());
        let proration = ("proration", self.proration.is_some());
        let owner = match measure {
            BonusMeasureInput::Amount => "amount",
            BonusMeasureInput::Hour => "hour",
            BonusMeasureInput::PercentOfBlock => "percent-of-block",
            BonusMeasureInput::PercentOfCost => "percent-of-cost",
        };
        let months = ("countsMonths", self.counts_months.is_some());
        match measure {
            BonusMeasureInput::Amount => reader.unused(place, owner, &[("percent", percent)]),
            BonusMeasureInput::Hour => {
                reader.unused(place, owner, &[("percent", percent), proration, months])
            }
            BonusMeasureInput::PercentOfBlock | BonusMeasureInput::PercentOfCost => {
                reader.unused(place, owner, &[("amount", amount), proration, months]);
            }
        }
        if self.proration == Some(super::BonusProrationInput::Flat) {
            reader.unused(place, "flat", &[months]);
        }
        let worth = match measure {
            BonusMeasureInput::Amount => reader
                .needed(place, owner, "amount", self.amount)
                .map(|euros| BonusWorth::Amount { euros, proration: self.proration.map(bonus_proration) }),
            BonusMeasureInput::Hour => {
                reader.needed(place, owner, "amount", self.amount).map(BonusWorth::Hour)
            }
            BonusMeasureInput::PercentOfBlock => {
                reader.needed_factor(place, owner, "percent", self.percent).map(BonusWorth::OfBlock)
            }
            BonusMeasureInput::PercentOfCost => {
                reader.needed_factor(place, owner, "percent", self.percent).map(BonusWorth::OfCost)
            }
        };
        Bonus {
            code: self.code.clone(),
            name: self.name.clone(),
            worth: worth.unwrap_or(BonusWorth::Hour(Exact::ZERO)),
            blocks: self.blocks.clone(),
            target_groups: self.target_groups.clone(),
            maximum: self.maximum_amount.map(|maximum| Exact::from(maximum.0)),
            group: self.group.clone(),
            conditions: self.conditions.as_ref().map(super::ConditionsInput::read).unwrap_or_default(),
            counts_months: self.counts_months,
            over: over(self.counts_over),
        }
    }
}

impl LimitInput {
    pub(super) fn read(&self, place: &str, reader: &mut Reader) -> Limit {
        let maximum = Exact::from(self.maximum.0);
        let most = match self.of {
            LimitOfInput::Amount => Most::Euros(maximum),
            LimitOfInput::PercentOfObligation => {
                Most::ShareOfObligation(reader.share(&format!("{place}/maximum"), self.maximum))
            }
            LimitOfInput::Months => Most::Months(maximum),
            LimitOfInput::Weeks => {
                let months = maximum.times(&Exact::from(12)).over(&Exact::from(52));
                Most::Months(months.unwrap_or_default())
            }
            LimitOfInput::Quantity => Most::Quantity(maximum),
        };
        Limit {
            blocks: self.blocks.clone(),
            most,
            each_candidate: self.each_candidate,
            over: over(self.over),
        }
    }
}

/// Where a maximum goes on; within the contract where nothing else is said.
pub(super) fn over(input: Option<OverInput>) -> Over {
    match input {
        None | Some(OverInput::Contract) => Over::Contract,
        Some(OverInput::Contractor) => Over::Contractor,
        Some(OverInput::Candidate) => Over::Candidate,
    }
}

impl TargetGroupInput {
    pub(super) fn read(&self, place: &str, reader: &mut Reader) -> TargetGroup {
        let national = self.national.parse().unwrap_or_else(|_| {
            reader.found.push(SocialReturnFinding::new(
                SocialReturnFindingCode::UnknownGroup,
                format!("{place}/national"),
                [self.national.chars().take(64).collect()],
            ));
            NationalGroup::Other
        });
        TargetGroup { code: self.code.clone(), name: self.name.clone(), national }
    }
}
