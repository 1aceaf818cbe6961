//! `kill -9` while bids and entries are written: what was acknowledged is there, once, after a restart.

mod client;
#[cfg(feature = "otel")]
mod collector;
mod events;
mod faulty_disk;
mod keyed_writers;
mod ledger;
mod outage;
mod register;
mod reminders;
pub(crate) mod server;
mod slow_clients;
#[cfg(feature = "otel")]
mod spans;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::tendering::lot::LotPath;
use trede_model::trust::audit::AuditScope;
use trede_store::bidding::sealed_bids;
use trede_store::frame::error::StorageError;

use crate::support::TestDatabase;
use crate::support::acts::acts_in;
use crate::survival::server::Server;

const WRITERS: usize = 4;
const KILLS: u32 = 3;
/// How long bids are written before each kill.
const UNDER_LOAD: Duration = Duration::from_millis(1_500);

fn stored(database: &TestDatabase, at: LotPath) -> Vec<SealedBid> {
    let read: Result<_, StorageError> =
        database.db.read(|c| sealed_bids::all_of_lot(c, at.municipality, at.lot));
    read.unwrap()
}

fn acts_of_bids(database: &TestDatabase, at: LotPath) -> usize {
    let scope = AuditScope::Vault(at.municipality, at.tender);
    acts_in(&database.db, scope).iter().filter(|act| act.action == "create_bid").count()
}

/// Writes bids until the server is gone; answers the ids that it acknowledged.
fn write_until_gone(server: &Server, at: LotPath, bidder: &AtomicU32, stop: &AtomicBool) -> Vec<String> {
    let mut acknowledged = Vec::new();
    while !stop.load(Ordering::Relaxed) {
        let kvk = format!("{:08}", bidder.fetch_add(1, Ordering::Relaxed));
        let Ok(answer) = client::bid(server, at, &kvk) else { break };
        assert_eq!(answer.status, 201, "{}", answer.body);
        acknowledged.push(answer.json()["id"].as_str().unwrap().to_owned());
    }
    acknowledged
}

/// Fails when a chain of the audit trail is broken, or a row is not as the trail left it.
fn expect_whole_trail(database: &TestDatabase) {
    let verified = trede_service::trust::audit::verify(&database.db, &[]).unwrap();
    assert!(verified.is_whole(), "on {}: {:?} {:?}", database.kind, verified.chains, verified.findings);
}

#[test]
fn every_acknowledged_bid_survives_kill_9_and_none_is_there_twice() {
    for database in crate::support::databases() {
        let at = server::published_lot(&database);
        let bidder = AtomicU32::new(1);
        let mut acknowledged = Vec::new();
        for _ in 0..KILLS {
            let server = Server::start(&database.url);
            let stop = AtomicBool::new(false);
            let written = std::thread::scope(|scope| {
                let writers: Vec<_> = (0..WRITERS)
                    .map(|_| scope.spawn(|| write_until_gone(&server, at, &bidder, &stop)))
                    .collect();
                std::thread::sleep(UNDER_LOAD);
                server.kill();
                stop.store(true, Ordering::Relaxed);
                writers.into_iter().flat_map(|writer| writer.join().unwrap()).collect::<Vec<_>>()
            });
            assert!(!written.is_empty(), "nothing was written on {}", database.kind);
            acknowledged.extend(written);
        }
        let stored = stored(&database, at);
        let ids: BTreeSet<_> = stored.iter().map(|bid| bid.head.id.to_string()).collect();
        let bidders: BTreeSet<_> = stored.iter().map(|bid| &bid.head.bidder_index).collect();
        let lost: Vec<_> = acknowledged.iter().filter(|id| !ids.contains(*id)).collect();
        assert!(lost.is_empty(), "lost on {}: {lost:?}", database.kind);
        assert_eq!(bidders.len(), stored.len(), "a bid is there twice on {}", database.kind);
        assert_eq!(acts_of_bids(&database, at), stored.len());
        expect_whole_trail(&database);
        println!("{}: {} bids acknowledged, {} stored", database.kind, acknowledged.len(), stored.len());
    }
}
