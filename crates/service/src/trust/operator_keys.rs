//! The keys of the operator: what they keep, and how another key takes over.

use std::collections::BTreeMap;

use crate::Services;
use crate::every_municipality;
use crate::frame::error::ServiceError;
use crate::telling::kept_secrets;
use trede_model::bidding::sealed_bid::WrappedTenderKey;
use trede_sealing::tender_key::rewrap;
use trede_store as store;

/// By which key of the operator how many keys of tenders and secrets of subscriptions are kept; also of keys that
/// keep none.
///
/// # Errors
/// [`ServiceError::Refused`] or [`ServiceError::Unavailable`] when the operator's keys cannot be read.
pub fn uses(services: &Services) -> Result<BTreeMap<String, usize>, ServiceError> {
    let ring = services.sealing_keys.ring()?;
    let mut uses: BTreeMap<_, _> = ring.names().map(|name| (name.to_owned(), 0)).collect();
    for municipality in every_municipality(services)? {
        let keys = services
            .db
            .read(|c| Ok::<_, ServiceError>(store::bidding::tender_keys::all(c, municipality)?))?;
        let secrets = kept_secrets::keys_in_use(services, municipality)?;
        for key in keys.into_iter().map(|key| key.key_id).chain(secrets) {
            *uses.entry(key).or_default() += 1;
        }
    }
    Ok(uses)
}

/// Keeps everything that an older key keeps by the newest: keys of tenders, secrets of subscriptions; answers how many.
/// The service can go on meanwhile.
///
/// # Errors
/// [`ServiceError::Unavailable`] at the first key that cannot be unwrapped; those before it are done.
pub fn rewrap_all(services: &Services) -> Result<usize, ServiceError> {
    let ring = services.sealing_keys.ring()?;
    let mut done = 0;
    for municipality in every_municipality(services)? {
        let keys = services
            .db
            .read(|c| Ok::<_, ServiceError>(store::bidding::tender_keys::all(c, municipality)?))?;
        for key in keys.into_iter().filter(|key| key.key_id != ring.newest()) {
            let anew: WrappedTenderKey = rewrap(&ring, &key)?;
            let object = format!("tenders/{}/key", key.tender);
            let act = services.act_of_itself(municipality, "rewrap_tender_key", object);
            services
                .db
                .write(&act, |c| Ok::<_, ServiceError>(store::bidding::tender_keys::replace(c, &anew)?))?;
            done += 1;
        }
        done += kept_secrets::keep_anew(services, &ring, municipality)?;
    }
    Ok(done)
}
