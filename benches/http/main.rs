//! What the service costs beside the least that could be done: pairs of handlers behind the same
//! middleware and token check, each pair measured in turns in one run, on both databases.
//!
//! ```text
//! cargo bench --bench http              # all
//! cargo bench --bench http -- sqlite bid  # what has these words in its line
//! ```
//!
//! | ours                            | beside                                              | at least |
//! |---------------------------------|-----------------------------------------------------|----------|
//! | a simulation with 10 bids       | parse the same body and write it back               | 40 %     |
//! | the same, with the explanation  | the same                                            | 20 %     |
//! | reading a stored evaluation     | select the same documents by their key, answer them | 70 %     |
//! | storing a bid                   | insert one equal row and commit                     | 60 %     |
//!
//! Ends with an error when a share is below its bound.

// A benchmark may panic: that is how it fails.
#![allow(
    clippy::as_conversions,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../../tests/support/mod.rs"]
mod support;

mod baseline;
mod client;
mod fixture;

use std::process::ExitCode;
use std::time::Duration;

use client::{Load, rate};
use fixture::World;

/// How long one turn lasts; turns of a pair follow each other.
const TURN: Duration = Duration::from_millis(1500);
const TURNS: usize = 5;

/// Two loads to hold against each other.
struct Pair {
    name: &'static str,
    ours: Box<dyn Load>,
    beside: Box<dyn Load>,
    least_percent: f64,
}

fn main() -> ExitCode {
    // `cargo test --benches` runs this too; without the word from `cargo bench` there is nothing
    // to measure.
    if !std::env::args().any(|argument| argument == "--bench") {
        return ExitCode::SUCCESS;
    }
    let words: Vec<String> =
        std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let wanted = |line: &str| words.iter().all(|word| line.contains(word.as_str()));
    let mut good = true;
    for database in support::durable_databases() {
        let kind = database.kind;
        let world = World::start(database);
        for pair in pairs(&world).into_iter().filter(|pair| wanted(&format!("{kind} {}", pair.name))) {
            let (ours, beside) = measure(&world, &pair);
            let percent = 100.0 * ours / beside;
            let holds = percent >= pair.least_percent;
            good &= holds;
            println!(
                "{kind:9} {:34} {ours:8.0} /s beside {beside:8.0} /s = {percent:5.1} % (at least {:.0} %){}",
                pair.name,
                pair.least_percent,
                if holds { "" } else { "  TOO LITTLE" }
            );
        }
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn pairs(world: &World) -> Vec<Pair> {
    let simulation = |query: &str| world.post(&format!("/v1/award-simulations{query}"), &world.file);
    vec![
        Pair {
            name: "simulation",
            ours: simulation(""),
            beside: world.post("/beside/echo", &world.file),
            least_percent: 40.0,
        },
        Pair {
            name: "simulation with explanation",
            ours: simulation("?explain=true"),
            beside: world.post("/beside/echo", &world.file),
            least_percent: 20.0,
        },
        Pair {
            name: "reading an evaluation",
            ours: world.get(&world.evaluation),
            beside: world.get("/beside/evaluation"),
            least_percent: 70.0,
        },
        Pair {
            name: "storing a bid",
            ours: world.bids(&format!("{}/bids", world.receiving_lot)),
            beside: world.bids("/beside/bids"),
            least_percent: 60.0,
        },
    ]
}

/// The median rates of both, in requests a second.
fn measure(world: &World, pair: &Pair) -> (f64, f64) {
    rate(world.address, pair.ours.as_ref(), TURN / 3);
    rate(world.address, pair.beside.as_ref(), TURN / 3);
    let mut ours = Vec::new();
    let mut beside = Vec::new();
    for _ in 0..TURNS {
        ours.push(rate(world.address, pair.ours.as_ref(), TURN));
        beside.push(rate(world.address, pair.beside.as_ref(), TURN));
    }
    (median(ours), median(beside))
}

fn median(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates[rates.len() / 2]
}
