//! Acts that were refused: who tried what, and why it was not done.

use crate::Services;
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;

/// The most characters of a path that a record keeps.
const LONGEST_PATH: usize = 500;

/// Records that an act on the data of a municipality was refused. `object` is the path that was asked for, below the
/// municipality; `code` says why, as the answer did.
///
/// # Errors
/// [`ServiceError`] when the store does not answer.
pub fn record(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    operation: Operation,
    object: &str,
    code: &str,
) -> Result<(), ServiceError> {
    let object = object.chars().take(LONGEST_PATH).collect();
    let mut act = services.act(actor, municipality, operation, object);
    act.action = format!("{}:refused:{code}", operation.id());
    services.db.record_read(&act)
}
