//! Acts for tests that write to the store directly.

use trede::domain::audit::{Act, AuditScope};
use trede::domain::ids::Id;
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
