//! Work in the background: one attempt at a time, whatever the number of instances, and taken over when the one
//! that worked on it stopped.

use chrono::{DateTime, TimeDelta, Utc};

use crate::Services;
use crate::assessing::claim_checks;
use crate::following::level_following;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use crate::pso::level_watch;
use crate::pso::register_import_run;
use trede_model::pso::register_import::RegisterImport;
use trede_model::telling::job::{JobKind, Lease};
use trede_model::trust::audit::{Act, AuditScope};
use trede_store as store;
use trede_store::frame::connection::AnyConnection;

/// How long an attempt holds its job without a sign of life.
const HOLD: TimeDelta = TimeDelta::seconds(30);
/// How long a job that failed waits, at first and at the most.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(5);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);

/// The code of what stops an attempt whose job another holds by now.
const LOST_HOLD: &str = "job-taken-over";

/// Hears how far an import is.
type Progress<'a> = &'a mut dyn FnMut(&RegisterImport);

impl Services {
    /// Does the job of the kind that is due longest; answers whether there was one.
    ///
    /// # Errors
    /// [`ServiceError::Busy`] when the store does not answer. What goes wrong with a job is kept with it.
    pub fn do_next_job(&self, kind: JobKind) -> Result<bool, ServiceError> {
        self.do_next(kind, &mut |_| {})
    }

    /// As [`Services::do_next_job`] for an import; `progress` hears of each piece that is read.
    pub(crate) fn do_next_import(&self, progress: Progress<'_>) -> Result<bool, ServiceError> {
        self.do_next(JobKind::RegisterImport, progress)
    }

    fn do_next(&self, kind: JobKind, progress: Progress<'_>) -> Result<bool, ServiceError> {
        let now = self.now();
        // A look costs less than a write, and mostly there is nothing to do.
        if !self.db.read(|c| store::frame::jobs::is_due(c, kind, now))? {
            return Ok(false);
        }
        let holder = new_id();
        let taken = self.db.write_progress(|c| {
            Ok::<_, ServiceError>(store::frame::jobs::take(c, kind, holder, (now, now + HOLD))?)
        })?;
        let Some(lease) = taken else { return Ok(false) };
        match self.attempt(&lease, progress) {
            Ok(Some(due_at)) => {
                self.db.write_progress(|c| {
                    Ok::<_, ServiceError>(store::frame::jobs::come_back(c, &lease, due_at)?)
                })?;
            }
            Ok(None) => {
                self.db.write_progress(|c| Ok::<_, ServiceError>(store::frame::jobs::done(c, &lease)?))?;
            }
            Err(ServiceError::Refused { code: LOST_HOLD, .. }) => {
                tracing::warn!(job = %lease.job.id, %kind, "another instance took the job over");
            }
            Err(error) => {
                tracing::error!(job = %lease.job.id, %kind, %error, "the job failed and is tried again");
                let due_at = self.now() + pause_after(lease.attempts);
                let failure = error.to_string();
                self.db.write_progress(|c| {
                    Ok::<_, ServiceError>(store::frame::jobs::postpone(c, &lease, due_at, &failure)?)
                })?;
            }
        }
        Ok(true)
    }

    /// Works on the job; answers when it is due again, where it comes back.
    fn attempt(&self, lease: &Lease, progress: Progress<'_>) -> Result<Option<DateTime<Utc>>, ServiceError> {
        match lease.job.kind {
            JobKind::RegisterImport => register_import_run::run(self, lease, progress).map(|()| None),
            JobKind::ClaimCheck => claim_checks::run(self, lease).map(|()| None),
            JobKind::LevelWatch => level_watch::run(self, lease, level_following::follow).map(Some),
        }
    }

    /// Holds the job longer, inside the transaction of a piece of its work.
    pub(crate) fn hold(&self, c: &mut AnyConnection, lease: &Lease) -> Result<(), ServiceError> {
        if store::frame::jobs::hold(c, lease, self.now() + HOLD)? {
            return Ok(());
        }
        Err(ServiceError::refused(LOST_HOLD, "another instance took the job over"))
    }

    /// An act in the background, in the name of who asked for the work.
    pub(crate) fn background_act(&self, scope: AuditScope, actor: &str, action: &str, object: String) -> Act {
        Act {
            id: new_id(),
            scope,
            at: self.now(),
            actor: actor.to_owned(),
            client: None,
            action: action.to_owned(),
            object,
            request_id: crate::clock::fresh_uuid(),
            address: None,
        }
    }
}

fn pause_after(attempts: i32) -> TimeDelta {
    let doublings = u32::try_from(attempts.saturating_sub(1)).unwrap_or(0).min(16);
    FIRST_PAUSE.checked_mul(1 << doublings).map_or(LONGEST_PAUSE, |pause| pause.min(LONGEST_PAUSE))
}
