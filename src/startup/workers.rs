//! The threads that do work in the background, while the service runs.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::startup::messengers;
use trede_model::telling::job::JobKind;
use trede_service::Services;

/// How long a worker that found nothing waits before it looks again.
const PAUSE: Duration = Duration::from_secs(1);

/// A thread for each kind of work, so that a long list keeps no other work waiting.
pub struct Workers {
    bell: Arc<Bell>,
    threads: Vec<JoinHandle<()>>,
}

/// Rings once, to wake those who wait, and stays rung.
#[derive(Default)]
pub(super) struct Bell {
    rung: AtomicBool,
    waiting: Mutex<()>,
    woken: Condvar,
}

impl Bell {
    pub(super) fn is_rung(&self) -> bool {
        self.rung.load(Ordering::Acquire)
    }

    fn ring(&self) {
        self.rung.store(true, Ordering::Release);
        let _waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        self.woken.notify_all();
    }

    /// Waits for so long, or until it rings.
    pub(super) fn wait(&self, at_most: Duration) {
        let waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        // Rung in between, it is seen here and nothing is waited for.
        if !self.is_rung() {
            let _ = self.woken.wait_timeout(waiting, at_most);
        }
    }
}

impl Workers {
    /// Starts a worker for each kind of work.
    ///
    /// # Errors
    /// When the system gives no thread.
    pub fn start(services: &Services) -> std::io::Result<Self> {
        let bell = Arc::new(Bell::default());
        let start = |kind: &JobKind| {
            let (kind, bell, services) = (*kind, Arc::clone(&bell), services.clone());
            std::thread::Builder::new().name(kind.to_string()).spawn(move || work(&services, kind, &bell))
        };
        let mut threads = JobKind::ALL.iter().map(start).collect::<std::io::Result<Vec<_>>>()?;
        threads.push(messengers::start(services.clone(), Arc::clone(&bell))?);
        Ok(Self { bell, threads })
    }

    /// Lets each worker end what it is doing, and waits for that.
    pub fn stop(self) {
        self.bell.ring();
        for thread in self.threads {
            // A worker that panicked has said so.
            let _ = thread.join();
        }
    }
}

fn work(services: &Services, kind: JobKind, bell: &Bell) {
    if kind == JobKind::LevelWatch
        && let Err(error) = services.plan_watch()
    {
        tracing::warn!(%error, "the daily watch could not be planned");
    }
    while !bell.is_rung() {
        match services.do_next_job(kind) {
            Ok(true) => {}
            Ok(false) => bell.wait(PAUSE),
            Err(error) => {
                tracing::warn!(%kind, %error, "the store does not answer; work waits");
                bell.wait(PAUSE);
            }
        }
    }
}
