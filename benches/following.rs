//! What following social return costs: imports beside the least that could be done, and a portfolio while the
//! ledger of others grows. On both databases, written to disk as in production.
//!
//! ```text
//! cargo bench --bench following
//! ```
//!
//! | what                                              | bound                                        |
//! |---------------------------------------------------|----------------------------------------------|
//! | importing 100,000 entries from CSV                | 30 % of bare inserts of as many rows at once |
//! | memory while importing                            | grows by less than 64 MB                     |
//! | a portfolio of 150 contracts with 100,000 entries | less than 1.5 times as long when the ledger of other contracts grows tenfold |
//!
//! Ends with an error when one does not hold.

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

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{Seek, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use diesel::{Connection, PgConnection, RunQueryDsl};
use trede_base::ids::{Id, MunicipalityId};
use trede_base::page::{Page, PageRequest, Start};
use trede_formats::tables::{Manner, SourceFormat};
use trede_model::following::contract::ContractId;
use trede_model::following::entry::{Entry, EntryId};
use trede_model::following::search::{EntryFilter, EntryOrder, Place, SortValue, Sorted};
use trede_model::frame::role::Role;
use trede_rules::explaining::Language;
use trede_service::Services;
use trede_service::following::{contract_imports, entry_imports};
use trede_service::frame::actor::{Actor, RequestOrigin};
use trede_service::frame::imports::ImportManner;
use trede_service::frame::municipalities;
use trede_service::frame::municipalities::NewMunicipality;
use trede_service::overseeing::lists::ContractSearch;
use trede_service::overseeing::monitoring::{PortfolioFilter, portfolio};
use trede_service::policies::social_return_policies;
use trede_store as store;
use trede_store::following::entries::MOST_AT_ONCE;
use uuid::Uuid;

use support::TestDatabase;
use support::acts::act;
use support::clock::TestClock;

const ENTRIES: usize = 100_000;
const OWN_CONTRACTS: usize = 150;
const OTHER_CONTRACTS: usize = 50;
const OTHER_ENTRIES: usize = 30_000;
const POLICY: &str = r#"{
    "code": "proef", "name": "Proef", "version": "1", "source": {"publication": "Verzonnen"},
    "validity": {"decidedBy": "assignment", "from": "2026-01-01"},
    "obligation": {"thresholds": [{"from": "0"}], "base": {"kind": "contract-sum", "percent": "5"}},
    "fullTime": {"basis": "weekly-hours", "weeklyHours": "36"}, "proration": {"by": "calendar-months"},
    "lookBackMonths": 12, "doubleUse": "region",
    "blocks": [{
        "code": "participatiewet", "name": "Participatiewet", "measure": "year", "amount": "40000",
        "countsMonths": 24
    }]
}"#;

fn main() -> ExitCode {
    // `cargo test --benches` runs this too; without the word from `cargo bench` there is nothing to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let mut good = true;
    for database in support::durable_databases() {
        let desk = Desk::on(database);
        good &= desk.import();
        good &= desk.follow();
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

const AS_CSV: ImportManner = ImportManner {
    format: SourceFormat::Csv,
    manner: Manner { language: Language::English, locale: None },
    dry_run: false,
};

struct Desk {
    services: Services,
    database: TestDatabase,
    coordinator: Actor,
}

fn municipality() -> MunicipalityId {
    "gm0344".parse().unwrap()
}

fn actor(role: Role) -> Actor {
    Actor {
        subject: format!("{role}-1"),
        client: None,
        roles: BTreeSet::from([role]),
        municipalities: BTreeSet::from([municipality()]),
        kvk: None,
        origin: RequestOrigin::own(Uuid::now_v7()),
    }
}

impl Desk {
    fn on(database: TestDatabase) -> Self {
        let services = Services::new(database.db.clone(), Arc::new(TestClock::at("2026-06-01T09:00:00Z")));
        let new = NewMunicipality { id: municipality(), name: "Utrecht".to_owned(), oin: None };
        municipalities::register(&services, &actor(Role::Operator), new).unwrap();
        let coordinator = actor(Role::Coordinator);
        let policy = serde_json::from_str(POLICY).unwrap();
        social_return_policies::create(&services, &coordinator, municipality(), &policy).unwrap();
        let desk = Self { services, database, coordinator };
        let contracts = desk.contracts();
        let report =
            contract_imports::import(&desk.services, &desk.coordinator, municipality(), contracts, AS_CSV);
        assert_eq!(report.unwrap().added as usize, OWN_CONTRACTS + OTHER_CONTRACTS);
        desk
    }

    fn contracts(&self) -> File {
        let mut table = "externalReference,title,contractorKvkNumber,kind,contractSum,assignedOn,startsOn,endsOn,coordinator\n".to_owned();
        for number in 0..OWN_CONTRACTS + OTHER_CONTRACTS {
            let coordinator = if number < OWN_CONTRACTS { "coordinator-1" } else { "coordinator-2" };
            writeln!(
                table,
                "OPD-{number},Werk {number},69599068,services,2000000,2026-01-01,2026-01-01,2027-12-31,{coordinator}"
            )
            .unwrap();
        }
        file(&table)
    }

    /// Imports beside bare inserts of as many rows.
    fn import(&self) -> bool {
        let mut table = "contractReference,externalReference,kind,block,candidateReference,periodFrom,periodUntil,hoursPerWeek\n".to_owned();
        for number in 0..ENTRIES {
            let (contract, hours) = (number % OWN_CONTRACTS, 8 + number % 28);
            writeln!(
                table,
                "OPD-{contract},V-{number},placement,participatiewet,K-{number},2026-01-01,2026-08-31,{hours}"
            )
            .unwrap();
        }
        let source = file(&table);
        drop(table);
        let before = resident_kilobytes();
        let started = Instant::now();
        let report =
            entry_imports::import(&self.services, &self.coordinator, municipality(), source, AS_CSV).unwrap();
        let ours = ENTRIES as f64 / started.elapsed().as_secs_f64();
        let grown = resident_kilobytes().saturating_sub(before);
        assert_eq!((report.added, report.refused), (ENTRIES as u64, 0), "{:?}", report.errors.first());
        let beside = self.bare();
        let percent = 100.0 * ours / beside;
        let holds = percent >= 30.0 && grown < 64 * 1024;
        println!(
            "{:9} import of {ENTRIES} entries {ours:8.0} /s beside {beside:8.0} /s = {percent:5.1} % (at least 30 %), memory +{grown} kB in {} batches{}",
            self.database.kind,
            report.batches,
            if holds { "" } else { "  TOO LITTLE" }
        );
        holds
    }

    /// So many entries as one insert takes, in the order in which they were made.
    fn page(&self, start: Start<Place<EntryId>>) -> Page<Entry> {
        let request = PageRequest { start, limit: MOST_AT_ONCE as u16 };
        let order = Sorted { by: EntryOrder::Made, descending: false };
        let all = EntryFilter::default();
        let read =
            |c: &mut _| store::following::entry_lists::page(c, municipality(), (None, &all), order, &request);
        self.database.db.read(read).unwrap()
    }

    /// Rows a second of bare inserts of copies of what was imported.
    fn bare(&self) -> f64 {
        let mut spent = Duration::ZERO;
        let mut start = Start::First;
        for batch in 0..ENTRIES / MOST_AT_ONCE {
            let page = self.page(start);
            start = Start::After(Place { value: SortValue::Id, id: page.items.last().unwrap().id });
            let copies: Vec<Entry> =
                page.items.into_iter().map(|entry| copy(entry, &format!("C-{batch}"), None)).collect();
            let act = act("bare_insert");
            let started = Instant::now();
            self.database.db.write(&act, |c| store::following::entries::insert_all(c, &copies)).unwrap();
            spent += started.elapsed();
        }
        ENTRIES as f64 / spent.as_secs_f64()
    }

    /// The time of a portfolio before and after the ledger of others grows.
    fn follow(&self) -> bool {
        self.database
            .db
            .write(&act("clear"), |c| {
                diesel::sql_query("DELETE FROM entries WHERE external_reference LIKE 'C-%'").execute(c)?;
                diesel::sql_query(LEDGER.replace("{}", "")).execute(c)?;
                Ok::<_, store::frame::error::StorageError>(())
            })
            .unwrap();
        self.others(OTHER_ENTRIES, "A");
        let before = self.time();
        self.others(OTHER_ENTRIES * 9, "B");
        let after = self.time();
        let times = after.as_secs_f64() / before.as_secs_f64();
        let holds = times < 1.5;
        println!(
            "{:9} portfolio of {OWN_CONTRACTS} contracts with {ENTRIES} entries: {:.1} ms; with the ledger of others from {OTHER_ENTRIES} to {} rows {:.1} ms, {times:.2} times as long (less than 1.5){}",
            self.database.kind,
            before.as_secs_f64() * 1000.0,
            OTHER_ENTRIES * 10,
            after.as_secs_f64() * 1000.0,
            if holds { "" } else { "  TOO LONG" }
        );
        holds
    }

    /// Adds entries that count under contracts of another coordinator.
    fn others(&self, count: usize, prefix: &str) {
        let sample = self.page(Start::First);
        let contracts: Vec<ContractId> = (OWN_CONTRACTS..OWN_CONTRACTS + OTHER_CONTRACTS)
            .map(|number| {
                let reference = format!("OPD-{number}");
                let found = self
                    .database
                    .db
                    .read(|c| store::following::contracts::find_by_reference(c, municipality(), &reference));
                found.unwrap().unwrap().id
            })
            .collect();
        for batch in 0..count / MOST_AT_ONCE {
            let copies: Vec<Entry> = sample
                .items
                .iter()
                .enumerate()
                .map(|(index, entry)| {
                    let contract = contracts[index % OTHER_CONTRACTS];
                    copy(entry.clone(), &format!("{prefix}-{batch}"), Some(contract))
                })
                .collect();
            self.database
                .db
                .write(&act("others"), |c| store::following::entries::insert_all(c, &copies))
                .unwrap();
        }
        let of_these = format!("AND external_reference LIKE '{prefix}-%'");
        self.database
            .db
            .write(&act("ledger"), |c| {
                diesel::sql_query(LEDGER.replace("{}", &of_these)).execute(c)?;
                Ok::<_, store::frame::error::StorageError>(())
            })
            .unwrap();
        self.settle_down();
    }

    /// What a database does by itself after so many new rows, once it comes to it.
    fn settle_down(&self) {
        match self.database.kind {
            "postgres" => {
                let mut server = PgConnection::establish(&self.database.url).unwrap();
                diesel::sql_query("VACUUM (ANALYZE) ledger").execute(&mut server).unwrap();
            }
            _ => {
                self.database
                    .db
                    .write(&act("analyze"), |c| {
                        diesel::sql_query("ANALYZE").execute(c)?;
                        Ok::<_, store::frame::error::StorageError>(())
                    })
                    .unwrap();
            }
        }
    }

    /// The median time of a portfolio.
    fn time(&self) -> Duration {
        let mut times: Vec<Duration> = (0..15)
            .map(|_| {
                let started = Instant::now();
                let filter = PortfolioFilter { own: true, search: ContractSearch::default(), limit: 500 };
                let found = portfolio(&self.services, &self.coordinator, municipality(), &filter).unwrap();
                assert_eq!(found.contracts.len(), OWN_CONTRACTS);
                assert!(found.realised_cents > 0);
                started.elapsed()
            })
            .collect();
        times.sort();
        times[times.len() / 2]
    }
}

/// Each entry counts.
const LEDGER: &str = "INSERT INTO ledger (municipality_id, entry_id, entry_version, contract_id, block, step, \
    submitted_cents, approved_cents, at, actor) \
    SELECT municipality_id, id, 1, contract_id, block, 'approve', 0, value_cents, created_at, 'bench' \
    FROM entries WHERE 1 = 1 {}";

fn copy(mut entry: Entry, prefix: &str, contract: Option<ContractId>) -> Entry {
    let reference = entry.content.external_reference.take().unwrap_or_default();
    entry.content.external_reference = Some(format!("{prefix}-{reference}"));
    entry.id = Id::from_uuid(Uuid::now_v7());
    entry.contract = contract.unwrap_or(entry.contract);
    entry
}

fn file(table: &str) -> File {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(table.as_bytes()).unwrap();
    file.rewind().unwrap();
    file
}

/// The memory that this process holds now.
fn resident_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or_default()
}
