//! The keys of tenders: shown to who checks a receipt, and wrapped anew when the operator takes another key.

use std::collections::BTreeMap;

use crate::Services;
use crate::every_municipality;
use crate::frame::error::ServiceError;
use crate::frame::load::NO_TENDER;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::sealed_bid::WrappedTenderKey;
use trede_model::tendering::tender::TenderId;
use trede_sealing::tender_key::rewrap;
use trede_store as store;

/// The public key by which receipts of a published tender are checked: 32 bytes of Ed25519. Anybody may ask.
///
/// # Errors
/// [`ServiceError::NotFound`] when there is no such published tender, or its bids are not kept here.
pub fn receipt_key(
    services: &Services,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<u8>, ServiceError> {
    let key = services
        .db
        .read(|c| Ok::<_, ServiceError>(store::bidding::tender_keys::find(c, municipality, tender)?))?;
    Ok(key.ok_or(NO_TENDER)?.receipt_key)
}

/// By which key of the operator how many keys of tenders are wrapped; also of keys that wrap none.
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
        for key in keys {
            *uses.entry(key.key_id).or_default() += 1;
        }
    }
    Ok(uses)
}

/// Wraps every key of a tender that an older key wraps anew, by the newest; answers how many. The service can
/// go on meanwhile.
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
    }
    Ok(done)
}
