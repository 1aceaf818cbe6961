//! The obligation (opgave): what a contractor owes.

use super::contract::ContractFacts;
use super::finding::FindingCode as Code;
use super::policy::Policy;
use super::pso_over_term::{Continuity, levels_over_term};
use super::rule::Rule;
use super::{SocialReturnFinding, SocialReturnFinding as Finding, SocialReturnStep, whole_cents};
use crate::explaining::{Step, Terms};
use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_base::share::Share;

/// The rules by which an obligation is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObligationRules {
    /// From which contracts something is owed; a contract needs to meet one.
    pub thresholds: Vec<Threshold>,
    /// What is owed of what.
    pub base: Base,
    /// A lower rate for contracts with little labour.
    pub low_labour: Option<LowLabour>,
    /// The most that is owed, in euros.
    pub cap: Option<Exact>,
    /// What the PSO level of the contractor takes off.
    pub pso: Option<PsoReduction>,
    /// Why this rate: auditors criticise a standard rate without reasons.
    pub motivation: Option<String>,
}

/// From which contracts something is owed (drempel). Equal to the threshold is enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// For this kind; none for every kind.
    pub kind: Option<ContractKind>,
    /// The least contract sum excluding VAT, in euros.
    pub from: Exact,
    /// The least term, in months.
    pub from_months: Option<u32>,
}

/// What is owed of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// A share of the contract sum.
    ContractSum(Share),
    /// A share of the wage sum.
    WageSum(Share),
    /// A share of the wages that the contract is deemed to hold.
    AssumedWages {
        /// The share of the contract sum that is deemed wages.
        wage_share: Share,
        /// The share of those wages.
        rate: Share,
    },
    /// A fixed amount, in euros.
    Fixed(Exact),
    /// The share of the contract sum that the bidder offered.
    Offered {
        /// The least that may be offered.
        minimum: Share,
        /// The most that may be offered.
        maximum: Share,
    },
}

/// A lower rate for contracts with little labour (arbeidsextensief).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LowLabour {
    /// Below this share of labour.
    pub below: Share,
    /// The rate there.
    pub rate: Share,
}

/// What the PSO level of the contractor takes off the obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PsoReduction {
    /// By level; all of it is an exemption.
    pub levels: Vec<PsoReductionLevel>,
    /// The reduction reaches the part of the obligation up to this rate.
    pub up_to_rate: Option<Share>,
    /// What a level counts for that is not held during the whole term.
    pub continuity: Option<Continuity>,
    /// Two certificates with at most so many days between them count as one (continuïteit).
    pub grace_days: u32,
}

/// What one level takes off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PsoReductionLevel {
    /// Code of the level.
    pub level: String,
    /// The share that is taken off.
    pub share: Share,
}

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
        let rules = policy.obligation.as_ref().ok_or_else(|| silent("obligation"))?;
        if !meets_a_threshold(rules, contract)? {
            self.notes.push(Finding::new(Code::BelowThreshold, "/contractSum", []));
            return Ok(self.nothing());
        }
        let (owed, rate) = self.of_base(rules, contract)?;
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
        let (rule, terms, rate) = match &rules.base {
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
        let Some(pso) = rules.pso.as_ref().filter(|_| !contract.pso_levels.is_empty()) else {
            return Ok(owed);
        };
        let reached = match (pso.up_to_rate, rate) {
            (Some(up_to), Some(rate)) if rate > up_to => {
                up_to.exact().over(&rate.exact()).unwrap_or(Exact::ONE)
            }
            _ => Exact::ONE,
        };
        let held = levels_over_term(pso, contract)?;
        if let [(share, part)] = held.as_slice()
            && *part == Exact::ONE
        {
            let left = owed.times(&Exact::ONE.minus(&share.exact().times(&reached)));
            self.step(Rule::LessPso, Terms::of([owed, share.exact(), reached]), &left);
            return Ok(left);
        }
        let mut together = Exact::ZERO;
        for (share, part) in held {
            let reduction = share.exact().times(&reached).times(&part);
            self.step(Rule::PsoPart, Terms::of([share.exact(), reached.clone(), part]), &reduction);
            together = together.plus(&reduction);
        }
        let left = owed.times(&Exact::ONE.minus(&together));
        self.step(Rule::LessPsoParts, Terms::of([owed, together]), &left);
        Ok(left)
    }
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
    let Some(low) = &rules.low_labour else { return Ok(rate) };
    let labour = contract.labour_share.ok_or_else(|| missing("labourPercent"))?;
    Ok(if labour < low.below { low.rate } else { rate })
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
