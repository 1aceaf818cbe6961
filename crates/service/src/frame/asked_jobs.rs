//! Jobs that an act puts down to be done after it.

use trede_model::telling::job::{Job, JobKind};
use trede_model::tendering::lot::LotPath;
use trede_model::trust::audit::{Act, AuditScope};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

use crate::frame::error::ServiceError;

/// Asks that the claims on a lot be checked, inside the transaction of what gives reason to.
pub(crate) fn claim_check(c: &mut AnyConnection, act: &Act, at: LotPath) -> Result<(), ServiceError> {
    let scope = AuditScope::Municipality(at.municipality);
    let job = Job::of(act, JobKind::ClaimCheck, scope, at.to_string());
    Ok(store::frame::jobs::ask(c, &job, act.at)?)
}
