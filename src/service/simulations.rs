//! Award simulations: the engine without the store.

use crate::exchange::score_file::ScoreFile;
use crate::exchange::score_result::{ResultOptions, ScoreResult, score};
use crate::service::access::{Operation, authorise_national};
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::service::findings::of_engine;

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
    score(file, options)
        .map_err(|failure| ServiceError::Invalid(failure.0.into_iter().map(of_engine).collect()))
}
