//! Whoever writes in the database beside the service is found: every table, every column, every row put in or taken out.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use trede_model::trust::audit_rows::{RowFault, RowFinding};
use trede_service::trust::audit::verify;
use trede_store::frame::connection::{AnyConnection, Db, PoolOptions};
use trede_store::frame::error::StorageError;
use trede_store::trust::audit_rows::{WITHOUT_STATES, added_only};

use crate::support::acts::act;
use crate::support::{TestDatabase, databases, without_guards};

/// Rows that no trigger watches are noted where they are put in; see the tests of sealed bids.
const NOTED: &str = "sealed_bids";

#[derive(QueryableByName)]
struct Column {
    #[diesel(sql_type = Text)]
    of: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
}

/// Every table that the database has, with its columns and their types.
fn schema(db: &Db) -> BTreeMap<String, Vec<(String, String)>> {
    let columns: Result<Vec<Column>, StorageError> = db.read(|c| match c {
        AnyConnection::Sqlite(c) => Ok(diesel::sql_query(
            "SELECT m.name AS \"of\", p.name AS name, p.type AS kind FROM sqlite_master m \
             JOIN pragma_table_info(m.name) p WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
        )
        .load(c)?),
        AnyConnection::Postgres(c) => Ok(diesel::sql_query(
            "SELECT table_name::text AS \"of\", column_name::text AS name, data_type::text AS kind \
             FROM information_schema.columns WHERE table_schema = 'public' ORDER BY ordinal_position",
        )
        .load(c)?),
    });
    let mut tables = BTreeMap::<String, Vec<(String, String)>>::new();
    for column in columns.unwrap() {
        tables.entry(column.of).or_default().push((column.name, column.kind));
    }
    tables
}

/// A value of a type, and an expression for another than a column has.
fn values(kind: &str, column: &str) -> (String, String) {
    let (value, other) = match kind {
        "TEXT" | "text" => ("'2026-01-05'", "coalesce($, '') || 'x'"),
        "INTEGER" => ("1", "CASE $ WHEN 1 THEN 0 ELSE coalesce($, 0) + 1 END"),
        "bigint" | "integer" | "smallint" => ("1", "coalesce($, 0) + 1"),
        "BLOB" => ("x'0190a5c800007000800000000000000a'", "x'0190a5c800007000800000000000000b'"),
        "uuid" => ("'0190a5c8-0000-7000-8000-00000000000a'", "'0190a5c8-0000-7000-8000-00000000000b'::uuid"),
        "timestamp with time zone" => {
            ("'2026-01-05T09:00:00Z'", "coalesce($, now()) + interval '1 microsecond'")
        }
        "date" => ("'2026-01-05'", "coalesce($, '2026-01-05') + 1"),
        "boolean" => ("TRUE", "NOT coalesce($, FALSE)"),
        "bytea" => ("'\\x0a'", "coalesce($, '') || '\\x0b'"),
        other => panic!("a column of a type that this test does not know: {other}"),
    };
    (value.to_owned(), other.replace('$', &format!("\"{column}\"")))
}

fn run(db: &Db, statement: &str) {
    let done: Result<(), StorageError> = db.read(|c| execute(c, statement));
    done.unwrap_or_else(|error| panic!("{statement}: {error}"));
}

fn execute(c: &mut AnyConnection, statement: &str) -> Result<(), StorageError> {
    match c {
        AnyConnection::Sqlite(c) => Ok(c.batch_execute(statement)?),
        AnyConnection::Postgres(c) => Ok(c.batch_execute(statement)?),
    }
}

/// Connections on which rows need no others: this is about each table by itself.
fn alone(database: &TestDatabase) -> Db {
    let db = Db::open(&database.url, PoolOptions { size: 1, ..PoolOptions::default() }).unwrap();
    without_guards(&db);
    if database.kind == "sqlite" {
        let free = "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON";
        run(&db, free);
        // What is written goes by a connection of its own, and there too only between transactions.
        db.write_progress(|c| execute(c, &format!("COMMIT; {free}; BEGIN IMMEDIATE"))).unwrap();
    } else {
        run(
            &db,
            "DO $$ DECLARE r record; BEGIN
               FOR r IN SELECT conname, conrelid::regclass AS t FROM pg_constraint
                 WHERE contype IN ('f', 'c') AND connamespace = 'public'::regnamespace LOOP
                 EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', r.t, r.conname);
               END LOOP; END $$",
        );
    }
    db
}

/// What is found while something is done to a table; afterwards the table is as it was.
fn found_while(db: &Db, table: &str, deed: &str) -> Vec<RowFinding> {
    run(db, &format!("CREATE TABLE kept_aside AS SELECT * FROM {table}"));
    run(db, deed);
    let found = verify(db, &[]).unwrap();
    assert!(found.chains.iter().all(|chain| chain.breaches.is_empty()));
    run(
        db,
        &format!("DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_aside; DROP TABLE kept_aside"),
    );
    found.findings
}

fn faults(found: &[RowFinding], table: &str) -> Vec<RowFault> {
    assert!(found.iter().all(|finding| finding.table == table && finding.key.starts_with('[')), "{found:?}");
    found.iter().map(|finding| finding.fault).collect()
}

#[test]
fn every_alteration_deletion_and_insertion_in_every_table_is_found() {
    for database in databases() {
        let db = alone(&database);
        let tables = schema(&db);
        let mut compared = 0;
        for (table, columns) in &tables {
            if WITHOUT_STATES.iter().any(|(name, _)| name == table) {
                continue;
            }
            compared += 1;
            let names: Vec<_> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let made: Vec<_> = columns.iter().map(|(name, kind)| values(kind, name).0).collect();
            let insert = format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), made.join(", "));
            assert_eq!(faults(&found_while(&db, table, &insert), table), [RowFault::Unrecorded], "{insert}");
            if table == NOTED {
                continue;
            }
            db.write(&act("make"), |c| execute(c, &insert)).unwrap();
            let whole = verify(&db, &[]).unwrap();
            assert!(whole.is_whole(), "{table}: {whole:?}");
            for (column, kind) in columns {
                let deed = format!("UPDATE {table} SET \"{column}\" = {}", values(kind, column).1);
                let found = faults(&found_while(&db, table, &deed), table);
                let is_found = found == [RowFault::Altered]
                    || found == [RowFault::Missing, RowFault::Unrecorded]
                    || found == [RowFault::Unrecorded, RowFault::Missing];
                assert!(is_found, "{deed} on {}: {found:?}", database.kind);
            }
            let deletion = format!("DELETE FROM {table}");
            assert_eq!(faults(&found_while(&db, table, &deletion), table), [RowFault::Missing]);
        }
        assert!(compared > 40, "{compared} tables");
        assert!(verify(&db, &[]).unwrap().is_whole());
    }
}

#[test]
fn an_alteration_is_found_though_an_act_came_after_it() {
    for database in databases() {
        let db = &database.db;
        let municipality = "INSERT INTO municipalities (id, name, version, created_at, updated_at) VALUES \
             ('gm0344', 'Utrecht', 1, '2026-01-05T09:00:00.000000Z', '2026-01-05T09:00:00.000000Z')";
        db.write(&act("make"), |c| execute(c, municipality)).unwrap();
        run(db, "UPDATE municipalities SET name = 'Elders'");
        db.write(&act("change"), |c| execute(c, "UPDATE municipalities SET version = 2")).unwrap();
        let found = verify(db, &[]).unwrap();
        assert_eq!(faults(&found.findings, "municipalities"), [RowFault::ChangedBetween]);
    }
}

#[test]
fn a_state_that_is_changed_taken_away_or_put_in_is_found() {
    let deeds = [
        "DELETE FROM audit_states",
        "UPDATE audit_states SET after_hash = before_hash WHERE before_hash IS NOT NULL",
        "UPDATE audit_states SET number = number + 10",
        "UPDATE audit_states SET row_key = '[]'",
        "UPDATE audit_states SET salt = NULL",
        "UPDATE audit_states SET salt = hash FROM (SELECT hash FROM audit_records LIMIT 1) AS other",
    ];
    for deed in deeds {
        for database in databases() {
            let db = &database.db;
            let make = "INSERT INTO organisations (kvk, name, version, created_at, updated_at) VALUES \
                 ('12345678', 'A', 1, '2026-01-05T09:00:00.000000Z', '2026-01-05T09:00:00.000000Z')";
            db.write(&act("make"), |c| execute(c, make)).unwrap();
            db.write(&act("change"), |c| execute(c, "UPDATE organisations SET name = 'B'")).unwrap();
            assert!(verify(db, &[]).unwrap().is_whole());
            without_guards(db);
            run(db, deed);
            assert!(!verify(db, &[]).unwrap().is_whole(), "{deed} on {}", database.kind);
        }
    }
}

#[test]
fn what_a_write_that_failed_changed_is_no_state_of_the_next() {
    for database in databases() {
        let db = Db::open(&database.url, PoolOptions { size: 1, ..PoolOptions::default() }).unwrap();
        let make = |kvk: &str| {
            format!(
                "INSERT INTO organisations (kvk, name, version, created_at, updated_at) VALUES \
                 ('{kvk}', 'A', 1, '2026-01-05T09:00:00.000000Z', '2026-01-05T09:00:00.000000Z')"
            )
        };
        let failed: Result<(), StorageError> = db.write(&act("fail"), |c| {
            execute(c, &make("12345678"))?;
            Err(StorageError::BrokenReference)
        });
        assert!(failed.is_err());
        db.write(&act("make"), |c| execute(c, &make("87654321"))).unwrap();
        let found = verify(&db, &[]).unwrap();
        assert!(found.is_whole(), "{found:?}");
        assert_eq!(found.rows, 1);
    }
}

#[test]
fn a_row_that_is_added_only_is_neither_changed_nor_deleted() {
    for database in databases() {
        let db = alone(&database);
        let guarded = Db::open(&database.url, PoolOptions::default()).unwrap();
        let tables = schema(&db);
        // The guards come back with the next start.
        guarded.migrate().unwrap();
        for table in added_only() {
            let columns = &tables[table];
            let names: Vec<_> = columns.iter().map(|(name, _)| format!("\"{name}\"")).collect();
            let made: Vec<_> = columns.iter().map(|(name, kind)| values(kind, name).0).collect();
            run(&db, &format!("INSERT INTO {table} ({}) VALUES ({})", names.join(", "), made.join(", ")));
            let refused = |deed: &str| {
                let done: Result<(), StorageError> = guarded.read(|c| execute(c, deed));
                done.is_err_and(|error| error.to_string().contains("append-only"))
            };
            // A version of a policy can be removed while nothing uses it.
            let stays = table != "social_return_policies";
            assert!(!stays || refused(&format!("DELETE FROM {table}")), "{table} on {}", database.kind);
            let kept = columns.iter().filter(|(column, kind)| {
                refused(&format!("UPDATE {table} SET \"{column}\" = {}", values(kind, column).1))
            });
            let kept: Vec<_> = kept.map(|(column, _)| column.as_str()).collect();
            // A name can be removed, and a salt with it.
            let free: Vec<_> =
                columns.iter().map(|(name, _)| name.as_str()).filter(|name| !kept.contains(name)).collect();
            let removable = ["actor", "client", "address", "person", "person_salt", "salt"];
            assert!(
                free.iter().all(|name| removable.contains(name) || name.ends_with("_by")),
                "{table} on {}: {free:?}",
                database.kind
            );
        }
    }
}

#[test]
fn the_role_of_the_service_can_neither_change_nor_delete_what_is_added_only_and_make_no_table() {
    let Some(database) = crate::support::postgres() else { return };
    let role = "DO $$ BEGIN CREATE ROLE trede_service LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation \
                THEN NULL; END $$";
    run(&database.db, role);
    database.db.migrate().unwrap();
    let url = database.url.replacen("postgres://trede@", "postgres://trede_service@", 1);
    if url == database.url {
        println!("SKIPPED: the server of TEST_DATABASE_URL knows no other user here");
        return;
    }
    let service = Db::open(&url, PoolOptions::default()).unwrap();
    assert_eq!(service.migrate().unwrap(), Vec::<String>::new());
    let make = "INSERT INTO organisations (kvk, name, version, created_at, updated_at) VALUES \
         ('12345678', 'A', 1, '2026-01-05T09:00:00.000000Z', '2026-01-05T09:00:00.000000Z')";
    service.write(&act("make"), |c| execute(c, make)).unwrap();
    service.write(&act("change"), |c| execute(c, "UPDATE organisations SET name = 'B'")).unwrap();
    assert!(verify(&service, &[]).unwrap().is_whole());
    for deed in [
        "UPDATE audit_records SET action = 'x'",
        "DELETE FROM audit_states",
        "DELETE FROM evaluations",
        "TRUNCATE sealed_bids",
        "DROP TABLE evaluations",
        "DROP FUNCTION trede_append_only() CASCADE",
        "CREATE TABLE another (id BIGINT)",
    ] {
        let done: Result<(), StorageError> = service.read(|c| execute(c, deed));
        assert!(
            done.is_err_and(|error| {
                let said = error.to_string();
                said.contains("permission denied") || said.contains("must be owner")
            }),
            "{deed}"
        );
    }
}
