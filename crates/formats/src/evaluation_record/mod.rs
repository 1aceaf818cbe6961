//! The record of an evaluation (evaluatiedossier): what went in, the facts that it rests on and what came out, to
//! be replayed elsewhere without the service.

mod differences;
mod replay;

pub use differences::Difference;
pub use replay::{Replay, replay};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::dossier::Fact;
use trede_model::assessing::assessment::{Assessment, AssessmentKind};
use trede_model::assessing::dossier::DossierEntryId;
use trede_model::bidding::bid::BidId;
use trede_wire::moment::moment;
use trede_wire::score_file::ScoreFile;

/// What the file says that it is.
pub const FORMAT: &str = "trede-evaluation-record-1";

/// The record of an evaluation (evaluatiedossier).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct EvaluationRecord {
    /// What this is: `trede-evaluation-record-1`.
    pub format: String,
    /// The municipality, by its CBS code.
    pub municipality: String,
    /// The tender.
    pub tender_id: String,
    /// The lot.
    pub lot_id: String,
    /// The evaluation.
    pub evaluation_id: String,
    /// Its place among the evaluations of the lot, from 1.
    #[schema(minimum = 1)]
    pub sequence: i32,
    /// Why it was made; of a correction, what it corrects.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When it was made.
    #[serde(deserialize_with = "moment")]
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// The version of the engine that scored.
    pub engine_version: String,
    /// SHA-256 of the canonical input.
    pub fingerprint: String,
    /// What went into the engine: declared rules, bids, scores, exclusions and drawing.
    pub input: ScoreFile,
    /// What came out, as it was stored.
    #[schema(value_type = trede_wire::score_result::ScoreResult)]
    pub result: Value,
    /// The scores that count, as the assessors gave them or agreed on them.
    pub assessments: Vec<RecordedAssessment>,
    /// The dossier of the lot up to the evaluation.
    pub dossier: Vec<RecordedFact>,
    /// The record of the act that made the evaluation (plaats in het controlespoor).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audit_record: Option<RecordedPlace>,
    /// The record as it was signed, a JWS under a key of the installation (`GET …/record-keys`); left out where no
    /// keys for sealing are configured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// A place in the audit trail (plaats in het controlespoor).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordedPlace {
    /// Which of the municipality's chains.
    #[schema(maximum = 3)]
    pub chain: u8,
    /// The number in the chain, from 1.
    #[schema(minimum = 1)]
    pub sequence: i64,
    /// The hash over that record and all before it: SHA-256 in hexadecimal.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub hash: String,
}

/// A score that counts (beoordeling), as it was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordedAssessment {
    /// The bid.
    #[schema(value_type = String, format = Uuid)]
    pub bid_id: BidId,
    /// The criterion, by its id in the award model.
    pub criterion: String,
    /// Whose score it is: `individual` or `consensus`.
    #[schema(value_type = String, pattern = "^(individual|consensus)$")]
    pub kind: AssessmentKind,
    /// Who scored, or wrote the consensus down.
    pub assessor: String,
    /// The score.
    pub score: String,
    /// Why this score (motivering).
    pub motivation: String,
}

impl From<Assessment> for RecordedAssessment {
    fn from(given: Assessment) -> Self {
        Self {
            bid_id: given.bid,
            criterion: given.criterion,
            kind: given.kind,
            assessor: given.assessor,
            score: given.score,
            motivation: given.motivation,
        }
    }
}

/// A fact of the dossier (dossierstuk), as it was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordedFact {
    /// Its id.
    #[schema(value_type = String, format = Uuid)]
    pub id: DossierEntryId,
    /// When it was recorded.
    #[serde(deserialize_with = "moment")]
    pub recorded_at: DateTime<Utc>,
    /// By whom.
    pub recorded_by: String,
    /// What it tells.
    pub fact: Fact,
}

impl EvaluationRecord {
    /// What is signed: the record without its signature, as JSON.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn to_sign(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(&Self { signature: None, ..self.clone() })
    }

    /// Where the record differs from what was signed: every place that was edited.
    ///
    /// # Errors
    /// When what was signed is no JSON.
    pub fn edited(&self, signed: &[u8]) -> Result<Vec<Difference>, serde_json::Error> {
        let signed: Value = serde_json::from_slice(signed)?;
        let recorded: Value = serde_json::from_slice(&self.to_sign()?)?;
        let mut found = Vec::new();
        differences::compare("", &recorded, &signed, &mut found);
        Ok(found)
    }
}
