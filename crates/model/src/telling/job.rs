//! Work that is done in the background, by one instance at a time.

use crate::trust::audit::{Act, AuditScope};
use trede_base::ids::Id;
use trede_base::words;

words! {
    /// What work it is (soort taak).
    pub enum JobKind is "kind of work" {
        /// Reads a list of certificates (inlezen van het register).
        RegisterImport = "register-import",
        /// Checks the PSO levels claimed on an opened lot (verificatie van PSO-claims).
        ClaimCheck = "claim-check",
        /// Tells what the passing of time does to levels (bewaken van treden).
        LevelWatch = "level-watch",
    }
}

/// The id of a job.
pub type JobId = Id<Job>;

/// A piece of work. There is one for each subject: what is asked while it waits is asked already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// What work it is.
    pub kind: JobKind,
    /// On whose data.
    pub scope: AuditScope,
    /// On what, as the kind of work names it.
    pub subject: String,
}

impl Job {
    /// The job that an act gives reason for; the same for the same act, so that a transaction which runs twice
    /// asks once.
    #[must_use]
    pub fn of(act: &Act, kind: JobKind, scope: AuditScope, subject: String) -> Self {
        let id = Id::derived(&[act.id.uuid().as_bytes(), kind.code().as_bytes(), &[0], subject.as_bytes()]);
        Self { id, kind, scope, subject }
    }
}

/// Names one attempt at a job.
pub struct Attempt;

/// A job that is held by one attempt, until a moment; nobody else works on it before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The job.
    pub job: Job,
    /// Which attempt holds it.
    pub holder: Id<Attempt>,
    /// How often the job had been asked for when the attempt began.
    pub asked: i32,
    /// How many attempts there were, this one included.
    pub attempts: i32,
}
