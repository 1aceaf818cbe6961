//! The terms of a contract on the wire: what is registered, imported and kept in its history.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_base::contract_kind::ContractKind;
use trede_base::cpv::{CpvCode, CpvCodes};
use trede_base::ids::KvkNumber;
use trede_base::period::Period;
use trede_model::following::contract::{
    ContractTerms, ContractorFacts, KvkNumbers, LevelPeriod, LevelPeriods,
};
use trede_model::tendering::lot::LotId;
use trede_wire::euros::Euros;
use trede_wire::number::Number;
use trede_wire::social_return_case::LevelPeriodInput;
use trede_wire::social_return_policy::ContractKindInput;

/// The terms of a contract (opdracht).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ContractTerms)]
pub struct ContractTermsInput {
    /// The reference under which the municipality's own files know it (kenmerk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub external_reference: Option<String>,
    /// Title (titel); left out for an awarded lot: that of the lot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub title: Option<String>,
    /// The KvK number of the contractor (opdrachtnemer), of a consortium that of the lead member
    /// (penvoerder); left out for an awarded lot: that of the winner.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^[0-9]{8}$")]
    pub contractor_kvk_number: Option<KvkNumber>,
    /// The KvK numbers of the other members of the consortium (combinatie).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, max_items = 50)]
    pub consortium_kvk_numbers: Vec<KvkNumber>,
    /// The kind (soort).
    pub kind: ContractKindInput,
    /// What is bought, as CPV codes, the main code first; left out for an awarded lot: those of the tender.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, max_items = 50)]
    pub cpv_codes: Vec<CpvCode>,
    /// The contract sum excluding VAT, in euros (opdrachtsom).
    #[schema(value_type = Number)]
    pub contract_sum: Euros,
    /// The wages in it, in euros (loonsom).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Number>)]
    pub wage_sum: Option<Euros>,
    /// The share of labour in percent (arbeidsaandeel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labour_percent: Option<Number>,
    /// When the tender was published (publicatiedatum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// When the contract was assigned (opdrachtdatum).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assigned_on: Option<NaiveDate>,
    /// Its first day (ingangsdatum).
    pub starts_on: NaiveDate,
    /// Its last day (einddatum).
    pub ends_on: NaiveDate,
    /// The percentage that was offered in the bid (aanbod).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_percent: Option<Number>,
    /// The PSO levels of the contractor during the term (PSO-treden).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub pso_levels: Vec<LevelPeriodInput>,
    /// Why nothing is owed (ontheffing).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20000)]
    pub exemption: Option<String>,
    /// What is owed instead of what the policy says (maatwerk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<ContractDeviation>,
    /// The coordinator who follows it, by the name in the token (coördinator).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub coordinator: Option<String>,
    /// The labels of the contractor during the term, other than PSO levels (keurmerken).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 50)]
    pub labels: Vec<LevelPeriodInput>,
    /// The KvK numbers of the other organisations of the contractor's group, as it says itself: nobody buys from
    /// itself (concern).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<String>, max_items = 50)]
    pub group_kvk_numbers: Vec<KvkNumber>,
    /// How many people the contractor employs (werknemers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub employees: Option<u32>,
    /// Which percentage of its full-time jobs people of the target groups have (5 %-norm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_group_percent: Option<Number>,
}

/// Another obligation than the policy says, and why (maatwerk).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContractDeviation {
    /// In euros (bedrag).
    #[schema(value_type = Number)]
    pub amount: Euros,
    /// Why (reden).
    #[schema(min_length = 1, max_length = 20000)]
    pub reason: String,
}

impl ContractTermsInput {
    /// The terms. A title and a contractor that were left out are none of this type's business: whoever
    /// reads an award fills them in first.
    #[must_use]
    pub fn to_terms(&self, title: String, contractor: KvkNumber, lot: Option<LotId>) -> ContractTerms {
        ContractTerms {
            external_reference: self.external_reference.clone(),
            lot,
            title,
            contractor,
            consortium: KvkNumbers(self.consortium_kvk_numbers.clone()),
            kind: ContractKind::from(self.kind),
            cpv_codes: CpvCodes(self.cpv_codes.clone()),
            contract_sum_cents: self.contract_sum.cents,
            wage_sum_cents: self.wage_sum.map(|wages| wages.cents),
            labour_percent: self.labour_percent.map(|percent| percent.0),
            published_on: self.published_on,
            assigned_on: self.assigned_on,
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            offered_percent: self.offered_percent.map(|percent| percent.0),
            pso_levels: levels(&self.pso_levels),
            exemption: self.exemption.clone(),
            deviation: self
                .deviation
                .as_ref()
                .map(|deviation| (deviation.amount.cents, deviation.reason.clone())),
            coordinator: self.coordinator.clone(),
            labels: levels(&self.labels),
            of_contractor: ContractorFacts {
                group: KvkNumbers(self.group_kvk_numbers.clone()),
                employees: self.employees,
                target_group_percent: self.target_group_percent.map(|percent| percent.0),
            },
        }
    }
}

/// The levels of the domain.
#[must_use]
pub fn levels(inputs: &[LevelPeriodInput]) -> LevelPeriods {
    let level = |input: &LevelPeriodInput| LevelPeriod {
        level: input.level.clone(),
        period: Period { from: input.from, until: input.until },
    };
    LevelPeriods(inputs.iter().map(level).collect())
}

impl From<&ContractTerms> for ContractTermsInput {
    fn from(terms: &ContractTerms) -> Self {
        let level = |held: &LevelPeriod| LevelPeriodInput {
            level: held.level.clone(),
            from: held.period.from,
            until: held.period.until,
        };
        Self {
            external_reference: terms.external_reference.clone(),
            title: Some(terms.title.clone()),
            contractor_kvk_number: Some(terms.contractor),
            consortium_kvk_numbers: terms.consortium.0.clone(),
            kind: ContractKindInput::from(terms.kind),
            cpv_codes: terms.cpv_codes.0.clone(),
            contract_sum: Euros { cents: terms.contract_sum_cents },
            wage_sum: terms.wage_sum_cents.map(|cents| Euros { cents }),
            labour_percent: terms.labour_percent.map(Number),
            published_on: terms.published_on,
            assigned_on: terms.assigned_on,
            starts_on: terms.starts_on,
            ends_on: terms.ends_on,
            offered_percent: terms.offered_percent.map(Number),
            pso_levels: terms.pso_levels.0.iter().map(level).collect(),
            exemption: terms.exemption.clone(),
            deviation: terms.deviation.as_ref().map(|(cents, reason)| ContractDeviation {
                amount: Euros { cents: *cents },
                reason: reason.clone(),
            }),
            coordinator: terms.coordinator.clone(),
            labels: terms.labels.0.iter().map(level).collect(),
            group_kvk_numbers: terms.of_contractor.group.0.clone(),
            employees: terms.of_contractor.employees,
            target_group_percent: terms.of_contractor.target_group_percent.map(Number),
        }
    }
}
