//! Copies of a SQLite database: made while it is in use, looked through, and put in its place again.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::Text;
use thiserror::Error;

use crate::frame::connection::{AnyConnection, Db};
use crate::frame::error::StorageError;
use crate::frame::pool;

/// Why a copy is not made or not put in place.
#[derive(Debug, Error)]
pub enum BackupError {
    /// PostgreSQL has programs of its own for this.
    #[error("this is for SQLite; for PostgreSQL use pg_dump and pg_restore, as docs/operations.md says")]
    NotSqlite,
    /// Nothing is overwritten.
    #[error("{} exists already", .0.display())]
    Exists(PathBuf),
    /// The file is not there.
    #[error("there is no file {}", .0.display())]
    Missing(PathBuf),
    /// The name of the file cannot be given to the database.
    #[error("the name of the file is not valid UTF-8")]
    NotText,
    /// The copy is not sound.
    #[error("the file is not sound: {0}")]
    Unsound(String),
    /// Somebody uses the database that is to be replaced.
    #[error("the database is in use: stop the service first")]
    InUse,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] StorageError),
    /// The file system did not do it.
    #[error("{0}")]
    Files(#[from] io::Error),
}

impl From<diesel::result::Error> for BackupError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Store(error.into())
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Db {
    /// Writes everything that is committed at one moment to a new file, while others go on reading and writing.
    ///
    /// # Errors
    /// [`BackupError`]; then no file remains that looks like a copy.
    pub fn back_up_to(&self, file: &Path) -> Result<(), BackupError> {
        if file.exists() {
            return Err(BackupError::Exists(file.to_owned()));
        }
        let name = file.to_str().ok_or(BackupError::NotText)?;
        let connection = &mut self.connection()?.connection;
        let AnyConnection::Sqlite(_) = connection else { return Err(BackupError::NotSqlite) };
        let made = sql_query("VACUUM INTO $1").bind::<Text, _>(name).execute(connection);
        let checked = made.map_err(BackupError::from).and_then(|_| check_backup(file)).and_then(|()| {
            File::open(file)?.sync_all()?;
            Ok(())
        });
        if checked.is_err() {
            // Best effort: what is left is told by the error.
            let _ = fs::remove_file(file);
        }
        checked
    }
}

/// Looks a copy through: its pages, its indexes, and the references between its rows.
///
/// # Errors
/// [`BackupError::Unsound`] with the first thing that is wrong.
pub fn check_backup(file: &Path) -> Result<(), BackupError> {
    if !file.is_file() {
        return Err(BackupError::Missing(file.to_owned()));
    }
    let mut connection = open(file)?;
    let unsound = |error: diesel::result::Error| BackupError::Unsound(error.to_string());
    let found: Vec<Line> = sql_query(
        "SELECT integrity_check AS line FROM pragma_integrity_check WHERE integrity_check <> 'ok' \
                   UNION ALL SELECT 'a reference of ' || \"table\" FROM pragma_foreign_key_check \
                   UNION ALL SELECT 'it is no database of Trede' WHERE NOT EXISTS \
                   (SELECT 1 FROM sqlite_master WHERE name = 'audit_records')",
    )
    .load(&mut connection)
    .map_err(unsound)?;
    match found.into_iter().next() {
        Some(wrong) => Err(BackupError::Unsound(wrong.line)),
        None => Ok(()),
    }
}

fn open(file: &Path) -> Result<SqliteConnection, BackupError> {
    let name = file.to_str().ok_or(BackupError::NotText)?;
    SqliteConnection::establish(name).map_err(|error| BackupError::Unsound(error.to_string()))
}

/// Puts a copy in the place of the database that the URL names. What stood there is kept beside it; answers
/// under which name.
///
/// # Errors
/// [`BackupError`]; then the database is as it was.
pub fn restore(url: &str, backup: &Path, may_replace: bool) -> Result<Option<PathBuf>, BackupError> {
    let place = PathBuf::from(pool::sqlite_path(url).ok_or(BackupError::NotSqlite)?);
    check_backup(backup)?;
    if place.exists() && !may_replace {
        return Err(BackupError::Exists(place));
    }
    let fresh = beside(&place, "restoring");
    fs::copy(backup, &fresh)?;
    File::open(&fresh)?.sync_all()?;
    let kept = if place.exists() { Some(set_aside(&place)?) } else { None };
    fs::rename(&fresh, &place)?;
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(kept)
}

/// Moves a database aside that nobody uses, whole: recent writes stand in a file of their own until it is closed.
fn set_aside(place: &Path) -> Result<PathBuf, BackupError> {
    let kept = beside(place, "before-restore");
    if kept.exists() {
        return Err(BackupError::Exists(kept));
    }
    let mut connection = open(place)?;
    // Alone, or not at all: whoever has the database open holds a lock that this one cannot have beside it.
    connection
        .batch_execute(
            "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT; PRAGMA wal_checkpoint(TRUNCATE)",
        )
        .map_err(|_| BackupError::InUse)?;
    drop(connection);
    fs::rename(place, &kept)?;
    for rest in ["-wal", "-shm"] {
        let mut name = place.as_os_str().to_owned();
        name.push(rest);
        match fs::remove_file(PathBuf::from(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(kept)
}

fn beside(place: &Path, ending: &str) -> PathBuf {
    let mut name = place.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    PathBuf::from(name)
}
