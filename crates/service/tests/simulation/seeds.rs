//! Which seeds are lived through, on which database, by how many at once.

use std::collections::BTreeMap;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use fastrand::Rng;
use trede_service::trust::audit::verify;

use crate::usecases::world::{World, worlds};

/// So many where nothing else is asked.
const FEW: Range<u64> = 0..40;

fn asked() -> Range<u64> {
    let Ok(asked) = std::env::var("SIMULATION_SEEDS") else { return FEW };
    let (from, until) = match asked.split_once("..") {
        Some((from, until)) => (from.parse().unwrap(), until.parse().unwrap()),
        None => (asked.parse().unwrap(), asked.parse::<u64>().unwrap() + 1),
    };
    from..until
}

/// How often what was done, by its name.
pub type Tally = BTreeMap<&'static str, u32>;

/// Lives through each seed on each kind of database (or the one of `SIMULATION_ON`), and verifies the trail that they
/// leave. All that is `needed` must have been done in some life: a simulation in which nothing comes about finds
/// nothing.
pub fn live(what: &str, needed: &[&'static str], life: impl Fn(&World, Rng) -> Tally + Sync) {
    let only = std::env::var("SIMULATION_ON").ok();
    for kind in
        ["sqlite", "postgres"].into_iter().filter(|kind| only.as_ref().is_none_or(|only| only == kind))
    {
        let seeds = asked();
        let next = AtomicU64::new(seeds.start);
        let all = Mutex::new(Tally::new());
        let begun = Instant::now();
        let hands = std::thread::available_parallelism().map_or(2, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..hands {
                scope.spawn(|| live_through(what, kind, (&next, seeds.end), &all, &life));
            }
        });
        let done = all.into_inner().unwrap();
        let acts: u32 = done.values().sum();
        let (lives, seconds) = (seeds.end - seeds.start, begun.elapsed().as_secs_f32());
        println!("{what} on {kind}: {lives} seeds, {acts} acts done in {seconds:.1} s: {done:?}");
        if !done.is_empty() && lives >= FEW.end {
            for name in needed {
                assert!(done.contains_key(name), "{what} on {kind}: never {name}");
            }
        }
    }
}

fn live_through(
    what: &str,
    kind: &str,
    (next, end): (&AtomicU64, u64),
    all: &Mutex<Tally>,
    life: &(impl Fn(&World, Rng) -> Tally + Sync),
) {
    // A world of its own for each hand: its clock is the clock of all who live in it.
    let Some(world) = worlds().into_iter().find(|world| world.database.kind == kind) else { return };
    loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= end {
            break;
        }
        let lived = catch_unwind(AssertUnwindSafe(|| life(&world, Rng::with_seed(seed))));
        let Ok(done) = lived else { panic!("{what}, seed {seed} on {kind}") };
        let mut all = all.lock().unwrap();
        for (name, times) in done {
            *all.entry(name).or_default() += times;
        }
    }
    let trail = verify(&world.database.db, &[]).unwrap();
    assert!(trail.is_whole(), "{what} on {kind}: {trail:?}");
}
