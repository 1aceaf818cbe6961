//! That the key of a tender is split, and among whom.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::schema::key_splits as table;
use trede_base::ids::MunicipalityId;
use trede_model::bidding::key_share::{KeySplit, OpenerKeyId, SplitPublicKeys};
use trede_model::tendering::tender::{Tender, TenderId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct SplitRow {
    municipality_id: Coded<MunicipalityId>,
    tender_id: KeyOf<Tender>,
    threshold: i64,
    /// The ids of their keys, a space between them.
    openers: String,
    set_by: String,
    set_at: At,
    quality_key: Option<Vec<u8>>,
    price_key: Option<Vec<u8>>,
}

impl TryFrom<SplitRow> for KeySplit {
    type Error = StorageError;

    fn try_from(row: SplitRow) -> Result<Self, StorageError> {
        let openers: Result<Vec<OpenerKeyId>, _> = row.openers.split_whitespace().map(str::parse).collect();
        let public_keys = row.quality_key.zip(row.price_key);
        Ok(Self {
            municipality: row.municipality_id.0,
            tender: row.tender_id.0,
            threshold: u8::try_from(row.threshold)
                .map_err(|error| StorageError::Database(Box::new(error)))?,
            openers: openers.map_err(|error| StorageError::Database(Box::new(error)))?,
            set_by: row.set_by,
            set_at: row.set_at.0,
            public_keys: public_keys.map(|(quality, price)| SplitPublicKeys { quality, price }),
        })
    }
}

fn row(split: &KeySplit) -> SplitRow {
    let openers: Vec<String> = split.openers.iter().map(ToString::to_string).collect();
    let public = split.public_keys.clone();
    let (quality_key, price_key) = public.map(|keys| (keys.quality, keys.price)).unzip();
    SplitRow {
        municipality_id: Coded(split.municipality),
        tender_id: KeyOf(split.tender),
        threshold: i64::from(split.threshold),
        openers: openers.join(" "),
        set_by: split.set_by.clone(),
        set_at: At(split.set_at),
        quality_key,
        price_key,
    }
}

/// Stores how the key of a tender is split, in the place of what was said before.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such tender in the municipality.
pub fn put(c: &mut AnyConnection, split: &KeySplit) -> Result<(), StorageError> {
    forget_tender(c, split.municipality, split.tender)?;
    diesel::insert_into(table::table).values(row(split)).execute(c)?;
    Ok(())
}

/// Writes what bids are encrypted to.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn publish(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
    keys: &SplitPublicKeys,
) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(municipality), KeyOf(tender))))
        .set((table::quality_key.eq(&keys.quality), table::price_key.eq(&keys.price)))
        .execute(c)?;
    Ok(())
}

/// Takes away that the key of a draft is to be split.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn forget_tender(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<(), StorageError> {
    diesel::delete(table::table.find((Coded(municipality), KeyOf(tender)))).execute(c)?;
    Ok(())
}

/// How the key of a tender is split; none where it is not.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    tender: TenderId,
) -> Result<Option<KeySplit>, StorageError> {
    let row: Option<SplitRow> = table::table
        .find((Coded(municipality), KeyOf(tender)))
        .select(SplitRow::as_select())
        .first(c)
        .optional()?;
    row.map(KeySplit::try_from).transpose()
}
