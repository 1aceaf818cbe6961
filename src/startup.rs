//! The composition root: the one place that knows every floor and puts them together.

mod anchors;
pub mod checking;
mod console;
pub mod copies;
pub mod demo;
pub mod demonstration;
pub mod demonstration_contract;
pub mod files;
mod issuers;
mod logs;
mod messengers;
pub mod opener;
pub mod process;
pub mod register;
pub mod runs;
pub mod sealing;
mod workers;

use std::net::TcpListener;
use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use actix_web::{App, HttpServer, web};
use chrono::TimeDelta;
use secrecy::ExposeSecret;
use thiserror::Error;

use crate::config::{self, Config, ConfigError, EventConfig, ProtectionConfig, read_file};
use crate::console::{Console, Front};
use crate::http::app::create_app_with;
use crate::http::frame::served_document::ServedDocument;
use crate::http::guarding::intake::Intake;
use crate::http::guarding::metrics::{self, Metrics};
use crate::http::guarding::protection::Protection;
use crate::http::guarding::rate_limits::RateLimits;
use crate::http::guarding::refusals::Refusals;
use crate::http::guarding::security_txt::SecurityContact;
use crate::http::guarding::turnstile::Turnstile;
use crate::http::openapi;
use crate::http::state::AppState;
use crate::identity::issuers_file::IssuersFileError;
use crate::identity::keys::KeyError;
use crate::identity::verifier::{SamePrefix, TokenVerifier};
use crate::startup::issuers::Issuers;
use crate::startup::logs::write_logs;
use crate::startup::workers::Workers;
use trede_integrations::anchor_receiver::AnchorReceiverError;
use trede_integrations::file_store::FileStoreError;
use trede_integrations::jwks::JwksError;
use trede_integrations::kvk::{TradeRegister, TradeRegisterError, TradeRegisterSettings};
use trede_integrations::pso_register::{RegisterClient, RegisterError, RegisterSettings};
use trede_integrations::tenderned::{TenderNed, TenderNedError, TenderNedSettings};
use trede_integrations::webhooks::{Courier, CourierSettings};
use trede_model::trust::audit_chain::{Anchor, Waypoint};
use trede_model::trust::audit_object::Object;
use trede_sealing::SealingError;
use trede_service::Services;
use trede_service::clock::{Clock, SystemClock};
use trede_service::frame::error::ServiceError;
use trede_service::telling::herald::Herald;
use trede_service::trust::audit::{self, VerifiedTrail};
use trede_service::trust::object_states::{self, ObjectState};
use trede_service::trust::token_revocations;
use trede_store::frame::connection::{Db, PoolOptions};
use trede_store::frame::error::StorageError;
use trede_store::trust::backup::BackupError;

/// The most connections that are open at once; what operations.md says of the limit on open files goes with it.
const CONNECTIONS: usize = 4096;

/// How long a stop waits for requests that are under way, in seconds.
const GRACE: u64 = 30;

/// Why the service does not start.
#[derive(Debug, Error)]
pub enum StartError {
    /// The configuration cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// An issuer's key file cannot be used.
    #[error("the keys of issuer {issuer}: {source}")]
    Keys {
        /// The issuer.
        issuer: String,
        /// Why.
        source: KeyError,
    },
    /// The file with issuers cannot be used.
    #[error("TREDE_ISSUERS: {0}")]
    Issuers(#[from] IssuersFileError),
    /// Two issuers could not be told apart.
    #[error(transparent)]
    SameIssuers(#[from] SamePrefix),
    /// Keys of issuers cannot be fetched at all.
    #[error(transparent)]
    Jwks(#[from] JwksError),
    /// The database cannot be opened or brought up to date.
    #[error("the database: {0}")]
    Database(#[from] StorageError),
    /// There is no database where one was expected.
    #[error("there is no database at {0}: look at DATABASE_URL; `trede serve` and `trede migrate` make one")]
    NoDatabase(String),
    /// The database is of an earlier version, or none of ours.
    #[error(
        "the database does not have the schema of this version: look at DATABASE_URL, or run `trede migrate`"
    )]
    OldSchema,
    /// The address of the register is none.
    #[error("TREDE_REGISTER_URL: {0}")]
    Register(#[from] RegisterError),
    /// The place for files of evidence cannot be used.
    #[error("the store of files: {0}")]
    Files(#[from] FileStoreError),
    /// The keys for sealed bids cannot be used.
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// A copy of the database was not made, or not put in place.
    #[error("{0}")]
    Copy(#[from] BackupError),
    /// A run of a command did not end well.
    #[error("{0}")]
    Run(#[from] ServiceError),
    /// The log filter is not in the syntax of `EnvFilter`.
    #[error("TREDE_LOG: {0}")]
    Log(#[from] tracing_subscriber::filter::ParseError),
    /// Spans cannot be sent.
    #[error("TREDE_OTLP_URL: {0}")]
    Traces(String),
    /// TenderNed is configured, but cannot be asked.
    #[error(transparent)]
    TenderNed(#[from] TenderNedError),
    /// A receiver of anchors is configured, but cannot be sent any.
    #[error("TREDE_ANCHOR_URL: {0}")]
    AnchorReceiver(#[from] AnchorReceiverError),
    /// A time-stamp authority is configured, but cannot be asked.
    #[cfg(feature = "time-stamps")]
    #[error("TREDE_TIME_STAMP_URL: {0}")]
    TimeStamps(#[from] trede_integrations::time_stamping::TimeStampError),
    /// The trade register is configured, but cannot be asked.
    #[error("TREDE_KVK_URL: {0}")]
    TradeRegister(#[from] TradeRegisterError),
    /// A page of the console cannot be read.
    #[error("the console: {0}")]
    Console(String),
    /// The address cannot be listened on, or the server failed.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The document could not be written as JSON.
    #[error("the API document: {0}")]
    Document(#[from] serde_json::Error),
}

/// Starts the service as configured and serves until it is told to stop.
///
/// # Errors
/// [`StartError`] when something it needs is missing or does not fit.
pub fn serve(config: &Config) -> Result<(), StartError> {
    let _traces = write_logs(&config.log, config.otlp_url.as_deref())?;
    for (variable, meant) in config::unknown() {
        tracing::warn!(variable, meant, "nobody here knows this variable");
    }
    process::allow_open_files();
    let issuers = Issuers::of(&config.tokens)?;
    let db = open_database(config)?;
    anchors::keep(&db, config)?;
    let server = server_url(config.public_url.as_deref());
    let mut state = state(db, issuers.keep(), Arc::new(SystemClock), &server);
    state.protection = protection(&config.protection, config.public_url.clone())?;
    if let Some(register) = register_client(config)? {
        state.services = state.services.with_register(register);
    }
    state.services = state.services.with_sealing_keys(sealing::keys(&config.sealing)?);
    state.services = state.services.with_evidence(files::desk(&config.evidence)?);
    runs::keep_reminding(state.services.clone());
    token_revocations::hear(&state.services)?;
    runs::keep_hearing_revocations(state.services.clone());
    runs::keep_sweeping_answers(state.services.clone(), state.protection.answers_kept);
    if let Some(tenderned) = tenderned(config)? {
        state.services = state.services.with_tenderned(tenderned);
    }
    state.services = state.services.with_herald(herald(&config.events, server));
    if let Some(register) = trade_register(config)? {
        state.services = state.services.with_trade_register(register);
    }
    state.metrics_token = config.metrics.token.clone();
    let listeners = Listeners {
        api: TcpListener::bind(config.bind)?,
        metrics: config.metrics.bind.map(TcpListener::bind).transpose()?,
    };
    let patience = Patience {
        head: seconds(config.protection.client_seconds),
        between: seconds(config.protection.keep_alive_seconds),
        end: Some(Duration::from_secs(5)),
    };
    let entrance = config.console_file.as_deref().map(console::entrance).transpose()?;
    let theme = config.theme_file.as_deref().map(read_file).transpose()?;
    let front = entrance.map(|entrance| Front { entrance, theme });
    run_with(listeners, state, config.workers, patience, front)
}

fn register_client(config: &Config) -> Result<Option<RegisterClient>, StartError> {
    let Some(url) = &config.register_url else { return Ok(None) };
    Ok(Some(RegisterClient::new(RegisterSettings::of(url.clone()))?))
}

fn tenderned(config: &Config) -> Result<Option<TenderNed>, StartError> {
    let Some(url) = &config.tenderned.url else { return Ok(None) };
    let settings = TenderNedSettings::of(url.clone(), config.tenderned.account());
    Ok(Some(TenderNed::new(settings)?))
}

fn trade_register(config: &Config) -> Result<Option<TradeRegister>, StartError> {
    let Some((url, key)) = config.kvk.access()? else { return Ok(None) };
    Ok(Some(TradeRegister::new(TradeRegisterSettings::of(url.to_owned(), key.clone()))?))
}

/// Where is listened.
#[derive(Debug)]
pub struct Listeners {
    /// For the API.
    pub api: TcpListener,
    /// For the figures, where they have an address of their own.
    pub metrics: Option<TcpListener>,
}

/// How long clients may take.
#[derive(Clone, Copy, Debug)]
struct Patience {
    /// To send the head of a request.
    head: Duration,
    /// Between one request and the next.
    between: Duration,
    /// After the last answer, for threads that wait for something that does not come; none: for ever.
    end: Option<Duration>,
}

impl Default for Patience {
    fn default() -> Self {
        Self { head: Duration::from_secs(10), between: Duration::from_secs(30), end: None }
    }
}

fn seconds(number: NonZeroU32) -> Duration {
    Duration::from_secs(number.get().into())
}

fn protection(config: &ProtectionConfig, public_url: Option<String>) -> Result<Protection, ConfigError> {
    let network = |text: &String| {
        text.parse().map_err(|_| {
            ConfigError::unfit(
                "TREDE_TRUSTED_PROXIES",
                text.clone(),
                "networks such as 10.0.0.0/8 or ::1, separated by commas",
            )
        })
    };
    Ok(Protection {
        limits: RateLimits::of(config.requests_per_caller, config.requests_per_address),
        proxies: config.trusted_proxies.iter().map(network).collect::<Result<_, _>>()?,
        origins: config.cors_origins.clone(),
        security: SecurityContact {
            contacts: config.security_contacts.clone(),
            policy: config.security_policy.last().cloned(),
            public_url,
        },
        intake: Intake::default(),
        refusals: Refusals::default(),
        answers_kept: TimeDelta::hours(config.idempotency_hours.get().into()),
    })
}

/// Opens the configured database and brings its schema up to date.
///
/// # Errors
/// [`StartError::Database`].
pub fn open_database(config: &Config) -> Result<Db, StartError> {
    let db = Db::open(config.database_url.expose_secret(), PoolOptions::default())?;
    for step in db.migrate()? {
        tracing::info!(step, "schema step taken");
    }
    Ok(db)
}

/// Opens the configured database as it is: what works on one does not make one by accident.
///
/// # Errors
/// [`StartError::NoDatabase`] when there is none, [`StartError::OldSchema`] when it is not up to date,
/// [`StartError::Database`] when it does not answer.
pub fn existing_database(config: &Config) -> Result<Db, StartError> {
    let url = config.database_url.expose_secret();
    if !Db::is_there(url) {
        return Err(StartError::NoDatabase(url.to_owned()));
    }
    let db = Db::open(url, PoolOptions::default())?;
    if db.is_up_to_date()? { Ok(db) } else { Err(StartError::OldSchema) }
}

/// Brings the configured database's schema up to date; answers the steps that were taken.
///
/// # Errors
/// [`StartError::Database`] with the step that failed.
pub fn migrate(config: &Config) -> Result<Vec<String>, StartError> {
    let db = Db::open(config.database_url.expose_secret(), PoolOptions::default())?;
    Ok(db.migrate()?)
}

/// Follows every chain of the audit trail in the configured database, and compares every row with it.
///
/// # Errors
/// [`StartError::Database`] when it does not answer.
pub fn verify_audit(config: &Config, anchors: &[Waypoint]) -> Result<VerifiedTrail, StartError> {
    let db = existing_database(config)?;
    Ok(audit::verify(&db, anchors)?)
}

/// How one thing that is kept stands to the audit trail in the configured database.
///
/// # Errors
/// [`StartError::Database`] when it does not answer.
pub fn audit_state(config: &Config, object: &Object) -> Result<ObjectState, StartError> {
    let db = existing_database(config)?;
    Ok(object_states::state(&db, object)?)
}

/// The heads of every chain of the audit trail in the configured database.
///
/// # Errors
/// [`StartError::Database`] when it does not answer.
pub fn audit_anchors(config: &Config) -> Result<Vec<Anchor>, StartError> {
    let db = existing_database(config)?;
    Ok(audit::anchors(&db, SystemClock.now())?)
}

/// Everything that requests reach, put together.
#[must_use]
pub fn state(db: Db, verifier: TokenVerifier, clock: Arc<dyn Clock>, server: &str) -> AppState {
    AppState {
        verifier,
        services: Services::new(db, clock),
        document: ServedDocument::of(server),
        behind_tls: server.starts_with("https://"),
        turnstile: Turnstile::default(),
        metrics: Metrics::default(),
        metrics_token: None,
        protection: Protection::default(),
    }
}

/// Serves until the process is told to stop, then finishes what is under way; works in the background meanwhile.
///
/// # Errors
/// [`StartError::Io`] when the server cannot run.
pub fn run(listeners: Listeners, state: AppState, workers: NonZeroUsize) -> Result<(), StartError> {
    run_with(listeners, state, workers, Patience::default(), None)
}

/// As [`run`], with pages for people, who get in and see them as the front says.
///
/// # Errors
/// As [`run`]; [`StartError::Console`] when the pages cannot be made.
pub fn run_with_console(
    listeners: Listeners,
    state: AppState,
    workers: NonZeroUsize,
    front: Front,
) -> Result<(), StartError> {
    run_with(listeners, state, workers, Patience::default(), Some(front))
}

fn run_with(
    listeners: Listeners,
    state: AppState,
    workers: NonZeroUsize,
    patience: Patience,
    front: Option<Front>,
) -> Result<(), StartError> {
    let background = Workers::start(&state.services)?;
    let outcome = answer_requests(listeners, state, workers, patience, front);
    background.stop();
    tracing::info!("stopped");
    outcome
}

/// Ends the process after that long, should it still be there: all requests were answered, and a thread that waits for
/// a frozen store holds nobody up.
fn end_within(patience: Option<Duration>) {
    if let Some(patience) = patience {
        std::thread::spawn(move || {
            std::thread::sleep(patience);
            tracing::warn!("stopped, while something was still waited for");
            std::process::exit(0);
        });
    }
}

fn answer_requests(
    listeners: Listeners,
    state: AppState,
    workers: NonZeroUsize,
    patience: Patience,
    front: Option<Front>,
) -> Result<(), StartError> {
    let state = web::Data::new(state);
    let console = front.map(|front| Console::new(state.clone(), front)).transpose();
    let console = console.map_err(StartError::Console)?;
    let blocking = usize::try_from(PoolOptions::default().size).unwrap_or(usize::MAX);
    let api = state.clone();
    let server = HttpServer::new(move || {
        let console = console.clone();
        create_app_with(api.clone(), move |config| {
            if let Some(console) = &console {
                console.routes(config);
            }
        })
    })
    .workers(workers.get())
    // A thread that waits for a connection serves nobody: no more threads than connections.
    .worker_max_blocking_threads((blocking / workers).max(1))
    .max_connections((CONNECTIONS / workers).max(1))
    .client_request_timeout(patience.head)
    .keep_alive(patience.between)
    .shutdown_timeout(GRACE);
    let figures = HttpServer::new(move || App::new().app_data(state.clone()).configure(metrics::alone))
        .workers(1)
        .worker_max_blocking_threads(1)
        .client_request_timeout(patience.head);
    actix_web::rt::System::new().block_on(async {
        tracing::info!(address = %listeners.api.local_addr()?, "listening");
        let server = server.listen(listeners.api)?.run();
        let outcome = match listeners.metrics {
            None => server.await,
            Some(listener) => {
                tracing::info!(address = %listener.local_addr()?, "figures are served");
                let figures = figures.listen(listener)?.run();
                futures_util::future::try_join(server, figures).await.map(|_| ())
            }
        };
        end_within(patience.end);
        outcome
    })?;
    Ok(())
}

/// The API's document as it is committed: indented, with the example server.
///
/// # Errors
/// [`StartError::Document`] when it cannot be written as JSON.
pub fn openapi_document() -> Result<String, StartError> {
    let document = openapi::document("https://trede.example.nl/v1");
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

/// How events are told, as configured.
fn herald(config: &EventConfig, server: String) -> Herald {
    let settings = CourierSettings { allows_private: config.allows_private, ..CourierSettings::default() };
    Herald {
        courier: Courier::new(settings),
        server,
        keeps_for: config.keep_days.map(|days| TimeDelta::days(days.into())),
    }
}

/// The URL under which the API is reached; relative when the world's name for it is not known.
fn server_url(public_url: Option<&str>) -> String {
    format!("{}/v1", public_url.unwrap_or_default())
}
