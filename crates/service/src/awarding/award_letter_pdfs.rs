//! A letter about a proposed award as PDF: to print, to send, to keep.

use crate::Services;
use crate::awarding::award_letters::of_reader;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::documents;
use crate::frame::error::ServiceError;
use crate::frame::load;
use trede_formats::pdf::About;
use trede_model::awarding::award_letter::AwardLetterId;
use trede_model::tendering::lot::LotPath;
use trede_rules::explaining::Language;

/// One letter in one of its languages. The same letter gives the same bytes.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id that the caller may read; [`ServiceError::Refused`] when
/// the font lacks a sign that stands in it.
pub fn get(
    services: &Services,
    actor: &Actor,
    at: LotPath,
    id: AwardLetterId,
    language: Language,
) -> Result<Vec<u8>, ServiceError> {
    authorise(actor, at.municipality, Operation::GetAwardLetterPdf)?;
    let (letter, tender) = services.db.read(|c| {
        let (tender, _) = load::lot(c, actor, at)?;
        Ok::<_, ServiceError>((of_reader(c, actor, at, id)?, tender))
    })?;
    let (text, subject) = match language {
        Language::Dutch => (&letter.dutch.text, "Mededeling van de gunningsbeslissing"),
        Language::English => (&letter.english.text, "Notification of the award decision"),
    };
    let about = About {
        title: format!("{subject}: {}", tender.facts.title),
        language,
        author: tender.facts.buyer,
        id: id.to_string(),
        written_at: letter.sent_at,
        attachment: None,
    };
    let file = documents::written(text, &about)?;
    let object = format!("{at}/award-letters/{id}/pdf");
    services.record_read(actor, at.municipality, Operation::GetAwardLetterPdf, object)?;
    Ok(file)
}
