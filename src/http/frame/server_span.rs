//! The span of a request, for a collector of traces (OpenTelemetry's conventions for HTTP servers).
//!
//! It stands apart from the span that log lines are written with: what a collector is told is the method, the
//! pattern of the route and the status, and neither who asks nor from where nor for what. A
//! request that leaves no line in the log or is not counted has no span either: how many bids there are is
//! nobody's to know.

#[cfg(feature = "otel")]
pub use sent::TARGET;
#[cfg(feature = "otel")]
pub(crate) use sent::{begin, end, place};
#[cfg(not(feature = "otel"))]
pub(crate) use unsent::{begin, end, place};

/// Where nothing sends spans, there are none.
#[cfg(not(feature = "otel"))]
mod unsent {
    use actix_web::dev::ServiceRequest;
    use actix_web::http::StatusCode;
    use tracing::Span;

    use trede_model::frame::trace::TraceContext;

    pub(crate) const fn begin(_request: &ServiceRequest, _caller: Option<TraceContext>) -> Span {
        Span::none()
    }

    pub(crate) const fn place(_span: &Span) -> Option<TraceContext> {
        None
    }

    pub(crate) const fn end(_span: &Span, _status: StatusCode) {}
}

#[cfg(feature = "otel")]
mod sent {
    use actix_web::dev::ServiceRequest;
    use actix_web::http::StatusCode;
    use opentelemetry::Context;
    use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
    use tracing::Span;
    use tracing::field::Empty;
    use tracing_opentelemetry::OpenTelemetrySpanExt;

    use crate::http::frame::context::is_sealed;
    use crate::http::frame::counted::{is_counted, known};
    use trede_model::frame::trace::TraceContext;

    /// What the spans of requests are known by; no other span leaves the service.
    pub const TARGET: &str = "trede::server_span";

    /// The span of a request, below the caller's; none where nobody may know of the request.
    pub(crate) fn begin(request: &ServiceRequest, caller: Option<TraceContext>) -> Span {
        // A path that no pattern fits as it was sent may be routed after all, once it is decoded: to a bid, perhaps.
        let Some(route) = request.match_pattern() else { return Span::none() };
        let is_known = [request.path(), &route].into_iter().all(is_counted);
        if !is_known || is_sealed(request.method(), Some(&route), request.path()) {
            return Span::none();
        }
        let method = known(request.method());
        let name = format!("{method} {route}");
        let span = tracing::info_span!(
            target: TARGET,
            "request",
            otel.kind = "server",
            otel.name = name,
            otel.status_code = Empty,
            http.request.method = method,
            http.route = route,
            http.response.status_code = Empty,
        );
        if let Some(caller) = caller {
            let remote = SpanContext::new(
                TraceId::from(caller.trace_id()),
                SpanId::from(caller.span_id()),
                if caller.is_sampled() { TraceFlags::SAMPLED } else { TraceFlags::NOT_SAMPLED },
                true,
                TraceState::default(),
            );
            // Fails where no collector is configured.
            let _ = span.set_parent(Context::new().with_remote_span_context(remote));
        }
        span
    }

    /// The place of a span in its trace; none where no collector is configured.
    pub(crate) fn place(span: &Span) -> Option<TraceContext> {
        let context = span.context();
        let span = context.span();
        let of_span = span.span_context();
        TraceContext::of(
            u128::from_be_bytes(of_span.trace_id().to_bytes()),
            u64::from_be_bytes(of_span.span_id().to_bytes()),
            of_span.is_sampled(),
        )
    }

    /// Says how the request ended.
    pub(crate) fn end(span: &Span, status: StatusCode) {
        span.record("http.response.status_code", status.as_u16());
        if status.is_server_error() {
            span.record("otel.status_code", "ERROR");
        }
    }
}
