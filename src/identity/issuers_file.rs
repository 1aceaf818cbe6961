//! The file that names issuers with all that can be said of them (`TREDE_ISSUERS`).

use std::path::PathBuf;

use jsonwebtoken::Algorithm;
use serde::Deserialize;
use thiserror::Error;

use crate::identity::keys::ALLOWED_ALGORITHMS;
use crate::identity::mapping::ClaimMapping;

/// Why the file cannot be used.
#[derive(Debug, Error)]
pub enum IssuersFileError {
    /// Not the JSON that it should be.
    #[error("{0}")]
    Malformed(#[from] serde_json::Error),
    /// An issuer without any keys.
    #[error("{0} has neither `jwksUrl` nor `keysFile`")]
    NoKeys(String),
    /// Keys from an address that others can answer for.
    #[error("{0}: `jwksUrl` must begin with https://, unless it is on this machine")]
    Insecure(String),
    /// An algorithm that is not accepted from anybody.
    #[error("{issuer}: `{algorithm}` is not among RS256, PS256, ES256 and EdDSA")]
    Algorithm {
        /// The issuer.
        issuer: String,
        /// What was asked.
        algorithm: String,
    },
}

/// An issuer in the file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IssuerEntry {
    /// What its tokens say in `iss`.
    pub issuer: String,
    /// Where its keys are fetched (JWKS).
    pub jwks_url: Option<String>,
    /// A file with a PEM public key or a JWKS: its keys, or those at hand until the first fetch.
    pub keys_file: Option<PathBuf>,
    /// The audience that its tokens must name; by default that of `TREDE_JWT_AUDIENCE`.
    pub audience: Option<String>,
    /// The algorithms that its tokens may be signed with; by default all four that are accepted.
    #[serde(default)]
    pub algorithms: Vec<String>,
    /// How far its clock and ours may differ, in seconds. Default 30.
    pub clock_skew_seconds: Option<u32>,
    /// The most minutes for which its tokens may be valid; by default those of `TREDE_TOKEN_MINUTES`.
    pub token_minutes: Option<u32>,
    /// Stands before the names of its bearers in the record. By default nothing for the first issuer of all,
    /// and the issuer and `#` for each further one.
    pub actor_prefix: Option<String>,
    /// Where its claims stand, and what its names mean.
    #[serde(default)]
    pub claims: ClaimMapping,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IssuersFile {
    issuers: Vec<IssuerEntry>,
}

/// Reads the file's text.
///
/// # Errors
/// [`IssuersFileError`], which names the issuer.
pub fn parse(text: &str) -> Result<Vec<IssuerEntry>, IssuersFileError> {
    let file: IssuersFile = serde_json::from_str(text)?;
    for entry in &file.issuers {
        if entry.jwks_url.is_none() && entry.keys_file.is_none() {
            return Err(IssuersFileError::NoKeys(entry.issuer.clone()));
        }
        if !entry.jwks_url.as_deref().is_none_or(is_trustworthy) {
            return Err(IssuersFileError::Insecure(entry.issuer.clone()));
        }
        entry.algorithms()?;
    }
    Ok(file.issuers)
}

impl IssuerEntry {
    /// The algorithms that its tokens may be signed with.
    ///
    /// # Errors
    /// [`IssuersFileError::Algorithm`] for one that is not accepted from anybody.
    pub fn algorithms(&self) -> Result<Vec<Algorithm>, IssuersFileError> {
        if self.algorithms.is_empty() {
            return Ok(ALLOWED_ALGORITHMS.to_vec());
        }
        let read = |text: &String| {
            let known = text.parse().ok().filter(|algorithm| ALLOWED_ALGORITHMS.contains(algorithm));
            known.ok_or_else(|| IssuersFileError::Algorithm {
                issuer: self.issuer.clone(),
                algorithm: text.clone(),
            })
        };
        self.algorithms.iter().map(read).collect()
    }
}

/// Who can answer for an address without TLS can hand out keys; on this machine nobody else can.
fn is_trustworthy(url: &str) -> bool {
    let local = ["http://localhost", "http://127.0.0.1", "http://[::1]"];
    let on_this_machine = local.iter().filter_map(|prefix| url.strip_prefix(prefix));
    url.starts_with("https://")
        || on_this_machine.into_iter().any(|rest| rest.starts_with(':') || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issuer_needs_no_more_than_a_name_and_keys() {
        let text = r#"{"issuers": [{"issuer": "https://login.example.nl", "jwksUrl": "https://login.example.nl/jwks"}]}"#;
        let entries = parse(text).unwrap();
        assert_eq!(entries[0].algorithms().unwrap(), ALLOWED_ALGORITHMS);
        assert_eq!(entries[0].claims, ClaimMapping::default());
    }

    #[test]
    fn what_would_let_others_in_is_refused() {
        for (rest, expected) in [
            ("", "neither"),
            (r#", "jwksUrl": "http://login.example.nl/jwks""#, "https://"),
            (r#", "jwksUrl": "http://localhost.example.nl/jwks""#, "https://"),
            (r#", "keysFile": "a.pem", "algorithms": ["HS256"]"#, "HS256"),
            (r#", "keysFile": "a.pem", "algorithms": ["none"]"#, "none"),
            (r#", "keysFile": "a.pem", "algorithm": ["RS256"]"#, "unknown field"),
        ] {
            let error = parse(&format!(r#"{{"issuers": [{{"issuer": "x"{rest}}}]}}"#)).unwrap_err();
            assert!(error.to_string().contains(expected), "{error}");
        }
        assert!(is_trustworthy("http://127.0.0.1:8080/jwks") && is_trustworthy("http://localhost/jwks"));
    }
}
