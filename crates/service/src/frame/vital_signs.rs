//! How the service is doing, in numbers that tell nothing of anybody's data.

use chrono::{DateTime, Utc};

use crate::Services;
use crate::frame::error::ServiceError;
use trede_model::pso::register_import::ImportState;
use trede_model::telling::job::JobKind;
use trede_store as store;

/// How the service is doing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VitalSigns {
    /// Connections to the store that are open.
    pub connections_open: u32,
    /// Connections that nobody uses.
    pub connections_idle: u32,
    /// What the store says; none when it does not answer.
    pub stored: Option<StoredSigns>,
}

/// What the store says of work that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSigns {
    /// Events without a place in the order.
    pub events_unplaced: i64,
    /// Deliveries to active subscribers that wait.
    pub deliveries_pending: i64,
    /// Deliveries whose attempts all failed.
    pub deliveries_dead: i64,
    /// For how many seconds the oldest delivery has been due; 0 when none is.
    pub oldest_due_seconds: i64,
    /// Work in the background that waits or is under way.
    pub jobs: Vec<(JobKind, i64)>,
    /// Imports of the register, by how far they are.
    pub imports: Vec<(ImportState, i64)>,
}

impl Services {
    /// How the service is doing.
    #[must_use]
    pub fn vital_signs(&self) -> VitalSigns {
        let now = self.now();
        let stored = self.stored_signs(now);
        if let Err(error) = &stored {
            tracing::warn!(%error, "the store does not say how much waits");
        }
        let (connections_open, connections_idle) = self.db.connections();
        VitalSigns { connections_open, connections_idle, stored: stored.ok() }
    }

    fn stored_signs(&self, now: DateTime<Utc>) -> Result<StoredSigns, ServiceError> {
        self.db.read(|c| {
            let backlog = store::telling::webhook_deliveries::backlog(c)?;
            let due = backlog.oldest_due_at.map_or(0, |due_at| (now - due_at).num_seconds());
            let jobs = JobKind::ALL.iter().map(|kind| Ok((*kind, store::frame::jobs::count(c, *kind)?)));
            let jobs = jobs.collect::<Result<_, ServiceError>>()?;
            Ok(StoredSigns {
                events_unplaced: backlog.unplaced,
                deliveries_pending: backlog.pending,
                deliveries_dead: backlog.dead,
                oldest_due_seconds: due.max(0),
                jobs,
                imports: store::pso::register_imports::count_by_state(c)?,
            })
        })
    }
}
