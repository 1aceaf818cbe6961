//! Simulations: the engines without the store.

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, of_engine};
use crate::pso::pso_tables;
use trede_base::ids::MunicipalityId;
use trede_wire::pso_file::PsoFile;
use trede_wire::pso_result::{PsoResult, PsoResultOptions, measure_file};
use trede_wire::score_file::ScoreFile;
use trede_wire::score_result::{LanguageCode, ResultOptions, ScoreResult, score};
use trede_wire::sroi_file::SroiFile;
use trede_wire::sroi_result::{SroiResult, value_map_of};

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

/// Measures the contribution of a file; nothing is stored. Tables that it names and that were added here are used,
/// those of the municipality before national ones.
///
/// # Errors
/// [`ServiceError::ForeignMunicipality`] when the caller does not serve the municipality;
/// [`ServiceError::Invalid`] with everything that is wrong with the file.
pub fn measure(
    services: &Services,
    actor: &Actor,
    municipality: Option<MunicipalityId>,
    mut file: PsoFile,
    options: PsoResultOptions,
) -> Result<PsoResult, ServiceError> {
    authorise_national(actor, Operation::SimulatePsoContribution)?;
    if municipality.is_some_and(|id| !actor.serves(id)) {
        return Err(ServiceError::ForeignMunicipality);
    }
    if file.norms.is_some() || file.weights.is_some() {
        services.db.read(|c| pso_tables::fill_in(c, municipality, &mut file))?;
    }
    measured(&file, options)
}

/// The contribution of a file.
pub(crate) fn measured(file: &PsoFile, options: PsoResultOptions) -> Result<PsoResult, ServiceError> {
    measure_file(file, options)
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
