//! Check the outcome (controleer de uitslag): anybody has the record of an evaluation replayed, and sees whether it is
//! one that this installation signed. Nothing of it is stored.

use crate::Services;
use crate::awarding::evaluation_records;
use crate::frame::error::ServiceError;
use crate::frame::findings::of_engine_in;
use crate::telling::open_data::Publisher;
use trede_base::words;
use trede_formats::evaluation_record::{Difference, EvaluationRecord, Replay, replay};
use trede_formats::receipt_keys::ReceiptKeySet;
use trede_sealing::record_signature::{SignatureError, verify};
use trede_wire::score_result::{LanguageCode, ResultOptions, ScoreResult, score_whatever_size};

words! {
    /// Who made a record, by its signature.
    pub enum Signature is "signature" {
        /// This installation signed it.
        Holds = "holds",
        /// It is not signed, so anybody can have made it.
        Lacking = "lacking",
        /// No key of this installation signed it.
        OfOthers = "of-others",
        /// This installation signs nothing.
        NotGiven = "not-given",
    }
}

/// What came of a check.
#[derive(Clone, Debug)]
pub struct Checked {
    /// Who made the record.
    pub signature: Signature,
    /// Where it was edited since it was signed; empty when nothing was, or it is not signed here.
    pub edited: Vec<Difference>,
    /// Whether its result follows from what went in.
    pub replay: Replay,
    /// What follows from what went in: the ranking computed again.
    pub result: ScoreResult,
}

/// Replays a record of the municipality.
///
/// # Errors
/// [`ServiceError::Invalid`] when the record is of another municipality, or what went in cannot be scored.
pub fn check(
    services: &Services,
    publisher: &Publisher,
    record: &EvaluationRecord,
    language: LanguageCode,
) -> Result<Checked, ServiceError> {
    let own = publisher.municipality.id.cbs_code();
    if record.municipality != own {
        let detail = format!("the record is of {}; this page checks those of {own}", record.municipality);
        return Err(ServiceError::invalid("/municipality", "record-of-another", detail));
    }
    let (signature, edited) = signed(services, record)?;
    let options = ResultOptions { language, explain: true, analyse: true };
    let result = score_whatever_size(&record.input, options).map_err(|failure| {
        let found = failure.0.into_iter().map(|finding| finding.below("/input"));
        ServiceError::Invalid(found.map(|finding| of_engine_in(finding, language.into())).collect())
    })?;
    Ok(Checked { signature, edited, replay: replay(record), result })
}

fn signed(
    services: &Services,
    record: &EvaluationRecord,
) -> Result<(Signature, Vec<Difference>), ServiceError> {
    let keys = match evaluation_records::keys(services) {
        Err(ServiceError::NotFound { .. }) => return Ok((Signature::NotGiven, Vec::new())),
        keys => keys?,
    };
    let Some(signature) = record.signature.as_deref() else { return Ok((Signature::Lacking, Vec::new())) };
    let internal = |error: serde_json::Error| ServiceError::Internal(error.into());
    let key_set = serde_json::to_string(&ReceiptKeySet::of_installation(&keys)).map_err(internal)?;
    match verify(&key_set, signature) {
        Ok(content) => Ok((Signature::Holds, record.edited(&content).map_err(internal)?)),
        Err(SignatureError::Malformed | SignatureError::NoKey | SignatureError::WrongSignature) => {
            Ok((Signature::OfOthers, Vec::new()))
        }
    }
}
