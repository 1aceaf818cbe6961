//! Scores of assessors with their motivations.

use diesel::dsl::exists;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::assessments as table;
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_base::record::{Record, Version};
use trede_model::assessing::assessment::{Assessment, AssessmentId, AssessmentKind};
use trede_model::bidding::bid::Bid;
use trede_model::tendering::lot::{Lot, LotId};

#[derive(AsChangeset, Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false, primary_key(municipality_id, id), treat_none_as_null = true)]
struct AssessmentRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Assessment>,
    lot_id: KeyOf<Lot>,
    bid_id: KeyOf<Bid>,
    criterion: String,
    kind: Coded<AssessmentKind>,
    assessor: String,
    score: String,
    motivation: String,
    submitted_at: Option<At>,
    version: i64,
    created_at: At,
    updated_at: At,
}

impl From<&Assessment> for AssessmentRow {
    fn from(assessment: &Assessment) -> Self {
        let assessment = assessment.clone();
        Self {
            municipality_id: Coded(assessment.municipality),
            id: KeyOf(assessment.id),
            lot_id: KeyOf(assessment.lot),
            bid_id: KeyOf(assessment.bid),
            criterion: assessment.criterion,
            kind: Coded(assessment.kind),
            assessor: assessment.assessor,
            score: assessment.score,
            motivation: assessment.motivation,
            submitted_at: assessment.submitted_at.map(At),
            version: assessment.record.version.0,
            created_at: At(assessment.record.created_at),
            updated_at: At(assessment.record.updated_at),
        }
    }
}

impl From<AssessmentRow> for Assessment {
    fn from(row: AssessmentRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            bid: row.bid_id.0,
            criterion: row.criterion,
            kind: row.kind.0,
            assessor: row.assessor,
            score: row.score,
            motivation: row.motivation,
            submitted_at: row.submitted_at.map(|at| at.0),
            record: Record {
                version: Version(row.version),
                created_at: row.created_at.0,
                updated_at: row.updated_at.0,
            },
        }
    }
}

const AGREED: Coded<AssessmentKind> = Coded(AssessmentKind::Consensus);

/// Whose scores are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight<'a> {
    /// Everybody's.
    All,
    /// Those of one assessor, and what the assessors agreed on.
    OwnAndAgreed(&'a str),
}

/// Stores an assessment.
///
/// # Errors
/// [`StorageError::Duplicate`] when the assessor has scored the criterion of the bid already,
/// [`StorageError::BrokenReference`] when there is no such bid on the lot.
pub fn insert(c: &mut AnyConnection, assessment: &Assessment) -> Result<(), StorageError> {
    diesel::insert_into(table::table).values(AssessmentRow::from(assessment)).execute(c)?;
    Ok(())
}

/// Writes an assessment that exists.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn update(c: &mut AnyConnection, assessment: &Assessment) -> Result<(), StorageError> {
    diesel::update(table::table.find((Coded(assessment.municipality), KeyOf(assessment.id))))
        .set(AssessmentRow::from(assessment))
        .execute(c)?;
    Ok(())
}

/// The assessment of that id on the lot, if it is in sight.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    id: AssessmentId,
    sight: Sight<'_>,
) -> Result<Option<Assessment>, StorageError> {
    let mut query = table::table
        .find((Coded(municipality), KeyOf(id)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(AssessmentRow::as_select())
        .into_boxed();
    if let Sight::OwnAndAgreed(assessor) = sight {
        query = query.filter(table::assessor.eq(assessor).or(table::kind.eq(AGREED)));
    }
    let row: Option<AssessmentRow> = query.first(c).optional()?;
    Ok(row.map(Assessment::from))
}

/// Whether another assessor has scored the same criterion of the same bid alone.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn another_scored(c: &mut AnyConnection, assessment: &Assessment) -> Result<bool, StorageError> {
    let others = table::table
        .filter(table::municipality_id.eq(Coded(assessment.municipality)))
        .filter(table::lot_id.eq(KeyOf(assessment.lot)))
        .filter(table::bid_id.eq(KeyOf(assessment.bid)))
        .filter(table::criterion.eq(&assessment.criterion))
        .filter(table::kind.eq(Coded(AssessmentKind::Individual)))
        .filter(table::assessor.ne(&assessment.assessor));
    Ok(diesel::select(exists(others)).get_result(c)?)
}

/// What the assessors agreed on for the same criterion of the same bid.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn agreed(c: &mut AnyConnection, assessment: &Assessment) -> Result<Option<Assessment>, StorageError> {
    let row: Option<AssessmentRow> = table::table
        .filter(table::municipality_id.eq(Coded(assessment.municipality)))
        .filter(table::lot_id.eq(KeyOf(assessment.lot)))
        .filter(table::bid_id.eq(KeyOf(assessment.bid)))
        .filter(table::criterion.eq(&assessment.criterion))
        .filter(table::kind.eq(AGREED))
        .select(AssessmentRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Assessment::from))
}

/// One page of the assessments of a lot that are in sight, in the order in which they were stored.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    sight: Sight<'_>,
    request: &PageRequest<AssessmentId>,
) -> Result<Page<Assessment>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(AssessmentRow::as_select());
    let mut query = keyset!(query, request, table::id, KeyOf);
    if let Sight::OwnAndAgreed(assessor) = sight {
        query = query.filter(table::assessor.eq(assessor).or(table::kind.eq(AGREED)));
    }
    let rows: Vec<AssessmentRow> = query.load(c)?;
    Ok(Page::of_found(rows, request).map(Assessment::from))
}

/// All assessments of a lot, to evaluate its bids.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_lot(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<Assessment>, StorageError> {
    let rows: Vec<AssessmentRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::id)
        .select(AssessmentRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Assessment::from).collect())
}
