//! Releases of OCDS 1.1.5 with the extensions for lots, bids, award criteria, techniques and other requirements.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;

/// A release: what was known of a procedure at a stage.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Release {
    pub(super) ocid: String,
    pub(super) id: String,
    pub(super) date: DateTime<Utc>,
    pub(super) tag: Vec<&'static str>,
    pub(super) initiation_type: &'static str,
    pub(super) language: &'static str,
    pub(super) parties: Vec<Party>,
    pub(super) buyer: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tender: Option<TenderPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) bids: Option<Bids>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) awards: Vec<Award>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) contracts: Vec<ContractPart>,
}

/// A record: all releases of a procedure, and them together.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub(super) ocid: String,
    pub(super) releases: Vec<Release>,
    pub(super) compiled_release: Release,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Party {
    pub(super) id: String,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) identifier: Option<Identifier>,
    pub(super) roles: Vec<&'static str>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Identifier {
    pub(super) scheme: &'static str,
    pub(super) id: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Reference {
    pub(super) id: String,
    pub(super) name: String,
}

/// An exact number: JSON has no other kind of its own, so it is written digit by digit.
pub(super) type Exact = Box<RawValue>;

#[derive(Clone, Debug, Serialize)]
pub(super) struct Value {
    pub(super) amount: Exact,
    pub(super) currency: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TenderPart {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    pub(super) status: &'static str,
    pub(super) procuring_entity: Reference,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) items: Vec<Item>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) tender_period: Option<Period>,
    pub(super) lots: Vec<LotPart>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) techniques: Option<Techniques>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lot_details: Option<LotDetails>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LotDetails {
    pub(super) maximum_lots_bid_per_supplier: u16,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Item {
    pub(super) id: String,
    pub(super) classification: Classification,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Classification {
    pub(super) scheme: &'static str,
    pub(super) id: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Period {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) end_date: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LotPart {
    pub(super) id: String,
    pub(super) title: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) description: String,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) award_criteria: Option<AwardCriteria>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) techniques: Option<Techniques>,
}

/// The official extension for techniques (eForms BT-765, BT-113).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Techniques {
    pub(super) has_framework_agreement: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) framework_agreement: Option<FrameworkAgreement>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FrameworkAgreement {
    pub(super) maximum_participants: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct AwardCriteria {
    /// Our extension: the award method, by its code.
    pub(super) award_method: String,
    pub(super) criteria: Vec<Criterion>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Criterion {
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) name: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) numbers: Vec<CriterionNumber>,
    /// Our extension: what is scored, such as `pso-level`.
    pub(super) scored_by: &'static str,
    /// Our extension: what each PSO level earns.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pso_levels: Option<PsoLevels>,
}

#[derive(Clone, Debug, Default, Serialize)]
pub(super) struct CriterionNumber {
    pub(super) number: Option<Exact>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) weight: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fixed: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) threshold: Option<&'static str>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PsoLevels {
    pub(super) measure: &'static str,
    pub(super) rows: Vec<PsoLevelRow>,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct PsoLevelRow {
    pub(super) level: String,
    pub(super) value: Exact,
}

#[derive(Clone, Debug, Serialize)]
pub(super) struct Bids {
    pub(super) statistics: Vec<Statistic>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) details: Vec<BidPart>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Statistic {
    pub(super) id: String,
    pub(super) measure: &'static str,
    pub(super) value: usize,
    pub(super) related_lot: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct BidPart {
    pub(super) id: String,
    pub(super) status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) tenderers: Vec<Reference>,
    pub(super) related_lots: Vec<String>,
    /// Our extension: what the evaluation made of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) evaluation: Option<Evaluation>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Evaluation {
    pub(super) rank: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) pso_level: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Award {
    pub(super) id: String,
    pub(super) status: &'static str,
    pub(super) date: DateTime<Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) suppliers: Vec<Reference>,
    pub(super) related_lots: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) related_bid: Option<String>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ContractPart {
    pub(super) id: String,
    #[serde(rename = "awardID")]
    pub(super) award_id: String,
    pub(super) title: String,
    pub(super) status: &'static str,
    pub(super) period: Period,
    pub(super) value: Value,
    /// Our extension: what social return is owed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) social_return: Option<SocialReturn>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) implementation: Option<Implementation>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SocialReturn {
    pub(super) obligation: Value,
    pub(super) status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) realised: Option<Value>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Implementation {
    pub(super) milestones: Vec<Milestone>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Milestone {
    pub(super) id: String,
    pub(super) title: &'static str,
    #[serde(rename = "type")]
    pub(super) kind: &'static str,
    pub(super) due_date: String,
    pub(super) status: &'static str,
}
