//! The configuration: read once from the environment, then passed on as a value.

mod protection;

use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use secrecy::SecretString;
use thiserror::Error;

pub use protection::ProtectionConfig;

/// Everything that can be configured. Each field names its variable and its default.
#[derive(Debug)]
pub struct Config {
    /// `DATABASE_URL`: where the data are, `sqlite://FILE` or `postgres://…`. It can hold a
    /// password. Default `sqlite://trede.db`.
    pub database_url: SecretString,
    /// `TREDE_BIND`: the address and port to listen on. Default `127.0.0.1:8080`.
    pub bind: SocketAddr,
    /// `TREDE_PUBLIC_URL`: the address the world knows this service by, without a trailing slash,
    /// such as `https://trede.example.nl`. With `https`, answers ask browsers to keep to it (HSTS).
    /// No default.
    pub public_url: Option<String>,
    /// `TREDE_WORKERS`: how many threads take requests. Default: one a processor core.
    pub workers: NonZeroUsize,
    /// `TREDE_LOG`: which log lines are written, in the syntax of `tracing`'s `EnvFilter`, such as
    /// `info,trede=debug`. Default `info`, without what the HTTP library says of malformed requests.
    pub log: String,
    /// `TREDE_OTLP_URL`: where spans are sent (OTLP over HTTP), such as `http://127.0.0.1:4318/v1/traces`; needs a
    /// build with the feature `otel`. No default: none are sent.
    pub otlp_url: Option<String>,
    /// `TREDE_CONSOLE`: a file (JSON) that names the issuer with which people log in to the console, and this
    /// service as its client, as `docs/console.md` describes. No default: there is no console, only the API.
    pub console_file: Option<PathBuf>,
    /// `TREDE_THEME`: a file (CSS) with design tokens on `:root`, the house style of the pages, in the place of ours. No
    /// default: the pages look as they come.
    pub theme_file: Option<PathBuf>,
    /// `TREDE_REGISTER_URL`: the address that serves the list of PSO certificates, as CSV or JSON. It is read
    /// once a day. No default: without it lists are handed over.
    pub register_url: Option<String>,
    /// `TREDE_ANCHOR_FILE`: the file to which the heads of the audit chains are added once a day, one JSON object on
    /// each line; it should stand where who keeps the database cannot write. None: they are not.
    pub anchor_file: Option<PathBuf>,
    /// `TREDE_ANCHOR_URL`: the address to which the same heads are sent by `POST` at each start and once a day, as one
    /// JSON document; of a party that does not keep the database. None: they are not.
    pub anchor_url: Option<SecretString>,
    /// `TREDE_TIME_STAMP_URL`: the address of a time-stamp authority (RFC 3161) that stamps what is added to the anchor
    /// file; needs a build with the feature `time-stamps`. None: it is not stamped.
    pub time_stamp_url: Option<SecretString>,
    /// The keys under which the keys of tenders are kept. No default: without them no tender is published whose
    /// bids are kept here.
    pub sealing: SealingConfig,
    /// Whose tokens are accepted.
    pub tokens: TokenConfig,
    /// How the service protects itself.
    pub protection: ProtectionConfig,
    /// Where files of evidence are kept.
    pub evidence: EvidenceConfig,
    /// Where notices are fetched from; none: they are sent here only.
    pub tenderned: Option<TenderNedConfig>,
    /// The trade register that organisations are checked with; none: only how their number is written.
    pub kvk: Option<KvkConfig>,
    /// How events are told.
    pub events: EventConfig,
    /// Where figures for Prometheus are served.
    pub metrics: MetricsConfig,
}

/// How the trade register is reached.
#[derive(Debug)]
pub struct KvkConfig {
    /// `TREDE_KVK_URL`: the address of the APIs of the KvK, up to and with `/api`, such as
    /// `https://api.kvk.nl/api` or `https://api.kvk.nl/test/api`. No default: nothing is asked.
    pub url: String,
    /// `TREDE_KVK_KEY`: the key of the subscription to the API Basisprofiel. Needed when the address is set.
    pub key: SecretString,
}

/// Where figures for Prometheus are served; nowhere when neither is set.
#[derive(Debug, Default)]
pub struct MetricsConfig {
    /// `TREDE_METRICS_BIND`: an address and port of their own, such as `127.0.0.1:9090`, for who can reach it.
    /// No default.
    pub bind: Option<SocketAddr>,
    /// `TREDE_METRICS_TOKEN`: serves them at `/metrics` beside the API, to who sends this as a bearer token. No
    /// default.
    pub token: Option<SecretString>,
}

/// How events are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EventConfig {
    /// `TREDE_EVENT_DAYS`: for how many days events are kept that everybody was told of. No default: they are
    /// kept for good.
    pub keep_days: Option<u32>,
    /// `TREDE_WEBHOOK_PRIVATE`: `allowed` lets subscribers be reached without TLS and at addresses that are not
    /// public, in a network that is closed by other means. No default: they are refused.
    pub allows_private: bool,
}

/// Where the keys for sealed bids stand.
#[derive(Clone, Debug, Default)]
pub struct SealingConfig {
    /// `TREDE_SEALING_KEYS_FILE`: a file with a key on each line, the newest last, as
    /// `trede sealing-keys generate` writes them. It is read again when a key is needed, so that one can be
    /// added without a restart.
    pub file: Option<PathBuf>,
    /// `TREDE_SEALING_KEYS`: the same between commas, where a file is of no use. Used when no file is named.
    pub keys: Option<SecretString>,
}

/// Where files of evidence are kept, and what is asked of them.
#[derive(Clone, Debug)]
pub struct EvidenceConfig {
    /// `TREDE_FILES`: a folder, or `s3://BUCKET`. Default `trede-files`, where the service is started.
    pub place: String,
    /// `TREDE_S3_REGION`: the region of the bucket. Default `eu-central-1`.
    pub s3_region: String,
    /// `TREDE_S3_ENDPOINT`: the address of an S3-compatible store that is not Amazon's. No default.
    pub s3_endpoint: Option<String>,
    /// `TREDE_S3_ACCESS_KEY_ID`: the id of the key of the bucket. No default.
    pub s3_access_key_id: Option<String>,
    /// `TREDE_S3_SECRET_ACCESS_KEY`: the key of the bucket. No default.
    pub s3_secret_access_key: Option<SecretString>,
    /// `TREDE_SCANNER`: the ClamAV daemon that looks at files, as `clamd://IP-ADDRESS:PORT` or
    /// `clamd:///PATH/OF/SOCKET`. Without it files are taken as they are, and told to be so.
    pub scanner: Option<String>,
    /// `TREDE_FILE_MEGABYTES`: the most megabytes of one file. Default 25.
    pub most_megabytes: u64,
}

/// Whose tokens are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenConfig {
    /// `TREDE_JWT_AUDIENCE`: the audience that tokens must name. Default `trede`.
    pub audience: String,
    /// `TREDE_JWT_ISSUERS`: the issuers and their public keys, as `ISSUER=FILE`, separated by
    /// commas. A file holds a PEM public key or a JWKS. Bearers of the first are recorded by the name in `sub`,
    /// those of each further one with the issuer and `#` before it. There is no default: without an issuer
    /// here or in `TREDE_ISSUERS` the service does not start.
    pub issuers: Vec<(String, PathBuf)>,
    /// `TREDE_ISSUERS`: a file (JSON) that names issuers with the address of their keys, their audience,
    /// algorithms and shape of claims, as `docs/identity.md` describes. They come after those above. No default.
    pub issuers_file: Option<PathBuf>,
    /// `TREDE_TOKEN_MINUTES`: the most minutes for which a token may be valid. Default 1440, a day.
    pub longest_minutes: u32,
}

/// How TenderNed is reached.
#[derive(Debug)]
pub struct TenderNedConfig {
    /// `TREDE_TENDERNED_URL`: the address of its web services, up to and with the version, such as
    /// `https://www.tenderned.nl/papi/tenderned-rs-tns/v2`. No default: notices are not fetched.
    pub url: String,
    /// `TREDE_TENDERNED_USER` and `TREDE_TENDERNED_PASSWORD`: the account that may read notices. No default.
    pub account: Option<(String, SecretString)>,
}

/// A configuration that cannot be used, and why.
#[derive(Debug, Error)]
pub enum ConfigError {
    /// A variable has a value that does not fit.
    #[error("{variable}={value}: {expected}")]
    Unfit {
        /// The variable.
        variable: &'static str,
        /// What it holds.
        value: String,
        /// What fits.
        expected: &'static str,
    },
    /// A variable holds bytes that are no text.
    #[error("{0} is not valid UTF-8")]
    NotText(&'static str),
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
        variable: &'static str,
        /// What needs it.
        needed_by: &'static str,
    },
    /// A file that the configuration names cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    UnreadableFile {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Config {
    /// Reads the configuration from the process's environment.
    ///
    /// # Errors
    /// [`ConfigError`], which names the variable and says what fits.
    #[allow(clippy::disallowed_methods)]
    pub fn from_env() -> Result<Self, ConfigError> {
        Self::from_lookup(|variable| match std::env::var(variable) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => Err(ConfigError::NotText(variable)),
        })
    }

    /// Reads the configuration from anything that knows variables; an empty one counts as not set.
    fn from_lookup(
        lookup: impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let get = |variable| lookup(variable).map(|value| value.filter(|text| !text.is_empty()));
        Ok(Self {
            database_url: get("DATABASE_URL")?.unwrap_or_else(|| "sqlite://trede.db".to_owned()).into(),
            bind: parsed("TREDE_BIND", get("TREDE_BIND")?, "an address and port, such as 127.0.0.1:8080")?
                .unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080))),
            public_url: get("TREDE_PUBLIC_URL")?.map(public_url).transpose()?,
            workers: parsed("TREDE_WORKERS", get("TREDE_WORKERS")?, "a whole number of at least 1")?
                .unwrap_or_else(default_workers),
            log: get("TREDE_LOG")?.unwrap_or_else(|| "info,actix_http=off".to_owned()),
            otlp_url: get("TREDE_OTLP_URL")?,
            console_file: get("TREDE_CONSOLE")?.map(PathBuf::from),
            theme_file: get("TREDE_THEME")?.map(PathBuf::from),
            register_url: get("TREDE_REGISTER_URL")?,
            anchor_file: get("TREDE_ANCHOR_FILE")?.map(PathBuf::from),
            anchor_url: get("TREDE_ANCHOR_URL")?.map(SecretString::from),
            time_stamp_url: get("TREDE_TIME_STAMP_URL")?.map(SecretString::from),
            sealing: SealingConfig {
                file: get("TREDE_SEALING_KEYS_FILE")?.map(PathBuf::from),
                keys: get("TREDE_SEALING_KEYS")?.map(SecretString::from),
            },
            tokens: TokenConfig {
                audience: get("TREDE_JWT_AUDIENCE")?.unwrap_or_else(|| "trede".to_owned()),
                issuers: get("TREDE_JWT_ISSUERS")?.map(issuers).transpose()?.unwrap_or_default(),
                issuers_file: get("TREDE_ISSUERS")?.map(PathBuf::from),
                longest_minutes: parsed(
                    "TREDE_TOKEN_MINUTES",
                    get("TREDE_TOKEN_MINUTES")?,
                    "a whole number of minutes",
                )?
                .unwrap_or(1440),
            },
            protection: ProtectionConfig::from_lookup(&get)?,
            evidence: EvidenceConfig {
                place: get("TREDE_FILES")?.unwrap_or_else(|| "trede-files".to_owned()),
                s3_region: get("TREDE_S3_REGION")?.unwrap_or_else(|| "eu-central-1".to_owned()),
                s3_endpoint: get("TREDE_S3_ENDPOINT")?,
                s3_access_key_id: get("TREDE_S3_ACCESS_KEY_ID")?,
                s3_secret_access_key: get("TREDE_S3_SECRET_ACCESS_KEY")?.map(SecretString::from),
                scanner: get("TREDE_SCANNER")?,
                most_megabytes: parsed(
                    "TREDE_FILE_MEGABYTES",
                    get("TREDE_FILE_MEGABYTES")?,
                    "a whole number of megabytes",
                )?
                .unwrap_or(25),
            },
            tenderned: match get("TREDE_TENDERNED_URL")? {
                Some(url) => Some(TenderNedConfig {
                    url,
                    account: get("TREDE_TENDERNED_USER")?
                        .zip(get("TREDE_TENDERNED_PASSWORD")?.map(Into::into)),
                }),
                None => None,
            },
            kvk: match get("TREDE_KVK_URL")? {
                Some(url) => Some(KvkConfig {
                    url,
                    key: get("TREDE_KVK_KEY")?.map(Into::into).ok_or(ConfigError::Missing {
                        variable: "TREDE_KVK_KEY",
                        needed_by: "TREDE_KVK_URL",
                    })?,
                }),
                None => None,
            },
            metrics: MetricsConfig {
                bind: parsed(
                    "TREDE_METRICS_BIND",
                    get("TREDE_METRICS_BIND")?,
                    "an address and port, such as 127.0.0.1:9090",
                )?,
                token: get("TREDE_METRICS_TOKEN")?.map(Into::into),
            },
            events: EventConfig {
                keep_days: parsed("TREDE_EVENT_DAYS", get("TREDE_EVENT_DAYS")?, "a whole number of days")?,
                allows_private: get("TREDE_WEBHOOK_PRIVATE")?.map(allowed).transpose()?.is_some(),
            },
        })
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

fn parsed<T: std::str::FromStr>(
    variable: &'static str,
    value: Option<String>,
    expected: &'static str,
) -> Result<Option<T>, ConfigError> {
    value
        .map(|text| text.parse().map_err(|_| ConfigError::Unfit { variable, value: text, expected }))
        .transpose()
}

fn default_workers() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

fn public_url(value: String) -> Result<String, ConfigError> {
    let trimmed = value.trim_end_matches('/');
    if trimmed.starts_with("https://") || trimmed.starts_with("http://") {
        return Ok(trimmed.to_owned());
    }
    Err(ConfigError::Unfit {
        variable: "TREDE_PUBLIC_URL",
        value,
        expected: "a URL that starts with https:// or http://",
    })
}

/// A word that cannot be set by accident.
fn allowed(value: String) -> Result<(), ConfigError> {
    if value == "allowed" {
        return Ok(());
    }
    Err(ConfigError::Unfit {
        variable: "TREDE_WEBHOOK_PRIVATE",
        value,
        expected: "the word allowed, or nothing",
    })
}

/// An issuer is a URL and may hold `=`, a file name seldom does: the last `=` divides.
fn issuers(value: String) -> Result<Vec<(String, PathBuf)>, ConfigError> {
    let mut issuers: Vec<(String, PathBuf)> = Vec::new();
    for entry in value.split(',') {
        let divided = entry.trim().rsplit_once('=');
        let named = divided.filter(|(issuer, file)| !issuer.is_empty() && !file.is_empty());
        // A second file for an issuer would silently take the place of the first.
        let new = named.filter(|(issuer, _)| issuers.iter().all(|(known, _)| known != issuer));
        let Some((issuer, file)) = new else {
            return Err(ConfigError::Unfit {
                variable: "TREDE_JWT_ISSUERS",
                value,
                expected: "entries ISSUER=FILE, separated by commas, each issuer once; several keys of one \
                           issuer stand together in one JWKS file",
            });
        };
        issuers.push((issuer.to_owned(), PathBuf::from(file)));
    }
    Ok(issuers)
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn config(variables: &[(&'static str, &str)]) -> Result<Config, ConfigError> {
        Config::from_lookup(|wanted| {
            Ok(variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
        })
    }

    #[test]
    fn without_variables_it_listens_on_the_machine_itself_and_stores_in_a_file() {
        let config = config(&[]).unwrap();
        assert_eq!(config.database_url.expose_secret(), "sqlite://trede.db");
        assert_eq!(config.bind.to_string(), "127.0.0.1:8080");
        assert_eq!(config.tokens.audience, "trede");
        assert!(config.tokens.issuers.is_empty());
        assert!(!config.behind_tls());
    }

    #[test]
    fn issuers_are_read_with_their_files() {
        let config =
            config(&[("TREDE_JWT_ISSUERS", "https://login.example.nl/?realm=a=keys/a.json, urn:b=b.pem")])
                .unwrap();
        assert_eq!(
            config.tokens.issuers,
            [
                ("https://login.example.nl/?realm=a".to_owned(), "keys/a.json".into()),
                ("urn:b".to_owned(), "b.pem".into()),
            ]
        );
    }

    #[test]
    fn an_unfit_value_is_named_with_what_fits() {
        for (variable, value) in [
            ("TREDE_BIND", "8080"),
            ("TREDE_WORKERS", "0"),
            ("TREDE_PUBLIC_URL", "trede.example.nl"),
            ("TREDE_JWT_ISSUERS", "https://login.example.nl"),
            ("TREDE_METRICS_BIND", "9090"),
            ("TREDE_EVENT_DAYS", "-1"),
            ("TREDE_WEBHOOK_PRIVATE", "yes"),
        ] {
            let error = config(&[(variable, value)]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{variable}={value}: ")), "{error}");
        }
    }

    #[test]
    fn tenderned_is_asked_only_where_it_is_configured() {
        assert!(config(&[("TREDE_TENDERNED_USER", "trede")]).unwrap().tenderned.is_none());
        let url = ("TREDE_TENDERNED_URL", "https://tenderned.example.nl/v2");
        assert!(config(&[url]).unwrap().tenderned.unwrap().account.is_none());
        let account = [url, ("TREDE_TENDERNED_USER", "trede"), ("TREDE_TENDERNED_PASSWORD", "geheim")];
        let config = config(&account).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
        assert_eq!(config.tenderned.unwrap().account.unwrap().0, "trede");
    }

    #[test]
    fn the_trade_register_is_not_asked_without_a_key() {
        assert!(config(&[("TREDE_KVK_KEY", "geheim")]).unwrap().kvk.is_none());
        let url = ("TREDE_KVK_URL", "https://api.kvk.nl/test/api");
        assert!(config(&[url]).unwrap_err().to_string().contains("TREDE_KVK_KEY"));
        let config = config(&[url, ("TREDE_KVK_KEY", "geheim")]).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
    }

    #[test]
    fn the_database_url_does_not_reach_a_debug_print() {
        let config = config(&[("DATABASE_URL", "postgres://trede:geheim@db/trede")]).unwrap();
        assert!(!format!("{config:?}").contains("geheim"));
    }
}
