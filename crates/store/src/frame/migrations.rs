//! The schema's steps, embedded for both databases, run at start under a lock.

use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::connection::{self, AnyConnection, Db};
use super::error::StorageError;

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
        self.alone(|c| match c {
            AnyConnection::Postgres(c) => up(c, POSTGRES),
            AnyConnection::Sqlite(c) => up(c, SQLITE),
        })
    }

    /// Takes the whole schema down again, with everything in it.
    ///
    /// # Errors
    /// [`StorageError::Database`] with the step that failed.
    pub fn unmigrate(&self) -> Result<Vec<String>, StorageError> {
        self.alone(|c| match c {
            AnyConnection::Postgres(c) => down(c, POSTGRES),
            AnyConnection::Sqlite(c) => down(c, SQLITE),
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

fn up<C, DB>(connection: &mut C, source: impl MigrationSource<DB>) -> Result<Vec<String>, StorageError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
{
    let done = connection.run_pending_migrations(source).map_err(StorageError::Database)?;
    Ok(done.iter().map(ToString::to_string).collect())
}

fn down<C, DB>(connection: &mut C, source: impl MigrationSource<DB>) -> Result<Vec<String>, StorageError>
where
    DB: diesel::backend::Backend,
    C: MigrationHarness<DB>,
{
    let done = connection.revert_all_migrations(source).map_err(StorageError::Database)?;
    Ok(done.iter().map(ToString::to_string).collect())
}
