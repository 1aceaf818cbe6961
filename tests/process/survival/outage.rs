//! PostgreSQL is stopped and started, or loses its connections, while entries are written: 503 meanwhile, and afterwards
//! everything goes on, without a restart of the service.

use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};

use crate::support;
use crate::survival::keyed_writers::{expect_all_once, write_while};
use crate::survival::server::{self, Server};
use crate::survival::{UNDER_LOAD, client};

const OUTAGES: u32 = 2;
/// How long the database is away.
const AWAY: Duration = Duration::from_secs(3);

#[test]
fn while_the_database_is_away_writers_are_told_and_afterwards_all_is_there_once() {
    let Some(database) = support::stoppable_postgres() else { return };
    let contract = server::contract(&database);
    let server = Server::start(&database.url);
    let seen = write_while(&server, &contract, || {
        for _ in 0..OUTAGES {
            database.stop_server();
            std::thread::sleep(AWAY);
            database.start_server();
            std::thread::sleep(UNDER_LOAD);
        }
    });
    assert!(seen.unavailable > 0, "nobody noticed that the database was away");
    expect_all_once(&database, &contract, &seen);
}

#[test]
fn connections_that_are_killed_lose_nothing() {
    let Some(database) = support::stoppable_postgres() else { return };
    let contract = server::contract(&database);
    let server = Server::start(&database.url);
    let seen = write_while(&server, &contract, || {
        let mut connection = PgConnection::establish(&database.url).unwrap();
        for _ in 0..20 {
            let all = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                       WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'";
            connection.batch_execute(all).unwrap();
            std::thread::sleep(Duration::from_millis(150));
        }
    });
    expect_all_once(&database, &contract, &seen);
}

#[test]
fn a_frozen_database_holds_nobody_up_and_afterwards_all_is_there_once() {
    let Some(database) = support::stoppable_postgres() else { return };
    let contract = server::contract(&database);
    let server = Server::start(&database.url);
    let seen = write_while(&server, &contract, || {
        database.freeze_server();
        for _ in 0..4 {
            let (answer, within) = client::timed_get(&server, "/health/ready");
            assert_eq!(answer, 503, "a frozen database takes no write");
            assert!(within < Duration::from_millis(2_800), "readiness took {within:?}");
            let (alive, within) = client::timed_get(&server, "/health/live");
            assert!(alive == 200 && within < Duration::from_secs(1), "{alive} after {within:?}");
        }
        database.thaw_server();
    });
    assert!(seen.unavailable > 0, "nobody noticed that the database was frozen");
    expect_all_once(&database, &contract, &seen);
    assert_eq!(client::timed_get(&server, "/health/ready").0, 200);
}

#[test]
fn a_service_whose_database_is_frozen_stops_when_it_is_told_to() {
    let Some(database) = support::stoppable_postgres() else { return };
    let contract = server::contract(&database);
    let server = Server::start(&database.url);
    assert_eq!(client::timed_get(&server, "/health/ready").0, 200);
    database.freeze_server();
    let path = format!("/v1/municipalities/{}/contracts/{}/entries", contract.municipality, contract.id);
    let entry = serde_json::json!({"kind": "activity", "facts": {"block": "uur", "quantity": "1"}});
    let stopped = std::thread::scope(|scope| {
        scope.spawn(|| client::write(&server, &server.coordinator, &path, &entry).ok());
        std::thread::sleep(Duration::from_millis(500));
        server.stop()
    });
    database.thaw_server();
    assert!(stopped < Duration::from_secs(30), "{stopped:?}");
}
