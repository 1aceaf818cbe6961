//! The record of an evaluation, to be replayed elsewhere.

use crate::Services;
use crate::assessing::dossier::{Dossier, Told};
use crate::assessing::score_input::counting;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_formats::evaluation_record::{
    EvaluationRecord, FORMAT, RecordedAssessment, RecordedFact, RecordedPlace,
};
use trede_model::awarding::evaluation::EvaluationId;
use trede_model::tendering::lot::LotPath;
use trede_model::trust::audit::AuditScope;
use trede_sealing::SealingError;
use trede_sealing::record_signature::signed;
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The record of one evaluation, with the facts that it rests on.
///
/// # Errors
/// [`ServiceError::NotFound`] when the lot has none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: EvaluationId,
) -> Result<EvaluationRecord, ServiceError> {
    authorise(actor, at.municipality, Operation::GetEvaluationRecord)?;
    let record = made(services, at, id)?;
    let object = format!("{at}/evaluations/{id}/record");
    services.record_read(actor, at.municipality, Operation::GetEvaluationRecord, object)?;
    Ok(record)
}

/// The record, signed where there are keys.
pub(crate) fn made(
    services: &Services,
    at: LotPath,
    id: EvaluationId,
) -> Result<EvaluationRecord, ServiceError> {
    let mut record = services.db.read(|c| {
        let found = store::awarding::evaluations::find(c, at, id)?;
        let evaluation = found.ok_or(ServiceError::NotFound { what: "evaluation" })?;
        let mut dossier = Dossier::load(c, at)?;
        dossier.0.retain(|told| told.entry.at <= evaluation.summary.created_at);
        let assessments = counting(c, at, &dossier)?;
        let summary = evaluation.summary;
        let unreadable = |error: serde_json::Error| ServiceError::Internal(error.into());
        Ok::<_, ServiceError>(EvaluationRecord {
            format: FORMAT.to_owned(),
            municipality: at.municipality.cbs_code(),
            tender_id: at.tender.to_string(),
            lot_id: at.lot.to_string(),
            evaluation_id: summary.id.to_string(),
            sequence: summary.sequence,
            reason: summary.reason,
            created_at: summary.created_at,
            created_by: summary.created_by,
            engine_version: summary.engine_version,
            fingerprint: summary.fingerprint,
            input: serde_json::from_str(&evaluation.input).map_err(unreadable)?,
            result: serde_json::from_str(&evaluation.result).map_err(unreadable)?,
            assessments: assessments.into_iter().map(RecordedAssessment::from).collect(),
            dossier: dossier.0.into_iter().map(recorded).collect(),
            audit_record: place(c, at, id)?,
            signature: None,
        })
    })?;
    record.signature = signature(services, &record)?;
    Ok(record)
}

/// Where the trail tells that the evaluation was made.
fn place(
    c: &mut AnyConnection,
    at: LotPath,
    id: EvaluationId,
) -> Result<Option<RecordedPlace>, ServiceError> {
    let scope = AuditScope::Municipality(at.municipality);
    let link = store::trust::audit_records::first_of(c, scope, &format!("{at}/evaluations/{id}"))?;
    Ok(link.map(|link| RecordedPlace {
        chain: link.chain.number,
        sequence: link.sequence,
        hash: link.hash.to_string(),
    }))
}

/// The signature over a record; none where no keys are configured.
fn signature(services: &Services, record: &EvaluationRecord) -> Result<Option<String>, ServiceError> {
    let ring = match services.sealing_keys.ring() {
        Err(SealingError::NoKeys) => return Ok(None),
        ring => ring?,
    };
    let content = record.to_sign().map_err(|error| ServiceError::Internal(error.into()))?;
    Ok(Some(signed(&ring, &content)?))
}

/// The public keys by which records that were exported here are checked, each with its name.
///
/// # Errors
/// [`ServiceError::NotFound`] where no keys are configured, so that nothing is signed.
pub fn keys(services: &Services) -> Result<Vec<(String, Vec<u8>)>, ServiceError> {
    match services.sealing_keys.ring() {
        Err(SealingError::NoKeys) => Err(ServiceError::NotFound { what: "key that signs records" }),
        ring => Ok(ring?.record_keys()?),
    }
}

/// An entry as it stands in a record or report.
pub(crate) fn recorded(told: Told) -> RecordedFact {
    RecordedFact {
        id: told.entry.id,
        recorded_at: told.entry.at,
        recorded_by: told.entry.actor,
        fact: told.fact,
    }
}
