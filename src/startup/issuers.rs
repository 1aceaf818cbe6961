//! The issuers whose tokens are accepted, as configured, and the threads that keep their keys fresh.

use std::sync::Arc;

use crate::config::{ConfigError, TokenConfig, read_file};
use crate::identity::issuer::{Issuer, USUAL_CLOCK_SKEW};
use crate::identity::issuers_file::{self, IssuerEntry};
use crate::identity::key_ring::{FetchPace, KeyRing};
use crate::identity::keys::{VerificationKey, parse_keys};
use crate::identity::verifier::{TokenVerifier, prefix_of};
use crate::startup::StartError;
use trede_integrations::jwks::JwksClient;

/// A verifier, and the rings whose keys must be fetched.
pub struct Issuers {
    /// Checks tokens.
    pub verifier: TokenVerifier,
    keepers: Vec<Keeper>,
}

/// Fetches the keys of one issuer.
struct Keeper {
    issuer: String,
    client: JwksClient,
    ring: Arc<KeyRing>,
}

impl Issuers {
    /// The configured issuers.
    ///
    /// # Errors
    /// [`ConfigError::NoIssuers`] when nobody could be let in, [`StartError`] when a file does not fit or two
    /// issuers could not be told apart.
    pub fn of(tokens: &TokenConfig) -> Result<Self, StartError> {
        crate::identity::install_crypto();
        let mut issuers = Vec::new();
        let mut keepers = Vec::new();
        for (name, file) in &tokens.issuers {
            let keys = keys_in(name, file)?;
            let issuer = Issuer::with_keys(name.clone(), tokens.audience.clone(), keys);
            issuers.push(Issuer {
                longest_validity: Some(seconds(tokens.longest_minutes)),
                actor_prefix: prefix(issuers.len(), name),
                ..issuer
            });
        }
        for entry in entries(tokens)? {
            let (issuer, keeper) = configured(&entry, tokens, issuers.len())?;
            issuers.push(issuer);
            keepers.extend(keeper);
        }
        if issuers.is_empty() {
            return Err(ConfigError::NoIssuers.into());
        }
        Ok(Self { verifier: TokenVerifier::of(issuers)?, keepers })
    }

    /// Starts to fetch keys, as long as the process lives; gives the verifier.
    pub fn keep(self) -> TokenVerifier {
        for keeper in self.keepers {
            std::thread::spawn(move || keeper.keep());
        }
        self.verifier
    }
}

impl Keeper {
    fn keep(&self) {
        while self.ring.wait_until_due() {
            let fetched = self.client.fetch().map_err(|error| error.to_string());
            match fetched.and_then(|text| parse_keys(&text).map_err(|error| error.to_string())) {
                Ok(keys) => self.ring.take(Some(keys)),
                Err(error) => {
                    tracing::warn!(
                        issuer = self.issuer,
                        error,
                        "keys could not be fetched; those known serve on"
                    );
                    self.ring.take(None);
                }
            }
        }
    }
}

fn entries(tokens: &TokenConfig) -> Result<Vec<IssuerEntry>, StartError> {
    let Some(file) = &tokens.issuers_file else { return Ok(Vec::new()) };
    Ok(issuers_file::parse(&read_file(file)?)?)
}

fn configured(
    entry: &IssuerEntry,
    tokens: &TokenConfig,
    place: usize,
) -> Result<(Issuer, Option<Keeper>), StartError> {
    let at_hand = match &entry.keys_file {
        Some(file) => keys_in(&entry.issuer, file)?,
        None => Vec::new(),
    };
    let (ring, keeper) = match &entry.jwks_url {
        Some(url) => {
            let ring = Arc::new(KeyRing::fetched(at_hand, FetchPace::default()));
            let client = JwksClient::new(url.clone())?;
            let keeper = Keeper { issuer: entry.issuer.clone(), client, ring: Arc::clone(&ring) };
            (ring, Some(keeper))
        }
        None => (Arc::new(KeyRing::fixed(at_hand)), None),
    };
    let issuer = Issuer {
        name: entry.issuer.clone(),
        audience: entry.audience.clone().unwrap_or_else(|| tokens.audience.clone()),
        algorithms: entry.algorithms()?,
        clock_skew: entry.clock_skew_seconds.unwrap_or(USUAL_CLOCK_SKEW),
        longest_validity: Some(seconds(entry.token_minutes.unwrap_or(tokens.longest_minutes))),
        actor_prefix: entry.actor_prefix.clone().unwrap_or_else(|| prefix(place, &entry.issuer)),
        mapping: entry.claims.clone(),
        ring,
    };
    Ok((issuer, keeper))
}

/// The bearers of the first issuer are recorded by their own names, those of others with the issuer before it.
fn prefix(place: usize, issuer: &str) -> String {
    if place == 0 { String::new() } else { prefix_of(issuer) }
}

fn seconds(minutes: u32) -> u32 {
    minutes.saturating_mul(60)
}

fn keys_in(issuer: &str, file: &std::path::Path) -> Result<Vec<VerificationKey>, StartError> {
    parse_keys(&read_file(file)?).map_err(|source| StartError::Keys { issuer: issuer.to_owned(), source })
}
