//! A tender scored without the store.

use std::num::NonZeroUsize;

use trede_lab::{Study, StudyError, run_on};
use trede_wire::lab_file::LabFile;
use trede_wire::lab_result::LabResult;
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{
    Failure, LanguageCode, ResultOptions, ScoreResult, WeightFansResult, score, score_weight_fans,
};

use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::{Finding, ServiceError};
use crate::frame::findings::of_engine_in;

/// Scores a file; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the file.
pub fn simulate(
    actor: &Actor,
    file: &ScoreFile,
    options: ResultOptions,
) -> Result<ScoreResult, ServiceError> {
    authorise_national(actor, Operation::SimulateAward)?;
    score(file, options).map_err(|failure| invalid(failure, options.language))
}

/// What the totals of a file become when weights shift; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the file.
pub fn simulate_weights(
    actor: &Actor,
    file: &ScoreFile,
    language: LanguageCode,
) -> Result<WeightFansResult, ServiceError> {
    authorise_national(actor, Operation::SimulateWeights)?;
    score_weight_fans(file).map_err(|failure| invalid(failure, language))
}

/// Scores on criteria that one request may ask for: some seconds of one core. The command line knows no bound.
const MOST_SCORES: usize = 3_000_000;

/// Tries award models on a market; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the study, or when it asks for too much work.
pub fn study(actor: &Actor, file: &LabFile, language: LanguageCode) -> Result<LabResult, ServiceError> {
    authorise_national(actor, Operation::SimulateAwardModels)?;
    let study = Study::read(file).map_err(|errors| {
        ServiceError::Invalid(errors.iter().map(|error| told(error, language)).collect())
    })?;
    let of_a_tender: usize =
        study.models.iter().zip(&study.lots).map(|(model, lot)| model.asks.len() * lot.bids().len()).sum();
    let tenders = usize::try_from(study.tenders).unwrap_or(usize::MAX);
    if of_a_tender.saturating_mul(tenders) > MOST_SCORES {
        let most = MOST_SCORES / of_a_tender.max(1);
        let detail = match most {
            1_000.. => format!("at most {most} tenders of these models and bidders are tried here"),
            _ => "these models and bidders are too many for one request".to_owned(),
        };
        let detail = format!("{detail}; `trede lab` takes more");
        return Err(ServiceError::invalid("/tenders", "too-much-work", detail));
    }
    // One of the threads that take requests: another study has the others.
    Ok(run_on(&study, NonZeroUsize::MIN, |_| {}).result(language.into()))
}

fn told(error: &StudyError, language: LanguageCode) -> Finding {
    let told = |language: LanguageCode| {
        let found = error.result(language.into());
        format!("{}; {}", found.detail, found.remedy)
    };
    let dutch = told(LanguageCode::Nl);
    Finding { dutch: Some(dutch), ..Finding::new(error.place(), error.code(), told(language)) }
}

fn invalid(failure: Failure, language: LanguageCode) -> ServiceError {
    let found = failure.0.into_iter();
    ServiceError::Invalid(found.map(|finding| of_engine_in(finding, language.into())).collect())
}
