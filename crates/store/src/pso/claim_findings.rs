//! What was found of the PSO levels that are claimed in bids.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::frame::columns::{At, Coded, KeyOf};
use crate::frame::connection::AnyConnection;
use crate::frame::error::StorageError;
use crate::frame::page::keyset;
use crate::schema::pso_claim_findings as table;
use trede_base::certificate::Certificate;
use trede_base::ids::{KvkNumber, MunicipalityId};
use trede_base::page::{Page, PageRequest};
use trede_base::verdict::Verdict;
use trede_model::bidding::bid::{Bid, BidId};
use trede_model::pso::claim_finding::{ClaimFinding, ClaimFindingId, Judged};
use trede_model::tendering::lot::Lot;

#[derive(Insertable, Queryable, Selectable)]
#[diesel(table_name = table, treat_none_as_default_value = false)]
struct FindingRow {
    municipality_id: Coded<MunicipalityId>,
    id: KeyOf<ClaimFinding>,
    lot_id: KeyOf<Lot>,
    bid_id: KeyOf<Bid>,
    kvk: Coded<KvkNumber>,
    level: String,
    ladder: String,
    counts_on: NaiveDate,
    verdict: Coded<Verdict>,
    certificate_id: Option<KeyOf<Certificate>>,
    certificate_level: Option<String>,
    reason: Option<String>,
    decided_at: At,
    decided_by: String,
}

impl From<FindingRow> for ClaimFinding {
    fn from(row: FindingRow) -> Self {
        Self {
            municipality: row.municipality_id.0,
            id: row.id.0,
            lot: row.lot_id.0,
            bid: row.bid_id.0,
            kvk: row.kvk.0,
            judged: Judged {
                level: row.level,
                ladder: row.ladder,
                counts_on: row.counts_on,
                verdict: row.verdict.0,
                certificate: row.certificate_id.map(|id| id.0),
                certificate_level: row.certificate_level,
                reason: row.reason,
            },
            decided_at: row.decided_at.0,
            decided_by: row.decided_by,
        }
    }
}

/// Adds a finding.
///
/// # Errors
/// [`StorageError::BrokenReference`] when there is no such bid on the lot.
pub fn insert(c: &mut AnyConnection, finding: &ClaimFinding) -> Result<(), StorageError> {
    let judged = &finding.judged;
    diesel::insert_into(table::table)
        .values(FindingRow {
            municipality_id: Coded(finding.municipality),
            id: KeyOf(finding.id),
            lot_id: KeyOf(finding.lot),
            bid_id: KeyOf(finding.bid),
            kvk: Coded(finding.kvk),
            level: judged.level.clone(),
            ladder: judged.ladder.clone(),
            counts_on: judged.counts_on,
            verdict: Coded(judged.verdict),
            certificate_id: judged.certificate.map(KeyOf),
            certificate_level: judged.certificate_level.clone(),
            reason: judged.reason.clone(),
            decided_at: At(finding.decided_at),
            decided_by: finding.decided_by.clone(),
        })
        .execute(c)?;
    Ok(())
}

/// The last finding on the claim of an organisation in a bid.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn latest(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    bid: BidId,
    kvk: KvkNumber,
) -> Result<Option<ClaimFinding>, StorageError> {
    let row: Option<FindingRow> = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::bid_id.eq(KeyOf(bid)))
        .filter(table::kvk.eq(Coded(kvk)))
        .order(table::id.desc())
        .select(FindingRow::as_select())
        .first(c)
        .optional()?;
    Ok(row.map(ClaimFinding::from))
}

/// One page of the findings on the claims in a bid, oldest first; the last of an organisation counts.
///
/// # Errors
/// [`StorageError`] when the database does not answer.
pub fn list(
    c: &mut AnyConnection,
    municipality: MunicipalityId,
    bid: BidId,
    request: &PageRequest<ClaimFindingId>,
) -> Result<Page<ClaimFinding>, StorageError> {
    let query = table::table
        .filter(table::municipality_id.eq(Coded(municipality)))
        .filter(table::bid_id.eq(KeyOf(bid)))
        .select(FindingRow::as_select());
    let rows: Vec<FindingRow> = keyset!(query, request, table::id, KeyOf).load(c)?;
    Ok(Page::of_found(rows, request).map(ClaimFinding::from))
}
