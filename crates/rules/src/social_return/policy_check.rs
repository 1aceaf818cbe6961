//! What a policy must hold before it is used.

use std::collections::BTreeSet;

use super::block::{Amount, Block, Bonus, BonusWorth, InvoiceRecognition, Measure};
use super::entry_value::shortened;
use super::finding::FindingCode as Code;
use super::limit::{Limit, Most, Over};
use super::obligation_rules::{Base, ObligationRules, TierOwed};
use super::policy::{FullTime, Policy, Proration};
use super::{SocialReturnFinding, SocialReturnFinding as Finding};
use trede_base::exact::Exact;

impl Policy {
    /// Everything that keeps the policy from being used, with JSON pointers.
    #[must_use]
    pub fn errors(&self) -> Vec<SocialReturnFinding> {
        let mut found = Vec::new();
        for (place, text) in [
            ("/code", &self.code),
            ("/name", &self.name),
            ("/version", &self.version),
            ("/source/publication", &self.source.publication),
        ] {
            if text.trim().is_empty() {
                found.push(Finding::new(Code::TextMissing, place, []));
            }
        }
        if self.validity.from.zip(self.validity.until).is_some_and(|(from, until)| until < from) {
            found.push(Finding::new(Code::PeriodReversed, "/validity", []));
        }
        unique(&mut found, "/blocks", self.blocks.iter().map(|block| &block.code));
        unique(&mut found, "/bonuses", self.bonuses.iter().map(|bonus| &bonus.code));
        unique(&mut found, "/invoiceShares", self.invoice_shares.iter().map(|row| &row.register));
        if let Some(FullTime::WeeklyHours(hours)) = &self.full_time {
            positive(&mut found, "/fullTime/weeklyHours", hours);
        }
        proration(&mut found, "/proration", self.proration.as_ref());
        for (index, block) in self.blocks.iter().enumerate() {
            self.check_block(&mut found, &format!("/blocks/{index}"), block);
        }
        for (index, bonus) in self.bonuses.iter().enumerate() {
            self.check_bonus(&mut found, &format!("/bonuses/{index}"), bonus);
        }
        if let Some(rules) = &self.obligation {
            check_obligation(&mut found, "/obligation", rules);
        }
        for (index, part) in self.parts.iter().enumerate() {
            check_obligation(&mut found, &format!("/parts/{index}/obligation"), &part.rules);
        }
        let authorities: Vec<&String> = self.parts.iter().flat_map(|part| &part.authorities).collect();
        unique(&mut found, "/parts", authorities.into_iter());
        unique(&mut found, "/targetGroups", self.target_groups.iter().map(|group| &group.code));
        for (index, limit) in self.limits.iter().enumerate() {
            self.check_limit(&mut found, &format!("/limits/{index}"), limit);
        }
        for (index, limit) in self.share_limits.iter().enumerate() {
            for (place, code) in
                limit.blocks.iter().enumerate().filter(|(_, code)| self.block(code).is_none())
            {
                let place = format!("/shareLimits/{index}/blocks/{place}");
                found.push(Finding::new(Code::UnknownBlock, place, [shortened(code)]));
            }
        }
        if let Some(sanction) = &self.sanction {
            not_negative(&mut found, "/sanction/factor", &sanction.factor);
        }
        found
    }

    fn check_bonus(&self, found: &mut Vec<Finding>, place: &str, bonus: &Bonus) {
        if let BonusWorth::Amount { euros, .. } | BonusWorth::Hour(euros) = &bonus.worth {
            not_negative(found, &format!("{place}/amount"), euros);
        }
        if let Some(maximum) = &bonus.maximum {
            not_negative(found, &format!("{place}/maximumAmount"), maximum);
        }
        self.know_blocks(found, place, &bonus.blocks);
        for (index, group) in bonus.target_groups.iter().enumerate() {
            self.know_group(found, &format!("{place}/targetGroups/{index}"), group);
        }
    }

    fn check_limit(&self, found: &mut Vec<Finding>, place: &str, limit: &Limit) {
        if let Most::Euros(most) | Most::Months(most) | Most::Quantity(most) = &limit.most {
            not_negative(found, &format!("{place}/maximum"), most);
        }
        if limit.over == Over::Candidate && !limit.each_candidate {
            found.push(Finding::new(Code::LimitWithoutCandidate, format!("{place}/eachCandidate"), []));
        }
        self.know_blocks(found, place, &limit.blocks);
    }

    fn know_blocks(&self, found: &mut Vec<Finding>, place: &str, codes: &[String]) {
        for (index, code) in codes.iter().enumerate().filter(|(_, code)| self.block(code).is_none()) {
            let place = format!("{place}/blocks/{index}");
            found.push(Finding::new(Code::UnknownBlock, place, [shortened(code)]));
        }
    }

    fn know_group(&self, found: &mut Vec<Finding>, place: &str, code: &str) {
        if !self.target_groups.iter().any(|group| group.code == code) {
            found.push(Finding::new(Code::UnknownGroup, place, [shortened(code)]));
        }
    }

    fn check_block(&self, found: &mut Vec<Finding>, place: &str, block: &Block) {
        proration(found, &format!("{place}/proration"), block.proration.as_ref());
        if let Some(maximum) = &block.maximum {
            not_negative(found, &format!("{place}/maximumAmount"), maximum);
        }
        for (field, number) in [
            ("minimumAmount", &block.minimum),
            ("countsFromAmount", &block.counts_from),
            ("leastHoursPerWeek", &block.least_hours),
            ("mostHoursPerWeek", &block.most_hours),
        ] {
            if let Some(number) = number {
                not_negative(found, &format!("{place}/{field}"), number);
            }
        }
        if let Some(group) = &block.target_group {
            self.know_group(found, &format!("{place}/targetGroup"), group);
        }
        if let Some(per_year) = &block.per_year {
            positive(found, &format!("{place}/perYear"), per_year);
        }
        if let Some(FullTime::WeeklyHours(hours)) = &block.full_time {
            positive(found, &format!("{place}/fullTime/weeklyHours"), hours);
        }
        self.check_measure(found, place, &block.measure);
        for (index, unit) in block.units.iter().enumerate() {
            let place = format!("{place}/units/{index}");
            if let Some(per_year) = &unit.per_year {
                positive(found, &format!("{place}/perYear"), per_year);
            }
            self.check_measure(found, &place, &unit.measure);
        }
        let codes: Vec<String> = [&block.measure]
            .into_iter()
            .chain(block.units.iter().map(|unit| &unit.measure))
            .map(|measure| measure.code().to_owned())
            .collect();
        unique(found, &format!("{place}/units"), codes.iter());
        let in_time = block.per_year.is_some()
            || matches!(block.measure, Measure::Year(_) | Measure::LearningYear(_) | Measure::Month { .. });
        if block.counts.is_some() && !in_time {
            found.push(Finding::new(Code::CountingUnused, format!("{place}/counts"), []));
        }
    }

    fn check_measure(&self, found: &mut Vec<Finding>, place: &str, measure: &Measure) {
        match measure {
            Measure::Year(amount)
            | Measure::LearningYear(amount)
            | Measure::Month { amount, .. }
            | Measure::Hour(amount)
            | Measure::Day(amount)
            | Measure::HalfDay(amount)
            | Measure::Week(amount)
            | Measure::Piece(amount)
            | Measure::Placement(amount)
            | Measure::Internship(amount) => check_amount(found, place, amount),
            Measure::DayAtMost(euros) => not_negative(found, &format!("{place}/amount"), euros),
            Measure::Invoice(InvoiceRecognition::ByRegister) if self.invoice_shares.is_empty() => {
                found.push(Finding::new(Code::SharesMissing, format!("{place}/invoice"), []));
            }
            Measure::ActualCost(factor) if factor.is_negative() => {
                found.push(Finding::new(Code::NegativeFact, format!("{place}/percent"), []));
            }
            Measure::Invoice(_) | Measure::ActualCost(_) | Measure::Agreed => {}
        }
    }
}

fn check_amount(found: &mut Vec<Finding>, place: &str, amount: &Amount) {
    for step in &amount.steps {
        not_negative(found, &format!("{place}/amount"), &step.euros);
    }
    let starts = amount.steps.first().is_some_and(|step| step.from_months == 0);
    let rises =
        amount.steps.iter().zip(amount.steps.iter().skip(1)).all(|(a, b)| a.from_months < b.from_months);
    if !starts || !rises {
        found.push(Finding::new(Code::AmountSteps, format!("{place}/amountByBenefitMonths"), []));
    }
}

fn check_obligation(found: &mut Vec<Finding>, at: &str, rules: &ObligationRules) {
    if rules.thresholds.is_empty() {
        found.push(Finding::new(Code::NoThreshold, format!("{at}/thresholds"), []));
    }
    for (index, threshold) in rules.thresholds.iter().enumerate() {
        not_negative(found, &format!("{at}/thresholds/{index}/from"), &threshold.from);
    }
    for (index, tier) in rules.tiers.iter().enumerate() {
        let place = format!("{at}/tiers/{index}");
        not_negative(found, &format!("{place}/from"), &tier.from);
        if let TierOwed::Base(base) = &tier.owed {
            check_base(found, &format!("{place}/base"), base);
            if rules.tiers_in_slices {
                found.push(Finding::new(Code::TierRate, &place, []));
            }
        }
    }
    for (field, number) in [("cap", &rules.cap), ("least", &rules.least)] {
        if let Some(number) = number {
            not_negative(found, &format!("{at}/{field}"), number);
        }
    }
    check_base(found, &format!("{at}/base"), &rules.base);
    if let Some(pso) = &rules.pso {
        unique(found, &format!("{at}/pso/levels"), pso.levels.iter().map(|row| &row.level));
    }
    if let Some(labels) = &rules.labels {
        let levels = labels.reduction.levels.iter().map(|row| &row.level);
        unique(found, &format!("{at}/labels/levels"), levels);
    }
}

fn check_base(found: &mut Vec<Finding>, at: &str, base: &Base) {
    match base {
        Base::Fixed(euros) => not_negative(found, &format!("{at}/amount"), euros),
        Base::Offered { minimum, maximum } if maximum < minimum => {
            found.push(Finding::new(Code::BoundsReversed, at, []));
        }
        _ => {}
    }
}

fn unique<'a>(found: &mut Vec<Finding>, list: &str, codes: impl Iterator<Item = &'a String>) {
    let mut seen = BTreeSet::new();
    for (index, code) in codes.enumerate() {
        if code.trim().is_empty() {
            found.push(Finding::new(Code::TextMissing, format!("{list}/{index}"), []));
        } else if !seen.insert(code) {
            found.push(Finding::new(Code::DuplicateCode, format!("{list}/{index}"), [shortened(code)]));
        }
    }
}

fn proration(found: &mut Vec<Finding>, place: &str, proration: Option<&Proration>) {
    if let Some(Proration::DaysWorked { full_year, .. }) = proration {
        positive(found, &format!("{place}/workingDays"), full_year);
    }
}

fn not_negative(found: &mut Vec<Finding>, place: &str, euros: &Exact) {
    if euros.is_negative() {
        found.push(Finding::new(Code::NegativeFact, place, []));
    }
}

fn positive(found: &mut Vec<Finding>, place: &str, number: &Exact) {
    if !number.is_positive() {
        found.push(Finding::new(Code::NotPositive, place, []));
    }
}
