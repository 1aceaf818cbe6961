//! Evaluations: snapshots that are added and never changed.

use diesel::dsl::max;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::{evaluations as table, lots};
use trede_base::ids::MunicipalityId;
use trede_base::page::{Page, PageRequest};
use trede_model::awarding::evaluation::{Evaluation, EvaluationId, EvaluationSummary};
use trede_model::tendering::lot::{Lot, LotId, LotPath};

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct SummaryRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<Evaluation>,
    lot_id: KeyOf<Lot>,
    sequence: i32,
    reason: Option<String>,
    fingerprint: String,
    engine_version: String,
    created_at: At,
    created_by: String,
}

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct EvaluationRow {
    #[diesel(embed)]
    summary: SummaryRow,
    input: String,
    result: String,
}

impl From<&EvaluationSummary> for SummaryRow {
    fn from(summary: &EvaluationSummary) -> Self {
        let summary = summary.clone();
        Self {
            municipality_id: Coded(summary.municipality),
            id: KeyOf(summary.id),
            lot_id: KeyOf(summary.lot),
            sequence: summary.sequence,
            reason: summary.reason,
            fingerprint: summary.fingerprint,
            engine_version: summary.engine_version,
            created_at: At(summary.created_at),
            created_by: summary.created_by,
        }
    }
}

impl From<SummaryRow> for EvaluationSummary {
    fn from(row: SummaryRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            lot: row.lot_id.0,
            id: row.id.0,
            sequence: row.sequence,
            reason: row.reason,
            fingerprint: row.fingerprint,
            engine_version: row.engine_version,
            created_at: row.created_at.0,
            created_by: row.created_by,
        }
    }
}

impl From<EvaluationRow> for Evaluation {
    fn from(row: EvaluationRow) -> Self {
        Self { summary: row.summary.into(), input: row.input, result: row.result }
    }
}

/// Adds an evaluation.
///
/// # Errors
/// [`StorageError::Duplicate`] when the lot has an evaluation of that sequence number,
/// [`StorageError::BrokenReference`] when there is no such lot in the municipality.
pub fn insert(c: &mut AnyConnection, evaluation: &Evaluation) -> Result<(), StorageError> {
    diesel::insert_into(table::table)
        .values(EvaluationRow {
            summary: SummaryRow::from(&evaluation.summary),
            input: evaluation.input.clone(),
            result: evaluation.result.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// The evaluation of that id of the lot on that path, in one query: it is read often.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn find(
    c: &mut AnyConnection,
    at: LotPath,
    id: EvaluationId,
) -> Result<Option<Evaluation>, StorageError> {
    let of_lot = lots::municipality_id.eq(table::municipality_id).and(lots::id.eq(table::lot_id));
    let row: Option<EvaluationRow> = table::table
        .inner_join(lots::table.on(of_lot))
        .filter(table::municipality_id.eq(Coded(at.municipality)))
        .filter(table::id.eq(KeyOf(id)))
        .filter(lots::id.eq(KeyOf(at.lot)))
        .filter(lots::tender_id.eq(KeyOf(at.tender)))
        .select(EvaluationRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Evaluation::from))
}

/// One page of the evaluations of a lot, without their documents, the first first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
    request: &PageRequest<EvaluationId>,
) -> Result<Page<EvaluationSummary>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(SummaryRow::as_select());
    let rows: Vec<SummaryRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(EvaluationSummary::from))
}

/// The lot's latest evaluation.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Option<Evaluation>, StorageError> {
    let row: Option<EvaluationRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::sequence.desc())
        .select(EvaluationRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(Evaluation::from))
}

/// Every evaluation of a lot with its documents, the first first.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn all_of_lot(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<Vec<Evaluation>, StorageError> {
    let rows: Vec<EvaluationRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .order(table::sequence)
        .select(EvaluationRow::as_select())
        .load(c)?;
    Ok(rows.into_iter().map(Evaluation::from).collect())
}

/// The sequence number of the lot's latest evaluation; 0 when there is none.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest_sequence(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    lot: LotId,
) -> Result<i32, StorageError> {
    let latest: Option<i32> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::lot_id.eq(KeyOf(lot)))
        .select(max(table::sequence))
        .first(c)?;
    Ok(latest.unwrap_or(0))
}
