//! Nobody changes the audit trail unseen: not by one record, not from two processes at once.

use diesel::connection::SimpleConnection;
use trede_model::trust::audit::AuditScope;
use trede_model::trust::audit_chain::{Anchor, Waypoint};
use trede_model::trust::audit_check::Breach;
use trede_service::trust::audit::{anchors, verify};
use trede_store::frame::connection::{AnyConnection, Db, PoolOptions};
use trede_store::frame::error::StorageError;

use crate::support::acts::act;
use crate::support::{TestDatabase, databases, without_guards};

fn write(db: &Db, action: &str) {
    db.write(&act(action), |_| Ok::<_, StorageError>(())).unwrap();
}

/// A database in which that many things were done.
fn with_records(database: &TestDatabase, number: usize) {
    (0..number).for_each(|at| write(&database.db, &format!("act-{at}")));
}

fn tamper(database: &TestDatabase, statement: &str) {
    without_guards(&database.db);
    let tampered: Result<(), StorageError> = database.db.read(|c| match c {
        AnyConnection::Postgres(c) => Ok(c.batch_execute(statement)?),
        AnyConnection::Sqlite(c) => Ok(c.batch_execute(statement)?),
    });
    tampered.unwrap();
}

fn breaches(database: &TestDatabase, anchors: &[Anchor]) -> Vec<Breach> {
    let through: Vec<Waypoint> = anchors.iter().map(|anchor| anchor.link.into()).collect();
    let chains = verify(&database.db, &through).unwrap().chains;
    // One writer after the other adds to one chain.
    assert_eq!(chains.len(), 1);
    assert_eq!(chains[0].chain.scope, AuditScope::National);
    chains[0].breaches.clone()
}

#[test]
fn each_kind_of_tampering_is_found_where_it_was_done() {
    let kinds = [
        ("UPDATE audit_records SET actor = 'x' WHERE sequence = 3", Breach::DoesNotFollow { sequence: 3 }),
        ("DELETE FROM audit_records WHERE sequence = 3", Breach::Missing { first: 3, last: 3 }),
        (
            "UPDATE audit_records SET sequence = 100 WHERE sequence = 3;
             UPDATE audit_records SET sequence = 3 WHERE sequence = 4;
             UPDATE audit_records SET sequence = 4 WHERE sequence = 100",
            Breach::DoesNotFollow { sequence: 3 },
        ),
        (
            "UPDATE audit_records SET sequence = 6 WHERE sequence = 5;
             UPDATE audit_records SET sequence = 5 WHERE sequence = 4;
             INSERT INTO audit_records (scope, chain, sequence, id, at, actor, client, action, object,
                     request_id, address, hash, person_salt, person_hash)
                 SELECT scope, chain, 4, id, at, actor, client, 'forged', object, request_id, address, hash,
                     person_salt, person_hash
                 FROM audit_records WHERE sequence = 3",
            Breach::DoesNotFollow { sequence: 4 },
        ),
    ];
    for (statement, breach) in kinds {
        for database in databases() {
            with_records(&database, 5);
            assert_eq!(breaches(&database, &[]), []);
            tamper(&database, statement);
            assert_eq!(breaches(&database, &[])[0], breach, "{statement}");
        }
    }
}

#[test]
fn a_trail_that_was_cut_off_at_its_end_misses_its_anchor() {
    for database in databases() {
        with_records(&database, 5);
        let kept = anchors(&database.db, chrono::DateTime::UNIX_EPOCH).unwrap();
        tamper(&database, "DELETE FROM audit_records WHERE sequence = 5");
        assert_eq!(breaches(&database, &[]), []);
        assert_eq!(breaches(&database, &kept), [Breach::AnchorNotReached { sequence: 5 }]);
        tamper(&database, "DELETE FROM audit_records");
        assert_eq!(breaches(&database, &kept), [Breach::AnchorNotReached { sequence: 5 }]);
    }
}

#[test]
fn two_processes_that_write_at_once_leave_whole_chains() {
    const EACH: usize = 20;
    for database in databases() {
        let other = Db::open(&database.url, PoolOptions::default()).unwrap();
        std::thread::scope(|scope| {
            for db in [&database.db, &other, &database.db, &other] {
                scope.spawn(|| (0..EACH).for_each(|_| write(db, "act")));
            }
        });
        let chains = verify(&database.db, &[]).unwrap().chains;
        assert!(chains.iter().all(|chain| chain.breaches.is_empty()), "{chains:?}");
        let records: i64 = chains.iter().map(|chain| chain.head.sequence).sum();
        assert_eq!(records, i64::try_from(4 * EACH).unwrap());
    }
}
