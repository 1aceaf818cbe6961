//! An evaluation: what came out, from what, by which version of the engine.

use chrono::{DateTime, Utc};

use crate::tendering::lot::LotId;
use trede_base::ids::{Id, MunicipalityId};

/// The id of an evaluation.
pub type EvaluationId = Id<Evaluation>;

/// A snapshot of a lot's evaluation (beoordeling). It never changes; a correction is the next one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evaluation {
    /// What it is, without the documents.
    pub summary: EvaluationSummary,
    /// The JSON that went into the engine: award model, bids and scores.
    pub input: String,
    /// The JSON that came out: scores, ranking, explanation.
    pub result: String,
}

/// An evaluation without its documents, as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvaluationSummary {
    /// Whose tender it is made in.
    pub municipality: MunicipalityId,
    /// The lot.
    pub lot: LotId,
    /// Its id.
    pub id: EvaluationId,
    /// Its place among the evaluations of the lot, from 1.
    pub sequence: i32,
    /// Why it was made; of a correction, what it corrects.
    pub reason: Option<String>,
    /// SHA-256 of the canonical input, in hexadecimal: the same facts have the same fingerprint.
    pub fingerprint: String,
    /// The version of the engine.
    pub engine_version: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
}
