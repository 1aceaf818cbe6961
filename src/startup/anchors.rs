//! Heads of the audit chains go elsewhere, as long as the process lives: into a file, that an authority time-stamps where
//! one is configured, and to who keeps them.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;

use super::StartError;
use crate::config::{Config, ConfigError};
use stamps::Authority;
use trede_formats::audit_anchor::{AnchorDocument, AuditAnchor};
use trede_integrations::anchor_receiver::{AnchorReceiver, AnchorReceiverSettings};
use trede_service::clock::{Clock, SystemClock};
use trede_service::trust::audit;
use trede_store::frame::connection::Db;

/// How often anchors are written and sent.
const BETWEEN_ANCHORS: Duration = Duration::from_secs(24 * 3600);
/// When it is tried again after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(600);

type Failure = Box<dyn std::error::Error>;

/// Begins to write and send anchors, as configured.
///
/// # Errors
/// [`StartError`] when an address is none that can be reached, or time-stamps have no file to stand beside.
pub fn keep(db: &Db, config: &Config) -> Result<(), StartError> {
    let authority = authority(config)?;
    if let Some(file) = config.anchor_file.clone() {
        let db = db.clone();
        repeat("anchors of the audit trail written", move || add(&db, &file, authority.as_ref()));
    }
    if let Some(url) = &config.anchor_url {
        let db = db.clone();
        let receiver = AnchorReceiver::new(AnchorReceiverSettings::of(url.expose_secret().to_owned()))?;
        repeat("anchors of the audit trail sent", move || send(&db, &receiver));
    }
    Ok(())
}

fn authority(config: &Config) -> Result<Option<Authority>, StartError> {
    let Some(url) = &config.time_stamp_url else { return Ok(None) };
    if config.anchor_file.is_none() {
        let missing = ConfigError::missing("TREDE_ANCHOR_FILE", "TREDE_TIME_STAMP_URL");
        return Err(missing.into());
    }
    Ok(Some(stamps::authority(url)?))
}

/// Does so at the start and once a day, and after a failure sooner.
fn repeat(done: &'static str, work: impl Fn() -> Result<usize, Failure> + Send + 'static) {
    std::thread::spawn(move || {
        loop {
            let pause = match work() {
                Ok(heads) => {
                    tracing::info!(heads, "{done}");
                    BETWEEN_ANCHORS
                }
                Err(error) => {
                    tracing::warn!(%error, "not yet {done}; it is tried again");
                    AFTER_FAILURE
                }
            };
            std::thread::sleep(pause);
        }
    });
}

/// Sends the heads as they are now; answers how many.
fn send(db: &Db, receiver: &AnchorReceiver) -> Result<usize, Failure> {
    let anchors = audit::anchors(db, SystemClock.now())?;
    let document = AnchorDocument { anchors: anchors.into_iter().map(AuditAnchor::from).collect() };
    receiver.send(&serde_json::to_string(&document)?)?;
    Ok(document.anchors.len())
}

/// Adds the heads as they are now to a file, and has them stamped; answers how many.
fn add(db: &Db, file: &Path, authority: Option<&Authority>) -> Result<usize, Failure> {
    let now = SystemClock.now();
    let anchors = audit::anchors(db, now)?;
    let mut lines = String::new();
    for anchor in &anchors {
        lines.push_str(&serde_json::to_string(&AuditAnchor::from(anchor.clone()))?);
        lines.push('\n');
    }
    append(file, lines.as_bytes())?;
    if let Some(authority) = authority {
        let reply = stamps::reply(authority, lines.as_bytes())?;
        let stamped = beside(file, now);
        append(&stamped, lines.as_bytes())?;
        append(&stamped.with_extension("tsr"), &reply)?;
    }
    Ok(anchors.len())
}

/// The file with what was stamped at a moment: `anchors-20260401T100000.000000Z.jsonl` beside `anchors`.
fn beside(file: &Path, at: DateTime<Utc>) -> PathBuf {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    // No dot before the ending: what comes after the last is taken for it.
    file.with_file_name(format!("{name}-{}.jsonl", at.format("%Y%m%dT%H%M%S%6fZ")))
}

fn append(file: &Path, bytes: &[u8]) -> Result<(), Failure> {
    if let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut open = OpenOptions::new().create(true).append(true).open(file)?;
    open.write_all(bytes)?;
    open.sync_all()?;
    Ok(())
}

#[cfg(feature = "time-stamps")]
mod stamps {
    use secrecy::{ExposeSecret, SecretString};

    use super::{Failure, StartError};
    pub(super) use trede_integrations::time_stamping::TimeStampAuthority as Authority;

    pub(super) fn authority(url: &SecretString) -> Result<Authority, StartError> {
        Ok(Authority::new(url.expose_secret().to_owned())?)
    }

    pub(super) fn reply(authority: &Authority, document: &[u8]) -> Result<Vec<u8>, Failure> {
        let stamp = authority.stamp(document)?;
        tracing::info!(at = %stamp.at, "anchors of the audit trail time-stamped");
        Ok(stamp.reply)
    }
}

#[cfg(not(feature = "time-stamps"))]
mod stamps {
    use secrecy::SecretString;

    use super::{ConfigError, Failure, StartError};

    /// None can be made.
    pub(super) enum Authority {}

    pub(super) fn authority(_: &SecretString) -> Result<Authority, StartError> {
        Err(StartError::Config(ConfigError::unfit(
            "TREDE_TIME_STAMP_URL",
            "…",
            "nothing: this program was built without time-stamps (build with `--features \
                       time-stamps`, or `full`)",
        )))
    }

    pub(super) fn reply(authority: &Authority, _: &[u8]) -> Result<Vec<u8>, Failure> {
        match *authority {}
    }
}
