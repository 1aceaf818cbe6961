//! What commands run beside the service, on the same store.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;

use crate::config::Config;
use crate::startup::{StartError, files, open_database};
use trede_formats::audit_anchor::{AnchorDocument, AuditAnchor};
use trede_integrations::anchor_receiver::AnchorReceiver;
use trede_service::Services;
use trede_service::clock::{Clock, SystemClock};
use trede_service::following::evidence_sweep;
use trede_service::frame::idempotency;
use trede_service::overseeing::{reminders, retention};
use trede_service::trust::{audit, token_revocations};
use trede_store::frame::connection::Db;

pub use trede_service::following::evidence_sweep::Swept;
pub use trede_service::overseeing::retention::Removed;

/// How often due reminders are looked for.
const BETWEEN_REMINDERS: Duration = Duration::from_secs(30);
/// How often it is heard which tokens were taken back.
const BETWEEN_HEARINGS: Duration = Duration::from_secs(5);
/// How often anchors are written.
const BETWEEN_ANCHORS: Duration = Duration::from_secs(24 * 3600);
/// When anchors are sent again that were not received.
const AFTER_FAILURE: Duration = Duration::from_secs(600);
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

/// Adds, as long as the process lives, the heads of the audit chains to a file: at its start and once a day.
pub fn keep_anchoring(db: Db, file: PathBuf) {
    std::thread::spawn(move || {
        loop {
            match add_anchors(&db, &file) {
                Ok(added) => tracing::info!(added, "anchors of the audit trail written"),
                Err(error) => tracing::warn!(%error, "anchors of the audit trail could not be written"),
            }
            std::thread::sleep(BETWEEN_ANCHORS);
        }
    });
}

/// Sends, as long as the process lives, the heads of the audit chains to who keeps them elsewhere: at its start and once
/// a day, and after a failure sooner.
pub fn keep_sending_anchors(db: Db, receiver: AnchorReceiver) {
    std::thread::spawn(move || {
        loop {
            let pause = match send_anchors(&db, &receiver) {
                Ok(sent) => {
                    tracing::info!(sent, "anchors of the audit trail sent");
                    BETWEEN_ANCHORS
                }
                Err(error) => {
                    tracing::warn!(%error, "anchors of the audit trail could not be sent; they are sent again");
                    AFTER_FAILURE
                }
            };
            std::thread::sleep(pause);
        }
    });
}

/// Sends the heads of the audit chains, as they are now; answers how many.
///
/// # Errors
/// When the database or the receiver does not answer.
pub fn send_anchors(db: &Db, receiver: &AnchorReceiver) -> Result<usize, Box<dyn std::error::Error>> {
    let anchors = audit::anchors(db, SystemClock.now())?;
    let document = AnchorDocument { anchors: anchors.into_iter().map(AuditAnchor::from).collect() };
    receiver.send(&serde_json::to_string(&document)?)?;
    Ok(document.anchors.len())
}

/// Adds the heads of the audit chains, as they are now, to a file; answers how many.
///
/// # Errors
/// When the database does not answer, or the file cannot be written.
pub fn add_anchors(db: &Db, file: &Path) -> Result<usize, Box<dyn std::error::Error>> {
    let anchors = audit::anchors(db, SystemClock.now())?;
    let mut lines = String::new();
    for anchor in &anchors {
        lines.push_str(&serde_json::to_string(&AuditAnchor::from(anchor.clone()))?);
        lines.push('\n');
    }
    let mut open = OpenOptions::new().create(true).append(true).open(file)?;
    open.write_all(lines.as_bytes())?;
    open.sync_all()?;
    Ok(anchors.len())
}

fn services(config: &Config) -> Result<Services, StartError> {
    let db = open_database(config)?;
    Ok(Services::new(db, Arc::new(SystemClock)).with_evidence(files::desk(&config.evidence)?))
}
