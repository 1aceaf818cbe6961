//! What the audit trail costs: writes of one municipality with a record in a chain beside the same writes without
//! one, and the verification of 100,000 records beside reading them. On both databases, written to disk as in
//! production.
//!
//! ```text
//! cargo bench --bench audit
//! ```
//!
//! | ours                                    | beside                         | at least |
//! |-----------------------------------------|--------------------------------|----------|
//! | writes of one municipality, recorded    | the same writes, not recorded  | 60 %     |
//! | verifying 100,000 records and each row  | reading the same records       | 5 %      |
//!
//! Ends with an error when a share is below its bound.

// A benchmark may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::process::ExitCode;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use trede_base::ids::MunicipalityId;
use trede_base::record::Record;
use trede_model::frame::organisation::Organisation;
use trede_model::trust::audit::{Act, AuditScope};
use trede_model::trust::audit_chain::Chain;
use trede_service::trust::audit::verify;
use trede_store::frame::connection::{AnyConnection, Db};
use trede_store::frame::error::StorageError;
use trede_store::frame::organisations;
use trede_store::trust::audit_records;

use support::acts::act;

const RECORDS: usize = 100_000;
const WRITERS: usize = 4;
const TURN: Duration = Duration::from_secs(2);
const TURNS: usize = 5;
const LEAST_OF_WRITES: f64 = 60.0;
const LEAST_OF_VERIFICATION: f64 = 5.0;

/// No number is used twice.
static NUMBER: AtomicU32 = AtomicU32::new(10_000_000);

fn main() -> ExitCode {
    // `cargo test --benches` runs this too; without the word from `cargo bench` there is nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let mut good = true;
    for database in support::durable_databases() {
        // First: rows that were written without a record are found, and are a fault of the trail.
        good &= verification(database.kind, &database.db);
        good &= writes(database.kind, &database.db);
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn writes(kind: &str, db: &Db) -> bool {
    let recorded = || rate(|| db.write(&act_in_utrecht(), insert));
    let bare = || rate(|| db.write_progress(insert));
    recorded();
    bare();
    let (mut ours, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        ours.push(recorded());
        beside.push(bare());
    }
    told(kind, "writes with the chain", (median(ours), median(beside)), LEAST_OF_WRITES)
}

fn verification(kind: &str, db: &Db) -> bool {
    let missing = AtomicUsize::new(RECORDS.saturating_sub(count(db)));
    let take = || missing.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
    thread::scope(|scope| {
        for _ in 0..WRITERS {
            scope.spawn(|| {
                while take().is_ok() {
                    db.write(&act_in_utrecht(), insert).unwrap();
                }
            });
        }
    });
    let (mut ours, mut beside) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let begun = Instant::now();
        let verified = verify(db, &[]).unwrap();
        ours.push(begun.elapsed().as_secs_f64());
        assert!(verified.is_whole(), "{:?}", verified.findings.first());
        assert!(verified.rows >= RECORDS as u64, "{} rows were compared", verified.rows);
        assert!(verified.chains.iter().map(|chain| chain.head.sequence).sum::<i64>() >= RECORDS as i64);
        let begun = Instant::now();
        assert!(count(db) >= RECORDS);
        beside.push(begun.elapsed().as_secs_f64());
    }
    let (ours, beside) = (median(ours), median(beside));
    println!(
        "{kind:9} {RECORDS} records and their rows are verified in {ours:.2} s and read in {beside:.2} s"
    );
    let rates = (RECORDS as f64 / ours, RECORDS as f64 / beside);
    told(kind, "verification", rates, LEAST_OF_VERIFICATION)
}

/// Reads all records of the municipality, in the batches that the verification reads them in.
fn count(db: &Db) -> usize {
    let mut count = 0;
    for chain in Chain::of(utrecht()) {
        let mut last = 0;
        loop {
            let records: Result<_, StorageError> = db.read(|c| audit_records::after(c, chain, last, 5_000));
            let records = records.unwrap();
            let Some(record) = records.last() else { break };
            last = record.link.sequence;
            count += records.len();
        }
    }
    count
}

fn told(kind: &str, what: &str, (ours, beside): (f64, f64), least: f64) -> bool {
    let percent = 100.0 * ours / beside;
    let holds = percent >= least;
    let remark = if holds { "" } else { "  TOO LITTLE" };
    println!(
        "{kind:9} {what:24} {ours:8.0} /s beside {beside:8.0} /s = {percent:5.1} % (at least {least:.0} %){remark}"
    );
    holds
}

/// How often a second several writers together are done.
fn rate(work: impl Fn() -> Result<(), StorageError> + Sync) -> f64 {
    let begun = Instant::now();
    let done: usize = thread::scope(|scope| {
        let writers: Vec<_> = (0..WRITERS)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = 0;
                    while begun.elapsed() < TURN {
                        work().unwrap();
                        done += 1;
                    }
                    done
                })
            })
            .collect();
        writers.into_iter().map(|writer| writer.join().unwrap()).sum()
    });
    done as f64 / begun.elapsed().as_secs_f64()
}

fn insert(c: &mut AnyConnection) -> Result<(), StorageError> {
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let organisation = Organisation {
        kvk: format!("{number:08}").parse().unwrap(),
        name: "Bakkerij De Korenaar".to_owned(),
        record: Record::new("2026-01-05T09:00:00Z".parse().unwrap()),
    };
    organisations::insert(c, &organisation)
}

fn act_in_utrecht() -> Act {
    Act { scope: utrecht(), ..act("measure") }
}

fn utrecht() -> AuditScope {
    AuditScope::Municipality("gm0344".parse::<MunicipalityId>().unwrap())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
