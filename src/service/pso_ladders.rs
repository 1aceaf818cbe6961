//! The versions of the PSO ladder that are known here.

use crate::domain::pso::LadderVersion;
use crate::service::error::ServiceError;
use crate::storage::connection::AnyConnection;

/// All versions of the ladder, oldest first.
pub(super) fn all(_c: &mut AnyConnection) -> Result<Vec<LadderVersion>, ServiceError> {
    Ok(LadderVersion::published())
}
