//! Work that goes on after its request was answered, since the store was too slow: who must not begin it again before it
//! is over can wait for it.

use std::cell::RefCell;
use std::future::Future;
use std::time::{Duration, Instant};

use actix_web::rt;
use tokio::sync::oneshot;

tokio::task_local! {
    static BEGUN: Instant;
    static LEFT: RefCell<Vec<oneshot::Receiver<()>>>;
}

/// Work that outlived its answer.
#[derive(Debug, Default)]
pub struct GoingOn(Vec<oneshot::Receiver<()>>);

impl GoingOn {
    /// Whether there is any.
    #[must_use]
    pub fn is_any(&self) -> bool {
        !self.0.is_empty()
    }

    /// Waits until all of it is over, however it ends.
    pub async fn over(self) {
        for one in self.0 {
            // An error is the end of work that broke off.
            let _ = one.await;
        }
    }
}

/// What comes of a part of a request that was begun then, with the work that goes on.
pub async fn with_what_goes_on<F: Future>(begun: Instant, work: F) -> (F::Output, GoingOn) {
    let outcome = async {
        let outcome = work.await;
        (outcome, GoingOn(LEFT.with(RefCell::take)))
    };
    BEGUN.scope(begun, LEFT.scope(RefCell::default(), outcome)).await
}

/// For how long the request has been waited for, as far as it is known: parts of one share its patience.
#[must_use]
pub fn waited() -> Duration {
    BEGUN.try_with(Instant::elapsed).unwrap_or_default()
}

/// Lets work go on by itself, which whoever asked [`with_what_goes_on`] is told of.
pub fn let_go_on(work: impl Future + 'static) {
    let (tell, told) = oneshot::channel();
    rt::spawn(async move {
        work.await;
        // Nobody may be waiting.
        let _ = tell.send(());
    });
    let _ = LEFT.try_with(|left| left.borrow_mut().push(told));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use actix_web::rt::time::sleep;

    use super::*;

    #[actix_web::test]
    async fn what_goes_on_is_waited_for_by_who_asked() {
        let (tell, told) = oneshot::channel::<()>();
        let ((), going_on) = with_what_goes_on(Instant::now(), async { let_go_on(told) }).await;
        assert!(going_on.is_any());
        let over = rt::spawn(going_on.over());
        sleep(Duration::from_millis(20)).await;
        assert!(!over.is_finished());
        tell.send(()).unwrap();
        over.await.unwrap();
        let ((), going_on) = with_what_goes_on(Instant::now(), async {}).await;
        assert!(!going_on.is_any());
        let_go_on(async {});
    }
}
