//! One thing that is kept, compared with the audit trail.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::AuditRecord;
use trede_model::trust::audit_object::Object;
use trede_model::trust::audit_rows::RowStanding;
use trede_store::frame::connection::Db;
use trede_store::frame::error::StorageError;
use trede_store::trust::audit_rows;

/// How one thing that is kept stands to the audit trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectState {
    /// What it is about.
    pub object: Object,
    /// Whether it is as the last act on it left it.
    pub standing: RowStanding,
    /// The record of that act; none when no act was on it.
    pub record: Option<AuditRecord>,
}

/// Compares one thing that is kept, as it is now, with the last record of it.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn state(db: &Db, object: &Object) -> Result<ObjectState, StorageError> {
    let (table, key) = (object.kind.table(), object.key());
    db.read_snapshot(|c| {
        Ok(ObjectState {
            object: object.clone(),
            standing: audit_rows::standing(c, table, &key)?,
            record: audit_rows::last_record(c, table, &key)?,
        })
    })
}

/// The same for auditors of a municipality; `path` is the object's below the municipality, as the records name it.
///
/// # Errors
/// [`ServiceError::Forbidden`] for who is no auditor, [`ServiceError::Invalid`] when the path names nothing that is
/// kept by itself.
pub fn state_of(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    path: &str,
) -> Result<ObjectState, ServiceError> {
    authorise(actor, municipality, Operation::GetAuditState)?;
    let scope = AuditScope::Municipality(municipality);
    let object =
        Object::below(scope, path).ok().filter(|object| object.is_of(municipality)).ok_or_else(|| {
            let expected = "a path to what the municipality keeps by itself, such as tenders/{id}/lots/{id}";
            ServiceError::invalid("/object", "object-unknown", expected)
        })?;
    Ok(state(&services.db, &object)?)
}
