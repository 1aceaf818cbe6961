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

use crate::http::AppState;
use crate::http::address;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The names of a request: its own, and that of the chain of calls it is part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RequestContext {
    /// This request's id; it stands in the log, in audit records and in `X-Request-Id`.
    pub request_id: Uuid,
    /// The W3C trace id: that of `traceparent` when the client sent one, else the request's own.
    pub trace_id: u128,
    /// The client's address, where there is one.
    pub address: Option<IpAddr>,
}

impl RequestContext {
    fn of(request: &ServiceRequest) -> Self {
        let request_id = Uuid::now_v7();
        let trace_id = request
            .headers()
            .get("traceparent")
            .and_then(|value| value.to_str().ok())
            .and_then(trace_id)
            .unwrap_or_else(|| request_id.as_u128());
        let peer = request.peer_addr().map(|peer| peer.ip());
        let state = request.app_data::<web::Data<AppState>>();
        let proxies = state.map(|state| state.protection.proxies.as_slice()).unwrap_or_default();
        let address = address::of_client(peer, request.headers(), proxies);
        Self { request_id, trace_id, address }
    }

    /// The `instance` of a problem: names the trace, so that a report leads to the log lines.
    #[must_use]
    pub fn instance(&self) -> String {
        format!("urn:trace:{:032x}", self.trace_id)
    }
}

/// The trace id in a `traceparent` header of version 00; all zeros is no id.
fn trace_id(traceparent: &str) -> Option<u128> {
    let mut parts = traceparent.split('-');
    let version = parts.next()?;
    let trace = parts.next()?;
    let well_formed = version == "00"
        && trace.len() == 32
        && trace.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !well_formed {
        return None;
    }
    u128::from_str_radix(trace, 16).ok().filter(|id| *id != 0)
}

/// Whether the requests of a route must leave no trace outside the vault: before the opening, the number of
/// lines in a log or of counts in a metric would tell the number of bids, and a name in them who bid.
#[must_use]
pub fn is_sealed(method: &Method, route: Option<&str>) -> bool {
    const SEALED: [&str; 4] =
        ["/bids", "/bid-withdrawals", "/bid-imports", "/tender-packages/{externalReference}"];
    matches!(*method, Method::POST | Method::PUT)
        && route.is_some_and(|route| SEALED.iter().any(|sealed| route.ends_with(sealed)))
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
    let context = RequestContext::of(&request);
    request.extensions_mut().insert(context);
    let started = Instant::now();
    let method = request.method().clone();
    let span = tracing::info_span!(
        "request",
        request_id = %context.request_id,
        trace_id = %format_args!("{:032x}", context.trace_id),
        actor = tracing::field::Empty,
        otel.name = tracing::field::Empty,
    );
    #[cfg(feature = "otel")]
    super::trace_parent::place(&span, &request, context);
    async move {
        let mut response = next.call(request).await?;
        if let Ok(value) = HeaderValue::from_str(&context.request_id.to_string()) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
        let route = response.request().match_pattern();
        #[cfg(feature = "otel")]
        super::trace_parent::name(&method, route.as_deref());
        let (status, error) = (response.status(), response.response().error());
        if !is_sealed(&method, route.as_deref()) {
            let action = format_args!("{method} {}", route.as_deref().unwrap_or("(no route)"));
            log_line(status, error, action, context.address.map(|address| address.to_string()), started);
        } else if status.is_server_error() {
            log_line(status, error, format_args!("a sealed request"), None, started);
        }
        Ok(response)
    }
    .instrument(span)
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
        let is_sealed = |method, below: &str| is_sealed(&method, Some(&format!("{lot}{below}")));
        assert!(is_sealed(Method::POST, "/bids"));
        assert!(is_sealed(Method::POST, "/bid-withdrawals"));
        assert!(!is_sealed(Method::GET, "/bids"));
        assert!(!is_sealed(Method::POST, "/assessments"));
    }

    #[test]
    fn a_trace_id_is_taken_from_a_well_formed_header_only() {
        let header = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(trace_id(header), Some(0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736));
        for wrong in [
            "",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(trace_id(wrong), None, "{wrong}");
        }
    }
}
