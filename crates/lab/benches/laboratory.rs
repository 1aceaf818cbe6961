//! How many tenders of 5 bids × 6 criteria the laboratory imagines in a second, with everything that it tells.
//!
//! `cargo bench -p trede-lab`; beside it `benches/numpy_compare.py` times numpy on the plain weighted sum of the same
//! draws. The number of threads is that of the machine; `-- 1` runs on one.

// A benchmark may panic: that is how it fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

use std::num::NonZeroUsize;
use std::time::Instant;

use serde_json::{Value, json};
use trede_lab::{Study, run_on};
use trede_wire::lab_file::LabFile;

fn main() {
    let asked = std::env::args().skip(1).find_map(|argument| argument.parse().ok());
    let threads = asked.unwrap_or_else(|| std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN));
    let absolute = json!({
        "code": "absolute-linear",
        "corridor": { "fullPointsAt": "80000", "zeroPointsAt": "140000", "below": "extrapolate", "above": "extrapolate" }
    });
    let relative = json!({ "code": "relative-lowest" });
    println!("{:<44}{:>12}{:>16}", "case", "threads", "tenders/s");
    for (name, method, levels) in [
        ("absolute price, PSO level", &absolute, true),
        ("relative price, PSO level, drop-outs", &relative, true),
        ("relative price, no level", &relative, false),
    ] {
        let study = study(method, levels);
        let mut best = 0.0f64;
        for _ in 0..3 {
            let started = Instant::now();
            let report = run_on(&study, threads, |_| {});
            let rate = f64::from(study.tenders) / started.elapsed().as_secs_f64();
            assert_eq!(report.tallies().len(), 1);
            best = best.max(rate);
        }
        println!("{name:<44}{threads:>12}{best:>16.0}");
    }
}

/// A price, a PSO level or a fourth quality, a commitment, and three qualities from three assessors.
fn study(method: &Value, levels: bool) -> Study {
    let assessed = |id: &str, weight: &str| json!({ "id": id, "kind": "assessed-quality", "weight": weight, "scale": { "highest": "10" } });
    let level_rows = json!([
        { "level": "aspirant", "value": "1" }, { "level": "basistrede", "value": "2" }, { "level": "trede-1", "value": "4" },
        { "level": "trede-2", "value": "6" }, { "level": "trede-3", "value": "8" }, { "level": "trede-3-30+", "value": "10" }
    ]);
    let fourth = if levels {
        json!({ "id": "pso", "kind": "pso-level", "weight": "10", "levels": { "measure": "points", "rows": level_rows } })
    } else {
        assessed("q0", "10")
    };
    let mut model = json!({
        "method": method, "weightUnit": "percent", "dropOut": "recompute",
        "criteria": [
            { "id": "prijs", "kind": "price", "weight": "40" },
            fourth,
            {
                "id": "toezegging", "kind": "social-return-commitment", "weight": "10",
                "commitment": { "measure": "percentage", "minimum": "2", "maximum": "5", "aboveMaximum": "clip" }
            },
            assessed("q1", "20"), assessed("q2", "10"), assessed("q3", "10")
        ],
        "ties": [ { "by": "lot" } ]
    });
    let score = json!({ "shape": "uniform", "from": "4", "to": "10", "decimals": 1 });
    let mut bidder = json!({
        "id": "b", "count": 5,
        "price": { "shape": "uniform", "from": "90000", "to": "130000", "decimals": 2 },
        "scores": { "q1": score, "q2": score, "q3": score },
        "commitments": { "toezegging": { "shape": "uniform", "from": "2", "to": "5", "decimals": 1 } }
    });
    if levels {
        model["pso"] = json!({ "ladderVersion": "pso-2023" });
        bidder["levels"] = json!([
            { "level": "none", "percent": "40" }, { "level": "trede-1", "percent": "30" },
            { "level": "trede-2", "percent": "20" }, { "level": "trede-3", "percent": "10" }
        ]);
    } else {
        bidder["scores"]["q0"] = score;
    }
    let file = json!({
        "title": "Snelheid", "assumptions": ["Alles gelijkmatig verdeeld."], "seed": 1, "tenders": 100_000,
        "assessorPoint": { "points": "1", "assessors": 3 },
        "models": [ { "id": "m", "awardModel": model } ],
        "market": { "bidders": [bidder] }
    });
    let file: LabFile = serde_json::from_value(file).unwrap();
    Study::read(&file).expect("the study is sound")
}
