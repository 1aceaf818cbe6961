//! The schema comes up, goes down and comes up again, the same on both databases.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use trede_store::frame::connection::{Db, PoolOptions};

use crate::support;

fn steps_of(kind: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind);
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn both_databases_have_the_same_steps() {
    let steps = steps_of("sqlite");
    assert_eq!(steps, steps_of("postgres"));
    assert!(!steps.is_empty());
}

#[test]
fn the_schema_goes_up_and_down_and_up() {
    let steps = steps_of("sqlite").len();
    for database in support::empty_databases() {
        assert_eq!(database.db.migrate().unwrap().len(), steps);
        assert_eq!(database.db.unmigrate().unwrap().len(), steps);
        assert_eq!(database.db.migrate().unwrap().len(), steps);
        assert!(database.db.migrate().unwrap().is_empty());
    }
}

#[test]
fn instances_that_start_together_migrate_once() {
    let steps = steps_of("sqlite").len();
    for database in support::empty_databases() {
        let taken: Vec<usize> = std::thread::scope(|scope| {
            let instances: Vec<_> = (0..4)
                .map(|_| {
                    let db = Db::open(&database.url, PoolOptions::default()).unwrap();
                    scope.spawn(move || db.migrate().unwrap().len())
                })
                .collect();
            instances.into_iter().map(|instance| instance.join().unwrap()).collect()
        });
        assert_eq!(taken.iter().sum::<usize>(), steps);
    }
}
