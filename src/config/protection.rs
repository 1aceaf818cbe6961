//! How the service protects itself against who asks too much, and who asks from where.

use std::num::NonZeroU32;

use super::{ConfigError, parsed};

/// How the service protects itself. Each field names its variable and its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProtectionConfig {
    /// `TREDE_RATE_LIMIT`: how many requests a caller (the subject of a token) may make in a minute; `off` for
    /// as many as they like. Default 600.
    pub requests_per_caller: Option<NonZeroU32>,
    /// `TREDE_RATE_LIMIT_ADDRESS`: how many requests may come from one address in a minute, whatever their
    /// tokens; an IPv6 address counts by its /64. `off` for as many as they like. Default 3000.
    pub requests_per_address: Option<NonZeroU32>,
    /// `TREDE_TRUSTED_PROXIES`: the networks of the proxies in front, as `10.0.0.0/8,::1/128`. From them the
    /// client's address is taken out of `X-Forwarded-For`; from anybody else that header is not looked at.
    /// Default none.
    pub trusted_proxies: Vec<String>,
    /// `TREDE_CORS_ORIGINS`: the origins whose pages may call the API from a browser, separated by commas, such
    /// as `https://inkoop.example.nl`. Default none.
    pub cors_origins: Vec<String>,
    /// `TREDE_SECURITY_CONTACT`: where weaknesses can be reported, for `/.well-known/security.txt` (RFC 9116):
    /// `https://` or `mailto:` addresses, separated by commas. Default none: there is no such file.
    pub security_contacts: Vec<String>,
    /// `TREDE_SECURITY_POLICY`: the address of the policy for reports, for the same file. No default.
    pub security_policy: Option<String>,
    /// `TREDE_IDEMPOTENCY_HOURS`: how long the answer to a request with an `Idempotency-Key` is kept.
    /// Default 24.
    pub idempotency_hours: NonZeroU32,
    /// `TREDE_CLIENT_SECONDS`: how long a client may take to send the head of a request. Default 10.
    pub client_seconds: NonZeroU32,
    /// `TREDE_KEEP_ALIVE_SECONDS`: how long a connection is kept open between requests. Default 30.
    pub keep_alive_seconds: NonZeroU32,
}

const ADDRESSES: &str = "addresses that begin with https:// or mailto:, separated by commas";

impl ProtectionConfig {
    /// Reads the variables with `get`.
    pub(super) fn from_lookup(
        get: &impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    ) -> Result<Self, ConfigError> {
        let list = |variable| get(variable).map(|value| value.map(split).unwrap_or_default());
        let number = |variable, usual: u32| {
            let value = parsed(variable, get(variable)?, "a whole number of at least 1")?;
            Ok::<_, ConfigError>(value.or(NonZeroU32::new(usual)).unwrap_or(NonZeroU32::MIN))
        };
        Ok(Self {
            requests_per_caller: rate(get, "TREDE_RATE_LIMIT", 600)?,
            requests_per_address: rate(get, "TREDE_RATE_LIMIT_ADDRESS", 3000)?,
            trusted_proxies: list("TREDE_TRUSTED_PROXIES")?,
            cors_origins: origins(list("TREDE_CORS_ORIGINS")?)?,
            security_contacts: reachable("TREDE_SECURITY_CONTACT", list("TREDE_SECURITY_CONTACT")?)?,
            security_policy: reachable("TREDE_SECURITY_POLICY", list("TREDE_SECURITY_POLICY")?)?.pop(),
            idempotency_hours: number("TREDE_IDEMPOTENCY_HOURS", 24)?,
            client_seconds: number("TREDE_CLIENT_SECONDS", 10)?,
            keep_alive_seconds: number("TREDE_KEEP_ALIVE_SECONDS", 30)?,
        })
    }
}

fn split(value: String) -> Vec<String> {
    value.split(',').map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty()).collect()
}

fn rate(
    get: &impl Fn(&'static str) -> Result<Option<String>, ConfigError>,
    variable: &'static str,
    usual: u32,
) -> Result<Option<NonZeroU32>, ConfigError> {
    match get(variable)? {
        None => Ok(NonZeroU32::new(usual)),
        Some(text) if text == "off" => Ok(None),
        Some(text) => parsed(variable, Some(text), "a number of requests a minute of at least 1, or off"),
    }
}

/// An origin is a scheme, a host and perhaps a port (RFC 6454); a browser sends nothing more.
fn origins(entries: Vec<String>) -> Result<Vec<String>, ConfigError> {
    let is_origin = |entry: &String| {
        let host = entry.strip_prefix("https://").or_else(|| entry.strip_prefix("http://"));
        host.is_some_and(|host| !host.is_empty() && !host.contains(['/', '*', '?', '#', ' ']))
    };
    match entries.iter().find(|entry| !is_origin(entry)) {
        None => Ok(entries),
        Some(value) => Err(ConfigError::Unfit {
            variable: "TREDE_CORS_ORIGINS",
            value: value.clone(),
            expected: "origins such as https://inkoop.example.nl, without a path, separated by commas",
        }),
    }
}

fn reachable(variable: &'static str, entries: Vec<String>) -> Result<Vec<String>, ConfigError> {
    let fits = |entry: &String| {
        (entry.starts_with("https://") || entry.starts_with("mailto:"))
            && !entry.chars().any(char::is_whitespace)
    };
    match entries.iter().find(|entry| !fits(entry)) {
        None => Ok(entries),
        Some(value) => Err(ConfigError::Unfit { variable, value: value.clone(), expected: ADDRESSES }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(variables: &[(&'static str, &str)]) -> Result<ProtectionConfig, ConfigError> {
        ProtectionConfig::from_lookup(&|wanted| {
            Ok(variables.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
        })
    }

    #[test]
    fn requests_are_limited_unless_that_is_switched_off() {
        let usual = config(&[]).unwrap();
        assert_eq!(usual.requests_per_caller.unwrap().get(), 600);
        assert_eq!(usual.requests_per_address.unwrap().get(), 3000);
        let off = config(&[("TREDE_RATE_LIMIT", "off"), ("TREDE_RATE_LIMIT_ADDRESS", "off")]).unwrap();
        assert_eq!((off.requests_per_caller, off.requests_per_address), (None, None));
    }

    #[test]
    fn an_unfit_value_is_named_with_what_fits() {
        for (variable, value) in [
            ("TREDE_RATE_LIMIT", "0"),
            ("TREDE_RATE_LIMIT_ADDRESS", "many"),
            ("TREDE_CORS_ORIGINS", "*"),
            ("TREDE_CORS_ORIGINS", "https://inkoop.example.nl/"),
            ("TREDE_SECURITY_CONTACT", "security@example.nl"),
            ("TREDE_IDEMPOTENCY_HOURS", "0"),
        ] {
            let error = config(&[(variable, value)]).unwrap_err().to_string();
            assert!(error.starts_with(&format!("{variable}={value}: ")), "{error}");
        }
    }
}
