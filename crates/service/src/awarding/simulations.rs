//! A tender scored without the store.

use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{
    Failure, LanguageCode, ResultOptions, ScoreResult, WeightFansResult, score, score_weight_fans,
};

use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
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

fn invalid(failure: Failure, language: LanguageCode) -> ServiceError {
    let found = failure.0.into_iter();
    ServiceError::Invalid(found.map(|finding| of_engine_in(finding, language.into())).collect())
}
