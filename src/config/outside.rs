//! Who is asked and told outside: registers, subscribers, who looks at figures.

use std::net::SocketAddr;

use secrecy::SecretString;

use super::{ConfigError, readers};

/// How the trade register (KvK) is reached; without an address only the form of a number is checked.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Registers")]
pub struct KvkConfig {
    /// The address of the APIs of the KvK, up to and with /api, such as https://api.kvk.nl/api
    #[arg(long = "kvk-url", id = "kvk_url", env = "TREDE_KVK_URL", value_name = "URL")]
    pub url: Option<String>,
    /// The key of the subscription to the API Basisprofiel; needed when the address is set
    #[arg(
        long = "kvk-key",
        id = "kvk_key",
        env = "TREDE_KVK_KEY",
        value_name = "KEY",
        hide_env_values = true
    )]
    pub key: Option<SecretString>,
}

impl KvkConfig {
    /// The address and the key; none where the register is not asked.
    ///
    /// # Errors
    /// [`ConfigError::Missing`] for an address without a key.
    pub fn access(&self) -> Result<Option<(&str, &SecretString)>, ConfigError> {
        let Some(url) = &self.url else { return Ok(None) };
        let key = self.key.as_ref().ok_or_else(|| ConfigError::missing("TREDE_KVK_KEY", "TREDE_KVK_URL"))?;
        Ok(Some((url, key)))
    }
}

/// How TenderNed is reached; without an address notices are not fetched.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Registers")]
pub struct TenderNedConfig {
    /// The address of TenderNed's web services, up to and with the version, such as
    /// https://www.tenderned.nl/papi/tenderned-rs-tns/v2
    #[arg(long = "tenderned-url", id = "tenderned_url", env = "TREDE_TENDERNED_URL", value_name = "URL")]
    pub url: Option<String>,
    /// The account there that may read notices
    #[arg(long = "tenderned-user", env = "TREDE_TENDERNED_USER", value_name = "NAME")]
    pub user: Option<String>,
    /// Its password
    #[arg(
        long = "tenderned-password",
        env = "TREDE_TENDERNED_PASSWORD",
        value_name = "PASSWORD",
        hide_env_values = true
    )]
    pub password: Option<SecretString>,
}

impl TenderNedConfig {
    /// The account that may read notices, where there is one.
    #[must_use]
    pub fn account(&self) -> Option<(String, SecretString)> {
        self.user.clone().zip(self.password.clone())
    }
}

/// How events are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Events")]
pub struct EventConfig {
    /// For how many days events are kept that everybody was told of. Without it they are kept for good
    #[arg(long = "event-days", env = "TREDE_EVENT_DAYS", value_name = "DAYS", value_parser = readers::days)]
    pub keep_days: Option<u32>,
    /// The word allowed lets subscribers be reached without TLS and at addresses that are not public, in a network that
    /// is closed by other means
    #[arg(long = "webhook-private", env = "TREDE_WEBHOOK_PRIVATE", value_name = "WORD", value_parser = readers::allowed, action = clap::ArgAction::Set, default_value = "", hide_default_value = true)]
    pub allows_private: bool,
}

/// Where figures for Prometheus are served; nowhere when neither is set.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Figures")]
pub struct MetricsConfig {
    /// An address and port of their own, such as 127.0.0.1:9090, for who can reach it
    #[arg(long = "metrics-bind", id = "metrics_bind", env = "TREDE_METRICS_BIND", value_name = "ADDRESS", value_parser = readers::address)]
    pub bind: Option<SocketAddr>,
    /// Serves them at /metrics beside the API, to who sends this as a bearer token
    #[arg(long = "metrics-token", env = "TREDE_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    pub token: Option<SecretString>,
}
