//! Figures for Prometheus: requests and their latencies by the pattern of the route, connections, work that waits.
//!
//! Routes of bids are left out, by name: how many bids there are, nobody may tell before the opening.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64};
use std::time::Instant;

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::{self, ServiceConfig};
use actix_web::{Error, HttpRequest, HttpResponse};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use secrecy::{ExposeSecret, SecretString};

use crate::http::frame::counted::{is_counted, known};
use crate::http::frame::problem::Problem;
use crate::http::state::AppState;
use trede_service::frame::vital_signs::VitalSigns;

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Bounds of the latencies, in seconds.
const BOUNDS: [f64; 10] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Of {
    state: String,
}

type Latencies = Family<Route, Histogram, fn() -> Histogram>;
type Level = Gauge<i64, AtomicI64>;
type Levels = Family<Of, Level>;

/// The figures of this process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    requests: Family<Answered, Counter<u64, AtomicU64>>,
    latencies: Latencies,
    connections: Levels,
    deliveries: Levels,
    jobs: Levels,
    imports: Levels,
    unplaced: Level,
    oldest_due: Level,
    store_answers: Level,
    /// One at a time sets the levels and writes them down.
    writing: Mutex<()>,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut metrics = Self {
            registry: Registry::with_prefix("trede"),
            requests: Family::default(),
            latencies: Family::new_with_constructor(|| Histogram::new(BOUNDS)),
            connections: Family::default(),
            deliveries: Family::default(),
            jobs: Family::default(),
            imports: Family::default(),
            unplaced: Level::default(),
            oldest_due: Level::default(),
            store_answers: Level::default(),
            writing: Mutex::default(),
        };
        metrics.register();
        metrics
    }
}

impl Metrics {
    fn register(&mut self) {
        let registry = &mut self.registry;
        registry.register("http_requests", "Requests that were answered", self.requests.clone());
        let help = "From the first byte of a request to its answer";
        registry.register_with_unit("http_request_duration", help, Unit::Seconds, self.latencies.clone());
        registry.register("store_connections", "Connections to the store", self.connections.clone());
        registry.register("store_answers", "1 when the store answers", self.store_answers.clone());
        registry.register("events_unplaced", "Events without a place in the order", self.unplaced.clone());
        registry.register("webhook_deliveries", "Deliveries that wait or failed", self.deliveries.clone());
        let help = "For how long the oldest delivery has been due";
        registry.register_with_unit("webhook_oldest_due", help, Unit::Seconds, self.oldest_due.clone());
        registry.register("jobs", "Work in the background", self.jobs.clone());
        registry.register("register_imports", "Imports of the PSO register", self.imports.clone());
    }

    fn count(&self, method: &Method, route: &str, status: StatusCode, started: Instant) {
        let (method, route) = (known(method).to_owned(), route.to_owned());
        self.latencies
            .get_or_create(&Route { method: method.clone(), route: route.clone() })
            .observe(started.elapsed().as_secs_f64());
        self.requests.get_or_create(&Answered { method, route, status: status.as_u16() }).inc();
    }

    /// All figures as text, with those of the moment.
    fn write(&self, signs: &VitalSigns) -> Result<String, std::fmt::Error> {
        let _alone = self.writing.lock();
        let set = |levels: &Levels, state: &str, value: i64| {
            levels.get_or_create(&Of { state: state.to_owned() }).set(value);
        };
        set(&self.connections, "open", signs.connections_open.into());
        set(&self.connections, "idle", signs.connections_idle.into());
        self.store_answers.set(signs.stored.is_some().into());
        if let Some(stored) = &signs.stored {
            self.unplaced.set(stored.events_unplaced);
            set(&self.deliveries, "pending", stored.deliveries_pending);
            set(&self.deliveries, "dead", stored.deliveries_dead);
            self.oldest_due.set(stored.oldest_due_seconds);
            stored.jobs.iter().for_each(|(kind, number)| set(&self.jobs, kind.code(), *number));
            self.imports.clear();
            stored.imports.iter().for_each(|(state, number)| set(&self.imports, state.code(), *number));
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

/// Counts requests.
pub async fn measure<B: MessageBody>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, Error> {
    let started = Instant::now();
    let method = request.method().clone();
    let response = next.call(request).await?;
    let pattern = response.request().match_pattern();
    let route = pattern.as_deref().unwrap_or("(no route)");
    if let Some(state) = response.request().app_data::<web::Data<AppState>>()
        && is_counted(route)
    {
        state.metrics.count(&method, route, response.status(), started);
    }
    Ok(response)
}

/// Serves the figures to who knows the configured token; without one there is nothing here.
pub async fn get_metrics(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let Some(token) = &state.metrics_token else {
        return Err(Problem::of_status(StatusCode::NOT_FOUND));
    };
    if !knows(&request, token) {
        return Err(Problem::no_token());
    }
    written(state).await
}

fn knows(request: &HttpRequest, token: &SecretString) -> bool {
    let given = request.headers().get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let given = given.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
    verify_slices_are_equal(given.as_bytes(), token.expose_secret().as_bytes()).is_ok()
}

/// Serves the figures, and nothing else, at an address of their own: to who can reach it.
pub fn alone(config: &mut ServiceConfig) {
    config.service(web::resource("/metrics").route(web::get().to(written)));
}

async fn written(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let signs = state.run(|services| Ok(services.vital_signs())).await?;
    let text =
        state.metrics.write(&signs).map_err(|_| Problem::of_status(StatusCode::INTERNAL_SERVER_ERROR))?;
    Ok(HttpResponse::Ok().insert_header((CONTENT_TYPE, OPEN_METRICS)).body(text))
}
