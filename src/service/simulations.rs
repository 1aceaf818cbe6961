//! Simulations: the engines without the store.

use crate::exchange::score_file::ScoreFile;
use crate::exchange::score_result::{LanguageCode, ResultOptions, ScoreResult, score};
use crate::exchange::sroi_file::SroiFile;
use crate::exchange::sroi_result::{SroiResult, value_map_of};
use crate::service::access::{Operation, authorise_national};
use crate::service::actor::Actor;
use crate::service::error::ServiceError;
use crate::service::findings::{Findings, of_engine};

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

/// Values a value map of the SROI method; nothing is stored.
///
/// # Errors
/// [`ServiceError::Invalid`] with everything that is wrong with the map.
pub fn simulate_sroi(
    actor: &Actor,
    file: &SroiFile,
    language: LanguageCode,
    explain: bool,
) -> Result<SroiResult, ServiceError> {
    authorise_national(actor, Operation::SimulateSroi)?;
    let map = Findings::default().unless_found("", file.to_value_map())?;
    Ok(value_map_of(file, &map, language, explain))
}
