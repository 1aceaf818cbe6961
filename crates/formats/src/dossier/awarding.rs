//! Facts after the proposal: a longer standstill, and objections.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::award_decision::AwardDecisionId;

/// A standstill that ends later (verlenging van de opschortende termijn).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct StandstillExtension {
    /// The decision whose standstill it is.
    #[schema(value_type = String, format = Uuid)]
    pub decision_id: AwardDecisionId,
    /// The last day before; left out when there was no standstill.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous_until_on: Option<NaiveDate>,
    /// The last day now.
    pub until_on: NaiveDate,
    /// Why.
    pub reason: String,
}

/// An objection to a proposed award (bezwaar of kort geding).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Objection {
    /// The decision that is objected to.
    #[schema(value_type = String, format = Uuid)]
    pub decision_id: AwardDecisionId,
    /// Who objects.
    pub party: String,
    /// On which day.
    pub lodged_on: NaiveDate,
    /// What is objected.
    pub grounds: String,
    /// The number of the case, when it was brought before a court (zaaknummer).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub court_reference: Option<String>,
}

/// How an objection ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ObjectionOutcome {
    /// It was dismissed (afgewezen).
    Dismissed,
    /// Who objected took it back (ingetrokken).
    Withdrawn,
    /// The parties agreed (geschikt).
    Settled,
    /// It was upheld (toegewezen): the proposal is taken back.
    Upheld,
}

/// How an objection ended (afloop).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObjectionResolution {
    /// The objection.
    #[schema(value_type = String, format = Uuid)]
    pub objection_id: DossierEntryId,
    /// How it ended.
    pub outcome: ObjectionOutcome,
    /// On which day.
    pub resolved_on: NaiveDate,
    /// In words: the ruling, or what was agreed.
    pub explanation: String,
}
