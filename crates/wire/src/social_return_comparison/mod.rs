//! Two social return policies, or two versions of one, beside each other: what differs between them, and what
//! a case is worth under each.

mod difference;

pub use difference::{Difference, DifferenceKind, differences};

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::score_result::{FindingResult, LanguageCode};
use crate::social_return_case::{ContractInput, EntryInput};
use crate::social_return_policy::PolicyInput;
use crate::social_return_result::{AmountResult, Writer};
use trede_rules::social_return::{ContractFacts, Policy, SocialReturnFinding, obligation, value_of};

/// Two policies that are compared, with a case where one is to be valued under both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnComparisonInput)]
pub struct ComparisonInput {
    /// The first policy (eerste beleid), such as the version that holds now.
    pub first: PolicyInput,
    /// The second policy (tweede beleid), such as the version that is to follow.
    pub second: PolicyInput,
    /// The case that is valued under both (casus).
    #[serde(default)]
    pub case: ComparedCase,
}

/// What is valued under both policies (casus).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnComparedCase)]
pub struct ComparedCase {
    /// The contract of which the obligation is computed (opdracht).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractInput>,
    /// The entries that are valued (verantwoordingen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10000)]
    pub entries: Vec<EntryInput>,
}

/// What differs between two policies, and what a case is worth under each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SocialReturnComparisonResult)]
pub struct ComparisonResult {
    /// The first policy, with its version.
    pub first: String,
    /// The second policy, with its version.
    pub second: String,
    /// What differs (verschillen), in the order of the document.
    pub differences: Vec<Difference>,
    /// What is owed under each (opgave), where a contract was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obligation: Option<ComparedAmount>,
    /// What each entry counts for under each (verantwoordingen), in their order.
    pub entries: Vec<ComparedAmount>,
}

/// What one thing comes to under each policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SocialReturnComparedAmount)]
pub struct ComparedAmount {
    /// Under the first.
    pub first: SideResult,
    /// Under the second.
    pub second: SideResult,
}

/// What one thing comes to under one policy, or why it cannot be computed there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SocialReturnSideResult)]
pub struct SideResult {
    /// The amount and how it came about; left out where it cannot be computed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<AmountResult>,
    /// Why it cannot be computed: what this policy does not know or does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FindingResult>,
}

/// What was sent, read into the domain.
pub struct Compared {
    first: Policy,
    second: Policy,
    contract: Option<ContractFacts>,
}

impl ComparisonInput {
    /// Reads the policies and the contract.
    ///
    /// # Errors
    /// Everything that is wrong with them, each with its JSON pointer.
    pub fn read(&self) -> Result<Compared, Vec<SocialReturnFinding>> {
        let first = below("/first", self.first.to_policy());
        let second = below("/second", self.second.to_policy());
        let contract = self.case.contract.as_ref().map(ContractInput::to_facts).transpose();
        match (first, second, below("/case/contract", contract)) {
            (Ok(first), Ok(second), Ok(contract)) => Ok(Compared { first, second, contract }),
            (first, second, contract) => {
                Err([first.err(), second.err(), contract.err()].into_iter().flatten().flatten().collect())
            }
        }
    }

    /// Compares what was read.
    #[must_use]
    pub fn compare(&self, read: &Compared, language: LanguageCode, explain: bool) -> ComparisonResult {
        let sides = Sides { writer: Writer { language: language.into(), explain }, read };
        ComparisonResult {
            first: named(&read.first),
            second: named(&read.second),
            differences: differences(&self.first, &self.second),
            obligation: read.contract.as_ref().map(|contract| sides.obligation(contract)),
            entries: self
                .case
                .entries
                .iter()
                .enumerate()
                .map(|(index, entry)| sides.entry(&format!("/case/entries/{index}"), entry))
                .collect(),
        }
    }
}

fn below<T>(place: &str, made: Result<T, Vec<SocialReturnFinding>>) -> Result<T, Vec<SocialReturnFinding>> {
    made.map_err(|found| found.into_iter().map(|finding| finding.below(place)).collect())
}

fn named(policy: &Policy) -> String {
    format!("{} {}", policy.code, policy.version)
}

struct Sides<'a> {
    writer: Writer,
    read: &'a Compared,
}

impl Sides<'_> {
    fn obligation(&self, contract: &ContractFacts) -> ComparedAmount {
        self.of_both("/case/contract", |policy| {
            obligation(policy, contract).map(|owed| self.writer.obligation(&owed))
        })
    }

    fn entry(&self, place: &str, entry: &EntryInput) -> ComparedAmount {
        let facts = entry.to_facts();
        self.of_both(place, |policy| value_of(policy, &facts).map(|value| self.writer.entry(&value)))
    }

    fn of_both(
        &self,
        place: &str,
        computed: impl Fn(&Policy) -> Result<AmountResult, Vec<SocialReturnFinding>>,
    ) -> ComparedAmount {
        let side = |policy| match computed(policy) {
            Ok(value) => SideResult { value: Some(value), errors: Vec::new() },
            Err(found) => SideResult { value: None, errors: self.writer.errors(place, found) },
        };
        ComparedAmount { first: side(&self.read.first), second: side(&self.read.second) }
    }
}
