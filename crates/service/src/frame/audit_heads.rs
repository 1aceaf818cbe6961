//! How the audit trail stands, as an opening or a letter tells it: who keeps either can prove later that nothing up to
//! then was changed, also when the end of the trail was cut off.

use trede_base::ids::MunicipalityId;
use trede_model::tendering::tender::TenderId;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::{Chain, Waypoint};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_store::frame::error::StorageError;

/// The heads of the chains of a municipality that something was added to, each as `trede audit verify --head` reads it,
/// as a letter tells them: those of the vault name the tender by its id, and stand in the record of the opening.
pub(crate) fn short_heads(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
) -> Result<Vec<String>, StorageError> {
    heads_of(c, AuditScope::Municipality(municipality))
}

/// The same with those of the vault of a tender, which have no number: that would tell how much was sent.
pub(crate) fn short_heads_with_vault(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<String>, StorageError> {
    let mut heads = short_heads(c, municipality)?;
    heads.extend(heads_of(c, AuditScope::Vault(municipality, tender))?);
    Ok(heads)
}

fn heads_of(c: &mut AnyConnection, scope: AuditScope) -> Result<Vec<String>, StorageError> {
    let mut heads = Vec::new();
    for chain in Chain::of(scope) {
        let head = store::trust::audit_records::head(c, chain)?;
        if head.sequence == 0 {
            continue;
        }
        let told = Waypoint::short(head);
        heads.push(match scope {
            AuditScope::Vault(..) => told.unnumbered().to_string(),
            AuditScope::National | AuditScope::Municipality(_) => told.to_string(),
        });
    }
    Ok(heads)
}
