//! "What was the level of this organisation on day D" against a plain reading of the same certificates, day by
//! day, on both databases.

use std::cell::Cell;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use trede_base::certificate::{Certificate, CertificateFacts, CertificateSource, Verification};
use trede_base::ids::{Id, KvkNumber};
use trede_rules::pso::{LadderVersion, level_on, levels_between};
use trede_store::frame::connection::Db;
use trede_store::frame::error::StorageError;
use trede_store::pso::certificates;
use uuid::Uuid;

use crate::support::{self, acts::act};

const LEVELS: [&str; 6] = ["aspirant", "basistrede", "trede-1", "trede-2", "trede-3", "trede-3-30+"];
/// Days that are asked about, and moments of knowledge, one a day.
const DAYS: u64 = 60;

fn day(number: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + Days::new(number)
}

fn moment(number: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(number)
}

/// What is said of one certificate: its level, first day, length, early end, whether it is verified, and which
/// of the two organisations it covers.
#[derive(Clone, Debug)]
struct Said {
    level: usize,
    from: u64,
    days: u64,
    ended_after: Option<u64>,
    verified: bool,
    covers: [bool; 2],
}

/// A certificate: what was said at first, and perhaps later.
#[derive(Clone, Debug)]
struct Told {
    first: Said,
    known_at: i64,
    later: Option<(i64, usize, Option<u64>, bool)>,
}

fn told() -> impl Strategy<Value = Told> {
    let said =
        (0..6usize, 0..50u64, 1..30u64, prop::option::weighted(0.3, 0..30u64), prop::bool::weighted(0.8));
    let covers = prop_oneof![Just([true, false]), Just([false, true]), Just([true, true])];
    let later = prop::option::weighted(0.5, (1..10i64, 0..6usize, prop::option::of(0..30u64), any::<bool>()));
    (said, covers, 0..10i64, later).prop_map(
        |((level, from, days, ended_after, verified), covers, at, later)| {
            let first = Said { level, from, days, ended_after, verified, covers };
            Told {
                first,
                known_at: at,
                later: later.map(|(after, level, end, v)| (at + after, level, end, v)),
            }
        },
    )
}

fn certificate(said: &Said, number: usize, revision: i32, at: i64, kvks: [KvkNumber; 2]) -> Certificate {
    let ended = said.ended_after.filter(|after| *after < said.days).map(|after| day(said.from + after));
    Certificate {
        id: Id::from_uuid(Uuid::now_v7()),
        facts: CertificateFacts {
            number: format!("{}-{number}", kvks[0]),
            ladder: "pso-2023".to_owned(),
            level: LEVELS[said.level].to_owned(),
            certifying_body: "Kiwa".to_owned(),
            valid_from: day(said.from),
            valid_until: day(said.from + said.days - 1),
            ended_on: ended,
            source: CertificateSource::Register,
            evidence: None,
            holders: kvks
                .into_iter()
                .zip(said.covers)
                .filter(|(_, covers)| *covers)
                .map(|(kvk, _)| kvk)
                .collect(),
        },
        verification: said.verified.then(|| Verification { by: "register".to_owned(), at: moment(at) }),
        revision,
        reason: None,
        created_at: moment(at),
        superseded_at: None,
    }
}

fn store(db: &Db, told: &[Told], kvks: [KvkNumber; 2]) {
    db.write(&act("enter"), |c| {
        for (number, one) in told.iter().enumerate() {
            let first = certificate(&one.first, number, 1, one.known_at, kvks);
            certificates::insert(c, &first)?;
            if let Some((at, level, ended_after, verified)) = one.later {
                let said = Said { level, ended_after, verified, ..one.first.clone() };
                certificates::revise(c, first.id, &certificate(&said, number, 2, at, kvks))?;
            }
        }
        Ok::<_, StorageError>(())
    })
    .unwrap();
}

/// The highest level on the day, read off the sayings one by one.
fn expected(told: &[Told], organisation: usize, asked: u64, known_at: i64) -> Option<&'static str> {
    let of_one = |one: &Told| {
        if one.known_at > known_at || !one.first.covers[organisation] {
            return None;
        }
        let mut said = one.first.clone();
        if let Some((at, level, ended_after, verified)) = one.later
            && at <= known_at
        {
            said = Said { level, ended_after, verified, ..said };
        }
        let length = said.ended_after.unwrap_or(said.days).min(said.days);
        let covers_day = said.from <= asked && asked < said.from + length;
        (said.verified && covers_day).then_some(said.level)
    };
    told.iter().filter_map(of_one).max().map(|level| LEVELS[level])
}

#[test]
fn the_level_on_a_day_is_the_highest_that_was_known_to_be_in_force() {
    let ladders = LadderVersion::published();
    for database in support::databases() {
        let next = Cell::new(10_000_000_u32);
        let mut runner = TestRunner::new(Config { cases: 60, ..Config::default() });
        let cases = (prop::collection::vec(told(), 0..7), 0..20i64);
        runner
            .run(&cases, |(told, known_at)| {
                let first = next.replace(next.get() + 2);
                let kvks: [KvkNumber; 2] =
                    [first, first + 1].map(|number| number.to_string().parse().unwrap());
                store(&database.db, &told, kvks);
                for (organisation, kvk) in kvks.into_iter().enumerate() {
                    let known =
                        database.db.read(|c| certificates::known_at(c, kvk, moment(known_at))).unwrap();
                    let periods = levels_between(&known, &ladders, day(0), day(DAYS - 1));
                    prop_assert_eq!(periods[0].from, day(0));
                    prop_assert_eq!(periods[periods.len() - 1].until, day(DAYS - 1));
                    for pair in periods.windows(2) {
                        prop_assert_eq!(pair[0].until.succ_opt(), Some(pair[1].from));
                        prop_assert_ne!(pair[0].certificate, pair[1].certificate);
                    }
                    for asked in 0..DAYS {
                        let found = level_on(&known, &ladders, day(asked));
                        let level = found.map(|certificate| certificate.facts.level.as_str());
                        prop_assert_eq!(level, expected(&told, organisation, asked, known_at));
                        let period = periods.iter().find(|p| (p.from..=p.until).contains(&day(asked)));
                        prop_assert_eq!(period.unwrap().certificate, found);
                    }
                }
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn a_certificate_has_one_latest_revision() {
    for database in support::databases() {
        let kvks = ["11111111", "22222222"].map(|number| number.parse().unwrap());
        let said =
            Said { level: 2, from: 0, days: 9, ended_after: None, verified: true, covers: [true, true] };
        let twice = database.db.write(&act("enter"), |c| {
            certificates::insert(c, &certificate(&said, 0, 1, 0, kvks))?;
            certificates::insert(c, &certificate(&said, 0, 2, 1, kvks))
        });
        assert!(matches!(twice, Err(StorageError::Duplicate(_))), "{twice:?}");
    }
}
