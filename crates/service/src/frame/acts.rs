//! The act that every change leaves, and what else belongs to each change.

use crate::Services;
use crate::clock::fresh_uuid;
use crate::frame::access::Operation;
use crate::frame::actor::Actor;
use crate::frame::error::ServiceError;
use trede_base::ids::{Id, MunicipalityId};
use trede_base::person_name::NobodysName;
use trede_base::record::Version;
use trede_model::trust::audit::{Act, AuditScope};

impl Services {
    /// An act on the data of a municipality. `object` is a path below the municipality.
    pub(crate) fn act(
        &self,
        actor: &Actor,
        municipality: MunicipalityId,
        operation: Operation,
        object: String,
    ) -> Act {
        self.act_in(AuditScope::Municipality(municipality), actor, operation, object)
    }

    /// An act on national reference data. `object` is a path.
    pub(crate) fn national_act(&self, actor: &Actor, operation: Operation, object: String) -> Act {
        self.act_in(AuditScope::National, actor, operation, object)
    }

    /// Records that somebody reads personal data, or what was sealed: before any of it leaves, once for each
    /// request.
    pub(crate) fn record_read(
        &self,
        actor: &Actor,
        municipality: MunicipalityId,
        operation: Operation,
        object: String,
    ) -> Result<(), ServiceError> {
        let act = self.act(actor, municipality, operation, object);
        self.db.record_read(&act)
    }

    /// An act on the data of a municipality that nobody asked for: the service does it by itself, at its time.
    pub(crate) fn act_of_itself(
        &self,
        municipality: MunicipalityId,
        action: &'static str,
        object: String,
    ) -> Act {
        Act {
            id: new_id(),
            scope: AuditScope::Municipality(municipality),
            at: self.now(),
            actor: NobodysName::Itself.word().to_owned(),
            client: None,
            action: action.to_owned(),
            object,
            request_id: fresh_uuid(),
            address: None,
        }
    }

    /// An act on the data of a municipality, or on national data.
    pub(crate) fn act_in(
        &self,
        scope: AuditScope,
        actor: &Actor,
        operation: Operation,
        object: String,
    ) -> Act {
        Act {
            id: new_id(),
            scope,
            at: self.now(),
            actor: actor.subject.clone(),
            client: actor.client.clone(),
            action: operation.id().to_owned(),
            object,
            request_id: actor.origin.request_id,
            address: actor.origin.address.map(|address| address.to_string()),
        }
    }
}

/// A new id; made before a write begins, for the write may run twice.
pub(crate) fn new_id<T>() -> Id<T> {
    Id::from_uuid(fresh_uuid())
}

/// Refuses a change by somebody who did not see the latest version.
pub(crate) fn expect_version(present: Version, seen: Version) -> Result<(), ServiceError> {
    if present == seen { Ok(()) } else { Err(ServiceError::VersionMismatch) }
}
