//! The PSO file: one organisation with its workers of the target group and its purchases, as `trede pso` and
//! the API take it. It has no place for a name, a date of birth or a BSN of a worker.

mod norms;
mod parse;
mod privacy;
mod to_domain;
mod to_norms;

pub use norms::{ContractInput, EmploymentInput, NormRowInput, NormsInput, PositionInput, WeightsInput};
pub use parse::{PsoFileError, parse_pso_file, parse_without_bsn};
pub use privacy::{Pseudonym, place_of_bsn};
pub use to_domain::Measured;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::number::Number;

/// An organisation whose social contribution (sociale bijdrage) is measured over a reference year (peiljaar).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PsoFile {
    /// The organisation.
    pub organisation: OrganisationInput,
    /// The workers of the target group (doelgroep), by pseudonym.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 20000)]
    pub workers: Vec<WorkerInput>,
    /// Suppliers (leveranciers) that are bought from, or could be.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 1000)]
    pub suppliers: Vec<SupplierInput>,
    /// What is bought (inkoop): one order counts once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10000)]
    pub purchases: Vec<PurchaseInput>,
    /// What suppliers buy from each other: the second link of the chain (keten). It is told and never counted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10000)]
    pub supplier_purchases: Vec<SupplierPurchaseInput>,
    /// Orders that could go to another supplier: what would that do?
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub alternatives: Vec<AlternativeInput>,
    /// Suppliers for which the distance to a level is told in euros. Left out: the one with the most fte of
    /// the target group for each euro of turnover.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 10)]
    pub assumed_suppliers: Vec<String>,
    /// How PSO 30+ (Abw) is measured. Left out: it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thirty_plus: Option<ThirtyPlusInput>,
    /// The norms (normen). Left out: the published ones.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub norms: Option<NormsInput>,
    /// The weights (wegingen). Left out: those published for the newest manual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights: Option<WeightsInput>,
}

/// The organisation that is measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct OrganisationInput {
    /// Name of the organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// KvK number (8 digits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{8}$")]
    pub kvk_number: Option<String>,
    /// All workers in fte, the target group included (totaal aantal fte).
    pub total_fte: Number,
    /// First month of the reference year (peiljaar), such as `2025-01`; needed when a worker has `countsFrom`
    /// or `countsUntil`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$", example = "2025-01")]
    pub reference_year_from: Option<String>,
}

/// A worker of the target group (werknemer uit de doelgroep), known by a pseudonym.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WorkerInput {
    /// The pseudonym: a letter, a hyphen and up to five digits, or a UUID. The key to it stays at home.
    pub reference: Pseudonym,
    /// Position at inflow (positie bij instroom), such as `participatiewet`; the weights list them.
    pub position: String,
    /// Contract type (contractvorm), such as `regular` or `secondment`; the weights list them.
    pub contract: String,
    /// Hours a week (uren per week).
    pub hours_per_week: Number,
    /// Hours a week of full-time work under the collective agreement (cao). Left out: 40.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub full_time_hours: Option<Number>,
    /// Months at work in the reference year. Left out: 12.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<Number>,
    /// Month of inflow (instroom), or for a lost status the month in which it was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$")]
    pub counts_from: Option<String>,
    /// Last month of the indication, wage-cost subsidy (LKS) or placement. Left out: it goes on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{4}-[0-9]{2}$")]
    pub counts_until: Option<String>,
    /// The order (opdracht) under which the worker is hired in. If it stands among the purchases too, it
    /// counts here and not there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// Whether a secondment is long-lasting (langdurige detachering); only PSO 30+ asks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub long_lasting: bool,
}

/// A supplier (leverancier).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupplierInput {
    /// Identifier.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// KvK number (8 digits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{8}$")]
    pub kvk_number: Option<String>,
    /// Whether purchases from it count.
    pub kind: SupplierKindInput,
    /// Turnover of the year in euros, excluding VAT (omzet).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub turnover: Option<Number>,
    /// All its workers in fte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fte: Option<Number>,
    /// Its own direct contribution in percent of its fte (directe bijdrage). Ask the supplier: the level of a
    /// certificate does not give it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub direct_share_percent: Option<Number>,
}

/// Whether purchases from a supplier count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SupplierKindInput {
    /// Holds a PSO certificate.
    PsoCertified,
    /// A social workplace (SW-bedrijf) to which work is outsourced.
    SocialWorkplace,
    /// Neither: purchases do not count.
    Other,
}

/// A purchase (inkoop): one order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PurchaseInput {
    /// Identifier of the order (opdracht).
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub order: String,
    /// Identifier of the supplier.
    pub supplier: String,
    /// Value in the reference year in euros, excluding VAT.
    pub value: Number,
}

/// What a supplier buys from another supplier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct SupplierPurchaseInput {
    /// Identifier of the supplier that buys.
    pub buyer: String,
    /// Identifier of the order (opdracht).
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub order: String,
    /// Identifier of the supplier that sells.
    pub supplier: String,
    /// Value in the reference year in euros, excluding VAT.
    pub value: Number,
}

/// An order that could go to another supplier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AlternativeInput {
    /// The order, as it stands in `purchases`.
    pub order: String,
    /// The other supplier.
    pub supplier: String,
}

/// How PSO 30+ (Abw) is measured: a choice of policy, since the sources allow both measures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ThirtyPlusInput {
    /// Heads or fte.
    pub measure: ThirtyPlusMeasureInput,
    /// People in the whole organisation; `heads` needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(format = Int64, minimum = 1)]
    pub total_heads: Option<u32>,
    /// Whether long-lasting secondment counts beside one's own payroll (allowed since April 2019).
    pub long_secondment_counts: bool,
}

/// What PSO 30+ counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ThirtyPlusMeasureInput {
    /// People.
    Heads,
    /// Fte, without weights.
    Fte,
}

impl PsoFile {
    /// The file with its lists in the order of their identifiers, which changes nothing of the result.
    #[must_use]
    pub fn in_order(&self) -> Self {
        let mut file = self.clone();
        file.workers.sort_by(|a, b| a.reference.as_str().cmp(b.reference.as_str()));
        file.suppliers.sort_by(|a, b| a.id.cmp(&b.id));
        file.purchases.sort_by(|a, b| a.order.cmp(&b.order));
        file.supplier_purchases.sort_by(|a, b| a.order.cmp(&b.order));
        file
    }
}
