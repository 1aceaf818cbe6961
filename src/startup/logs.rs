//! Where log lines and spans go.

use tracing::{Level, Metadata};
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, Layer};

use crate::startup::StartError;

/// Nothing sends spans here.
#[cfg(not(feature = "otel"))]
#[derive(Debug)]
pub(super) struct Traces;

/// Writes one JSON object a log line, to standard error; there is nothing that sends spans.
#[cfg(not(feature = "otel"))]
pub(super) fn write_logs(filter: &str, otlp_url: Option<&str>) -> Result<Traces, StartError> {
    if otlp_url.is_some() {
        let missing = "this program was built without the feature `otel`, so it sends no spans";
        return Err(StartError::Traces(missing.to_owned()));
    }
    let filter = EnvFilter::try_new(filter)?;
    // Whoever set a subscriber before, such as a test, keeps it.
    let _ = tracing_subscriber::registry()
        .with(lines().with_filter(filter).with_filter(filter_fn(is_told)))
        .try_init();
    Ok(Traces)
}

/// Writes one JSON object a log line, to standard error, and sends spans where that is configured. What is
/// answered is kept until the end: then the last spans are sent.
#[cfg(feature = "otel")]
pub(super) fn write_logs(filter: &str, otlp_url: Option<&str>) -> Result<traces::Traces, StartError> {
    let filter = EnvFilter::try_new(filter)?;
    let traces = traces::Traces::to(otlp_url)?;
    // Whoever set a subscriber before, such as a test, keeps it.
    let _ = tracing_subscriber::registry()
        .with(traces.layer())
        .with(lines().with_filter(filter).with_filter(filter_fn(is_told)))
        .try_init();
    Ok(traces)
}

/// Whether a line may be written, whatever the operator asks to see. The libraries below say of every request that it
/// came: with their finest lines, the bids could be counted before the opening.
fn is_told(metadata: &Metadata<'_>) -> bool {
    metadata.target().starts_with("trede") || *metadata.level() <= Level::INFO
}

fn lines<S>() -> impl Layer<S>
where
    S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
{
    tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(true)
        .with_span_list(false)
        .with_writer(std::io::stderr)
}

#[cfg(feature = "otel")]
mod traces {
    use std::time::Duration;

    use opentelemetry::trace::TracerProvider;
    use opentelemetry_otlp::{SpanExporter, WithExportConfig};
    use opentelemetry_sdk::Resource;
    use opentelemetry_sdk::trace::SdkTracerProvider;
    use tracing_subscriber::Layer;
    use tracing_subscriber::filter::filter_fn;

    use crate::http::frame::server_span;
    use crate::startup::StartError;

    /// How long a collector may take to receive spans.
    const RECEIVED_WITHIN: Duration = Duration::from_secs(3);
    /// How long a stop waits for the last spans to be received.
    const LAST_WITHIN: Duration = Duration::from_secs(5);

    /// Where spans go.
    #[derive(Debug)]
    pub struct Traces(Option<SdkTracerProvider>);

    impl Traces {
        /// Sends spans to the collector, in batches, from a thread of their own. What a collector does not receive
        /// is thrown away.
        pub(super) fn to(url: Option<&str>) -> Result<Self, StartError> {
            let Some(url) = url else { return Ok(Self(None)) };
            let exporter = SpanExporter::builder()
                .with_http()
                .with_endpoint(url)
                .with_timeout(RECEIVED_WITHIN)
                .build()
                .map_err(|error| StartError::Traces(error.to_string()))?;
            let resource = Resource::builder().with_service_name("trede").build();
            let provider =
                SdkTracerProvider::builder().with_batch_exporter(exporter).with_resource(resource).build();
            Ok(Self(Some(provider)))
        }

        /// Takes the spans of requests and nothing else: those of log lines name who asks.
        pub(super) fn layer<S>(&self) -> Option<impl Layer<S> + use<S>>
        where
            S: tracing::Subscriber + for<'a> tracing_subscriber::registry::LookupSpan<'a>,
        {
            let provider = self.0.as_ref()?;
            let layer = tracing_opentelemetry::layer()
                .with_tracer(provider.tracer("trede"))
                .with_context_activation(false)
                .with_location(false)
                .with_target(false)
                .with_threads(false)
                .with_tracked_inactivity(false);
            let of_requests = filter_fn(|metadata| metadata.target() == server_span::TARGET);
            Some(layer.with_filter(of_requests))
        }
    }

    impl Drop for Traces {
        fn drop(&mut self) {
            if let Some(provider) = &self.0
                && let Err(error) = provider.shutdown_with_timeout(LAST_WITHIN)
            {
                eprintln!("trede: the last spans were not sent: {error}");
            }
        }
    }
}
