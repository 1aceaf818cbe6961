//! Runs a study: tender by tender, on as many threads as there are cores.

use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use chacha20::ChaCha8Rng;
use rand::SeedableRng;

use crate::market::Drawn;
use crate::playing::Player;
use crate::report::Report;
use crate::study::Study;
use crate::tally::Tally;

/// Tenders that a thread takes at once, and after which it tells how far it is.
const CHUNK: u64 = 250;

/// Runs a study on all cores. `progress` hears after each piece how many tenders it held, from any thread.
///
/// Each tender has a stream of chance of its own, and everything that is counted is a whole number: the same study gives
/// the same report whatever the number of threads.
pub fn run(study: &Study, progress: impl Fn(u64) + Sync) -> Report<'_> {
    run_on(study, thread::available_parallelism().unwrap_or(NonZeroUsize::MIN), progress)
}

/// Runs a study on so many threads.
pub fn run_on(study: &Study, threads: NonZeroUsize, progress: impl Fn(u64) + Sync) -> Report<'_> {
    let next = AtomicU64::new(0);
    let work = || piecework(study, &next, &progress);
    let mut tallies: Vec<Tally> = study.models.iter().map(|trial| Tally::new(study, trial)).collect();
    let mut take = |found: Vec<Tally>| {
        for (sum, part) in tallies.iter_mut().zip(&found) {
            sum.merge(part);
        }
    };
    // Where no thread can be started, as in a browser, this one does it all.
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads.get())
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        take(work());
        for other in others {
            match other.join() {
                Ok(found) => take(found),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    Report::new(study, tallies)
}

/// Plays pieces until none is left.
fn piecework(study: &Study, next: &AtomicU64, progress: &(impl Fn(u64) + Sync)) -> Vec<Tally> {
    let seed = ChaCha8Rng::seed_from_u64(study.seed.into()).get_seed();
    let mut players = Player::all(study);
    let mut drawn = Drawn::default();
    let tenders = u64::from(study.tenders);
    loop {
        let start = next.fetch_add(CHUNK, Ordering::Relaxed);
        if start >= tenders {
            break;
        }
        let end = (start + CHUNK).min(tenders);
        for tender in start..end {
            study.market.draw(seed, tender, &mut drawn);
            for player in &mut players {
                player.play(&study.market, &drawn);
            }
        }
        progress(end - start);
    }
    players.into_iter().map(|player| player.tally).collect()
}
