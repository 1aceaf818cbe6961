//! Facts of the assessment: interests, reopened scores, consensus.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use trede_model::assessing::assessment::AssessmentId;
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::bidding::bid::BidId;
use trede_wire::moment::moment;

/// Whether an assessor has an interest in who wins (belangenverklaring; art. 24 dir. 2014/24, Aw 2012 art. 1.10b).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"hasInterest": false}))]
pub struct InterestDeclaration {
    /// Whether there is an interest that touches on impartiality (belang).
    pub has_interest: bool,
    /// Which interest; needed when there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 20000)]
    pub explanation: Option<String>,
}

/// What was decided about an assessor's part (maatregel), after a declaration or because somebody drops out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "declarationId": "0190a5c8-0000-7000-8000-000000000021",
    "mayScore": false,
    "measure": "De beoordelaar is vervangen en heeft geen toegang tot de inschrijvingen."
}))]
pub struct InterestMeasure {
    /// The declaration that it is about.
    #[schema(value_type = String, format = Uuid)]
    pub declaration_id: DossierEntryId,
    /// Whether the assessor scores; the scores of who does not, do not count.
    pub may_score: bool,
    /// What was decided, and why.
    #[schema(min_length = 1, max_length = 20000)]
    pub measure: String,
}

/// A score that was handed in and may be changed (heropening), as it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AssessmentReopening {
    /// The assessment.
    #[schema(value_type = String, format = Uuid)]
    pub assessment_id: AssessmentId,
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// The criterion, by its id in the award model.
    pub criterion: String,
    /// Who scored.
    pub assessor: String,
    /// The score as it was handed in.
    pub score: String,
    /// Its motivation as it was handed in.
    pub motivation: String,
    /// Why it may be changed.
    pub reason: String,
}

/// A session in which the assessors agreed on scores (consensusbijeenkomst).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "heldAt": "2026-04-09T11:00:00Z",
    "attendees": [{"name": "beoordelaar-1"}, {"name": "beoordelaar-2", "role": "beoordelaar"}],
    "scores": [{
        "bidId": "0190a5c8-0000-7000-8000-000000000003",
        "criterion": "plan",
        "score": "8",
        "motivation": "Het plan noemt per wijk de werkwijze en de bezetting."
    }]
}))]
pub struct ConsensusSession {
    /// When it was held.
    #[serde(deserialize_with = "moment")]
    pub held_at: DateTime<Utc>,
    /// Who was there.
    #[schema(min_items = 1, max_items = 100)]
    pub attendees: Vec<Attendee>,
    /// What they agreed on. A score that was agreed on before is replaced.
    #[schema(min_items = 1, max_items = 5000)]
    pub scores: Vec<ConsensusScore>,
}

/// Somebody who was there (aanwezige).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Attendee {
    /// Who.
    #[schema(min_length = 1, max_length = 500)]
    pub name: String,
    /// In which role, or on whose behalf.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 500)]
    pub role: Option<String>,
}

/// A score that the assessors agreed on (consensusscore).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ConsensusScore {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// The criterion, by its id in the award model.
    #[schema(min_length = 1, max_length = 64)]
    pub criterion: String,
    /// A number on the criterion's scale, or the name of a mark (cijfer).
    #[schema(min_length = 1, max_length = 64)]
    pub score: String,
    /// Why this score (motivering).
    #[schema(min_length = 1, max_length = 20000)]
    pub motivation: String,
}
