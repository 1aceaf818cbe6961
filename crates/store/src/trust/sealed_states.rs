//! The rows of sealed bids, which no trigger watches: bound by the record of their receipt, or noted.

use serde_json::json;
use trede_base::hex::hex;
use trede_model::bidding::sealed_bid::SealedBid;
use trede_model::trust::audit_hash::StateChange;
use trede_model::trust::audit_rows::bound_hash;
use uuid::Uuid;

use crate::frame::columns::fixed_width;
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::forms::{self, FORMS_NOW};
use crate::frame::{row_text, watching};

/// The table, and its form.
const NAME: &str = "sealed_bids";

/// The row of a sealed bid as the database would give it for its form.
fn array(bid: &SealedBid) -> String {
    let SealedBid { head, envelopes, hash } = bid;
    let id = |id: Uuid| id.simple().to_string();
    json!([
        head.municipality.to_string(),
        id(head.id.uuid()),
        id(head.tender.uuid()),
        id(head.lot.uuid()),
        hex(&head.bidder_index),
        i32::from(head.is_withdrawal),
        hex(&envelopes.wrapped_key),
        hex(&envelopes.quality),
        hex(&envelopes.price),
        hash,
        fixed_width(head.received_at),
        fixed_width(head.registered_at),
    ])
    .to_string()
}

/// What the record of its receipt says of a sealed bid: a hash over its whole row.
pub(crate) fn change(bid: &SealedBid) -> Result<StateChange, StorageError> {
    let form = forms::named(NAME, FORMS_NOW).ok_or_else(|| StorageError::Database("no form".into()))?;
    let text = row_text::read(form, &array(bid))?.text;
    Ok(StateChange { before: None, after: Some(bound_hash(&text)), forms: Some(FORMS_NOW) })
}

/// Notes a sealed bid that was stored otherwise than through a vault: its state is kept as that of any other row.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn note(c: &mut AnyConnection, bid: &SealedBid) -> Result<(), StorageError> {
    watching::note(c, NAME, array(bid))
}
