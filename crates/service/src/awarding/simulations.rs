//! A tender scored without the store.

use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{ResultOptions, ScoreResult, score};

use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::of_engine;

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
