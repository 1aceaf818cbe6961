//! Copies of the configured SQLite database.

use std::path::{Path, PathBuf};

use secrecy::ExposeSecret;

use crate::config::Config;
use crate::startup::StartError;
use trede_store::frame::connection::{Db, PoolOptions};
use trede_store::trust::backup;

/// Copies the database to a new file, while the service goes on, and looks the copy through.
///
/// # Errors
/// [`StartError::Copy`]; then there is no copy.
pub fn back_up(config: &Config, file: &Path) -> Result<(), StartError> {
    let url = config.database_url.expose_secret();
    // A copy is wanted of an earlier version too: before it is brought up to date.
    if !Db::is_there(url) {
        return Err(StartError::NoDatabase(url.to_owned()));
    }
    let db = Db::open(url, PoolOptions::default())?;
    Ok(db.back_up_to(file)?)
}

/// Puts a copy in the place of the database; answers where what stood there is kept.
///
/// # Errors
/// [`StartError::Copy`]; then the database is as it was.
pub fn restore(config: &Config, file: &Path, may_replace: bool) -> Result<Option<PathBuf>, StartError> {
    Ok(backup::restore(config.database_url.expose_secret(), file, may_replace)?)
}
