//! How fast the award engine scores, as a ratio to a naive weighted sum of floats in the same run.
//!
//! `cargo bench --bench award`, with a part of a case's name for that case alone; beside it, `benches/pymcdm_compare.py` times pymcdm on the same sizes.

// A benchmark may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use trede_rules::award::robustness::drop_out_effects;
use trede_rules::award::{Lot, evaluate};
use trede_wire::json::parse;
use trede_wire::score_file::ScoreFile;

fn main() {
    let wanted = std::env::args().skip(1).find(|argument| !argument.starts_with('-')).unwrap_or_default();
    println!("{:<24}{:>14}{:>14}{:>10}", "case", "engine (µs)", "floats (µs)", "ratio");
    for (bids, criteria) in [(10, 6), (1_000, 20), (10_000, 20)] {
        let case = format!("score {bids}x{criteria}");
        if !case.contains(&wanted) {
            continue;
        }
        let lot = lot(bids, criteria);
        let engine = median(|| evaluate(black_box(&lot)));
        let floats = Floats::of(bids, criteria);
        let naive =
            if std::env::args().any(|a| a == "-x") { engine } else { median(|| floats.ranked_totals()) };
        report(&case, engine, naive);
    }
    for (bids, criteria) in [(100, 10), (1_000, 20)] {
        let case = format!("leave-one-out {bids}x{criteria}");
        if !case.contains(&wanted) {
            continue;
        }
        let lot = lot(bids, criteria);
        let engine = median(|| {
            let evaluation = evaluate(black_box(&lot)).unwrap();
            drop_out_effects(&lot, &evaluation)
        });
        let floats = Floats::of(bids, criteria);
        let naive = median(|| floats.leave_one_out());
        report(&case, engine, naive);
    }
}

fn report(case: &str, engine: Duration, naive: Duration) {
    let micros = |duration: Duration| duration.as_secs_f64() * 1e6;
    let ratio = micros(engine) / micros(naive);
    println!("{case:<24}{:>14.2}{:>14.2}{ratio:>10.1}", micros(engine), micros(naive));
}

/// The median time of a call, over about a second; what it made is dropped outside the clock.
fn median<T>(mut call: impl FnMut() -> T) -> Duration {
    let started = Instant::now();
    let mut times = Vec::new();
    while times.len() < 11 || started.elapsed() < Duration::from_secs(1) {
        let before = Instant::now();
        let made = black_box(call());
        times.push(before.elapsed());
        drop(made);
    }
    times.sort_unstable();
    times[times.len() / 2]
}

/// Prices and scores that look like real ones and are the same in each run.
fn price(bid: usize) -> u64 {
    50_000_000 + (bid as u64 * 7_919_777) % 40_000_000
}

fn tenths(bid: usize, criterion: usize) -> u64 {
    40 + (bid as u64 * 31 + criterion as u64 * 17 + bid as u64 * criterion as u64 * 7) % 61
}

/// A relative price, assessed quality, a PSO level and a commitment.
fn lot(bids: usize, criteria: usize) -> Lot {
    let assessed = criteria - 3;
    let level_rows = json!([
        { "level": "aspirant", "value": "0" }, { "level": "basistrede", "value": "0" }, { "level": "trede-1", "value": "2" }, { "level": "trede-2", "value": "4" },
        { "level": "trede-3", "value": "6" }, { "level": "trede-3-30+", "value": "6" }
    ]);
    let mut tree = vec![
        json!({ "id": "price", "kind": "price", "weight": "40" }),
        json!({ "id": "pso", "kind": "pso-level", "weight": "6", "levels": { "measure": "points", "rows": level_rows } }),
        json!({
            "id": "offer", "kind": "social-return-commitment", "weight": "4",
            "commitment": { "measure": "percentage", "minimum": "1", "maximum": "5", "aboveMaximum": "clip" }
        }),
    ];
    for criterion in 0..assessed {
        let scale = json!({ "highest": "10" });
        tree.push(json!({ "id": format!("q{criterion}"), "kind": "assessed-quality", "weight": "3", "scale": scale }));
    }
    let bid = |bid: usize| {
        let scores: serde_json::Map<String, Value> = (0..assessed)
            .map(|criterion| {
                let tenths = tenths(bid, criterion);
                (format!("q{criterion}"), json!(format!("{}.{}", tenths / 10, tenths % 10)))
            })
            .collect();
        let cents = price(bid);
        json!({
            "id": format!("b{bid:05}"), "price": format!("{}.{:02}", cents / 100, cents % 100), "scores": scores,
            "pso": { "level": format!("trede-{}", 1 + bid % 3) }, "commitments": { "offer": (1 + bid % 5).to_string() }
        })
    };
    let file = json!({ "lots": [{
        "id": "L",
        "awardModel": {
            "method": { "code": "relative-lowest" }, "weightUnit": "points", "dropOut": "recompute",
            "criteria": tree, "pso": { "ladderVersion": "pso-2023" }
        },
        "bids": (0..bids).map(bid).collect::<Vec<_>>()
    }] });
    let file: ScoreFile = parse(file.to_string().as_bytes()).unwrap();
    file.to_lots().unwrap().remove(0)
}

/// The same sum in floats, without explanation.
struct Floats {
    prices: Vec<f64>,
    scores: Vec<Vec<f64>>,
}

impl Floats {
    fn of(bids: usize, criteria: usize) -> Self {
        let scores = |bid| (0..criteria - 1).map(|criterion| tenths(bid, criterion) as f64 / 10.0).collect();
        Floats {
            prices: (0..bids).map(|bid| price(bid) as f64 / 100.0).collect(),
            scores: (0..bids).map(scores).collect(),
        }
    }

    fn totals_without(&self, left_out: Option<usize>) -> Vec<(usize, f64)> {
        let taking_part = || (0..self.prices.len()).filter(|bid| Some(*bid) != left_out);
        let lowest = taking_part().map(|bid| self.prices[bid]).fold(f64::INFINITY, f64::min);
        let total = |bid: usize| {
            let quality: f64 = self.scores[bid].iter().map(|score| 3.0 * score / 10.0).sum();
            (bid, 40.0 * lowest / self.prices[bid] + quality)
        };
        taking_part().map(total).collect()
    }

    fn ranked_totals(&self) -> Vec<(usize, f64)> {
        let mut totals = self.totals_without(None);
        totals.sort_by(|a, b| b.1.total_cmp(&a.1));
        totals
    }

    fn leave_one_out(&self) -> Vec<usize> {
        let best = |left_out| {
            let totals = self.totals_without(Some(left_out));
            totals.into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or(0, |best| best.0)
        };
        (0..self.prices.len()).map(best).collect()
    }
}
