//! What a policy must hold before it is used.

use std::collections::BTreeSet;

use super::block::{Amount, Block, InvoiceRecognition, Measure};
use super::entry_value::shortened;
use super::finding::FindingCode as Code;
use super::obligation::{Base, ObligationRules};
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
            not_negative(&mut found, &format!("/bonuses/{index}/amount"), &bonus.euros);
        }
        if let Some(rules) = &self.obligation {
            check_obligation(&mut found, rules);
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

    fn check_block(&self, found: &mut Vec<Finding>, place: &str, block: &Block) {
        proration(found, &format!("{place}/proration"), block.proration.as_ref());
        if let Some(maximum) = &block.maximum {
            not_negative(found, &format!("{place}/maximumAmount"), maximum);
        }
        match &block.measure {
            Measure::Year(amount) | Measure::LearningYear(amount) | Measure::Month { amount, .. } => {
                check_amount(found, place, amount);
            }
            Measure::Hour(euros) | Measure::Day(euros) | Measure::DayAtMost(euros) => {
                not_negative(found, &format!("{place}/amount"), euros);
            }
            Measure::Invoice(InvoiceRecognition::ByRegister) if self.invoice_shares.is_empty() => {
                found.push(Finding::new(Code::SharesMissing, format!("{place}/invoice"), []));
            }
            Measure::Invoice(_) | Measure::ActualCost | Measure::Agreed => {}
        }
        let in_time =
            matches!(block.measure, Measure::Year(_) | Measure::LearningYear(_) | Measure::Month { .. });
        if block.counts.is_some() && !in_time {
            found.push(Finding::new(Code::CountingUnused, format!("{place}/counts"), []));
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

fn check_obligation(found: &mut Vec<Finding>, rules: &ObligationRules) {
    if rules.thresholds.is_empty() {
        found.push(Finding::new(Code::NoThreshold, "/obligation/thresholds", []));
    }
    for (index, threshold) in rules.thresholds.iter().enumerate() {
        not_negative(found, &format!("/obligation/thresholds/{index}/from"), &threshold.from);
    }
    if let Some(cap) = &rules.cap {
        not_negative(found, "/obligation/cap", cap);
    }
    match &rules.base {
        Base::Fixed(euros) => not_negative(found, "/obligation/base/amount", euros),
        Base::Offered { minimum, maximum } if maximum < minimum => {
            found.push(Finding::new(Code::BoundsReversed, "/obligation/base", []));
        }
        _ => {}
    }
    if let Some(pso) = &rules.pso {
        unique(found, "/obligation/pso/levels", pso.levels.iter().map(|row| &row.level));
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
