//! A case of social return: a policy with a contract, entries or a settlement, as `trede social-return` takes it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;
use crate::social_return_policy::{ContractKindInput, PolicyInput};
use trede_base::contract_kind::ContractKind;
use trede_base::exact::Exact;
use trede_base::gender::Gender;
use trede_base::period::Period;
use trede_base::share::Share;
use trede_rules::social_return::{
    ContractFacts, Deviation, EntryFacts, LevelHeld, SocialReturnFinding, SocialReturnFindingCode,
};

/// A policy and what is computed under it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SocialReturnCase {
    /// The policy (beleid).
    pub policy: PolicyInput,
    /// The contract of which the obligation is computed (opdracht).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract: Option<ContractInput>,
    /// The entries that are valued (verantwoordingen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10000)]
    pub entries: Vec<EntryInput>,
    /// Why a shortfall costs nothing (verontschuldiging).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excuse: Option<String>,
}

/// The facts of a contract (opdracht).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnContractInput)]
pub struct ContractInput {
    /// The kind (soort).
    pub kind: ContractKindInput,
    /// The contract sum excluding VAT, in euros (opdrachtsom).
    pub contract_sum: Number,
    /// The wage sum in it, in euros (loonsom).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_sum: Option<Number>,
    /// The share of labour in percent (arbeidsaandeel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labour_percent: Option<Number>,
    /// The term in months (looptijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 65535)]
    pub term_months: Option<u16>,
    /// The percentage that was offered in the bid (aanbod).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered_percent: Option<Number>,
    /// The PSO level of the contractor (PSO-trede).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pso_level: Option<String>,
    /// Instead of `psoLevel`: the levels that are held during parts of the term.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pso_levels: Vec<LevelPeriodInput>,
    /// The labels that are held during parts of the term, other than PSO levels (keurmerken).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub labels: Vec<LevelPeriodInput>,
    /// Whose contract it is, where a part of a region has rules of its own, such as `gm0344` (gemeente).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authority: Option<String>,
    /// How many people the contractor employs (werknemers).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64)]
    pub employees: Option<u32>,
    /// Which percentage of the contractor's full-time jobs people of the target groups have (5 %-norm).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target_group_percent: Option<Number>,
    /// The term from day to day; `psoLevels` needs it (looptijd).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<PeriodInput>,
    /// Why nothing is owed (ontheffing).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exemption: Option<String>,
    /// What is owed instead of what the policy says (maatwerk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deviation: Option<DeviationInput>,
}

/// A PSO level that the contractor holds during some time (PSO-trede).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PsoLevelPeriod)]
pub struct LevelPeriodInput {
    /// Code of the level in the policy.
    pub level: String,
    /// The first day on which it is held.
    pub from: NaiveDate,
    /// The last day on which it is held.
    pub until: NaiveDate,
}

/// Another obligation than the policy says (maatwerk).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DeviationInput {
    /// In euros (bedrag).
    pub amount: Number,
    /// Why (reden).
    pub reason: String,
}

/// The facts of an entry (verantwoording). Nothing of them may name a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnEntryInput)]
pub struct EntryInput {
    /// Code of the building block (bouwblok).
    pub block: String,
    /// Codes of the bonuses that are claimed (opslagen).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bonuses: Vec<String>,
    /// The period that is accounted for (periode).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<PeriodInput>,
    /// When the placement started, where an earlier entry accounts for the time before (start plaatsing).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placement_started_on: Option<NaiveDate>,
    /// When the contract started (start opdracht).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contract_started_on: Option<NaiveDate>,
    /// Hours a week (uren per week).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours_per_week: Option<Number>,
    /// The last day of wage-cost subsidy (loonkostensubsidie).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wage_cost_subsidy_until: Option<NaiveDate>,
    /// How long the candidate had the benefit on the reference date, in months (uitkeringsduur).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(maximum = 65535)]
    pub benefit_months: Option<u16>,
    /// Hours, days or learning years, as the block measures them (aantal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Number>,
    /// The same in earlier entries of this placement (eerder aantal).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier_quantity: Option<Number>,
    /// The hours of a full-time year at the contractor (jaaruren).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time_year_hours: Option<Number>,
    /// The invoice excluding VAT, the cost or the agreed amount, in euros (bedrag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Number>,
    /// The register in which the supplier stands, or its PSO level (register).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register: Option<String>,
    /// In which of the units of the block it is given; left out: the block's own (eenheid).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// The hours worked in the period, where a bonus counts by hour (gewerkte uren).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Number>,
    /// The last day of the candidate's last benefit (einde uitkering).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub benefit_ended_on: Option<NaiveDate>,
    /// When it was agreed beforehand (afgestemd op).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_on: Option<NaiveDate>,
    /// The months of the internship that came before (stagemaanden).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internship_months: Option<Number>,
    /// The whole invoice excluding VAT, in euros, where `amount` is the part of it that is accounted for here
    /// (factuurbedrag).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invoice_total: Option<Number>,
    /// The district where it was done, by which reports add up (wijk, stadsdeel).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
    /// Woman, man or otherwise, only where the policy collects it (geslacht).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, pattern = "^(woman|man|other)$")]
    pub gender: Option<Gender>,
    /// `follow-up`: how many months after the last day of the placement, from 1 to 120 (maanden na plaatsing).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 65535)]
    pub months_after: Option<u16>,
    /// `follow-up`: whether the candidate is at work on the day of the period (aan het werk).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_work: Option<bool>,
}

/// A period, both days included (periode).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = SocialReturnPeriodInput)]
pub struct PeriodInput {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl ContractInput {
    /// The facts of the contract.
    ///
    /// # Errors
    /// What is no percentage, with its JSON pointer.
    pub fn to_facts(&self) -> Result<ContractFacts, Vec<SocialReturnFinding>> {
        let share = |field: &str, percent: Option<Number>| match percent {
            None => Ok(None),
            Some(percent) => Share::of_percent(percent.0).map(Some).ok_or_else(|| {
                let details = [percent.0.to_string()];
                vec![SocialReturnFinding::new(SocialReturnFindingCode::NotAPercentage, field, details)]
            }),
        };
        Ok(ContractFacts {
            kind: ContractKind::from(self.kind),
            contract_sum: Exact::from(self.contract_sum.0),
            wage_sum: self.wage_sum.map(|number| Exact::from(number.0)),
            labour_share: share("/labourPercent", self.labour_percent)?,
            term_months: self.term_months.map(u32::from),
            offered: share("/offeredPercent", self.offered_percent)?,
            pso_levels: self.levels(),
            labels: self.labels.iter().map(held).collect(),
            authority: self.authority.clone(),
            employees: self.employees,
            target_group_share: share("/targetGroupPercent", self.target_group_percent)?,
            term: self.term.map(|term| Period { from: term.from, until: term.until }),
            exemption: self.exemption.clone(),
            deviation: self.deviation.as_ref().map(|deviation| Deviation {
                euros: Exact::from(deviation.amount.0),
                reason: deviation.reason.clone(),
            }),
        })
    }
}

impl ContractInput {
    fn levels(&self) -> Vec<LevelHeld> {
        let whole_term = self.pso_level.iter().map(|level| LevelHeld { level: level.clone(), during: None });
        whole_term.chain(self.pso_levels.iter().map(held)).collect()
    }
}

fn held(input: &LevelPeriodInput) -> LevelHeld {
    LevelHeld { level: input.level.clone(), during: Some(Period { from: input.from, until: input.until }) }
}

impl EntryInput {
    /// The facts of the entry.
    #[must_use]
    pub fn to_facts(&self) -> EntryFacts {
        let exact = |number: Option<Number>| number.map(|number| Exact::from(number.0));
        EntryFacts {
            block: self.block.clone(),
            bonuses: self.bonuses.clone(),
            period: self.period.map(|period| Period { from: period.from, until: period.until }),
            placement_started_on: self.placement_started_on,
            contract_started_on: self.contract_started_on,
            hours_per_week: exact(self.hours_per_week),
            wage_cost_subsidy_until: self.wage_cost_subsidy_until,
            benefit_months: self.benefit_months.map(u32::from),
            quantity: exact(self.quantity),
            earlier_quantity: exact(self.earlier_quantity),
            full_time_year_hours: exact(self.full_time_year_hours),
            euros: exact(self.amount),
            register: self.register.clone(),
            unit: self.unit.clone(),
            hours: exact(self.hours),
            benefit_ended_on: self.benefit_ended_on,
            agreed_on: self.agreed_on,
            internship_months: exact(self.internship_months),
            placement_ended_on: None,
            whole_euros: exact(self.invoice_total),
            counts_within: None,
        }
    }
}
