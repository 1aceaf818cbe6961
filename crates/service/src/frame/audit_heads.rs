//! How the audit trail stands, as an opening or a letter tells it: who keeps either can prove later that nothing up to
//! then was changed, also when the end of the trail was cut off.

use trede_base::ids::MunicipalityId;
use trede_model::tendering::tender::TenderId;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::{Chain, Waypoint};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;
use trede_store::frame::error::StorageError;

/// The heads of the chains of a municipality and of the vault of a tender that something was added to, each as
/// `trede audit verify --head` reads it. Those of the vault have no number, which would tell how much was sent.
pub(crate) fn short_heads(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<String>, StorageError> {
    let mut heads = Vec::new();
    for scope in [AuditScope::Municipality(municipality), AuditScope::Vault(municipality, tender)] {
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
    }
    Ok(heads)
}
