//! The public key of a tender, for who checks a receipt.

use crate::Services;
use crate::frame::error::ServiceError;
use crate::frame::load::NO_TENDER;
use trede_base::ids::MunicipalityId;
use trede_model::tendering::tender::TenderId;
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
