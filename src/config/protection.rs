//! How the service protects itself against who asks too much, and who asks from where.

use std::num::NonZeroU32;

use super::readers;

/// How the service protects itself.
#[derive(Clone, Debug, PartialEq, Eq, clap::Args)]
#[command(next_help_heading = "Protection")]
pub struct ProtectionConfig {
    /// How many requests a caller (the subject of a token) may make in a minute; off for as many as they like
    #[arg(long = "rate-limit", env = "TREDE_RATE_LIMIT", value_name = "NUMBER", value_parser = readers::rate, default_value = "600")]
    pub requests_per_caller: std::option::Option<NonZeroU32>,
    /// How many requests may come from one address in a minute, whatever their tokens; an IPv6 address counts by its
    /// /64. off for as many as they like
    #[arg(long = "rate-limit-address", env = "TREDE_RATE_LIMIT_ADDRESS", value_name = "NUMBER", value_parser = readers::rate, default_value = "3000")]
    pub requests_per_address: std::option::Option<NonZeroU32>,
    /// The networks of the proxies in front, as 10.0.0.0/8,::1/128. From them the client's address is taken out of
    /// X-Forwarded-For; from anybody else that header is not looked at
    #[arg(long, env = "TREDE_TRUSTED_PROXIES", value_name = "NETWORKS", value_parser = readers::list, default_value = "", hide_default_value = true)]
    pub trusted_proxies: std::vec::Vec<String>,
    /// The origins whose pages may call the API from a browser, separated by commas, such as https://inkoop.example.nl
    #[arg(long, env = "TREDE_CORS_ORIGINS", value_name = "ORIGINS", value_parser = readers::origins, default_value = "", hide_default_value = true)]
    pub cors_origins: std::vec::Vec<String>,
    /// Where weaknesses can be reported, for /.well-known/security.txt (RFC 9116): https:// or mailto: addresses,
    /// separated by commas. Without one there is no such file
    #[arg(long = "security-contact", env = "TREDE_SECURITY_CONTACT", value_name = "ADDRESSES", value_parser = readers::reachable, default_value = "", hide_default_value = true)]
    pub security_contacts: std::vec::Vec<String>,
    /// The address of the policy for reports, for the same file
    #[arg(long, env = "TREDE_SECURITY_POLICY", value_name = "ADDRESS", value_parser = readers::reachable, default_value = "", hide_default_value = true)]
    pub security_policy: std::vec::Vec<String>,
    /// How long the answer to a request with an Idempotency-Key is kept, in hours
    #[arg(long, env = "TREDE_IDEMPOTENCY_HOURS", value_name = "HOURS", value_parser = readers::number::<NonZeroU32>, default_value = "24")]
    pub idempotency_hours: NonZeroU32,
    /// How long a client may take to send the head of a request, in seconds
    #[arg(long, env = "TREDE_CLIENT_SECONDS", value_name = "SECONDS", value_parser = readers::number::<NonZeroU32>, default_value = "10")]
    pub client_seconds: NonZeroU32,
    /// How long a connection is kept open between requests, in seconds
    #[arg(long, env = "TREDE_KEEP_ALIVE_SECONDS", value_name = "SECONDS", value_parser = readers::number::<NonZeroU32>, default_value = "30")]
    pub keep_alive_seconds: NonZeroU32,
}
