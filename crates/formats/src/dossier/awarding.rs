//! Facts after the proposal: a longer standstill, objections, and winners that drop out after the award.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::assessing::dossier::DossierEntryId;
use trede_model::awarding::award_decision::AwardDecisionId;
use trede_model::bidding::bid::BidId;

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

/// Why a winner drops out after the award.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum WinnerWithdrawalGround {
    /// It does not want the award any more (ziet af).
    Declined,
    /// It was excluded after the award (uitgesloten).
    Excluded,
    /// What was agreed with it ended (ontbonden of opgezegd).
    Ended,
}

/// A winner, or a bid on the reserve list, that drops out after the award (uitval).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WinnerWithdrawal {
    /// The decision by which it won.
    #[schema(value_type = String, format = Uuid)]
    pub decision_id: AwardDecisionId,
    /// Its bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// On what ground.
    pub ground: WinnerWithdrawalGround,
    /// Why.
    pub reason: String,
    /// The bid that takes its place: the first of the reserve list. Left out when nobody stood by, or when the bid stood
    /// by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = Uuid)]
    pub successor_bid_id: Option<BidId>,
}
