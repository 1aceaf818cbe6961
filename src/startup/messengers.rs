//! The threads that tell subscribers what happened, while the service runs. Several instances may do so beside
//! each other: each attempt is held by one of them.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::startup::workers::Bell;
use trede_base::ids::MunicipalityId;
use trede_model::telling::webhook::SubscriptionId;
use trede_service::Services;

/// How long nobody looks again after nothing was found.
const PAUSE: Duration = Duration::from_millis(500);
/// How often it is looked for events whose term of retention is over.
const BETWEEN_REMOVALS: Duration = Duration::from_secs(600);
/// The most subscribers that are told something at once. A thread each, so that a slow one keeps none waiting.
const MOST_AT_ONCE: usize = 64;

type Subscriber = (MunicipalityId, SubscriptionId);

/// The subscribers that a thread of this process is busy with.
#[derive(Default)]
struct Busy(Mutex<HashSet<Subscriber>>);

impl Busy {
    fn lock(&self) -> MutexGuard<'_, HashSet<Subscriber>> {
        // Each change is one insertion or removal, so what another thread left is whole.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that a thread begins with the subscriber; answers whether it may.
    fn begin(&self, subscriber: Subscriber) -> bool {
        let mut busy = self.lock();
        busy.len() < MOST_AT_ONCE && busy.insert(subscriber)
    }
}

/// Frees a subscriber when its thread ends, however it does.
struct Turn {
    busy: Arc<Busy>,
    subscriber: Subscriber,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.busy.lock().remove(&self.subscriber);
    }
}

/// Starts the thread that looks for what is to be told.
pub(super) fn start(services: Services, bell: Arc<Bell>) -> std::io::Result<JoinHandle<()>> {
    std::thread::Builder::new().name("messengers".to_owned()).spawn(move || watch(&services, &bell))
}

fn watch(services: &Services, bell: &Arc<Bell>) {
    let busy = Arc::<Busy>::default();
    let mut removed_at: Option<Instant> = None;
    let mut messengers: Vec<JoinHandle<()>> = Vec::new();
    while !bell.is_rung() {
        if removed_at.is_none_or(|at| at.elapsed() >= BETWEEN_REMOVALS) {
            removed_at = Some(Instant::now());
            if let Err(error) = services.remove_old_events() {
                tracing::warn!(%error, "old events could not be removed; it is tried again");
            }
        }
        messengers.retain(|messenger| !messenger.is_finished());
        match round(services, bell, &busy, &mut messengers) {
            Ok(true) => {}
            Ok(false) => bell.wait(PAUSE),
            Err(error) => {
                tracing::warn!(%error, "the store does not answer; events wait");
                bell.wait(PAUSE);
            }
        }
    }
    for messenger in messengers {
        // One that panicked has said so; what it held is taken over.
        let _ = messenger.join();
    }
}

/// Places what happened and sends messengers out; answers whether there may be more to place.
fn round(
    services: &Services,
    bell: &Arc<Bell>,
    busy: &Arc<Busy>,
    messengers: &mut Vec<JoinHandle<()>>,
) -> Result<bool, Box<dyn std::error::Error>> {
    let placed = services.place_events()?;
    for subscriber in services.ready_subscriptions()? {
        if busy.begin(subscriber) {
            let turn = Turn { busy: Arc::clone(busy), subscriber };
            let (services, bell) = (services.clone(), Arc::clone(bell));
            let messenger = std::thread::Builder::new().name("messenger".to_owned());
            messengers.push(messenger.spawn(move || tell(&services, &bell, &turn))?);
        }
    }
    Ok(placed > 0)
}

fn tell(services: &Services, bell: &Bell, turn: &Turn) {
    let (municipality, subscription) = turn.subscriber;
    while !bell.is_rung() {
        match services.deliver_next(municipality, subscription) {
            Ok(true) => {}
            Ok(false) => return,
            Err(error) => {
                tracing::warn!(%subscription, %error, "an event could not be told; it is tried again");
                return;
            }
        }
    }
}
