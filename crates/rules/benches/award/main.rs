//! How fast the award engine scores, as a ratio to a naive weighted sum of floats in the same run, and how long all
//! analyses of a large lot take. A case above its bound makes the run fail.
//!
//! `cargo bench --bench award`, with a part of a case's name for that case alone; beside it,
//! `benches/pymcdm_compare.py` times pymcdm on the same sizes.

// A benchmark may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

mod floats;
mod tender;

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use floats::Floats;
use rust_decimal::Decimal;
use tender::Tender;
use trede_rules::award::award_factor::award_factor;
use trede_rules::award::model::{Decision, Method};
use trede_rules::award::robustness::{analysis_cost, drop_out_effects, margins, stability};
use trede_rules::award::{DeclaredModel, Evaluation, Lot, evaluate};

/// How many times a plain sum of floats a score may take.
const TIMES_FLOATS: f64 = 15.0;

/// How long all analyses of the largest lot may take.
const ANALYSES: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    println!("{:<32}{:>14}{:>14}{:>10}", "case", "engine (µs)", "floats (µs)", "ratio");
    let held = [scores(&wanted), leave_one_out(&wanted), analyses(&wanted)];
    if held.iter().all(|held| *held) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Times scoring, and what comes before it once: to make the lot and bring it to whole numbers.
fn scores(wanted: &str) -> bool {
    let mut held = true;
    for (bids, criteria) in [(10, 6), (1_000, 20), (10_000, 20)] {
        let tender = Tender::of(bids, criteria);
        let case = format!("score {bids}x{criteria}");
        if case.contains(wanted) {
            let lot = tender.lot();
            let engine = least(|| evaluate(black_box(&lot)));
            let floats = Floats::of(bids, criteria);
            let alone = std::env::args().any(|argument| argument == "-x");
            let naive = if alone { engine } else { least(|| floats.ranked_totals()) };
            held &= report(&case, engine, naive) <= TIMES_FLOATS;
        }
        let case = format!("make {bids}x{criteria}");
        if case.contains(wanted) {
            let declared = DeclaredModel::check(tender.model()).unwrap();
            let given = || (declared.clone(), tender.all_bids());
            let made = least_with(given, |(declared, given)| {
                let lot = Lot::new(declared, given, None).unwrap();
                assert_eq!(lot.in_whole_numbers(), bids);
                lot
            });
            report_alone(&case, made);
        }
    }
    held
}

fn leave_one_out(wanted: &str) -> bool {
    for (bids, criteria) in [(100, 10), (1_000, 20)] {
        let case = format!("leave-one-out {bids}x{criteria}");
        if !case.contains(wanted) {
            continue;
        }
        let lot = Tender::of(bids, criteria).lot();
        let engine = least(|| {
            let evaluation = evaluate(black_box(&lot)).unwrap();
            drop_out_effects(&lot, &evaluation)
        });
        let floats = Floats::of(bids, criteria);
        let naive = least(|| floats.leave_one_out());
        report(&case, engine, naive);
    }
    true
}

/// Times all analyses of a lot with scales of ten decimals.
fn analyses(wanted: &str) -> bool {
    let (bids, criteria) = (30, 100);
    let odd = |method| Tender { method, odd_scales: true, ..Tender::of(bids, criteria) };
    let cases = [
        ("relative-lowest", odd(Method::RelativeLowest)),
        ("lowest-to-highest", odd(Method::LowestToHighest)),
        ("logarithmic", odd(Method::Logarithmic(Decimal::TEN))),
        ("mark-up", odd(Method::QualityMarkUp)),
        ("utility", odd(Method::UtilityIndex)),
        ("ratio", odd(Method::ExtendedRatio(Decimal::from(5), Decision::MostPoints))),
        ("per point", odd(Method::PricePerPoint)),
        ("minimum total", Tender { total_threshold: Some(Decimal::from(90)), ..odd(Method::RelativeLowest) }),
        ("round scales", Tender { odd_scales: false, ..odd(Method::RelativeLowest) }),
        ("against best", Tender { relative: true, ..odd(Method::RelativeLowest) }),
    ];
    let mut held = true;
    for (name, tender) in cases {
        let case = format!("analyses {bids}x{criteria} {name}");
        if !case.contains(wanted) {
            continue;
        }
        let lot = tender.lot();
        let evaluation = evaluate(&lot).unwrap();
        let cost = analysis_cost(&lot, &evaluation);
        let took = [(); 3].map(|()| timed(|| all_analyses(&lot, &evaluation))).into_iter().min().unwrap();
        println!("{case:<32}{:>14.0}{:>18} steps", took.as_secs_f64() * 1e6, cost.steps);
        held &= !cost.is_bearable() || took <= ANALYSES;
    }
    held
}

fn all_analyses(lot: &Lot, evaluation: &Evaluation) {
    black_box(drop_out_effects(lot, evaluation));
    black_box(stability(lot, evaluation));
    black_box(margins(lot, evaluation));
    for bid in 0..lot.bids().len() {
        black_box(award_factor(lot, evaluation, bid));
    }
}

fn report(case: &str, engine: Duration, naive: Duration) -> f64 {
    let micros = |duration: Duration| duration.as_secs_f64() * 1e6;
    let ratio = micros(engine) / micros(naive);
    println!("{case:<32}{:>14.2}{:>14.2}{ratio:>10.1}", micros(engine), micros(naive));
    ratio
}

fn report_alone(case: &str, engine: Duration) {
    println!("{case:<32}{:>14.2}", engine.as_secs_f64() * 1e6);
}

/// The least time of a call, over about a second: what else the machine does only adds to it. What the call made is
/// dropped outside the clock.
fn least<T>(mut call: impl FnMut() -> T) -> Duration {
    least_with(|| (), |()| call())
}

/// The same of a call that takes something, which is made outside the clock too.
fn least_with<G, T>(given: impl Fn() -> G, mut call: impl FnMut(G) -> T) -> Duration {
    let started = Instant::now();
    let mut times = Vec::new();
    while times.len() < 11 || started.elapsed() < Duration::from_secs(1) {
        let given = given();
        times.push(timed(|| call(given)));
    }
    times.into_iter().min().unwrap()
}

fn timed<T>(call: impl FnOnce() -> T) -> Duration {
    let before = Instant::now();
    let made = black_box(call());
    let took = before.elapsed();
    drop(made);
    took
}
