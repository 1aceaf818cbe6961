//! What commands run beside the service, on the same store.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::config::Config;
use crate::startup::{StartError, existing_database, files};
use trede_service::Services;
use trede_service::clock::SystemClock;
use trede_service::following::evidence_sweep;
use trede_service::frame::idempotency;
use trede_service::overseeing::{reminders, retention};
use trede_service::trust::token_revocations;

pub use trede_service::following::evidence_sweep::Swept;
pub use trede_service::overseeing::retention::Removed;

/// How often due reminders are looked for.
const BETWEEN_REMINDERS: Duration = Duration::from_secs(30);
/// How often it is heard which tokens were taken back.
const BETWEEN_HEARINGS: Duration = Duration::from_secs(5);
/// How often old answers are thrown away.
const BETWEEN_SWEEPS: Duration = Duration::from_secs(600);

/// Sweeps out files of evidence that no row knows.
///
/// # Errors
/// [`StartError`] when the database or the store of files does not answer.
pub fn sweep_files(config: &Config) -> Result<Swept, StartError> {
    let services = services(config)?;
    Ok(actix_web::rt::System::new().block_on(evidence_sweep::sweep(&services))?)
}

/// Sends the reminders of deadlines that are due; answers how many.
///
/// # Errors
/// [`StartError`] when the database does not answer.
pub fn send_reminders(config: &Config) -> Result<usize, StartError> {
    Ok(reminders::send_due(&services(config)?)?)
}

/// Removes data of candidates whose term of retention has run out.
///
/// # Errors
/// [`StartError`] when the database or the store of files does not answer; another run goes on from there.
pub fn remove_candidate_data(config: &Config) -> Result<Vec<Removed>, StartError> {
    let services = services(config)?;
    Ok(actix_web::rt::System::new().block_on(retention::remove_due(&services))?)
}

/// Sends reminders as long as the process lives. Several instances may do so beside each other.
pub fn keep_reminding(services: Services) {
    std::thread::spawn(move || {
        loop {
            match reminders::send_due(&services) {
                Ok(0) => {}
                Ok(sent) => tracing::info!(sent, "reminders of deadlines sent"),
                Err(error) => tracing::warn!(%error, "reminders could not be sent; they are tried again"),
            }
            std::thread::sleep(BETWEEN_REMINDERS);
        }
    });
}

/// Hears, as long as the process lives, which tokens were taken back elsewhere.
pub fn keep_hearing_revocations(services: Services) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(BETWEEN_HEARINGS);
            if let Err(error) = token_revocations::hear(&services) {
                tracing::warn!(%error, "revocations of tokens are not heard of; those known stand");
            }
        }
    });
}

/// Throws away, as long as the process lives, answers to keyed requests that are older than `kept`.
pub fn keep_sweeping_answers(services: Services, kept: TimeDelta) {
    std::thread::spawn(move || {
        loop {
            match idempotency::sweep(&services, kept) {
                Ok(0) => {}
                Ok(swept) => tracing::info!(swept, "answers to keyed requests thrown away"),
                Err(error) => tracing::warn!(%error, "answers to keyed requests could not be thrown away"),
            }
            std::thread::sleep(BETWEEN_SWEEPS);
        }
    });
}

fn services(config: &Config) -> Result<Services, StartError> {
    let db = existing_database(config)?;
    Ok(Services::new(db, Arc::new(SystemClock)).with_evidence(files::desk(&config.evidence)?))
}
