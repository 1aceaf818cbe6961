//! The public keys of openers, who keep the secret halves themselves.

use crate::Services;
use crate::frame::access::{Operation, authorise};
use crate::frame::actor::Actor;
use crate::frame::acts::new_id;
use crate::frame::error::ServiceError;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::bidding::key_share::{OpenerKey, OpenerKeyId};
use trede_sealing::opener_key::check_public;
use trede_store as store;

/// Registers the public half of the caller's own key pair. From now on it is the one by which the caller is named
/// among whom a key is split; what was split before stays with the key that it was split by.
///
/// # Errors
/// [`ServiceError::Invalid`] when it is no public key.
pub fn register(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    public_key: Vec<u8>,
) -> Result<OpenerKey, ServiceError> {
    const OPERATION: Operation = Operation::RegisterOpenerKey;
    authorise(actor, municipality, OPERATION)?;
    check_public(&public_key).map_err(|_| {
        let detail = "a public key of X25519: 32 bytes in base64, as `trede opener keygen` says them";
        ServiceError::invalid("/publicKey", "public-key-malformed", detail)
    })?;
    let id = new_id();
    let act = services.act(actor, municipality, OPERATION, format!("opener-keys/{id}"));
    let key =
        OpenerKey { municipality, id, person: actor.subject.clone(), public_key, registered_at: act.at };
    services.db.write(&act, |c| {
        let found = store::frame::municipalities::find(c, municipality)?;
        found.ok_or(ServiceError::NotFound { what: "municipality" })?;
        store::bidding::opener_keys::insert(c, &key)?;
        Ok(key.clone())
    })
}

/// One page of the public keys of openers, in the order in which they were registered.
///
/// # Errors
/// [`ServiceError::Forbidden`] when the caller may not read them.
pub fn list(
    services: &Services,
    actor: &Actor,
    municipality: MunicipalityId,
    request: &PageRequest<OpenerKeyId>,
) -> Result<Page<OpenerKey>, ServiceError> {
    authorise(actor, municipality, Operation::ListOpenerKeys)?;
    let page = services
        .db
        .read(|c| Ok::<_, ServiceError>(store::bidding::opener_keys::list(c, municipality, request)?))?;
    services.record_read(actor, municipality, Operation::ListOpenerKeys, "opener-keys".to_owned())?;
    Ok(page)
}
