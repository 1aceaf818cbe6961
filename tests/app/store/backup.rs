//! A copy of a SQLite database is whole, and takes the place of one that nobody uses only.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use trede_store::frame::connection::{Db, PoolOptions};
use trede_store::frame::error::StorageError;
use trede_store::trust::backup::{BackupError, check_backup, restore};

use crate::support::acts::{act, acts_in};
use crate::support::{self, TestDatabase};

fn write(db: &Db, action: &str) {
    db.write(&act(action), |_| Ok::<_, StorageError>(())).unwrap();
}

fn actions(url: &str) -> Vec<String> {
    let db = Db::open(url, PoolOptions::default()).unwrap();
    let scope = trede_model::trust::audit::AuditScope::National;
    acts_in(&db, scope).into_iter().map(|act| act.action).collect()
}

fn url(file: &Path) -> String {
    format!("sqlite://{}", file.display())
}

#[test]
fn a_copy_made_while_others_write_holds_what_was_committed() {
    let TestDatabase { db, .. } = &support::sqlite();
    let folder = TempDir::new().unwrap();
    write(db, "before");
    let copies: Vec<_> = (0..5).map(|number| folder.path().join(format!("{number}.db"))).collect();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| (0..100).for_each(|_| write(db, "meanwhile")));
        copies.iter().for_each(|copy| db.back_up_to(copy).unwrap());
        writer.join().unwrap();
    });
    for copy in &copies {
        check_backup(copy).unwrap();
        let actions = actions(&url(copy));
        assert_eq!(actions.iter().filter(|action| *action == "before").count(), 1);
    }
}

#[test]
fn a_copy_overwrites_nothing() {
    let database = support::sqlite();
    let folder = TempDir::new().unwrap();
    let copy = folder.path().join("copy.db");
    fs::write(&copy, "mine").unwrap();
    assert!(matches!(database.db.back_up_to(&copy), Err(BackupError::Exists(_))));
    assert_eq!(fs::read_to_string(&copy).unwrap(), "mine");
}

#[test]
fn another_database_has_programs_of_its_own_for_copies() {
    let Some(database) = support::postgres() else { return };
    let folder = TempDir::new().unwrap();
    let copied = database.db.back_up_to(&folder.path().join("copy.db"));
    assert!(matches!(copied, Err(BackupError::NotSqlite)));
}

#[test]
fn a_restored_database_is_as_it_was_and_the_one_before_is_kept() {
    let folder = TempDir::new().unwrap();
    let (place, copy) = (folder.path().join("trede.db"), folder.path().join("copy.db"));
    let url = url(&place);
    let db = Db::open(&url, PoolOptions::default()).unwrap();
    db.migrate().unwrap();
    write(&db, "kept");
    db.back_up_to(&copy).unwrap();
    write(&db, "after");
    assert!(matches!(restore(&url, &copy, false), Err(BackupError::Exists(_))));
    assert!(matches!(restore(&url, &copy, true), Err(BackupError::InUse)));
    drop(db);
    let kept = restore(&url, &copy, true).unwrap().unwrap();
    assert_eq!(actions(&url), ["kept"]);
    assert_eq!(actions(&format!("sqlite://{}", kept.display())), ["kept", "after"]);
}

#[test]
fn an_unsound_copy_is_not_put_in_place() {
    let folder = TempDir::new().unwrap();
    let (place, copy) = (folder.path().join("trede.db"), folder.path().join("copy.db"));
    support::sqlite().db.back_up_to(&copy).unwrap();
    let mut bytes = fs::read(&copy).unwrap();
    bytes[4096..40_960].fill(7);
    for unsound in [bytes, b"no database at all".to_vec(), Vec::new()] {
        fs::write(&copy, unsound).unwrap();
        assert!(matches!(restore(&url(&place), &copy, false), Err(BackupError::Unsound(_))));
        assert!(!place.exists());
    }
    fs::remove_file(&copy).unwrap();
    assert!(matches!(restore(&url(&place), &copy, false), Err(BackupError::Missing(_))));
}
