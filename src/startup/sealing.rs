//! The keys for sealed bids, as configured, and what the command line does with them.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::config::{Config, SealingConfig};
use crate::startup::{StartError, existing_database};
use trede_sealing::SealingError;
use trede_sealing::keyring::{SealingKeys, generate};
use trede_sealing::receipt::{self, Receipt, ReceiptError};
use trede_sealing::record_signature::{self, SignatureError};
use trede_service::Services;
use trede_service::clock::SystemClock;
use trede_service::trust::operator_keys;

/// The keys as configured. Keys that cannot be read stop the start; none at all do not, since a platform may
/// keep all bids.
///
/// # Errors
/// [`StartError::Sealing`].
pub fn keys(config: &SealingConfig) -> Result<SealingKeys, StartError> {
    let keys = match (&config.file, &config.keys) {
        (Some(file), _) => SealingKeys::File(file.clone()),
        (None, Some(keys)) => SealingKeys::Text(keys.clone()),
        (None, None) => {
            tracing::warn!(
                "no sealing keys are configured (TREDE_SEALING_KEYS_FILE): tenders whose bids are kept here \
                 cannot be published"
            );
            return Ok(SealingKeys::None);
        }
    };
    if let SealingKeys::File(file) = &keys {
        expect_unreadable_to_others(file)?;
    }
    keys.ring()?;
    Ok(keys)
}

/// Refuses a file of keys that everybody on the machine can read: who has it opens every bid.
#[cfg(unix)]
pub(super) fn expect_unreadable_to_others(file: &Path) -> Result<(), SealingError> {
    use std::os::unix::fs::PermissionsExt;

    let found = std::fs::metadata(file)
        .map_err(|error| SealingError::Unreadable(format!("{}: {error}", file.display())))?;
    let mode = found.permissions().mode() & 0o777;
    if mode & 0o007 == 0 {
        return Ok(());
    }
    Err(SealingError::Unreadable(format!(
        "{} can be read by everybody on this machine (mode {mode:03o}); make it 600, or 640 for a group of the \
         service's own",
        file.display()
    )))
}

#[cfg(not(unix))]
pub(super) fn expect_unreadable_to_others(_: &Path) -> Result<(), SealingError> {
    Ok(())
}

fn services(config: &Config) -> Result<Services, StartError> {
    let services = Services::new(existing_database(config)?, Arc::new(SystemClock));
    Ok(services.with_sealing_keys(keys(&config.sealing)?))
}

/// The line of a fresh key of that name.
///
/// # Errors
/// [`StartError::Sealing`].
pub fn fresh_key(name: &str) -> Result<String, StartError> {
    Ok(generate(name)?)
}

/// By which key how many keys of tenders in the configured database are wrapped.
///
/// # Errors
/// [`StartError`].
pub fn uses(config: &Config) -> Result<BTreeMap<String, usize>, StartError> {
    Ok(operator_keys::uses(&services(config)?)?)
}

/// Wraps every key of a tender in the configured database by the newest key; answers how many were not yet.
///
/// # Errors
/// [`StartError`].
pub fn rewrap(config: &Config) -> Result<usize, StartError> {
    Ok(operator_keys::rewrap_all(&services(config)?)?)
}

/// What a receipt says, when one of the keys (a JWKS) signed it.
///
/// # Errors
/// [`ReceiptError`].
pub fn verify_receipt(key_set: &str, token: &str) -> Result<Receipt, ReceiptError> {
    receipt::verify(key_set, token)
}

/// An exported record as it was signed, when one of the keys signed it.
///
/// # Errors
/// [`SignatureError`].
pub fn verify_record(keys: &str, token: &str) -> Result<Vec<u8>, SignatureError> {
    record_signature::verify(keys, token)
}
