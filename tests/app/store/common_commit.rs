//! Writers who wait for each other are committed together, on SQLite; each is told what became of its own.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use trede_base::ids::KvkNumber;
use trede_base::record::Record;
use trede_model::frame::organisation::Organisation;
use trede_model::trust::audit::AuditScope;
use trede_service::trust::audit::verify;
use trede_store::frame::connection::{AnyConnection, Db};
use trede_store::frame::error::StorageError;
use trede_store::frame::organisations;

use crate::support::{self, acts::act, acts::acts_in};

fn kvk(number: usize) -> KvkNumber {
    format!("{:08}", 10_000_000 + number).parse().unwrap()
}

fn insert(c: &mut AnyConnection, number: usize) -> Result<(), StorageError> {
    organisations::insert(
        c,
        &Organisation {
            kvk: kvk(number),
            name: format!("Bakkerij {number}"),
            record: Record::new("2026-01-05T09:00:00Z".parse().unwrap()),
        },
    )
}

fn is_there(db: &Db, number: usize) -> bool {
    db.read(|c| organisations::find(c, kvk(number))).unwrap().is_some()
}

/// How a write ended, for who asked for it.
#[derive(Debug, PartialEq, Eq)]
enum End {
    Kept,
    Refused,
    /// Its own work broke off.
    Panicked,
    /// Another's did, or nobody knows.
    Undone,
}

fn write(db: &Db, number: usize) -> End {
    let written = catch_unwind(AssertUnwindSafe(|| {
        db.write(&act(&format!("register {number}")), |c| {
            insert(c, number)?;
            match number % 20 {
                3 | 11 => Err(StorageError::BrokenReference),
                17 => panic!("on purpose"),
                _ => Ok(()),
            }
        })
    }));
    match written {
        Err(_) => End::Panicked,
        Ok(Ok(())) => End::Kept,
        Ok(Err(StorageError::BrokenReference)) => End::Refused,
        Ok(Err(StorageError::Unavailable(_))) => End::Undone,
        Ok(Err(error)) => panic!("{error}"),
    }
}

#[test]
fn each_of_eight_writers_is_told_what_became_of_its_own() {
    const WRITERS: usize = 8;
    const EACH: usize = 60;
    for database in support::databases() {
        let db = &database.db;
        let ends: Vec<(usize, End)> = thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let numbers = (0..EACH).map(move |turn| turn * WRITERS + writer);
                    scope.spawn(move || numbers.map(|number| (number, write(db, number))).collect())
                })
                .collect();
            writers.into_iter().flat_map(|writer| -> Vec<_> { writer.join().unwrap() }).collect()
        });
        assert_eq!(ends.len(), WRITERS * EACH);
        let recorded: HashSet<String> =
            acts_in(db, AuditScope::National).into_iter().map(|act| act.action).collect();
        for (number, end) in &ends {
            let is_kept = *end == End::Kept;
            assert_eq!(is_there(db, *number), is_kept, "{number} {end:?} on {}", database.kind);
            assert_eq!(recorded.contains(&format!("register {number}")), is_kept, "{number} {end:?}");
        }
        let kept = ends.iter().filter(|(_, end)| *end == End::Kept).count();
        assert_eq!(recorded.len(), kept);
        assert!(kept >= WRITERS * EACH / 2, "{kept} kept on {}", database.kind);
        let verified = verify(db, &[]).unwrap();
        assert!(verified.is_whole(), "{:?}", verified.findings);
    }
}

/// A reader sees nothing of those who write while others wait, until the last has written; and nobody is answered
/// before.
#[test]
fn who_waits_is_committed_with_who_wrote() {
    const WRITERS: usize = 6;
    let database = support::sqlite();
    let (db, answered) = (&database.db, &[const { AtomicBool::new(false) }; WRITERS + 1]);
    // How many others each found open: what they had written it saw itself, and no reader did.
    let in_common: usize = thread::scope(|scope| {
        let first = scope.spawn(|| {
            db.write(&act("first"), |_| {
                thread::sleep(Duration::from_millis(300));
                Ok::<_, StorageError>(())
            })
        });
        thread::sleep(Duration::from_millis(100));
        let writers: Vec<_> = (1..=WRITERS)
            .map(|number| {
                scope.spawn(move || {
                    let open = db.write(&act("register"), |c| {
                        let mut open = 0;
                        for other in (1..=WRITERS).filter(|other| *other != number) {
                            let is_written = organisations::find(c, kvk(other))?.is_some();
                            if is_written && !is_there(db, other) {
                                open += 1;
                                assert!(!answered[other].load(Ordering::SeqCst), "{other} was answered");
                            }
                        }
                        insert(c, number)?;
                        Ok::<_, StorageError>(open)
                    });
                    answered[number].store(true, Ordering::SeqCst);
                    open.unwrap()
                })
            })
            .collect();
        first.join().unwrap().unwrap();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    assert!(in_common > 0, "each was committed by itself");
    assert!((1..=WRITERS).all(|number| is_there(db, number)));
    assert_eq!(acts_in(db, AuditScope::National).len(), 1 + WRITERS);
}
