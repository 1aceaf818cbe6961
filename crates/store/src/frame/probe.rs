//! Whether the database can do its work, and what it takes the time to be.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_query;

use super::columns::{At, sql_type};
use super::connection::{AnyConnection, Db};
use super::error::StorageError;

/// For how long a write that was taken says that the next one would be.
const HOLDS: Duration = Duration::from_secs(5);

#[derive(QueryableByName)]
struct Moment {
    #[diesel(sql_type = sql_type::Instant)]
    moment: At,
}

impl Db {
    /// Whether the database takes a write: a row of one place is written and committed. Within five seconds after one
    /// that was taken, it is only asked whether the database answers: who probes costs no disk its time.
    ///
    /// # Errors
    /// [`StorageError`] when it does not.
    pub fn try_a_write(&self) -> Result<(), StorageError> {
        let written = *self.last_written.lock().unwrap_or_else(PoisonError::into_inner);
        if written.is_some_and(|at| at.elapsed() < HOLDS) {
            return self.ping();
        }
        self.write_progress(|c| {
            sql_query("UPDATE write_probes SET writes = writes + 1 WHERE id = 1").execute(c)?;
            Ok::<_, StorageError>(())
        })?;
        *self.last_written.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
        Ok(())
    }

    /// What a database on another machine takes the time to be; none where it has no clock of its own.
    ///
    /// # Errors
    /// [`StorageError`] when it does not answer.
    pub fn moment(&self) -> Result<Option<DateTime<Utc>>, StorageError> {
        self.read(|c| match c {
            AnyConnection::Sqlite(_) => Ok(None),
            AnyConnection::Postgres(c) => {
                let told: Moment = sql_query("SELECT clock_timestamp() AS moment").get_result(c)?;
                Ok(Some(told.moment.0))
            }
        })
    }
}
