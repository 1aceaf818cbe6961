//! The result of a case of social return: obligation, entries and settlement, each with its steps.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::score_result::{FindingResult, LanguageCode, StepResult, TermResult};
use crate::social_return_case::SocialReturnCase;
use trede_rules::explaining::Language;
use trede_rules::social_return::{
    EntryValue, Obligation, Policy, Settlement, SocialReturnFinding, SocialReturnStep, counted_together,
    obligation, settle, value_of,
};

/// What a case comes to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SocialReturnResult {
    /// The policy by which it was computed, with its version.
    pub policy: String,
    /// The version of the policy.
    pub version: String,
    /// The rules that the policy does not have: what needs them cannot be computed.
    pub silent_on: Vec<String>,
    /// What is owed (opgave), where a contract was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obligation: Option<AmountResult>,
    /// What each entry counts for (verantwoordingen), in their order.
    pub entries: Vec<AmountResult>,
    /// What the entries count for together, in euros: at most the share of the obligation of each block.
    pub realised: String,
    /// What is short (tekort) and what that costs, where a contract was given and the policy has a sanction.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settlement: Option<SettlementResult>,
}

/// An amount and how it came about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SocialReturnAmountResult)]
pub struct AmountResult {
    /// In euros, in whole cents.
    pub amount: String,
    /// What a reader must know.
    pub notes: Vec<FindingResult>,
    /// Every step (berekening), when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<RuleStepResult>>,
}

/// What is short at the end (afrekening).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct SettlementResult {
    /// In euros (tekort).
    pub shortfall: String,
    /// What the contractor pays, in euros (sanctie).
    pub sanction: String,
    /// Every step (berekening), when asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<RuleStepResult>>,
}

/// One step of the calculation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SocialReturnStepResult)]
pub struct RuleStepResult {
    /// Code of the rule, such as `block-by-year`.
    pub rule: String,
    /// What the rule is, in words.
    pub name: String,
    /// The formula with its symbols.
    pub formula: String,
    /// The numbers in it, in the order of the formula.
    pub terms: Vec<TermResult>,
    /// The formula with the numbers filled in.
    pub calculation: String,
    /// What comes out; where it has no finite decimal, to 28 significant digits.
    pub result: String,
    /// Where the rule comes from.
    pub source: String,
}

/// Computes a case.
///
/// # Errors
/// All errors of the policy, or of the contract and the entries, each with its JSON pointer.
pub fn compute(
    case: &SocialReturnCase,
    language: LanguageCode,
    explain: bool,
) -> Result<SocialReturnResult, Vec<FindingResult>> {
    let writer = Writer { language: language.into(), explain };
    let policy = case.policy.to_policy().map_err(|found| writer.errors("/policy", found))?;
    let mut errors = Vec::new();
    let mut owed = None;
    if let Some(contract) = &case.contract {
        match contract.to_facts().and_then(|facts| obligation(&policy, &facts)) {
            Ok(computed) => owed = Some(computed),
            Err(found) => errors.extend(writer.errors("/contract", found)),
        }
    }
    let mut values = Vec::new();
    for (index, entry) in case.entries.iter().enumerate() {
        match value_of(&policy, &entry.to_facts()) {
            Ok(value) => values.push(value),
            Err(found) => errors.extend(writer.errors(&format!("/entries/{index}"), found)),
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let realised = realised(&policy, case, owed.as_ref(), &values);
    let settlement = owed
        .as_ref()
        .filter(|_| policy.sanction.is_some())
        .map(|owed| settle(&policy, owed.cents, realised, case.excuse.as_deref()))
        .transpose()
        .map_err(|finding| writer.errors("", vec![finding]))?;
    Ok(SocialReturnResult {
        policy: policy.code.clone(),
        version: policy.version.clone(),
        silent_on: policy.silent_on().into_iter().map(str::to_owned).collect(),
        obligation: owed.as_ref().map(|owed| writer.obligation(owed)),
        entries: values.iter().map(|value| writer.entry(value)).collect(),
        realised: euros(realised),
        settlement: settlement.as_ref().map(|settled| writer.settlement(settled)),
    })
}

fn realised(
    policy: &Policy,
    case: &SocialReturnCase,
    owed: Option<&Obligation>,
    values: &[EntryValue],
) -> i64 {
    let entries: Vec<(&str, i64)> =
        case.entries.iter().zip(values).map(|(entry, value)| (entry.block.as_str(), value.cents)).collect();
    match owed {
        Some(owed) => counted_together(policy, owed.cents, &entries),
        None => entries.iter().fold(0, |total, (_, cents)| total.saturating_add(*cents)),
    }
}

fn euros(cents: i64) -> String {
    rust_decimal::Decimal::new(cents, 2).to_string()
}

pub(super) struct Writer {
    pub(super) language: Language,
    pub(super) explain: bool,
}

impl Writer {
    pub(super) fn errors(&self, place: &str, found: Vec<SocialReturnFinding>) -> Vec<FindingResult> {
        let below = |finding: SocialReturnFinding| FindingResult::new(&finding.below(place), self.language);
        found.into_iter().map(below).collect()
    }

    fn notes(&self, found: &[SocialReturnFinding]) -> Vec<FindingResult> {
        found.iter().map(|finding| FindingResult::new(finding, self.language)).collect()
    }

    fn steps(&self, steps: &[SocialReturnStep]) -> Option<Vec<RuleStepResult>> {
        self.explain.then(|| steps.iter().map(|step| RuleStepResult::new(step, self.language)).collect())
    }

    pub(super) fn obligation(&self, owed: &Obligation) -> AmountResult {
        AmountResult {
            amount: euros(owed.cents),
            notes: self.notes(&owed.notes),
            explanation: self.steps(&owed.steps),
        }
    }

    pub(super) fn entry(&self, value: &EntryValue) -> AmountResult {
        AmountResult {
            amount: euros(value.cents),
            notes: self.notes(&value.notes),
            explanation: self.steps(&value.steps),
        }
    }

    fn settlement(&self, settled: &Settlement) -> SettlementResult {
        SettlementResult {
            shortfall: euros(settled.shortfall_cents),
            sanction: euros(settled.sanction_cents),
            explanation: self.steps(&settled.steps),
        }
    }
}

impl AmountResult {
    /// What is owed, with every step.
    #[must_use]
    pub fn of_obligation(owed: &Obligation, language: LanguageCode) -> Self {
        Writer { language: language.into(), explain: true }.obligation(owed)
    }

    /// What an entry counts for, with every step.
    #[must_use]
    pub fn of_entry(value: &EntryValue, language: LanguageCode) -> Self {
        Writer { language: language.into(), explain: true }.entry(value)
    }
}

impl SettlementResult {
    /// What is short, with every step.
    #[must_use]
    pub fn of(settled: &Settlement, language: LanguageCode) -> Self {
        Writer { language: language.into(), explain: true }.settlement(settled)
    }
}

impl RuleStepResult {
    fn new(step: &SocialReturnStep, language: Language) -> Self {
        RuleStepResult::from(StepResult::new(None, step, language))
    }
}

impl From<StepResult> for RuleStepResult {
    fn from(step: StepResult) -> Self {
        RuleStepResult {
            rule: step.rule,
            name: step.name,
            formula: step.formula,
            terms: step.terms,
            calculation: step.calculation,
            result: step.result,
            source: step.source,
        }
    }
}
