//! The parts of split keys: as they were handed to openers, and as openers gave them for an opening.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::{given_shares, key_shares, openings};
use trede_base::ids::MunicipalityId;
use trede_model::bidding::key_share::{GivenShare, KeyShare, OpenerKey};
use trede_model::bidding::opening::{Envelope, Opening, OpeningId};
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = key_shares)]
struct ShareRow {
    municipality_id: Coded<MunicipalityId>,
    tender_id: KeyOf<Tender>,
    envelope: Coded<Envelope>,
    opener_key_id: KeyOf<OpenerKey>,
    sealed: Vec<u8>,
    share_check: Vec<u8>,
}

impl From<ShareRow> for KeyShare {
    fn from(row: ShareRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            envelope: row.envelope.0,
            opener_key: row.opener_key_id.0,
            sealed: row.sealed,
            check: row.share_check,
        }
    }
}

/// Stores the part of an opener.
///
/// # Errors
/// [`StorageError::BrokenReference`] when the key of the tender is not split, or there is no such opener.
pub fn insert(c: &mut AnyConnection, share: &KeyShare) -> Result<(), StorageError> {
    let row = ShareRow {
        municipality_id: Coded(share.municipality),
        tender_id: KeyOf(share.tender),
        envelope: Coded(share.envelope),
        opener_key_id: KeyOf(share.opener_key),
        sealed: share.sealed.clone(),
        share_check: share.check.clone(),
    };
    diesel::insert_into(key_shares::table).values(row).execute(c)?;
    Ok(())
}

/// The parts of all openers of what opens these envelopes of a tender.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn of_envelope(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    (tender, envelope): (TenderId, Envelope),
) -> Result<Vec<KeyShare>, StorageError> {
    let rows: Vec<ShareRow> = key_shares::table
        .filter(key_shares::municipality_id.eq(Coded(municipality)))
        .filter(key_shares::tender_id.eq(KeyOf(tender)))
        .filter(key_shares::envelope.eq(Coded(envelope)))
        .order(key_shares::opener_key_id)
        .select(ShareRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(KeyShare::from).collect())
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = given_shares, treat_none_as_default_value = false)]
struct GivenRow {
    municipality_id: Coded<MunicipalityId>,
    opening_id: KeyOf<Opening>,
    opener_key_id: KeyOf<OpenerKey>,
    person: String,
    given_at: At,
    sealed: Option<Vec<u8>>,
}

impl From<GivenRow> for GivenShare {
    fn from(row: GivenRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            opening: row.opening_id.0,
            opener_key: row.opener_key_id.0,
            person: row.person,
            given_at: row.given_at.0,
            sealed: row.sealed,
        }
    }
}

/// Stores that an opener gave a part.
///
/// # Errors
/// [`StorageError::Taken`] when that opener did so for this opening.
pub fn give(c: &mut AnyConnection, given: &GivenShare) -> Result<(), StorageError> {
    let row = GivenRow {
        municipality_id: Coded(given.municipality),
        opening_id: KeyOf(given.opening),
        opener_key_id: KeyOf(given.opener_key),
        person: given.person.clone(),
        given_at: At(given.given_at),
        sealed: given.sealed.clone(),
    };
    diesel::insert_into(given_shares::table).values(row).execute(c)?;
    Ok(())
}

/// Who gave a part for an opening, in the order in which they did.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn given(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    opening: OpeningId,
) -> Result<Vec<GivenShare>, StorageError> {
    let rows: Vec<GivenRow> = given_shares::table
        .filter(given_shares::municipality_id.eq(Coded(municipality)))
        .filter(given_shares::opening_id.eq(KeyOf(opening)))
        .order((given_shares::given_at, given_shares::opener_key_id))
        .select(GivenRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(GivenShare::from).collect())
}

/// Who gave a part for any opening of a tender.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn givers_of_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Vec<String>, StorageError> {
    let of_tender = openings::table
        .filter(openings::municipality_id.eq(Coded(municipality)))
        .filter(openings::tender_id.eq(KeyOf(tender)))
        .select(openings::id);
    Ok(given_shares::table
        .filter(given_shares::municipality_id.eq(Coded(municipality)))
        .filter(given_shares::opening_id.eq_any(of_tender))
        .order(given_shares::given_at)
        .select(given_shares::person)
        .load(c)?)
}

/// Forgets the parts that were given for the openings of a tender; that they were given stays.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_given(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<(), StorageError> {
    let of_tender = openings::table
        .filter(openings::municipality_id.eq(Coded(municipality)))
        .filter(openings::tender_id.eq(KeyOf(tender)))
        .select(openings::id);
    diesel::update(
        given_shares::table
            .filter(given_shares::municipality_id.eq(Coded(municipality)))
            .filter(given_shares::opening_id.eq_any(of_tender))
            .filter(given_shares::sealed.is_not_null()),
    )
    .set(given_shares::sealed.eq(None::<Vec<u8>>))
    .execute(c)?;
    Ok(())
}
