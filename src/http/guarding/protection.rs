//! What protects the service, in one value; and which pages of other sites may call it.

use actix_cors::Cors;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, LINK, LOCATION, RETRY_AFTER,
    WWW_AUTHENTICATE,
};
use chrono::TimeDelta;

use crate::http::frame::address::Network;
use crate::http::guarding::intake::Intake;
use crate::http::guarding::rate_limits::RateLimits;
use crate::http::guarding::refusals::Refusals;
use crate::http::guarding::security_txt::SecurityContact;

/// How long a browser may remember what it was told, in seconds.
const REMEMBERED: usize = 3600;

/// What protects the service. By default nobody is limited, no proxy trusted, and no page of another site let in.
#[derive(Debug)]
pub struct Protection {
    /// How much callers and addresses may ask.
    pub limits: RateLimits,
    /// The proxies that tell a client's address.
    pub proxies: Vec<Network>,
    /// The origins whose pages may call the API.
    pub origins: Vec<String>,
    /// Where weaknesses can be reported.
    pub security: SecurityContact,
    /// How bodies are taken in.
    pub intake: Intake,
    /// Of whom how many refusals were recorded lately.
    pub refusals: Refusals,
    /// How long answers to requests with an `Idempotency-Key` are kept.
    pub answers_kept: TimeDelta,
}

impl Default for Protection {
    fn default() -> Self {
        Self {
            limits: RateLimits::default(),
            proxies: Vec::new(),
            origins: Vec::new(),
            security: SecurityContact::default(),
            intake: Intake::default(),
            refusals: Refusals::default(),
            answers_kept: TimeDelta::hours(24),
        }
    }
}

/// Lets pages of these origins call the API, without cookies.
pub(crate) fn cors(origins: &[String]) -> Cors {
    let methods = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE];
    let rules = Cors::default()
        .allowed_methods(methods)
        .allowed_headers([ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH])
        .allowed_header("idempotency-key")
        .allowed_header("traceparent")
        .expose_headers([ETAG, LINK, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE])
        .expose_headers(["api-version", "ratelimit", "ratelimit-policy", "x-request-id"])
        .max_age(REMEMBERED)
        .block_on_origin_mismatch(false);
    origins.iter().fold(rules, |rules, origin| rules.allowed_origin(origin))
}
