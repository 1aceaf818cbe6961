//! Who is logged in on a page: begins, goes on, ends. What a session may do, its token says.

use chrono::TimeDelta;

use crate::Services;
use crate::clock::fresh_random;
use crate::frame::error::ServiceError;
use trede_sealing::session_token;
use trede_store as store;
use trede_store::trust::console_sessions::StoredSession;
use trede_wire::canonical::sha256_hex;

/// A session ends when it was not used for so long.
const IDLE: TimeDelta = TimeDelta::minutes(30);
/// A session ends after so long in all.
const LONGEST: TimeDelta = TimeDelta::hours(12);
/// Its use is noted so often: not at each request.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// A session that goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The token of who logged in.
    pub token: String,
    /// What each form of this session holds, and nobody else knows.
    pub form_token: String,
}

/// Begins a session for who has the token; answers the secret that its cookie holds.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub fn begin(services: &Services, token: &str) -> Result<String, ServiceError> {
    let secret = fresh_random().map_err(|error| ServiceError::Internal(error.into()))?;
    let now = services.now();
    let session = StoredSession {
        id_hash: hash(&secret),
        sealed_token: session_token::seal(&secret, token)
            .map_err(|error| ServiceError::Internal(error.into()))?,
        begun_at: now,
        used_at: now,
    };
    services.db.write_progress(|c| {
        store::trust::console_sessions::sweep(c, now - IDLE)?;
        Ok::<_, ServiceError>(store::trust::console_sessions::insert(c, &session)?)
    })?;
    Ok(secret)
}

/// The session whose cookie holds the secret; none when there is no such session, or it ended.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub fn resume(services: &Services, secret: &str) -> Result<Option<Session>, ServiceError> {
    let id_hash = hash(secret);
    let found =
        services.db.read(|c| Ok::<_, ServiceError>(store::trust::console_sessions::find(c, &id_hash)?))?;
    let now = services.now();
    let Some(stored) = found.filter(|it| {
        now.signed_duration_since(it.used_at) < IDLE && now.signed_duration_since(it.begun_at) < LONGEST
    }) else {
        return Ok(None);
    };
    let Ok(token) = session_token::open(secret, &stored.sealed_token) else { return Ok(None) };
    if now.signed_duration_since(stored.used_at) >= NOTED_EVERY {
        services.db.write_progress(|c| {
            Ok::<_, ServiceError>(store::trust::console_sessions::touch(c, &id_hash, now)?)
        })?;
    }
    Ok(Some(Session { token, form_token: hash(&format!("form {secret}")) }))
}

/// Ends the session whose cookie holds the secret.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer.
pub fn end(services: &Services, secret: &str) -> Result<(), ServiceError> {
    let id_hash = hash(secret);
    services
        .db
        .write_progress(|c| Ok::<_, ServiceError>(store::trust::console_sessions::delete(c, &id_hash)?))
}

fn hash(secret: &str) -> String {
    sha256_hex(secret.as_bytes())
}
