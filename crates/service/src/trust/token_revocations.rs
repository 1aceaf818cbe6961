//! Tokens that are taken back before their time: kept in the store, checked in memory.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, SubsecRound, Utc};

use crate::Services;
use crate::frame::access::{Operation, authorise_national};
use crate::frame::actor::Actor;
use crate::frame::acts::{expect_version, new_id};
use crate::frame::error::ServiceError;
use crate::frame::findings::{Findings, TEXT, TITLE};
use trede_base::page::{Page, PageRequest};
use trede_base::record::Version;
use trede_model::trust::token_revocation::{RevokedKind, TokenRevocation, TokenRevocationId};
use trede_store as store;

const NO_REVOCATION: ServiceError = ServiceError::NotFound { what: "revocation" };

/// The name of what was taken back, and until when; none: for as long as it stands.
type Until = HashMap<String, Option<DateTime<Utc>>>;

/// What was taken back, as far as this process has heard: it hears of what other processes take back within
/// seconds.
#[derive(Clone, Debug, Default)]
pub struct Revoked(Arc<RwLock<Known>>);

#[derive(Debug, Default)]
struct Known {
    tokens: Until,
    subjects: Until,
    clients: Until,
}

impl Revoked {
    /// Whether a token of these is taken back.
    #[must_use]
    pub fn names(
        &self,
        token: Option<&str>,
        subject: &str,
        client: Option<&str>,
        now: DateTime<Utc>,
    ) -> bool {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner);
        let stands = |list: &Until, name: &str| {
            list.get(name).is_some_and(|until| until.is_none_or(|until| now < until))
        };
        stands(&known.subjects, subject)
            || token.is_some_and(|token| stands(&known.tokens, token))
            || client.is_some_and(|client| stands(&known.clients, client))
    }

    fn replace(&self, revocations: Vec<TokenRevocation>) {
        let mut heard = Known::default();
        for revocation in revocations {
            let list = match revocation.kind {
                RevokedKind::Token => &mut heard.tokens,
                RevokedKind::Subject => &mut heard.subjects,
                RevokedKind::Client => &mut heard.clients,
            };
            // Of two for the same name the longer one stands.
            let until = list.entry(revocation.value).or_insert(revocation.until);
            *until = until.zip(revocation.until).map(|(one, other)| one.max(other));
        }
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = heard;
    }
}

/// What is said of tokens that are to be taken back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTokenRevocation {
    /// What is taken back.
    pub kind: RevokedKind,
    /// Which one.
    pub value: String,
    /// Why.
    pub reason: String,
    /// From when tokens are accepted again.
    pub until: Option<DateTime<Utc>>,
}

/// Hears from the store what was taken back.
///
/// # Errors
/// [`ServiceError::Busy`] when the store does not answer; what was heard before stands.
pub fn hear(services: &Services) -> Result<(), ServiceError> {
    let all = services.db.read(|c| Ok::<_, ServiceError>(store::trust::token_revocations::all(c)?))?;
    services.revoked.replace(all);
    Ok(())
}

/// Takes tokens back.
///
/// # Errors
/// [`ServiceError::Invalid`] with all findings.
pub fn create(
    services: &Services,
    actor: &Actor,
    new: NewTokenRevocation,
) -> Result<TokenRevocation, ServiceError> {
    authorise_national(actor, Operation::CreateTokenRevocation)?;
    let now = services.now();
    let mut findings = Findings::default();
    findings.needed_text("/value", &new.value, TITLE);
    findings.needed_text("/reason", &new.reason, TEXT);
    findings.instant("/until", new.until);
    if new.until.is_some_and(|until| until <= now) {
        findings.add("/until", "until-past", "a moment that lies ahead, or none");
    }
    findings.into_result()?;
    let revocation = TokenRevocation {
        id: new_id(),
        kind: new.kind,
        value: new.value,
        reason: new.reason,
        at: now,
        by: actor.subject.clone(),
        until: new.until.map(|until| until.trunc_subsecs(6)),
    };
    let object = format!("token-revocations/{}", revocation.id);
    let act = services.national_act(actor, Operation::CreateTokenRevocation, object);
    services
        .db
        .write(&act, |c| Ok::<_, ServiceError>(store::trust::token_revocations::insert(c, &revocation)?))?;
    hear(services)?;
    Ok(revocation)
}

/// One revocation.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id.
pub fn get(
    services: &Services,
    actor: &Actor,
    id: TokenRevocationId,
) -> Result<TokenRevocation, ServiceError> {
    authorise_national(actor, Operation::GetTokenRevocation)?;
    services.db.read(|c| store::trust::token_revocations::find(c, id))?.ok_or(NO_REVOCATION)
}

/// One page of the revocations, in the order in which they were made.
///
/// # Errors
/// [`ServiceError::Forbidden`].
pub fn list(
    services: &Services,
    actor: &Actor,
    request: &PageRequest<TokenRevocationId>,
) -> Result<Page<TokenRevocation>, ServiceError> {
    authorise_national(actor, Operation::ListTokenRevocations)?;
    Ok(services.db.read(|c| store::trust::token_revocations::list(c, request))?)
}

/// Lifts a revocation: tokens that it named are accepted again.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is none of that id, [`ServiceError::VersionMismatch`] when `seen` is
/// not its only version.
pub fn delete(
    services: &Services,
    actor: &Actor,
    id: TokenRevocationId,
    seen: Version,
) -> Result<(), ServiceError> {
    authorise_national(actor, Operation::DeleteTokenRevocation)?;
    let act =
        services.national_act(actor, Operation::DeleteTokenRevocation, format!("token-revocations/{id}"));
    services.db.write(&act, |c| {
        store::trust::token_revocations::find(c, id)?.ok_or(NO_REVOCATION)?;
        expect_version(Version::FIRST, seen)?;
        Ok::<_, ServiceError>(store::trust::token_revocations::delete(c, id)?)
    })?;
    hear(services)
}
