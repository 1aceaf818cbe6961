//! The obligation (opgave): what a contractor owes.

use super::contract::ContractFacts;
use super::finding::FindingCode as Code;
use super::obligation_rules::{
    Base, Exemptions, LabelReduction, ObligationRules, PartOfRegion, PsoReduction, Tier, TierOwed,
};
use super::policy::Policy;
use super::pso_over_term::levels_over_term;
use super::rule::Rule;
use super::{SocialReturnFinding, SocialReturnFinding as Finding, SocialReturnStep, whole_cents};
use crate::explaining::{Step, Terms};
use trede_base::exact::Exact;
use trede_base::share::Share;

/// What is owed, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// In cents.
    pub cents: i64,
    /// The steps of the calculation.
    pub steps: Vec<SocialReturnStep>,
    /// What a reader must know.
    pub notes: Vec<SocialReturnFinding>,
}

/// Computes what a contractor owes.
///
/// # Errors
/// What the policy does not say, what is not known of the contract, or an offer outside the bounds.
pub fn obligation(policy: &Policy, contract: &ContractFacts) -> Result<Obligation, Vec<SocialReturnFinding>> {
    let mut work = Work { steps: Vec::new(), notes: Vec::new() };
    let euros = work.owed(policy, contract).map_err(|finding| vec![finding])?;
    let too_large = || vec![Finding::new(Code::TooLarge, "", [])];
    let cents = whole_cents(&euros).ok_or_else(too_large)?;
    work.step(Rule::ToTheCent, Terms::of([euros.clone()]), &euros.rounded(2, trede_base::exact::Half::Up));
    Ok(Obligation { cents, steps: work.steps, notes: work.notes })
}

struct Work {
    steps: Vec<SocialReturnStep>,
    notes: Vec<SocialReturnFinding>,
}

impl Work {
    fn step(&mut self, rule: Rule, terms: Terms, result: &Exact) {
        self.steps.push(Step { rule, terms, result: result.clone() });
    }

    fn owed(&mut self, policy: &Policy, contract: &ContractFacts) -> Result<Exact, Finding> {
        if contract.contract_sum.is_negative() {
            return Err(Finding::new(Code::NegativeFact, "/contractSum", []));
        }
        if let Some(reason) = &contract.exemption {
            reasoned(reason, "/exemption")?;
            self.notes.push(Finding::new(Code::Exempt, "/exemption", [reason.clone()]));
            return Ok(self.nothing());
        }
        if let Some(deviation) = &contract.deviation {
            reasoned(&deviation.reason, "/deviation/reason")?;
            if deviation.euros.is_negative() {
                return Err(Finding::new(Code::NegativeFact, "/deviation/amount", []));
            }
            self.step(Rule::Deviation, Terms::of([deviation.euros.clone()]), &deviation.euros);
            return Ok(deviation.euros.clone());
        }
        let rules = policy.obligation_for(contract).ok_or_else(|| silent("obligation"))?;
        if let Some(why) = rules.exemptions.reason(contract)? {
            self.notes.push(Finding::new(Code::ContractorExempt, why, []));
            return Ok(self.nothing());
        }
        if !meets_a_threshold(rules, contract)? {
            self.notes.push(Finding::new(Code::BelowThreshold, "/contractSum", []));
            return Ok(self.nothing());
        }
        let (owed, rate) = self.of_base(rules, contract)?;
        let owed = self.at_least(rules, owed);
        let owed = self.capped(rules, owed);
        self.less_pso(rules, contract, owed, rate)
    }

    fn nothing(&mut self) -> Exact {
        self.step(Rule::NothingOwed, Terms::of([]), &Exact::ZERO);
        Exact::ZERO
    }

    /// What is owed of the base, and at which rate.
    fn of_base(
        &mut self,
        rules: &ObligationRules,
        contract: &ContractFacts,
    ) -> Result<(Exact, Option<Share>), Finding> {
        let sum = &contract.contract_sum;
        if rules.tiers_in_slices && matches!(rules.base, Base::ContractSum(_)) {
            return Ok((self.in_slices(rules, contract), None));
        }
        let base = match tier_for(rules, contract).map(|tier| &tier.owed) {
            Some(TierOwed::Base(base)) => base,
            _ => &rules.base,
        };
        let (rule, terms, rate) = match base {
            Base::Fixed(euros) => {
                self.step(Rule::FixedObligation, Terms::of([euros.clone()]), euros);
                return Ok((euros.clone(), None));
            }
            Base::ContractSum(rate) => {
                let rate = rate_for(rules, contract, *rate)?;
                (Rule::OfContractSum, vec![sum.clone(), rate.exact()], rate)
            }
            Base::WageSum(rate) => {
                let rate = rate_for(rules, contract, *rate)?;
                let wages = contract.wage_sum.as_ref().ok_or_else(|| missing("wageSum"))?;
                if wages.is_negative() {
                    return Err(Finding::new(Code::NegativeFact, "/wageSum", []));
                }
                (Rule::OfWageSum, vec![wages.clone(), rate.exact()], rate)
            }
            Base::AssumedWages { wage_share, rate } => {
                let rate = rate_for(rules, contract, *rate)?;
                (Rule::OfAssumedWages, vec![sum.clone(), wage_share.exact(), rate.exact()], rate)
            }
            Base::Offered { minimum, maximum } => {
                let offered = contract.offered.ok_or_else(|| missing("offeredPercent"))?;
                if offered < *minimum || offered > *maximum {
                    let details = [offered, *minimum, *maximum].map(|share| share.percent().shown());
                    return Err(Finding::new(Code::OfferOutsideBounds, "/offeredPercent", details));
                }
                (Rule::AsOffered, vec![sum.clone(), offered.exact()], offered)
            }
        };
        let owed = terms.iter().fold(Exact::ONE, |product, term| product.times(term));
        self.step(rule, Terms::list(terms), &owed);
        Ok((owed, Some(rate)))
    }

    /// Each part of the contract sum at the rate of its tier.
    fn in_slices(&mut self, rules: &ObligationRules, contract: &ContractFacts) -> Exact {
        let sum = &contract.contract_sum;
        let base = match rules.base {
            Base::ContractSum(rate) => Some((Exact::ZERO, rate)),
            _ => None,
        };
        let own = tiers_of(rules, contract).filter_map(|tier| match tier.owed {
            TierOwed::Rate(rate) => Some((tier.from.clone(), rate)),
            TierOwed::Base(_) => None,
        });
        let mut bounds: Vec<(Exact, Share)> = base.into_iter().chain(own).collect();
        bounds.sort_by(|one, other| one.0.cmp(&other.0));
        let nexts = bounds.iter().skip(1).map(|(from, _)| from.at_most(sum).clone()).chain([sum.clone()]);
        let parts: Vec<Exact> = bounds
            .iter()
            .zip(nexts)
            .map(|((from, rate), until)| {
                until.minus(from.at_most(sum)).at_least(&Exact::ZERO).times(&rate.exact())
            })
            .collect();
        let owed = Exact::sum(&parts);
        self.step(Rule::InTiers, Terms::list(parts), &owed);
        owed
    }

    fn at_least(&mut self, rules: &ObligationRules, owed: Exact) -> Exact {
        let Some(least) = &rules.least else { return owed };
        let lifted = owed.at_least(least).clone();
        self.step(Rule::AtLeast, Terms::of([owed, least.clone()]), &lifted);
        lifted
    }

    fn capped(&mut self, rules: &ObligationRules, owed: Exact) -> Exact {
        let Some(cap) = &rules.cap else { return owed };
        let capped = owed.at_most(cap).clone();
        self.step(Rule::Capped, Terms::of([owed, cap.clone()]), &capped);
        capped
    }

    fn less_pso(
        &mut self,
        rules: &ObligationRules,
        contract: &ContractFacts,
        owed: Exact,
        rate: Option<Share>,
    ) -> Result<Exact, Finding> {
        let pso = match &rules.pso {
            Some(pso) if !contract.pso_levels.is_empty() => {
                Some((levels_over_term(pso, contract)?, reached_by(pso, rate)))
            }
            _ => None,
        };
        if let Some(labels) = rules.labels.as_ref().filter(|_| !contract.labels.is_empty()) {
            return self.less_labels(labels, contract, owed, rate, pso);
        }
        let Some((held, reached)) = pso else { return Ok(owed) };
        if let [(share, part)] = held.as_slice()
            && *part == Exact::ONE
        {
            let left = owed.times(&Exact::ONE.minus(&share.exact().times(&reached)));
            self.step(Rule::LessPso, Terms::of([owed, share.exact(), reached]), &left);
            return Ok(left);
        }
        let together = self.parts(held, &reached);
        let left = owed.times(&Exact::ONE.minus(&together));
        self.step(Rule::LessPsoParts, Terms::of([owed, together]), &left);
        Ok(left)
    }

    /// What levels take off together, each over its part of the term.
    fn parts(&mut self, held: Vec<(Share, Exact)>, reached: &Exact) -> Exact {
        let mut together = Exact::ZERO;
        for (share, part) in held {
            let reduction = share.exact().times(reached).times(&part);
            self.step(Rule::PsoPart, Terms::of([share.exact(), reached.clone(), part]), &reduction);
            together = together.plus(&reduction);
        }
        together
    }

    /// What labels take off, with the PSO level or instead of it.
    fn less_labels(
        &mut self,
        labels: &LabelReduction,
        contract: &ContractFacts,
        owed: Exact,
        rate: Option<Share>,
        pso: Option<(Vec<(Share, Exact)>, Exact)>,
    ) -> Result<Exact, Finding> {
        let mut reductions: Vec<Exact> =
            pso.into_iter().map(|(held, reached)| self.parts(held, &reached)).collect();
        let reached = reached_by(&labels.reduction, rate);
        let names: std::collections::BTreeSet<&String> =
            contract.labels.iter().map(|held| &held.level).collect();
        for name in names {
            let own = contract.labels.iter().filter(|held| held.level == *name).cloned().collect();
            let of_label = ContractFacts { pso_levels: own, ..contract.clone() };
            let held = levels_over_term(&labels.reduction, &of_label).map_err(|mut finding| {
                finding.place = finding.place.replace("/psoLevel", "/labels");
                finding
            })?;
            reductions.push(self.parts(held, &reached));
        }
        let together = if labels.add_up {
            Exact::sum(&reductions).at_most(&Exact::ONE).clone()
        } else {
            reductions.iter().fold(Exact::ZERO, |most, one| most.at_least(one).clone())
        };
        let left = owed.times(&Exact::ONE.minus(&together));
        self.step(Rule::LessLabels, Terms::of([owed, together]), &left);
        Ok(left)
    }
}

/// The part of the obligation that a reduction reaches.
fn reached_by(reduction: &PsoReduction, rate: Option<Share>) -> Exact {
    match (reduction.up_to_rate, rate) {
        (Some(up_to), Some(rate)) if rate > up_to => up_to.exact().over(&rate.exact()).unwrap_or(Exact::ONE),
        _ => Exact::ONE,
    }
}

impl Exemptions {
    /// The fact that exempts a contractor; none where it owes like any other.
    fn reason(&self, contract: &ContractFacts) -> Result<Option<&'static str>, Finding> {
        if let Some(below) = self.employees_below
            && contract.employees.ok_or_else(|| missing("employees"))? < below
        {
            return Ok(Some("/employees"));
        }
        if let Some(least) = self.target_group_share
            && contract.target_group_share.is_some_and(|share| share >= least)
        {
            return Ok(Some("/targetGroupPercent"));
        }
        Ok(None)
    }
}

impl Policy {
    /// The rules of the obligation for the authority of a contract: those of its part of the region, or else
    /// those of the whole.
    fn obligation_for(&self, contract: &ContractFacts) -> Option<&ObligationRules> {
        let own = |part: &&PartOfRegion| {
            contract.authority.as_ref().is_some_and(|authority| part.authorities.contains(authority))
        };
        self.parts.iter().find(own).map(|part| &part.rules).or(self.obligation.as_ref())
    }
}

/// The tiers for the kind of a contract: its own, or else those for every kind.
fn tiers_of<'a>(rules: &'a ObligationRules, contract: &ContractFacts) -> impl Iterator<Item = &'a Tier> {
    let kind = Some(contract.kind).filter(|kind| rules.tiers.iter().any(|tier| tier.kind == Some(*kind)));
    rules.tiers.iter().filter(move |tier| tier.kind == kind)
}

fn meets_a_threshold(rules: &ObligationRules, contract: &ContractFacts) -> Result<bool, Finding> {
    for threshold in &rules.thresholds {
        let concerned = threshold.kind.is_none_or(|kind| kind == contract.kind);
        if !concerned || contract.contract_sum < threshold.from {
            continue;
        }
        match (threshold.from_months, contract.term_months) {
            (None, _) => return Ok(true),
            (Some(least), Some(term)) if term >= least => return Ok(true),
            (Some(_), Some(_)) => {}
            (Some(_), None) => return Err(missing("termMonths")),
        }
    }
    Ok(false)
}

fn rate_for(rules: &ObligationRules, contract: &ContractFacts, rate: Share) -> Result<Share, Finding> {
    let rate = match tier_for(rules, contract).map(|tier| &tier.owed) {
        Some(TierOwed::Rate(own)) => *own,
        _ => rate,
    };
    if rules.low_labour.is_empty() {
        return Ok(rate);
    }
    let labour = contract.labour_share.ok_or_else(|| missing("labourPercent"))?;
    let low = rules.low_labour.iter().filter(|low| labour < low.below).min_by_key(|low| low.below);
    Ok(low.map_or(rate, |low| low.rate))
}

/// The highest tier that the contract reaches.
fn tier_for<'a>(rules: &'a ObligationRules, contract: &ContractFacts) -> Option<&'a Tier> {
    let reached = tiers_of(rules, contract).filter(|tier| tier.from <= contract.contract_sum);
    reached.max_by(|one, other| one.from.cmp(&other.from))
}

fn reasoned(reason: &str, place: &str) -> Result<(), Finding> {
    if reason.trim().is_empty() { Err(Finding::new(Code::ReasonMissing, place, [])) } else { Ok(()) }
}

pub(super) fn silent(rule: &str) -> Finding {
    Finding::new(Code::PolicySilent, "", [rule.to_owned()])
}

pub(super) fn missing(fact: &str) -> Finding {
    Finding::new(Code::FactMissing, format!("/{fact}"), [fact.to_owned()])
}
