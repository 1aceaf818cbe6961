//! Bids on the wire.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::life_cycle::LifeCycleInput;
use crate::date::{offset_moment, optional_day, optional_offset_moment};
use crate::json::unique_keys;
use crate::number::Number;

/// A bid (inschrijving) on one lot, with its scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BidInput {
    /// Identifier of the bid; unique in the lot.
    #[schema(min_length = 1, max_length = 64, pattern = "^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$")]
    pub id: String,
    /// Who bids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bidder: Option<BidderInput>,
    /// The moment of receipt (tijdstip van ontvangst), needed for the tie rule `earliest-bid`.
    #[serde(default, deserialize_with = "optional_offset_moment", skip_serializing_if = "Option::is_none")]
    pub received_at: Option<DateTime<FixedOffset>>,
    /// The price in euros excluding VAT, when the model has one price criterion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub price: Option<Number>,
    /// The prices by criterion, when the model has several price criteria.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub prices: BTreeMap<String, Number>,
    /// The price as first offered, before an auction or negotiation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initial_price: Option<Number>,
    /// The costs by life-cycle criterion.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub life_cycle: BTreeMap<String, LifeCycleInput>,
    /// The score by assessed criterion: a number on its scale, or the name of a mark.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub scores: BTreeMap<String, String>,
    /// The individual scores by assessed criterion.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub assessor_scores: BTreeMap<String, Vec<AssessorScoreInput>>,
    /// The claim of a PSO level; left out: no level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pso: Option<PsoClaimInput>,
    /// The offer by commitment criterion, in its measure; left out: no commitment.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub commitments: BTreeMap<String, Number>,
    /// The facts by numeric criterion and knock-out: a number in quotes, or `true`/`false`.
    #[serde(default, deserialize_with = "unique_keys", skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactInput>,
    /// The members of a consortium (combinanten).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub consortium: Vec<MemberInput>,
    /// Why the bid does not take part, if it does not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exclusion: Option<ExclusionInput>,
    /// Where this lot stands in the bidder's own order, 1 for the one that it prefers; counts where `lotLimit` says
    /// `bidder-preference`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, format = Int64)]
    pub lot_preference: Option<u32>,
}

/// Who bids (inschrijver).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BidderInput {
    /// Name.
    pub name: String,
    /// KvK number (8 digits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{8}$")]
    pub kvk_number: Option<String>,
}

/// The score of one assessor (beoordelaar) on one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssessorScoreInput {
    /// Who scored, by code or name.
    pub assessor: String,
    /// A number on the scale, or the name of a mark.
    pub score: String,
}

/// A claim of a PSO level: a certificate, or an equivalent proof.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PsoClaimInput {
    /// The level's code; with an equivalent proof, the level at which the buyer assessed it.
    pub level: String,
    /// The ladder version of the certificate. Left out: the tender's ladder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ladder_version: Option<String>,
    /// First day on which the certificate is valid.
    #[serde(default, deserialize_with = "optional_day", skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<NaiveDate>,
    /// Last day on which the certificate is valid.
    #[serde(default, deserialize_with = "optional_day", skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<NaiveDate>,
    /// Number of the certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<String>,
    /// Why an equivalent proof counts as this level (gelijkwaardig bewijs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub equivalence_reason: Option<String>,
}

/// A fact of a bid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(untagged, expecting = "a number in quotes, such as \"5000\", or true or false")]
pub enum FactInput {
    /// Whether a requirement is met.
    Met(bool),
    /// A number.
    Value(Number),
}

/// A member of a consortium (combinant).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct MemberInput {
    /// Name.
    pub name: String,
    /// KvK number (8 digits).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{8}$")]
    pub kvk_number: Option<String>,
    /// Whether this is the lead member (penvoerder).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub lead: bool,
    /// The share in the contract, in percent; needed for the weighted rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share_percent: Option<Number>,
    /// The member's own PSO claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pso: Option<PsoClaimInput>,
}

/// Why a bid does not take part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExclusionInput {
    /// When it dropped out.
    pub stage: ExclusionStageInput,
    /// The reason, as it will stand in the report.
    pub reason: String,
}

/// When a bid dropped out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ExclusionStageInput {
    /// Before the evaluation: it was never admitted and counts in no formula.
    BeforeEvaluation,
    /// After the ranking, or when prices were known: the model's drop-out rule says what it still counts for.
    AfterRanking,
}

/// The record of a drawing of lots (proces-verbaal van loting; ARW 2016 art. 2.63.3).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DrawingInput {
    /// Where.
    pub place: String,
    /// When.
    #[serde(deserialize_with = "offset_moment")]
    pub held_at: DateTime<FixedOffset>,
    /// By whom.
    pub performed_by: String,
    /// The bids that were invited to attend.
    pub invited: Vec<String>,
    /// The bids in the order in which they were drawn: those that are tied now, and those that were then.
    pub order: Vec<String>,
    /// Where the order comes from, when it follows from a random value. Left out: lots of paper or the like.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub randomness: Option<RandomnessInput>,
    /// Pairs of bids that an earlier drawing put in an order: the first stays before the second, whatever the value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(value_type = Vec<Vec<String>>)]
    pub kept: Vec<[String; 2]>,
}

/// The random value of a drawing (toevalswaarde), and where it comes from.
///
/// The bids are drawn in the order of SHA-256 over `trede-drawing-1`, the value and the bid's identifier, with a
/// line feed between them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RandomnessInput {
    /// Where the value comes from.
    pub source: RandomnessSourceInput,
    /// The value; left out when the service is asked to draw it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub value: Option<String>,
    /// How others can look the value up, such as the name of a public draw and its date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub description: Option<String>,
}

/// Where a random value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RandomnessSourceInput {
    /// A value that anybody can look up, agreed on before it was known.
    Public,
    /// The random generator of the machine, at the moment of the drawing.
    Generator,
}
