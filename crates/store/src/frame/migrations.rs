//! The schema's steps, embedded for both databases, run at start under a lock.

use std::collections::BTreeSet;

use diesel::RunQueryDsl;
use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::pg::Pg;
use diesel::sqlite::Sqlite;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{self, AnyConnection, Db};
use super::error::StorageError;
use super::statement::Statement;
use crate::frame::{append_only, watching};

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// Any number will do, if only every instance takes the same.
const LOCK: &str = "7239170344";

impl Db {
    /// Brings the schema up to date and answers the names of the steps that were taken. Several
    /// instances may do so at once: one works, the others wait and find nothing left to do.
    ///
    /// # Errors
    /// [`StorageError::Database`] with the step that failed; nothing of that step remains.
    pub fn migrate(&self) -> Result<Vec<String>, StorageError> {
        self.alone(|c| {
            // Asked first: the role of the service may not even try to make a table.
            if is_up_to_date(c)? {
                return Ok(Vec::new());
            }
            append_only::lift(c)?;
            let steps = match c {
                AnyConnection::Postgres(c) => up(c, POSTGRES)?,
                AnyConnection::Sqlite(c) => up(c, SQLITE)?,
            };
            if let AnyConnection::Postgres(c) = c {
                watching::install(c)?;
            }
            // Last: by these it is known that all was done.
            append_only::install(c)?;
            Ok(steps)
        })
    }

    /// Whether the schema is that of this version.
    ///
    /// # Errors
    /// [`StorageError`] when the database does not answer.
    pub fn is_up_to_date(&self) -> Result<bool, StorageError> {
        self.read(is_up_to_date)
    }

    /// Takes the whole schema down again, with everything in it.
    ///
    /// # Errors
    /// [`StorageError::Database`] with the step that failed.
    pub fn unmigrate(&self) -> Result<Vec<String>, StorageError> {
        self.alone(|c| {
            append_only::lift(c)?;
            match c {
                AnyConnection::Postgres(c) => {
                    watching::uninstall(c)?;
                    down(c, POSTGRES)
                }
                AnyConnection::Sqlite(c) => down(c, SQLITE),
            }
        })
    }

    /// Does `work` while no other instance does.
    fn alone(
        &self,
        work: impl FnOnce(&mut AnyConnection) -> Result<Vec<String>, StorageError>,
    ) -> Result<Vec<String>, StorageError> {
        let connection = &mut self.connection()?.connection;
        if let AnyConnection::Postgres(c) = connection {
            // A step may take as long as it takes, and so may another instance's.
            c.batch_execute("SET statement_timeout = 0; SET lock_timeout = 0")?;
            c.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})"))?;
            let done = work(connection);
            connection.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})"))?;
            connection.batch_execute(super::pool::POSTGRES_WAITS)?;
            return done;
        }
        connection::begin(connection)?;
        connection::finish(connection, work)
    }
}

/// Whether every step was taken, and what stands on the last one is there.
fn is_up_to_date(c: &mut AnyConnection) -> Result<bool, StorageError> {
    let (known, guards) = match c {
        AnyConnection::Postgres(_) => (
            "SELECT to_regclass('__diesel_schema_migrations')::text",
            "SELECT to_regproc('trede_append_only')::text",
        ),
        AnyConnection::Sqlite(_) => (
            "SELECT name FROM sqlite_master WHERE name = '__diesel_schema_migrations'",
            "SELECT min(name) FROM sqlite_master WHERE name LIKE 'append_only_%'",
        ),
    };
    let first = |c: &mut AnyConnection, sql: &str| -> Result<Option<String>, StorageError> {
        let found: Vec<Option<String>> = Statement::of(sql).load(c)?;
        Ok(found.into_iter().flatten().next())
    };
    if first(c, known)?.is_none() || first(c, guards)?.is_none() {
        return Ok(false);
    }
    if let AnyConnection::Postgres(_) = c
        && first(c, append_only::SERVICE_WITHOUT_RIGHTS)?.is_some()
    {
        return Ok(false);
    }
    let taken: Vec<Option<String>> =
        Statement::of("SELECT version FROM __diesel_schema_migrations").load(c)?;
    let taken: BTreeSet<String> = taken.into_iter().flatten().collect();
    let steps = match c {
        AnyConnection::Postgres(_) => versions::<Pg>(POSTGRES)?,
        AnyConnection::Sqlite(_) => versions::<Sqlite>(SQLITE)?,
    };
    Ok(steps.is_subset(&taken))
}

fn versions<DB: Backend>(source: impl MigrationSource<DB>) -> Result<BTreeSet<String>, StorageError> {
    let steps = source.migrations().map_err(StorageError::Database)?;
    Ok(steps.iter().map(|step| step.name().version().to_string()).collect())
}

fn up<C, DB>(connection: &mut C, source: impl MigrationSource<DB>) -> Result<Vec<String>, StorageError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
{
    let done = connection.run_pending_migrations(source).map_err(StorageError::Database)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

fn down<C, DB>(connection: &mut C, source: impl MigrationSource<DB>) -> Result<Vec<String>, StorageError>
where
    DB: Backend,
    C: MigrationHarness<DB>,
{
    let done = connection.revert_all_migrations(source).map_err(StorageError::Database)?;
    Ok(done.iter().map(ToString::to_string).collect())
}
