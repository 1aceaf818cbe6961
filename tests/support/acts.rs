//! Acts for tests that write to the store directly.

use trede_base::ids::Id;
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_chain::Chain;
use trede_store::frame::connection::Db;
use trede_store::frame::error::StorageError;
use trede_store::trust::audit_records;
use uuid::Uuid;

/// An act of nobody in particular, new each time.
pub fn act(action: &str) -> Act {
    Act {
        id: Id::from_uuid(Uuid::now_v7()),
        scope: AuditScope::National,
        at: "2026-01-05T09:00:00Z".parse().unwrap(),
        actor: "tester".to_owned(),
        client: None,
        action: action.to_owned(),
        object: "tests".to_owned(),
        request_id: Uuid::now_v7(),
        address: None,
    }
}

/// What was done in a scope, in the order in which it was asked for.
pub fn acts_in(db: &Db, scope: AuditScope) -> Vec<Act> {
    let chains = Chain::of(scope).flat_map(|chain| {
        let records: Result<_, StorageError> = db.read(|c| audit_records::after(c, chain, 0, i64::MAX));
        records.unwrap()
    });
    let mut acts: Vec<Act> = chains.map(|record| record.act).collect();
    acts.sort_by_key(|act| act.id);
    acts
}
