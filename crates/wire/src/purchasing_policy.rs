//! A municipality's purchasing policy (inkoopbeleid) on the wire: what it asks of award models.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use trede_rules::award::purchasing_policy::{
    CriterionKind, Demand, FindingCode, PurchasingRule, RuleScope, Selection, check,
};
use trede_rules::explaining::finding::Finding;
use utoipa::ToSchema;

use crate::euros::Euros;
use crate::number::Number;
use crate::score_file::{CriterionKindInput, METHODS, is_identifier};

/// More rules than a policy has.
const MAX_RULES: usize = 100;
/// The most characters of a rule.
const LONGEST_TEXT: usize = 2_000;

/// What an authority asks of award models (inkoopbeleid).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"rules": [{
    "code": "sociaal-10",
    "text": "Bij opdrachten vanaf € 250.000 wegen sociale criteria voor minstens 10 procent mee.",
    "scope": {"fromValue": "250000", "startsOn": "2026-01-01"},
    "demand": {"leastWeight": {"percent": "10", "kinds": ["pso-level", "social-return-commitment"]}}
}]}))]
pub struct PurchasingPolicyInput {
    /// The rules; empty: nothing is asked.
    #[schema(max_items = 100)]
    pub rules: Vec<PurchasingRuleInput>,
}

/// One rule of the policy (beleidsregel).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "code": "sociaal-10",
    "text": "Bij opdrachten vanaf € 250.000 wegen sociale criteria voor minstens 10 procent mee.",
    "scope": {"fromValue": "250000", "startsOn": "2026-01-01"},
    "demand": {"leastWeight": {"percent": "10", "kinds": ["pso-level", "social-return-commitment"]}}
}))]
pub struct PurchasingRuleInput {
    /// Under which code an exception names it; unique in the policy.
    #[schema(min_length = 1, max_length = 64)]
    pub code: String,
    /// The policy's own text, which a buyer is told.
    #[schema(min_length = 1, max_length = 2000)]
    pub text: String,
    /// For which tenders it holds; left out: for all.
    #[serde(default)]
    pub scope: RuleScopeInput,
    /// What it asks: one of four.
    pub demand: DemandInput,
}

/// For which tenders a rule holds; what is left out does not narrow it (reikwijdte).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RuleScopeInput {
    /// From this estimated value on, in euros without VAT (vanaf).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    pub from_value: Option<Euros>,
    /// Below this estimated value, in euros without VAT (tot).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    pub below_value: Option<Euros>,
    /// Only above the European threshold, or only below it (Europese drempel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above_threshold: Option<bool>,
    /// For tenders that are published on this day or later (ingangsdatum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts_on: Option<NaiveDate>,
    /// For tenders that are published on this day at the latest (einddatum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_on: Option<NaiveDate>,
    /// For what is bought under a CPV code that begins with one of these; empty: for all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cpv_prefixes: Vec<String>,
}

/// What a rule asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub enum DemandInput {
    /// The criteria weigh at least so many percent of all (minimaal gewicht).
    LeastWeight(WeightDemandInput),
    /// The criteria weigh at most so many percent of all (maximaal gewicht).
    MostWeight(WeightDemandInput),
    /// These award methods are not used, by their codes (niet toegestane methodieken).
    MethodsNotUsed(Vec<String>),
    /// The criteria earn nothing: what they are about is a requirement only (alleen als eis).
    NotRewarded(SelectionInput),
}

/// A bound on the weight of criteria.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WeightDemandInput {
    /// In percent of the weight of all criteria.
    pub percent: Number,
    /// Criteria of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<CriterionKindInput>,
    /// Criteria with these identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
}

/// Criteria that a rule is about: of one of the kinds, or with one of the identifiers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = CriterionSelectionInput)]
pub struct SelectionInput {
    /// Criteria of these kinds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<CriterionKindInput>,
    /// Criteria with these identifiers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ids: Vec<String>,
}

impl PurchasingPolicyInput {
    /// The rules of the policy.
    ///
    /// # Errors
    /// All that is wrong, each with its JSON pointer.
    pub fn read(&self) -> Result<Vec<PurchasingRule>, Vec<Finding<FindingCode>>> {
        if self.rules.len() > MAX_RULES {
            let details = [self.rules.len().to_string(), MAX_RULES.to_string()];
            return Err(vec![Finding::new(FindingCode::TooManyRules, "/rules", details)]);
        }
        let rules: Vec<PurchasingRule> = self.rules.iter().map(rule).collect();
        let mut found = check(&rules);
        for (index, input) in self.rules.iter().enumerate() {
            found.extend(input.findings().into_iter().map(|it| it.below(&format!("/rules/{index}"))));
        }
        if found.is_empty() { Ok(rules) } else { Err(found) }
    }
}

impl PurchasingRuleInput {
    /// What only the wire can get wrong.
    fn findings(&self) -> Vec<Finding<FindingCode>> {
        let mut found = Vec::new();
        if !is_identifier(&self.code) {
            let details = [self.code.chars().take(64).collect()];
            found.push(Finding::new(FindingCode::NoCode, "/code", details));
        }
        if self.text.chars().count() > LONGEST_TEXT {
            found.push(Finding::new(FindingCode::TextTooLong, "/text", [LONGEST_TEXT.to_string()]));
        }
        if let DemandInput::MethodsNotUsed(methods) = &self.demand {
            for (index, method) in methods.iter().enumerate() {
                if !METHODS.contains(&method.as_str()) {
                    let place = format!("/demand/methodsNotUsed/{index}");
                    let details = [method.chars().take(64).collect(), METHODS.join(", ")];
                    found.push(Finding::new(FindingCode::UnknownMethod, place, details));
                }
            }
        }
        found
    }
}

/// A group is no kind of its own: what stands in it is.
fn selection(kinds: &[CriterionKindInput], ids: &[String]) -> Selection {
    let kind = |kind: &CriterionKindInput| match kind {
        CriterionKindInput::Group => None,
        CriterionKindInput::Price => Some(CriterionKind::Price),
        CriterionKindInput::LifeCycleCost => Some(CriterionKind::LifeCycleCost),
        CriterionKindInput::AssessedQuality => Some(CriterionKind::AssessedQuality),
        CriterionKindInput::PsoLevel => Some(CriterionKind::PsoLevel),
        CriterionKindInput::SocialReturnCommitment => Some(CriterionKind::SocialReturnCommitment),
        CriterionKindInput::Numeric => Some(CriterionKind::Numeric),
        CriterionKindInput::FixedPrice => Some(CriterionKind::FixedPrice),
    };
    Selection { kinds: kinds.iter().filter_map(kind).collect(), ids: ids.to_vec() }
}

fn rule(input: &PurchasingRuleInput) -> PurchasingRule {
    let demand = match &input.demand {
        DemandInput::LeastWeight(it) => Demand::LeastWeight(selection(&it.kinds, &it.ids), it.percent.0),
        DemandInput::MostWeight(it) => Demand::MostWeight(selection(&it.kinds, &it.ids), it.percent.0),
        DemandInput::MethodsNotUsed(methods) => Demand::MethodsNotUsed(methods.clone()),
        DemandInput::NotRewarded(it) => Demand::NotRewarded(selection(&it.kinds, &it.ids)),
    };
    let scope = &input.scope;
    PurchasingRule {
        code: input.code.clone(),
        text: input.text.clone(),
        scope: RuleScope {
            from_value_cents: scope.from_value.map(|value| value.cents),
            below_value_cents: scope.below_value.map(|value| value.cents),
            above_threshold: scope.above_threshold,
            starts_on: scope.starts_on,
            ends_on: scope.ends_on,
            cpv_prefixes: scope.cpv_prefixes.clone(),
        },
        demand,
    }
}
