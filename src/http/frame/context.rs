//! What belongs to one request from its first byte to its log line.

use std::net::IpAddr;
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, web};
use tracing::Instrument;
use uuid::Uuid;

use crate::http::frame::address;
use crate::http::frame::counted::tells_of_bids;
use crate::http::frame::server_span;
use crate::http::state::AppState;
use trede_model::frame::trace::TraceContext;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The names of a request: its own, and that of the chain of calls it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// This request's id; it stands in the log, in audit records and in `X-Request-Id`.
    pub request_id: Uuid,
    /// Its place in the trace of who called, when `traceparent` names one; else in a trace that it begins.
    pub trace: TraceContext,
    /// The client's address, where there is one.
    pub address: Option<IpAddr>,
}

impl RequestContext {
    /// The names of a request whose span, where it has one, is this.
    fn of(request: &ServiceRequest, caller: Option<TraceContext>, span: Option<TraceContext>) -> Self {
        let request_id = Uuid::now_v7();
        let of_caller =
            || caller.map_or_else(|| TraceContext::begun_by(request_id), |it| it.child(request_id));
        let trace = span.unwrap_or_else(of_caller);
        let peer = request.peer_addr().map(|peer| peer.ip());
        let state = request.app_data::<web::Data<AppState>>();
        let proxies = state.map(|state| state.protection.proxies.as_slice()).unwrap_or_default();
        let address = address::of_client(peer, request.headers(), proxies);
        Self { request_id, trace, address }
    }

    /// The `instance` of a problem: names the trace, so that a report leads to the log lines.
    #[must_use]
    pub fn instance(&self) -> String {
        format!("urn:trace:{:032x}", self.trace.trace_id())
    }
}

/// The place in a trace that the caller names.
fn caller(request: &ServiceRequest) -> Option<TraceContext> {
    TraceContext::parse(request.headers().get("traceparent")?.to_str().ok()?)
}

/// Whether the requests of a route must leave no trace outside the vault: before the opening, the number of
/// lines in a log or of counts in a metric would tell the number of bids, and a name in them who bid.
/// A path that no route fits may be a bid that was sent a little wrong.
#[must_use]
pub fn is_sealed(method: &Method, route: Option<&str>, path: &str) -> bool {
    const SEALED: [&str; 6] = [
        "/bids",
        "/bid-withdrawals",
        "/bid-delegations",
        "/bid-delegation-withdrawals",
        "/bid-imports",
        "/tender-packages/{externalReference}",
    ];
    if matches!(*method, Method::GET | Method::HEAD) {
        return false;
    }
    match route {
        Some(route) => SEALED.iter().any(|sealed| route.ends_with(sealed)),
        None => tells_of_bids(path),
    }
}

/// Names the request, writes its one log line, and tells the client the request's id.
///
/// The line holds the route's pattern and never the path or the query: identifiers of bids or
/// bidders must not leave through the log. Of a sealed route it is not written at all, but for what goes wrong
/// here.
pub async fn observe<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let caller = caller(&request);
    let server_span = server_span::begin(&request, caller);
    let context = RequestContext::of(&request, caller, server_span::place(&server_span));
    request.extensions_mut().insert(context);
    let started = Instant::now();
    let method = request.method().clone();
    let span = tracing::info_span!(
        "request",
        request_id = %context.request_id,
        trace_id = %format_args!("{:032x}", context.trace.trace_id()),
        actor = tracing::field::Empty,
    );
    let outer = server_span.clone();
    async move {
        let mut response = next.call(request).await?;
        if let Ok(value) = HeaderValue::from_str(&context.request_id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let route = response.request().match_pattern();
        server_span::end(&outer, response.status());
        let (status, error) = (response.status(), response.response().error());
        if !is_sealed(&method, route.as_deref(), response.request().path()) {
            let action = format_args!("{method} {}", route.as_deref().unwrap_or("(no route)"));
            log_line(status, error, action, context.address.map(|address| address.to_string()), started);
        } else if status.is_server_error() {
            log_line(status, error, format_args!("a sealed request"), None, started);
        }
        Ok(response)
    }
    .instrument(span)
    .instrument(server_span)
    .await
}

fn log_line(
    status: StatusCode,
    error: Option<&Error>,
    action: std::fmt::Arguments<'_>,
    origin: Option<String>,
    started: Instant,
) {
    let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    let code = status.as_u16();
    if status.is_server_error() {
        let cause = error.map(|error| format!("{error:?}"));
        tracing::error!(status = code, milliseconds, origin, cause, "{action}");
    } else {
        let refused = error.map(ToString::to_string);
        tracing::info!(status = code, milliseconds, origin, refused, "{action}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_in_for_the_vault_is_sealed_and_what_is_read_is_not() {
        let lot = "/v1/municipalities/{municipality}/tenders/{tenderId}/lots/{lotId}";
        let is_sealed = |method, below: &str| is_sealed(&method, Some(&format!("{lot}{below}")), "");
        assert!(is_sealed(Method::POST, "/bids"));
        assert!(is_sealed(Method::POST, "/bid-withdrawals"));
        assert!(is_sealed(Method::POST, "/bid-delegations"));
        assert!(is_sealed(Method::POST, "/bid-delegation-withdrawals"));
        assert!(!is_sealed(Method::GET, "/bids"));
        assert!(!is_sealed(Method::POST, "/assessments"));
    }
}
