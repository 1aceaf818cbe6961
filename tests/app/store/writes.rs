//! What `Db::write` promises: all or nothing, nothing lost, and an act for each change.

use trede_base::ids::KvkNumber;
use trede_base::record::{Record, Version};
use trede_model::frame::organisation::Organisation;
use trede_model::trust::audit::AuditScope;
use trede_store::frame::connection::{AnyConnection, Db, StoreFailure};
use trede_store::frame::error::{StorageError, UniqueRule};
use trede_store::frame::organisations;

use crate::support::{self, acts::act, acts::acts_in};

/// What the store answered, or a rule that the test's own work refused by.
#[derive(Debug)]
enum Failure {
    Store(StorageError),
    Refused,
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Store(error)
    }
}

impl StoreFailure for Failure {
    fn store_error(&self) -> Option<&StorageError> {
        match self {
            Self::Store(error) => Some(error),
            Self::Refused => None,
        }
    }
}

fn bakery() -> Organisation {
    Organisation {
        kvk: kvk(),
        name: "Bakkerij".to_owned(),
        record: Record::new("2026-01-05T09:00:00.123456Z".parse().unwrap()),
    }
}

fn kvk() -> KvkNumber {
    "69599068".parse().unwrap()
}

fn register(db: &Db) -> Result<(), Failure> {
    db.write(&act("register"), |c| Ok(organisations::insert(c, &bakery())?))
}

fn find(db: &Db) -> Option<Organisation> {
    db.read(|c| organisations::find(c, kvk())).unwrap()
}

fn rename_by_one_more(c: &mut AnyConnection) -> Result<(), Failure> {
    let mut organisation = organisations::find(c, kvk())?.ok_or(Failure::Refused)?;
    organisation.record = organisation.record.changed(organisation.record.updated_at);
    Ok(organisations::update(c, &organisation)?)
}

fn actions(db: &Db) -> Vec<String> {
    acts_in(db, AuditScope::National).into_iter().map(|act| act.action).collect()
}

#[test]
fn what_was_written_is_read_back_to_the_microsecond() {
    for database in support::databases() {
        register(&database.db).unwrap();
        assert_eq!(find(&database.db), Some(bakery()));
    }
}

#[test]
fn a_refused_write_leaves_neither_rows_nor_an_act() {
    for database in support::databases() {
        let refused = database.db.write(&act("register"), |c| {
            organisations::insert(c, &bakery())?;
            Err::<(), _>(Failure::Refused)
        });
        assert!(matches!(refused, Err(Failure::Refused)));
        assert_eq!(find(&database.db), None);
        assert!(actions(&database.db).is_empty());
    }
}

#[test]
fn every_write_leaves_its_act() {
    for database in support::databases() {
        let acted = act("register");
        database.db.write(&acted, |c| Ok::<_, Failure>(organisations::insert(c, &bakery())?)).unwrap();
        assert_eq!(acts_in(&database.db, AuditScope::National), [acted]);
    }
}

#[test]
fn eight_writers_of_one_row_lose_nothing() {
    const WRITERS: usize = 8;
    const EACH: usize = 25;
    for database in support::databases() {
        register(&database.db).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..WRITERS {
                scope.spawn(|| {
                    for _ in 0..EACH {
                        database.db.write(&act("rename"), rename_by_one_more).unwrap();
                    }
                });
            }
        });
        let renamed = i64::try_from(WRITERS * EACH).unwrap();
        let organisation = find(&database.db).unwrap();
        assert_eq!(organisation.record.version, Version(1 + renamed));
        assert_eq!(actions(&database.db).len(), 1 + WRITERS * EACH);
    }
}

/// However many meet in one row, and however slow they are: who keeps losing writes alone at last.
#[test]
fn a_write_that_collides_is_carried_out_five_times_at_the_most() {
    const WRITERS: usize = 16;
    for database in support::databases() {
        register(&database.db).unwrap();
        let write = || {
            let mut runs = 0;
            database
                .db
                .write(&act("rename"), |c| {
                    runs += 1;
                    rename_by_one_more(c)?;
                    std::thread::sleep(std::time::Duration::from_millis(5));
                    Ok::<_, Failure>(())
                })
                .unwrap();
            runs
        };
        let runs: Vec<u32> = std::thread::scope(|scope| {
            let writers: Vec<_> =
                (0..WRITERS).map(|_| scope.spawn(|| (0..5).map(|_| write()).max())).collect();
            writers.into_iter().filter_map(|writer| writer.join().unwrap()).collect()
        });
        assert!(runs.iter().all(|runs| *runs <= 5), "{runs:?}");
    }
}

#[test]
fn a_duplicate_names_its_rule_on_both_databases() {
    for database in support::databases() {
        register(&database.db).unwrap();
        let again = register(&database.db);
        assert!(
            matches!(again, Err(Failure::Store(StorageError::Duplicate(UniqueRule::Organisation)))),
            "{again:?}"
        );
    }
}

#[test]
fn work_that_panics_leaves_the_database_usable() {
    for database in support::databases() {
        let panicked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            database.db.write(&act("register"), |c| {
                organisations::insert(c, &bakery())?;
                panic!("on purpose");
                #[allow(unreachable_code)]
                Ok::<(), Failure>(())
            })
        }));
        assert!(panicked.is_err());
        assert_eq!(find(&database.db), None);
        register(&database.db).unwrap();
    }
}
