//! What happens when the database cannot be had, and afterwards.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use trede_store::frame::connection::{Db, PoolOptions};
use trede_store::frame::error::StorageError;
#[cfg(not(feature = "postgres-tls"))]
use trede_store::frame::error::TransportError;

use crate::support::acts::act;
use crate::support::{self, TestDatabase};

#[test]
fn only_urls_of_the_two_databases_are_taken() {
    for url in
        ["mysql://localhost/trede", "sqlite:trede.db", "sqlite://", "sqlite://:memory:", "trede.db", ""]
    {
        let opened = Db::open(url, PoolOptions::default());
        assert!(matches!(opened, Err(StorageError::UnknownScheme)), "{url}");
    }
}

#[cfg(not(feature = "postgres-tls"))]
#[test]
fn without_tls_nothing_is_sent_to_another_machine() {
    let started = Instant::now();
    // An address that nobody has (TEST-NET-1): who tried to connect would wait.
    let opened = Db::open("postgres://trede@192.0.2.1/trede", PoolOptions::default());
    assert!(matches!(opened, Err(StorageError::Transport(TransportError::Elsewhere(_)))));
    assert!(started.elapsed() < Duration::from_secs(1), "it was not tried");
    let opened = Db::open("postgres://localhost/trede?sslmode=verify-full", PoolOptions::default());
    assert!(matches!(opened, Err(StorageError::Transport(TransportError::Asked(_)))));
}

#[test]
fn a_server_that_is_not_there_is_not_available_and_says_so_in_time() {
    let options = PoolOptions { wait: Duration::from_millis(300), ..PoolOptions::default() };
    let started = Instant::now();
    // Port 9 (discard) takes no PostgreSQL.
    let opened = Db::open("postgres://nobody@127.0.0.1:9/nowhere", options);
    assert!(matches!(opened, Err(StorageError::Unavailable(_))));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[test]
fn who_waits_too_long_for_a_connection_is_told_and_the_next_is_served() {
    for database in support::databases() {
        let options = PoolOptions { size: 1, wait: Duration::from_millis(200) };
        let db = Db::open(&database.url, options).unwrap();
        let while_taken: Result<_, StorageError> = db.read(|_| Ok(db.ping()));
        let told = while_taken.unwrap();
        assert!(matches!(told, Err(StorageError::Unavailable(_))), "{told:?}");
        db.ping().unwrap();
    }
}

/// Opens every connection of the pool, then lets the server end them all.
fn lose_all(database: &TestDatabase) {
    let together = Barrier::new(8);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let held: Result<_, StorageError> = database.db.read(|_| {
                    together.wait();
                    Ok(())
                });
                held.unwrap();
            });
        }
    });
    let mut other = PgConnection::establish(&database.url).unwrap();
    other
        .batch_execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
        )
        .unwrap();
}

#[test]
fn lost_connections_are_replaced_before_anybody_notices() {
    let Some(database) = support::postgres() else { return };
    lose_all(&database);
    database.db.ping().unwrap();
    lose_all(&database);
    let written: Result<_, StorageError> = database.db.write(&act("nothing"), |_| Ok(()));
    written.unwrap();
}

#[test]
fn a_connection_lost_within_a_write_is_told_and_the_next_write_is_served() {
    let Some(database) = support::postgres() else { return };
    let mut attempts = 0;
    let lost: Result<_, StorageError> = database.db.write(&act("lost"), |c| {
        attempts += 1;
        c.batch_execute("SELECT pg_terminate_backend(pg_backend_pid())").map_err(StorageError::from)
    });
    assert!(matches!(lost, Err(StorageError::Unavailable(_))), "{lost:?}");
    assert_eq!(attempts, 1, "nobody knows whether a lost write was kept, so it is not repeated");
    let next: Result<_, StorageError> = database.db.write(&act("next"), |_| Ok(()));
    next.unwrap();
}
