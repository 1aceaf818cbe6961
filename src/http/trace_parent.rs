//! The place of a request in the trace of who called (W3C Trace Context), for the spans that are sent.

use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use opentelemetry::Context;
use opentelemetry::trace::{SpanContext, SpanId, TraceContextExt, TraceFlags, TraceId, TraceState};
use tracing::Span;
use tracing_opentelemetry::OpenTelemetrySpanExt;

use crate::http::context::RequestContext;
use crate::http::metrics::is_counted;

/// Stands for the caller's span where there is none.
const NOBODY: u64 = 1;

/// Makes a request's span a child of the caller's. One for bids is not sent: their number is nobody's to know.
pub(super) fn place(span: &Span, request: &ServiceRequest, context: RequestContext) {
    let header = request.headers().get("traceparent").and_then(|value| value.to_str().ok());
    let parent = header.and_then(parent);
    let (caller, is_sampled) = match (is_counted(request.path()), parent) {
        (false, parent) => (parent.map_or(NOBODY, |(caller, _)| caller), false),
        (true, Some(parent)) => parent,
        (true, None) => return,
    };
    let flags = if is_sampled { TraceFlags::SAMPLED } else { TraceFlags::NOT_SAMPLED };
    let remote = SpanContext::new(
        TraceId::from(context.trace_id),
        SpanId::from(caller),
        flags,
        true,
        TraceState::default(),
    );
    // Fails where no spans are sent at all.
    let _ = span.set_parent(Context::new().with_remote_span_context(remote));
}

/// The caller's span, and whether the caller sends it, in a header whose trace id was found well-formed.
fn parent(header: &str) -> Option<(u64, bool)> {
    let mut parts = header.split('-').skip(2);
    let (span, flags) = (parts.next()?, parts.next()?);
    let caller =
        Some(span).filter(|text| text.len() == 16).and_then(|text| u64::from_str_radix(text, 16).ok());
    let flags = u8::from_str_radix(flags, 16).ok()?;
    caller.filter(|id| *id != 0).map(|id| (id, flags & 1 == 1))
}

/// Names the present span after the request, once its route is known.
pub(super) fn name(method: &Method, route: Option<&str>) {
    if let Some(route) = route.filter(|route| is_counted(route)) {
        Span::current().record("otel.name", format!("{method} {route}").as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_callers_span_and_its_flag_are_read() {
        let header = |flags| format!("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-{flags}");
        assert_eq!(parent(&header("01")), Some((0x00f0_67aa_0ba9_02b7, true)));
        assert_eq!(parent(&header("00")), Some((0x00f0_67aa_0ba9_02b7, false)));
        assert_eq!(parent(&header("zz")), None);
        assert_eq!(parent("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01"), None);
    }
}
