//! The evaluation report of a lot as PDF, with the record of its last evaluation in it.

use crate::Services;
use crate::awarding::{evaluation_records, evaluation_reports};
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::documents;
use crate::frame::error::ServiceError;
use trede_formats::evaluation_report::markdown;
use trede_formats::pdf::{About, Attachment};
use trede_model::tendering::lot::LotPath;
use trede_rules::explaining::Language;
use trede_store as store;

/// The report as the record is now. The same record gives the same bytes.
///
/// # Errors
/// [`ServiceError::Refused`] before the opening, and when the font lacks a sign that stands in it.
pub fn get(services: &Services, actor: &Actor, at: LotPath) -> Result<Vec<u8>, ServiceError> {
    authorise(actor, at.municipality, Operation::GetEvaluationReportPdf)?;
    let (report, changed_at) = evaluation_reports::made(services, actor, at)?;
    let last = services.db.read(|c| store::awarding::evaluations::all_of_lot(c, at.municipality, at.lot))?;
    let attachment = match last.last() {
        Some(evaluation) => Some(record(services, at, evaluation.summary.id)?),
        None => None,
    };
    let about = About {
        title: format!("Proces-verbaal van beoordeling: {}", report.authority.subject),
        language: Language::Dutch,
        author: report.authority.name.clone(),
        id: format!("{at}/evaluation-report"),
        written_at: changed_at,
        attachment,
    };
    let file = documents::written(&markdown(&report), &about)?;
    let object = format!("{at}/evaluation-report/pdf");
    services.record_read(actor, at.municipality, Operation::GetEvaluationReportPdf, object)?;
    Ok(file)
}

/// The record of an evaluation as a file: `trede replay` reads it.
fn record(
    services: &Services,
    at: LotPath,
    id: trede_model::awarding::evaluation::EvaluationId,
) -> Result<Attachment, ServiceError> {
    let record = evaluation_records::made(services, at, id)?;
    Ok(Attachment {
        name: "evaluatiedossier.json".to_owned(),
        description: "Evaluatiedossier: wat de uitkomst draagt, om na te rekenen met trede replay".to_owned(),
        media_type: "application/json",
        content: serde_json::to_vec(&record).map_err(|error| ServiceError::Internal(error.into()))?,
    })
}
