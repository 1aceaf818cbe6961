//! From the wire to the rules of an obligation.

use super::to_policy::Reader;
use super::{
    BaseInput, BaseKindInput, ContinuityInput, ContractKindInput, LabelReductionInput, ObligationInput,
    PsoReductionInput, ThresholdInput, TierInput,
};
use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_rules::social_return::{
    Base, Continuity, Exemptions, LabelReduction, LowLabour, ObligationRules, PsoReduction,
    PsoReductionLevel, SocialReturnFinding, SocialReturnFindingCode, Threshold, Tier, TierOwed,
};

impl ObligationInput {
    pub(super) fn read(&self, at: &str, reader: &mut Reader) -> Option<ObligationRules> {
        if self.low_labour.is_some() {
            reader.unused(at, "lowLabour", &[("labourTiers", !self.labour_tiers.is_empty())]);
        }
        let tiers = self.labour_tiers.iter().enumerate();
        let low_labour = self.low_labour.iter().map(|low| (format!("{at}/lowLabour"), low));
        let low_labour = low_labour
            .chain(tiers.map(|(index, low)| (format!("{at}/labourTiers/{index}"), low)))
            .map(|(place, low)| LowLabour {
                below: reader.share(&format!("{place}/belowPercent"), low.below_percent),
                rate: reader.share(&format!("{place}/percent"), low.percent),
            })
            .collect();
        let pso = self.pso.as_ref().map(|pso| pso.read(&format!("{at}/pso"), reader));
        let labels = self.labels.as_ref().map(|labels| labels.read(&format!("{at}/labels"), reader));
        let tiers = self.tiers.iter().enumerate();
        let tiers =
            tiers.filter_map(|(index, tier)| tier.read(&format!("{at}/tiers/{index}"), reader)).collect();
        let exemptions = self.exemptions.as_ref().map(|input| Exemptions {
            employees_below: input.employees_below,
            target_group_share: input
                .target_group_percent
                .map(|percent| reader.share(&format!("{at}/exemptions/targetGroupPercent"), percent)),
        });
        Some(ObligationRules {
            tiers,
            tiers_in_slices: self.tiers_in_slices,
            exemptions: exemptions.unwrap_or_default(),
            labels,
            thresholds: self.thresholds.iter().map(ThresholdInput::read).collect(),
            base: self.base.read(&format!("{at}/base"), reader)?,
            low_labour,
            cap: self.cap.map(|cap| Exact::from(cap.0)),
            least: self.least.map(|least| Exact::from(least.0)),
            pso,
            motivation: self.motivation.clone().filter(|text| !text.trim().is_empty()),
        })
    }
}

impl TierInput {
    fn read(&self, at: &str, reader: &mut Reader) -> Option<Tier> {
        let owed = match (self.percent, &self.base) {
            (Some(percent), None) => TierOwed::Rate(reader.share(&format!("{at}/percent"), percent)),
            (None, Some(base)) => TierOwed::Base(base.read(&format!("{at}/base"), reader)?),
            _ => {
                reader.found.push(SocialReturnFinding::new(SocialReturnFindingCode::TierRate, at, []));
                return None;
            }
        };
        Some(Tier { kind: self.kind.map(ContractKind::from), from: Exact::from(self.from.0), owed })
    }
}

impl ThresholdInput {
    fn read(&self) -> Threshold {
        Threshold {
            kind: self.kind.map(ContractKind::from),
            from: Exact::from(self.from.0),
            from_months: self.from_months,
        }
    }
}

impl From<ContractKindInput> for ContractKind {
    fn from(kind: ContractKindInput) -> Self {
        match kind {
            ContractKindInput::Services => ContractKind::Services,
            ContractKindInput::Works => ContractKind::Works,
            ContractKindInput::Supplies => ContractKind::Supplies,
        }
    }
}

impl From<ContractKind> for ContractKindInput {
    fn from(kind: ContractKind) -> Self {
        match kind {
            ContractKind::Services => ContractKindInput::Services,
            ContractKind::Works => ContractKindInput::Works,
            ContractKind::Supplies => ContractKindInput::Supplies,
        }
    }
}

impl PsoReductionInput {
    fn read(&self, at: &str, reader: &mut Reader) -> PsoReduction {
        let level = |(index, row): (usize, &super::PsoReductionLevelInput)| PsoReductionLevel {
            level: row.level.clone(),
            share: reader.share(&format!("{at}/levels/{index}/percent"), row.percent),
        };
        let levels = self.levels.iter().enumerate().map(level).collect();
        let up_to_rate =
            self.up_to_percent.map(|percent| reader.share(&format!("{at}/upToPercent"), percent));
        let continuity = self.continuity.map(|rule| match rule {
            ContinuityInput::ProRata => Continuity::ProRata,
            ContinuityInput::AtStart => Continuity::AtStart,
            ContinuityInput::Uninterrupted => Continuity::Uninterrupted,
        });
        PsoReduction { levels, up_to_rate, continuity, grace_days: self.grace_days }
    }
}

impl LabelReductionInput {
    fn read(&self, at: &str, reader: &mut Reader) -> LabelReduction {
        let reduction = PsoReductionInput {
            levels: self.levels.clone(),
            up_to_percent: self.up_to_percent,
            continuity: self.continuity,
            grace_days: self.grace_days,
        };
        LabelReduction { reduction: reduction.read(at, reader), add_up: self.add_up }
    }
}

impl BaseInput {
    fn read(&self, place: &str, reader: &mut Reader) -> Option<Base> {
        let given = [
            ("percent", self.percent.is_some()),
            ("wagePercent", self.wage_percent.is_some()),
            ("amount", self.amount.is_some()),
            ("minimumPercent", self.minimum_percent.is_some()),
            ("maximumPercent", self.maximum_percent.is_some()),
        ];
        let (owner, own): (&str, &[&str]) = match self.kind {
            BaseKindInput::ContractSum => ("contract-sum", &["percent"]),
            BaseKindInput::WageSum => ("wage-sum", &["percent"]),
            BaseKindInput::AssumedWages => ("assumed-wages", &["percent", "wagePercent"]),
            BaseKindInput::Fixed => ("fixed", &["amount"]),
            BaseKindInput::Offered => ("offered", &["minimumPercent", "maximumPercent"]),
        };
        let foreign: Vec<_> = given.into_iter().filter(|(field, _)| !own.contains(field)).collect();
        reader.unused(place, owner, &foreign);
        match self.kind {
            BaseKindInput::ContractSum => {
                reader.needed_share(place, owner, "percent", self.percent).map(Base::ContractSum)
            }
            BaseKindInput::WageSum => {
                reader.needed_share(place, owner, "percent", self.percent).map(Base::WageSum)
            }
            BaseKindInput::AssumedWages => {
                let rate = reader.needed_share(place, owner, "percent", self.percent);
                let wage_share = reader.needed_share(place, owner, "wagePercent", self.wage_percent);
                Some(Base::AssumedWages { wage_share: wage_share?, rate: rate? })
            }
            BaseKindInput::Fixed => reader.needed(place, owner, "amount", self.amount).map(Base::Fixed),
            BaseKindInput::Offered => {
                let minimum = reader.needed_share(place, owner, "minimumPercent", self.minimum_percent);
                let maximum = reader.needed_share(place, owner, "maximumPercent", self.maximum_percent);
                Some(Base::Offered { minimum: minimum?, maximum: maximum? })
            }
        }
    }
}
