//! Templates of letters: each municipality can write its own, version after version.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::expect_version;
use crate::frame::error::ServiceError;
use crate::frame::findings::Findings;
use trede_base::ids::MunicipalityId;
use trede_base::record::Version;
use trede_formats::award_letter::{TemplateError, render, samples, shipped};
use trede_formats::pdf::{lacking, named};
use trede_model::awarding::award_letter::{LetterLanguage, LetterTemplate};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// The most characters of a template.
const TEMPLATE: usize = 50_000;

/// The template that counts: the last that the municipality wrote, or the one that comes with the service.
pub(crate) fn current(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    language: LetterLanguage,
) -> Result<LetterTemplate, ServiceError> {
    let own = store::awarding::letter_templates::latest(c, municipality, language)?;
    Ok(own.unwrap_or_else(|| LetterTemplate {
        municipality,
        language,
        version: Version::FIRST,
        template: shipped(language).to_owned(),
        written: None,
    }))
}

/// The template of a language that counts now.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the caller may not read it.
pub fn get(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    language: LetterLanguage,
) -> Result<LetterTemplate, ServiceError> {
    authorise(actor, municipality, Operation::GetLetterTemplate)?;
    services.db.read(|c| {
        expect_registered(c, municipality)?;
        current(c, municipality, language)
    })
}

/// The templates that count now, one for each language.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the caller may not read them.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
) -> Result<Vec<LetterTemplate>, ServiceError> {
    authorise(actor, municipality, Operation::ListLetterTemplates)?;
    services.db.read(|c| {
        expect_registered(c, municipality)?;
        LetterLanguage::ALL.iter().map(|language| current(c, municipality, *language)).collect()
    })
}

fn expect_registered(c: &mut AnyConnection, municipality: MunicipalityId) -> Result<(), ServiceError> {
    let found = store::frame::municipalities::find(c, municipality)?;
    found.map(|_| ()).ok_or(ServiceError::NotFound { what: "municipality" })
}

/// Writes another version of a template. Letters that were sent keep their words.
///
/// # Errors
/// [`ServiceError::Invalid`] when it makes no text of a letter, with the line; [`ServiceError::VersionMismatch`]
/// when it changed since `seen`.
pub fn replace(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    language: LetterLanguage,
    (seen, template): (Version, &str),
) -> Result<LetterTemplate, ServiceError> {
    const OPERATION: Operation = Operation::ReplaceLetterTemplate;
    authorise(actor, municipality, OPERATION)?;
    tried(language, template)?;
    let act = services.act(actor, municipality, OPERATION, format!("letter-templates/{language}"));
    services.db.write(&act, |c| {
        expect_registered(c, municipality)?;
        let before = current(c, municipality, language)?;
        expect_version(before.version, seen)?;
        let written = LetterTemplate {
            municipality,
            language,
            version: before.version.next(),
            template: template.to_owned(),
            written: Some((act.at, act.actor.clone())),
        };
        store::awarding::letter_templates::insert(c, municipality, &written)?;
        Ok(written)
    })
}

/// What a template makes of a letter of each kind: to the winner, to another, and to who was excluded.
///
/// # Errors
/// [`ServiceError::Invalid`] when it makes no text of one, with the line.
pub fn preview(
    actor: &Actor,
    municipality: MunicipalityId,
    language: LetterLanguage,
    template: &str,
) -> Result<[String; 3], ServiceError> {
    authorise(actor, municipality, Operation::PreviewLetterTemplate)?;
    tried(language, template)
}

fn tried(language: LetterLanguage, template: &str) -> Result<[String; 3], ServiceError> {
    let mut findings = Findings::default();
    findings.needed_text("/template", template, TEMPLATE);
    findings.into_result()?;
    let [winner, ranked, excluded] = samples(language);
    let text = |letter| {
        let text = render(template, letter).map_err(refused)?;
        let signs = lacking(&text);
        if signs.is_empty() {
            return Ok(text);
        }
        let detail = format!("the font of documents has no {}", named(&signs));
        Err(ServiceError::invalid("/template", "sign-lacking", detail))
    };
    Ok([text(&winner)?, text(&ranked)?, text(&excluded)?])
}

fn refused(error: TemplateError) -> ServiceError {
    ServiceError::invalid("/template", "template-error", error.to_string())
}
