//! What commands run beside the service, on the same store.

use std::sync::Arc;

use crate::clock::SystemClock;
use crate::config::Config;
use crate::service::Services;
use crate::service::evidence_sweep;
use crate::startup::{StartError, files, open_database};

pub use crate::service::evidence_sweep::Swept;

/// Sweeps out files of evidence that no row knows.
///
/// # Errors
/// [`StartError`] when the database or the store of files does not answer.
pub fn sweep_files(config: &Config) -> Result<Swept, StartError> {
    let services = services(config)?;
    Ok(actix_web::rt::System::new().block_on(evidence_sweep::sweep(&services))?)
}

fn services(config: &Config) -> Result<Services, StartError> {
    let db = open_database(config)?;
    Ok(Services::new(db, Arc::new(SystemClock)).with_evidence(files::desk(&config.evidence)?))
}
