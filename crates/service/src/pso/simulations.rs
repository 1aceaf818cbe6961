//! A contribution measured without the store.

use trede_base::ids::MunicipalityId;
use trede_wire::pso_file::PsoFile;
use trede_wire::pso_result::{PsoResult, PsoResultOptions, measure_file};

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use crate::frame::findings::of_engine;
use crate::pso::pso_tables;

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
