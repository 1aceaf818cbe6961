//! The configuration: read once, from the environment or the arguments of `trede serve`, then passed on as a value.

mod environment;
mod evidence;
mod outside;
mod protection;
mod readers;

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use thiserror::Error;

pub use environment::{Setting, Source, settings, told, unknown, with_environment};
pub use evidence::EvidenceConfig;
pub use outside::{EventConfig, KvkConfig, MetricsConfig, TenderNedConfig};
pub use protection::ProtectionConfig;

/// Everything that can be configured. Each field names its variable and its default, in what `trede serve --help` shows.
#[derive(Clone, Debug, clap::Args)]
pub struct Config {
    /// Where the data are: sqlite://FILE (sqlite:///… for an absolute path) or postgres://USER:PASSWORD@HOST/NAME. A
    /// host that is not this machine needs a build with postgres-tls, or ?sslmode=disable
    #[arg(
        long,
        env = "DATABASE_URL",
        value_name = "URL",
        default_value = "sqlite://trede.db",
        hide_env_values = true
    )]
    pub database_url: SecretString,
    /// The address and port to listen on
    #[arg(long, env = "TREDE_BIND", value_name = "ADDRESS", value_parser = readers::address, default_value = "127.0.0.1:8080")]
    pub bind: SocketAddr,
    /// The address the world knows this service by, such as https://trede.example.nl. With https, answers ask browsers
    /// to keep to it (HSTS)
    #[arg(long, env = "TREDE_PUBLIC_URL", value_name = "URL", value_parser = readers::public_url)]
    pub public_url: Option<String>,
    /// How many threads take requests
    #[arg(long, env = "TREDE_WORKERS", value_name = "NUMBER", value_parser = readers::number::<NonZeroUsize>, default_value_t = default_workers())]
    pub workers: NonZeroUsize,
    /// Which log lines are written, in the syntax of tracing's EnvFilter, such as info,trede=debug
    #[arg(long, env = "TREDE_LOG", value_name = "FILTER", default_value = "info,actix_http=off")]
    pub log: String,
    /// Where spans are sent (OTLP over HTTP), such as http://127.0.0.1:4318/v1/traces; needs a build with otel
    #[arg(long, env = "TREDE_OTLP_URL", value_name = "URL")]
    pub otlp_url: Option<String>,
    /// A file (JSON) that names the issuer with which people log in to the console, and this service as its client
    /// (docs/console.md). Without it there is only the API
    #[arg(long = "console", env = "TREDE_CONSOLE", value_name = "FILE")]
    pub console_file: Option<PathBuf>,
    /// A file (CSS) with design tokens on :root, the house style of the pages
    #[arg(long = "theme", env = "TREDE_THEME", value_name = "FILE")]
    pub theme_file: Option<PathBuf>,
    /// The address that serves the list of PSO certificates, as CSV or JSON, read once a day. Without it lists are
    /// handed over
    #[arg(long, env = "TREDE_REGISTER_URL", value_name = "URL")]
    pub register_url: Option<String>,
    /// The file to which the heads of the audit chains are added at each start and once a day; it should stand where who
    /// keeps the database cannot write
    #[arg(long, env = "TREDE_ANCHOR_FILE", value_name = "FILE")]
    pub anchor_file: Option<PathBuf>,
    /// The address of a party that does not keep the database, to which the same heads are sent by POST
    #[arg(long, env = "TREDE_ANCHOR_URL", value_name = "URL", hide_env_values = true)]
    pub anchor_url: Option<SecretString>,
    /// The address of a time-stamp authority (RFC 3161) that stamps what is added to the anchor file; needs a build with
    /// time-stamps
    #[arg(long, env = "TREDE_TIME_STAMP_URL", value_name = "URL", hide_env_values = true)]
    pub time_stamp_url: Option<SecretString>,
    /// The keys under which the keys of tenders are kept.
    #[command(flatten)]
    pub sealing: SealingConfig,
    /// Whose tokens are accepted.
    #[command(flatten)]
    pub tokens: TokenConfig,
    /// How the service protects itself.
    #[command(flatten)]
    pub protection: ProtectionConfig,
    /// Where files of evidence are kept.
    #[command(flatten)]
    pub evidence: EvidenceConfig,
    /// Where notices are fetched from.
    #[command(flatten)]
    pub tenderned: TenderNedConfig,
    /// The trade register that organisations are checked with.
    #[command(flatten)]
    pub kvk: KvkConfig,
    /// How events are told.
    #[command(flatten)]
    pub events: EventConfig,
    /// Where figures for Prometheus are served.
    #[command(flatten)]
    pub metrics: MetricsConfig,
}

/// Where the keys for sealed bids stand. Without them no tender is published whose bids are kept here.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Sealed bids")]
pub struct SealingConfig {
    /// A file with a key on each line, the newest last, as trede sealing-keys generate writes them. It is read again
    /// when a key is needed, so that one can be added without a restart
    #[arg(long = "sealing-keys-file", env = "TREDE_SEALING_KEYS_FILE", value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// The same between commas, where a file is of no use. Used when no file is named
    #[arg(long = "sealing-keys", env = "TREDE_SEALING_KEYS", value_name = "KEYS", hide_env_values = true)]
    pub keys: Option<SecretString>,
}

/// Whose tokens are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Who is let in")]
pub struct TokenConfig {
    /// The issuers and their public keys, as ISSUER=FILE, separated by commas. A file holds a PEM public key or a JWKS.
    /// Bearers of the first are recorded by the name in sub, those of each further one with the issuer and # before it.
    /// Without an issuer here or in TREDE_ISSUERS the service does not start
    #[arg(long = "jwt-issuers", env = "TREDE_JWT_ISSUERS", value_name = "ISSUERS", value_parser = readers::issuers, default_value = "", hide_default_value = true)]
    pub issuers: std::vec::Vec<(String, PathBuf)>,
    /// A file (JSON) that names issuers with the address of their keys, their audience, algorithms and shape of claims
    /// (docs/identity.md). They come after those above
    #[arg(long = "issuers", env = "TREDE_ISSUERS", value_name = "FILE")]
    pub issuers_file: Option<PathBuf>,
    /// The audience that tokens must name
    #[arg(long = "jwt-audience", env = "TREDE_JWT_AUDIENCE", value_name = "NAME", default_value = "trede")]
    pub audience: String,
    /// The most minutes for which a token may be valid
    #[arg(long = "token-minutes", env = "TREDE_TOKEN_MINUTES", value_name = "MINUTES", value_parser = readers::minutes, default_value_t = 1440)]
    pub longest_minutes: u32,
}

/// A configuration that cannot be used, and why.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A variable has a value that does not fit.
    #[error("{variable}={value}: {expected}")]
    Unfit {
        /// The variable.
        variable: String,
        /// What it holds.
        value: String,
        /// What fits.
        expected: String,
    },
    /// No issuer is configured.
    #[error(
        "neither TREDE_JWT_ISSUERS nor TREDE_ISSUERS names an issuer, so nobody could be let in; set \
         TREDE_JWT_ISSUERS to ISSUER=FILE, or run `trede demo` to look around"
    )]
    NoIssuers,
    /// A variable that another one makes necessary is not set.
    #[error("{variable} is not set, and {needed_by} needs it")]
    Missing {
        /// The variable that is not set.
        variable: String,
        /// What needs it.
        needed_by: String,
    },
    /// What is secret was given where everybody on the machine can read it.
    #[error(
        "{0} is secret: everybody on this machine can read the arguments of a program; set it in the environment"
    )]
    SecretArgument(String),
    /// The configuration cannot be read at all.
    #[error("{0}")]
    Unreadable(String),
    /// A file that the configuration names cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    UnreadableFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl ConfigError {
    /// A variable with a value that does not fit.
    #[must_use]
    pub fn unfit(variable: &str, value: impl Into<String>, expected: &str) -> Self {
        let (variable, expected) = (variable.to_owned(), expected.to_owned());
        Self::Unfit { variable, value: value.into(), expected }
    }

    /// A variable that is not set though another one makes it necessary.
    #[must_use]
    pub fn missing(variable: &str, needed_by: &str) -> Self {
        Self::Missing { variable: variable.to_owned(), needed_by: needed_by.to_owned() }
    }
}

impl Config {
    /// Reads the configuration from the process's environment.
    ///
    /// # Errors
    /// [`ConfigError`], which names the variable and says what fits.
    pub fn from_env() -> Result<Self, ConfigError> {
        environment::read(std::iter::empty())
    }

    /// Whether answers ask browsers to keep to TLS.
    #[must_use]
    pub fn behind_tls(&self) -> bool {
        self.public_url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }
}

/// The text of a file that the configuration names.
///
/// # Errors
/// [`ConfigError::UnreadableFile`].
pub fn read_file(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path)
        .map_err(|source| ConfigError::UnreadableFile { path: path.to_owned(), source })
}

/// The bytes of a file that somebody names.
///
/// # Errors
/// [`ConfigError::UnreadableFile`].
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, ConfigError> {
    std::fs::read(path).map_err(|source| ConfigError::UnreadableFile { path: path.to_owned(), source })
}

fn default_workers() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

#[cfg(test)]
mod tests;
