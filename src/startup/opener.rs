//! What an opener does on a machine of their own: makes a key pair, and opens with their part of a key.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use base64::prelude::{BASE64_STANDARD, Engine};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};
use thiserror::Error;

use crate::config::{ConfigError, read_file};
use crate::startup::sealing::expect_unreadable_to_others;
use trede_base::ids::MunicipalityId;
use trede_integrations::own_api::{OwnApi, OwnApiError};
use trede_model::bidding::key_share::OpenerKeyId;
use trede_model::bidding::opening::Envelope;
use trede_model::tendering::tender::TenderId;
use trede_sealing::SealingError;
use trede_sealing::opener_key::OpenerSecret;

/// Why an opener did not get on.
#[derive(Debug, Error)]
pub enum OpenerError {
    /// A file cannot be read.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The file of the key cannot be written.
    #[error("{0}: {1}")]
    Unwritten(String, std::io::Error),
    /// The key cannot be used, or does not open the part.
    #[error(transparent)]
    Sealing(#[from] SealingError),
    /// The part was encrypted to another key.
    #[error(
        "this key does not open your part: it was encrypted to another key of yours ({0}), or is of another tender"
    )]
    AnotherKey(OpenerKeyId),
    /// The service did not do what was asked.
    #[error(transparent)]
    Api(#[from] OwnApiError),
}

/// Where the service is, and by whom it is asked.
#[derive(Clone, Debug)]
pub struct Service<'a> {
    /// Its address, what comes before `/v1`.
    pub url: &'a str,
    /// The file with the opener's token.
    pub token: &'a Path,
    /// The municipality.
    pub municipality: MunicipalityId,
}

impl Service<'_> {
    fn api(&self) -> Result<OwnApi, OpenerError> {
        let token = SecretString::from(read_file(self.token)?.trim().to_owned());
        Ok(OwnApi::new(self.url.to_owned(), token)?)
    }
}

/// What came of giving a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// The envelopes are open.
    Opened,
    /// Others must give theirs until a moment.
    Waiting {
        /// How many gave theirs.
        given: usize,
        /// How many are needed.
        needed: u64,
        /// Until when.
        until: String,
    },
}

/// Makes a key pair, with the secret half in a new file that only its owner reads; answers the public half.
///
/// # Errors
/// [`OpenerError::Unwritten`], also when there is such a file: a key that is lost opens nothing any more.
pub fn keygen(file: &Path) -> Result<String, OpenerError> {
    let unwritten = |error| OpenerError::Unwritten(file.display().to_string(), error);
    let secret = OpenerSecret::generate();
    let public = BASE64_STANDARD.encode(secret.public());
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(file).map_err(unwritten)?;
    let line = secret.line();
    writeln!(written, "# Key of an opener: keep it, show it to nobody. Public half: {public}\n{}", *line)
        .and_then(|()| written.sync_all())
        .map_err(unwritten)?;
    Ok(public)
}

fn secret_in(file: &Path) -> Result<OpenerSecret, OpenerError> {
    expect_unreadable_to_others(file)?;
    let text = zeroize::Zeroizing::new(read_file(file)?);
    Ok(OpenerSecret::parse(&text)?)
}

/// The public half of the key in a file.
///
/// # Errors
/// [`OpenerError`].
pub fn public_half(file: &Path) -> Result<String, OpenerError> {
    Ok(BASE64_STANDARD.encode(secret_in(file)?.public()))
}

/// Registers the public half of the key in a file; answers under which id.
///
/// # Errors
/// [`OpenerError`].
pub fn register(service: &Service<'_>, file: &Path) -> Result<String, OpenerError> {
    #[derive(Deserialize)]
    struct Registered {
        id: String,
    }
    let document = json!({"publicKey": public_half(file)?});
    let path = format!("municipalities/{}/opener-keys", service.municipality);
    let (_, Registered { id }) = service.api()?.post(&path, &document)?;
    Ok(id)
}

/// Asks for the opener's part, decrypts it here, and gives it for the opening.
///
/// # Errors
/// [`OpenerError`].
pub fn open(
    service: &Service<'_>,
    file: &Path,
    tender: TenderId,
    envelope: Option<Envelope>,
) -> Result<Given, OpenerError> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Handed {
        opener_key_id: OpenerKeyId,
        envelope: Envelope,
        encrypted: String,
    }
    let (secret, api) = (secret_in(file)?, service.api()?);
    let of_tender = format!("municipalities/{}/tenders/{tender}", service.municipality);
    let query = envelope.map(|envelope| format!("?envelope={}", envelope.code())).unwrap_or_default();
    let handed: Handed = api.get(&format!("{of_tender}/key-share{query}"))?;
    let encrypted = BASE64_STANDARD.decode(&handed.encrypted).map_err(|_| SealingError::DoesNotOpen)?;
    let at = (service.municipality, tender, handed.envelope);
    let part = secret
        .open_share(at, handed.opener_key_id, &encrypted)
        .map_err(|_| OpenerError::AnotherKey(handed.opener_key_id))?;
    let document = json!({"envelope": handed.envelope, "keyShare": part.text().as_str()});
    let (status, answer): (u16, Value) = api.post(&format!("{of_tender}/openings"), &document)?;
    if status == 200 {
        return Ok(Given::Opened);
    }
    Ok(Given::Waiting {
        given: answer.pointer("/keyShares/given").and_then(Value::as_array).map_or(0, Vec::len),
        needed: answer.pointer("/keyShares/needed").and_then(Value::as_u64).unwrap_or_default(),
        until: answer.get("expiresAt").and_then(Value::as_str).unwrap_or_default().to_owned(),
    })
}
