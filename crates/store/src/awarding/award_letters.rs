//! Letters about proposed awards: added, never changed.

use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::award_letters as table;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::record::Version;
use trede_model::awarding::award_decision::AwardDecision;
use trede_model::awarding::award_letter::{AwardLetter, AwardLetterId, LetterKind, Text};
use trede_model::bidding::bid::Bid;
use trede_model::tendering::lot::{Lot, LotId};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct LetterRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<AwardLetter>,
    lot_id: KeyOf<Lot>,
    decision_id: KeyOf<AwardDecision>,
    bid_id: KeyOf<Bid>,
    bidder_kvk: Coded<KvkNumber>,
    kind: Coded<LetterKind>,
    dutch: String,
    english: String,
    dutch_template: i64,
    english_template: i64,
    sent_at: At,
}

impl From<LetterRow> for AwardLetter {
    fn from(row: LetterRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            decision: row.decision_id.0,
            bid: row.bid_id.0,
            bidder: row.bidder_kvk.0,
            kind: row.kind.0,
            dutch: Text { text: row.dutch, template: Version(row.dutch_template) },
            english: Text { text: row.english, template: Version(row.english_template) },
            sent_at: row.sent_at.0,
        }
    }
}

/// Adds a letter.
///
/// # Errors
/// [`StorageError::BrokenReference`] when decision or bid are not the lot's.
pub fn insert(c: &mut AnyConnection, letter: &AwardLetter) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(LetterRow {
            municipality_id: Coded(letter.municipality),
            id: KeyOf(letter.id),
            lot_id: KeyOf(letter.lot),
            decision_id: KeyOf(letter.decision),
            bid_id: KeyOf(letter.bid),
            bidder_kvk: Coded(letter.bidder),
            kind: Coded(letter.kind),
            dutch: letter.dutch.text.clone(),
            english: letter.english.text.clone(),
            dutch_template: letter.dutch.template.0,
            english_template: letter.english.template.0,
            sent_at: At(letter.sent_at),
        })
        .execute(c)?;
    Ok(())
}

/// The letter of that id on the lot, when its reader is the one that is asked for.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    id: AwardLetterId,
    reader: Option<KvkNumber>,
) -> Result<Option<AwardLetter>, StorageError> {
    let mut query = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(LetterRow::as_select())
        .into_boxed();
    if let Some(reader) = reader {
        query = query.filter(table::bidder_kvk.eq(Coded(reader)));
    }
    let row: Option<LetterRow> = query.first(c).optional()?;
    Ok(row.map(AwardLetter::from))
}

/// One page of the letters on a lot, to one reader or to all.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    reader: Option<KvkNumber>,
    request: &PageRequest<AwardLetterId>,
) -> Result<Page<AwardLetter>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(LetterRow::as_select());
    let mut query = keyset!(query, request, table::id, KeyOf);
    if let Some(reader) = reader {
        query = query.filter(table::bidder_kvk.eq(Coded(reader)));
    }
    let rows: Vec<LetterRow> = query.load(c)?;
    Ok(Page::of_found(rows, request).map(AwardLetter::from))
}
