//! How much one caller, and one address, may ask (RateLimit header fields for HTTP, draft 10).

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::http::frame::address::place_of;
use crate::http::frame::context::RequestContext;
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;

const POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");
const STANDING: HeaderName = HeaderName::from_static("ratelimit");

/// The seconds of one window.
const WINDOW: u32 = 60;
/// After so many requests those who have not asked for a while are forgotten.
const FORGET_EVERY: u32 = 10_000;

/// How many requests are taken in a minute; none: as many as come.
#[derive(Debug, Default)]
pub struct RateLimits {
    callers: Option<Counter<String>>,
    addresses: Option<Counter<IpAddr>>,
}

impl RateLimits {
    /// Limits for each caller and for each address, in requests a minute.
    #[must_use]
    pub fn of(per_caller: Option<NonZeroU32>, per_address: Option<NonZeroU32>) -> Self {
        Self {
            callers: per_caller.map(|most| Counter::of("default", false, most)),
            addresses: per_address.map(|most| Counter::of("address", true, most)),
        }
    }

    /// Counts a request of a caller; answers where they stand, when they are limited.
    ///
    /// # Errors
    /// Status 429 when they ask too much.
    pub fn count_caller(&self, subject: &str) -> Result<Option<Standing>, Problem> {
        self.callers.as_ref().map(|counter| counter.count(&subject.to_owned())).transpose()
    }

    fn count_address(&self, address: Option<IpAddr>) -> Result<Option<Standing>, Problem> {
        match (&self.addresses, address) {
            (Some(counter), Some(address)) => counter.count(&place_of(address)).map(Some),
            _ => Ok(None),
        }
    }
}

type Limiter<K> = RateLimiter<K, DashMapStateStore<K>, DefaultClock, StateInformationMiddleware>;

#[derive(Debug)]
struct Counter<K: Hash + Eq + Clone> {
    name: &'static str,
    is_shared: bool,
    most: NonZeroU32,
    limiter: Limiter<K>,
    counted: AtomicU32,
}

impl<K: Hash + Eq + Clone> Counter<K> {
    fn of(name: &'static str, is_shared: bool, most: NonZeroU32) -> Self {
        let limiter = RateLimiter::dashmap(Quota::per_minute(most)).with_middleware();
        Self { name, is_shared, most, limiter, counted: AtomicU32::new(0) }
    }

    fn count(&self, who: &K) -> Result<Standing, Problem> {
        if self.counted.fetch_add(1, Ordering::Relaxed) % FORGET_EVERY == FORGET_EVERY - 1 {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(who) {
            Ok(state) => Ok(self.standing(state.remaining_burst_capacity())),
            Err(refused) => {
                let wait = refused.wait_time_from(self.limiter.clock().now());
                Err(Problem::too_many_requests(whole_seconds(wait)))
            }
        }
    }

    fn standing(&self, left: u32) -> Standing {
        let used = u64::from(self.most.get().saturating_sub(left));
        let all_again = (used * u64::from(WINDOW)).div_ceil(u64::from(self.most.get()));
        Standing { name: self.name, most: self.most.get(), left, all_again, is_shared: self.is_shared }
    }
}

fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

/// Where somebody stands with their limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    name: &'static str,
    most: u32,
    left: u32,
    /// In how many seconds all is left again.
    all_again: u64,
    /// Whether others use up the same limit.
    is_shared: bool,
}

impl Standing {
    /// Tells the client.
    pub fn write(&self, headers: &mut HeaderMap) {
        let Self { name, most, left, all_again, .. } = self;
        let policy = HeaderValue::from_str(&format!("\"{name}\";q={most};w={WINDOW}"));
        let standing = HeaderValue::from_str(&format!("\"{name}\";r={left};t={all_again}"));
        if let Ok(policy) = policy {
            headers.insert(POLICY, policy);
        }
        // Many share one address: what is left of its limit would tell what its neighbours ask.
        if let Ok(standing) = standing
            && !self.is_shared
        {
            headers.insert(STANDING, standing);
        }
    }
}

/// Refuses what comes from an address that asks too much, before anything else is done with it. Probes of health
/// are not counted.
pub async fn limit_addresses<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if let Some(state) = request.app_data::<web::Data<AppState>>()
        && !request.path().starts_with("/health/")
    {
        let context = request.extensions().get::<RequestContext>().copied();
        match state.protection.limits.count_address(context.and_then(|context| context.address)) {
            Ok(None) => {}
            Ok(Some(standing)) => {
                request.extensions_mut().insert(standing);
            }
            Err(problem) => return Ok(request.error_response(problem)),
        }
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_caller_has_a_limit_of_its_own() {
        let limits = RateLimits::of(NonZeroU32::new(2), None);
        let first = limits.count_caller("a").unwrap().unwrap();
        assert_eq!(first, Standing { name: "default", most: 2, left: 1, all_again: 30, is_shared: false });
        assert!(limits.count_caller("a").is_ok());
        assert!(limits.count_caller("a").is_err());
        assert!(limits.count_caller("b").is_ok());
    }

    #[test]
    fn without_limits_nobody_stands_anywhere() {
        assert_eq!(RateLimits::default().count_caller("a").unwrap(), None);
    }
}
